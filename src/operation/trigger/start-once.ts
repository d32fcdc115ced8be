import type { Application } from '../../argocd/application.ts';
import type { Candidate, SyncRequest } from '../../argocd/client.ts';
import { refuseMissingRevision } from '../missing-revision.ts';
import { asksForTarget, describeRequest, needsWhole, planSync } from '../plan.ts';
import type { SyncGoal } from '../track/goal.ts';
import { hasOperatedSince, UNKNOWN_WHETHER_CARRIED_OUT, wasCarriedOut } from './lost-answer.ts';
import type { TriggerDeps, TriggerOptions } from './options.ts';
import type { Round, Start } from './round.ts';
import { send } from './send.ts';
import { windowClosed } from './window-closed.ts';

export async function startOnce(
  candidate: Candidate,
  options: TriggerOptions,
  deps: TriggerDeps,
  round: Round,
): Promise<Start> {
  const { client, clock, emit, starting } = deps;
  const { ref } = candidate;
  starting.throwIfAborted();
  const first = round.number === 0;
  const readAtMs = clock.now();
  const light = first && !needsWhole(options.wish);
  const application = light ? await client.prepare(candidate, starting) : await client.get(ref, starting);
  starting.throwIfAborted();
  if (round.sent !== undefined && wasCarriedOut(application, round.id)) {
    // It was only late. Its baseline is the state it was sent from, not the one after it.
    const { seen, request } = round.sent;
    const following = deps.follower.follow(ref, goalFor(seen, request, options), seen);
    following.accepted(seen);
    following.observe(application, readAtMs);
    emit({ kind: 'triggered', ref, id: round.id });
    return { kind: 'started', following, answered: true, application: seen };
  }
  if (round.sent !== undefined && hasOperatedSince(round.sent.seen, application)) {
    return { kind: 'verdict', verdict: UNKNOWN_WHETHER_CARRIED_OUT, application };
  }
  const plan = planSync(application, options.wish, round.id);
  if (plan.kind === 'refuse') return { kind: 'verdict', verdict: plan.verdict, application };
  if (plan.kind === 'busy' || (plan.kind === 'stuck' && plan.what !== round.recover)) {
    // What a list said is too old, and too little: it does not tell whose operation it is.
    return first ? { kind: 'again', afterMs: 0, note: '' } : { kind: plan.kind, application, what: plan.what };
  }
  const refusal = await refuseMissingRevision(
    deps,
    application,
    { request: plan.request, wish: options.wish },
    starting,
    round.tell,
  );
  if (refusal !== undefined) return { kind: 'verdict', verdict: refusal, application };
  // Where nobody refuses it, a sync outside of its window would be parked, and run when nobody waits for it any more.
  if ((await client.syncWindow(application, 'before-sync', starting)) === 'closed')
    return windowClosed(application, options);
  starting.throwIfAborted();
  for (const note of plan.notes) round.tell(note);
  round.announce(describeRequest(application, plan.request));
  const following = deps.follower.follow(ref, goalFor(application, plan.request, options), application);
  return send(application, plan.request, following, options, deps, round);
}

function goalFor(application: Application, request: SyncRequest, options: TriggerOptions): SyncGoal {
  return {
    kind: 'sync',
    identity: { kind: 'id', id: request.id },
    dryRun: request.dryRun,
    partial: request.resources.length > 0,
    toTarget: asksForTarget(application, request),
    createsNamespace: request.syncOptions.includes('CreateNamespace=true'),
    expectedRevision: options.expectedRevision,
    onSyncWindow: options.onSyncWindow,
    settle: options.settle,
  };
}
