import { refKey } from './application.ts';
import type { Candidate, Listing, Position } from './client.ts';

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Sorted by namespace and name, each Application once (Rules 1 and 4). */
export const toListing = (candidates: readonly Candidate[], position: Position): Listing => {
  const byKey = new Map(candidates.map((candidate) => [refKey(candidate.ref), candidate]));
  return {
    candidates: [...byKey.values()].toSorted(
      (a, b) => compare(a.ref.namespace, b.ref.namespace) || compare(a.ref.name, b.ref.name),
    ),
    position,
  };
};
