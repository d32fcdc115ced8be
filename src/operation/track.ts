import type { Application, HistoryEntry, OperationState, ResourceResult } from '../argocd/application.ts';
import { isTerminal, type Operation, operationId } from '../argocd/application.ts';
import { isOlder } from '../argocd/order.ts';
import type { Verdict } from '../argocd/verdict.ts';
import { formatElapsed } from '../lib/duration.ts';
import { describeDryRun } from './dry-run.ts';
import { explainIgnored, ignoredHint, ignoredVerdict, isIgnored } from './ignored.ts';
import { changedNothing, leftOverOf, NOTHING_LEFT, nameLeft } from './left-over.ts';
import { explainFailure, explainHeld, explainRunning, isHeld, isNamespaceRace, isWindowBlocked } from './messages.ts';
import { initiatorOf } from './plan.ts';
import { hasExpected, sameRevisions, shortRevisions } from './revisions.ts';
import {
  bridge,
  conclude,
  describeMissing,
  needsConfirmation,
  needsRead,
  needsRefresh,
  observe,
  type Reference,
  type Refresh,
  refreshAccepted,
  refreshConsumed,
  refreshFailed,
  refreshSent,
  type SettleGoal,
  type Settling,
  settleWakeAt,
  startSettling,
  wantsSynced,
} from './settle.ts';

/**
 * Following one Application to its verdict, as a pure reducer: `track(state, observation) → state`. No clock, no I/O.
 * All rules about the own operation (22 to 29) live here, those about freshness and health in `settle.ts`.
 */

export type Goal = SyncGoal | StateGoal | IdleGoal;

/** Follow one operation, and then health if that is wanted. */
export interface SyncGoal {
  readonly kind: 'sync';
  readonly identity: Identity;
  readonly dryRun: boolean;
  readonly partial: boolean;
  readonly toTarget: boolean;
  readonly createsNamespace: boolean;
  /** Prefix of a commit, `''`: any. */
  readonly expectedRevision: string;
  readonly onSyncWindow: 'fail' | 'wait' | 'skip';
  /** Undefined: the end of the operation is enough. */
  readonly settle: SettleGoal | undefined;
}

/** How the operation is known. By our id (rule 14), or, for one we joined, by its start and its author. */
export type Identity =
  | { readonly kind: 'id'; readonly id: string }
  | { readonly kind: 'joined'; readonly startedAt: string; readonly initiatedBy: string };

/** Trigger nothing; wait until operations have ended and the state is as wanted. */
export interface StateGoal {
  readonly kind: 'state';
  readonly expectedRevision: string;
  readonly settle: SettleGoal;
}

/** Wait until no operation is there. */
export interface IdleGoal {
  readonly kind: 'idle';
}

export interface Baseline {
  /** Tells an Application from one that was made anew under its name; `''`: unknown. */
  readonly uid: string;
  /** What the last comparison had resolved. */
  readonly revisions: readonly string[];
  /** The newest history entry, -1: none. */
  readonly historyId: number;
  readonly initiatedBy: string;
}

export type Stage =
  /** The request is being sent, or its answer was lost. */
  | { readonly kind: 'asking' }
  /** Accepted, not picked up yet (rule 23). */
  | { readonly kind: 'requested' }
  | { readonly kind: 'running'; readonly startedAt: string }
  /** Our id was there and is gone (rule 24); a read decides. */
  | { readonly kind: 'overtaken'; readonly startedAt: string }
  | { readonly kind: 'settling'; readonly settling: Settling; readonly rival: string }
  | { readonly kind: 'done'; readonly verdict: Verdict; readonly again: boolean };

export interface Track {
  readonly goal: Goal;
  readonly baseline: Baseline;
  readonly stage: Stage;
  /** When the stage was entered. Monotonic milliseconds. */
  readonly stageSinceMs: number;
  readonly latest: Application | undefined;
  /** What the running operation says it is at, and since when. */
  readonly at: { readonly message: string; readonly sinceMs: number };
  /** Why it could not be read lately, `''`: it could. */
  readonly trouble: string;
  /** The end of our operation, once seen. */
  readonly ended: { readonly revisions: readonly string[]; readonly resources: readonly ResourceResult[] } | undefined;
  /** Said to people once each. */
  readonly notes: readonly string[];
}

