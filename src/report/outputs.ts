import type { VerdictName } from '../argocd/verdict.ts';
import { onceForEach } from '../lib/once-for-each.ts';
import { oneLine } from '../lib/printable.ts';
import { OUTPUT_MESSAGE_MAX, OUTPUTS_MAX_UNITS } from './limits.ts';
import { createNaming } from './naming.ts';
import type { ApplicationReport, Report } from './report.ts';
import { standingOf } from './standing.ts';

/** Contract 1.8. */
export const OUTPUT_NAMES = [
  'result',
  'applications',
  'names',
  'shards',
  'passed',
  'failed',
  'timed-out',
  'count',
  'report',
] as const;
export type OutputName = (typeof OUTPUT_NAMES)[number];
export type Outputs = Readonly<Record<OutputName, string>>;

/** What the outputs say until there is a report: every output exists, however the step ends. */
export const EARLY_OUTPUTS: Outputs = {
  result: 'failed',
  applications: '[]',
  names: '[]',
  shards: '[]',
  passed: '[]',
  failed: '[]',
  'timed-out': '[]',
  count: '0',
  report: '',
};

const FIELDS = [
  'name',
  'namespace',
  'project',
  'cluster',
  'verdict',
  'message',
  'syncStatus',
  'healthStatus',
  'phase',
  'revisions',
  'operationId',
  'startedAt',
  'finishedAt',
  'durationMs',
  'url',
] as const satisfies readonly (keyof ApplicationReport)[];
type Field = (typeof FIELDS)[number];

/** What all objects of `applications` have in common after so much trimming. */
interface Shape {
  readonly fields: readonly Field[];
  readonly messageMax: number;
}

type Trim = { readonly without: readonly Field[] } | { readonly messageMax: number };

/**
 * How `applications` gets smaller, one step after the other until it fits. Each step holds for all objects, so that they
 * have one shape: a field is there for all Applications or for none. Name, namespace and verdict are never left out.
 */
const TRIMS: readonly Trim[] = [
  { messageMax: 300 },
  { without: ['url'] },
  { without: ['startedAt', 'finishedAt'] },
  { without: ['operationId'] },
  { messageMax: 100 },
  { without: ['project', 'cluster'] },
  { without: ['phase', 'revisions'] },
  { without: ['message'] },
  { without: ['syncStatus', 'healthStatus', 'durationMs'] },
];

const trimmed = (shape: Shape, trim: Trim): Shape =>
  'messageMax' in trim
    ? { ...shape, messageMax: trim.messageMax }
    : { ...shape, fields: shape.fields.filter((field) => !trim.without.includes(field)) };

/** Identity stays exactly as it is; all other text comes from servers. */
const shownValue = (application: ApplicationReport, field: Field, messageMax: number): unknown => {
  const value = application[field];
  if (field === 'name' || field === 'namespace') return value;
  return typeof value === 'string' ? oneLine(value, field === 'message' ? messageMax : OUTPUT_MESSAGE_MAX) : value;
};

const WHOLE: Shape = { fields: FIELDS, messageMax: OUTPUT_MESSAGE_MAX };

const member = (application: ApplicationReport, field: Field, messageMax: number): string =>
  `"${field}":${JSON.stringify(shownValue(application, field, messageMax))}`;

/** An Application where nothing has to be left out: its members as JSON, in the order of {@link FIELDS}. */
interface Whole {
  readonly application: ApplicationReport;
  readonly members: readonly string[];
  /** With the commas between them, and two braces. */
  readonly units: number;
}

/** Made once for each. */
const wholeOf = onceForEach((application: ApplicationReport): Whole => {
  const members = FIELDS.map((field) => member(application, field, WHOLE.messageMax));
  return { application, members, units: members.reduce((sum, { length }) => sum + length + 1, 1) };
});

/** Makes beforehand what the output `applications` will be put together from. */
export const prepareOutput = (application: ApplicationReport): void => {
  wholeOf(application);
};

const MESSAGE = FIELDS.indexOf('message');

/** The member at this place in {@link FIELDS}. */
const memberAt = ({ application, members }: Whole, place: number, messageMax: number): string =>
  place === MESSAGE && application.message.length > messageMax
    ? member(application, 'message', messageMax)
    : (members[place] ?? '');

const placesOf = (fields: readonly Field[]): readonly number[] => fields.map((field) => FIELDS.indexOf(field));

/** Each as it is in the output `applications`. */
const asJson = (wholes: readonly Whole[], { fields, messageMax }: Shape): readonly string[] => {
  const places = placesOf(fields);
  return wholes.map((whole) => `{${places.map((place) => memberAt(whole, place, messageMax)).join(',')}}`);
};

/** UTF-16 units that a trim saves. Only what it takes away is looked at: there may be a thousand Applications and nine trims. */
const savedBy = (wholes: readonly Whole[], shape: Shape, trim: Trim): number => {
  let saved = 0;
  if ('messageMax' in trim) {
    for (const whole of wholes) {
      if (whole.application.message.length <= trim.messageMax) continue;
      saved += memberAt(whole, MESSAGE, shape.messageMax).length - memberAt(whole, MESSAGE, trim.messageMax).length;
    }
    return saved;
  }
  for (const place of placesOf(trim.without)) {
    // What goes as a whole takes its comma with it.
    for (const whole of wholes) saved += memberAt(whole, place, shape.messageMax).length + 1;
  }
  return saved;
};

