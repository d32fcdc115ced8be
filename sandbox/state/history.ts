import type { StoreEvent } from '../types.ts';

/** The newest events, and the version up to which everything is forgotten. */
export interface History {
  /** The version up to which everything is forgotten. */
  readonly forgotten: number;
  add(event: StoreEvent): void;
  /** Events after `version`, or `expired` when some of them are forgotten. */
  since(version: number): readonly StoreEvent[] | 'expired';
  /** Forgets events up to and including `version`. */
  forget(version: number): void;
}

/** A history of at most `keep` events. `start` is the version before the first event. */
export function createHistory(start: number, keep: number): History {
  let events: StoreEvent[] = [];
  /** Events before this index are forgotten; they are cut off in bulk, which keeps adding cheap. */
  let first = 0;
  let forgotten = start;

  /** Index of the first kept event after `version`. */
  function indexAfter(version: number): number {
    let low = first;
    let high = events.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((events[middle]?.resourceVersion ?? 0) <= version) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  function dropBefore(index: number): void {
    forgotten = Math.max(forgotten, events[index - 1]?.resourceVersion ?? 0);
    first = index;
    if (first > keep || first === events.length) {
      events = events.slice(first);
      first = 0;
    }
  }

  return {
    get forgotten() {
      return forgotten;
    },
    add(event) {
      events.push(event);
      if (events.length - first > keep) dropBefore(events.length - keep);
    },
    since(version) {
      return version < forgotten ? 'expired' : events.slice(indexAfter(version));
    },
    forget(version) {
      const index = indexAfter(version);
      if (index > first) dropBefore(index);
      forgotten = Math.max(forgotten, version);
    },
  };
}