export type Observation =
  /** A state. `readAtMs`: when it was asked for, so it cannot be older than that; undefined: a watch brought it. */
  | {
      readonly kind: 'application';
      readonly application: Application;
      readonly readAtMs: number | undefined;
      readonly atMs: number;
    }
  | { readonly kind: 'deleted'; readonly atMs: number }
  /** Our request was accepted; `application` is the state it starts from. */
  | { readonly kind: 'accepted'; readonly application: Application; readonly atMs: number }
  /** A refresh is about to be asked for. */
  | { readonly kind: 'refresh-sent'; readonly atMs: number }
  | { readonly kind: 'refresh-asked'; readonly atMs: number }
  | { readonly kind: 'refresh-consumed'; readonly application: Application; readonly atMs: number }
  | { readonly kind: 'refresh-failed'; readonly reason: string; readonly atMs: number }
  /** A read was refused for good: nothing more will be known of it. */
  | { readonly kind: 'refused'; readonly verdict: Verdict; readonly atMs: number }
  /** A read failed for a reason that may pass. */
  | { readonly kind: 'unread'; readonly reason: string; readonly atMs: number }
  /** Events may have been lost. */
  | { readonly kind: 'gap' }
  /** Everything on the server is as last seen. */
  | { readonly kind: 'confirmed'; readonly atMs: number }
  | { readonly kind: 'tick'; readonly atMs: number };

/** A controller that has not picked an operation up for this long is worth a word: it may be down, or its queue long. */
export const PICKUP_NOTE_MS = 60_000;
/** So is an operation that has waited for one thing for this long. */
export const HELD_NOTE_MS = 60_000;

/** More than this is said of no Application: a retry without end would say something each time. */
const MAX_NOTES = 20;

export function startTrack(goal: Goal, application: Application | undefined, atMs: number): Track {
  return {
    goal,
    baseline: {
      uid: application?.uid ?? '',
      revisions: application?.sync.revisions ?? [],
      historyId: newestHistoryId(application),
      initiatedBy: goal.kind === 'sync' && goal.identity.kind === 'joined' ? goal.identity.initiatedBy : '',
    },
    stage: goal.kind === 'sync' ? { kind: 'asking' } : { kind: 'requested' },
    stageSinceMs: atMs,
    latest: undefined,
    at: { message: '', sinceMs: atMs },
    trouble: '',
    ended: undefined,
    notes: [],
  };
}

const newestHistoryId = (application: Application | undefined): number =>
  Math.max(-1, ...(application?.history ?? []).map((entry) => entry.id));

/** The reducer. A track that is done stays as it is. */
export function track(state: Track, observation: Observation): Track {
  if (state.stage.kind === 'done') return state;
  switch (observation.kind) {
    case 'application':
      return concluded(
        onApplication(state, observation.application, observation.readAtMs, observation.atMs),
        observation.atMs,
      );
    case 'deleted':
      return done(
        state,
        { name: 'deleted', message: 'was deleted while the step waited for it', hint: '' },
        observation.atMs,
      );
    case 'refused':
      return done(state, observation.verdict, observation.atMs);
    case 'unread':
      return { ...state, trouble: observation.reason };
    case 'accepted':
      return onAccepted(state, observation.application, observation.atMs);
    case 'refresh-sent':
      return withRefresh(state, refreshSent);
    case 'refresh-asked':
      return withRefresh(state, (refresh) => refreshAccepted(refresh, observation.atMs));
    case 'refresh-consumed':
      return concluded(
        onApplication(
          withGap(withRefresh(state, refreshConsumed)),
          observation.application,
          undefined,
          observation.atMs,
        ),
        observation.atMs,
      );
    case 'refresh-failed':
      return note(
        withRefresh(state, (refresh) => refreshFailed(refresh, observation.atMs)),
        `could not ask for a refresh: ${observation.reason}`,
      );
    case 'gap':
      return withGap(state);
    case 'confirmed':
      return concluded(
        withSettling({ ...state, trouble: '' }, (settling) => ({
          ...settling,
          gapped: false,
          confirmedAtMs: Math.max(settling.confirmedAtMs, observation.atMs),
        })),
        observation.atMs,
      );
    case 'tick':
      return concluded(remark(state, observation.atMs), observation.atMs);
  }
}

