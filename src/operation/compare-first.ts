import type { LimitFunction } from 'p-limit';
import { type ApplicationRef, REFRESH_ANNOTATION, SKIP_RECONCILE_ANNOTATION } from '../argocd/application.ts';
import type { ArgoCdClient } from '../argocd/client.ts';
import { ArgoCdError } from '../argocd/errors.ts';
import type { Clock } from '../lib/clock.ts';
import { formatElapsed } from '../lib/duration.ts';

export interface CompareDeps {
  readonly client: ArgoCdClient;
  /** Bounds requests, not the time between them. */
  readonly limit: LimitFunction;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** A comparison is consumed in a tenth of a second, behind a queue in a minute perhaps. */
const WITHIN_MS = 60_000;
const FIRST_LOOK_MS = 200;
const SLOWEST_LOOK_MS = 2_000;

/**
 * Asks for one comparison and waits for it, a minute at most, so that Argo CD knows the resources that the newest commit
 * brought (rule 13). Answers why they may be old, `''`: they are not. Never rejects.
 */
export async function compareFirst(ref: ApplicationRef, deps: CompareDeps): Promise<string> {
  const { client, clock, limit, signal } = deps;
  const untilMs = clock.now() + WITHIN_MS;
  try {
    const seen = await limit(() => client.get(ref, signal));
    // Nothing will be compared, and nothing will be synced.
    if (seen.deleting || seen.annotations[SKIP_RECONCILE_ANNOTATION] === 'true') return '';
    // A request that is there already began before ours.
    if (seen.annotations[REFRESH_ANNOTATION] !== undefined && !(await consumed(ref, deps, untilMs))) return LATE;
    const answer = await limit(() => client.refresh(ref, signal));
    return answer.kind === 'consumed' || (await consumed(ref, deps, untilMs)) ? '' : LATE;
  } catch (error) {
    return error instanceof ArgoCdError ? error.message : String(error);
  }
}

const LATE = `Argo CD has not compared it within ${formatElapsed(WITHIN_MS)}`;

/** Waits until the request for a comparison is gone, which means that it was made. */
async function consumed(ref: ApplicationRef, deps: CompareDeps, untilMs: number): Promise<boolean> {
  const { client, clock, limit, signal } = deps;
  for (let pauseMs = FIRST_LOOK_MS; clock.now() < untilMs; pauseMs = Math.min(pauseMs * 1.5, SLOWEST_LOOK_MS)) {
    await clock.delay(pauseMs, signal);
    const { annotations } = await limit(() => client.get(ref, signal));
    if (annotations[REFRESH_ANNOTATION] === undefined) return true;
  }
  return false;
}
