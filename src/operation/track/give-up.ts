import { isTerminal } from '../../argocd/application.ts';
import { ignoredHint, isIgnored } from '../ignored.ts';
import { explainHeld, explainRunning } from '../messages.ts';
import { isStuck, missing } from './missing.ts';
import { done, type Track } from './state.ts';

/** The verdict of an Application that the step stops waiting for. */
export function giveUp(state: Track, name: 'timed-out' | 'cancelled', atMs: number): Track {
  if (state.stage.kind === 'done') return state;
  const what = missing(state, atMs) || 'not finished';
  const trouble = state.trouble === '' ? '' : `; could not be read: ${state.trouble}`;
  const hint = name === 'cancelled' ? '' : timeoutHint(state);
  return done(state, { name, message: `${what}${trouble}`, hint }, atMs);
}

function timeoutHint(state: Track): string {
  const { stage, latest } = state;
  if (latest !== undefined && isIgnored(latest)) return ignoredHint(latest);
  if (stage.kind === 'requested' && state.goal.kind === 'sync') {
    return 'Check that the application controller runs and is responsible for this namespace and cluster.';
  }
  const operationState = latest?.operationState;
  if (latest !== undefined && isStuck(latest)) {
    return 'A sync with `on-running-operation: terminate` starts a new operation in its place.';
  }
  if (latest !== undefined && operationState !== undefined && !isTerminal(operationState.phase)) {
    return (
      explainRunning(latest, operationState) ||
      explainHeld(operationState.message) ||
      'The operation goes on; a longer `timeout` waits for it.'
    );
  }
  return 'Look at the Application in Argo CD; a longer `timeout` gives it more time.';
}
