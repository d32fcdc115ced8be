import { type Application, isTerminal } from '../../argocd/application.ts';
import { formatElapsed } from '../../lib/duration.ts';
import { isIgnored, NOT_PICKED_UP } from '../ignored.ts';
import { shortRevisions } from '../revisions.ts';
import { describeMissing } from '../settle/missing.ts';
import { settleGoal } from './goal.ts';
import type { Track } from './state.ts';
import { running } from './without-sync.ts';

/** What is still missing, for people; `''`: nothing. */
export function missing(state: Track, atMs: number): string {
  const { stage, latest, goal } = state;
  switch (stage.kind) {
    case 'asking':
      return 'the request was not answered yet';
    case 'requested':
      if (goal.kind === 'state') {
        const runs = latest === undefined ? [] : running(latest);
        return goal.expectedRevision === ''
          ? 'not looked at yet'
          : `runs ${shortRevisions(runs) || 'nothing yet'}, expected ${goal.expectedRevision}`;
      }
      return goal.kind === 'idle'
        ? describeBusy(latest)
        : latest !== undefined && isIgnored(latest)
          ? NOT_PICKED_UP
          : `no controller has picked the operation up for ${formatElapsed(atMs - state.stageSinceMs)}`;
    case 'running':
      return describeBusy(latest);
    case 'overtaken':
      return 'its operation was overtaken by another one';
    case 'settling': {
      const settle = settleGoal(goal);
      if (latest === undefined || settle === undefined) return '';
      return stage.rival === 'running' ? describeBusy(latest) : describeMissing(stage.settling, latest, settle, atMs);
    }
    case 'done':
      return '';
  }
}

const describeBusy = (application: Application | undefined): string => {
  const state = application?.operationState;
  if (application !== undefined && isStuck(application)) {
    return `its operation is shown as ${state?.phase}, but nobody works on it any more`;
  }
  if (state === undefined || isTerminal(state.phase)) return 'an operation is asked for and not picked up yet';
  return `operation ${state.phase}${state.message === '' ? '' : `: ${state.message}`}`;
};

/** Shown as running, with nothing asked for: no controller ever ends that (rule 48). */
export const isStuck = ({ operation, operationState }: Application): boolean =>
  operation === undefined && operationState !== undefined && !isTerminal(operationState.phase);
