import { isObject } from '../state/json.ts';
import type { Store, StoredObject, StoreEvent } from '../types.ts';
import { type ActionTools, fire, perform } from './actions.ts';
import {
  annotation,
  DELETION_APPROVED,
  keyOf,
  REFRESH,
  readOperationState,
  readSpec,
  readStatus,
  skipsReconcile,
} from './application.ts';
import { stamp, systemClock, type Timer } from './clock.ts';
import { createComparer } from './comparer.ts';
import { type Evaluation, evaluate } from './comparison.ts';
import type { Comparison, Controller, ControllerOptions } from './controller.ts';
import { finalize } from './deletion.ts';
import type { Engine } from './engine.ts';
import { createOperations } from './operations.ts';
import { createRepositories } from './repository.ts';
import { compareContents, desiredContents, resourceKey } from './resources.ts';
import type { Script } from './script.ts';
import { type AppState, createState, resourcesOf } from './state.ts';
import { clusterNames, resolveTargets } from './target.ts';
import { timingOf } from './timing.ts';
import { healthOf, resourceTree } from './tree.ts';
import { syncWindowState } from './windows.ts';
import { createWorld } from './world.ts';

export type { Controller, ControllerOptions } from './controller.ts';

const IN_CLUSTER = { name: 'in-cluster', server: 'https://kubernetes.default.svc' };

/**
 * Starts the controller over a store: it works the Applications there through operation, comparison and health, as their
 * scripts say. It writes only in answer to events and timers, so an idle fleet costs nothing.
 */
