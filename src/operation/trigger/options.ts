import type { LimitFunction } from 'p-limit';
import type { Clock } from '../../lib/clock.ts';
import type { Emit } from '../../report/events.ts';
import type { Follower } from '../follow/follower.ts';
import type { RevisionSources } from '../missing-revision.ts';
import type { Wish } from '../plan.ts';
import type { SettleGoal } from '../settle/goal.ts';

/** How syncs are started, the same for every Application. */
export interface TriggerOptions {
  readonly wish: Wish;
  readonly expectedRevision: string;
  readonly onRunningOperation: 'wait' | 'join' | 'terminate' | 'fail';
  readonly onSyncWindow: 'fail' | 'wait' | 'skip';
  readonly async: boolean;
  /** Undefined: the end of the operation is enough. */
  readonly settle: SettleGoal | undefined;
}

export interface TriggerDeps extends RevisionSources {
  readonly follower: Follower;
  /** Bounds how many requests are made at a time; waiting is never under it. */
  readonly limit: LimitFunction;
  readonly clock: Clock;
  readonly emit: Emit;
  readonly newId: () => string;
  /** Aborts when the run ends: time-out or cancellation. The follower then gives everything up. Its reason is an {@link Ending}. */
  readonly signal: AbortSignal;
  /** Aborts when nothing more may be started: as `signal`, or earlier with fail-fast. Its reason is an {@link Ending}. */
  readonly starting: AbortSignal;
}
