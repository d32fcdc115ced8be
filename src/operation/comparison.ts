import { type Application, REFRESH_ANNOTATION } from '../argocd/application.ts';
import type { ArgoCdClient } from '../argocd/client.ts';
import type { Clock } from '../lib/clock.ts';

export interface ComparisonDeps {
  readonly client: Pick<ArgoCdClient, 'get' | 'refresh'>;
  /** Bounds requests, not the time between them. */
  readonly limit: <T>(request: () => Promise<T>) => Promise<T>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** A comparison is consumed in a tenth of a second, behind a queue in a minute perhaps. Milliseconds. */
export const COMPARED_WITHIN_MS = 60_000;
const FIRST_LOOK_MS = 200;
const SLOWEST_LOOK_MS = 2_000;

/**
 * Asks for a comparison and waits for it, a minute at most. Answers the state after one that began after this call; undefined:
 * it takes too long. Throws what reading, or asking for a refresh, throws.
 */
export async function compareAgain(seen: Application, deps: ComparisonDeps): Promise<Application | undefined> {
  const { client, clock, limit, signal } = deps;
  const untilMs = clock.now() + COMPARED_WITHIN_MS;
  // A request that is there already may have begun before ours, which would change nothing beside it.
  if (isAsked(seen) && (await consumed(seen, deps, untilMs)) === undefined) return undefined;
  const answer = await limit(() => client.refresh(seen.ref, signal));
  return answer.kind === 'consumed' ? answer.application : consumed(seen, deps, untilMs);
}

const isAsked = ({ annotations }: Application): boolean => annotations[REFRESH_ANNOTATION] !== undefined;

/** Waits until the request for a comparison is gone, which means that it was made. */
async function consumed(
  { ref }: Application,
  { client, clock, limit, signal }: ComparisonDeps,
  untilMs: number,
): Promise<Application | undefined> {
  for (let pauseMs = FIRST_LOOK_MS; clock.now() < untilMs; pauseMs = Math.min(pauseMs * 1.5, SLOWEST_LOOK_MS)) {
    await clock.delay(pauseMs, signal);
    const application = await limit(() => client.get(ref, signal));
    if (!isAsked(application)) return application;
  }
  return undefined;
}
