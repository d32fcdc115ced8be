import type { Application } from '../../argocd/application.ts';
import { formatElapsed } from '../../lib/duration.ts';
import { isInSync, nameResources, notKept } from '../left-over.ts';
import { sameRevisions, shortRevisions } from '../revisions.ts';
import { findCondition } from './condition.ts';
import type { SettleGoal } from './goal.ts';
import { isWantedHealth } from './good.ts';
import { holdOf } from './hold.ts';
import { isAtTarget, isElsewhere } from './reference.ts';
import type { Settling } from './state.ts';
import { worstResources } from './worst-resources.ts';

/** What is still missing, for people: `health Progressing, wanted Healthy`. `''`: nothing but time. */
export function describeMissing(settling: Settling, application: Application, goal: SettleGoal, atMs: number): string {
  const parts: string[] = [];
  const condition = findCondition(application, settling.reference);
  if (condition !== undefined) parts.push(`${condition.type}: ${condition.message}`);
  const asked = settling.refresh.kind === 'asked' ? ' (refresh asked)' : '';
  const { status } = application.health;
  if (settling.proof === undefined) {
    parts.push(`Argo CD has not compared it since its operation ended${asked}`);
  } else if (!isWantedHealth(application, goal)) {
    const { degradedSinceMs } = settling;
    const since = degradedSinceMs === undefined ? '' : ` for ${formatElapsed(atMs - degradedSinceMs)}`;
    parts.push(`${status}${since}, wanted Healthy${worstResources(application)}`);
  }
  const needSynced =
    settling.proof !== undefined &&
    goal.requireSynced &&
    isAtTarget(application, settling.reference) &&
    !settling.reference.partial &&
    !isInSync(application, settling.reference.leftOver, settling.resources);
  const unknown = application.sync.status === 'Unknown' && settling.proof !== undefined;
  if (unknown || (needSynced && application.sync.status === 'OutOfSync')) {
    parts.push(`${application.sync.status}, wanted Synced${outOfSyncCause(settling, application)}`);
  }
  const { contested, revisions } = settling.reference;
  if (parts.length === 0 && contested && isElsewhere(application, settling.reference)) {
    const now = shortRevisions(application.sync.revisions);
    parts.push(
      `${application.sync.status} at ${now}, which another operation tried to sync, wanted ${shortRevisions(revisions)}`,
    );
  }
  if (parts.length > 0) return parts.join('; ');
  if (settling.goodSinceMs === undefined) {
    return `${status}, but Argo CD may not have looked at it since its operation ended${asked}`;
  }
  return `${status} for ${formatElapsed(atMs - settling.goodSinceMs)}, to hold for ${formatElapsed(holdOf(settling, goal.healthyForMs))}`;
}

function outOfSyncCause({ reference, resources = [] }: Settling, application: Application): string {
  const others = notKept(resources, reference.leftOver);
  const pruning = others.filter((resource) => resource.requiresPruning);
  if (pruning.length > 0) {
    return `: ${pruning.length} resource${pruning.length === 1 ? ' requires' : 's require'} pruning (\`prune: true\`, or \`require-synced: false\`)`;
  }
  const { revisions } = application.sync;
  if (reference.revisions.length > 0 && revisions.length > 0 && !sameRevisions(revisions, reference.revisions)) {
    return `: its target moved from ${shortRevisions(reference.revisions)} to ${shortRevisions(revisions)}`;
  }
  return others.length === 0 ? '' : `: ${nameResources(others)}`;
}
