import type { LimitFunction } from 'p-limit';
import { type Application, type ApplicationRef, isTerminal, operationId } from '../argocd/application.ts';
import type { ArgoCdClient, Candidate, SyncRequest } from '../argocd/client.ts';
import { ArgoCdError, isTransient } from '../argocd/errors.ts';
import type { Verdict } from '../argocd/verdict.ts';
import type { Clock } from '../lib/clock.ts';
import type { Emit } from '../report/events.ts';
import { closedWindowVerdict } from './closed-window.ts';
import { compareFirst } from './compare-first.ts';
import { notStarted, wasStopped } from './ending.ts';
import { errorVerdict } from './error-verdict.ts';
import type { Follower, Following } from './follow.ts';
import { type RevisionSources, refuseMissingRevision } from './missing-revision.ts';
import type { Outcome } from './outcome.ts';
import {
  asksForTarget,
  describeRequest,
  describeRunning,
  initiatorOf,
  needsWhole,
  planSync,
  type Wish,
  wantedRevisions,
} from './plan.ts';
import type { SettleGoal } from './settle/goal.ts';
import { isParked, takeBack } from './take-back.ts';
import type { SyncGoal } from './track/goal.ts';
import type { Track } from './track/state.ts';

/** How syncs are started, the same for every Application. */
export interface TriggerOptions {
  readonly wish: Wish;
  readonly expectedRevision: string;
  readonly onRunningOperation: 'wait' | 'join' | 'terminate' | 'fail';
  readonly onSyncWindow: 'fail' | 'wait' | 'skip';
  readonly async: boolean;
  /** Undefined: the end of the operation is enough. */
  readonly settle: SettleGoal | undefined;
}

export interface TriggerDeps extends RevisionSources {
  readonly follower: Follower;
  /** Bounds how many requests are made at a time; waiting is never under it. */
  readonly limit: LimitFunction;
  readonly clock: Clock;
  readonly emit: Emit;
  readonly newId: () => string;
  /** Aborts when the run ends: time-out or cancellation. The follower then gives everything up. Its reason is an {@link Ending}. */
  readonly signal: AbortSignal;
  /** Aborts when nothing more may be started: as `signal`, or earlier with fail-fast. Its reason is an {@link Ending}. */
  readonly starting: AbortSignal;
}

/** Between two looks at a sync window that is closed. */
const WINDOW_RETRY_MS = 15_000;
/** A state that is shown as running without an operation must stay so for this long to be called stuck (rule 8). */
const STUCK_MS = 5_000;
/** Sends of one request, the first included. */
const SENDS = 5;
/** What is honoured at most when a server asks to wait. */
const MAX_RETRY_AFTER_MS = 60_000;
/** Between two looks at an operation in the way that cannot be followed yet. */
const PICKUP_RETRY_MS = 2_000;
/** Pauses before each look for a request whose answer is lost: the server may still be at it. */
const LOOKS_MS = [0, 1_000];
/** The same when the server, or a gateway before it, was too slow to answer: it may carry it out long after we gave up. */
const SLOW_LOOKS_MS = [0, 1_000, 1_000, 2_000, 2_000, 3_000, 3_000, 5_000, 5_000, 8_000];

/** A request that was sent and may yet be carried out, and the state it was sent from. */
interface Sent {
  readonly seen: Application;
  readonly request: SyncRequest;
  /** How often. */
  readonly times: number;
}

/** One round of trying to start. */
type Start =
  /** `answered` false: the run ended while the request was under way; it may have been accepted. */
  | {
      readonly kind: 'started';
      readonly following: Following;
      readonly answered: boolean;
      readonly application: Application;
    }
  | { readonly kind: 'busy'; readonly application: Application; readonly what: string }
  | { readonly kind: 'stuck'; readonly application: Application; readonly what: string }
  /** Look again, after so many milliseconds. */
  | { readonly kind: 'again'; readonly afterMs: number; readonly note: string; readonly sent?: Sent }
  | { readonly kind: 'verdict'; readonly verdict: Verdict; readonly application: Application | undefined };

