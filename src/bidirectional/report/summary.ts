import { htmlText, markdownLink, markdownText } from '../../lib/markdown.ts';
import { counted } from '../../lib/text.ts';
import { SUMMARY_MAX_BYTES, SUMMARY_MESSAGE_MAX, SUMMARY_OPEN_ROWS } from '../../report/limits.ts';
import { markdownTable } from '../../report/markdown-table.ts';
import { entityName } from '../entity.ts';
import { type EventStatus, refOf, type SyncEventRecord, type SyncReport } from './report.ts';

const BYTES = {
  problems: 60_000,
  invalid: 60_000,
  events: 300_000,
  payloads: 300_000,
  leftAlone: 40_000,
  deliveries: 100_000,
  called: 20_000,
};
const PAYLOAD_MAX = 4000;
const PAYLOADS = 50;

const SYMBOLS: Readonly<Record<EventStatus, string>> = { SUCCESS: '✅', FAILED: '❌', SKIPPED: '➖', CONFLICT: '⚠️' };
const RESULTS: Readonly<Record<SyncReport['result'], string>> = { succeeded: '✅', failed: '❌', cancelled: '⏹️' };
const DIRECTIONS: Readonly<Record<SyncEventRecord['direction'], string>> = {
  'to-platform': 'Git → platform',
  'to-git': 'platform → Git',
  none: '',
};

const text = (value: string): string => markdownText(value, SUMMARY_MESSAGE_MAX);
const section = (title: string, body: string): readonly string[] => (body === '' ? [] : [`#### ${title}`, body]);
const folded = (title: string, body: string): readonly string[] =>
  body === '' ? [] : [`<details><summary>${title}</summary>`, body, '</details>'];
const more =
  (what: string) =>
  (count: number): string =>
    `${count} more ${what}`;
const commit = (value: string): string => value.slice(0, 7);

const problems = ({ problems: all }: SyncReport): string =>
  markdownTable(
    {
      head: ['Problem', 'What to do'],
      rows: all.map(({ title, message, hint }) => () => [`**${text(title)}**<br>${text(message)}`, text(hint)]),
    },
    { openRows: SUMMARY_OPEN_ROWS, maxBytes: BYTES.problems, foldTitle: more('problems') },
  );

const invalid = ({ invalid: all }: SyncReport): string =>
  markdownTable(
    {
      head: ['File', 'Line', 'Problem', 'What to do'],
      rows: all.map(({ path, position, title, message, hint }) => () => [
        text(path),
        `${position.line}:${position.column}`,
        `**${text(title)}**<br>${text(message)}`,
        text(hint),
      ]),
    },
    { openRows: SUMMARY_OPEN_ROWS, maxBytes: BYTES.invalid, foldTitle: more('files') },
  );

const ORDER: readonly EventStatus[] = ['FAILED', 'CONFLICT', 'SUCCESS', 'SKIPPED'];

const events = ({ events: all }: SyncReport): string =>
  markdownTable(
    {
      head: ['Event', 'Status', 'Direction', 'Entity', 'What', 'File', 'Commit'],
      rows: all
        .toSorted((a, b) => ORDER.indexOf(a.status) - ORDER.indexOf(b.status))
        .map((event) => () => [
          event.id.slice(0, 8),
          `${SYMBOLS[event.status]} ${event.status}`,
          DIRECTIONS[event.direction],
          text(entityName(refOf(event))),
          text(event.hint === '' ? event.message : `${event.message}. ${event.hint}`),
          text(event.file),
          commit(event.commit),
        ]),
    },
    { openRows: SUMMARY_OPEN_ROWS, maxBytes: BYTES.events, foldTitle: more('events') },
  );

