import pLimit from 'p-limit';
import { type Application, isTerminal } from '../argocd/application.ts';
import type { Candidate } from '../argocd/client.ts';
import { enumerate } from '../lib/text.ts';
import { compareAgain } from './comparison.ts';
import type { Outcome } from './outcome.ts';
import { asksForTarget, planSync, type Wish } from './plan.ts';
import { targetsOf } from './revisions.ts';
import type { TriggerDeps } from './trigger/options.ts';

/** Whether one Application is left alone, or what a sync of it should begin with. */
export type LeftAlone =
  | { readonly kind: 'unchanged'; readonly outcome: Outcome }
  | { readonly kind: 'sync'; readonly candidate: Candidate; readonly note: string };

export interface LeaveOptions {
  readonly wish: Wish;
  readonly expectedRevision: string;
  /** Comparisons asked for at a time. */
  readonly concurrency: number;
}

/**
 * Decides for each Application whether it is left alone: it is Synced to the wanted revision and Healthy, its last operation did
 * not fail, and a comparison that began after this step says so. What was compared before may be older than the newest
 * commit, so what looks done is compared again first. Whatever cannot be known for sure is synced. Never rejects.
 */
export function leaveAlone(
  options: LeaveOptions,
  deps: Pick<TriggerDeps, 'client' | 'clock' | 'limit' | 'starting'>,
): (candidate: Candidate) => Promise<LeftAlone> {
  const { client, clock, limit, starting } = deps;
  // Apart from other requests: over the Argo CD API a refresh is answered only when its comparison has ended.
  const comparing = pLimit(options.concurrency);

  return async (candidate) => {
    const sync = (application: Application | undefined, note = ''): LeftAlone => ({
      kind: 'sync',
      candidate: application === undefined ? candidate : { ...candidate, application },
      note,
    });
    let seen: Application;
    try {
      seen = await limit(() => client.prepare(candidate, starting));
    } catch {
      // The sync meets the same error and names it.
      return sync(undefined);
    }
    if (!isDone(seen, options, false)) return sync(undefined);
    try {
      const fresh = await comparing(() =>
        compareAgain(seen, { client, clock, limit: (request) => request(), signal: starting }),
      );
      if (fresh === undefined) return sync(undefined, 'was not compared again in time; syncing it');
      return isDone(fresh, options, true) ? { kind: 'unchanged', outcome: unchanged(fresh) } : sync(fresh);
    } catch (error) {
      if (starting.aborted) return sync(undefined);
      const reason = error instanceof Error ? error.message : String(error);
      return sync(undefined, `could not be compared again (${reason}); syncing it`);
    }
  };
}

/**
 * Whether this state leaves nothing to do. `final` false: what the state does not tell is taken to be so, because a list
 * over the Argo CD API tells no revisions.
 */
export function isDone(
  application: Application,
  options: Pick<LeaveOptions, 'wish' | 'expectedRevision'>,
  final: boolean,
): boolean {
  const plan = planSync(application, options.wish, '');
  if (plan.kind !== 'sync') return false;
  const { sync, health, operationState } = application;
  if (sync.status !== 'Synced' || health.status !== 'Healthy') return false;
  // A hook that failed leaves everything Synced and Healthy.
  if (operationState !== undefined && isTerminal(operationState.phase) && operationState.phase !== 'Succeeded') {
    return false;
  }
  const toTarget = asksForTarget(application, plan.request);
  if (sync.revisions.length === 0 && !final) return toTarget || isCommit(plan.request.revision);
  const expected = options.expectedRevision;
  if (expected !== '' && !sync.revisions.some((revision) => revision.toLowerCase().startsWith(expected))) return false;
  return toTarget || isSyncedTo(application, plan.request.revision);
}

const isCommit = (revision: string): boolean => /^[0-9a-f]{40}$/i.test(revision);

/** Synced means to the target. Whether another branch or tag is the same commit cannot be seen; whether a commit is, can. */
function isSyncedTo(application: Application, revision: string): boolean {
  const [only = '', ...more] = application.sync.revisions;
  return (
    !application.multiSource && more.length === 0 && isCommit(revision) && only.toLowerCase() === revision.toLowerCase()
  );
}

function unchanged(application: Application): Outcome {
  const targets = targetsOf(application.sources);
  return {
    verdict: {
      name: 'unchanged',
      message: `left alone: compared again, Synced to ${enumerate(targets)} and Healthy`,
      hint: '',
    },
    application,
    operationId: '',
    own: false,
    revisions: [],
    resources: [],
    notes: [],
    startedMs: undefined,
  };
}
