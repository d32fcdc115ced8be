import type { Application } from '../../argocd/application.ts';
import type { SyncRequest } from '../../argocd/client.ts';
import { ArgoCdError, isTransient } from '../../argocd/errors.ts';
import type { Clock } from '../../lib/clock.ts';
import { errorVerdict } from '../error-verdict.ts';
import type { Following } from '../follow/follower.ts';
import { findRequest } from './lost-answer.ts';
import type { TriggerDeps, TriggerOptions } from './options.ts';
import type { Round, Start } from './round.ts';
import { windowClosed } from './window-closed.ts';

/** Sends of one request, the first included. */
const SENDS = 5;
/** What is honoured at most when a server asks to wait. */
const MAX_RETRY_AFTER_MS = 60_000;

/** Sends the request until it is known to have been accepted or refused. Reads before it sends again (rule 19). */
export async function send(
  seen: Application,
  request: SyncRequest,
  following: Following,
  options: TriggerOptions,
  deps: TriggerDeps,
  round: Round,
): Promise<Start> {
  const { client, clock, emit, signal } = deps;
  const accept = (baseline: Application, askedMs?: number): Start => {
    following.accepted(baseline, askedMs);
    emit({ kind: 'triggered', ref: seen.ref, id: request.id });
    return { kind: 'started', following, answered: true, application: seen };
  };
  for (let times = (round.sent?.times ?? 0) + 1; ; times++) {
    try {
      const askedMs = times === 1 ? clock.now() : undefined;
      return accept(await client.startSync(seen, request, signal), askedMs);
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
