import { AsyncLocalStorage } from 'node:async_hooks';
import { channel } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import type { Clock as SandboxClock } from '../sandbox/controller/clock.ts';
import type { Clock } from '../src/lib/clock.ts';

/**
 * Time that passes only when nothing else happens: whenever all sockets of this process are quiet, the clock jumps to the next
 * timer. Minutes of a story take milliseconds, and real requests over real sockets take no time at all.
 */
export interface Time {
  /** Milliseconds since {@link startTime}; the same for the run and the sandbox. */
  now(): number;
  /** For the run. `random` is a fixed sequence that begins with `seed`. */
  runClock(seed: number): Clock;
  /** For the sandbox; shows `startMs` (milliseconds since 1970) at 0. */
  sandboxClock(startMs: number): SandboxClock;
  /** Moves time on until the promise settles, or `limitMs` has come: then rejects. */
  drive<T>(promise: Promise<T>, limitMs: number): Promise<T>;
  /** Lets time pass until `ms`, with all that falls due. */
  pass(ms: number): Promise<void>;
  /** Runs `work`; timers and sockets that it leaves behind can be told from others. */
  owned<T>(work: () => T): T;
  /** Timers and open sockets that {@link owned} work has left behind. */
  leftovers(): readonly string[];
  /** Gives `setTimeout` and its like back. */
  stop(): void;
}

interface Timer {
  at: number;
  readonly order: number;
  readonly run: () => void;
  readonly everyMs: number | undefined;
  readonly own: boolean;
  readonly what: string;
}

/** Turns of the event loop without a byte on any socket after which nothing is on its way any more. */
const QUIET_TURNS = 3;
/** More turns of the event loop than this in one moment never end. */
const TURNS_AT_ONCE = 20_000;
/** More timers than this in one moment never end. */
const AT_ONCE = 5_000;
/** Real milliseconds after which a process without progress is given up. */
const STUCK_MS = 20_000;

const owner = new AsyncLocalStorage<true>();
const sockets = new Set<Socket>();
const clientSockets = new Map<Socket, boolean>();

const track = (socket: Socket): void => {
  sockets.add(socket);
  socket.once('close', () => {
    sockets.delete(socket);
    clientSockets.delete(socket);
  });
};
const socketOf = (message: unknown): Socket => (message as { readonly socket: Socket }).socket;
channel('net.client.socket').subscribe((message) => {
  clientSockets.set(socketOf(message), owner.getStore() === true);
  track(socketOf(message));
});
channel('net.server.socket').subscribe((message) => track(socketOf(message)));

