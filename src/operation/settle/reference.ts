import type { Application } from '../../argocd/application.ts';
import type { LeftOver } from '../left-over.ts';
import { sameRevisions } from '../revisions.ts';
import type { SettleGoal } from './goal.ts';

/** What the state is measured against: the end of an operation. Stamps of the controller's clock. */
export interface Reference {
  /** Null: there is no operation whose end must have been seen. */
  readonly finishedAt: string | null;
  readonly startedAt: string;
  /** What was synced, one for each source. */
  readonly revisions: readonly string[];
  /** What the last comparison had resolved before the operation was asked for. */
  readonly revisionsBefore: readonly string[];
  /** `reconciledAt` in the first state that showed the operation's end. */
  readonly reconciledAtFirst: string;
  /** That state said OutOfSync: Synced beside the synced revision then comes from a later comparison, which saw what was applied. */
  readonly outOfSyncFirst: boolean;
  /** The sync went to the Application's own target: Synced is then what success looks like. */
  readonly toTarget: boolean;
  /** Only some resources were synced: the whole need not be Synced (rule 28). */
  readonly partial: boolean;
  /** What the operation did not prune. */
  readonly leftOver: LeftOver;
  /** The operation said of every resource that it is unchanged: what is shown cannot be older than it. */
  readonly unchanged: boolean;
  /** Another operation tried another revision and failed half-way: only Synced of the very revision tells that ours runs. */
  readonly contested: boolean;
  /** The newest history entry then: what is newer was synced in full by others. */
  readonly historyId: number;
}

/** What is compared is what was synced. */
export const isAtTarget = (application: Application, reference: Reference): boolean =>
  reference.toTarget || sameRevisions(application.sync.revisions, reference.revisions);

export const isElsewhere = (application: Application, reference: Reference): boolean =>
  !sameRevisions(application.sync.revisions, reference.revisions);

/** Whether nothing but Synced will do. */
export const wantsSynced = (goal: SettleGoal, reference: Reference): boolean =>
  goal.requireSynced && reference.toTarget && !reference.partial;
