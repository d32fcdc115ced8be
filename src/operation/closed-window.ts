import type { Verdict } from '../argocd/verdict.ts';

/** The verdict of an Application that was not started because its sync window is closed (rule 10). */
export const closedWindowVerdict = (policy: 'fail' | 'skip', nothing: 'was' | 'would be' = 'was'): Verdict => ({
  name: policy === 'skip' ? 'skipped' : 'blocked',
  message: `a sync window is closed, so nothing ${nothing} started`,
  hint: policy === 'skip' ? '' : '`on-sync-window: wait` waits for it to open, `skip` passes.',
});
