import { flag, isRecord, list, number, record, text, textMap, texts } from '../lib/json.ts';
import {
  type Application,
  type Condition,
  HEALTH_STATUSES,
  type HealthStatus,
  type HistoryEntry,
  type Info,
  type ManagedResource,
  type Operation,
  type OperationPhase,
  type OperationState,
  type ResourceResult,
  type RetryStrategy,
  type Source,
  type SyncPolicy,
  type SyncResult,
  type SyncStatus,
} from './application.ts';

/** An Application without its version, which each transport makes in its own way. */
export type Unversioned = Omit<Application, 'version'>;

/** Over the Kubernetes API an object's version is its resourceVersion. */
const resourceVersion = (application: Unversioned): string => application.resourceVersion;

/**
 * Reads an Application as a server sent it. Tolerant (Rule 3): whatever is missing, of another type or unknown becomes the
 * empty value of its field and never throws; what this project does not need is dropped.
 *
 * - An unknown sync or health status is `Unknown`.
 * - Revisions are lists with one entry for each source, whether `revision` or `revisions` was filled; positions never shift.
 * - An unknown phase counts as `Running`; only when `finishedAt` is set and `operation` is gone, which the controller does in
 *   the write that ends an operation, it counts as `Error`.
 *
 * Answers undefined only when it has no name or no namespace, so is no object of a cluster.
 */
export const parseApplication = (
  value: unknown,
  version: (application: Unversioned) => string = resourceVersion,
): Application | undefined => {
  const object = record(value);
  const metadata = record(object.metadata);
  const name = text(metadata.name);
  const namespace = text(metadata.namespace);
  if (name === '' || namespace === '') return undefined;

  const spec = record(object.spec);
  const status = record(object.status);
  const sync = record(status.sync);
  const health = record(status.health);
  const destination = record(spec.destination);
  const operation = parseOperation(object.operation);
  const application: Unversioned = {
    ref: { namespace, name },
    uid: text(metadata.uid),
    project: text(spec.project),
    labels: textMap(metadata.labels),
    annotations: textMap(metadata.annotations),
    resourceVersion: text(metadata.resourceVersion),
    deleting: text(metadata.deletionTimestamp) !== '',
    controllerNamespace: text(status.controllerNamespace),
    destination: {
      server: text(destination.server),
      name: text(destination.name),
      namespace: text(destination.namespace),
    },
    ...parseSources(spec),
    syncPolicy: parseSyncPolicy(spec.syncPolicy),
    operation,
    operationState: parseOperationState(status.operationState, operation !== undefined),
    sync: { status: parseSyncStatus(sync.status), revisions: parseRevisions(sync) },
    health: { status: parseHealthStatus(health.status) ?? 'Unknown', message: text(health.message) },
    reconciledAt: text(status.reconciledAt),
    resources: list(status.resources).filter(isRecord).map(parseManagedResource),
    conditions: list(status.conditions).filter(isRecord).map(parseCondition),
    history: list(status.history).filter(isRecord).map(parseHistoryEntry),
  };
  return { ...application, version: version(application) };
};

const parseSyncStatus = (value: unknown): SyncStatus =>
  value === 'Synced' || value === 'OutOfSync' ? value : 'Unknown';

/** Undefined when there is none; `Unknown` for one that is not known. */
export const parseHealthStatus = (value: unknown): HealthStatus | undefined =>
  text(value) === '' ? undefined : (HEALTH_STATUSES.find((status) => status === value) ?? 'Unknown');

/** `revisions` where there are any, else `revision`: a multi-source Application has an empty `revision` beside `revisions`. */
const parseRevisions = (holder: Readonly<Record<string, unknown>>): readonly string[] => {
  const revisions = texts(holder.revisions);
  if (revisions.length > 0) return revisions;
  const revision = text(holder.revision);
  return revision === '' ? [] : [revision];
};

const parseSources = (spec: Readonly<Record<string, unknown>>): Pick<Application, 'sources' | 'multiSource'> => {
  const hydrator = spec.sourceHydrator;
  if (isRecord(hydrator)) {
    const dry = record(hydrator.drySource);
    const synced = record(hydrator.syncSource);
    const source = { repoURL: dry.repoURL, targetRevision: synced.targetBranch, path: synced.path };
    return { sources: [parseSource(source)], multiSource: false };
  }
  const sources = list(spec.sources);
  if (sources.length > 0) return { sources: sources.map(parseSource), multiSource: true };
  return { sources: isRecord(spec.source) ? [parseSource(spec.source)] : [], multiSource: false };
};

const parseSource = (value: unknown): Source => {
  const source = record(value);
  return {
    repoURL: text(source.repoURL),
    targetRevision: text(source.targetRevision),
    path: text(source.path),
    chart: text(source.chart),
    name: text(source.name),
    ...(text(source.tagPrefix) === '' ? {} : { tagPrefix: text(source.tagPrefix) }),
  };
};

