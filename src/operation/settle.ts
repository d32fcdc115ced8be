import type { Application } from '../argocd/application.ts';
import { isBroken } from './settle/condition.ts';
import { belief, findProof } from './settle/freshness.ts';
import type { SettleGoal } from './settle/goal.ts';
import { isGood, isUnpruned } from './settle/good.ts';
import { observeRefresh } from './settle/refresh.ts';
import type { Settling } from './settle/state.ts';

/**
 * The freshness gate and what follows it, as pure functions: when may a health status be believed, and how long must it hold.
 * Rules 30 to 36; the evidence is in the docs under "When is healthy healthy".
 */

/** A state is about to be taken in. Health that was not seen all the time did not hold (rule 32). */
export const bridge = (settling: Settling, differs: boolean, missed: boolean): Settling => ({
  ...settling,
  gapped: settling.gapped && !differs,
  goodSinceMs: differs && (missed || settling.gapped) ? undefined : settling.goodSinceMs,
});

/** Takes in a state of the Application that is newer than all before it. `readAtMs`: when it was asked for; undefined: a watch brought it. */
export function observe(
  settling: Settling,
  application: Application,
  goal: SettleGoal,
  atMs: number,
  readAtMs: number | undefined,
): Settling {
  const refresh = observeRefresh(settling.refresh, application, readAtMs);
  // Over the Argo CD API a stream leaves them out, as they are most of an Application; a read tells them.
  const resources = application.resources.length > 0 || readAtMs !== undefined ? application.resources : undefined;
  const proof = settling.proof ?? findProof({ ...settling, resources }, application, refresh);
  const health = application.health.status;
  const began = settling.health !== undefined && settling.health !== 'Progressing' && health === 'Progressing';
  const seen: Settling = { ...settling, refresh, resources, proof, health, rolledOut: settling.rolledOut || began };
  const believed = belief(seen, application);
  const sure = believed === 'sure';
  // What was only likely until now is measured from now on.
  const before = sure && !settling.sure ? { goodSinceMs: undefined, degradedSinceMs: undefined } : settling;
  const good = believed !== 'none' && isGood(seen, application, goal);
  const degraded = believed !== 'none' && health === 'Degraded';
  const broken = isBroken(seen, application);
  const unpruned = isUnpruned(seen, application, goal);
  return {
    ...seen,
    // An error that begins may pass: worth a comparison of its own, whatever was asked for before it.
    refresh:
      broken && settling.brokenSinceMs === undefined && refresh.kind === 'consumed' ? { kind: 'unused' } : refresh,
    sure,
    goodSinceMs: good ? (before.goodSinceMs ?? atMs) : undefined,
    degradedSinceMs: degraded ? (before.degradedSinceMs ?? atMs) : undefined,
    brokenSinceMs: broken ? (settling.brokenSinceMs ?? atMs) : undefined,
    unprunedSinceMs: unpruned ? (settling.unprunedSinceMs ?? atMs) : undefined,
    // An answer is as old as its question at most; an event may have been on its way for long, with others right behind it.
    confirmedAtMs: Math.max(settling.confirmedAtMs, readAtMs ?? settling.confirmedAtMs),
  };
}
