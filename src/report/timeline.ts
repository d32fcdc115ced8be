import { mermaidText } from '../lib/mermaid.ts';
import { TIMELINE_APPLICATIONS } from './limits.ts';
import type { Naming } from './naming.ts';
import type { ApplicationReport, Report } from './report.ts';
import { standingOf } from './standing.ts';

/** One bar. Milliseconds since the epoch, by the runner's clock. */
interface Span {
  readonly name: string;
  readonly tag: 'done' | 'active' | 'crit' | '';
  readonly fromMs: number;
  readonly toMs: number;
}

const ms = (stamp: string | null): number => (stamp === null ? Number.NaN : Date.parse(stamp));

/** What an Application spent its time with, as far as that is known: waiting for its turn, syncing, becoming healthy. */
const spansOf = (application: ApplicationReport, report: Report): readonly Span[] => {
  const [beginMs, startMs, endMs] = [ms(report.startedAt), ms(application.startedAt), ms(application.finishedAt)];
  if (Number.isNaN(startMs) || Number.isNaN(endMs)) return [];
  const syncMs = ms(application.syncStartedAt);
  const syncedMs = ms(application.syncFinishedAt);
  const syncs = report.command === 'sync' && !Number.isNaN(syncMs);
  const rest = report.command === 'terminate' ? 'terminating' : 'becoming healthy';
  const spans: readonly Span[] = syncs
    ? [
        { name: 'waiting', tag: 'done', fromMs: beginMs, toMs: syncMs },
        { name: 'syncing', tag: 'active', fromMs: syncMs, toMs: Number.isNaN(syncedMs) ? endMs : syncedMs },
        { name: rest, tag: '', fromMs: syncedMs, toMs: endMs },
      ]
    : [
        { name: 'waiting', tag: 'done', fromMs: beginMs, toMs: startMs },
        { name: rest, tag: '', fromMs: startMs, toMs: endMs },
      ];
  const shown = spans.filter(({ fromMs, toMs }) => toMs > fromMs);
  const last = shown.at(-1);
  // What did not pass ends in red.
  return last === undefined || standingOf(application.verdict) === 'passed'
    ? shown
    : [...shown.slice(0, -1), { ...last, tag: 'crit' }];
};

/** Stamps of one form, which sort as texts do. */
const latestFirst = (applications: readonly ApplicationReport[]): readonly ApplicationReport[] =>
  applications.toSorted((a, b) => {
    const [first, second] = [a.finishedAt ?? '', b.finishedAt ?? ''];
    return first < second ? 1 : first > second ? -1 : 0;
  });

/** One row for each Application, in colours that can be read on light and dark pages. */
const looks = (longestName: number) => ({
  gantt: { displayMode: 'compact', leftPadding: 30 + longestName * LETTER_WIDTH },
  themeVariables: {
    doneTaskBkgColor: '#afb8c1',
    doneTaskBorderColor: '#8c959f',
    activeTaskBkgColor: '#54aeff',
    activeTaskBorderColor: '#218bff',
    taskBkgColor: '#4ac26b',
    taskBorderColor: '#2da44e',
    critBkgColor: '#ff8182',
    critBorderColor: '#cf222e',
    taskTextColor: '#1f2328',
    taskTextDarkColor: '#1f2328',
    taskTextLightColor: '#1f2328',
    taskTextOutsideColor: '#1f2328',
    sectionBkgColor: '#8c959f26',
    sectionBkgColor2: '#8c959f26',
    altSectionBkgColor: '#8c959f0d',
  },
});

/** A bar must have a name; this one shows as nothing. */
const BLANK = '\u2800';
/** What the bars share, and what a letter takes, in about the same measure. */
const CHART_WIDTH = 640;
const LETTER_WIDTH = 7;

/** Whether its name fits into a bar; beside it, it would run into the next one. */
const isWide = (name: string, lengthMs: number, rangeMs: number): boolean =>
  (lengthMs / rangeMs) * CHART_WIDTH > name.length * LETTER_WIDTH;

/** Few enough ticks that their labels do not touch. */
const TICKS: readonly (readonly [upToMs: number, interval: string])[] = [
  [10_000, '1second'],
  [60_000, '5second'],
  [180_000, '15second'],
  [720_000, '1minute'],
  [3_600_000, '5minute'],
  [4 * 3_600_000, '20minute'],
  [24 * 3_600_000, '2hour'],
];

/**
 * The Applications that took longest, from the start of the step, as a Mermaid chart of type gantt; `''` where nothing took any
 * time. No text of a server can be more than the name of a section.
 */
export const timeline = (report: Report, nameOf: Naming): string => {
  const charted: { readonly application: ApplicationReport; readonly spans: readonly Span[] }[] = [];
  for (const application of latestFirst(report.applications)) {
    const spans = spansOf(application, report);
    if (spans.length > 0) charted.push({ application, spans });
    if (charted.length === TIMELINE_APPLICATIONS) break;
  }
  const [slowest] = charted;
  if (slowest === undefined) return '';
  const names = charted.map(({ application }) => mermaidText(nameOf(application)));
  const rangeMs = (slowest.spans.at(-1)?.toMs ?? 0) - ms(report.startedAt);
  const tick = TICKS.find(([upToMs]) => rangeMs <= upToMs)?.[1] ?? '12hour';
  return [
    'Grey: waiting for its turn. Blue: syncing. Green: becoming healthy. Red: where it ended that did not pass.',
    '',
    '```mermaid',
    `%%{init: ${JSON.stringify(looks(Math.max(...names.map(({ length }) => length))))}}%%`,
    'gantt',
    'dateFormat x',
    `axisFormat ${rangeMs > 4 * 3_600_000 ? '%d %H:%M' : '%H:%M:%S'}`,
    `tickInterval ${tick}`,
    ...charted.flatMap(({ spans }, index) => [
      `section ${names[index]}`,
      ...spans.map(
        ({ name, tag, fromMs, toMs }) =>
          `${isWide(name, toMs - fromMs, rangeMs) ? name : BLANK} :${tag === '' ? '' : `${tag}, `}${Math.round(fromMs)}, ${Math.round(toMs)}`,
      ),
    ]),
    '```',
  ].join('\n');
};
