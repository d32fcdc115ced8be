import { isObject } from '../state/json.ts';
import type { Draft, StoredObject } from '../types.ts';
import { specOf, statusOf } from './application-spec.ts';

/** What a path selects of an application; undefined leaves it out, null is a value. */
type Read = (application: StoredObject) => unknown;

/**
 * The paths that `fields` of a list can name, without `items.`. There are no others: what is not here is left out.
 * Some absent values show as null, others not at all, as in the real answers.
 */
const SELECTABLE: ReadonlyMap<string, Read> = new Map<string, Read>([
  ['metadata.name', ({ metadata }) => metadata.name],
  ['metadata.namespace', ({ metadata }) => metadata.namespace],
  ['metadata.annotations', ({ metadata }) => metadata.annotations ?? null],
  ['metadata.labels', ({ metadata }) => metadata.labels ?? null],
  ['metadata.creationTimestamp', ({ metadata }) => metadata.creationTimestamp],
  ['metadata.deletionTimestamp', ({ metadata }) => metadata.deletionTimestamp ?? null],
  ['spec', (application) => specOf(application)],
  ['spec.destination', (application) => specOf(application).destination ?? {}],
  ['spec.project', (application) => specOf(application).project ?? ''],
  ['spec.source', (application) => specOf(application).source ?? null],
  ['spec.sources', (application) => specOf(application).sources ?? null],
  ['spec.sourceHydrator', (application) => specOf(application).sourceHydrator ?? null],
  ['spec.syncPolicy', (application) => specOf(application).syncPolicy ?? null],
  ['status.sourceHydrator', (application) => statusOf(application).sourceHydrator ?? {}],
  ['status.summary', (application) => statusOf(application).summary ?? {}],
  ['status.sync.status', (application) => part(statusOf(application).sync).status ?? ''],
  ['status.sync.revision', (application) => part(statusOf(application).sync).revision ?? ''],
  ['status.health', (application) => statusOf(application).health ?? {}],
  ['status.resources', (application) => statusOf(application).resources],
  ['status.operationState.phase', ofOperationState((state) => state.phase ?? '')],
  ['status.operationState.startedAt', ofOperationState((state) => state.startedAt ?? null)],
  ['status.operationState.finishedAt', ofOperationState((state) => state.finishedAt ?? null)],
  // A slip of the real server that clients may meet: this path gives the result, not the operation.
  ['status.operationState.operation.sync', ofOperationState((state) => state.syncResult ?? null)],
  ['operation.sync', ({ operation }) => (isObject(operation) ? (operation.sync ?? null) : undefined)],
]);

/** The parts of an application that were asked for. */
export type Select = (application: StoredObject) => Draft;

/**
 * Reads the parameter `fields` of a list. `undefined`: whole applications. `'unservable'`: a path together with one inside
 * it, or the form that excludes, which the real server answers at random; here always with an error.
 */
export function parseListFields(fields: string): Select | undefined | 'unservable' {
  if (fields === '') return undefined;
  if (fields.startsWith('-')) return 'unservable';
  const asked = new Set(fields.split(','));
  const paths = [...SELECTABLE].filter(([path]) => asked.has(`items.${path}`));
  const nested = paths.some(([outer]) => paths.some(([inner]) => inner.startsWith(`${outer}.`)));
  if (nested) return 'unservable';
  const reads = paths.map(([path, read]) => ({ steps: path.split('.'), read }));
  return (application) => {
    const selected: Draft = {};
    for (const { steps, read } of reads) {
      const value = read(application);
      if (value !== undefined) place(selected, steps, value);
    }
    return selected;
  };
}

function place(target: Draft, steps: readonly string[], value: unknown): void {
  const [step, ...rest] = steps;
  if (step === undefined) return;
  if (rest.length === 0) {
    target[step] = value;
    return;
  }
  const inner = target[step];
  const next: Draft = isObject(inner) ? inner : {};
  target[step] = next;
  place(next, rest, value);
}

function ofOperationState(read: (state: Readonly<Draft>) => unknown): Read {
  return (application) => {
    const { operationState } = statusOf(application);
    return isObject(operationState) ? read(operationState) : undefined;
  };
}

function part(value: unknown): Readonly<Draft> {
  return isObject(value) ? value : {};
}