/**
 * Brings one Application from its candidate to its verdict: checks, asks for one operation, follows it. Never rejects.
 * A second operation is asked for only when the first cannot have happened (rule 19), or once after a namespace race.
 */
export async function syncOne(candidate: Candidate, options: TriggerOptions, deps: TriggerDeps): Promise<Outcome> {
  const { clock, emit, starting } = deps;
  const { ref } = candidate;
  const notes: string[] = [];
  const tell = (text: string): void => {
    if (notes.includes(text)) return;
    notes.push(text);
    emit({ kind: 'note', ref, text });
  };
  let planned = '';
  const announce = (wanted: string): void => {
    if (wanted !== planned) emit({ kind: 'planned', ref, wanted });
    planned = wanted;
  };
  let startedMs: number | undefined;
  let operation = { id: '', own: false };
  let recover = '';
  let raced = false;
  let sent: Sent | undefined;
  let id = deps.newId();
  /** What has kept it from being started until now. */
  let inTheWay = '';
  const end = (verdict: Verdict, application: Application | undefined, track?: Track): Outcome => ({
    verdict,
    application: track?.latest ?? application,
    operationId: operation.id,
    own: operation.own,
    revisions: track?.ended?.revisions ?? [],
    resources: track?.ended?.resources ?? [],
    notes: [...notes, ...(track?.notes ?? [])],
    startedMs,
  });
  if (options.wish.resources.length > 0 && !starting.aborted) {
    const why = await compareFirst(ref, { ...deps, signal: starting });
    if (why !== '' && !starting.aborted) tell(`new resources may not be known yet: ${why}`);
  }
  for (let number = 0; ; number++) {
    if (starting.aborted) return end(notStarted(starting, inTheWay), candidate.application);
    let start: Start;
    try {
      start = await deps.limit(() =>
        startOnce(candidate, options, deps, { number, id, recover, sent, announce, tell }),
      );
    } catch (error) {
      const verdict = wasStopped(error, starting) ? notStarted(starting, inTheWay) : errorVerdict(error);
      return end(verdict, candidate.application);
    }
    recover = '';
    switch (start.kind) {
      case 'verdict':
        return end(start.verdict, start.application);
      case 'started': {
        startedMs ??= clock.now();
        operation = { id, own: true };
        if (options.async && start.answered) {
          const { latest } = start.following.state();
          start.following.abandon();
          return end({ name: 'triggered', message: 'the sync was accepted', hint: '' }, latest ?? start.application);
        }
        const track = await start.following.done;
        if (track.stage.kind !== 'done') return end(notStarted(starting), start.application, track);
        if (isParked(track)) {
          return end(await takeBack(ref, id, track.stage.verdict, deps), start.application, track);
        }
        if (!track.stage.again || raced || starting.aborted) return end(track.stage.verdict, start.application, track);
        raced = true;
        sent = undefined;
        id = deps.newId();
        tell('another sync made the namespace in the same moment; syncing once more');
        break;
      }
      case 'again':
        if (start.note !== '') tell(start.note);
        if (start.note !== '') inTheWay = start.note;
        sent = start.sent ?? sent;
        await clock.delay(start.afterMs, starting).catch(() => {});
        break;
      case 'stuck':
        inTheWay = start.what;
        if (options.onRunningOperation === 'fail') return end(stuckVerdict(start.what), start.application);
        await clock.delay(STUCK_MS, starting).catch(() => {});
        if (options.onRunningOperation !== 'terminate') {
          const verdict = await stillStuck(ref, deps, start);
          if (verdict !== undefined) return end(verdict, start.application);
        } else {
          tell(`${start.what}; starting afresh`);
          recover = start.what;
        }
        break;
      case 'busy': {
        inTheWay = start.what;
        if (options.onRunningOperation === 'fail') {
          return end(
            { name: 'conflict', message: start.what, hint: '`on-running-operation: wait` waits for it.' },
            start.application,
          );
        }
        if (options.onRunningOperation === 'join' && syncsTheSame(start.application, options.wish)) {
          if (!isRunning(start.application)) {
            // Joined once it is picked up: before that it cannot be told from another one.
            tell(`waiting: ${start.what}`);
            await clock.delay(PICKUP_RETRY_MS, starting).catch(() => {});
            break;
          }
          tell(`joining: ${start.what}`);
          startedMs ??= clock.now();
          operation = { id: operationId(start.application.operation) ?? '', own: false };
          if (options.async) {
            return end({ name: 'triggered', message: `joined: ${start.what}`, hint: '' }, start.application);
          }
          const track = await join(ref, start.application, options, deps).done;
          const { stage } = track;
          return end(stage.kind === 'done' ? stage.verdict : notStarted(starting), start.application, track);
        }
        const way = await makeWay(ref, start.application, start.what, options, deps, tell);
        inTheWay = way.what;
        if (way.verdict !== undefined) return end(way.verdict, start.application);
        break;
      }
    }
  }
}

