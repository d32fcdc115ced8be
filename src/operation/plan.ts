import {
  type Application,
  type ApplicationRef,
  ID_INFO,
  type Info,
  isTerminal,
  type OperationState,
  type RetryStrategy,
  refKey,
  type Source,
} from '../argocd/application.ts';
import type { SyncRequest } from '../argocd/client.ts';
import type { Verdict } from '../argocd/verdict.ts';
import { ignoredVerdict, isIgnored } from './ignored.ts';
import { mergeRetry, mergeSyncOptions } from './merge.ts';
import { describeResources, expandResources, type ResourceFilter } from './resources.ts';
import { shortRevisions } from './revisions.ts';
import { describeRevisions, describeSource, pickSources, type SourceWish, targetOf } from './sources.ts';

/** What the user asks for, the same for every Application. */
export interface Wish {
  readonly revision: string;
  /** Of multi-source Applications only these sources move; empty: all go to their target. */
  readonly sources: readonly SourceWish[];
  /** Only these resources are synced; empty: all. */
  readonly resources: readonly ResourceFilter[];
  readonly prune: boolean;
  readonly dryRun: boolean;
  readonly applyOnly: boolean;
  readonly force: boolean;
  readonly syncOptions: readonly string[];
  readonly retry: RetryStrategy | undefined;
  readonly info: readonly Info[];
}

/** What to do with one Application, decided on its state before the sync. */
export type Plan =
  /** Ask for this sync. `notes`: what people should know about it. */
  | { readonly kind: 'sync'; readonly request: SyncRequest; readonly notes: readonly string[] }
  /** An operation is there already (rule 8). `pending`: not picked up yet. */
  | { readonly kind: 'busy'; readonly what: string }
  /** `operation` is gone but the phase is not terminal: nobody works on it any more (rule 8). */
  | { readonly kind: 'stuck'; readonly what: string; readonly request: SyncRequest; readonly notes: readonly string[] }
  /** Never sync this one. */
  | { readonly kind: 'refuse'; readonly verdict: Verdict };

/**
 * Checks the preconditions (rules 6 to 11) and composes the request (rules 14 to 18).
 * `id` must be unique for this Application and run.
 */
export function planSync(application: Application, wish: Wish, id: string): Plan {
  const scope = scopeOf(application, wish);
  const refusal = refuse(application) ?? refuseRevision(application, wish) ?? refuseSources(application, wish, scope);
  if (refusal !== undefined) return { kind: 'refuse', verdict: refusal };
  if (application.operation !== undefined) return { kind: 'busy', what: describeRunning(application) };
  // Only now: what another operation has just made counts too.
  if (scope.expanded.kind === 'empty') return { kind: 'refuse', verdict: scope.expanded.verdict };
  const request = composeRequest(application, wish, id, {
    revisions: scope.picked.kind === 'picked' ? scope.picked.revisions : [],
    resources: scope.expanded.resources,
  });
  const notes = [...(scope.picked.kind === 'picked' ? scope.picked.notes : []), ...scope.expanded.notes];
  const state = application.operationState;
  if (state !== undefined && !isTerminal(state.phase)) {
    return { kind: 'stuck', what: describeState(state), request, notes };
  }
  return { kind: 'sync', request, notes };
}

/** Whether the wish can only be planned on the whole Application: a list tells neither history nor resources. */
export const needsWhole = (wish: Pick<Wish, 'sources' | 'resources'>): boolean =>
  wish.sources.length > 0 || wish.resources.length > 0;

/** Which revisions and which resources, where not all of it goes to its target. */
const scopeOf = (application: Application, wish: Wish) => ({
  picked:
    wish.sources.length === 0
      ? ({ kind: 'picked', revisions: [], notes: [] } as const)
      : pickSources(application, wish.sources),
  expanded:
    wish.resources.length === 0
      ? ({ kind: 'expanded', resources: [], notes: [] } as const)
      : expandResources(application, wish.resources),
});

/** What the wish means for the sources of an Application: one revision each, `''`: its target; empty: all their targets. */
export function wantedRevisions(application: Application, wish: Wish): readonly string[] {
  const { picked } = scopeOf(application, wish);
  return picked.kind === 'picked' ? picked.revisions : [];
}

/** Reasons that forbid any operation. Undefined: none. */
function refuse(application: Application): Verdict | undefined {
  if (application.deleting) {
    return { name: 'deleted', message: 'is being deleted', hint: 'Leave it out, or wait until it is gone.' };
  }
  if (isIgnored(application)) return ignoredVerdict(application, 'a sync would never start');
  return undefined;
}

