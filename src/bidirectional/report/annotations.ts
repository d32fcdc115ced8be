import { oneLine } from '../../lib/printable.ts';
import { ANNOTATION_MESSAGE_MAX, ANNOTATIONS_MAX } from '../../report/limits.ts';
import { entityName } from '../entity.ts';
import { isUnresolved } from './conclude.ts';
import { refOf, type SyncReport } from './report.ts';

export interface Annotation {
  readonly level: 'error' | 'warning';
  readonly title: string;
  readonly message: string;
  readonly place?: { readonly file: string; readonly startLine: number; readonly startColumn: number };
}

/**
 * An error for each file that was refused, at its place, and for each entity that could not be carried over. Errors are at most nine, because
 * the message the step fails with is the tenth that GitHub shows; where there would be more, the last one says how many.
 */
export const toAnnotations = (report: SyncReport): readonly Annotation[] => {
  const shown = (...parts: readonly string[]): string =>
    oneLine(
      parts
        .filter((part) => part !== '')
        .map((part) => part.replace(/\.$/, ''))
        .join('. '),
      ANNOTATION_MESSAGE_MAX,
    );
  const errors: Annotation[] = [
    ...report.invalid.map(
      ({ path, position, title, message, hint }): Annotation => ({
        level: 'error',
        title: oneLine(title, ANNOTATION_MESSAGE_MAX),
        message: shown(`${title}: ${path}:${position.line}:${position.column} ${message}`, hint),
        place: { file: path, startLine: position.line, startColumn: position.column },
      }),
    ),
    ...report.problems.map(
      ({ title, message, hint }): Annotation => ({
        level: 'error',
        title: oneLine(title, ANNOTATION_MESSAGE_MAX),
        message: shown(message, hint),
      }),
    ),
    ...report.events
      .filter((event) => event.status === 'FAILED' || isUnresolved(event))
      .map((event): Annotation => {
        const name = entityName(refOf(event));
        return {
          level: 'error',
          title: oneLine(name, ANNOTATION_MESSAGE_MAX),
          message: shown(`${name}: ${event.message}`, event.hint),
        };
      }),
  ];
  const warnings = report.warnings.map(
    (text): Annotation => ({ level: 'warning', title: 'GitOpsSync', message: shown(text) }),
  );
  return [...atMost(errors), ...atMost(warnings)];
};

const atMost = (all: readonly Annotation[]): readonly Annotation[] => {
  const [first] = all;
  const max = ANNOTATIONS_MAX - 1;
  if (first === undefined || all.length <= max) return all;
  const count = all.length - (max - 1);
  return [
    ...all.slice(0, max - 1),
    { level: first.level, title: `and ${count} more`, message: `${count} more: see the job summary` },
  ];
};
