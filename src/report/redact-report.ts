import type { ResourceResult } from '../argocd/application.ts';
import { onceForEach } from '../lib/once-for-each.ts';
import { oneLine, printable } from '../lib/printable.ts';
import { REPORT_TEXT_MAX } from './limits.ts';
import type { ApplicationReport, Exclusion, Problem, Report } from './report.ts';

const SHORT = 64;
const WORDS_MOST = 1_000;

/** Makes reports fit to be shown. */
export interface ReportRedactor {
  /** An Application of a report that is still to come, so that the whole report is ready sooner. */
  application(value: ApplicationReport): ApplicationReport;
  /**
   * The report that renderings are made from: without secrets, and with every text of bounded length and free of what could
   * harm a terminal or a log. Name and namespace of an Application stay exact, because workflows hand them on.
   */
  report(value: Report): Report;
}

/**
 * @param redact takes secrets out of a text
 * @param known grows when `redact` knows another secret: then what was made before counts no more
 */
export const createReportRedactor = (redact: (text: string) => string, known: () => number): ReportRedactor => {
  const cleaned = (value: string, clean: (text: string, max: number) => string): string => {
    const first = redact(value);
    const text = clean(first, REPORT_TEXT_MAX);
    // Once more after cleaning: invisible characters could have kept a secret from being recognised.
    return text === first ? text : redact(text);
  };
  /** Kinds, namespaces and states: a few, in thousands of places. */
  const words = new Map<string, string>();
  const line = (value: string): string => {
    const before = words.get(value);
    if (before !== undefined) return before;
    const text = cleaned(value, oneLine);
    if (value.length <= SHORT && words.size < WORDS_MOST) words.set(value, text);
    return text;
  };
  const text = (value: string): string => cleaned(value, printable);

  const problem = (value: Problem): Problem => ({
    title: line(value.title),
    message: text(value.message),
    hint: text(value.hint),
    causes: value.causes.map(text),
  });
  const exclusion = ({ ref, reason }: Exclusion): Exclusion => ({ ref, reason: line(reason) });
  const resource = (value: ResourceResult): ResourceResult => ({
    group: line(value.group),
    kind: line(value.kind),
    namespace: line(value.namespace),
    name: line(value.name),
    status: line(value.status),
    message: text(value.message),
    hookType: line(value.hookType),
    hookPhase: line(value.hookPhase),
  });
  const clean = (value: ApplicationReport): ApplicationReport => ({
    ...value,
    project: line(value.project),
    cluster: line(value.cluster),
    message: line(value.message),
    hint: line(value.hint),
    revisions: value.revisions.map(line),
    operationId: line(value.operationId),
    url: line(value.url),
    resources: value.resources.map(resource),
    unhealthy: value.unhealthy.map(({ group, kind, namespace, name, health, message }) => ({
      group: line(group),
      kind: line(kind),
      namespace: line(namespace),
      name: line(name),
      health,
      message: text(message),
    })),
    events: value.events.map(({ kind, namespace, name, reason, message, count, lastSeen }) => ({
      kind: line(kind),
      namespace: line(namespace),
      name: line(name),
      reason: line(reason),
      message: text(message),
      count,
      lastSeen: line(lastSeen),
    })),
    conditions: value.conditions.map(({ type, message }) => ({ type: line(type), message: text(message) })),
    notes: value.notes.map(line),
  });

  let application = onceForEach(clean);
  let madeKnowing = known();
  const forget = (): void => {
    if (known() === madeKnowing) return;
    madeKnowing = known();
    application = onceForEach(clean);
    words.clear();
  };

  return {
    application(value) {
      forget();
      return application(value);
    },
    report(value) {
      forget();
      return {
        ...value,
        headline: line(value.headline),
        connection: line(value.connection),
        problems: value.problems.map(problem),
        warnings: value.warnings.map(line),
        selection: {
          looked: line(value.selection.looked),
          excluded: value.selection.excluded.map(exclusion),
          shards: value.selection.shards,
        },
        applications: value.applications.map(application),
      };
    },
  };
};
