import { type Application, isTerminal, type OperationState } from '../../argocd/application.ts';
import { frozenVerdict, isIgnored } from '../ignored.ts';
import { leftOverOf } from '../left-over.ts';
import { explainFailure, explainRunning } from '../messages.ts';
import { hasExpected } from '../revisions.ts';
import type { Reference } from '../settle/reference.ts';
import { startSettling } from '../settle/state.ts';
import { followSettling } from './after-operation.ts';
import type { StateGoal } from './goal.ts';
import { done, enter, newestHistoryId, note, type Track } from './state.ts';

export function followState(
  state: Track,
  goal: StateGoal,
  application: Application,
  readAtMs: number | undefined,
  atMs: number,
): Track {
  const { operation, operationState } = application;
  if (isIgnored(application)) {
    return done(state, frozenVerdict(application), atMs);
  }
  if (operation !== undefined) {
    const running = state.stage.kind === 'running' ? state : enter(state, { kind: 'running', startedAt: '' }, atMs);
    const remarkable = operationState === undefined ? '' : explainRunning(application, operationState);
    return remarkable === '' ? running : note(running, remarkable);
  }
  const sawItRun = state.stage.kind === 'running';
  if (sawItRun && (operationState?.phase === 'Failed' || operationState?.phase === 'Error')) {
    return done(state, explainFailure(operationState, application.sources), atMs);
  }
  const revisions = running(application);
  if (goal.expectedRevision !== '' && !hasExpected(application.sources, revisions, goal.expectedRevision)) {
    return state.stage.kind === 'requested' ? state : enter(state, { kind: 'requested' }, atMs);
  }
  const started = operationState?.startedAt ?? '';
  const same = state.stage.kind === 'settling' ? state.stage.settling.reference : undefined;
  const entered =
    same?.startedAt === started && same.finishedAt === endOf(operationState)
      ? state
      : enter(
          state,
          {
            kind: 'settling',
            settling: startSettling(stateReference(application, revisions, sawItRun), atMs),
            rival: '',
          },
          atMs,
        );
  return followSettling(entered, goal.settle, application, readAtMs, atMs, undefined);
}

/** What runs: the last operation's result, or the last entry of the history. */
export const running = (application: Application): readonly string[] => {
  const state = application.operationState;
  const synced =
    state?.phase === 'Succeeded' && state.operation.sync?.dryRun !== true ? state.syncResult?.revisions : undefined;
  return synced ?? application.history.at(-1)?.revisions ?? [];
};

function stateReference(application: Application, revisions: readonly string[], sawItRun: boolean): Reference {
  const state = application.operationState;
  const finishedAt = endOf(state);
  return {
    finishedAt,
    startedAt: state?.startedAt ?? '',
    revisions,
    revisionsBefore: [],
    // Not seen to end: only a comparison of a later second counts.
    reconciledAtFirst: sawItRun || finishedAt === null ? application.reconciledAt : finishedAt,
    outOfSyncFirst: sawItRun && application.sync.status === 'OutOfSync',
    toTarget: true,
    contested: false,
    historyId: newestHistoryId(application),
    partial: false,
    unchanged: false,
    // Somebody may still prune: nothing was asked for that could have.
    leftOver: { kept: leftOverOf(finishedAt === null ? [] : (state?.syncResult?.resources ?? [])).kept, unpruned: [] },
  };
}

/** When the last operation ended that may have changed something, one that failed among them; null: there is none. */
const endOf = (state: OperationState | undefined): string | null =>
  state !== undefined && isTerminal(state.phase) && state.operation.sync?.dryRun !== true ? state.finishedAt : null;
