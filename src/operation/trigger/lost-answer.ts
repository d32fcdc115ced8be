import { type Application, operationId } from '../../argocd/application.ts';
import type { ArgoCdClient, SyncRequest } from '../../argocd/client.ts';
import { ArgoCdError } from '../../argocd/errors.ts';
import type { Verdict } from '../../argocd/verdict.ts';
import type { Following } from '../follow/follower.ts';
import { initiatorOf } from '../plan.ts';
import type { TriggerDeps } from './options.ts';

/** Pauses before each look for a request whose answer is lost: the server may still be at it. */
const LOOKS_MS = [0, 1_000];
/** The same when the server, or a gateway before it, was too slow to answer: it may carry it out long after we gave up. */
const SLOW_LOOKS_MS = [0, 1_000, 1_000, 2_000, 2_000, 3_000, 3_000, 5_000, 5_000, 8_000];

/**
 * Over the Kubernetes API what comes late carries a version that is over by then, once another one was accepted; the Argo CD API
 * takes it at any time.
 */
const mayComeLate = ({ code, status }: ArgoCdError, { transport }: ArgoCdClient): boolean =>
  code === 'timeout' || (transport === 'argocd' && (status === 504 || status === 408));

/** Looks whether a request whose answer is lost was carried out. Throws when that cannot be known. */
export async function findRequest(
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
export const wasCarriedOut = (application: Application, id: string): boolean =>
  operationId(application.operation) === id ||
  operationId(application.operationState?.operation) === id ||
  application.history.some((entry) => entry.initiatedBy === initiatorOf(id));

/**
 * Whether an operation that is not ours has run since, so that ours may have been before it and left no trace. Every request
 * for a sync removes the state of the operation before it: as long as that is there, nothing was asked for.
 */
export const hasOperatedSince = (
  { operationState: before }: Application,
  { operationState: now }: Application,
): boolean =>
  before?.startedAt !== now?.startedAt || before?.finishedAt !== now?.finishedAt || before?.phase !== now?.phase;

export const UNKNOWN_WHETHER_CARRIED_OUT: Verdict = {
  name: 'conflict',
  message:
    'no clear answer to the sync request, and another operation has run since: whether ours was carried out before it cannot be seen, so it is not sent again',
  hint: 'Look at the history of the Application in Argo CD, then run the step again.',
};
