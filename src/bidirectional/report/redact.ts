import { isRecord } from '../../lib/json.ts';
import { oneLine, printable } from '../../lib/printable.ts';
import { REPORT_TEXT_MAX } from '../../report/limits.ts';
import type { SyncReport } from './report.ts';

/**
 * The report that renderings are made from: without secrets, every text of bounded length and free of what could harm a terminal or a
 * log. Names of entities stay exact.
 * @param redact takes secrets out of a text
 */
export const redactReport = (report: SyncReport, redact: (text: string) => string): SyncReport => {
  // Once more after cleaning: invisible characters could have kept a secret from being recognised.
  const line = (text: string): string => redact(oneLine(redact(text), REPORT_TEXT_MAX));
  const text = (value: string): string => redact(printable(redact(value), REPORT_TEXT_MAX));
  const deep = <T>(value: T): T => walk(value, text) as T;
  return {
    ...report,
    headline: line(report.headline),
    connection: line(report.connection),
    repository: line(report.repository),
    problems: report.problems.map((problem) => deep(problem)),
    warnings: report.warnings.map(line),
    events: report.events.map((event) => ({
      ...event,
      message: line(event.message),
      hint: line(event.hint),
      payload: deep(event.payload),
    })),
    invalid: report.invalid.map((problem) => ({
      ...problem,
      message: line(problem.message),
      hint: line(problem.hint),
    })),
    leftAlone: report.leftAlone.map(({ entity, reason }) => ({ entity, reason: line(reason) })),
    webhook: deep(report.webhook),
  };
};

/** Every text in a value, keys included, cleaned. */
const walk = (value: unknown, text: (value: string) => string): unknown => {
  if (typeof value === 'string') return text(value);
  if (Array.isArray(value)) return value.map((item) => walk(item, text));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [text(key), walk(item, text)]));
};
