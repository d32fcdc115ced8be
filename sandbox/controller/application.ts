import { isObject } from '../state/json.ts';
import type { Draft, StoredObject } from '../types.ts';

/** A source of an Application, with the object it was written as. */
export interface AppSource {
  readonly repoURL: string;
  readonly targetRevision: string;
  readonly path: string;
  readonly chart: string;
  /** As it stands in the spec; copied into results and history. */
  readonly raw: Readonly<Draft>;
}

/** What the controller reads of `spec`. */
export interface AppSpec {
  readonly project: string;
  readonly sources: readonly AppSource[];
  /** `sources` is used, so revisions are lists. */
  readonly multiSource: boolean;
  readonly destination: {
    readonly server: string;
    readonly name: string;
    readonly namespace: string;
    readonly raw: Readonly<Draft>;
  };
  readonly automated: boolean;
  readonly selfHeal: boolean;
  readonly autoPrune: boolean;
  readonly syncOptions: readonly string[];
  readonly retry: Readonly<Draft> | undefined;
}

const object = (value: unknown): Readonly<Draft> => (isObject(value) ? value : {});
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const items = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const texts = (value: unknown): readonly string[] => items(value).filter((item) => typeof item === 'string');

const readSource = (value: unknown): AppSource => {
  const raw = object(value);
  return {
    repoURL: text(raw.repoURL),
    targetRevision: text(raw.targetRevision),
    path: text(raw.path),
    chart: text(raw.chart),
    raw,
  };
};

export function readSpec(application: StoredObject): AppSpec {
  const spec = object(application.spec);
  const listed = items(spec.sources);
  const destination = object(spec.destination);
  const policy = object(spec.syncPolicy);
  const automated = isObject(policy.automated) ? policy.automated : undefined;
  return {
    project: text(spec.project) || 'default',
    sources: listed.length > 0 ? listed.map(readSource) : [readSource(spec.source)],
    multiSource: listed.length > 0,
    destination: {
      server: text(destination.server),
      name: text(destination.name),
      namespace: text(destination.namespace),
      raw: destination,
    },
    automated: automated !== undefined && automated.enabled !== false,
    selfHeal: automated?.selfHeal === true,
    autoPrune: automated?.prune === true,
    syncOptions: texts(policy.syncOptions),
    retry: isObject(policy.retry) ? policy.retry : undefined,
  };
}

/** What the controller reads of an operation. */
export interface AppOperation {
  readonly raw: Readonly<Draft>;
  /** False for an operation that asks for nothing. */
  readonly isSync: boolean;
  readonly revision: string;
  readonly revisions: readonly string[];
  readonly dryRun: boolean;
  readonly prune: boolean;
  readonly automated: boolean;
  readonly syncOptions: readonly string[];
  /** Non-empty: a partial sync. */
  readonly resources: readonly {
    readonly group: string;
    readonly kind: string;
    readonly name: string;
    readonly namespace: string;
  }[];
  readonly selfHealAttempts: number;
  readonly retryLimit: number;
  readonly backoff: { readonly durationMs: number; readonly factor: number; readonly maxMs: number };
}

export function readOperation(value: unknown): AppOperation | undefined {
  if (!isObject(value)) return undefined;
  const sync = object(value.sync);
  const retry = object(value.retry);
  const backoff = object(retry.backoff);
  return {
    raw: value,
    isSync: isObject(value.sync),
    revision: text(sync.revision),
    revisions: texts(sync.revisions),
    dryRun: sync.dryRun === true,
    prune: sync.prune === true,
    automated: object(value.initiatedBy).automated === true,
    syncOptions: texts(sync.syncOptions),
    resources: items(sync.resources)
      .map(object)
      .map((item) => ({
        group: text(item.group),
        kind: text(item.kind),
        name: text(item.name),
        namespace: text(item.namespace),
      })),
    selfHealAttempts: typeof sync.autoHealAttemptsCount === 'number' ? sync.autoHealAttemptsCount : 0,
    retryLimit: typeof retry.limit === 'number' ? retry.limit : 0,
    backoff: {
      durationMs: durationMs(backoff.duration) ?? 5000,
      factor: typeof backoff.factor === 'number' && backoff.factor > 0 ? backoff.factor : 2,
      maxMs: durationMs(backoff.maxDuration) ?? 180_000,
    },
  };
}

/** `90s`, `5m`, `1h30m`, `500ms`, or a bare number of seconds; undefined for anything else. */
export function durationMs(value: unknown): number | undefined {
  if (typeof value !== 'string' || value === '') return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  if (!/^(\d+(\.\d+)?(h|ms|m|s))+$/.test(value)) return undefined;
  const unit: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };
  let total = 0;
  for (const [, number, name] of value.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s)/g))
    total += Number(number) * (unit[name ?? ''] ?? 0);
  return total;
}

/** What the controller reads of `status.operationState`. */
export interface AppOperationState {
  readonly phase: string;
  readonly message: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly retryCount: number;
  readonly operation: AppOperation | undefined;
  /** Resolved revisions by source; undefined without a sync result. */
  readonly synced: readonly string[] | undefined;
}

export function readOperationState(application: StoredObject): AppOperationState | undefined {
  const state = object(application.status).operationState;
  if (!isObject(state)) return undefined;
  const result = isObject(state.syncResult) ? state.syncResult : undefined;
  const revisions = texts(result?.revisions);
  return {
    phase: text(state.phase),
    message: text(state.message),
    startedAt: text(state.startedAt),
    finishedAt: text(state.finishedAt),
    retryCount: typeof state.retryCount === 'number' ? state.retryCount : 0,
    operation: readOperation(state.operation),
    synced: result === undefined ? undefined : revisions.length > 0 ? revisions : [text(result.revision)],
  };
}

export const isCompleted = (phase: string): boolean => phase === 'Succeeded' || phase === 'Failed' || phase === 'Error';

export const readStatus = (application: StoredObject): Readonly<Draft> => object(application.status);

export const readOwnOperation = (application: StoredObject): AppOperation | undefined =>
  readOperation(application.operation);

export const REFRESH = 'argocd.argoproj.io/refresh';
export const SKIP_RECONCILE = 'argocd.argoproj.io/skip-reconcile';
export const DELETION_APPROVED = 'argocd.argoproj.io/deletion-approved';

export const annotation = (application: StoredObject, name: string): string | undefined =>
  application.metadata.annotations?.[name];

export const skipsReconcile = (application: StoredObject): boolean =>
  annotation(application, SKIP_RECONCILE) === 'true';

/** `namespace/name`. */
export const keyOf = (application: StoredObject): string =>
  `${application.metadata.namespace}/${application.metadata.name}`;

/** The object under a key of a draft; made when there is none. */
export function part(draft: Draft, key: string): Draft {
  const found = draft[key];
  if (isObject(found)) return found;
  const made: Draft = {};
  draft[key] = made;
  return made;
}

/** Merges as a JSON merge patch does: null removes, objects merge, everything else replaces. */
export function merge(target: Draft, patch: Readonly<Draft>): void {
  for (const [key, value] of Object.entries(patch)) {
    if (value === undefined) continue;
    if (value === null) delete target[key];
    else if (isObject(value)) merge(part(target, key), value);
    else target[key] = value;
  }
}
