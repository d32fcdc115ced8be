import type { Application, HistoryEntry } from '../../argocd/application.ts';
import { NOTHING_LEFT } from '../left-over.ts';
import { initiatorOf } from '../plan.ts';
import { shortRevisions } from '../revisions.ts';
import { startSettling } from '../settle/state.ts';
import { followSettling } from './after-operation.ts';
import { expectedMismatch } from './expected.ts';
import type { SyncGoal } from './goal.ts';
import { done, enter, note, type Track } from './state.ts';

/** Rule 24: another operation's result is never ours. Only a read decides, since a watch may deliver states from before. */
export function decideOvertaken(
  state: Track,
  goal: SyncGoal,
  application: Application,
  startedAt: string,
  readAtMs: number | undefined,
  atMs: number,
): Track {
  if (readAtMs === undefined || readAtMs < state.stageSinceMs) return state;
  const entry = goal.dryRun || goal.partial ? undefined : findOwnHistory(state, goal, application, startedAt);
  if (entry === undefined) {
    const by = application.operation ?? application.operationState?.operation;
    const who = by?.automated === true ? 'auto-sync' : by?.initiatedBy || 'somebody';
    return done(
      state,
      {
        name: 'conflict',
        message: `the operation was overtaken or removed before its result could be seen (now: ${who})`,
        hint: 'Run the step again; `on-running-operation` says what to do about rivals.',
      },
      atMs,
    );
  }
  const mismatch = expectedMismatch(application, entry.revisions, goal.expectedRevision);
  const recovered = note(
    { ...state, ended: { revisions: entry.revisions, resources: [] } },
    'its operation succeeded and was followed at once by another one; found it in the history',
  );
  if (mismatch !== undefined) return done(recovered, mismatch, atMs);
  if (goal.settle === undefined) {
    return done(recovered, { name: 'synced', message: `synced at ${shortRevisions(entry.revisions)}`, hint: '' }, atMs);
  }
  const settling = startSettling(
    {
      // The history does not tell the end; the operation that is there now began after it.
      finishedAt: application.operationState?.startedAt || entry.deployStartedAt,
      startedAt: entry.deployStartedAt,
      revisions: entry.revisions,
      // The state now is from after the operation: nothing in it was "before".
      revisionsBefore: [],
      reconciledAtFirst: application.reconciledAt,
      outOfSyncFirst: false,
      toTarget: goal.toTarget,
      partial: goal.partial,
      leftOver: NOTHING_LEFT,
      unchanged: false,
      contested: false,
      historyId: entry.id,
    },
    atMs,
  );
  const entered = enter(recovered, { kind: 'settling', settling, rival: '' }, atMs);
  return followSettling(entered, goal.settle, application, readAtMs, atMs, goal.identity);
}

function findOwnHistory(
  state: Track,
  goal: SyncGoal,
  application: Application,
  startedAt: string,
): HistoryEntry | undefined {
  const unique = goal.identity.kind === 'id' ? initiatorOf(goal.identity.id) : '';
  return application.history.find(
    (entry) =>
      entry.id > state.baseline.historyId &&
      ((unique !== '' && entry.initiatedBy === unique) ||
        (startedAt !== '' && entry.deployStartedAt === startedAt && entry.initiatedBy === state.baseline.initiatedBy)),
  );
}
