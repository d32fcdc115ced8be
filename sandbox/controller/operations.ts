import type { Draft, StoredObject } from '../types.ts';
import {
  type AppOperation,
  isCompleted,
  merge,
  part,
  readOperation,
  readOperationState,
  readOwnOperation,
} from './application.ts';
import { compareAfter } from './catch-up.ts';
import type { Comparer } from './comparer.ts';
import type { Engine } from './engine.ts';
import { deploymentOf } from './history.ts';
import { isApproved, isBlocked, look, obstacle, type Pass, passTime } from './pass.ts';
import { createQueue } from './queue.ts';
import { hookResource, isWorkload, type Managed, resourceKey } from './resources.ts';
import { kitchen, retryDelay } from './retry.ts';
import {
  applyWave,
  longName,
  newRun,
  planStages,
  type Result,
  restart,
  showSyncResult,
  toConfirm,
  typeAndName,
} from './run.ts';
import type { HealthStep } from './script.ts';
import { settle, stageState, waitingFor } from './stages.ts';
import { type AppState, resourcesOf, syncScript } from './state.ts';
import { resolveTargets } from './target.ts';
import type { World } from './world.ts';

/** Works operations off: a queue, some workers, one pass at a time. */
export interface Operations {
  /** Has a look whether the Application has an operation to start, or one that may go on. */
  offer(state: AppState): void;
  /** Something an operation may wait for has happened: health, an approval, a termination. */
  stir(state: AppState): void;
  /** The Application is gone; a worker that was busy with it is free. */
  forget(state: AppState): void;
}

export interface AfterOperation {
  running(state: AppState): void;
  terminal(state: AppState): void;
}

const DEFAULT_HEALTH: readonly HealthStep[] = [
  { afterMs: 0, health: 'Progressing' },
  { afterMs: 300, health: 'Healthy' },
];

const BLOCKED = 'Sync operation blocked by sync window';
const UNSUCCESSFUL = 'one or more synchronization tasks completed unsuccessfully';