function onAccepted(state: Track, application: Application, atMs: number): Track {
  const accepted: Track = {
    ...state,
    // States from before the request are told by their version, and passed over.
    latest:
      state.latest === undefined || isOlder(state.latest.resourceVersion, application.resourceVersion)
        ? application
        : state.latest,
    baseline: {
      uid: application.uid || state.baseline.uid,
      revisions: application.sync.revisions.length > 0 ? application.sync.revisions : state.baseline.revisions,
      historyId: Math.max(state.baseline.historyId, newestHistoryId(application)),
      initiatedBy: application.operation?.initiatedBy ?? state.baseline.initiatedBy,
    },
  };
  // The watch may have shown the operation before the answer came.
  if (state.stage.kind !== 'asking') return accepted;
  const requested = enter(accepted, { kind: 'requested' }, atMs);
  const { latest } = requested;
  // Or something newer, without it: then it is gone already.
  return latest !== undefined && isOlder(application.resourceVersion, latest.resourceVersion)
    ? onApplication(requested, latest, undefined, atMs)
    : requested;
}

function onApplication(state: Track, application: Application, readAtMs: number | undefined, atMs: number): Track {
  if (state.latest !== undefined && isOlder(application.resourceVersion, state.latest.resourceVersion)) return state;
  if (state.goal.kind === 'sync' && isPast(state.stage, state.goal.identity, application)) return state;
  const differs = state.latest !== undefined && !isSameState(state.latest, application);
  const next = withSettling({ ...state, latest: application, trouble: '' }, (settling) =>
    bridge(settling, differs, readAtMs !== undefined),
  );
  const uid = state.latest?.uid || state.baseline.uid;
  if (state.goal.kind !== 'idle' && uid !== '' && application.uid !== '' && application.uid !== uid) {
    const message = 'was deleted while the step waited for it, and made anew';
    return done(next, { name: 'deleted', message, hint: '' }, atMs);
  }
  if (application.deleting && state.goal.kind !== 'idle') {
    return done(next, { name: 'deleted', message: 'is being deleted', hint: '' }, atMs);
  }
  switch (state.goal.kind) {
    case 'idle':
      return followIdle(next, application, atMs);
    case 'state':
      return followState(next, state.goal, application, readAtMs, atMs);
    case 'sync':
      return followOwn(next, state.goal, application, readAtMs, atMs);
  }
}

/** Rule 48: an operation that is told to end while a closed window holds it ends when the window opens, hours later perhaps. */
function followIdle(state: Track, application: Application, atMs: number): Track {
  if (application.operation === undefined) {
    return done(state, { name: 'terminated', message: describeEnd(application), hint: '' }, atMs);
  }
  const { operationState } = application;
  if (operationState?.phase !== 'Terminating' || !isWindowBlocked(operationState.message)) return state;
  return done(
    state,
    {
      name: 'blocked',
      message: 'the operation was told to end, but a closed sync window holds it until it opens; it will sync nothing',
      hint: 'It ends by itself when the window opens, or is taken out of the AppProject.',
    },
    atMs,
  );
}

/** Our operation was seen to end: what still shows it at work is from before. */
const isPast = (stage: Stage, own: Identity, { operation, operationState }: Application): boolean =>
  stage.kind === 'settling' &&
  operation !== undefined &&
  (own.kind === 'id' ? isOwnOperation(own, operation) : isOwnState(own, operationState));

const FROZEN = 'what is shown of it is not kept up to date';
const NOT_PICKED_UP = explainIgnored('its operation is not picked up');

const describeEnd = (application: Application): string => {
  const state = application.operationState;
  return state === undefined || state.message === '' ? 'no operation is running' : `${state.phase}: ${state.message}`;
};

// --- the own operation -------------------------------------------------------------------------------------------

