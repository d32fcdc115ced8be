/** What became of one Application (contract 1.7). */
export const PASSING = ['healthy', 'synced', 'triggered', 'unchanged', 'planned', 'terminated', 'skipped'] as const;

export const FAILING = [
  'sync-failed',
  'degraded',
  'timed-out',
  'blocked',
  'conflict',
  'not-found',
  'forbidden',
  'deleted',
  'mismatch',
  'cancelled',
  'error',
] as const;

export type PassingVerdict = (typeof PASSING)[number];
export type FailingVerdict = (typeof FAILING)[number];
export type VerdictName = PassingVerdict | FailingVerdict;

/** A verdict with its reason. `message`: one line, the cause. `hint`: what to do next, `''` when there is nothing to add. */
export interface Verdict {
  readonly name: VerdictName;
  readonly message: string;
  readonly hint: string;
}

/** Whether the step may be green with this verdict. `timed-out` passes only with `fail-on-timeout: false`. */
export const passes = (name: VerdictName, failOnTimeout: boolean): boolean =>
  name === 'timed-out' ? !failOnTimeout : (PASSING as readonly VerdictName[]).includes(name);
