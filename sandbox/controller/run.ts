import type { Draft } from '../types.ts';
import type { AppOperation, AppSpec } from './application.ts';
import { desiredContents, hookResource, type Live, type Managed, resourceKey } from './resources.ts';
import type { Hook, SyncScript } from './script.ts';
import type { AppState } from './state.ts';
import type { Surroundings } from './target.ts';

/** One line of `syncResult.resources`, and what it is about. */
export interface Result {
  readonly resource: Managed;
  readonly status: 'Synced' | 'SyncFailed' | 'Pruned' | 'PruneSkipped';
  readonly hookPhase: 'Running' | 'Succeeded' | 'Failed';
  readonly message: string;
  readonly syncPhase: string;
  readonly hookType?: string;
}

/** A step of an operation. Between two steps the operation waits. */
export type Stage =
  | { readonly kind: 'namespace' }
  | { readonly kind: 'delete-hooks'; readonly hooks: readonly Hook[] }
  | { readonly kind: 'hooks'; readonly type: Hook['type']; readonly hooks: readonly Hook[] }
  | { readonly kind: 'wave'; readonly resources: readonly Managed[] };

/** An operation in the works. Changed in place. */
export interface Run {
  readonly script: SyncScript;
  /** Tries so far, the current one included. */
  attempt: number;
  stages: readonly Stage[];
  at: number;
  /** Resolved revisions; undefined until the first pass has resolved them. */
  revisions: readonly string[] | undefined;
  desired: Live;
  results: readonly Result[];
  /** Hooks of the current stage that run or have ended. */
  readonly hookEnds: Map<string, 'Running' | 'Succeeded' | 'Failed'>;
  /** A workload changed, so health was played. */
  played: boolean;
  /** The current stage has been applied. */
  applied: boolean;
  /** What it waits for beside its stage. */
  waits: 'nothing' | 'window' | 'retry' | 'approval';
  /** A timer looks at the sync window now and then. */
  watchesWindow: boolean;
}

export const newRun = (script: SyncScript): Run => ({
  script,
  attempt: 1,
  stages: [],
  at: 0,
  revisions: undefined,
  desired: new Map(),
  results: [],
  hookEnds: new Map(),
  played: false,
  applied: false,
  waits: 'nothing',
  watchesWindow: false,
});

/** Starts over, as a retry does. */
export function restart(run: Run): void {
  run.attempt += 1;
  run.stages = [];
  run.at = 0;
  run.revisions = undefined;
  run.results = [];
  run.hookEnds.clear();
  run.applied = false;
  run.waits = 'nothing';
}

/** The steps of an operation. */
export function planStages(
  state: AppState,
  spec: AppSpec,
  operation: AppOperation,
  run: Run,
  resources: readonly Managed[],
): readonly Stage[] {
  const partial = operation.resources.length > 0;
  const own = resources.filter((resource) => !resource.hook && isAsked(resource, operation));
  const there = own.filter(
    (resource) => run.desired.has(resourceKey(resource)) || state.live.has(resourceKey(resource)),
  );
  if (operation.dryRun) return there.length === 0 ? [] : [{ kind: 'wave', resources: there }];
  const stages: Stage[] = [];
  if (!state.namespaceExists && operation.syncOptions.includes('CreateNamespace=true'))
    stages.push({ kind: 'namespace' });
  const hooks = partial ? [] : (run.script.hooks ?? []);
  const addHooks = (type: Hook['type']): void => {
    const chosen = hooks.filter((hook) => hook.type === type);
    if (chosen.length === 0) return;
    const old = chosen.filter((hook) => state.live.has(resourceKey(hookResource(hook, spec))));
    if (old.length > 0) stages.push({ kind: 'delete-hooks', hooks: old });
    stages.push({ kind: 'hooks', type, hooks: chosen });
  };
  addHooks('PreSync');
  const waves = [...new Set(there.map((resource) => resource.wave))].sort((a, b) => a - b);
  for (const wave of waves)
    stages.push({ kind: 'wave', resources: there.filter((resource) => resource.wave === wave) });
  addHooks('Sync');
  addHooks('PostSync');
  return stages;
}

const isAsked = (resource: Managed, operation: AppOperation): boolean =>
  operation.resources.length === 0 ||
  operation.resources.some(
    (item) =>
      item.group === resource.group &&
      item.kind === resource.kind &&
      item.name === resource.name &&
      (item.namespace === '' || item.namespace === resource.namespace),
  );

/** What resolving fills in. */
export function setTargets(
  run: Run,
  spec: AppSpec,
  revisions: readonly string[],
  resources: readonly Managed[],
  surroundings: Surroundings,
): void {
  run.revisions = revisions;
  run.desired = desiredContents(resources, spec, revisions, surroundings.repositories);
}