const stuckVerdict = (what: string): Verdict => ({
  name: 'conflict',
  message: what,
  hint: '`on-running-operation: terminate` starts a new operation in its place.',
});

async function stillStuck(
  ref: ApplicationRef,
  deps: TriggerDeps,
  start: { readonly what: string },
): Promise<Verdict | undefined> {
  try {
    const application = await deps.client.get(ref, deps.starting);
    const state = application.operationState;
    const stuck = application.operation === undefined && state !== undefined && !isTerminal(state.phase);
    return stuck ? stuckVerdict(start.what) : undefined;
  } catch {
    return undefined; // The next round meets the same error and names it.
  }
}

interface Round {
  /** 0: the first, which may trust what the list said. */
  readonly number: number;
  readonly id: string;
  /** The stuck operation that may be replaced, as it was described; `''`: none. */
  readonly recover: string;
  /** What was sent before under this id without a clear answer. */
  readonly sent: Sent | undefined;
  /** Says what will be asked for, once. */
  readonly announce: (wanted: string) => void;
  /** Says what people should know about it, once. */
  readonly tell: (note: string) => void;
}

async function startOnce(
  candidate: Candidate,
  options: TriggerOptions,
  deps: TriggerDeps,
  round: Round,
): Promise<Start> {
  const { client, clock, emit, starting } = deps;
  const { ref } = candidate;
  starting.throwIfAborted();
  const first = round.number === 0;
  const readAtMs = clock.now();
  const light = first && !needsWhole(options.wish);
  const application = light ? await client.prepare(candidate, starting) : await client.get(ref, starting);
  starting.throwIfAborted();
  if (round.sent !== undefined && wasCarriedOut(application, round.id)) {
    // It was only late. Its baseline is the state it was sent from, not the one after it.
    const { seen, request } = round.sent;
    const following = deps.follower.follow(ref, goalFor(seen, request, options), seen);
    following.accepted(seen);
    following.observe(application, readAtMs);
    emit({ kind: 'triggered', ref, id: round.id });
    return { kind: 'started', following, answered: true, application: seen };
  }
  if (round.sent !== undefined && hasOperatedSince(round.sent.seen, application)) {
    return { kind: 'verdict', verdict: UNKNOWN_WHETHER_CARRIED_OUT, application };
  }
  const plan = planSync(application, options.wish, round.id);
  if (plan.kind === 'refuse') return { kind: 'verdict', verdict: plan.verdict, application };
  if (plan.kind === 'busy' || (plan.kind === 'stuck' && plan.what !== round.recover)) {
    // What a list said is too old, and too little: it does not tell whose operation it is.
    return first ? { kind: 'again', afterMs: 0, note: '' } : { kind: plan.kind, application, what: plan.what };
  }
  const refusal = await refuseMissingRevision(
    deps,
    application,
    { request: plan.request, wish: options.wish },
    starting,
    round.tell,
  );
  if (refusal !== undefined) return { kind: 'verdict', verdict: refusal, application };
  // Where nobody refuses it, a sync outside of its window would be parked, and run when nobody waits for it any more.
  if ((await client.syncWindow(application, 'before-sync', starting)) === 'closed')
    return windowClosed(application, options);
  starting.throwIfAborted();
  for (const note of plan.notes) round.tell(note);
  round.announce(describeRequest(application, plan.request));
  const following = deps.follower.follow(ref, goalFor(application, plan.request, options), application);
  return send(application, plan.request, following, options, deps, round);
}

