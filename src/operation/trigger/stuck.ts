import { type ApplicationRef, isTerminal } from '../../argocd/application.ts';
import type { Verdict } from '../../argocd/verdict.ts';
import type { TriggerDeps } from './options.ts';

/** A state that is shown as running without an operation must stay so for this long to be called stuck (rule 8). */
export const STUCK_MS = 5_000;

export const stuckVerdict = (what: string): Verdict => ({
  name: 'conflict',
  message: what,
  hint: '`on-running-operation: terminate` starts a new operation in its place.',
});

export async function stillStuck(
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
