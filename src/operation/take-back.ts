import { type ApplicationRef, operationId } from '../argocd/application.ts';
import type { Verdict } from '../argocd/verdict.ts';
import { isWindowBlocked } from './messages.ts';
import { ask, type TerminateDeps } from './terminate.ts';
import type { Track } from './track/state.ts';

/** A closed sync window holds the operation, and nobody is going to wait for it. */
export const isParked = ({ stage, latest }: Track): boolean =>
  stage.kind === 'done' &&
  (stage.verdict.name === 'blocked' || stage.verdict.name === 'skipped') &&
  isWindowBlocked(latest?.operationState?.message ?? '');

/**
 * Tells a parked operation of ours to end, so that it does not sync by itself when the window opens, when nobody asks for it any
 * more. Argo CD ends it only then, without syncing. Answers the verdict with what came of it. Never rejects.
 */
export async function takeBack(
  ref: ApplicationRef,
  id: string,
  verdict: Verdict,
  deps: Pick<TerminateDeps, 'client' | 'clock' | 'limit' | 'signal'>,
): Promise<Verdict> {
  const told = (what: string): Verdict => ({ ...verdict, message: `${verdict.message}; ${what}` });
  try {
    const { answer } = await ask(ref, deps, (application) => operationId(application.operation) === id);
    return answer === 'idle' ? told('it is gone') : told('it was told to end, and will sync nothing');
  } catch (error) {
    const why = error instanceof Error ? error.message : 'the step ended';
    return told(`it could not be told to end (${why}), so it runs by itself when the window opens`);
  }
}