export function createOperations(
  engine: Engine,
  world: World,
  comparer: Comparer,
  after: AfterOperation,
  workers: number,
): Operations {
  const { enqueue, wake, release, forget } = createQueue(engine, workers, begin);

  function offer(state: AppState): void {
    if (state.work === 'waiting' && state.run?.waits === 'window') {
      wake(state);
      return;
    }
    if (state.work !== 'idle' || state.comparing) return;
    const application = engine.read(state);
    if (application?.operation === undefined || engine.ignores(state, application)) return;
    const script = state.run?.script ?? syncScript(state.script, state.syncs);
    if (script.never === true) return;
    state.work = 'queued';
    const own = script.pickupMs === undefined ? undefined : script.pickupMs * engine.timing.scriptFactor;
    engine.work(state, own ?? engine.timing.pickupMs, () => enqueue(state));
  }

  function begin(state: AppState): void {
    const application = engine.read(state);
    const asked = application === undefined ? undefined : readOwnOperation(application);
    if (application === undefined || asked === undefined) {
      // Without `operation` nothing is worked off, whatever the phase says: the stuck shape.
      state.run = undefined;
      release(state, 'idle');
      return;
    }
    if (engine.ignores(state, application)) {
      release(state, 'idle');
      return;
    }
    const stored = readOperationState(application);
    if (stored === undefined || isCompleted(stored.phase)) {
      start(state, asked);
      return;
    }
    if (state.run === undefined) state.run = newRun(syncScript(state.script, Math.max(0, state.syncs - 1)));
    const pass = look(engine, state);
    if (pass === undefined) {
      release(state, 'idle');
      return;
    }
    if (pass.terminating) {
      terminate(pass);
      return;
    }
    if (stored.finishedAt !== '') {
      retryWhenDue(pass, stored.finishedAt);
      return;
    }
    if (pass.run.applied) {
      advance(pass);
      return;
    }
    engine.work(state, passTime(engine, pass), () => passBody(state));
  }

  function start(state: AppState, asked: AppOperation): void {
    state.run = newRun(syncScript(state.script, state.syncs));
    state.syncs += 1;
    const written = writeState(state, {
      phase: 'Running',
      startedAt: engine.now(),
      finishedAt: null,
      operation: completed(asked.raw),
    });
    if (written === undefined) {
      release(state, 'idle');
      return;
    }
    after.running(state);
    const pass = look(engine, state);
    if (pass === undefined) {
      release(state, 'idle');
      return;
    }
    // The first pass goes by its own clean copy; later ones by what the merge left in the status.
    const clean: Pass = { ...pass, operation: readOperation(completed(asked.raw)) ?? pass.operation };
    engine.work(state, passTime(engine, clean), () => passBody(state, clean.operation));
  }

  /** An operation as the controller keeps it: two fields are always there. */
  const completed = (raw: Readonly<Draft>): Draft => ({ initiatedBy: {}, retry: {}, ...raw });

  function writeState(state: AppState, patch: Draft, more?: (draft: Draft) => void): StoredObject | undefined {
    return engine.write(state, (draft) => {
      const { message, ...rest } = patch;
      const kept = message === undefined || message === '' ? rest : patch;
      merge(part(draft, 'status'), { operationState: kept });
      more?.(draft);
    });
  }

  function passBody(state: AppState, clean?: AppOperation): void {
    const looked = look(engine, state);
    if (looked === undefined) {
      state.run = undefined;
      release(state, 'idle');
      return;
    }
    const pass = clean === undefined ? looked : { ...looked, operation: clean };
    const { run, spec, operation } = pass;
    if (clean !== undefined && isBlocked(engine, { ...pass, operation: { ...operation, automated: true } })) {
      // The pass that starts an operation does not see yet who asked for it and takes everybody for auto-sync; the next one sees it.
      block(pass);
      if (!isBlocked(engine, pass)) engine.work(state, engine.timing.shortPassMs, () => offer(state));
      return;
    }
    const found = obstacle(engine, pass);
    if (found?.kind === 'window') {
      block(pass);
      return;
    }
    if (found?.kind === 'error') {
      if (found.resolved !== undefined) run.revisions = found.resolved;
      fail(pass, 'Error', found.message, found.bare !== true);
      return;
    }
    run.waits = 'nothing';
    if (run.stages.length === 0) run.stages = planStages(state, spec, operation, run, resourcesOf(state, spec));
    if (run.stages.length === 0) {
      succeed(pass, 'no more tasks', []);
      return;
    }
    applyStage(pass);
  }

  function block(pass: Pass): void {
    const { state, run, spec, operation } = pass;
    run.waits = 'window';
    writeState(state, { phase: 'Running', message: BLOCKED, syncResult: showSyncResult(spec, operation, run) });
    release(state, 'waiting');
    lookAgain(state);
  }

  /** A blocked operation is looked at now and then: nothing tells the controller that a window has opened. */
  function lookAgain(state: AppState): void {
    const { run } = state;
    if (run === undefined || run.watchesWindow) return;
    run.watchesWindow = true;
    engine.work(state, engine.timing.windowMs, () => {
      run.watchesWindow = false;
      if (state.run !== run || run.waits !== 'window' || state.work !== 'waiting') return;
      const pass = look(engine, state);
      if (pass !== undefined && isBlocked(engine, pass)) lookAgain(state);
      else wake(state);
    });
  }

  function applyStage(pass: Pass): void {
    const stage = pass.run.stages[pass.run.at];
    if (stage === undefined) {
      succeed(pass, 'no more tasks', []);
      return;
    }
    pass.run.applied = true;
    if (stage.kind === 'wave') {
      applyResources(pass, stage.resources);
      return;
    }
    const { state, run, spec } = pass;
    switch (stage.kind) {
      case 'namespace':
        applyNamespace(pass);
        return;
      case 'delete-hooks': {
        removeHooks(
          state,
          stage.hooks.map((hook) => hookResource(hook, spec)),
        );
        pause(pass, engine.timing.waveMs);
        return;
      }
      case 'hooks': {
        run.hookEnds.clear();
        const resources = stage.hooks.map((hook) => hookResource(hook, spec));
        const live = new Map(state.live);
        for (const resource of resources) live.set(resourceKey(resource), 'hook');
        state.hooks = [...state.hooks.filter((one) => !resources.some((own) => own.name === one.name)), ...resources];
        world.setLive(state, live);
        const results: Result[] = resources.map((resource) => ({
          resource,
          status: 'Synced',
          hookPhase: 'Running',
          message: `${typeAndName(resource)} created`,
          syncPhase: stage.type,
          hookType: stage.type,
        }));
        run.results = [...run.results, ...results];
        for (const hook of stage.hooks) {
          run.hookEnds.set(hook.name, 'Running');
          if (hook.takesMs === 'forever') continue;
          engine.world(state, hook.takesMs * engine.timing.scriptFactor, () => {
            if (state.run !== run || run.stages[run.at] !== stage) return;
            run.hookEnds.set(hook.name, hook.ends ?? 'Succeeded');
            stir(state);
          });
        }
        // What comes last is not followed by the pause between waves.
        pause(pass, run.at === run.stages.length - 1 ? 0 : engine.timing.waveMs);
        return;
      }
    }
  }

  function applyNamespace(pass: Pass): void {
    const { state, run, spec } = pass;
    const name = spec.destination.namespace;
    const resource: Managed = {
      ...hookResource({ type: 'PreSync', kind: 'Namespace', name, takesMs: 0 }, spec),
      namespace: '',
    };
    if (run.script.namespaceRace === true) {
      state.namespaceExists = true;
      const message = `namespaces "${name}" already exists`;
      run.results = [{ resource, status: 'SyncFailed', hookPhase: 'Failed', message, syncPhase: 'PreSync' }];
      fail(pass, 'Failed', `the namespace failed to apply, reason: ${message}`, true);
      return;
    }
    state.namespaceExists = true;
    const message = `namespace/${name} created`;
    run.results = [{ resource, status: 'Synced', hookPhase: 'Running', message, syncPhase: 'PreSync' }];
    pause(pass, 0);
  }

  function applyResources(pass: Pass, resources: readonly Managed[]): void {
    const { state, run, operation, spec } = pass;
    const pruneOption = operation.syncOptions.includes('Prune=confirm')
      ? 'confirm'
      : operation.syncOptions.includes('Prune=false')
        ? 'false'
        : '';
    const unconfirmed = operation.prune && !operation.dryRun ? toConfirm(state.live, resources, run, pruneOption) : [];
    if (unconfirmed[0] !== undefined && !isApproved(pass)) {
      run.applied = false;
      run.waits = 'approval';
      const more = unconfirmed.length > 1 ? ` and ${unconfirmed.length - 1} more resources` : '';
      const message = `waiting for pruning confirmation of ${longName(unconfirmed[0])}${more}`;
      writeState(state, { phase: 'Running', message, syncResult: showSyncResult(spec, operation, run) });
      release(state, 'waiting');
      return;
    }
    const outcome = applyWave(state.live, resources, run, {
      prune: operation.prune,
      dryRun: operation.dryRun,
      pruneOption,
      namespace: state.namespaceExists,
    });
    run.results = [...run.results, ...outcome.results];
    const failures = outcome.results.filter((result) => result.status === 'SyncFailed');
    const last = run.at === run.stages.length - 1 && failures.length === 0;
    if (last && !operation.dryRun && (run.script.stale?.order ?? 'compare-first') !== 'before-end')
      world.holdCache(state);
    if (outcome.changed.length > 0) {
      world.setLive(state, outcome.live);
      playHealth(pass, outcome.changed);
    }
    if (failures[0] !== undefined && failures.length === outcome.results.length) {
      fail(pass, 'Failed', `one or more objects failed to apply, reason: ${failures[0].message}`, true);
      return;
    }
    if (failures.length === 0 && run.script.always === true && outcome.changed.length === 0 && !operation.dryRun)
      playHealth(pass, resources);
    if (last) {
      succeed(pass, operation.dryRun ? 'no more tasks' : 'all tasks run', outcome.changed);
      return;
    }
    // A failed apply is noticed when the live objects have been read again.
    pause(pass, failures.length > 0 ? engine.timing.liveMs * 4 : engine.timing.waveMs);
  }

  /** Health follows from a changed workload; an Application without any is healthy once it is there. */
  function playHealth({ state, run, spec }: Pass, changed: readonly Managed[]): void {
    const { script } = run;
    const resources = resourcesOf(state, spec).filter((one) => !one.hook);
    const moved = changed.some(isWorkload) || !resources.some(isWorkload) || script.always === true;
    if (!moved) {
      if (state.health === 'Missing' && !resources.some(isWorkload))
        world.playHealth(state, [{ afterMs: 0, health: 'Healthy' }]);
      return;
    }
    if (run.played) return;
    run.played = true;
    const plain: readonly HealthStep[] = [{ afterMs: 0, health: 'Healthy' }];
    world.playHealth(state, script.health ?? (resources.some(isWorkload) ? DEFAULT_HEALTH : plain));
  }

  /** After a stage that is not the last: says what the operation waits for, then waits. */
  function pause({ state, run }: Pass, ms: number): void {
    engine.work(state, ms, () => {
      const pass = look(engine, state);
      if (pass === undefined || state.run !== run) {
        state.run = undefined;
        return release(state, 'idle');
      }
      const { spec, operation, terminating } = pass;
      const message = terminating ? 'operation is terminating' : waitingFor(pass);
      const phase = terminating ? 'Terminating' : 'Running';
      writeState(state, { phase, message, syncResult: showSyncResult(spec, operation, run) });
      release(state, 'waiting');
      if (terminating) wake(state);
      else stir(state);
    });
  }

  function stir(state: AppState): void {
    if (state.work !== 'waiting') return;
    const pass = look(engine, state);
    if (pass === undefined) return;
    const { run } = pass;
    if (pass.terminating) {
      if (run.waits !== 'window') wake(state);
      return;
    }
    if (run.waits === 'approval') {
      if (isApproved(pass)) wake(state);
      return;
    }
    const stage = run.stages[run.at];
    if (run.waits === 'nothing' && run.applied && stage !== undefined && stageState(pass, stage) !== 'running')
      wake(state);
  }

  /** The stage that was waited for is over. */
  function advance(pass: Pass): void {
    const { state, run, spec } = pass;
    const stage = run.stages[run.at];
    if (stage === undefined) {
      release(state, 'idle');
      return;
    }
    const now = stageState(pass, stage);
    if (now === 'running') {
      release(state, 'waiting');
      return;
    }
    settle(run, stage, spec, now);
    if (now === 'failed') {
      const refused = run.results.find((one) => one.status === 'SyncFailed');
      const reason = refused === undefined ? '' : `, reason: ${refused.message}`;
      engine.work(state, engine.timing.shortPassMs, () => fail(pass, 'Failed', `${UNSUCCESSFUL}${reason}`, true));
      return;
    }
    run.at += 1;
    run.applied = false;
    engine.work(state, engine.timing.shortPassMs * 3, () => passBody(state));
  }

  function removeHooks(state: AppState, hooks: readonly Managed[]): void {
    const live = new Map(state.live);
    for (const hook of hooks) live.delete(resourceKey(hook));
    world.setLive(state, live);
  }

  function terminate(pass: Pass): void {
    const { state, run, spec, operation, application } = pass;
    if (isBlocked(engine, pass)) {
      // The window is asked before anything else, so nothing ends while it is closed.
      run.waits = 'window';
      release(state, 'waiting');
      lookAgain(state);
      return;
    }
    const stored = readOperationState(application);
    if (run.waits === 'nothing' && run.applied && stored?.message !== 'operation is terminating') {
      engine.work(state, engine.timing.shortPassMs, () => {
        const syncResult = showSyncResult(spec, operation, run);
        writeState(state, { phase: 'Terminating', message: 'operation is terminating', syncResult });
        release(state, 'waiting');
        wake(state);
      });
      return;
    }
    engine.work(state, engine.timing.shortPassMs, () => {
      const targets = resolveTargets(spec, operation, engine.repositories);
      if (run.revisions === undefined && targets.ok) run.revisions = targets.revisions;
      const running = run.results.filter((one) => one.hookType !== undefined && one.hookPhase === 'Running');
      run.results = run.results.map((one) =>
        running.includes(one) ? { ...one, hookPhase: 'Failed', message: 'Terminated' } : one,
      );
      if (running.length > 0) {
        world.holdCache(state);
        removeHooks(
          state,
          running.map((one) => one.resource),
        );
      }
      finish(pass, 'Failed', 'Operation terminated', true, false);
    });
  }

  function fail(pass: Pass, phase: 'Failed' | 'Error', message: string, withResult: boolean): void {
    const { state, run, operation, spec, retryCount, terminating } = pass;
    const again = operation.retryLimit < 0 || retryCount < operation.retryLimit;
    if (!again || terminating) {
      const count = retryCount > 0 ? ` (retried ${retryCount} times).` : '';
      finish(pass, phase, `${message}${count}`, withResult, false);
      return;
    }
    const finishedAt = engine.now();
    const due = Date.parse(finishedAt) + retryDelay(operation, retryCount + 1) * engine.timing.scriptFactor;
    run.waits = 'retry';
    writeState(state, {
      phase: 'Running',
      message: `${message}. Retrying attempt #${retryCount + 1} at ${kitchen(due)}.`,
      finishedAt,
      retryCount: retryCount + 1,
      ...(withResult ? { syncResult: showSyncResult(spec, operation, run) } : {}),
    });
    release(state, 'waiting');
    engine.work(state, Math.max(0, due - engine.nowMs()), () => {
      if (state.run === run && run.waits === 'retry') comparer.compare(state, 'latest', () => wake(state));
    });
  }

  function retryWhenDue(pass: Pass, finishedAt: string): void {
    const { state, run, operation, retryCount } = pass;
    const due = Date.parse(finishedAt) + retryDelay(operation, retryCount) * engine.timing.scriptFactor;
    if (engine.nowMs() < due && run.waits === 'retry') {
      release(state, 'waiting');
      return;
    }
    const syncResult = showSyncResult(pass.spec, operation, run);
    restart(run);
    writeState(state, {
      phase: 'Running',
      message: `Retrying operation. Attempt #${retryCount}`,
      finishedAt: null,
      syncResult,
    });
    const next = look(engine, state);
    if (next === undefined) {
      release(state, 'idle');
      return;
    }
    engine.work(state, passTime(engine, next), () => passBody(state));
  }

  function succeed(pass: Pass, tasks: 'all tasks run' | 'no more tasks', changed: readonly Managed[]): void {
    const { state, run, operation, spec } = pass;
    if (run.script.stale?.order === 'before-end') world.openCache(state);
    const full = operation.resources.length === 0 && !operation.dryRun;
    const stale = changed.length > 0 || state.cacheHeld;
    if (!operation.dryRun) state.revisions = full ? (run.revisions ?? state.revisions) : state.revisions;
    if (full) {
      const deployed = deploymentOf(spec, operation, run.revisions ?? [], pass.startedAt, engine.now());
      engine.write(state, (draft) => deployed(part(draft, 'status')));
    }
    const end = (): void => finish(pass, 'Succeeded', `successfully synced (${tasks})`, true, stale);
    if (full) engine.work(state, engine.timing.finishMs, end);
    else end();
  }

  function finish(
    pass: Pass,
    phase: 'Succeeded' | 'Failed' | 'Error',
    message: string,
    withResult: boolean,
    stale: boolean,
  ): void {
    const { state, run, operation, spec } = pass;
    const current = engine.read(state);
    if (current === undefined) {
      release(state, 'idle');
      return;
    }
    const finishedAt = engine.now();
    const { sameSecond } = run.script.stale ?? {};
    writeState(
      state,
      { phase, message, finishedAt, ...(withResult ? { syncResult: showSyncResult(spec, operation, run) } : {}) },
      (draft) => {
        delete draft.operation;
        if (sameSecond === true && phase === 'Succeeded') part(draft, 'status').reconciledAt = finishedAt;
      },
    );
    state.run = undefined;
    state.awaitsHealthy = phase === 'Succeeded' && !operation.dryRun;
    release(state, 'idle');
    after.terminal(state);
    if (!operation.dryRun && run.script.noComparison !== true)
      compareAfter({ engine, world, comparer }, state, run.script.stale ?? {}, stale);
    else world.openCache(state);
  }

  return { offer, stir, forget };
}
