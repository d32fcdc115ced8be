import type { LimitFunction } from 'p-limit';
import { type Application, type ApplicationRef, isTerminal, operationId } from '../argocd/application.ts';
import type { ArgoCdClient } from '../argocd/client.ts';
import { ArgoCdError, isTransient } from '../argocd/errors.ts';
import type { Clock } from '../lib/clock.ts';
import type { Emit } from '../report/events.ts';
import { type Ending, wasStopped } from './ending.ts';
import { errorVerdict } from './error-verdict.ts';
import type { Follower, Following } from './follow/follower.ts';
import type { Outcome } from './outcome.ts';
import { describeRunning } from './plan.ts';
import type { Track } from './track/state.ts';

export interface TerminateDeps {
  readonly client: ArgoCdClient;
  readonly follower: Follower;
  readonly limit: LimitFunction;
  readonly clock: Clock;
  readonly emit: Emit;
  /** Its reason is an {@link Ending}. */
  readonly signal: AbortSignal;
}

/** Longest pause between two tries. */
const RETRY_MS = 1_000;
/**
 * How long an operation may be shown as Running after it was told to end. A controller that was at work on it may write over
 * what it was told, with a retry for example (`setOperationState` of Argo CD's controller is a merge patch without a version).
 */
export const HEARD_WITHIN_MS = 1_000;

/** Ends the running operation of one Application and waits until it has ended (rules 45 to 48). Never rejects. */
export async function terminateOne(ref: ApplicationRef, deps: TerminateDeps): Promise<Outcome> {
  const { clock, emit, follower, signal } = deps;
  const startedMs = clock.now();
  let application: Application | undefined;
  let trouble = '';
  const note = (error: ArgoCdError): void => {
    trouble = error.message;
  };
  const end = (name: Outcome['verdict']['name'], message: string, hint = ''): Outcome => ({
    verdict: { name, message, hint },
    application,
    operationId: '',
    own: false,
    revisions: application?.operationState?.syncResult?.revisions ?? [],
    resources: [],
    notes: [],
    startedMs,
  });
  try {
    const asked = await ask(ref, deps, undefined, note);
    application = asked.application;
    if (asked.answer === 'idle') {
      const state = application.operationState;
      if (state !== undefined && !isTerminal(state.phase)) {
        return end(
          'conflict',
          `its operation is shown as ${state.phase}, but nobody works on it any more; there is nothing to terminate`,
          'A new sync with `on-running-operation: terminate` clears it.',
        );
      }
      return end('unchanged', 'no operation is running');
    }
    emit({ kind: 'note', ref, text: `terminating: ${describeRunning(application)}` });
    if (asked.answer === 'removed') return end('terminated', 'the operation was removed before it was picked up');
    const following = follower.follow(ref, { kind: 'idle' }, undefined);
    const track = await untilHeard(ref, asked.application, following, deps);
    application = track.latest ?? application;
    if (track.stage.kind !== 'done') return end('error', 'the operation was not seen to end');
    const { verdict } = track.stage;
    return end(verdict.name, verdict.message, verdict.hint);
  } catch (error) {
    if (wasStopped(error, signal)) {
      const ending = signal.reason as Ending;
      return end(ending.verdict, `not terminated: ${ending.why}${trouble === '' ? '' : `; ${trouble}`}`);
    }
    const verdict = errorVerdict(error);
    return end(verdict.name, verdict.message, verdict.hint);
  }
}

/** Follows until the operation has ended, and tells it again to end when that was written over. */
async function untilHeard(
  ref: ApplicationRef,
  told: Application,
  following: Following,
  deps: TerminateDeps,
): Promise<Track> {
  const ended = new AbortController();
  const done = following.done.finally(() => ended.abort());
  const tellAgain = async (): Promise<void> => {
    const signal = AbortSignal.any([ended.signal, deps.signal]);
    for (;;) {
      await deps.clock.delay(HEARD_WITHIN_MS, signal);
      const { latest } = following.state();
      if (latest === undefined || !isSameOperation(told, latest) || latest.operationState?.phase !== 'Running')
        continue;
      await ask(ref, { ...deps, signal }, (now) => isSameOperation(told, now));
    }
  };
  tellAgain().catch(() => {});
  return done;
}

const isSameOperation = ({ operation: told }: Application, { operation: now }: Application): boolean =>
  now !== undefined && operationId(told) === operationId(now) && told?.initiatedBy === now.initiatedBy;

/**
 * Reads and asks for the end, again while a controller changes the Application at the same time, or an operation over the Argo
 * CD API has not begun and cannot be ended yet, or the server is not available; each time told to `retrying`. What `mayEnd`
 * refuses is left alone: `idle`.
 */
export async function ask(
  ref: ApplicationRef,
  deps: Pick<TerminateDeps, 'client' | 'clock' | 'limit' | 'signal'>,
  mayEnd: (application: Application) => boolean = () => true,
  retrying: (error: ArgoCdError) => void = () => {},
): Promise<{ readonly application: Application; readonly answer: 'removed' | 'terminating' | 'idle' }> {
  const { client, clock, limit, signal } = deps;
  for (let tries = 1; ; tries++) {
    try {
      // Waiting is not under the limit: others may be ended meanwhile.
      return await limit(async () => {
        const application = await client.get(ref, signal);
        return { application, answer: mayEnd(application) ? await client.terminate(application, signal) : 'idle' };
      });
    } catch (error) {
      if (!(error instanceof ArgoCdError) || !(error.code === 'conflict' || isTransient(error))) throw error;
      retrying(error);
      await clock.delay(Math.min(50 * tries, RETRY_MS) * (0.5 + clock.random() / 2), signal);
    }
  }
}
