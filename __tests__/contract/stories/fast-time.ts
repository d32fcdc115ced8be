import { type Clock as ControllerClock, createVirtualClock } from '../../../sandbox/controller/clock.ts';
import type { Clock } from '../../../src/lib/clock.ts';

/** One time for the step and the controller. */
export interface FastTime {
  readonly step: Clock;
  readonly controller: ControllerClock;
  stop(): void;
}

const BEGIN_MS = Date.parse('2026-11-20T10:00:00Z');
/** However long the process was held up: no more than this of the machine's time passes between two turns of its loop. */
const TURN_MS = 1.5;

/**
 * `factor` seconds pass in one second of the machine: a grace of 20 s costs one. On a busy machine, or while code is loaded, it
 * goes slower instead: time passes only as fast as the process gets to run, so no story depends on how fast that is.
 */
export function fastTime(factor: number): FastTime {
  const clock = createVirtualClock(BEGIN_MS);
  let turnedMs = performance.now();
  let turn = setTimeout(function pass() {
    const nowMs = performance.now();
    clock.advance(Math.min(nowMs - turnedMs, TURN_MS) * factor);
    turnedMs = nowMs;
    turn = setTimeout(pass, 1);
  }, 1);
  return {
    controller: clock,
    step: {
      now: () => clock.now() - BEGIN_MS,
      date: () => new Date(clock.now()),
      schedule(ms, run) {
        const timer = clock.after(ms, run);
        return () => timer.cancel();
      },
      delay: (ms, signal) =>
        new Promise((resolve, reject) => {
          if (signal.aborted) return reject(signal.reason);
          const onAbort = (): void => {
            timer.cancel();
            reject(signal.reason);
          };
          const timer = clock.after(ms, () => {
            signal.removeEventListener('abort', onAbort);
            resolve();
          });
          signal.addEventListener('abort', onAbort, { once: true });
        }),
      random: () => 0.5,
    },
    stop: () => clearTimeout(turn),
  };
}
