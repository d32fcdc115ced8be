import type { Clock } from '../../lib/clock.ts';

/** Events that were held up come in a burst; what is not behind an event within this time did not happen before it. */
const BURST_MS = 100;
/** Of many events one in this time is enough. */
const APART_MS = 25;

/**
 * What an event says of those that had none: its stream is alive and in order, so nothing else of that stream happened before it
 * that was not told, once whatever came right behind it has been taken in.
 */
export interface SignsOfLife {
  /** An event of this namespace came at `atMs`. */
  event(namespace: string, atMs: number): void;
}

/** `confirm` is told until when everything of a namespace is known to be as it was seen; `later` runs something after a while. */
export function createSignsOfLife(
  clock: Pick<Clock, 'now'>,
  later: (ms: number, run: () => void) => void,
  confirm: (namespace: string, atMs: number) => void,
): SignsOfLife {
  const taken = new Map<string, number>();
  return {
    event(namespace, atMs) {
      if (atMs - (taken.get(namespace) ?? Number.NEGATIVE_INFINITY) < APART_MS) return;
      taken.set(namespace, atMs);
      later(BURST_MS, () => {
        // This process itself was held up: what came meanwhile is not taken in yet.
        if (clock.now() - atMs <= 3 * BURST_MS) confirm(namespace, atMs);
      });
    },
  };
}
