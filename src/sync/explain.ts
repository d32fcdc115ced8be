import type { ArgoCdClient } from '../argocd/client.ts';
import { type Explanation, UNEXPLAINED } from '../argocd/explanation.ts';
import type { Verdict, VerdictName } from '../argocd/verdict.ts';
import type { Clock } from '../lib/clock.ts';
import type { Outcome } from '../operation/outcome.ts';

/** So many Applications are explained; where more fail, they rarely fail for more reasons. */
const APPLICATIONS = 10;
/** How long one explanation may take. With what else is done after a time-out it stays within 5 s. */
const WITHIN_MS = 3_000;
/** Resources named in a message. */
const NAMED = 3;

/** Verdicts behind which there may be a resource in trouble. */
const EXPLAINABLE: readonly VerdictName[] = ['sync-failed', 'degraded', 'timed-out'];

/**
 * Looks up why an Application did not pass, for the first ones of a run. Optional in every way: never fails, is given up after
 * 3 s, and is not begun, nor waited for, once the run is cancelled.
 */
export function createExplainer(deps: {
  readonly client: ArgoCdClient;
  readonly clock: Clock;
  readonly cancelled: AbortSignal;
}): (outcome: Outcome) => Promise<Explanation> {
  const { client, clock, cancelled } = deps;
  let left = APPLICATIONS;
  return async ({ verdict, application }) => {
    if (application === undefined || !EXPLAINABLE.includes(verdict.name) || cancelled.aborted || left === 0) {
      return UNEXPLAINED;
    }
    left -= 1;
    const controller = new AbortController();
    const stop = (): void => controller.abort();
    const cancelTimer = clock.schedule(WITHIN_MS, stop);
    cancelled.addEventListener('abort', stop, { once: true });
    try {
      return await client.explain(application, controller.signal);
    } catch {
      return UNEXPLAINED;
    } finally {
      cancelTimer();
      cancelled.removeEventListener('abort', stop);
    }
  };
}

/** The verdict with the resources at fault in its message, where it is about health and does not name them yet. */
export function withCause(outcome: Outcome, explanation: Explanation): Verdict {
  const { verdict, application } = outcome;
  const aboutHealth = verdict.name === 'degraded' || verdict.name === 'timed-out';
  if (!aboutHealth || application === undefined || application.health.status === 'Healthy') return verdict;
  const { unhealthy, events } = explanation;
  const [event] = events;
  const causes =
    unhealthy.length > 0
      ? unhealthy.slice(0, NAMED).map(({ kind, name, health, message }) => {
          const why = message === '' || verdict.message.includes(message) ? '' : ` (${message})`;
          return { subject: `${kind}/${name}`, text: `${kind}/${name} ${health}${why}` };
        })
      : event === undefined
        ? []
        : [{ subject: event.name, text: `${event.kind}/${event.name} ${event.reason} (${event.message})` }];
  const news = causes.filter(({ subject }) => !verdict.message.includes(subject)).map(({ text }) => text);
  return news.length === 0 ? verdict : { ...verdict, message: `${verdict.message}: ${news.join(', ')}` };
}
