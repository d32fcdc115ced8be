import { isObject } from '../state/json.ts';
import type { Draft, StoredObject } from '../types.ts';

/** One source of an application. */
export interface Source {
  readonly repoURL: string;
  readonly targetRevision: string;
  /** The name of a Helm chart, whose revisions are versions, not commits; else empty. */
  readonly chart: string;
  /** The source as it is in the spec. */
  readonly value: Readonly<Draft>;
}

/** The spec of an application, or an empty one. */
export function specOf(application: StoredObject): Readonly<Draft> {
  return isObject(application.spec) ? application.spec : {};
}

/** The status of an application, or an empty one. */
export function statusOf(application: StoredObject): Readonly<Draft> {
  return isObject(application.status) ? application.status : {};
}

/** The project of an application; none written is `default`. */
export function projectOf(application: StoredObject): string {
  return text(specOf(application).project) || 'default';
}

/** The sources, and whether they are written as a list. */
export function sourcesOf(application: StoredObject): { readonly multiple: boolean; readonly list: readonly Source[] } {
  const { source, sources } = specOf(application);
  const listed = Array.isArray(sources) ? sources.filter(isObject) : [];
  if (listed.length > 0) return { multiple: true, list: listed.map(sourceOf) };
  return { multiple: false, list: [sourceOf(isObject(source) ? source : {})] };
}

function sourceOf(value: Readonly<Draft>): Source {
  return {
    repoURL: text(value.repoURL),
    targetRevision: text(value.targetRevision),
    chart: text(value.chart),
    value,
  };
}

/** Whether automatic sync is on. */
export function isAutomated(application: StoredObject): boolean {
  const { syncPolicy } = specOf(application);
  const automated = isObject(syncPolicy) ? syncPolicy.automated : undefined;
  return isObject(automated) && automated.enabled !== false;
}

/** The sync policy, or an empty one. */
export function syncPolicyOf(application: StoredObject): Readonly<Draft> {
  const { syncPolicy } = specOf(application);
  return isObject(syncPolicy) ? syncPolicy : {};
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
