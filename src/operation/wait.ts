import type { ApplicationRef } from '../argocd/application.ts';
import type { Outcome } from './outcome.ts';
import type { SettleGoal } from './settle/goal.ts';
import type { TriggerDeps } from './trigger/options.ts';

/** Waits until one Application is as wanted, without asking for a sync. Never rejects. */
export async function waitOne(
  ref: ApplicationRef,
  goal: { readonly expectedRevision: string; readonly settle: SettleGoal },
  deps: Pick<TriggerDeps, 'follower' | 'clock' | 'starting'>,
): Promise<Outcome> {
  const startedMs = deps.clock.now();
  const following = deps.follower.follow(ref, { kind: 'state', ...goal }, undefined);
  const track = await following.done;
  return {
    verdict: track.stage.kind === 'done' ? track.stage.verdict : { name: 'error', message: 'not decided', hint: '' },
    application: track.latest,
    operationId: '',
    own: false,
    revisions: [],
    resources: [],
    notes: track.notes,
    startedMs,
  };
}
