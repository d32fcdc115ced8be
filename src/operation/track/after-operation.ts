import { type Application, isTerminal, type OperationState } from '../../argocd/application.ts';
import type { Verdict } from '../../argocd/verdict.ts';
import { frozenVerdict, isIgnored } from '../ignored.ts';
import { leftOverOf } from '../left-over.ts';
import { sameRevisions, shortRevisions, targetsOf } from '../revisions.ts';
import type { SettleGoal } from '../settle/goal.ts';
import { type Reference, wantsSynced } from '../settle/reference.ts';
import { type Settling, startSettling } from '../settle/state.ts';
import { observe } from '../settle.ts';
import type { Identity } from './goal.ts';
import { isOwnState } from './identity.ts';
import { done, note, type Track } from './state.ts';

/** Health and freshness, with an eye on other operations that begin meanwhile. `own` undefined: there is no own operation. */
export function followSettling(
  state: Track,
  goal: SettleGoal | undefined,
  application: Application,
  readAtMs: number | undefined,
  atMs: number,
  own: Identity | undefined,
): Track {
  if (state.stage.kind !== 'settling' || goal === undefined) return state;
  // From here on nothing can become true or false any more.
  if (isIgnored(application)) return done(state, frozenVerdict(application), atMs);
  const { settling, rival } = state.stage;
  const { operation, operationState } = application;
  const foreign = own !== undefined && isOwnState(own, operationState) ? undefined : operationState;
  if (operation !== undefined || (foreign !== undefined && !isTerminal(foreign.phase))) {
    // Whatever is good now is about to change: hold on.
    const by = (operation ?? foreign?.operation)?.automated === true ? 'auto-sync' : 'another operation';
    const paused: Settling = { ...settling, goodSinceMs: undefined, degradedSinceMs: undefined, confirmedAtMs: atMs };
    const waiting: Track = { ...state, stage: { kind: 'settling', settling: paused, rival: 'running' } };
    return own === undefined ? waiting : note(waiting, `${by} started after the sync; waiting for it too`);
  }
  // A sync by somebody else that was never seen, because yet another operation has taken its place.
  const later = own === undefined ? [] : application.history.filter(({ id }) => id > settling.reference.historyId);
  const last = later.at(-1);
  const lastWentBack =
    last?.initiatedBy === '' && isFromBefore(state, goal, settling.reference, application, last.revisions);
  if (last !== undefined && !lastWentBack && !sameRevisions(last.revisions, settling.reference.revisions)) {
    return done(state, replaced(settling.reference, `${last.initiatedBy || 'auto-sync'} synced`, last.revisions), atMs);
  }
  if (foreign !== undefined && own !== undefined && rival !== keyOf(foreign)) {
    return afterRival(state, goal, settling, application, foreign, atMs);
  }
  const reference = lastWentBack ? { ...settling.reference, contested: true } : settling.reference;
  const observed = observe({ ...settling, reference }, application, goal, atMs, readAtMs);
  return { ...state, stage: { kind: 'settling', settling: observed, rival: rival === 'running' ? '' : rival } };
}

/**
 * Whether these revisions are what ran or was compared before our sync to the target. A comparison that a change in the cluster
 * brought about goes by the revisions compared last. Right after our sync those are still the ones before it, so auto-sync goes
 * back to them, and to what was synced by us as soon as it has looked at the target again, seconds later. Only where Synced is
 * wanted, which tells when it is there again, and only while the target is what it was: auto-sync follows one that was edited, and
 * does not come back.
 */
const isFromBefore = (
  { baseline }: Track,
  goal: SettleGoal,
  reference: Reference,
  { history, sources }: Application,
  revisions: readonly string[],
): boolean =>
  wantsSynced(goal, reference) &&
  sameRevisions(targetsOf(sources), baseline.targets) &&
  revisions.length > 0 &&
  !sameRevisions(revisions, reference.revisions) &&
  (sameRevisions(revisions, baseline.revisions) ||
    history.some((entry) => entry.id <= reference.historyId && sameRevisions(entry.revisions, revisions)));

const replaced = (reference: Reference, did: string, revisions: readonly string[]): Verdict => ({
  name: 'conflict',
  message: `synced ${shortRevisions(reference.revisions)}, then ${did} ${shortRevisions(revisions) || 'something else'}`,
  hint: 'What runs now is not what this step asked for; run the step again if it should be.',
});

const keyOf = (state: OperationState): string =>
  `${state.startedAt} ${state.finishedAt} ${state.operation.initiatedBy}`;

/**
 * Another operation ended after ours. If it left what we asked for in place, health is measured from its end; otherwise it is
 * a conflict.
 */
function afterRival(
  state: Track,
  goal: SettleGoal,
  settling: Settling,
  application: Application,
  foreign: OperationState,
  atMs: number,
): Track {
  const { reference } = settling;
  const touched = foreign.operation.sync?.dryRun !== true;
  const revisions = foreign.syncResult?.revisions ?? [];
  const other = !sameRevisions(revisions, reference.revisions);
  // One that failed may have replaced a part; where Synced is wanted, that shows.
  const harmless = foreign.phase !== 'Succeeded' && (revisions.length === 0 || wantsSynced(goal, reference));
  const wentBack = foreign.operation.automated && isFromBefore(state, goal, reference, application, revisions);
  if (touched && other && !harmless && !wentBack) {
    const who = foreign.operation.automated ? 'auto-sync' : foreign.operation.initiatedBy || 'somebody';
    const did = foreign.phase === 'Succeeded' ? 'synced' : 'failed to sync';
    return done(state, replaced(reference, `${who} ${did}`, revisions), atMs);
  }
  // Whatever was tried before, all of ours was applied after it.
  const isFull = touched && !other && foreign.phase === 'Succeeded' && foreign.operation.sync?.partial !== true;
  const noted = wentBack
    ? note(state, `auto-sync went back to ${shortRevisions(revisions)}; waiting until it follows the target again`)
    : state;
  // A dry run changes nothing, but it may hide one before it that did.
  const restarted = startSettling(
    {
      ...reference,
      finishedAt: foreign.finishedAt,
      startedAt: foreign.startedAt,
      revisionsBefore: [],
      reconciledAtFirst: application.reconciledAt,
      outOfSyncFirst: false,
      unchanged: false,
      contested: isFull ? false : reference.contested || (touched && other && revisions.length > 0),
      leftOver:
        !touched || foreign.operation.sync?.partial === true
          ? reference.leftOver
          : leftOverOf(foreign.syncResult?.resources ?? []),
    },
    atMs,
  );
  const observed = observe(restarted, application, goal, atMs, undefined);
  return { ...noted, stage: { kind: 'settling', settling: observed, rival: keyOf(foreign) } };
}
