import pLimit from 'p-limit';
import { type Application, type ApplicationRef, isTerminal, operationId } from '../argocd/application.ts';
import type { ArgoCdClient } from '../argocd/client.ts';
import type { Clock } from '../lib/clock.ts';
import { counted } from '../lib/text.ts';
import type { Outcome } from '../operation/outcome.ts';
import { ask, HEARD_WITHIN_MS } from '../operation/terminate.ts';
import type { Emit } from '../report/events.ts';

/** An operation that this run started and may have left behind. */
export interface LeftBehind {
  readonly ref: ApplicationRef;
  readonly operationId: string;
}

/** What of an outcome has to be ended, or spoken of, when the run stops waiting; undefined: nothing. */
export const leftBehind = (ref: ApplicationRef, outcome: Outcome): LeftBehind | undefined =>
  mayStillRun(outcome) ? { ref, operationId: outcome.operationId } : undefined;

const AT_A_TIME = 20;

/**
 * Ends the operations that this run started and left behind, or says that they go on (rules 45 and 49). Takes no longer than
 * `withinMs` milliseconds. Never rejects.
 */
export async function endOwnOperations(
  choice: 'leave' | 'terminate',
  left: readonly LeftBehind[],
  deps: { readonly client: ArgoCdClient; readonly clock: Clock; readonly emit: Emit; readonly withinMs: number },
): Promise<void> {
  const { client, clock, emit } = deps;
  if (left.length === 0) return;
  if (choice === 'leave') {
    emit({
      kind: 'warning',
      text: `${left.length} operation${left.length === 1 ? ' that was' : 's that were'} started here may go on in Argo CD`,
    });
    return;
  }
  const stop = new AbortController();
  const cancelTimer = clock.schedule(deps.withinMs, () => stop.abort(new Error('no time left')));
  const limit = pLimit(AT_A_TIME);
  let ended = 0;
  const tell = async ({ ref, operationId: id }: LeftBehind): Promise<'removed' | 'terminating' | 'idle'> => {
    // Only what this run started: somebody else's operation may be there by now.
    const isOurs = (now: Application): boolean => operationId(now.operation) === id;
    return (await ask(ref, { client, clock, limit, signal: stop.signal }, isOurs)).answer;
  };
  const told: LeftBehind[] = [];
  await Promise.all(
    left.map(async (one) => {
      try {
        const answer = await tell(one);
        if (answer === 'idle') return;
        ended += 1;
        if (answer === 'terminating') told.push(one);
        emit({ kind: 'note', ref: one.ref, text: 'asked Argo CD to end its operation' });
      } catch {
        // Told by the count below.
      }
    }),
  );
  // Whether they heard: the controller may have written over it. As far as there is time.
  if (told.length > 0) {
    await clock
      .delay(HEARD_WITHIN_MS, stop.signal)
      .then(() => Promise.all(told.map(tell)))
      .catch(() => {});
  }
  cancelTimer();
  if (ended < left.length)
    emit({
      kind: 'warning',
      text: `${counted(left.length - ended, 'operation')} could not be ended in time, or had ended already`,
    });
}

const mayStillRun = ({ application, operationId: id, own, verdict }: Outcome): boolean => {
  if (!own || !(verdict.name === 'timed-out' || verdict.name === 'cancelled')) return false;
  const state = application?.operationState;
  return state === undefined || !isTerminal(state.phase) || operationId(state.operation) !== id;
};
