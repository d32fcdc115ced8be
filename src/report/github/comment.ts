import { formatElapsed } from '../../lib/duration.ts';
import { markdownLink, markdownText } from '../../lib/markdown.ts';
import { adviceText } from '../advice.ts';
import { markdownTable } from '../markdown-table.ts';
import { createNaming, type Naming } from '../naming.ts';
import type { Report } from '../report.ts';
import { failuresFirst, standingOf } from '../standing.ts';
import { HEALTH_SYMBOLS, RESULT_SYMBOLS, SYNC_SYMBOLS, verdictSymbol } from '../status-symbols.ts';
import { verdictWords } from '../verdict-words.ts';

export interface CommentContext {
  /** What the comment is known by: {@link commentMark}. */
  readonly mark: string;
  /** The environment, `''`: not said. */
  readonly about: string;
  /** The commit, `''`: unknown. */
  readonly commit: string;
  /** The page of the run, `''`: unknown. */
  readonly runUrl: string;
}

/** GitHub takes 65,536 characters; every part below is bounded in bytes, which are never fewer. */
const COMMENT_MAX = 65_000;
const BYTES = { problems: 8_000, applications: 36_000, hints: 8_000 };
const OPEN_ROWS = 10;
const MESSAGE_MAX = 200;
const NAMES_IN_A_CELL = 5;

const text = (value: string): string => markdownText(value, MESSAGE_MAX);

/** An invisible line by which the comment for an environment is found again. */
export const commentMark = (key: string): string =>
  // Nothing of a name can end the comment in HTML.
  `<!-- gitopssync:${encodeURIComponent(key).replaceAll('-', '%2D')} -->`;

const applications = (report: Report, nameOf: Naming): string => {
  const sorted = failuresFirst(report.applications);
  return markdownTable(
    {
      head: ['Application', 'Verdict', 'Sync', 'Health', 'Time', 'Message'],
      rows: sorted.map((application) => () => {
        const { syncStatus, healthStatus, verdict } = application;
        return [
          markdownLink(text(nameOf(application)), application.url),
          `${verdictSymbol(verdict)} ${verdictWords(verdict)}`,
          syncStatus === null ? '' : `${SYNC_SYMBOLS[syncStatus]} ${syncStatus}`,
          healthStatus === null ? '' : `${HEALTH_SYMBOLS[healthStatus]} ${healthStatus}`,
          formatElapsed(application.durationMs),
          text(application.message),
        ];
      }),
    },
    {
      openRows: OPEN_ROWS,
      maxBytes: BYTES.applications,
      foldTitle: (count) => {
        const bad = sorted.slice(-count).filter(({ verdict }) => standingOf(verdict) !== 'passed').length;
        return `${count} more${bad > 0 ? `, ${bad} of them did not pass` : ''}`;
      },
    },
  );
};

const problems = (report: Report): string =>
  markdownTable(
    {
      head: ['Problem', 'What to do'],
      rows: report.problems.map(({ title, message, hint }) => () => [
        `**${text(title)}**${message === '' || message === title ? '' : `<br>${text(message)}`}`,
        adviceText(hint, MESSAGE_MAX),
      ]),
    },
    { openRows: OPEN_ROWS, maxBytes: BYTES.problems, foldTitle: (count) => `${count} more problems` },
  );

const hints = (report: Report, nameOf: Naming): string => {
  const failing = failuresFirst(report.applications).filter(({ verdict }) => standingOf(verdict) !== 'passed');
  const byHint = Map.groupBy(
    failing.filter(({ hint }) => hint !== ''),
    ({ hint }) => hint,
  );
  const named = (all: readonly string[]): string =>
    all.slice(0, NAMES_IN_A_CELL).map(text).join(', ') +
    (all.length > NAMES_IN_A_CELL ? ` and ${all.length - NAMES_IN_A_CELL} more` : '');
  return markdownTable(
    {
      head: ['Applications', 'What to do next'],
      rows: [...byHint].map(([hint, all]) => () => [named(all.map(nameOf)), adviceText(hint, MESSAGE_MAX)]),
    },
    { openRows: OPEN_ROWS, maxBytes: BYTES.hints, foldTitle: (count) => `${count} more` },
  );
};

/**
 * The comment on a pull request as GitHub's Markdown, from a report without secrets: what came of it, a table of Applications with what
 * failed first, what to do next. Always below GitHub's limit. No text of a server can be more than text in it.
 */
export const toComment = (report: Report, { mark, about, commit, runUrl }: CommentContext): string => {
  const nameOf = createNaming(report.applications);
  const origin = [
    ...(about === '' ? [] : [`<strong>${text(about)}</strong>`]),
    // GitHub makes a link of a whole commit id.
    ...(/^[0-9a-f]{40}$/.test(commit) ? [commit] : []),
    ...(runUrl === '' ? [] : [markdownLink('log of the run', runUrl)]),
    report.finishedAt.replace(/^(\S+)T(\d\d:\d\d).*/, '$1 $2 UTC'),
  ].join(' · ');
  const head = [mark, `### ${RESULT_SYMBOLS[report.result]} ${text(report.headline)}`, origin];
  const whole = [...head, problems(report), applications(report, nameOf), hints(report, nameOf)]
    .filter((part) => part !== '')
    .join('\n\n');
  // The parts are bounded one by one; this keeps the headline whatever happens to those bounds.
  return whole.length < COMMENT_MAX ? whole : head.join('\n\n');
};
