import { type Application, isTerminal, type OperationState } from '../../argocd/application.ts';
import type { Verdict } from '../../argocd/verdict.ts';
import { frozenVerdict, isIgnored } from '../ignored.ts';
import { leftOverOf } from '../left-over.ts';
import { sameRevisions, shortRevisions } from '../revisions.ts';
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
  if (last !== undefined && !sameRevisions(last.revisions, settling.reference.revisions)) {
    return done(state, replaced(settling.reference, `${last.initiatedBy || 'auto-sync'} synced`, last.revisions), atMs);
  }
  if (foreign !== undefined && own !== undefined && rival !== keyOf(foreign)) {
    return afterRival(state, goal, settling, application, foreign, atMs);
  }
  const observed = observe(settling, application, goal, atMs, readAtMs);
  return { ...state, stage: { kind: 'settling', settling: observed, rival: rival === 'running' ? '' : rival } };
}

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
  if (touched && other && !harmless) {
    const who = foreign.operation.automated ? 'auto-sync' : foreign.operation.initiatedBy || 'somebody';
    const did = foreign.phase === 'Succeeded' ? 'synced' : 'failed to sync';
    return done(state, replaced(reference, `${who} ${did}`, revisions), atMs);
  }
  // A dry run changes nothing, but it may hide one before it that did.
  const restarted = startSettling(
    {
      ...reference,
      finishedAt: foreign.finishedAt,
      startedAt: foreign.startedAt,
      revisionsBefore: [],
      reconciledAtFirst: application.reconciledAt,
      unchanged: false,
      contested: reference.contested || (touched && other && revisions.length > 0),
      leftOver:
        !touched || foreign.operation.sync?.partial === true
          ? reference.leftOver
          : leftOverOf(foreign.syncResult?.resources ?? []),
    },
    atMs,
  );
  const observed = observe(restarted, application, goal, atMs, undefined);
  return { ...state, stage: { kind: 'settling', settling: observed, rival: keyOf(foreign) } };
}
