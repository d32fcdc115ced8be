import type { HealthStatus, SyncStatus } from '../argocd/application.ts';
import { failingResources, resourceName, resourceState } from '../argocd/failing-resources.ts';
import { formatElapsed } from '../lib/duration.ts';
import { markdownLink, markdownText } from '../lib/markdown.ts';
import { onceForEach } from '../lib/once-for-each.ts';
import { counted } from '../lib/text.ts';
import { adviceText } from './advice.ts';
import { byReason } from './exclusions.ts';
import { SUMMARY_MAX_BYTES, SUMMARY_MESSAGE_MAX, SUMMARY_OPEN_ROWS } from './limits.ts';
import { markdownTable } from './markdown-table.ts';
import { createNaming, type Naming } from './naming.ts';
import { verdictPie } from './pie.ts';
import type { ApplicationReport, Report } from './report.ts';
import { failuresFirst, standingOf } from './standing.ts';
import { HEALTH_SYMBOLS, RESULT_SYMBOLS, SYNC_SYMBOLS, verdictSymbol } from './status-symbols.ts';
import { timeline } from './timeline.ts';
import { verdictWords } from './verdict-words.ts';

export interface SummaryOptions {
  /** How the step was called: inputs with their values, never a secret. */
  readonly called: readonly (readonly [input: string, value: string])[];
}

/** UTF-8 bytes for each part, together below {@link SUMMARY_MAX_BYTES} with what surrounds them. */
const BYTES = {
  problems: 60_000,
  applications: 450_000,
  details: 250_000,
  hints: 60_000,
  excluded: 60_000,
  called: 40_000,
};

const NAMES_IN_A_CELL = 20;
const REVISION_LENGTH = 7;
const WARNINGS = 20;

const text = (value: string): string => markdownText(value, SUMMARY_MESSAGE_MAX);

/** Few words that stay on one line. */
const whole = (words: string): string => words.replaceAll(' ', '\u00a0');

const advice = (value: string): string => adviceText(value, SUMMARY_MESSAGE_MAX);

const sync = (status: SyncStatus | null): string => (status === null ? '' : whole(`${SYNC_SYMBOLS[status]} ${status}`));
const health = (status: HealthStatus | null): string =>
  status === null ? '' : whole(`${HEALTH_SYMBOLS[status]} ${status}`);

/** Commits short, as Argo CD shows them; versions of charts whole. */
const revision = (value: string): string =>
  /^[0-9a-f]{40,64}$/.test(value) ? value.slice(0, REVISION_LENGTH) : text(value);

const names = (all: readonly string[]): string =>
  all.slice(0, NAMES_IN_A_CELL).map(text).join(', ') +
  (all.length > NAMES_IN_A_CELL ? ` and ${all.length - NAMES_IN_A_CELL} more` : '');

const section = (title: string, body: string): readonly string[] => (body === '' ? [] : [`#### ${title}`, body]);

const folded = (title: string, body: string): readonly string[] =>
  body === '' ? [] : [`<details><summary>${title}</summary>`, body, '</details>'];

const problems = ({ problems: all }: Report): string =>
  markdownTable(
    {
      head: ['Problem', 'What to do'],
      rows: all.map(({ title, message, hint, causes }) => () => [
        [`**${text(title)}**`, ...[message, ...causes].filter((part) => part !== '' && part !== title).map(text)].join(
          '<br>',
        ),
        advice(hint),
      ]),
    },
    { openRows: SUMMARY_OPEN_ROWS, maxBytes: BYTES.problems, foldTitle: (count) => `${count} more problems` },
  );

const rowNamed = (application: ApplicationReport, name: string): readonly string[] => [
  markdownLink(text(name), application.url),
  whole(`${verdictSymbol(application.verdict)} ${verdictWords(application.verdict)}`),
  sync(application.syncStatus),
  health(application.healthStatus),
  application.revisions.map(revision).join(', '),
  formatElapsed(application.durationMs),
  // What is as wanted needs no words.
  application.verdict === 'healthy' || application.verdict === 'synced' ? '' : text(application.message),
];

/** The row where the plain name is the only one of its kind, as it mostly is; made once for each. */
const plainRow = onceForEach((application: ApplicationReport) => rowNamed(application, application.name));

/** Makes beforehand what the table of Applications will say of it. */
export const prepareRow = (application: ApplicationReport): void => {
  plainRow(application);
};

const applications = (report: Report, nameOf: Naming): string => {
  const sorted = failuresFirst(report.applications);
  return markdownTable(
    {
      head: ['Application', 'Verdict', 'Sync', 'Health', 'Revision', 'Time', 'Message'],
      rows: sorted.map((application) => () => {
        const name = nameOf(application);
        return name === application.name ? plainRow(application) : rowNamed(application, name);
      }),
    },
    {
      openRows: SUMMARY_OPEN_ROWS,
      maxBytes: BYTES.applications,
      foldTitle: (count) => {
        const bad = sorted.slice(-count).filter(({ verdict }) => standingOf(verdict) !== 'passed').length;
        return `${count} more${bad > 0 ? `, ${bad} of them did not pass` : ''}`;
      },
    },
  );
};

