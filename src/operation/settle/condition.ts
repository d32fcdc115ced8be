import type { Application, Condition } from '../../argocd/application.ts';
import type { Reference } from './reference.ts';
import type { Settling } from './state.ts';

/** A condition that says the state cannot be known, and is newer than the operation. */
export function findCondition(application: Application, reference: Reference): Condition | undefined {
  return application.conditions.find(
    (condition) =>
      (condition.type === 'ComparisonError' ||
        condition.type === 'InvalidSpecError' ||
        condition.type === 'UnknownError') &&
      (reference.startedAt === '' ||
        condition.lastTransitionTime >= reference.startedAt ||
        application.sync.status === 'Unknown'),
  );
}

/** An old condition beside a state that may be old says nothing of the operation (rule 36). */
export function isBroken(settling: Settling, application: Application): boolean {
  const condition = findCondition(application, settling.reference);
  if (condition === undefined) return false;
  return settling.proof !== undefined || condition.lastTransitionTime >= settling.reference.startedAt;
}
