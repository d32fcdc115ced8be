import type { Application } from '../../argocd/application.ts';
import type { Verdict } from '../../argocd/verdict.ts';
import { formatElapsed } from '../../lib/duration.ts';
import { nameResources, waitsForPruning } from '../left-over.ts';
import { shortRevisions } from '../revisions.ts';
import { findCondition } from './condition.ts';
import type { SettleGoal } from './goal.ts';
import { CONDITION_GRACE_MS, holdOf, PRUNING_GRACE_MS } from './hold.ts';
import type { Reference } from './reference.ts';
import type { Settling } from './state.ts';
import { worstResources } from './worst-resources.ts';

/** The verdict that the state amounts to at `atMs`, if it amounts to one. */
export function conclude(
  settling: Settling,
  application: Application,
  goal: SettleGoal,
  atMs: number,
): Verdict | undefined {
  const { goodSinceMs, degradedSinceMs, brokenSinceMs, unprunedSinceMs } = settling;
  if (goodSinceMs !== undefined && settling.confirmedAtMs - goodSinceMs >= holdOf(settling, goal.healthyForMs)) {
    return { name: 'healthy', message: describeGood(application, settling.reference), hint: '' };
  }
  // What lasted long enough by our clock may have ended in an event that was lost: all of these need to be confirmed.
  if (
    goal.degradedAfterMs !== undefined &&
    degradedSinceMs !== undefined &&
    (holdOf(settling, goal.degradedAfterMs) === 0 ||
      settling.confirmedAtMs - degradedSinceMs >= holdOf(settling, goal.degradedAfterMs))
  ) {
    const since = goal.degradedAfterMs === 0 ? '' : ` for ${formatElapsed(atMs - degradedSinceMs)}`;
    return {
      name: 'degraded',
      message: `Degraded${since}${worstResources(application)}`,
      hint: 'Look at the failing resources in Argo CD; `degraded-timeout` gives more time to recover.',
    };
  }
  if (brokenSinceMs !== undefined && settling.confirmedAtMs - brokenSinceMs >= CONDITION_GRACE_MS) {
    const condition = findCondition(application, settling.reference);
    if (condition !== undefined) {
      return {
        name: 'error',
        message: `${condition.type}: ${condition.message}`,
        hint: 'Argo CD cannot compare it; mend the cause and sync again.',
      };
    }
  }
  if (unprunedSinceMs !== undefined && settling.confirmedAtMs - unprunedSinceMs >= PRUNING_GRACE_MS) {
    const left = waitsForPruning(application, settling.reference.leftOver, settling.resources);
    return {
      name: 'sync-failed',
      message: `synced, but not everything was pruned, so it stays OutOfSync: ${nameResources(left)}`,
      hint: '`prune: true` removes what the sources no longer have; `require-synced: false` lets it stay.',
    };
  }
  return undefined;
}

const describeGood = (application: Application, reference: Reference): string => {
  const revisions = reference.revisions.length > 0 ? reference.revisions : application.sync.revisions;
  const at = revisions.length === 0 ? '' : ` at ${shortRevisions(revisions)}`;
  const target = application.sync.status === 'Synced' ? 'Synced' : application.sync.status;
  return `${application.health.status} and ${target}${at}`;
};
