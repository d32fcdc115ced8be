import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

/** What the clients take from the world beside the network. Each has a real default; tests pass their own. */
export interface ClientDeps {
  /** Waits. Rejects at once when the signal aborts. */
  readonly delay: (ms: number, signal: AbortSignal) => Promise<void>;
  /** A clock that never goes back, in milliseconds. */
  readonly now: () => number;
  /** From 0 to below 1, for jitter. */
  readonly random: () => number;
  /** Told of every secret that was learnt while connecting, before it is used: a session's token, an exec plugin's. */
  readonly registerSecret: (secret: string) => void;
  /** Lines for the debug log; undefined: nobody reads it. No secrets. */
  readonly log: ((line: string) => void) | undefined;
  /** Told once of each time of trouble, when a read has failed more than once and is tried again. One line for people. */
  readonly notice: (text: string) => void;
  /** Connections to keep for requests; watches have their own. */
  readonly connections: number;
}

export const defaultDeps: ClientDeps = {
  delay: (ms, signal) => sleep(ms, undefined, { signal }),
  now: () => performance.now(),
  random: Math.random,
  registerSecret: () => {},
  log: undefined,
  notice: () => {},
  connections: 16,
};

/** The given ones over the defaults. */
export const withDefaults = (deps: Partial<ClientDeps> = {}): ClientDeps => ({ ...defaultDeps, ...deps });
