import { part, readSpec } from '../controller/application.ts';
import { stamp } from '../controller/clock.ts';
import { evaluate, writeComparison } from '../controller/comparison.ts';
import type { Cluster, ControllerOptions } from '../controller/controller.ts';
import { historyEntry } from '../controller/history.ts';
import { createRepositories, type Repository } from '../controller/repository.ts';
import { managedResources, resourceKey } from '../controller/resources.ts';
import { showResult, typeAndName } from '../controller/run.ts';
import type { Script } from '../controller/script.ts';
import { createState, startRevisions } from '../controller/state.ts';
import type { Surroundings } from '../controller/target.ts';
import { isObject } from '../state/json.ts';
import type { Account, Draft, Store, StoredObject } from '../types.ts';

export interface FleetApplication {
  readonly object: Readonly<Draft>;
  readonly script: Script;
}

/** A named set of Applications with all that belongs to them, as data. */
export interface Fleet {
  readonly name: string;
  readonly repositories: readonly Repository[];
  readonly clusters: readonly Cluster[];
  /** AppProjects. */
  readonly projects: readonly Readonly<Draft>[];
  readonly applications: readonly FleetApplication[];
  /** Scripts of Applications that are created later, by `namespace/name`. */
  readonly scripts?: Readonly<Record<string, Script>>;
  readonly applicationSets?: readonly Readonly<Draft>[];
  /** Accounts beside the usual ones. */
  readonly accounts?: readonly Account[];
}

export interface LoadOptions {
  /** Argo CD's own namespace; default `argocd`. */
  readonly namespace?: string;
  /** Milliseconds since 1970; stamps of the start lie before it. Default: now. */
  readonly nowMs?: number;
}

/** What {@link loadFleet} leaves for the controller. */
export type LoadedFleet = Required<Pick<ControllerOptions, 'repositories' | 'scripts' | 'clusters' | 'namespace'>>;

/** Puts a fleet into a store, each Application in the state its script starts with; gives what the controller needs. */
export function loadFleet(store: Store, fleet: Fleet, options: LoadOptions = {}): LoadedFleet {
  const namespace = options.namespace ?? 'argocd';
  const nowMs = options.nowMs ?? Date.now();
  for (const project of fleet.projects) store.create('appprojects', { ...project });
  for (const set of fleet.applicationSets ?? []) store.create('applicationsets', { ...set });
  const surroundings: Surroundings = {
    repositories: createRepositories(fleet.repositories),
    clusters: fleet.clusters,
    project: (name) => store.get('appprojects', namespace, name),
  };
  const scripts = new Map<string, Script>(Object.entries(fleet.scripts ?? {}));
  for (const { object, script } of fleet.applications) {
    const stored = store.create('applications', withStatus(object, script, surroundings, namespace, nowMs));
    scripts.set(`${stored.metadata.namespace}/${stored.metadata.name}`, script);
  }
  return { repositories: fleet.repositories, scripts, clusters: fleet.clusters, namespace };
}

const MINUTE = 60_000;

/** The Application with the status it starts with. */
function withStatus(
  object: Readonly<Draft>,
  script: Script,
  surroundings: Surroundings,
  controllerNamespace: string,
  nowMs: number,
): Draft {
  const start = script.start ?? {};
  const compared = start.compared ?? 'never';
  if (compared === 'never') return { ...object };
  const application = asStored(object);
  const spec = readSpec(application);
  const state = createState(application, script, surroundings, nowMs);
  const runs = startRevisions(start, spec, surroundings);
  const resources = managedResources(script, state.name, spec);
  const found = evaluate(
    spec,
    [...resources, ...state.hooks],
    state.seen,
    surroundings,
    compared === 'before' ? runs : undefined,
  );
  const draft: Draft = { ...object, status: {} };
  writeComparison(draft, found, {
    spec,
    now: stamp(nowMs - 30 * MINUTE),
    reconciledAt: stamp(nowMs - (start.comparedMsAgo ?? MINUTE)),
    refreshed: false,
    controllerNamespace,
  });
  if (runs === undefined) return draft;
  const status = part(draft, 'status');
  const count = start.history ?? 1;
  const deployedMs = nowMs - 60 * MINUTE;
  const initiatedBy = { username: 'admin' };
  status.history = Array.from({ length: count }, (_, id) => {
    const at = deployedMs - (count - 1 - id) * 24 * 60 * MINUTE;
    return historyEntry(spec, runs, { id, startedAt: stamp(at - 2000), deployedAt: stamp(at), initiatedBy });
  });
  if (start.operationState === false || count === 0) return draft;
  const live = resources.filter((resource) => state.live.has(resourceKey(resource)));
  const verb = count === 1 ? 'created' : 'configured';
  status.operationState = {
    finishedAt: stamp(deployedMs),
    message: 'successfully synced (all tasks run)',
    operation: { initiatedBy, retry: {}, sync: spec.multiSource ? { revisions: runs } : { revision: runs[0] ?? '' } },
    phase: 'Succeeded',
    startedAt: stamp(deployedMs - 2000),
    syncResult: {
      resources: live.map((resource) =>
        showResult({
          resource,
          status: 'Synced',
          hookPhase: 'Running',
          message: `${typeAndName(resource)} ${verb}`,
          syncPhase: 'Sync',
        }),
      ),
      revision: spec.multiSource ? '' : (runs[0] ?? ''),
      ...(spec.multiSource ? { revisions: runs } : {}),
      source: spec.sources[0]?.raw ?? { repoURL: '' },
      ...(spec.multiSource ? { sources: spec.sources.map((source) => source.raw) } : {}),
    },
  };
  return draft;
}

/** Enough of a stored object to read it. */
function asStored(object: Readonly<Draft>): StoredObject {
  const metadata = isObject(object.metadata) ? object.metadata : {};
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  return {
    ...object,
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: {
      name: text(metadata.name),
      namespace: text(metadata.namespace),
      uid: '',
      resourceVersion: '',
      generation: 1,
      creationTimestamp: '',
    },
  };
}