function followOwn(
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
    if (isWindowBlocked(operationState.message) && goal.onSyncWindow !== 'wait') {
      return done(running, blockedVerdict(goal.onSyncWindow), atMs);
    }
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

const blockedVerdict = (policy: 'fail' | 'skip'): Verdict => ({
  name: policy === 'skip' ? 'skipped' : 'blocked',
  message: 'a sync window is closed, and Argo CD parked the operation',
  hint: policy === 'skip' ? '' : '`on-sync-window: wait` waits for the window, `skip` passes.',
});

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

/** Rule 27. */
function expectedMismatch(
  application: Application,
  revisions: readonly string[],
  expected: string,
): Verdict | undefined {
  if (expected === '' || hasExpected(application.sources, revisions, expected)) return undefined;
  return {
    name: 'mismatch',
    message: `synced ${shortRevisions(revisions) || 'an unknown revision'}, expected ${expected}`,
    hint: 'Check that the commit is pushed to the branch the Application follows.',
  };
}

/** Rule 24: another operation's result is never ours. Only a read decides, since a watch may deliver states from before. */
function decideOvertaken(
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

const isOwnOperation = (own: Identity, operation: Operation | undefined): boolean =>
  operation !== undefined &&
  (own.kind === 'id' ? operationId(operation) === own.id : operation.initiatedBy === own.initiatedBy);

const isOwnState = (own: Identity, state: OperationState | undefined): state is OperationState =>
  state !== undefined &&
  (own.kind === 'id'
    ? operationId(state.operation) === own.id
    : state.startedAt === own.startedAt && state.operation.initiatedBy === own.initiatedBy);

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

// --- after the operation -----------------------------------------------------------------------------------------

/** Health and freshness, with an eye on other operations that begin meanwhile. `own` undefined: there is no own operation. */
function followSettling(
  state: Track,
  goal: SettleGoal | undefined,
  application: Application,
  readAtMs: number | undefined,
  atMs: number,
  own: Identity | undefined,
): Track {
  if (state.stage.kind !== 'settling' || goal === undefined) return state;
  // From here on nothing can become true or false any more.
  if (isIgnored(application)) return done(state, ignoredVerdict(application, FROZEN), atMs);
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

// --- without an own operation ------------------------------------------------------------------------------------

function followState(
  state: Track,
  goal: StateGoal,
  application: Application,
  readAtMs: number | undefined,
  atMs: number,
): Track {
  const { operation, operationState } = application;
  if (isIgnored(application)) {
    return done(state, ignoredVerdict(application, FROZEN), atMs);
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
const running = (application: Application): readonly string[] => {
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

// --- the ends ----------------------------------------------------------------------------------------------------

const enter = (state: Track, stage: Stage, atMs: number): Track => ({ ...state, stage, stageSinceMs: atMs });

const done = (state: Track, verdict: Verdict, atMs: number, again = false): Track =>
  enter(state, { kind: 'done', verdict, again }, atMs);

const note = (state: Track, text: string): Track =>
  state.notes.includes(text) || state.notes.length === MAX_NOTES ? state : { ...state, notes: [...state.notes, text] };

const withSettling = (state: Track, change: (settling: Settling) => Settling): Track =>
  state.stage.kind === 'settling'
    ? { ...state, stage: { ...state.stage, settling: change(state.stage.settling) } }
    : state;

const withGap = (state: Track): Track => withSettling(state, (settling) => ({ ...settling, gapped: true }));

const isSameState = (a: Application, b: Application): boolean =>
  a.resourceVersion !== '' && b.resourceVersion !== ''
    ? a.resourceVersion === b.resourceVersion
    : a.version === b.version;

const withRefresh = (state: Track, change: (refresh: Refresh) => Refresh): Track =>
  withSettling(state, (settling) => ({ ...settling, refresh: change(settling.refresh) }));

const settleGoal = (goal: Goal): SettleGoal | undefined => (goal.kind === 'idle' ? undefined : goal.settle);

function concluded(state: Track, atMs: number): Track {
  const goal = settleGoal(state.goal);
  if (state.stage.kind !== 'settling' || goal === undefined || state.latest === undefined) return state;
  const verdict =
    state.stage.rival === 'running' ? undefined : conclude(state.stage.settling, state.latest, goal, atMs);
  return verdict === undefined ? state : done(state, verdict, atMs);
}

/** Rule 23: what time alone makes worth saying. */
function remark(state: Track, atMs: number): Track {
  const { goal, stage, at } = state;
  if (goal.kind !== 'sync') return state;
  if (stage.kind === 'running' && isHeld(at.message) && atMs - at.sinceMs >= HELD_NOTE_MS) {
    return note(state, `${at.message} for ${formatElapsed(HELD_NOTE_MS)}: ${explainHeld(at.message)}`);
  }
  if (stage.kind !== 'requested' || atMs - state.stageSinceMs < PICKUP_NOTE_MS) return state;
  return note(
    state,
    `no controller has picked the operation up for ${formatElapsed(PICKUP_NOTE_MS)}: its queue may be long, or it may be down`,
  );
}

/** When time alone makes something worth saying. */
function remarkAtMs({ goal, stage, stageSinceMs, at }: Track): number | undefined {
  if (goal.kind !== 'sync') return undefined;
  if (stage.kind === 'requested') return stageSinceMs + PICKUP_NOTE_MS;
  return stage.kind === 'running' && isHeld(at.message) ? at.sinceMs + HELD_NOTE_MS : undefined;
}

/** What the driver should do next for this Application. */
export interface Needs {
  /** Ask for a comparison. */
  readonly refresh: boolean;
  /** Read it now: only that decides. */
  readonly read: boolean;
  /** Look whether everything is as last seen; then the verdict is Healthy. */
  readonly confirm: boolean;
  /** Send a `tick` at this time. Monotonic milliseconds. */
  readonly wakeAtMs: number | undefined;
}

export function needs(state: Track, atMs: number): Needs {
  const { stage, latest } = state;
  const goal = settleGoal(state.goal);
  if (stage.kind === 'settling' && goal !== undefined && latest !== undefined && stage.rival !== 'running') {
    return {
      refresh: needsRefresh(stage.settling, latest, atMs),
      read: needsRead(stage.settling, latest, goal, atMs),
      confirm: needsConfirmation(stage.settling, goal, atMs),
      wakeAtMs: settleWakeAt(stage.settling, latest, goal, atMs),
    };
  }
  return {
    refresh: false,
    read: stage.kind === 'overtaken',
    confirm: false,
    wakeAtMs: remarkAtMs(state),
  };
}

/** The operation has ended, and nothing proves yet that what is shown is newer. */
export const isUnproven = ({ stage }: Track): boolean =>
  stage.kind === 'settling' && stage.settling.proof === undefined;

/** What is still missing, for people; `''`: nothing. */
export function missing(state: Track, atMs: number): string {
  const { stage, latest, goal } = state;
  switch (stage.kind) {
    case 'asking':
      return 'the request was not answered yet';
    case 'requested':
      if (goal.kind === 'state') {
        const runs = latest === undefined ? [] : running(latest);
        return goal.expectedRevision === ''
          ? 'not looked at yet'
          : `runs ${shortRevisions(runs) || 'nothing yet'}, expected ${goal.expectedRevision}`;
      }
      return goal.kind === 'idle'
        ? describeBusy(latest)
        : latest !== undefined && isIgnored(latest)
          ? NOT_PICKED_UP
          : `no controller has picked the operation up for ${formatElapsed(atMs - state.stageSinceMs)}`;
    case 'running':
      return describeBusy(latest);
    case 'overtaken':
      return 'its operation was overtaken by another one';
    case 'settling': {
      const settle = settleGoal(goal);
      if (latest === undefined || settle === undefined) return '';
      return stage.rival === 'running' ? describeBusy(latest) : describeMissing(stage.settling, latest, settle, atMs);
    }
    case 'done':
      return '';
  }
}

const describeBusy = (application: Application | undefined): string => {
  const state = application?.operationState;
  if (application !== undefined && isStuck(application)) {
    return `its operation is shown as ${state?.phase}, but nobody works on it any more`;
  }
  if (state === undefined || isTerminal(state.phase)) return 'an operation is asked for and not picked up yet';
  return `operation ${state.phase}${state.message === '' ? '' : `: ${state.message}`}`;
};

/** Shown as running, with nothing asked for: no controller ever ends that (rule 48). */
const isStuck = ({ operation, operationState }: Application): boolean =>
  operation === undefined && operationState !== undefined && !isTerminal(operationState.phase);

/** The verdict of an Application that the step stops waiting for. */
export function giveUp(state: Track, name: 'timed-out' | 'cancelled', atMs: number): Track {
  if (state.stage.kind === 'done') return state;
  const what = missing(state, atMs) || 'not finished';
  const trouble = state.trouble === '' ? '' : `; could not be read: ${state.trouble}`;
  const hint = name === 'cancelled' ? '' : timeoutHint(state);
  return done(state, { name, message: `${what}${trouble}`, hint }, atMs);
}

function timeoutHint(state: Track): string {
  const { stage, latest } = state;
  if (latest !== undefined && isIgnored(latest)) return ignoredHint(latest);
  if (stage.kind === 'requested' && state.goal.kind === 'sync') {
    return 'Check that the application controller runs and is responsible for this namespace and cluster.';
  }
  const operationState = latest?.operationState;
  if (latest !== undefined && isStuck(latest)) {
    return 'A sync with `on-running-operation: terminate` starts a new operation in its place.';
  }
  if (latest !== undefined && operationState !== undefined && !isTerminal(operationState.phase)) {
    return (
      explainRunning(latest, operationState) ||
      explainHeld(operationState.message) ||
      'The operation goes on; a longer `timeout` waits for it.'
    );
  }
  return 'Look at the Application in Argo CD; a longer `timeout` gives it more time.';
}