export function startController(store: Store, options: ControllerOptions = {}): Controller {
  const clock = options.clock ?? systemClock;
  const timing = timingOf(options.timing);
  const repositories = createRepositories(options.repositories ?? []);
  const namespace = options.namespace ?? 'argocd';
  const scripts = new Map<string, Script>(options.scripts ?? []);
  const states = new Map<string, AppState>();
  const timers = new Set<Timer>();
  const held: (() => void)[] = [];
  let stopped = false;
  let paused = false;
  /** Somebody's operation, not the client's: it is not an `asked`. */
  let acting = false;

  function after(state: AppState, ms: number, pausable: boolean, run: () => void): Timer {
    const timer = clock.after(ms, () => {
      timers.delete(timer);
      if (stopped || state.gone) return;
      if (paused && pausable) held.push(run);
      else run();
    });
    timers.add(timer);
    return {
      cancel() {
        timers.delete(timer);
        timer.cancel();
      },
    };
  }

  const nowMs = (): number => clock.now() + (options.clockOffsetMs ?? 0);
  const engine: Engine = {
    store,
    clock,
    timing,
    namespace,
    repositories,
    clusters: options.clusters ?? [IN_CLUSTER],
    project: (name) => store.get('appprojects', namespace, name),
    nowMs,
    now: () => stamp(nowMs()),
    read: (state) => (state.gone ? undefined : store.get('applications', state.namespace, state.name)),
    write(state, edit) {
      if (engine.read(state) === undefined) return undefined;
      acting = true;
      try {
        return store.update('applications', state.namespace, state.name, edit);
      } finally {
        acting = false;
      }
    },
    work: (state, ms, run) => after(state, ms, true, run),
    world: (state, ms, run) => after(state, ms, false, run),
    ignores: (state, application) => paused || state.script.ignored === true || skipsReconcile(application),
  };

  const world = createWorld(
    engine,
    (state) => {
      comparer.compare(state, 'recent');
      operations.stir(state);
    },
    (state) => options.onWorld?.(state.namespace, state.name),
  );
  const tools: ActionTools = {
    engine,
    world,
    push({ repository, branch, commit, announced }) {
      controller.push(repository, branch, commit);
      if (announced === true) controller.announce(repository);
    },
  };
  const comparer = createComparer(engine, {
    written(state, application) {
      operations.offer(state);
      if (application.metadata.deletionTimestamp !== undefined) finalize(engine, state, application);
    },
    healthy: (state) => fire(tools, state, 'healthy'),
  });
  const operations = createOperations(
    engine,
    world,
    comparer,
    { running: (state) => fire(tools, state, 'running'), terminal: (state) => fire(tools, state, 'terminal') },
    options.operationWorkers ?? 10,
  );

  function stateOf(application: StoredObject): AppState {
    const key = keyOf(application);
    const known = states.get(key);
    if (known !== undefined) return known;
    const state = createState(application, scripts.get(key) ?? {}, engine, clock.now());
    states.set(key, state);
    return state;
  }

  const find = (inNamespace: string, name: string): AppState | undefined => {
    const application = store.get('applications', inNamespace, name);
    return application === undefined ? undefined : stateOf(application);
  };

  function appeared(application: StoredObject): void {
    const state = stateOf(application);
    fire(tools, state, 'start');
    if (application.operation !== undefined) fire(tools, state, 'asked');
    lookAt(state, application);
  }

  /** What an Application needs that nobody may have seen yet. */
  function lookAt(state: AppState, application: StoredObject): void {
    const status = readStatus(application);
    const uncompared = status.sync === undefined && status.conditions === undefined;
    if (uncompared || annotation(application, REFRESH) !== undefined) comparer.compare(state, 'latest');
    operations.offer(state);
    if (application.metadata.deletionTimestamp !== undefined) finalize(engine, state, application);
  }

  function modified(application: StoredObject, previous: StoredObject): void {
    const state = stateOf(application);
    const asked = application.operation !== undefined && application.operation !== previous.operation;
    if (asked && !acting && previous.operation === undefined) fire(tools, state, 'asked');
    if (engine.ignores(state, application)) return;
    const reappeared = skipsReconcile(previous);
    const refresh = annotation(application, REFRESH);
    const refreshed = refresh !== undefined && (reappeared || annotation(previous, REFRESH) === undefined);
    const respecified = application.spec !== previous.spec && needsComparison(application);
    if (refreshed || respecified) comparer.compare(state, 'latest');
    if (reappeared) operations.stir(state);
    if (application.operation !== undefined) operations.offer(state);
    const phase = readOperationState(application)?.phase;
    const terminated = phase === 'Terminating' && readOperationState(previous)?.phase !== 'Terminating';
    const approved = annotation(application, DELETION_APPROVED) !== annotation(previous, DELETION_APPROVED);
    if (terminated || approved) operations.stir(state);
    if (application.metadata.deletionTimestamp !== undefined) finalize(engine, state, application);
  }

  /** Whether the spec is not the one that was compared. */
  function needsComparison(application: StoredObject): boolean {
    const { sync } = readStatus(application);
    const comparedTo = isObject(sync) && isObject(sync.comparedTo) ? sync.comparedTo : {};
    const spec = isObject(application.spec) ? application.spec : {};
    const same = (['source', 'sources', 'destination'] as const).every(
      (field) => JSON.stringify(spec[field] ?? null) === JSON.stringify(comparedTo[field] ?? null),
    );
    return !same;
  }

  function onEvent(event: StoreEvent): void {
    if (stopped || event.resource !== 'applications') return;
    const { object, previous } = event;
    if (event.type === 'ADDED') appeared(object);
    else if (event.type === 'MODIFIED' && previous !== undefined) modified(object, previous);
    else if (event.type === 'DELETED') {
      const state = states.get(keyOf(object));
      if (state === undefined) return;
      state.gone = true;
      states.delete(state.key);
      operations.forget(state);
    }
  }

  function reconcileAll(): void {
    for (const application of store.list('applications')) comparer.compare(stateOf(application), 'latest');
  }

  function evaluateNow(application: StoredObject): Evaluation {
    const state = stateOf(application);
    const spec = readSpec(application);
    return evaluate(spec, resourcesOf(state, spec), state.seen, engine);
  }

  const uses = (application: StoredObject, url: string): boolean =>
    readSpec(application).sources.some((source) => source.repoURL === url);

  const controller: Controller = {
    clock,
    clusters: engine.clusters,
    repositories: repositories.all(),
    stop() {
      stopped = true;
      unsubscribe();
      for (const timer of timers) timer.cancel();
      timers.clear();
    },
    compare(application): Comparison {
      const found = evaluateNow(application);
      if (found.kind === 'compared')
        return { ok: true, status: found.status, revisions: found.revisions, health: found.health };
      const condition = found.kind === 'failed' ? 'ComparisonError' : 'InvalidSpecError';
      return { ok: false, condition, message: found.message };
    },
    resolveRevision: (url, revision, chart) => repositories.resolve(url, revision, chart),
    refs: (url) => repositories.refs(url),
    commit: (url, sha) => repositories.commit(url, sha),
    push(url, branch, commit) {
      // What runs at the start is said relative to the branches as they were.
      for (const application of store.list('applications')) if (uses(application, url)) stateOf(application);
      repositories.push(url, branch, commit);
    },
    announce(url) {
      for (const application of store.list('applications'))
        if (uses(application, url)) comparer.compare(stateOf(application), 'latest');
    },
    syncWindows(application) {
      const spec = readSpec(application);
      return syncWindowState(engine.project(spec.project), application, clusterNames(spec, engine.clusters), nowMs());
    },
    resourceTree(inNamespace, name) {
      const application = store.get('applications', inNamespace, name);
      if (application === undefined) return [];
      const state = stateOf(application);
      const { creationTimestamp, resourceVersion } = application.metadata;
      return resourceTree(state, resourcesOf(state, readSpec(application)), creationTimestamp, resourceVersion);
    },
    resourceHealth(inNamespace, name, wanted) {
      const application = store.get('applications', inNamespace, name);
      if (application === undefined) return undefined;
      const state = stateOf(application);
      const resources = resourcesOf(state, readSpec(application));
      const key = resourceKey({ group: wanted.group ?? '', namespace: wanted.namespace ?? '', ...wanted });
      const resource = resources.find((one) => resourceKey(one) === key);
      return resource === undefined ? undefined : healthOf(state, resources, resource);
    },
    truth(inNamespace, name) {
      const application = store.get('applications', inNamespace, name);
      if (application === undefined) return undefined;
      const state = stateOf(application);
      const spec = readSpec(application);
      const targets = resolveTargets(spec, undefined, repositories);
      const resources = resourcesOf(state, spec);
      const synced =
        targets.ok &&
        compareContents(resources, desiredContents(resources, spec, targets.revisions, repositories), state.live)
          .status === 'Synced';
      const applied = desiredContents(resources, spec, state.revisions, repositories);
      const intact = compareContents(resources, applied, state.live).status === 'Synced';
      const target = targets.ok ? targets.revisions : [];
      return { revisions: state.revisions, target, health: state.truly, synced, intact, since: state.since };
    },
    setScript(inNamespace, name, script) {
      scripts.set(`${inNamespace}/${name}`, script);
      const state = find(inNamespace, name);
      if (state === undefined) return;
      state.script = script;
      state.syncs = 0;
      state.occurrences.clear();
      state.namespaceExists = script.namespaceExists ?? state.namespaceExists;
    },
    act(inNamespace, name, action) {
      const state = find(inNamespace, name);
      if (state !== undefined) perform(tools, state, action);
    },
    pause() {
      paused = true;
    },
    resume() {
      paused = false;
      for (const run of held.splice(0)) run();
      for (const application of store.list('applications')) lookAt(stateOf(application), application);
      // What was not compared meanwhile is compared now.
      for (const state of states.values()) comparer.compare(state, 'latest');
    },
  };

  const unsubscribe = store.subscribe(onEvent);
  for (const application of store.list('applications')) {
    const script = scripts.get(keyOf(application));
    const status = readStatus(application);
    const settled =
      status.sync !== undefined &&
      application.operation === undefined &&
      annotation(application, REFRESH) === undefined;
    const quiet = settled && application.metadata.deletionTimestamp === undefined && script?.actions === undefined;
    if (!quiet) appeared(application);
  }
  const every = options.reconcileEveryMs;
  if (every !== undefined) {
    const repeat = (): void => {
      const timer = clock.after(every, () => {
        timers.delete(timer);
        if (stopped) return;
        if (!paused) reconcileAll();
        repeat();
      });
      timers.add(timer);
    };
    repeat();
  }
  return controller;
}