/** Takes the place of `setTimeout`, `setInterval` and `performance.now` of this process. One at a time. */
export function startTime(): Time {
  let now = 0;
  let order = 0;
  let stopped = false;
  const timers = new Set<Timer>();

  function add(ms: number, run: () => void, what: string, everyMs?: number): Timer {
    order += 1;
    const delay = Number.isFinite(ms) ? Math.max(0, ms) : 0;
    const own = owner.getStore() === true;
    // A timer runs with what was there when it was set, as the real ones do.
    const bound = own ? () => owner.run(true, run) : () => owner.exit(run);
    const timer: Timer = { at: now + delay, order, run: bound, everyMs, own, what };
    timers.add(timer);
    return timer;
  }

  function next(): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of timers) {
      if (first === undefined || timer.at < first.at || (timer.at === first.at && timer.order < first.order))
        first = timer;
    }
    return first;
  }

  function fire(timer: Timer): void {
    now = Math.max(now, timer.at);
    if (timer.everyMs === undefined) timers.delete(timer);
    else timer.at = now + Math.max(1, timer.everyMs);
    timer.run();
  }

  /** Bytes that were seen so far, and whether some are under way. */
  function traffic(): { readonly bytes: number; readonly pending: boolean } {
    let bytes = sockets.size;
    let written = 0;
    let read = 0;
    let pending = false;
    for (const socket of sockets) {
      if (socket.connecting) pending = true;
      bytes += socket.bytesRead + socket.bytesWritten;
      written += socket.bytesWritten;
      read += socket.bytesRead;
    }
    // Both ends of every connection are in this process.
    return { bytes, pending: pending || written !== read };
  }

  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  async function quiet(): Promise<void> {
    let before = -1;
    let still = 0;
    // Connections that were reset leave bytes that nobody reads.
    for (let turns = 0; still < QUIET_TURNS || (turns < 40 && traffic().pending); turns += 1) {
      await turn();
      const { bytes } = traffic();
      still = bytes === before ? still + 1 : 0;
      before = bytes;
      if (turns > TURNS_AT_ONCE) throw new Error(`requests without a pause at ${now} ms`);
    }
  }

  const real = {
    setTimeout: globalThis.setTimeout,
    clearTimeout: globalThis.clearTimeout,
    setInterval: globalThis.setInterval,
    clearInterval: globalThis.clearInterval,
    now: performance.now,
  };

  interface Handle {
    ref(): Handle;
    unref(): Handle;
    hasRef(): boolean;
    refresh(): Handle;
    close(): Handle;
  }
  const known = new WeakMap<object, Timer>();
  const handleOf = (start: () => Timer): Handle => {
    const handle: Handle = {
      ref: () => handle,
      unref: () => handle,
      hasRef: () => true,
      refresh() {
        cancel(handle);
        known.set(handle, start());
        return handle;
      },
      close() {
        cancel(handle);
        return handle;
      },
    };
    known.set(handle, start());
    return handle;
  };
  const cancel = (handle: unknown): void => {
    const timer = typeof handle === 'object' && handle !== null ? known.get(handle) : undefined;
    if (timer !== undefined) timers.delete(timer);
    else real.clearTimeout(handle as NodeJS.Timeout | undefined);
  };
  // The HTTP client's own coarse clock only bounds connections that are kept or made; it goes by real time.
  const isCoarse = (run: { readonly name: string }): boolean => run.name === 'onTick';
  Object.assign(globalThis, {
    setTimeout: (run: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) =>
      isCoarse(run)
        ? real.setTimeout(run, ms, ...args)
        : handleOf(() => add(ms, () => run(...args), `setTimeout ${ms}`)),
    setInterval: (run: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) =>
      handleOf(() => add(ms, () => run(...args), `setInterval ${ms}`, ms)),
    clearTimeout: cancel,
    clearInterval: cancel,
  });
  performance.now = () => now;

  /** Moves on until `until` holds (true), or everything up to `limitMs` has happened (false). */
  async function advance(until: () => boolean, limitMs: number): Promise<boolean> {
    const realNow = (): number => real.now.call(performance);
    let progressAt = realNow();
    for (;;) {
      await quiet();
      if (until()) return true;
      const timer = next();
      if (timer === undefined || timer.at > limitMs) {
        if (Number.isFinite(limitMs)) now = Math.max(now, limitMs);
        return until();
      }
      if (timer.at > now) progressAt = realNow();
      else if (realNow() - progressAt > STUCK_MS) throw new Error(`no progress at ${now} ms`);
      // What falls due in the same moment happens without anything between.
      const at = Math.max(now, timer.at);
      let fired = 0;
      for (let due: Timer | undefined = timer; due !== undefined && due.at <= at; due = next()) {
        fire(due);
        fired += 1;
        if (fired > AT_ONCE) throw new Error(`time stands still at ${now} ms: ${due.what}`);
      }
    }
  }

  return {
    now: () => now,
    runClock(seed) {
      let state = seed >>> 0;
      const schedule = (ms: number, run: () => void): (() => void) => {
        const timer = add(ms, run, `schedule ${ms}`);
        return () => timers.delete(timer);
      };
      return {
        now: () => now,
        date: () => new Date(Date.UTC(2026, 10, 20, 10) + now),
        schedule,
        delay: (ms, signal) =>
          new Promise((resolve, reject) => {
            if (signal.aborted) return reject(signal.reason);
            const onAbort = (): void => {
              cancelTimer();
              reject(signal.reason);
            };
            const cancelTimer = schedule(ms, () => {
              signal.removeEventListener('abort', onAbort);
              resolve();
            });
            signal.addEventListener('abort', onAbort, { once: true });
          }),
        random() {
          // A linear congruential generator: jitter needs no more.
          state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
          return state / 2 ** 32;
        },
      };
    },
    sandboxClock: (startMs) => ({
      now: () => startMs + now,
      after(ms, run) {
        const timer = add(ms, run, `after ${ms}`);
        return { cancel: () => timers.delete(timer) };
      },
    }),
    async drive(promise, limitMs) {
      let settled = false;
      const mark = (): void => {
        settled = true;
      };
      promise.then(mark, mark);
      if (!(await advance(() => settled, limitMs))) throw new Error(`not finished at ${now} ms`);
      return promise;
    },
    async pass(ms) {
      await advance(() => false, now + ms);
      await quiet();
    },
    owned: (work) => owner.run(true, work),
    leftovers: () => [
      ...[...timers].filter((timer) => timer.own).map((timer) => `timer ${timer.what} due at ${timer.at} ms`),
      ...[...clientSockets]
        .filter(([socket, own]) => own && !socket.destroyed)
        .map(([socket]) => `socket ${socket.localPort} → ${socket.remotePort}`),
    ],
    stop() {
      if (stopped) return;
      stopped = true;
      timers.clear();
      Object.assign(globalThis, {
        setTimeout: real.setTimeout,
        setInterval: real.setInterval,
        clearTimeout: real.clearTimeout,
        clearInterval: real.clearInterval,
      });
      performance.now = real.now;
    },
  };
}