const didNotPass = ({ applications: all }: Report): readonly ApplicationReport[] =>
  failuresFirst(all).filter(({ verdict }) => standingOf(verdict) !== 'passed');

/** What is known of Applications that did not pass: resources that failed or are not well, the cluster's warnings, conditions. */
const details = (report: Report, nameOf: Naming): string =>
  markdownTable(
    {
      head: ['Application', 'Resource or condition', 'Status', 'Message'],
      rows: didNotPass(report).flatMap((application) => [
        ...failingResources(application.resources).map((resource) => () => [
          text(nameOf(application)),
          text(resourceName(resource)),
          text(resourceState(resource)),
          text(resource.message),
        ]),
        ...application.unhealthy.map((resource) => () => [
          text(nameOf(application)),
          text(resourceName(resource)),
          health(resource.health),
          text(resource.message),
        ]),
        ...application.events.map((event) => () => [
          text(nameOf(application)),
          text(`${event.kind} ${event.namespace === '' ? '' : `${event.namespace}/`}${event.name}`),
          `⚠️ ${text(event.reason)}${event.count > 1 ? ` ×${event.count}` : ''}`,
          text(event.message),
        ]),
        ...application.conditions
          .filter(({ type }) => type.endsWith('Error'))
          .map(({ type, message }) => () => [text(nameOf(application)), text(type), 'condition', text(message)]),
      ]),
    },
    { openRows: SUMMARY_OPEN_ROWS, maxBytes: BYTES.details, foldTitle: (count) => `${count} more` },
  );

const hints = (report: Report, nameOf: Naming): string => {
  const byHint = Map.groupBy(
    didNotPass(report).filter(({ hint }) => hint !== ''),
    ({ hint }) => hint,
  );
  return markdownTable(
    {
      head: ['Applications', 'What to do'],
      rows: [...byHint].map(([hint, all]) => () => [names(all.map(nameOf)), advice(hint)]),
    },
    { openRows: SUMMARY_OPEN_ROWS, maxBytes: BYTES.hints, foldTitle: (count) => `${count} more` },
  );
};

const excluded = ({ selection }: Report, nameOf: Naming): string =>
  markdownTable(
    {
      head: ['Reason', 'Applications'],
      rows: byReason(selection.excluded, nameOf).map((group) => () => [
        text(group.reason),
        `${group.names.length}: ${names(group.names)}`,
      ]),
    },
    { openRows: Number.POSITIVE_INFINITY, maxBytes: BYTES.excluded, foldTitle: () => '' },
  );

const warnings = (report: Report): string => {
  const lines = report.warnings.slice(0, WARNINGS).map((warning) => `- ${text(warning)}`);
  const left = report.warnings.length - lines.length;
  return [...lines, ...(left > 0 ? [`- and ${left} more`] : [])].join('\n');
};

const called = (report: Report, options: SummaryOptions): string =>
  markdownTable(
    {
      head: ['', ''],
      rows: (
        [
          ['command', report.command],
          ['connection', report.connection],
          ['looked at', report.selection.looked],
          ['started', report.startedAt],
          ...options.called,
        ] as const
      )
        .filter(([, value]) => value !== '')
        .map(([name, value]) => () => [text(name), text(value)]),
    },
    { openRows: Number.POSITIVE_INFINITY, maxBytes: BYTES.called, foldTitle: () => '' },
  );

/**
 * The job summary as GitHub's Markdown: headline, problems, a table of Applications (what failed first, ten in the open),
 * failing resources, what to do, what was excluded, how it was called. Always below {@link SUMMARY_MAX_BYTES}: what does not
 * fit is counted. No text of a server can be more than text in it.
 */
export const toSummary = (report: Report, options: SummaryOptions): string => {
  const nameOf = createNaming(report.applications);
  const title = `### ${RESULT_SYMBOLS[report.result]} ${text(report.headline)}`;
  const markdown = [
    title,
    problems(report),
    applications(report, nameOf),
    ...section('What failed', details(report, nameOf)),
    ...section('What to do next', hints(report, nameOf)),
    ...section('Please note', warnings(report)),
    ...section('Verdicts', verdictPie(report)),
    ...section('What took longest', timeline(report, nameOf)),
    ...folded(`${counted(report.selection.excluded.length, 'Application')} excluded`, excluded(report, nameOf)),
    ...folded('How it was called', called(report, options)),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
  // The parts are bounded one by one; this keeps the headline whatever happens to those bounds.
  return Buffer.byteLength(markdown) < SUMMARY_MAX_BYTES ? `${markdown}\n\n` : `${title}\n\n`;
};
