import { isObject } from '../state/json.ts';
import type { Draft, StoredObject } from '../types.ts';
import { isAutomated, type Source, sourcesOf, syncPolicyOf } from './application-spec.ts';
import type { Resolution } from './backend.ts';
import type { FieldType, Shape } from './request-body.ts';
import { RpcError } from './rpc-error.ts';

const STRINGS: FieldType = { list: 'string', type: '[]string' };
const FORCE: FieldType = { fields: { force: 'bool' }, type: 'v1alpha1.SyncStrategyApply' };

/** The body of a sync call. */
export const SYNC_REQUEST: Shape = {
  struct: 'ApplicationSyncRequest',
  type: 'application.ApplicationSyncRequest',
  fields: {
    appNamespace: 'string',
    project: 'string',
    revision: 'string',
    revisions: STRINGS,
    sourcePositions: { list: 'int64', type: '[]int64' },
    dryRun: 'bool',
    prune: 'bool',
    strategy: { fields: { apply: FORCE, hook: FORCE }, type: 'v1alpha1.SyncStrategy' },
    resources: {
      list: {
        fields: { group: 'string', kind: 'string', name: 'string', namespace: 'string' },
        type: 'v1alpha1.SyncOperationResource',
      },
      type: '[]*v1alpha1.SyncOperationResource',
    },
    manifests: STRINGS,
    infos: { list: { fields: { name: 'string', value: 'string' }, type: 'v1alpha1.Info' }, type: '[]*v1alpha1.Info' },
    retryStrategy: {
      fields: {
        limit: 'int64',
        refresh: 'bool',
        backoff: { fields: { duration: 'string', factor: 'int64', maxDuration: 'string' }, type: 'v1alpha1.Backoff' },
      },
      type: 'v1alpha1.RetryStrategy',
    },
    syncOptions: { fields: { items: STRINGS }, type: 'application.SyncOptions' },
  },
};

/** The body of a sync call, checked against {@link SYNC_REQUEST}. */
export type SyncRequest = Readonly<Draft>;

/** Makes a revision of a repository, or of a chart in it, concrete. */
export type ResolveRevision = (repoURL: string, revision: string, chart?: string) => Resolution;

/** An operation to be stored, and the revisions in words, for the audit event. */
export interface PlannedSync {
  readonly operation: Draft;
  readonly display: string;
}

/**
 * The operation that a sync call asks for: revisions resolved to commits; sync options and retry of the application where
 * the request has none, never merged.
 * @throws {RpcError} FailedPrecondition: automatic sync with another revision, or a revision that does not exist;
 * Unknown and Internal: source positions that do not fit
 */
export function planSync(
  application: StoredObject,
  request: SyncRequest,
  username: string,
  resolve: ResolveRevision,
): PlannedSync {
  const sources = sourcesOf(application);
  const wanted = sources.multiple ? wantedByPosition(request, sources.list.length) : [text(request.revision)];
  const resolved = sources.list.map((source, index) => {
    checkAutomatic(application, request, source, wanted[index] ?? '', sources.multiple);
    return resolveSource(source, wanted[index] ?? '', resolve);
  });
  const revisions = resolved.map(({ revision }) => revision);
  const policy = syncPolicyOf(application);
  return {
    operation: dropEmpty({
      sync: dropEmpty({
        ...(sources.multiple ? { revisions } : { revision: revisions[0] }),
        prune: request.prune,
        dryRun: request.dryRun,
        syncStrategy: request.strategy,
        resources: isFilled(request.resources) ? request.resources.map(resourceOf) : undefined,
        ...(sources.multiple
          ? { sources: sources.list.map(({ value }) => value) }
          : { source: sources.list[0]?.value }),
        manifests: isFilled(request.manifests) ? request.manifests : undefined,
        syncOptions: nonEmpty(isObject(request.syncOptions) ? request.syncOptions.items : policy.syncOptions),
      }),
      initiatedBy: { username },
      info: nonEmpty(request.infos),
      retry: retryOf(isObject(request.retryStrategy) ? request.retryStrategy : policy.retry),
    }),
    display: resolved.map(({ display }) => display).join(', '),
  };
}

/** The revision asked for each source; empty where none was. */
function wantedByPosition(request: SyncRequest, count: number): readonly string[] {
  const positions = Array.isArray(request.sourcePositions) ? request.sourcePositions : [];
  const revisions = Array.isArray(request.revisions) ? request.revisions : [];
  const wanted = Array.from({ length: count }, () => '');
  for (const [index, position] of positions.entries()) {
    if (position < 1 || position > count) throw new RpcError('Unknown', 'source position is out of range');
    if (index >= revisions.length)
      // The real server panics here; its answer is this text.
      throw new RpcError('Internal', `runtime error: index out of range [${index}] with length ${revisions.length}`);
    wanted[position - 1] = text(revisions[index]);
  }
  return wanted;
}

/** Compares as strings: the commit that a branch points to is another revision than the branch. */
function checkAutomatic(
  application: StoredObject,
  request: SyncRequest,
  source: Source,
  wanted: string,
  multiple: boolean,
): void {
  if (wanted === '' || wanted === (source.targetRevision || 'HEAD')) return;
  if (!isAutomated(application) || request.dryRun === true) return;
  const what = multiple ? `source ${source.repoURL} to ${wanted}` : `to ${wanted}`;
  throw new RpcError('FailedPrecondition', `Cannot sync ${what}: auto-sync currently set to ${source.targetRevision}`);
}

function resolveSource(
  source: Source,
  wanted: string,
  resolve: ResolveRevision,
): { readonly revision: string; readonly display: string } {
  const asked = wanted || source.targetRevision || 'HEAD';
  // A full commit id is believed unseen.
  if (source.chart === '' && /^[0-9a-f]{40}$/.test(asked)) return { revision: asked, display: asked };
  const resolution =
    source.chart === '' ? resolve(source.repoURL, asked) : resolve(source.repoURL, asked, source.chart);
  if (!resolution.ok)
    throw new RpcError(
      'FailedPrecondition',
      `error resolving repo revision: rpc error: code = Unknown desc = ${resolution.error}`,
    );
  const { revision } = resolution;
  return { revision, display: revision === asked ? asked : `${asked} (${revision})` };
}

function resourceOf(value: unknown): Draft {
  const resource = isObject(value) ? value : {};
  return {
    ...dropEmpty({ group: resource.group }),
    kind: text(resource.kind),
    name: text(resource.name),
    ...dropEmpty({ namespace: resource.namespace }),
  };
}

/** Always there, and empty when nothing was said. */
function retryOf(value: unknown): Draft {
  const retry = isObject(value) ? value : {};
  return dropEmpty({
    limit: retry.limit,
    backoff: isObject(retry.backoff) ? retry.backoff : undefined,
    refresh: retry.refresh,
  });
}

/** Without the fields that Go leaves out: absent, null, false, zero, the empty text. */
function dropEmpty(fields: Readonly<Draft>): Draft {
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([, value]) => value !== undefined && value !== null && value !== false && value !== 0 && value !== '',
    ),
  );
}

function nonEmpty(value: unknown): readonly unknown[] | undefined {
  return isFilled(value) ? value : undefined;
}

function isFilled(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.length > 0;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
