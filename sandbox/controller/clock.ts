/** A timer that can be given up. */
export type Timer = { readonly cancel: () => void };

/** Time as the controller sees it; a test drives it without waiting. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls `run` once, `ms` milliseconds from now, never at once. */
  after(ms: number, run: () => void): Timer;
}

/** The real clock. Its timers do not keep the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    timer.unref();
    return { cancel: () => clearTimeout(timer) };
  },
};

/** A clock that stands still until it is moved. */
export interface VirtualClock extends Clock {
  /** Moves on by `ms` milliseconds and runs every timer that falls due, in order, those they start included. */
  advance(ms: number): void;
  /** How many timers wait. */
  readonly waiting: number;
}

/** A virtual clock that shows `startMs` (milliseconds since 1970). */
export function createVirtualClock(startMs: number): VirtualClock {
  let now = startMs;
  /** Latest first; of equal times the one started first stands last, so it is taken first. */
  const timers: { readonly at: number; readonly run: () => void }[] = [];

  function place(at: number): number {
    let low = 0;
    let high = timers.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((timers[middle]?.at ?? 0) > at) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  return {
    now: () => now,
    get waiting() {
      return timers.length;
    },
    after(ms, run) {
      const timer = { at: now + Math.max(0, ms), run };
      timers.splice(place(timer.at), 0, timer);
      return {
        cancel() {
          const index = timers.indexOf(timer);
          if (index !== -1) timers.splice(index, 1);
        },
      };
    },
    advance(ms) {
      const end = now + ms;
      for (let next = timers.at(-1); next !== undefined && next.at <= end; next = timers.at(-1)) {
        timers.pop();
        now = Math.max(now, next.at);
        next.run();
      }
      now = end;
    },
  };
}

/** A time as Argo CD writes it: UTC, whole seconds. */
export const stamp = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;
