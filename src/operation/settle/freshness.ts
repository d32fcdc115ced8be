import type { Application } from '../../argocd/application.ts';
import { isInSync } from '../left-over.ts';
import { sameRevisions } from '../revisions.ts';
import { isAtTarget } from './reference.ts';
import type { Refresh } from './refresh.ts';
import type { Proof, Settling } from './state.ts';

/** A comparison that began this long after an operation sees what the operation did. By the controller's stamps. */
const WELL_AFTER_MS = 15_000;

/**
 * Rule 30. A consumed refresh is read from the annotation, never from a moved `reconciledAt`. A compared revision proves
 * something only beside Synced: a comparison from before the operation may have resolved it too, but must say OutOfSync. So it
 * proves as much where it was compared before and OutOfSync was still shown when the operation had ended: of 30 measured syncs
 * that began so, none was called Synced before its rollout had begun.
 */
export function findProof(settling: Settling, application: Application, refresh: Refresh): Proof | undefined {
  const { reference, resources } = settling;
  const compared = application.sync.revisions;
  if (
    isInSync(application, reference.leftOver, resources) &&
    sameRevisions(compared, reference.revisions) &&
    differs(reference.revisionsBefore, compared)
  ) {
    return 'revisions';
  }
  if (
    reference.outOfSyncFirst &&
    application.sync.status === 'Synced' &&
    sameRevisions(compared, reference.revisions)
  ) {
    return 'turned-synced';
  }
  const { reconciledAt } = application;
  if (
    reference.finishedAt !== null &&
    reconciledAt !== '' &&
    reconciledAt !== reference.reconciledAtFirst &&
    reconciledAt >= reference.finishedAt
  ) {
    return 'reconciled';
  }
  return refresh.kind === 'consumed' ? 'refresh' : undefined;
}

/** Whether the earlier comparison is known and named something else. */
const differs = (before: readonly string[], now: readonly string[]): boolean =>
  before.length > 0 && !sameRevisions(before, now);

/**
 * Whether what is shown of health came after the operation (rule 30). A comparison that began after it may still see objects
 * as they were before: then it says OutOfSync of the synced revision, or Synced of another one that ran before. So those two
 * need more: a rollout that was seen to begin, or much time between; a refresh makes them likely, and then they must hold longer.
 */
export function belief(
  { reference, proof, refresh, rolledOut, resources }: Settling,
  application: Application,
): 'none' | 'likely' | 'sure' {
  if (proof === undefined) return 'none';
  if (proof === 'no-operation') return 'sure';
  const shown = isInSync(application, reference.leftOver, resources) ? isAtTarget(application, reference) : rolledOut;
  // What runs after another operation may be neither, and look like ours for as long as the old objects are seen.
  if (shown && !reference.contested) return 'sure';
  if (isWellAfter(application.reconciledAt, reference.finishedAt)) return 'sure';
  if (refresh.kind !== 'consumed') return 'none';
  return reference.unchanged ? 'sure' : 'likely';
}

const isWellAfter = (reconciledAt: string, finishedAt: string | null): boolean =>
  finishedAt !== null && Date.parse(reconciledAt) - Date.parse(finishedAt) >= WELL_AFTER_MS;