/** Results of applying resources of one wave, and the live objects after it. */
export function applyWave(
  live: Live,
  resources: readonly Managed[],
  run: Run,
  options: {
    readonly prune: boolean;
    readonly dryRun: boolean;
    readonly pruneOption: string;
    readonly namespace: boolean;
  },
): { readonly live: Live; readonly results: readonly Result[]; readonly changed: readonly Managed[] } {
  const next = new Map(live);
  const pruned: Result[] = [];
  const applied: Result[] = [];
  const changed: Managed[] = [];
  const phase = { syncPhase: 'Sync' };
  for (const resource of resources) {
    const key = resourceKey(resource);
    const wanted = run.desired.get(key);
    const is = live.get(key);
    if (wanted === undefined) {
      const kept = (resource.prune ?? options.pruneOption) === 'false';
      if (kept || !options.prune) {
        const message = kept ? 'ignored (no prune)' : 'ignored (requires pruning)';
        pruned.push({ resource, status: 'PruneSkipped', hookPhase: 'Succeeded', message, ...phase });
        continue;
      }
      const message = options.dryRun ? 'pruned (dry run)' : 'pruned';
      pruned.push({ resource, status: 'Pruned', hookPhase: 'Succeeded', message, ...phase });
      next.delete(key);
      changed.push(resource);
      continue;
    }
    const refusal = options.dryRun ? undefined : refusalOf(run, resource, options.namespace);
    if (refusal !== undefined) {
      applied.push({ resource, status: 'SyncFailed', hookPhase: 'Failed', message: refusal, ...phase });
      continue;
    }
    const verb = is === undefined ? 'created' : is === wanted ? 'unchanged' : 'configured';
    applied.push({
      resource,
      status: 'Synced',
      hookPhase: options.dryRun ? 'Succeeded' : 'Running',
      message: `${typeAndName(resource)} ${verb}${options.dryRun ? ' (dry run)' : ''}`,
      ...phase,
    });
    if (is !== wanted) {
      next.set(key, wanted);
      changed.push(resource);
    }
  }
  return {
    live: options.dryRun ? live : next,
    results: [...pruned, ...applied],
    changed: options.dryRun ? [] : changed,
  };
}

function refusalOf(run: Run, resource: Managed, namespaceExists: boolean): string | undefined {
  if (!namespaceExists && resource.namespace !== '') return `namespaces "${resource.namespace}" not found`;
  return run.script.refusals?.find(
    (refusal) =>
      refusal.kind === resource.kind &&
      refusal.name === resource.name &&
      run.attempt <= (refusal.attempts ?? Number.POSITIVE_INFINITY),
  )?.message;
}

/** Resources of a wave that wait for somebody to confirm that they may be pruned. */
export const toConfirm = (
  live: Live,
  resources: readonly Managed[],
  run: Run,
  pruneOption: string,
): readonly Managed[] =>
  resources.filter((resource) => {
    const key = resourceKey(resource);
    return live.has(key) && !run.desired.has(key) && (resource.prune ?? pruneOption) === 'confirm';
  });

/** `deployment.apps/web`, as kubectl writes it. */
export const typeAndName = (resource: Managed): string =>
  `${resource.kind.toLowerCase()}${resource.group === '' ? '' : `.${resource.group}`}/${resource.name}`;

/** `apps/Deployment/web`, as Argo CD's messages write it. */
export const longName = (resource: Managed): string => `${resource.group}/${resource.kind}/${resource.name}`;

/** A result as the Application holds it. */
export function showResult(result: Result): Draft {
  const { resource } = result;
  return {
    group: resource.group,
    hookPhase: result.hookPhase,
    ...(result.hookType === undefined ? {} : { hookType: result.hookType }),
    ...(resource.image === undefined ? {} : { images: [resource.image] }),
    kind: resource.kind,
    message: result.message,
    name: resource.name,
    namespace: resource.namespace,
    status: result.status,
    syncPhase: result.syncPhase,
    version: resource.version,
  };
}

/** `syncResult` of an operation; without resources the list of an earlier write stays, as in a merge. */
export function showSyncResult(spec: AppSpec, operation: AppOperation, run: Run): Draft {
  const sources = spec.sources.map((source) => source.raw);
  const revision = spec.multiSource ? '' : (run.revisions?.[0] ?? operation.revision);
  return {
    ...(run.results.length === 0 ? {} : { resources: run.results.map(showResult) }),
    revision,
    ...(spec.multiSource && run.revisions !== undefined ? { revisions: run.revisions } : {}),
    source: sources[0] ?? { repoURL: '' },
    ...(spec.multiSource ? { sources } : {}),
  };
}
