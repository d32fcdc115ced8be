import type { StoredObject } from '../types.ts';
import { annotation, REFRESH, readSpec } from './application.ts';
import { autoSync } from './auto-sync.ts';
import { type Evaluation, evaluate, type Seen, shown, writeComparison, writeConditionAlone } from './comparison.ts';
import type { Engine } from './engine.ts';
import { type AppState, resourcesOf } from './state.ts';
import { checkSpec, clusterNames } from './target.ts';
import { syncWindowState } from './windows.ts';

/** Compares Applications and writes what it finds. One comparison of an Application at a time. */
export interface Comparer {
  /**
   * `latest`: targets are resolved anew and `reconciledAt` moves. `recent`: only live objects changed.
   * `then` is called once the comparison, or the one after a running one, is written.
   */
  compare(state: AppState, level: 'recent' | 'latest', then?: () => void, durationMs?: number): void;
}

/** What the rest of the controller does when a comparison is written. */
export interface AfterComparison {
  /** The Application may have an operation to start, or one that waits for a look. */
  written(state: AppState, application: StoredObject): void;
  /** The status shows Synced and Healthy for the first time after an operation. */
  healthy(state: AppState): void;
}

export function createComparer(engine: Engine, after: AfterComparison): Comparer {
  function compare(state: AppState, level: 'recent' | 'latest', then?: () => void, durationMs?: number): void {
    const application = engine.read(state);
    if (application === undefined || engine.ignores(state, application)) {
      then?.();
      return;
    }
    if (then !== undefined) state.afterComparison.push(then);
    if (state.comparing) {
      if (state.again !== 'latest') state.again = level;
      return;
    }
    state.comparing = true;
    const seen = state.seen;
    const reconciledAt = engine.now();
    const refreshed = annotation(application, REFRESH) !== undefined;
    const wanted = level === 'recent' && state.compared !== undefined ? 'recent' : 'latest';
    const write = (): void => finish(state, wanted, seen, reconciledAt, refreshed);
    // The work for a live change was done while waiting for the cache.
    if (wanted === 'recent') write();
    else {
      // What is wrong with a spec shows without looking at the repository.
      const usual = checkSpec(readSpec(application), engine) === undefined ? 1 : 0.25;
      engine.work(state, durationMs ?? scripted(state) ?? engine.timing.compareMs * usual, write);
    }
  }

  const scripted = (state: AppState): number | undefined =>
    state.script.compareMs === undefined ? undefined : state.script.compareMs * engine.timing.scriptFactor;

  function finish(
    state: AppState,
    level: 'recent' | 'latest',
    seen: Seen,
    reconciledAt: string,
    refreshed: boolean,
  ): void {
    state.comparing = false;
    const application = engine.read(state);
    if (application === undefined) return;
    const spec = readSpec(application);
    const found = evaluate(
      spec,
      resourcesOf(state, spec),
      seen,
      engine,
      level === 'recent' ? state.compared : undefined,
    );
    startAutoSync(state, application, found);
    if (found.kind === 'invalid' && found.twice)
      engine.write(state, (draft) => writeConditionAlone(draft, found.message, engine.now()));
    const written = engine.write(state, (draft) =>
      writeComparison(draft, found, {
        spec,
        now: engine.now(),
        reconciledAt: level === 'latest' ? reconciledAt : undefined,
        refreshed,
        controllerNamespace: engine.namespace,
      }),
    );
    if (written === undefined) return;
    if (found.kind === 'compared') state.compared = found.revisions;
    noteHealthy(state, written);
    if (level === 'latest') {
      const done = state.afterComparison;
      state.afterComparison = [];
      for (const run of done) run();
    }
    const again = state.again;
    state.again = undefined;
    // A refresh that came while this one ran is another one.
    if (annotation(written, REFRESH) !== undefined) compare(state, 'latest');
    else if (again !== undefined) compare(state, again);
    else after.written(state, written);
  }

  function startAutoSync(state: AppState, application: StoredObject, found: Evaluation): void {
    const spec = readSpec(application);
    if (!spec.automated) return;
    const next = autoSync(application, spec, found, engine.nowMs());
    if (next.kind === 'later') engine.work(state, next.afterMs, () => compare(state, 'latest'));
    if (next.kind !== 'operation') return;
    const windows = syncWindowState(
      engine.project(spec.project),
      application,
      clusterNames(spec, engine.clusters),
      engine.nowMs(),
      true,
    );
    if (!windows.canSync) return;
    engine.write(state, (draft) => {
      draft.operation = next.operation;
      if (typeof draft.status === 'object' && draft.status !== null && 'operationState' in draft.status)
        delete draft.status.operationState;
    });
  }

  function noteHealthy(state: AppState, application: StoredObject): void {
    if (!state.awaitsHealthy) return;
    const { sync, health } = shown(application);
    if (sync !== 'Synced' || health !== 'Healthy') return;
    state.awaitsHealthy = false;
    after.healthy(state);
  }

  return { compare };
}
