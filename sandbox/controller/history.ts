import { isObject } from '../state/json.ts';
import type { Draft } from '../types.ts';
import type { AppOperation, AppSpec } from './application.ts';

/** How many entries an Application keeps. */
const KEPT = 10;

/** Adds an entry to `status.history`; the oldest go. */
export function deploymentOf(
  spec: AppSpec,
  operation: AppOperation,
  revisions: readonly string[],
  startedAt: string,
  now: string,
): (status: Draft) => void {
  return (status) => {
    const before = (Array.isArray(status.history) ? status.history : []).filter(isObject);
    const last = before.at(-1)?.id;
    const id = typeof last === 'number' ? last + 1 : 0;
    const initiatedBy = isObject(operation.raw.initiatedBy) ? operation.raw.initiatedBy : {};
    const entry = historyEntry(spec, revisions, { id, startedAt, deployedAt: now, initiatedBy });
    status.history = [...before, entry].slice(-KEPT);
  };
}

/** One entry of `status.history`. */
export function historyEntry(
  spec: AppSpec,
  revisions: readonly string[],
  when: {
    readonly id: number;
    readonly startedAt: string;
    readonly deployedAt: string;
    readonly initiatedBy: Readonly<Draft>;
  },
): Draft {
  const sources = spec.sources.map((source) => source.raw);
  return {
    deployStartedAt: when.startedAt,
    deployedAt: when.deployedAt,
    id: when.id,
    initiatedBy: when.initiatedBy,
    ...(spec.multiSource
      ? { revisions, source: { repoURL: '' }, sources }
      : { revision: revisions[0] ?? '', source: sources[0] ?? { repoURL: '' } }),
  };
}
