import { holdOf } from '../settle/hold.ts';
import { needsConfirmation, needsRead, needsRefresh, settleWakeAt } from '../settle/next.ts';
import { settleGoal } from './goal.ts';
import { remarkAtMs } from './remark.ts';
import type { Track } from './state.ts';

/** What the driver should do next for this Application. */
export interface Needs {
  /** Ask for a comparison. */
  readonly refresh: boolean;
  /** Read it now: only that decides. */
  readonly read: boolean;
  /** Look whether everything is as last seen; then the verdict is Healthy. */
  readonly confirm: boolean;
  /** Send a `tick` at this time. Monotonic milliseconds. */
  readonly wakeAtMs: number | undefined;
}

export function needs(state: Track, atMs: number): Needs {
  const { stage, latest } = state;
  const goal = settleGoal(state.goal);
  if (stage.kind === 'settling' && goal !== undefined && latest !== undefined && stage.rival !== 'running') {
    return {
      refresh: needsRefresh(stage.settling, latest, atMs),
      read: needsRead(stage.settling, latest, goal, atMs),
      confirm: needsConfirmation(stage.settling, goal, atMs),
      wakeAtMs: settleWakeAt(stage.settling, latest, goal, atMs),
    };
  }
  return {
    refresh: false,
    read: stage.kind === 'overtaken',
    confirm: false,
    wakeAtMs: remarkAtMs(state),
  };
}

/** The operation has ended, and nothing proves yet that what is shown is newer. */
export const isUnproven = ({ stage }: Track): boolean =>
  stage.kind === 'settling' && stage.settling.proof === undefined;

/** Until when what is good now must hold to count. Undefined: it is not good, or not believed. Monotonic milliseconds. */
export const holdsUntilMs = ({ stage, goal }: Track): number | undefined => {
  const settle = settleGoal(goal);
  if (stage.kind !== 'settling' || settle === undefined || stage.settling.goodSinceMs === undefined) return undefined;
  return stage.settling.goodSinceMs + holdOf(stage.settling, settle.healthyForMs);
};