function refuseRevision(application: Application, wish: Wish): Verdict | undefined {
  if (wish.revision === '') return undefined;
  if (application.multiSource) {
    return {
      name: 'error',
      message: `has ${application.sources.length} sources; \`revision\` is for Applications with one source`,
      hint: 'Sync it in a step of its own, with `sources` or without `revision`.',
    };
  }
  const target = targetOf(application.sources[0]);
  if (application.syncPolicy.automated && !wish.dryRun && wish.revision !== target) {
    return {
      name: 'mismatch',
      message: `auto-sync is on and follows ${target}: it would revert a sync to ${wish.revision}`,
      hint: `Sync without \`revision\`, use \`expected-revision\` to check the result, or turn auto-sync off for ${refKey(application.ref)}.`,
    };
  }
  return undefined;
}

function refuseSources(
  application: Application,
  wish: Wish,
  { picked }: ReturnType<typeof scopeOf>,
): Verdict | undefined {
  if (picked.kind === 'refused') return picked.verdict;
  if (!application.syncPolicy.automated || wish.dryRun) return undefined;
  const { sources } = application;
  const index = sources.findIndex((source, place) => !isTarget(source, picked.revisions[place] ?? ''));
  if (index < 0) return undefined;
  const revision = shortRevisions([picked.revisions[index] ?? '']);
  return {
    name: 'mismatch',
    message: `auto-sync is on and follows ${targetOf(sources[index])} in source ${describeSource(sources, index)}: it would revert a sync to ${revision}`,
    hint: `Sync all sources without \`sources\`, or turn auto-sync off for ${refKey(application.ref)}.`,
  };
}

const isTarget = (source: Source, revision: string): boolean => revision === '' || revision === targetOf(source);

/** Whether the sync is asked to go to the Application's own target; then Synced is what success looks like (rule 30). */
export function asksForTarget(application: Application, request: Pick<SyncRequest, 'revision' | 'revisions'>): boolean {
  const { multiSource, sources } = application;
  if (multiSource) return sources.every((source, index) => isTarget(source, request.revisions[index] ?? ''));
  return request.revision === '' || request.revision === targetOf(sources[0]);
}

/** The author of our operation: unique, so that a history entry can be known as ours when the operation's state is already overwritten (rule 24). */
export const initiatorOf = (id: string): string => `gitopssync/${id.slice(0, 8)}`;

function composeRequest(
  application: Application,
  wish: Wish,
  id: string,
  scope: Pick<SyncRequest, 'revisions' | 'resources'>,
): SyncRequest {
  return {
    ...scope,
    id,
    initiatedBy: initiatorOf(id),
    info: [{ name: ID_INFO, value: id }, ...wish.info],
    revision: wish.revision,
    prune: wish.prune,
    dryRun: wish.dryRun,
    strategy: { kind: wish.applyOnly ? 'apply' : 'hook', force: wish.force },
    syncOptions: mergeSyncOptions(application.syncPolicy.syncOptions, wish.syncOptions),
    retry: mergeRetry(application.syncPolicy.retry, wish.retry),
    overrides: { syncOptions: wish.syncOptions.length > 0, retry: wish.retry !== undefined },
  };
}

/** What is wanted of one Application, for the log: `main, prune, CreateNamespace=true`. */
export function describeRequest(application: Application, request: SyncRequest): string {
  const revision = application.multiSource
    ? describeRevisions(application.sources, request.revisions)
    : request.revision || targetOf(application.sources[0]);
  const parts = [revision];
  if (request.resources.length > 0) parts.push(describeResources(request.resources));
  if (request.dryRun) parts.push('dry run');
  if (request.prune) parts.push('prune');
  if (request.strategy.kind === 'apply') parts.push('apply only');
  if (request.strategy.force) parts.push('force');
  return [...parts, ...request.syncOptions].join(', ');
}

/** Names the operation in the way, for the log. */
export function describeRunning(application: Application): string {
  const { operation, operationState } = application;
  const by = operation?.automated === true ? 'auto-sync' : operation?.initiatedBy || 'somebody';
  const phase =
    operationState === undefined || isTerminal(operationState.phase) ? 'not picked up yet' : operationState.phase;
  const message = operationState !== undefined && !isTerminal(operationState.phase) ? operationState.message : '';
  return `another operation, started by ${by}, is ${phase}${message === '' ? '' : `: ${message}`}`;
}

const describeState = (state: OperationState): string =>
  `its operation is shown as ${state.phase} since ${state.startedAt || 'an unknown time'}, but nobody works on it any more`;

/** Where people find an Application in Argo CD's UI; `''` when the UI's address is unknown. */
export function applicationUrl(uiUrl: string, ref: ApplicationRef): string {
  if (uiUrl === '') return '';
  // Over the Argo CD API the namespace of an Application that could not be read is not known.
  const path = [ref.namespace, ref.name].filter((part) => part !== '').map(encodeURIComponent);
  return `${uiUrl}/applications/${path.join('/')}`;
}
