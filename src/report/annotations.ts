import { oneLine } from '../lib/printable.ts';
import { ANNOTATION_MESSAGE_MAX, ANNOTATIONS_MAX } from './limits.ts';
import { createNaming } from './naming.ts';
import type { ApplicationReport, Report } from './report.ts';
import { standingOf } from './standing.ts';
import { verdictWords } from './verdict-words.ts';

export interface Annotation {
  readonly level: 'error' | 'warning';
  readonly title: string;
  readonly message: string;
}

const joined = (parts: readonly string[]): string =>
  oneLine(
    parts
      .filter((part) => part !== '')
      .map((part) => oneLine(part, ANNOTATION_MESSAGE_MAX).replace(/\.{1,3}$/, ''))
      .join('. '),
    ANNOTATION_MESSAGE_MAX,
  );

/** As many as fit beside what else is said at this level; the last one counts the rest. */
const atMost = (annotations: readonly Annotation[], max: number): readonly Annotation[] => {
  const [first] = annotations;
  if (first === undefined || annotations.length <= max) return annotations;
  const count = annotations.length - (max - 1);
  const rest = { level: first.level, title: `and ${count} more`, message: `${count} more: see the job summary` };
  return [...annotations.slice(0, max - 1), rest];
};

/**
 * One annotation for each problem and each Application that did not pass, title = Application. Errors are at most nine,
 * because the message the step fails with is the tenth that GitHub shows; where there would be more, the last one says how
 * many. With `fail-on-timeout: false` Applications that timed out are warnings.
 */
export const toAnnotations = (report: Report, failOnTimeout: boolean): readonly Annotation[] => {
  const name = createNaming(report.applications);
  const about = (level: Annotation['level'], application: ApplicationReport): Annotation => ({
    level,
    title: oneLine(name(application), ANNOTATION_MESSAGE_MAX),
    // The log shows annotations without their title.
    message: joined([
      `${name(application)}: ${verdictWords(application.verdict)}${application.message === '' ? '' : `: ${application.message}`}`,
      application.hint,
    ]),
  });
  const failed = report.applications.filter(({ verdict }) => standingOf(verdict) === 'failed');
  const timedOut = report.applications.filter(({ verdict }) => standingOf(verdict) === 'timed-out');
  const errors: Annotation[] = [
    ...report.problems.map(
      ({ title, message, hint }): Annotation => ({
        level: 'error',
        title: oneLine(title, ANNOTATION_MESSAGE_MAX),
        message: joined([message === '' ? title : message, hint]),
      }),
    ),
    ...failed.map((application) => about('error', application)),
    ...(failOnTimeout ? timedOut.map((application) => about('error', application)) : []),
  ];
  const warnings = failOnTimeout ? [] : timedOut.map((application) => about('warning', application));
  return [...atMost(errors, ANNOTATIONS_MAX - 1), ...atMost(warnings, ANNOTATIONS_MAX - 1)];
};
