import type { Comparer } from './comparer.ts';
import type { Engine } from './engine.ts';
import type { StaleWindow } from './script.ts';
import type { AppState } from './state.ts';
import type { World } from './world.ts';

/**
 * The comparison after an operation, and the moment the cache catches up with what was applied.
 *
 * @param stale something was applied that the cache has not seen
 */
export function compareAfter(
  { engine, world, comparer }: { readonly engine: Engine; readonly world: World; readonly comparer: Comparer },
  state: AppState,
  window: StaleWindow,
  stale: boolean,
): void {
  const { timing } = engine;
  const scaled = (ms: number | undefined, usual: number): number =>
    ms === undefined ? usual : ms * timing.scriptFactor;
  const compareMs = scaled(window.compareMs, timing.staleCompareMs);
  const cacheMs = scaled(window.cacheMs, timing.staleCacheMs);
  const workMs = Math.min(compareMs, timing.compareMs);
  const compare = (afterMs: number, then?: () => void): void => {
    engine.work(state, Math.max(0, afterMs - workMs), () => comparer.compare(state, 'latest', paid(then), workMs));
  };
  const paid = (then?: () => void) => (): void => {
    state.owesComparison = false;
    then?.();
  };
  state.owesComparison = true;
  if (!stale && !state.cacheHeld) {
    compare(compareMs);
    return;
  }
  switch (window.order ?? 'compare-first') {
    case 'compare-first':
      compare(compareMs, () => engine.world(state, cacheMs, () => world.openCache(state)));
      return;
    case 'cache-first':
      engine.world(state, cacheMs, () => {
        world.openCache(state);
        compare(compareMs);
      });
      return;
    case 'together':
      engine.work(state, Math.max(0, compareMs - workMs), () => {
        world.openCache(state, true);
        comparer.compare(state, 'latest', paid(), workMs);
      });
      return;
    case 'before-end':
      world.openCache(state);
      compare(compareMs);
      return;
  }
}
