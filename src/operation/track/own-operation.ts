import { type Application, isTerminal, type OperationState } from '../../argocd/application.ts';
import { describeDryRun } from '../dry-run.ts';
import { isIgnored, NOT_PICKED_UP } from '../ignored.ts';
import { changedNothing, leftOverOf, nameLeft } from '../left-over.ts';
import { explainFailure, explainRunning, isNamespaceRace } from '../messages.ts';
import { shortRevisions } from '../revisions.ts';
import type { Reference } from '../settle/reference.ts';
import { startSettling } from '../settle/state.ts';
import { followSettling } from './after-operation.ts';
import { expectedMismatch } from './expected.ts';
import type { SyncGoal } from './goal.ts';
import { isOwnOperation, isOwnState } from './identity.ts';
import { decideOvertaken } from './overtaken.ts';
import { isParkedState, parked } from './parked.ts';
import { done, enter, newestHistoryId, note, type Track } from './state.ts';

/** The operation that was asked for, until its end (rules 22 to 29). */

export function followOwn(
  state: Track,
  goal: SyncGoal,
  application: Application,
  readAtMs: number | undefined,
  atMs: number,
): Track {
  const { stage } = state;
  if (stage.kind === 'settling') return followSettling(state, goal.settle, application, readAtMs, atMs, goal.identity);
  const { operationState } = application;
  if (isOwnState(goal.identity, operationState)) {
    return onOwnState(state, goal, application, operationState, atMs);
  }
  if (isOwnOperation(goal.identity, application.operation)) {
    const requested =
      stage.kind === 'asking' || stage.kind === 'overtaken' ? enter(state, { kind: 'requested' }, atMs) : state;
    return isIgnored(application) ? note(requested, NOT_PICKED_UP) : requested;
  }
  // Neither carries our id. Before the request was accepted that is how it must be.
  if (stage.kind === 'asking') return state;
  if (stage.kind !== 'overtaken') {
    const startedAt = stage.kind === 'running' ? stage.startedAt : '';
    return decideOvertaken(
      enter(state, { kind: 'overtaken', startedAt }, atMs),
      goal,
      application,
      startedAt,
      readAtMs,
      atMs,
    );
  }
  return decideOvertaken(state, goal, application, stage.startedAt, readAtMs, atMs);
}

/** Rule 22: done is what carries our id and a completed phase. `finishedAt` beside Running is a pause between tries (rule 25). */
function onOwnState(
  state: Track,
  goal: SyncGoal,
  application: Application,
  operationState: OperationState,
  atMs: number,
): Track {
  if (!isTerminal(operationState.phase)) {
    // Over the Argo CD API the author is known only from here on, when the answer to the request was lost.
    const baseline = { ...state.baseline, initiatedBy: operationState.operation.initiatedBy };
    const entered =
      state.stage.kind === 'running'
        ? state
        : enter({ ...state, baseline }, { kind: 'running', startedAt: operationState.startedAt }, atMs);
    const { message } = operationState;
    const running = message === state.at.message ? entered : { ...entered, at: { message, sinceMs: atMs } };
    if (isParkedState(running)) return parked(running, atMs);
    const remarkable = explainRunning(application, operationState);
    return remarkable === '' ? running : note(running, remarkable);
  }
  const ended: Track = {
    ...state,
    ended: {
      revisions: operationState.syncResult?.revisions ?? [],
      resources: operationState.syncResult?.resources ?? [],
    },
  };
  if (operationState.phase !== 'Succeeded') {
    const again = goal.createsNamespace && isNamespaceRace(operationState);
    return done(ended, explainFailure(operationState, application.sources), atMs, again);
  }
  return onSucceeded(ended, goal, application, operationState, atMs);
}

function onSucceeded(
  state: Track,
  goal: SyncGoal,
  application: Application,
  operationState: OperationState,
  atMs: number,
): Track {
  const revisions = operationState.syncResult?.revisions ?? [];
  if (goal.dryRun) {
    const { lines, summary } = describeDryRun(operationState.syncResult?.resources ?? []);
    const message = `dry run: ${summary || operationState.message}`;
    return done(lines.reduce(note, state), { name: 'synced', message, hint: '' }, atMs);
  }
  const mismatch = expectedMismatch(application, revisions, goal.expectedRevision);
  if (mismatch !== undefined) return done(state, mismatch, atMs);
  const leftOver = leftOverOf(operationState.syncResult?.resources ?? []);
  const noted =
    leftOver.unpruned.length === 0
      ? state
      : note(state, `left over: ${nameLeft(leftOver.unpruned)} would need pruning (\`prune: true\`)`);
  if (goal.settle === undefined) {
    const at = revisions.length === 0 ? '' : ` at ${shortRevisions(revisions)}`;
    return done(noted, { name: 'synced', message: `synced${at}: ${operationState.message}`, hint: '' }, atMs);
  }
  const reference: Reference = {
    finishedAt: operationState.finishedAt,
    startedAt: operationState.startedAt,
    revisions,
    revisionsBefore: state.baseline.revisions,
    reconciledAtFirst: application.reconciledAt,
    outOfSyncFirst: application.sync.status === 'OutOfSync',
    toTarget: goal.toTarget,
    contested: false,
    historyId: newestHistoryId(application),
    partial: goal.partial,
    leftOver,
    unchanged: changedNothing(operationState.syncResult?.resources ?? []),
  };
  const settling = startSettling(reference, atMs);
  const entered = enter(noted, { kind: 'settling', settling, rival: '' }, atMs);
  return followSettling(entered, goal.settle, application, undefined, atMs, goal.identity);
}
