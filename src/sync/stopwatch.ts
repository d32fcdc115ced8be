import { type ApplicationRef, isTerminal, refKey } from '../argocd/application.ts';
import type { Emit } from '../report/events.ts';

/** When the operation of one Application ran, as far as it was seen. Monotonic milliseconds. */
export interface Lap {
  readonly syncStartedMs: number | undefined;
  readonly syncFinishedMs: number | undefined;
}

export interface Stopwatch {
  /** Looks at what happens on its way to whoever else listens. */
  readonly emit: Emit;
  lapOf(ref: ApplicationRef): Lap;
}

const NONE: Lap = { syncStartedMs: undefined, syncFinishedMs: undefined };

/** Takes the times of operations from the events of a run: when one was accepted, when it was first seen to have ended. */
export function createStopwatch(now: () => number, emit: Emit): Stopwatch {
  const laps = new Map<string, Lap>();
  return {
    lapOf: (ref) => laps.get(refKey(ref)) ?? NONE,
    emit(event) {
      if (event.kind === 'triggered') {
        laps.set(refKey(event.ref), { syncStartedMs: now(), syncFinishedMs: undefined });
      } else if (event.kind === 'changed' && event.phase !== undefined) {
        const key = refKey(event.ref);
        const lap = laps.get(key) ?? NONE;
        // An operation that was joined, or waited for, was not started here.
        if (!isTerminal(event.phase)) laps.set(key, { ...lap, syncStartedMs: lap.syncStartedMs ?? now() });
        else if (lap.syncStartedMs !== undefined)
          laps.set(key, { ...lap, syncFinishedMs: lap.syncFinishedMs ?? now() });
      }
      emit(event);
    },
  };
}
