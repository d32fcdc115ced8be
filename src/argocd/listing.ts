import type { Candidate, Listing, Position } from './client.ts';
import { inOrder } from './ref-order.ts';

/** Sorted by namespace and name, each Application once: as it was listed last (Rules 1 and 4). */
export const toListing = (candidates: readonly Candidate[], position: Position): Listing => ({
  candidates: inOrder(
    candidates,
    ({ ref }) => ref,
    (_, later) => later,
  ),
  position,
});