const parseSyncPolicy = (value: unknown): SyncPolicy => {
  const policy = record(value);
  const automated = policy.automated;
  return {
    automated: isRecord(automated) && automated.enabled !== false,
    selfHeal: flag(record(automated).selfHeal),
    syncOptions: texts(policy.syncOptions).filter((option) => option !== ''),
    retry: isRecord(policy.retry) ? parseRetry(policy.retry) : undefined,
  };
};

const parseRetry = (value: Readonly<Record<string, unknown>>): RetryStrategy => {
  const limit = number(value.limit);
  const backoff = value.backoff;
  return {
    ...(limit === undefined ? {} : { limit }),
    ...(isRecord(backoff) ? { backoff: parseBackoff(backoff) } : {}),
    ...(typeof value.refresh === 'boolean' ? { refresh: value.refresh } : {}),
  };
};

const parseBackoff = (value: Readonly<Record<string, unknown>>): NonNullable<RetryStrategy['backoff']> => {
  const duration = text(value.duration);
  const factor = number(value.factor);
  const maxDuration = text(value.maxDuration);
  return {
    ...(duration === '' ? {} : { duration }),
    ...(factor === undefined ? {} : { factor }),
    ...(maxDuration === '' ? {} : { maxDuration }),
  };
};

const parseInfo = (value: Readonly<Record<string, unknown>>): Info => ({
  name: text(value.name),
  value: text(value.value),
});

const parseOperation = (value: unknown): Operation | undefined => {
  if (!isRecord(value)) return undefined;
  const initiatedBy = record(value.initiatedBy);
  const sync = value.sync;
  return {
    info: list(value.info).filter(isRecord).map(parseInfo),
    initiatedBy: text(initiatedBy.username),
    automated: flag(initiatedBy.automated),
    sync: isRecord(sync)
      ? {
          revision: text(sync.revision),
          revisions: texts(sync.revisions),
          prune: flag(sync.prune),
          dryRun: flag(sync.dryRun),
          partial: list(sync.resources).length > 0,
        }
      : undefined,
  };
};

const NO_OPERATION: Operation = { info: [], initiatedBy: '', automated: false, sync: undefined };

const parsePhase = (value: unknown, ended: boolean): OperationPhase => {
  switch (value) {
    case 'Running':
    case 'Terminating':
    case 'Succeeded':
    case 'Failed':
    case 'Error':
      return value;
    default:
      return ended ? 'Error' : 'Running';
  }
};

const parseOperationState = (value: unknown, requested: boolean): OperationState | undefined => {
  if (!isRecord(value)) return undefined;
  const finishedAt = text(value.finishedAt);
  const result = value.syncResult;
  return {
    operation: parseOperation(value.operation) ?? NO_OPERATION,
    phase: parsePhase(value.phase, finishedAt !== '' && !requested),
    message: text(value.message),
    startedAt: text(value.startedAt),
    finishedAt,
    retryCount: number(value.retryCount) ?? 0,
    syncResult: isRecord(result) ? parseSyncResult(result) : undefined,
  };
};

const parseSyncResult = (value: Readonly<Record<string, unknown>>): SyncResult => ({
  revisions: parseRevisions(value),
  resources: list(value.resources).filter(isRecord).map(parseResourceResult),
});

const parseResourceResult = (value: Readonly<Record<string, unknown>>): ResourceResult => ({
  group: text(value.group),
  kind: text(value.kind),
  namespace: text(value.namespace),
  name: text(value.name),
  status: text(value.status),
  message: text(value.message),
  hookType: text(value.hookType),
  hookPhase: text(value.hookPhase),
});

const parseManagedResource = (value: Readonly<Record<string, unknown>>): ManagedResource => {
  const health = record(value.health);
  return {
    group: text(value.group),
    kind: text(value.kind),
    namespace: text(value.namespace),
    name: text(value.name),
    status: parseSyncStatus(value.status),
    health: parseHealthStatus(health.status),
    healthMessage: text(health.message),
    hook: flag(value.hook),
    requiresPruning: flag(value.requiresPruning),
  };
};

const parseCondition = (value: Readonly<Record<string, unknown>>): Condition => ({
  type: text(value.type),
  message: text(value.message),
  lastTransitionTime: text(value.lastTransitionTime),
});

const parseHistorySources = (value: Readonly<Record<string, unknown>>): readonly Source[] => {
  const sources = list(value.sources);
  if (sources.length > 0) return sources.map(parseSource);
  return text(record(value.source).repoURL) === '' ? [] : [parseSource(value.source)];
};

const parseHistoryEntry = (value: Readonly<Record<string, unknown>>): HistoryEntry => ({
  id: number(value.id) ?? 0,
  revisions: parseRevisions(value),
  sources: parseHistorySources(value),
  deployStartedAt: text(value.deployStartedAt),
  initiatedBy: text(record(value.initiatedBy).username),
});
