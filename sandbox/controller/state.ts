import type { StoredObject } from '../types.ts';
import { type AppSpec, readSpec, readStatus } from './application.ts';
import type { Timer } from './clock.ts';
import type { Seen } from './comparison.ts';
import { desiredContents, hookResource, type Live, type Managed, managedResources, resourceKey } from './resources.ts';
import type { Run } from './run.ts';
import type { Health, Script, Start, SyncScript, TimedAction } from './script.ts';
import type { Surroundings } from './target.ts';

/** What the controller and the world know of one Application beside the stored object. Changed in place. */
export interface AppState {
  readonly key: string;
  readonly namespace: string;
  readonly name: string;
  script: Script;
  /** Operations taken up so far. */
  syncs: number;
  readonly occurrences: Map<TimedAction['on'], number>;

  /** The world: what runs, and how it is. */
  live: Live;
  /** What was applied last, one for each source. */
  revisions: readonly string[];
  health: Health;
  healthMessage: string | undefined;
  truly: Health;
  since: number;
  namespaceExists: boolean;
  /** Hooks that are live. */
  hooks: readonly Managed[];
  healthTimers: readonly Timer[];

  /** The controller's cache of the world. */
  seen: Seen;
  /** A stale window is open: changes of the world do not reach the cache. */
  cacheHeld: boolean;
  cachePending: boolean;

  /** Revisions of the last comparison. */
  compared: readonly string[] | undefined;
  comparing: boolean;
  again: 'recent' | 'latest' | undefined;
  afterComparison: (() => void)[];
  /** An operation ended and the status has not shown Synced and Healthy since. */
  awaitsHealthy: boolean;

  /** An operation has ended and its comparison is not written yet. */
  owesComparison: boolean;
  work: 'idle' | 'queued' | 'working' | 'waiting';
  run: Run | undefined;
  finalizing: boolean;
  gone: boolean;
}

/** The revisions that run at the start; `undefined`: nothing runs. */
export function startRevisions(
  start: Start,
  spec: AppSpec,
  { repositories }: Surroundings,
): readonly string[] | undefined {
  const runs = start.runs ?? 'nothing';
  if (runs === 'nothing') return undefined;
  if (typeof runs !== 'string') return runs;
  return spec.sources.map((source) => {
    const found = repositories.resolve(source.repoURL, source.targetRevision, source.chart);
    if (!found.ok) return '';
    if (runs === 'target') return found.revision;
    return repositories.parent(source.repoURL, found.revision) ?? found.revision;
  });
}

/** The revisions of the last history entry. */
function deployedRevisions(application: StoredObject): readonly string[] | undefined {
  const history = readStatus(application).history;
  const last: unknown = Array.isArray(history) ? history.at(-1) : undefined;
  if (typeof last !== 'object' || last === null) return undefined;
  if ('revisions' in last && Array.isArray(last.revisions))
    return last.revisions.map((one) => (typeof one === 'string' ? one : ''));
  return 'revision' in last && typeof last.revision === 'string' ? [last.revision] : undefined;
}

function comparedRevisions(application: StoredObject): readonly string[] | undefined {
  const sync = readStatus(application).sync;
  if (typeof sync !== 'object' || sync === null) return undefined;
  if ('revisions' in sync && Array.isArray(sync.revisions))
    return sync.revisions.map((one) => (typeof one === 'string' ? one : ''));
  return 'revision' in sync && typeof sync.revision === 'string' ? [sync.revision] : undefined;
}

/** The state of an Application that has not been looked at yet. */
export function createState(
  application: StoredObject,
  script: Script,
  surroundings: Surroundings,
  nowMs: number,
): AppState {
  const { namespace, name } = application.metadata;
  const spec = readSpec(application);
  const revisions =
    script.start === undefined ? deployedRevisions(application) : startRevisions(script.start, spec, surroundings);
  const managed = managedResources(script, name, spec);
  const live = new Map(
    revisions === undefined ? [] : desiredContents(managed, spec, revisions, surroundings.repositories),
  );
  const left = script.start?.hooks === true ? (syncScript(script, 0).hooks ?? []) : [];
  const hooks = left.map((hook) => hookResource(hook, spec));
  for (const hook of hooks) live.set(resourceKey(hook), 'hook');
  const health: Health = revisions === undefined ? 'Missing' : (script.start?.health ?? 'Healthy');
  return {
    key: `${namespace}/${name}`,
    namespace,
    name,
    script,
    syncs: 0,
    occurrences: new Map(),
    live,
    revisions: revisions ?? spec.sources.map(() => ''),
    health,
    healthMessage: script.start?.healthMessage,
    truly: health,
    since: nowMs,
    namespaceExists: script.namespaceExists ?? true,
    hooks,
    healthTimers: [],
    seen: { live, health },
    cacheHeld: false,
    cachePending: false,
    compared: comparedRevisions(application),
    comparing: false,
    again: undefined,
    afterComparison: [],
    awaitsHealthy: false,
    owesComparison: false,
    work: 'idle',
    run: undefined,
    finalizing: false,
    gone: false,
  };
}

/** How the `n`-th sync goes, counted from 0. */
export function syncScript(script: Script, n: number): SyncScript {
  const syncs = script.syncs ?? [];
  return syncs[Math.min(n, syncs.length - 1)] ?? {};
}

/** The resources of an Application, with the hooks that are live. */
export function resourcesOf(state: AppState, spec: AppSpec): readonly Managed[] {
  return [...managedResources(state.script, state.name, spec), ...state.hooks];
}
