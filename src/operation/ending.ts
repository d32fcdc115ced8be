import { ArgoCdError } from '../argocd/errors.ts';
import type { Verdict } from '../argocd/verdict.ts';

/** Why a run stops before every Application has its verdict. */
export interface Ending {
  readonly verdict: 'timed-out' | 'cancelled';
  readonly why: string;
}

/** What a call throws when the run ends or starts nothing more; other errors tell their own story even then. */
export const wasStopped = (error: unknown, starting: AbortSignal): boolean =>
  starting.aborted && (!(error instanceof ArgoCdError) || error.code === 'aborted');

/**
 * The verdict of an Application that was never started, or whose wait was given up: as the signal's reason says.
 * `inTheWay`: what it waited for until the time was over, `''`: nothing.
 */
export function notStarted(signal: AbortSignal, inTheWay = ''): Verdict {
  const ending: Partial<Ending> = typeof signal.reason === 'object' && signal.reason !== null ? signal.reason : {};
  const why = ending.why ?? 'the step was stopped';
  const cause = ending.verdict === 'timed-out' && inTheWay !== '' ? inTheWay : why;
  return { name: ending.verdict ?? 'cancelled', message: `not started: ${cause}`, hint: '' };
}
