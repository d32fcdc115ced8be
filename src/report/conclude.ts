import type { VerdictName } from '../argocd/verdict.ts';
import { formatElapsed } from '../lib/duration.ts';
import { oneLine } from '../lib/printable.ts';
import { counted } from '../lib/text.ts';
import { FAILURE_CAUSE_MAX, FAILURE_NAMES } from './limits.ts';
import { createNaming } from './naming.ts';
import type { Problem, Report, Result } from './report.ts';
import { failuresFirst, standingOf } from './standing.ts';
import { VERDICT_ORDER, verdictWords } from './verdict-words.ts';

/** What a run knows at its end. */
export interface Ending {
  readonly applications: readonly { readonly verdict: VerdictName }[];
  readonly problems: readonly Problem[];
  /** A signal to stop arrived. */
  readonly cancelled: boolean;
  readonly durationMs: number;
}

/**
 * The result of the step; the first of these that holds:
 *
 * 1. `cancelled`: a signal arrived before everything was decided. Not when every Application (at least one) had already
 *    passed: then nothing was cut short. Whatever else failed is still told in each verdict.
 * 2. `failed`: there is a problem of the step as a whole, or an Application with a verdict that does not pass, time-outs aside.
 * 3. `timed-out`: Applications timed out, and nothing else went wrong. Whether this fails the step is a question for
 *    {@link failureMessage}: with `fail-on-timeout: false` it is `timed-out` with exit code 0.
 * 4. `succeeded`: everything passed, or the selection was allowed to be empty and was.
 */
const resultOf = ({ applications, problems, cancelled }: Ending): Result => {
  const standings = new Set(applications.map(({ verdict }) => standingOf(verdict)));
  const whole = standings.size === 1 && standings.has('passed') && problems.length === 0;
  if (cancelled && !whole) return 'cancelled';
  if (problems.length > 0 || standings.has('failed')) return 'failed';
  return standings.has('timed-out') ? 'timed-out' : 'succeeded';
};

const verdictCounts = (applications: readonly { readonly verdict: VerdictName }[]): string => {
  const counts = new Map<VerdictName, number>();
  for (const { verdict } of applications) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  return VERDICT_ORDER.flatMap((verdict) => {
    const count = counts.get(verdict);
    return count === undefined ? [] : `${count} ${verdictWords(verdict)}`;
  }).join(', ');
};

const problemTitles = (problems: readonly Problem[]): string => {
  const [first] = problems;
  if (first === undefined) return '';
  return oneLine(first.title, FAILURE_CAUSE_MAX) + (problems.length > 1 ? ` and ${problems.length - 1} more` : '');
};

const headlineOf = (ending: Ending): string => {
  const { applications, problems, cancelled, durationMs } = ending;
  const trouble = problemTitles(problems);
  if (applications.length === 0) {
    if (cancelled) return `Cancelled after ${formatElapsed(durationMs)}, before any Application was selected`;
    return trouble === '' ? 'No Applications selected, nothing to do' : trouble;
  }
  const counts = `${counted(applications.length, 'Application')}: ${verdictCounts(applications)} in ${formatElapsed(durationMs)}`;
  return trouble === '' ? counts : `${counts} (${trouble})`;
};

/**
 * Result and headline of a report: `25 Applications: 23 healthy, 1 degraded, 1 timed out in 1m12s`.
 * See {@link resultOf} for mixed cases.
 */
export const conclude = (ending: Ending): { readonly result: Result; readonly headline: string } => ({
  result: resultOf(ending),
  headline: headlineOf(ending),
});

const sentence = (problem: Problem): string => {
  const title = oneLine(problem.title, FAILURE_CAUSE_MAX);
  const message = oneLine(problem.message, FAILURE_CAUSE_MAX * 2);
  return message === '' || message === title ? title : `${title}: ${message}`;
};

const more = (count: number): string => (count > 0 ? ` and ${count} more` : '');

/**
 * The one line that the step fails with, or undefined when the step is green. Problems of the step come first; otherwise it
 * names up to three failing Applications with their causes, failed ones before those that timed out, then `and n more`.
 * @param failOnTimeout false: Applications that timed out do not fail the step
 */
export const failureMessage = (report: Report, failOnTimeout: boolean): string | undefined => {
  const { result, applications, problems } = report;
  if (result === 'succeeded' || (result === 'timed-out' && !failOnTimeout)) return undefined;
  const name = createNaming(applications);
  const failing = failuresFirst(applications).filter(
    ({ verdict }) => standingOf(verdict) === 'failed' || (verdict === 'timed-out' && failOnTimeout),
  );
  const told = failing.slice(0, FAILURE_NAMES).map((application) => {
    const cause = oneLine(application.message, FAILURE_CAUSE_MAX);
    const words = verdictWords(application.verdict);
    return `${oneLine(name(application), FAILURE_CAUSE_MAX)} (${words}${cause === '' ? '' : `: ${cause}`})`;
  });
  const parts: string[] = [];
  const [problem] = problems;
  if (problem !== undefined) parts.push(sentence(problem) + more(problems.length - 1));
  if (result === 'cancelled' && applications.length === 0) parts.push(oneLine(report.headline));
  if (told.length > 0) {
    const verb = result === 'cancelled' ? 'did not pass before the run was cancelled' : 'failed';
    const subject =
      applications.length === 1
        ? 'The Application'
        : `${failing.length} of ${counted(applications.length, 'Application')}`;
    parts.push(`${subject} ${verb}: ${told.join(', ')}${more(failing.length - told.length)}`);
  }
  return parts.length > 0 ? parts.join('. ') : oneLine(report.headline);
};
