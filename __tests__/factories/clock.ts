import type { Clock } from '../../src/lib/clock.ts';

export interface TestClock extends Clock {
  /** Lets time pass: runs what is due in its order, and what follows from it. */
  advance(ms: number): Promise<void>;
  /** Timers that have not fired. */
  pending(): number;
}

/** A clock that stands still until it is told to go on. */
export function testClock(): TestClock {
  let nowMs = 1_000;
  let nextId = 0;
  const timers = new Map<number, { readonly atMs: number; readonly run: () => void }>();
  const schedule = (ms: number, run: () => void): (() => void) => {
    const id = nextId++;
    timers.set(id, { atMs: nowMs + Math.max(0, ms), run });
    return () => void timers.delete(id);
  };
  return {
    now: () => nowMs,
    date: () => new Date(Date.UTC(2026, 10, 20) + nowMs),
    schedule,
    delay: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason);
        const onAbort = (): void => {
          cancel();
          reject(signal.reason);
        };
        const cancel = schedule(ms, () => {
          signal.removeEventListener('abort', onAbort);
          resolve();
        });
        signal.addEventListener('abort', onAbort, { once: true });
      }),
    random: () => 0.5,
    async advance(ms) {
      const untilMs = nowMs + ms;
      await quiet();
      for (;;) {
        const [due] = [...timers]
          .filter(([, { atMs }]) => atMs <= untilMs)
          .sort(([a, x], [b, y]) => x.atMs - y.atMs || a - b);
        if (due === undefined) break;
        const [id, { atMs, run }] = due;
        timers.delete(id);
        nowMs = Math.max(nowMs, atMs);
        run();
        await quiet();
      }
      nowMs = untilMs;
    },
    pending: () => timers.size,
  };
}

/** Until all that can go on without time passing has gone on. */
const quiet = async (): Promise<void> => {
  for (let turn = 0; turn < 3; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
};
