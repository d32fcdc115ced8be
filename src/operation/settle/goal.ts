/** What counts as settled. Durations in milliseconds. */
export interface SettleGoal {
  readonly requireSynced: boolean;
  readonly healthyForMs: number;
  /** Undefined: Degraded never ends the wait by itself. */
  readonly degradedAfterMs: number | undefined;
  readonly suspended: 'wait' | 'pass';
}
