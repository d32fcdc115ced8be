import type { SettleGoal } from './goal.ts';
import type { Settling } from './state.ts';

/** How long what is only likely must hold: what the cluster really runs reaches Argo CD late, at most 1.6 s as far as was seen. */
export const LIKELY_HOLD_MS = 10_000;

/** Repository servers fail for moments; a condition must stay this long to count (rule 36). */
export const CONDITION_GRACE_MS = 60_000;
/**
 * A condition outlives its cause until the next comparison, minutes later by itself. So one is asked for once the condition has
 * been shown for this long.
 */
export const CONDITION_REFRESH_MS = 30_000;
/** Self-heal, or a person, may prune what the sync has left; after this nobody will. */
export const PRUNING_GRACE_MS = 20_000;

/** How long something must last to count, where `ms` is what was asked for. */
export const holdOf = ({ sure }: Settling, ms: number): number => (sure ? ms : Math.max(ms, LIKELY_HOLD_MS));

/** When each of the things that must last has lasted long enough. */
export const dueTimes = (settling: Settling, goal: SettleGoal): readonly number[] => {
  const { goodSinceMs, degradedSinceMs, brokenSinceMs, unprunedSinceMs } = settling;
  const { healthyForMs, degradedAfterMs } = goal;
  return [
    ...(goodSinceMs === undefined ? [] : [goodSinceMs + holdOf(settling, healthyForMs)]),
    ...(degradedSinceMs === undefined || degradedAfterMs === undefined
      ? []
      : [degradedSinceMs + holdOf(settling, degradedAfterMs)]),
    ...(brokenSinceMs === undefined ? [] : [brokenSinceMs + CONDITION_GRACE_MS]),
    ...(unprunedSinceMs === undefined ? [] : [unprunedSinceMs + PRUNING_GRACE_MS]),
  ];
};
