import { failingResources, resourceName, resourceState } from '../argocd/failing-resources.ts';
import type { VerdictName } from '../argocd/verdict.ts';
import { oneLine } from '../lib/printable.ts';
import { xmlText } from '../lib/xml.ts';
import { REPORT_TEXT_MAX } from './limits.ts';
import { createNaming, type Naming } from './naming.ts';
import type { ApplicationReport, Problem, Report } from './report.ts';
import { standingOf } from './standing.ts';
import { verdictWords } from './verdict-words.ts';
import { warningText } from './warning-text.ts';

/** What never got so far that it could pass or fail: JUnit calls that an error. */
const ERRORS: readonly VerdictName[] = ['conflict', 'not-found', 'forbidden', 'cancelled', 'error'];

interface Case {
  readonly name: string;
  readonly classname: string;
  readonly durationMs: number;
  readonly outcome:
    | { readonly kind: 'passed' }
    | { readonly kind: 'skipped'; readonly message: string }
    | { readonly kind: 'failure' | 'error'; readonly type: string; readonly message: string; readonly text: string };
}

const attribute = (name: string, value: string): string => ` ${name}="${xmlText(value, REPORT_TEXT_MAX)}"`;
/** A name on one line and never empty, as the schema wants it. */
const token = (name: string, value: string): string => attribute(name, oneLine(value) || '-');
const seconds = (durationMs: number): string => (durationMs / 1000).toFixed(3);

const joined = (lines: readonly string[]): string => lines.filter((line) => line !== '').join('\n');

/** Everything that is known of why it did not pass. */
const details = (application: ApplicationReport): string =>
  joined([
    application.message,
    ...failingResources(application.resources).map(
      (resource) => `${resourceName(resource)} ${resourceState(resource)}: ${resource.message}`,
    ),
    ...application.unhealthy.map((resource) => `${resourceName(resource)} ${resource.health}: ${resource.message}`),
    ...application.events.map((event) => `warning: ${warningText(event)}`),
    ...application.conditions.map(({ type, message }) => `${type}: ${message}`),
    application.hint,
    application.url,
  ]);

const caseOf = (application: ApplicationReport, nameOf: Naming, failOnTimeout: boolean): Case => {
  const { verdict, message, namespace, durationMs } = application;
  const about = { name: nameOf(application), classname: `Application.${namespace || '-'}`, durationMs };
  const words = `${verdictWords(verdict)}${message === '' ? '' : `: ${message}`}`;
  if (verdict === 'skipped' || (verdict === 'timed-out' && !failOnTimeout)) {
    return { ...about, outcome: { kind: 'skipped', message: words } };
  }
  if (standingOf(verdict) === 'passed') return { ...about, outcome: { kind: 'passed' } };
  const kind = ERRORS.includes(verdict) ? 'error' : 'failure';
  return { ...about, outcome: { kind, type: verdict, message: words, text: details(application) } };
};

const problemCase = ({ title, message, hint, causes }: Problem): Case => ({
  name: title,
  classname: 'Step',
  durationMs: 0,
  outcome: { kind: 'error', type: 'problem', message: message || title, text: joined([message, ...causes, hint]) },
});

const element = ({ name, classname, durationMs, outcome }: Case): string => {
  const open = `<testcase${token('name', name)}${token('classname', classname)} time="${seconds(durationMs)}"`;
  switch (outcome.kind) {
    case 'passed':
      return `    ${open}/>`;
    case 'skipped':
      return `    ${open}><skipped${attribute('message', outcome.message)}/></testcase>`;
    default: {
      const { kind, type, message, text } = outcome;
      const body = xmlText(text, REPORT_TEXT_MAX);
      return `    ${open}><${kind}${attribute('message', message)}${attribute('type', type)}>${body}</${kind}></testcase>`;
    }
  }
};

/**
 * The report as JUnit XML, for test dashboards: one test case for each Application, in the order of the selection, after one for
 * each problem of the step. Valid against the schema of Ant's JUnit task, the strictest in use.
 *
 * Passed verdicts pass; `skipped`, and with `fail-on-timeout: false` time-outs, are skipped; what never got so far that it could
 * fail (`conflict`, `not-found`, `forbidden`, `cancelled`, `error`) is an error; other verdicts are failures, of the verdict's name as type.
 */
export const toJUnit = (report: Report, failOnTimeout: boolean): string => {
  const nameOf = createNaming(report.applications);
  const cases = [
    ...report.problems.map(problemCase),
    ...report.applications.map((application) => caseOf(application, nameOf, failOnTimeout)),
  ];
  const count = (kind: Case['outcome']['kind']): number => cases.filter(({ outcome }) => outcome.kind === kind).length;
  const properties = [
    ['command', report.command],
    ['result', report.result],
    ['connection', report.connection],
    ['selection', report.selection.looked],
  ] as const;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites>',
    `  <testsuite package="gitopssync" id="0" name="GitOpsSync" hostname="localhost" timestamp="${report.startedAt.slice(0, 19)}" tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}" time="${seconds(report.durationMs)}">`,
    '    <properties>',
    ...properties.map(([name, value]) => `      <property name="${name}"${attribute('value', value)}/>`),
    '    </properties>',
    ...cases.map(element),
    `    <system-out>${xmlText(report.headline)}</system-out>`,
    `    <system-err>${xmlText(report.warnings.join('\n'), REPORT_TEXT_MAX)}</system-err>`,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
};