/** Text as it is, in a block that nothing in it can end. */
const code = (value: string): string => `<pre>${htmlLines(value)}</pre>`;
const htmlLines = (value: string): string =>
  value
    .split('\n')
    .map((line) => htmlText(line).replaceAll(/[*_`~[\]\\|@#$:]/g, (char) => `&#${char.charCodeAt(0)};`))
    .join('&#10;');

/** What each event was about, conflicts first: the value that did not win is here. */
const payloads = ({ events: all }: SyncReport): string => {
  const parts: string[] = [];
  let bytes = 0;
  const shown = all
    .filter(({ payload }) => payload.fields.length > 0 || payload.content !== null)
    .toSorted((a, b) => ORDER.indexOf(a.status) - ORDER.indexOf(b.status));
  for (const event of shown.slice(0, PAYLOADS)) {
    const { payload } = event;
    const json = JSON.stringify(payload.content ?? payload.fields, undefined, 1);
    const cut = json.length > PAYLOAD_MAX ? `${json.slice(0, PAYLOAD_MAX)}\n… the rest is in the report` : json;
    const part = `${text(`${event.id.slice(0, 8)} ${event.status} ${entityName(refOf(event))}`)}\n\n${code(cut)}`;
    bytes += Buffer.byteLength(part);
    if (bytes > BYTES.payloads) break;
    parts.push(part);
  }
  const left = shown.length - parts.length;
  return [...parts, ...(left > 0 ? [`… and ${left} more, in the report file (output \`report\`)`] : [])].join('\n\n');
};

const leftAlone = ({ leftAlone: all }: SyncReport): string =>
  markdownTable(
    {
      head: ['Entity', 'Why'],
      rows: all.map(({ entity, reason }) => () => [text(entity), text(reason)]),
    },
    { openRows: Number.POSITIVE_INFINITY, maxBytes: BYTES.leftAlone, foldTitle: () => '' },
  );

const webhook = ({ webhook: hook }: SyncReport): readonly string[] => {
  if (hook === null) return [];
  const table = markdownTable(
    {
      head: ['Delivered', 'Event', 'Status', 'Payload', 'Send again'],
      rows: hook.deliveries.map((delivery) => () => [
        text(delivery.at),
        text(delivery.event),
        text(`${delivery.statusCode} ${delivery.status}`),
        text(delivery.payload),
        text(delivery.redeliver),
      ]),
    },
    { openRows: SUMMARY_OPEN_ROWS, maxBytes: BYTES.deliveries, foldTitle: more('deliveries') },
  );
  const notes = [`${hook.scope} ${hook.owner}`, ...hook.notes].map((note) => `- ${text(note)}`).join('\n');
  return [`#### Webhook ${text(hook.url)}`, notes, ...(table === '' ? [] : [table])];
};

const called = (report: SyncReport, inputs: readonly (readonly [string, string])[]): string =>
  markdownTable(
    {
      head: ['', ''],
      rows: [
        ['platform', report.connection] as const,
        ['repository', report.repository] as const,
        ['branch', report.branch] as const,
        ['commit read', report.head] as const,
        ['started', report.startedAt] as const,
        ...inputs,
      ]
        .filter(([, value]) => value !== '')
        .map(([name, value]) => () => [text(name), text(value)]),
    },
    { openRows: Number.POSITIVE_INFINITY, maxBytes: BYTES.called, foldTitle: () => '' },
  );

/**
 * The job summary as GitHub's Markdown: headline, what was refused, every event with its payload, what was left alone, the webhook.
 * Always below {@link SUMMARY_MAX_BYTES}. No text of a server or a file can be more than text in it.
 */
export const toSummary = (report: SyncReport, inputs: readonly (readonly [string, string])[]): string => {
  const title = `### ${RESULTS[report.result]} ${text(report.headline)}`;
  const { pullRequest, commit: made } = report;
  const markdown = [
    title,
    ...(made === '' ? [] : [`Commit ${text(commit(made))} on ${text(report.branch)}`]),
    ...(pullRequest === null
      ? []
      : [`${markdownLink(`Pull request &#35;${pullRequest.number}`, pullRequest.url)} ${text(pullRequest.state)}`]),
    problems(report),
    ...section('Invalid files', invalid(report)),
    ...section('Events', events(report)),
    ...folded('Payloads', payloads(report)),
    ...section(
      'Please note',
      report.warnings
        .slice(0, 20)
        .map((warning) => `- ${text(warning)}`)
        .join('\n'),
    ),
    ...webhook(report),
    ...folded(
      `${counted(report.leftAlone.length, 'entity').replace('entitys', 'entities')} left alone`,
      leftAlone(report),
    ),
    ...folded('How it was called', called(report, inputs)),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
  return Buffer.byteLength(markdown) < SUMMARY_MAX_BYTES ? `${markdown}\n\n` : `${title}\n\n`;
};
