import type { Application } from '../argocd/application.ts';
import { isOlder } from '../argocd/order.ts';
import { targetsOf } from './revisions.ts';
import { conclude } from './settle/conclude.ts';
import { type Refresh, refreshAccepted, refreshConsumed, refreshFailed, refreshSent } from './settle/refresh.ts';
import { bridge } from './settle.ts';
import { type Goal, settleGoal } from './track/goal.ts';
import { isPast } from './track/identity.ts';
import { followIdle } from './track/idle.ts';
import { followOwn } from './track/own-operation.ts';
import { remark } from './track/remark.ts';
import {
  done,
  enter,
  newestHistoryId,
  note,
  type Observation,
  type Track,
  withGap,
  withSettling,
} from './track/state.ts';
import { followState } from './track/without-sync.ts';

/**
 * Following one Application to its verdict, as a pure reducer: `track(state, observation) → state`. No clock, no I/O.
 * What is done with a state is in `track/`, by what is followed; freshness and health are in `settle.ts`.
 */

export function startTrack(goal: Goal, application: Application | undefined, atMs: number): Track {
  return {
    goal,
    baseline: {
      uid: application?.uid ?? '',
      revisions: application?.sync.revisions ?? [],
      historyId: newestHistoryId(application),
      initiatedBy: goal.kind === 'sync' && goal.identity.kind === 'joined' ? goal.identity.initiatedBy : '',
      targets: targetsOf(application?.sources ?? []),
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
      targets: application.sources.length > 0 ? targetsOf(application.sources) : state.baseline.targets,
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

const isSameState = (a: Application, b: Application): boolean =>
  a.resourceVersion !== '' && b.resourceVersion !== ''
    ? a.resourceVersion === b.resourceVersion
    : a.version === b.version;

const withRefresh = (state: Track, change: (refresh: Refresh) => Refresh): Track =>
  withSettling(state, (settling) => ({ ...settling, refresh: change(settling.refresh) }));

function concluded(state: Track, atMs: number): Track {
  const goal = settleGoal(state.goal);
  if (state.stage.kind !== 'settling' || goal === undefined || state.latest === undefined) return state;
  const verdict =
    state.stage.rival === 'running' ? undefined : conclude(state.stage.settling, state.latest, goal, atMs);
  return verdict === undefined ? state : done(state, verdict, atMs);
}
