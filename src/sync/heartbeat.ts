import { passes, type VerdictName } from '../argocd/verdict.ts';
import type { Clock } from '../lib/clock.ts';
import type { Follower } from '../operation/follow/follower.ts';
import { missing } from '../operation/track/missing.ts';
import type { Counts, Emit } from '../report/events.ts';

const EVERY_MS = 15_000;
const NAMED = 3;

/** Tells every 15 s how far the run is. Returns the way to stop. */
export function startHeartbeat(
  facts: { readonly total: number; readonly timeoutMs: number; readonly startedMs: number },
  deps: {
    readonly clock: Clock;
    readonly emit: Emit;
    readonly follower: Follower;
    /** What became of those that are done. */
    readonly verdicts: () => readonly VerdictName[];
    readonly failOnTimeout: boolean;
  },
): () => void {
  const { clock, emit, follower } = deps;
  let cancel = (): void => {};
  const beat = (): void => {
    const now = clock.now();
    const tracks = follower.tracks();
    const verdicts = deps.verdicts();
    const passed = verdicts.filter((name) => passes(name, deps.failOnTimeout)).length;
    const settling = tracks.filter(({ state }) => state.stage.kind === 'settling').length;
    const counts: Counts = {
      total: facts.total,
      passed,
      failed: verdicts.length - passed,
      syncing: tracks.length - settling,
      settling,
      queued: Math.max(0, facts.total - verdicts.length - tracks.length),
    };
    const waitingFor = tracks
      .toSorted((a, b) => a.state.stageSinceMs - b.state.stageSinceMs)
      .slice(0, NAMED)
      .map(({ ref, state }) => ({ ref, wanted: missing(state, now) }));
    emit({
      kind: 'heartbeat',
      counts,
      elapsedMs: Math.round(now - facts.startedMs),
      timeoutMs: facts.timeoutMs,
      waitingFor,
    });
    cancel = clock.schedule(EVERY_MS, beat);
  };
  cancel = clock.schedule(EVERY_MS, beat);
  return () => cancel();
}