function goalFor(application: Application, request: SyncRequest, options: TriggerOptions): SyncGoal {
  return {
    kind: 'sync',
    identity: { kind: 'id', id: request.id },
    dryRun: request.dryRun,
    partial: request.resources.length > 0,
    toTarget: asksForTarget(application, request),
    createsNamespace: request.syncOptions.includes('CreateNamespace=true'),
    expectedRevision: options.expectedRevision,
    onSyncWindow: options.onSyncWindow,
    settle: options.settle,
  };
}

/** Sends the request until it is known to have been accepted or refused. Reads before it sends again (rule 19). */
async function send(
  seen: Application,
  request: SyncRequest,
  following: Following,
  options: TriggerOptions,
  deps: TriggerDeps,
  round: Round,
): Promise<Start> {
  const { client, clock, emit, signal } = deps;
  const accept = (baseline: Application): Start => {
    following.accepted(baseline);
    emit({ kind: 'triggered', ref: seen.ref, id: request.id });
    return { kind: 'started', following, answered: true, application: seen };
  };
  for (let times = (round.sent?.times ?? 0) + 1; ; times++) {
    try {
      return accept(await client.startSync(seen, request, signal));
    } catch (error) {
      if (!(error instanceof ArgoCdError)) {
        following.abandon();
        throw error;
      }
      if (signal.aborted) return { kind: 'started', following, answered: false, application: seen };
      if (error.ambiguous) {
        const found = await findRequest(seen, request, following, error, deps);
        if (signal.aborted) return { kind: 'started', following, answered: false, application: seen };
        if (found !== undefined) {
          // Its baseline is the state it was sent from, not the one after it.
          const start = accept(seen);
          if (found.readAtMs !== undefined) following.observe(found.application, found.readAtMs);
          return start;
        }
      }
      if (times >= SENDS || !(error.ambiguous || isTransient(error))) {
        following.abandon();
        return refused(error, seen, options, round, clock);
      }
      const askedToWaitMs = Math.min(error.retryAfterMs ?? 0, MAX_RETRY_AFTER_MS);
      await clock.delay(Math.max(askedToWaitMs, backoff(times, clock)), signal).catch(() => {});
      if (!error.ambiguous && !signal.aborted) continue;
      following.abandon();
      if (!error.ambiguous) return { kind: 'again', afterMs: 0, note: '' };
      // Its state may have changed since; a new round checks everything again, with the same id.
      const note = `no clear answer to the sync request (${error.message}); it was not carried out, sending it again`;
      return { kind: 'again', afterMs: 0, note: signal.aborted ? '' : note, sent: { seen, request, times } };
    }
  }
}

/** Doubling from half a second, half of it left to chance. */
const backoff = (sends: number, clock: Clock): number => 500 * 2 ** (sends - 1) * (0.5 + clock.random() / 2);

/**
 * Over the Kubernetes API what comes late carries a version that is over by then, once another one was accepted; the Argo CD API
 * takes it at any time.
 */
const mayComeLate = ({ code, status }: ArgoCdError, { transport }: ArgoCdClient): boolean =>
  code === 'timeout' || (transport === 'argocd' && (status === 504 || status === 408));

