import type { Candidate, Listing, Position } from './client.ts';
import { inOrder } from './ref-order.ts';

/** The metadata of an Application has 1 to 2 KB. Where lists come in pages, so many are one request. */
export const METADATA_PER_PAGE = 5_000;

/** Sorted by namespace and name, each Application once: as it was listed last (Rules 1 and 4). */
export const toListing = (candidates: readonly Candidate[], position: Position): Listing => ({
  candidates: inOrder(
    candidates,
    ({ ref }) => ref,
    (_, later) => later,
  ),
  position,
});
