import { type Application, REFRESH_ANNOTATION } from '../../argocd/application.ts';
import { isAnyLeft } from '../left-over.ts';
import { belief } from './freshness.ts';
import type { SettleGoal } from './goal.ts';
import { isFinalHealth } from './good.ts';
import { CONDITION_REFRESH_MS, dueTimes } from './hold.ts';
import { wantsSynced } from './reference.ts';
import { REFRESH_AFTER_MS, REFRESH_AGAIN_MS, REFRESH_SHOWS_MS, REFRESH_TRIES } from './refresh.ts';
import type { Settling } from './state.ts';

/** What to do next, and when, so that a state can be concluded from. */

/** When a refresh may be asked for; undefined: not (again). */
function refreshDueMs(settling: Settling): number | undefined {
  const { refresh, sinceMs, brokenSinceMs } = settling;
  if (refresh.kind === 'unused') {
    return brokenSinceMs === undefined || settling.proof === undefined
      ? sinceMs + REFRESH_AFTER_MS
      : brokenSinceMs + CONDITION_REFRESH_MS;
  }
  return refresh.kind === 'failed' && refresh.tries < REFRESH_TRIES ? refresh.atMs + REFRESH_AGAIN_MS : undefined;
}

/** When an accepted refresh of which nothing was seen is to be looked after. */
const refreshLookMs = ({ refresh }: Settling): number | undefined =>
  refresh.kind === 'asked' && !refresh.shown && refresh.askedAtMs !== undefined
    ? refresh.askedAtMs + REFRESH_SHOWS_MS
    : undefined;

/** Whether only a read tells what became of our refresh, or what else is OutOfSync beside what was not pruned. */
export const needsRead = (settling: Settling, application: Application, goal: SettleGoal, atMs: number): boolean => {
  const dueMs = refreshLookMs(settling);
  if (dueMs !== undefined && atMs >= dueMs) return true;
  return (
    settling.resources === undefined &&
    application.sync.status === 'OutOfSync' &&
    isFinalHealth(application.health.status) &&
    isAnyLeft(settling.reference.leftOver) &&
    wantsSynced(goal, settling.reference)
  );
};

/** When after `atMs` time alone can change the next action. Undefined: only news can. */
export function settleWakeAt(
  settling: Settling,
  application: Application,
  goal: SettleGoal,
  atMs: number,
): number | undefined {
  const later = [
    ...dueTimes(settling, goal),
    wantsRefresh(settling, application) ? refreshDueMs(settling) : undefined,
    refreshLookMs(settling),
  ].filter((time): time is number => time !== undefined && time > atMs);
  return later.length === 0 ? undefined : Math.min(...later);
}

/** Something has lasted long enough by our clock, but that long ago it was seen last: look once more before saying so. */
export const needsConfirmation = (settling: Settling, goal: SettleGoal, atMs: number): boolean =>
  dueTimes(settling, goal).some((dueMs) => atMs >= dueMs && settling.confirmedAtMs < dueMs);

/** Whether to ask for a comparison now (rule 31): no proof came by itself, and nobody else's request is on its way. */
export function needsRefresh(settling: Settling, application: Application, atMs: number): boolean {
  const dueMs = refreshDueMs(settling);
  if (dueMs === undefined || atMs < dueMs) return false;
  if (application.annotations[REFRESH_ANNOTATION] !== undefined) return false;
  return wantsRefresh(settling, application);
}

/** Nothing is proven, what is shown would count if only it could be believed, or it may be an error that has passed. */
const wantsRefresh = (settling: Settling, application: Application): boolean =>
  settling.proof === undefined ||
  settling.brokenSinceMs !== undefined ||
  (belief(settling, application) === 'none' && isFinalHealth(application.health.status));