/** Looks whether a request whose answer is lost was carried out. Throws when that cannot be known. */
async function findRequest(
  seen: Application,
  request: SyncRequest,
  following: Following,
  cause: ArgoCdError,
  deps: TriggerDeps,
): Promise<{ readonly application: Application; readonly readAtMs: number | undefined } | undefined> {
  const { client, clock, signal } = deps;
  const pauses = mayComeLate(cause, client) ? SLOW_LOOKS_MS : LOOKS_MS;
  for (const [index, pauseMs] of pauses.entries()) {
    if (pauseMs > 0) await clock.delay(pauseMs, signal).catch(() => {});
    if (following.state().stage.kind !== 'asking') return { application: seen, readAtMs: undefined };
    try {
      const readAtMs = clock.now();
      const application = await client.get(seen.ref, signal);
      if (wasCarriedOut(application, request.id)) return { application, readAtMs };
    } catch (error) {
      if (signal.aborted) return undefined;
      if (index === pauses.length - 1) {
        following.abandon();
        throw new ArgoCdError(
          'unavailable',
          `no answer to the sync request, and it cannot be seen whether it was carried out: ${cause.message}`,
          {
            cause: error,
            hint: 'Look at the Application in Argo CD before running the step again.',
          },
        );
      }
    }
  }
  return undefined;
}

/** Whether the request with this id became an operation of the Application. */
const wasCarriedOut = (application: Application, id: string): boolean =>
  operationId(application.operation) === id ||
  operationId(application.operationState?.operation) === id ||
  application.history.some((entry) => entry.initiatedBy === initiatorOf(id));

/**
 * Whether an operation that is not ours has run since, so that ours may have been before it and left no trace. Every request
 * for a sync removes the state of the operation before it: as long as that is there, nothing was asked for.
 */
const hasOperatedSince = ({ operationState: before }: Application, { operationState: now }: Application): boolean =>
  before?.startedAt !== now?.startedAt || before?.finishedAt !== now?.finishedAt || before?.phase !== now?.phase;

const UNKNOWN_WHETHER_CARRIED_OUT: Verdict = {
  name: 'conflict',
  message:
    'no clear answer to the sync request, and another operation has run since: whether ours was carried out before it cannot be seen, so it is not sent again',
  hint: 'Look at the history of the Application in Argo CD, then run the step again.',
};

function refused(
  error: ArgoCdError,
  application: Application,
  options: TriggerOptions,
  round: Round,
  clock: Clock,
): Start {
  switch (error.code) {
    case 'conflict':
    // Whose operation is in the way, a look tells; it may even be ours, sent before without an answer.
    case 'busy':
      return { kind: 'again', afterMs: backoff(Math.min(round.number, 4), clock) / 5, note: '' };
    case 'blocked':
      return windowClosed(application, options);
    default:
      return { kind: 'verdict', verdict: errorVerdict(error, application.sources), application };
  }
}

/** Nothing was started: wait for the window, or say so. */
function windowClosed(application: Application, options: TriggerOptions): Start {
  if (options.onSyncWindow === 'wait') {
    return { kind: 'again', afterMs: WINDOW_RETRY_MS, note: 'a sync window is closed; waiting for it to open' };
  }
  return { kind: 'verdict', application, verdict: closedWindowVerdict(options.onSyncWindow) };
}

/**
 * Waits until the operation in the way has ended, and ends it first where that is asked for. `verdict`: it cannot be done;
 * `what`: the operation, as it was seen last.
 */