/** The longest beginning of these JSON values that is no longer than `max` as an array. */
const asArray = (items: readonly string[], max: number): { readonly text: string; readonly left: number } => {
  let length = 2;
  let count = 0;
  for (const item of items) {
    length += item.length + (count > 0 ? 1 : 0);
    if (length > max) break;
    count += 1;
  }
  return { text: `[${items.slice(0, count).join(',')}]`, left: items.length - count };
};

/** Applications that did not pass are kept longest. */
const keepMatters = (
  applications: readonly ApplicationReport[],
  items: readonly string[],
  max: number,
): { readonly text: string; readonly left: number } => {
  const order = [...items.keys()].sort((a, b) => rank(applications[a]) - rank(applications[b]) || a - b);
  const kept = new Set<number>();
  let length = 2;
  for (const index of order) {
    length += (items[index]?.length ?? 0) + (kept.size > 0 ? 1 : 0);
    if (length > max) break;
    kept.add(index);
  }
  return { text: `[${items.filter((_, index) => kept.has(index)).join(',')}]`, left: items.length - kept.size };
};

const rank = (application: ApplicationReport | undefined): number =>
  application === undefined || standingOf(application.verdict) === 'passed' ? 1 : 0;

const applicationsOutput = (
  applications: readonly ApplicationReport[],
  max: number,
): { readonly text: string; readonly leftOut: string } => {
  let shape = WHOLE;
  const wholes = applications.map(wholeOf);
  // With commas and brackets.
  let length = Math.max(2, wholes.length + 1);
  for (const { units } of wholes) length += units;
  for (const trim of TRIMS) {
    if (length <= max) break;
    length -= savedBy(wholes, shape, trim);
    shape = trimmed(shape, trim);
  }
  const items = asJson(wholes, shape);
  const { text, left } =
    length <= max ? { text: `[${items.join(',')}]`, left: 0 } : keepMatters(applications, items, max);
  if (left > 0) return { text, leftOut: `all but name, namespace and verdict, and ${left} Applications` };
  const { fields, messageMax } = shape;
  const missing = FIELDS.filter((field) => !fields.includes(field));
  const isCut = fields.includes('message') && applications.some(({ message }) => message.length > messageMax);
  return { text, leftOut: [...missing, ...(isCut ? [`messages above ${messageMax} characters`] : [])].join(', ') };
};

/**
 * The outputs of contract 1.8, all together at most {@link OUTPUTS_MAX_UNITS} UTF-16 units, and what did not fit:
 * `leftOut` names it for people, `''`: everything is there.
 *
 * - `names` has the plain name of each Application that is the only one of its name in the selection, and
 *   `namespace/name` otherwise; the other lists use the same names.
 * - Every Application is in exactly one of `passed`, `failed` and `timed-out`. One that timed out is only in `timed-out`,
 *   whether or not that fails the step.
 * - All of these lists and `applications` follow the order of the selection.
 * - What does not fit is left out in this order: messages above 300 characters are cut, then for all Applications `url`;
 *   `startedAt` and `finishedAt`; `operationId`; messages above 100 characters are cut; `project` and `cluster`; `phase` and
 *   `revisions`; `message`; `syncStatus`, `healthStatus` and `durationMs`. Then Applications that passed, from the end,
 *   then others from the end. The lists of names come before `applications` and are complete unless they alone are too
 *   long (1000 names of more than 220 characters); then `passed` is cut first, next `timed-out`, `failed`, `names`.
 *
 * @param reportPath where the report file is, `''`: there is none
 */
export const fitOutputs = (
  report: Report,
  reportPath: string,
): { readonly outputs: Outputs; readonly leftOut: string } => {
  const { applications } = report;
  const nameOf = createNaming(applications);
  const quoted = (of: (verdict: VerdictName) => boolean): string[] =>
    applications.filter(({ verdict }) => of(verdict)).map((application) => JSON.stringify(nameOf(application)));
  const shards = JSON.stringify(report.selection.shards);
  const fixed = { result: report.result, shards, count: String(applications.length), report: reportPath };
  // Each name of an output is a part of what is sent, and a little is kept for the empty arrays.
  let room = OUTPUTS_MAX_UNITS - Object.values(fixed).join('').length - OUTPUT_NAMES.join('').length - 16;
  const left: string[] = [];
  const list = (output: OutputName, of: (verdict: VerdictName) => boolean): string => {
    const array = asArray(quoted(of), room);
    room -= array.text.length;
    if (array.left > 0) left.push(`${array.left} of ${output}`);
    return array.text;
  };
  const names = list('names', () => true);
  const failed = list('failed', (verdict) => standingOf(verdict) === 'failed');
  const timedOut = list('timed-out', (verdict) => standingOf(verdict) === 'timed-out');
  const passed = list('passed', (verdict) => standingOf(verdict) === 'passed');
  const { text, leftOut } = applicationsOutput(applications, Math.max(2, room));
  return {
    outputs: { ...fixed, applications: text, names, passed, failed, 'timed-out': timedOut },
    leftOut: [leftOut, ...left].filter((part) => part !== '').join(', '),
  };
};

/** The outputs alone; see {@link fitOutputs}. */
export const toOutputs = (report: Report, reportPath: string): Outputs => fitOutputs(report, reportPath).outputs;
