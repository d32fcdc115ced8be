import type { Application, HealthStatus } from '../../argocd/application.ts';
import { isInSync, waitsForPruning } from '../left-over.ts';
import type { SettleGoal } from './goal.ts';
import { isAtTarget, isElsewhere, wantsSynced } from './reference.ts';
import type { Settling } from './state.ts';

/** Rules 33 and 35, and the older commit of rule 30. */
export function isGood({ reference, resources }: Settling, application: Application, goal: SettleGoal): boolean {
  if (!isWantedHealth(application, goal)) return false;
  if (application.sync.status === 'Unknown') return false; // Healthy beside Unknown is worth nothing.
  if (reference.contested && isElsewhere(application, reference)) return false;
  if (isInSync(application, reference.leftOver, resources)) return true;
  // When the target is another revision than the one synced, OutOfSync is what the truth looks like.
  return !goal.requireSynced || reference.partial || !isAtTarget(application, reference);
}

/** Rule 28: it will not be Synced by itself any more. */
export const isUnpruned = (
  { reference, proof, resources }: Settling,
  application: Application,
  goal: SettleGoal,
): boolean =>
  proof !== undefined &&
  wantsSynced(goal, reference) &&
  isFinalHealth(application.health.status) &&
  waitsForPruning(application, reference.leftOver, resources).length > 0;

export const isWantedHealth = ({ health }: Application, goal: SettleGoal): boolean =>
  health.status === 'Healthy' || (health.status === 'Suspended' && goal.suspended === 'pass');

/** Health that rests; Progressing moves on by itself. */
export const isFinalHealth = (status: HealthStatus): boolean =>
  status === 'Healthy' || status === 'Suspended' || status === 'Degraded';
