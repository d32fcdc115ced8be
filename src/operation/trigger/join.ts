import { type Application, type ApplicationRef, isTerminal, operationId } from '../../argocd/application.ts';
import type { Following } from '../follow/follower.ts';
import { asksForTarget, type Wish, wantedRevisions } from '../plan.ts';
import type { TriggerDeps, TriggerOptions } from './options.ts';

/** Whether the running operation does what we would ask for, so that it can be joined. */
export function syncsTheSame(application: Application, wish: Wish): boolean {
  const sync = application.operation?.sync;
  if (sync === undefined || sync.dryRun !== wish.dryRun || sync.prune !== wish.prune) return false;
  // Of another partial sync only the number of resources could be compared.
  if (sync.partial || wish.resources.length > 0) return false;
  if (application.multiSource) {
    const wanted = wantedRevisions(application, wish);
    return application.sources.every((_, index) => (sync.revisions[index] ?? '') === (wanted[index] ?? ''));
  }
  const target = application.sources[0]?.targetRevision || 'HEAD';
  const wanted = wish.revision || target;
  return sync.revision === ''
    ? wanted === target
    : sync.revision === wanted || (wanted === target && sync.revision === application.sync.revisions[0]);
}

export const isRunning = ({ operationState }: Application): boolean =>
  operationState !== undefined && !isTerminal(operationState.phase);

/** Follows somebody else's operation, which runs, as if it were ours. */
export function join(
  ref: ApplicationRef,
  application: Application,
  options: TriggerOptions,
  deps: TriggerDeps,
): Following {
  const { operationState: state } = application;
  const id = operationId(state?.operation);
  const following = deps.follower.follow(
    ref,
    {
      kind: 'sync',
      identity:
        id === undefined
          ? { kind: 'joined', startedAt: state?.startedAt ?? '', initiatedBy: state?.operation.initiatedBy ?? '' }
          : { kind: 'id', id },
      dryRun: options.wish.dryRun,
      partial: false,
      toTarget: wantsTarget(application, options.wish),
      createsNamespace: false,
      expectedRevision: options.expectedRevision,
      onSyncWindow: options.onSyncWindow,
      settle: options.settle,
    },
    application,
  );
  following.accepted(application);
  return following;
}

const wantsTarget = (application: Application, wish: Wish): boolean =>
  asksForTarget(application, { revision: wish.revision, revisions: wantedRevisions(application, wish) });