async function makeWay(
  ref: ApplicationRef,
  application: Application,
  what: string,
  options: TriggerOptions,
  deps: TriggerDeps,
  tell: (text: string) => void,
): Promise<{ readonly verdict: Verdict | undefined; readonly what: string }> {
  const { client, clock, follower, limit, starting: signal } = deps;
  const lookAgain = { verdict: undefined, what };
  let seen = application;
  if (options.onRunningOperation === 'terminate') {
    try {
      seen = await limit(() => client.get(ref, signal));
      if (seen.operation === undefined) return lookAgain;
      tell(`terminating: ${what}`);
      const answer = await limit(() => client.terminate(seen, signal));
      if (answer !== 'terminating') return lookAgain;
    } catch (error) {
      if (wasStopped(error, signal)) return lookAgain;
      const passes = error instanceof ArgoCdError && (error.code === 'conflict' || isTransient(error));
      if (!passes) return { verdict: errorVerdict(error), what };
      // Changed meanwhile, or not picked up yet, which over the Argo CD API cannot be ended.
      await clock.delay(PICKUP_RETRY_MS * (0.5 + clock.random() / 2), signal).catch(() => {});
      return lookAgain;
    }
  } else {
    tell(`waiting: ${what}`);
  }
  if (signal.aborted) return lookAgain;
  const following = follower.follow(ref, { kind: 'idle' }, seen);
  const stopped = Promise.withResolvers<void>();
  const onAbort = (): void => stopped.resolve();
  signal.addEventListener('abort', onAbort, { once: true });
  await Promise.race([following.done, stopped.promise]);
  signal.removeEventListener('abort', onAbort);
  const { stage, latest } = following.state();
  following.abandon();
  const now = latest?.operation === undefined ? what : describeRunning(latest);
  if (signal.aborted || stage.kind !== 'done' || stage.verdict.name === 'terminated') {
    return { verdict: undefined, what: now };
  }
  if (stage.verdict.name !== 'blocked') return { verdict: stage.verdict, what: now };
  // It ends when the window opens, and ours could not start before that either.
  if (options.onSyncWindow === 'skip') return { verdict: { ...stage.verdict, name: 'skipped', hint: '' }, what: now };
  if (options.onSyncWindow === 'fail') return { verdict: stage.verdict, what: now };
  tell('a sync window is closed; waiting for it to open');
  await clock.delay(WINDOW_RETRY_MS, signal).catch(() => {});
  return { verdict: undefined, what: now };
}

/** Whether the running operation does what we would ask for, so that it can be joined. */
function syncsTheSame(application: Application, wish: Wish): boolean {
  const sync = application.operation?.sync;
  if (sync === undefined || sync.dryRun !== wish.dryRun || sync.prune !== wish.prune) return false;
  // Of another partial sync only the number of resources could be compared.
  if (sync.partial || wish.resources.length > 0) return false;
  if (application.multiSource) {
    const wanted = wantedRevisions(application, wish);
    return application.sources.every((_, index) => (sync.revisions[index] ?? '') === (wanted[index] ?? ''));
  }
  const target = application.sources[0]?.targetRevision || 'HEAD';
  const wanted = wish.revision || target;
  return sync.revision === ''
    ? wanted === target
    : sync.revision === wanted || (wanted === target && sync.revision === application.sync.revisions[0]);
}

const isRunning = ({ operationState }: Application): boolean =>
  operationState !== undefined && !isTerminal(operationState.phase);

/** Follows somebody else's operation, which runs, as if it were ours. */
function join(ref: ApplicationRef, application: Application, options: TriggerOptions, deps: TriggerDeps): Following {
  const { operationState: state } = application;
  const id = operationId(state?.operation);
  const following = deps.follower.follow(
    ref,
    {
      kind: 'sync',
      identity:
        id === undefined
          ? { kind: 'joined', startedAt: state?.startedAt ?? '', initiatedBy: state?.operation.initiatedBy ?? '' }
          : { kind: 'id', id },
      dryRun: options.wish.dryRun,
      partial: false,
      toTarget: wantsTarget(application, options.wish),
      createsNamespace: false,
      expectedRevision: options.expectedRevision,
      onSyncWindow: options.onSyncWindow,
      settle: options.settle,
    },
    application,
  );
  following.accepted(application);
  return following;
}

const wantsTarget = (application: Application, wish: Wish): boolean =>
  asksForTarget(application, { revision: wish.revision, revisions: wantedRevisions(application, wish) });
