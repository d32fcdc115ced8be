import { METADATA_PER_PAGE } from '../argocd/listing.ts';
import type { LookAllowance } from '../operation/follow/follower.ts';

/** Requests for looks at all versions that may follow each other closely: with them a run stays within what rule 44 allows. */
const AT_ONCE = 6;
/** Of reads that were spared, so many may be spent on looks by name; the rest is for what else may be needed. */
const OF_SPARED = 0.98;
/** Of those that may be looked at by name, so many at a time; a look at all is one request, and tells of all. */
const AT_A_TIME = { atLeast: 20, part: 0.1 } as const;

export interface Followed {
  readonly transport: 'kubernetes' | 'argocd';
  /** How many Applications are followed. */
  readonly count: number;
  /** A list has spared a read of each. */
  readonly isSpared: boolean;
  /** They are a small part of what a look at all versions reads. */
  readonly isNarrow: boolean;
  /** How many a look at all versions reads. */
  readonly listed: number;
  /** In how many namespaces one by one; 0: they were not listed. */
  readonly lists: number;
}

/**
 * What may be spent on confirming what has held long enough. By name only over the Kubernetes API, where metadata is small: either
 * instead of the reads that were spared, or because of many Applications only a few are followed. The latter is the lighter form
 * that takes a third request for each.
 */
export const looksFor = ({ transport, count, isSpared, isNarrow, listed, lists }: Followed): LookAllowance => {
  // The Argo CD API tells all in one answer.
  const requests =
    transport === 'kubernetes' ? Math.max(1, lists) + Math.floor(Math.max(0, listed - 1) / METADATA_PER_PAGE) : 1;
  const atOnce = Math.max(1, Math.floor(AT_ONCE / requests));
  if (transport === 'kubernetes' && isNarrow) return { atOnce, byName: count, atATime: count };
  const byName = transport === 'kubernetes' && isSpared ? Math.floor(OF_SPARED * count) : 0;
  return { atOnce, byName, atATime: Math.max(AT_A_TIME.atLeast, AT_A_TIME.part * byName) };
};
