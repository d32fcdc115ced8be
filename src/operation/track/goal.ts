import type { SettleGoal } from '../settle/goal.ts';

export type Goal = SyncGoal | StateGoal | IdleGoal;

/** Follow one operation, and then health if that is wanted. */
export interface SyncGoal {
  readonly kind: 'sync';
  readonly identity: Identity;
  readonly dryRun: boolean;
  readonly partial: boolean;
  readonly toTarget: boolean;
  readonly createsNamespace: boolean;
  /** Prefix of a commit, `''`: any. */
  readonly expectedRevision: string;
  readonly onSyncWindow: 'fail' | 'wait' | 'skip';
  /** Undefined: the end of the operation is enough. */
  readonly settle: SettleGoal | undefined;
}

/** How the operation is known. By our id (rule 14), or, for one we joined, by its start and its author. */
export type Identity =
  | { readonly kind: 'id'; readonly id: string }
  | { readonly kind: 'joined'; readonly startedAt: string; readonly initiatedBy: string };

/** Trigger nothing; wait until operations have ended and the state is as wanted. */
export interface StateGoal {
  readonly kind: 'state';
  readonly expectedRevision: string;
  readonly settle: SettleGoal;
}

/** Wait until no operation is there. */
export interface IdleGoal {
  readonly kind: 'idle';
}

/** What counts as settled, where that is waited for. */
export const settleGoal = (goal: Goal): SettleGoal | undefined => (goal.kind === 'idle' ? undefined : goal.settle);
