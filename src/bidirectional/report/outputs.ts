import { oneLine } from '../../lib/printable.ts';
import { OUTPUTS_MAX_UNITS } from '../../report/limits.ts';
import { entityName } from '../entity.ts';
import { isUnresolved } from './conclude.ts';
import { refOf, type SyncEventRecord, type SyncReport } from './report.ts';

/** Contract 2. */
export const OUTPUT_NAMES = [
  'result',
  'to-platform',
  'to-git',
  'conflicts',
  'invalid',
  'events',
  'commit',
  'pull-request',
  'report',
] as const;
export type OutputName = (typeof OUTPUT_NAMES)[number];
export type Outputs = Readonly<Record<OutputName, string>>;

/** What the outputs say until there is a report: every output exists, however the step ends. */
export const EARLY_OUTPUTS: Outputs = {
  result: 'failed',
  'to-platform': '[]',
  'to-git': '[]',
  conflicts: '[]',
  invalid: '[]',
  events: '[]',
  commit: '',
  'pull-request': '',
  report: '',
};

const MESSAGE_MAX = 1000;
/** What of all outputs the events may take; the lists before them are short. */
const EVENTS_SHARE = 0.6;

/**
 * The outputs of contract 2. `to-platform` and `to-git` name the entities that were written there (with `dry-run`: that would be),
 * as `Application argocd/web`. What does not fit is left out from the end; of events first the payloads, then the events themselves.
 */
export const toOutputs = (report: SyncReport, reportPath: string): Outputs => {
  const { events, invalid, dryRun } = report;
  const share = Math.floor((OUTPUTS_MAX_UNITS * (1 - EVENTS_SHARE)) / 4);
  const written = (direction: SyncEventRecord['direction']): string =>
    array(
      [
        ...new Set(
          events
            .filter((event) => event.direction === direction && event.action !== 'keep')
            .filter(({ status }) => status === (dryRun ? 'SKIPPED' : 'SUCCESS'))
            .map((event) => entityName(refOf(event))),
        ),
      ].map((name) => JSON.stringify(name)),
      share,
    );
  const conflicts = events
    .filter(({ status }) => status === 'CONFLICT')
    .map((event) =>
      JSON.stringify({
        entity: entityName(refOf(event)),
        fields: event.payload.fields.map(({ path }) => path),
        resolved: !isUnresolved(event),
        message: oneLine(event.message, MESSAGE_MAX),
      }),
    );
  const refused = invalid.map(({ path, position, title, message }) =>
    JSON.stringify({ file: path, ...position, title, message: oneLine(message, MESSAGE_MAX) }),
  );
  return {
    result: report.result,
    'to-platform': written('to-platform'),
    'to-git': written('to-git'),
    conflicts: array(conflicts, share),
    invalid: array(refused, share),
    events: eventsOutput(events, Math.floor(OUTPUTS_MAX_UNITS * EVENTS_SHARE)),
    commit: report.commit,
    'pull-request': report.pullRequest?.url ?? '',
    report: reportPath,
  };
};

const eventsOutput = (events: readonly SyncEventRecord[], max: number): string => {
  const whole = events.map((event) => JSON.stringify({ ...event, message: oneLine(event.message, MESSAGE_MAX) }));
  if (whole.reduce((sum, text) => sum + text.length + 1, 2) <= max) return array(whole, max);
  return array(
    events.map(({ payload: _, ...event }) =>
      JSON.stringify({ ...event, message: oneLine(event.message, MESSAGE_MAX) }),
    ),
    max,
  );
};

/** The longest beginning that is no longer than `max` as an array. */
const array = (items: readonly string[], max: number): string => {
  let length = 2;
  const kept = items.filter((item) => {
    length += item.length + 1;
    return length <= max;
  });
  return `[${kept.join(',')}]`;
};
