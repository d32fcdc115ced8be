import type { ApplicationRef } from '../../argocd/application.ts';
import type { ArgoCdClient } from '../../argocd/client.ts';
import { ArgoCdError } from '../../argocd/errors.ts';
import type { Clock } from '../../lib/clock.ts';
import { errorVerdict } from '../error-verdict.ts';
import type { Observation } from '../track/state.ts';

export interface ReadDeps {
  readonly client: Pick<ArgoCdClient, 'get' | 'refresh'>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Reads one Application, as an observation. Never rejects. */
export async function observeOne(ref: ApplicationRef, { client, clock, signal }: ReadDeps): Promise<Observation> {
  const readAtMs = clock.now();
  try {
    const application = await client.get(ref, signal);
    return { kind: 'application', application, readAtMs, atMs: clock.now() };
  } catch (error) {
    const atMs = clock.now();
    const code = error instanceof ArgoCdError ? error.code : undefined;
    if (code === 'not-found') return { kind: 'deleted', atMs };
    // No other read will do better (rule 42).
    if (code === 'forbidden' || code === 'unauthenticated') {
      return { kind: 'refused', verdict: errorVerdict(error), atMs };
    }
    // Transient errors were already retried; the next look tries again.
    return { kind: 'unread', reason: messageOf(error), atMs };
  }
}

/** Asks for a refresh; what came of it, as an observation. Never rejects. */
export async function askForRefresh(ref: ApplicationRef, { client, clock, signal }: ReadDeps): Promise<Observation> {
  try {
    const answer = await client.refresh(ref, signal);
    return answer.kind === 'consumed'
      ? { kind: 'refresh-consumed', application: answer.application, atMs: clock.now() }
      : { kind: 'refresh-asked', atMs: clock.now() };
  } catch (error) {
    return { kind: 'refresh-failed', reason: messageOf(error), atMs: clock.now() };
  }
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
