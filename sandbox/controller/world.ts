import type { Engine } from './engine.ts';
import type { Live } from './resources.ts';
import type { HealthStep } from './script.ts';
import type { AppState } from './state.ts';

/** The world outside Argo CD: what runs, and how healthy it is. Tells the cache of every change. */
export interface World {
  /** Other objects are live now. */
  setLive(state: AppState, live: Live): void;
  /** Plays health over time, in place of what was being played. */
  playHealth(state: AppState, steps: readonly HealthStep[]): void;
  /** Keeps changes from the cache until `openCache`. */
  holdCache(state: AppState): void;
  /** The cache takes in the world as it is. `quiet`: without the comparison that usually follows. */
  openCache(state: AppState, quiet?: boolean): void;
}

/**
 * @param onSeen called when the cache has changed by itself
 * @param onChange called when the world has changed, seen or not
 */
export function createWorld(
  engine: Engine,
  onSeen: (state: AppState) => void,
  onChange: (state: AppState) => void = () => {},
): World {
  function changed(state: AppState): void {
    state.since = engine.clock.now();
    onChange(state);
    if (state.cacheHeld || state.cachePending) return;
    state.cachePending = true;
    engine.world(state, engine.timing.liveMs, () => {
      state.cachePending = false;
      if (!state.cacheHeld) openCache(state);
    });
  }

  function openCache(state: AppState, quiet = false): void {
    state.cacheHeld = false;
    if (state.seen.live === state.live && state.seen.health === state.health) return;
    state.seen = { live: state.live, health: state.health };
    if (!quiet) onSeen(state);
  }

  function setHealth(state: AppState, step: HealthStep): void {
    const truly = step.truly ?? step.health;
    state.healthMessage = step.message;
    if (state.health === step.health && state.truly === truly) return;
    state.health = step.health;
    state.truly = truly;
    changed(state);
  }

  return {
    openCache,
    holdCache(state) {
      state.cacheHeld = true;
    },
    setLive(state, live) {
      if (live === state.live) return;
      state.live = live;
      changed(state);
    },
    playHealth(state, steps) {
      for (const timer of state.healthTimers) timer.cancel();
      const [now, later] = [steps.filter((step) => step.afterMs <= 0), steps.filter((step) => step.afterMs > 0)];
      for (const step of now) setHealth(state, step);
      state.healthTimers = later.map((step) =>
        engine.world(state, step.afterMs * engine.timing.scriptFactor, () => setHealth(state, step)),
      );
    },
  };
}
