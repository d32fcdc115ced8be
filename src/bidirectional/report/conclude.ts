import { formatElapsed } from '../../lib/duration.ts';
import { oneLine } from '../../lib/printable.ts';
import { counted, grouped } from '../../lib/text.ts';
import type { Problem } from '../../report/report.ts';
import { entityName } from '../entity.ts';
import type { FileProblem } from '../folder/parse.ts';
import { refOf, type SyncEventRecord, type SyncReport } from './report.ts';

export interface Ending {
  readonly problems: readonly Problem[];
  readonly events: readonly SyncEventRecord[];
  readonly invalid: readonly FileProblem[];
  readonly equal: number;
  readonly dryRun: boolean;
  readonly cancelled: boolean;
  readonly durationMs: number;
  /** Why there was nothing to do at all, `''`: there was. */
  readonly ignored: string;
}

/** Whether a conflict is still there after the run. */
export const isUnresolved = (event: SyncEventRecord): boolean =>
  event.status === 'CONFLICT' && event.payload.fields.some(({ kept }) => kept === 'both');

/** What makes a run fail, one line each, in the order in which people should read them. */
export const failuresOf = ({
  problems,
  events,
  invalid,
}: Pick<Ending, 'problems' | 'events' | 'invalid'>): readonly string[] => [
  ...problems.map(({ title, message }) => `${title}: ${message}`),
  ...events.filter(({ status }) => status === 'FAILED').map((event) => `${entityName(refOf(event))}: ${event.message}`),
  ...events.filter(isUnresolved).map((event) => `${entityName(refOf(event))}: ${event.message}`),
  ...invalid.map(
    ({ path, position, title, message }) => `${path}:${position.line}:${position.column}: ${title}: ${message}`,
  ),
];

/**
 * Result and headline. `failed`: something could not be read or written, a file was refused, or a conflict is still open, so that the two
 * sides do not say the same. A preview only fails for what cannot be read.
 */
export const conclude = (ending: Ending): Pick<SyncReport, 'result' | 'headline'> => {
  if (ending.cancelled) return { result: 'cancelled', headline: `Cancelled after ${formatElapsed(ending.durationMs)}` };
  const failed = failuresOf(ending).length > 0;
  if (ending.ignored !== '') return { result: 'succeeded', headline: `Nothing to do: ${ending.ignored}` };
  const [problem] = ending.problems;
  if (problem !== undefined)
    return { result: 'failed', headline: oneLine(`${problem.title}: ${problem.message}`, 300) };
  return { result: failed ? 'failed' : 'succeeded', headline: headlineOf(ending) };
};

const headlineOf = ({ events, invalid, equal, dryRun, durationMs }: Ending): string => {
  const done = (direction: SyncEventRecord['direction']): number =>
    new Set(
      events
        .filter(
          (event) =>
            event.direction === direction &&
            event.action !== 'keep' &&
            event.status === (dryRun ? 'SKIPPED' : 'SUCCESS'),
        )
        .map((event) => entityName(refOf(event))),
    ).size;
  const [toPlatform, toGit] = [done('to-platform'), done('to-git')];
  const conflicts = new Set(
    events.filter(({ status }) => status === 'CONFLICT').map((event) => entityName(refOf(event))),
  ).size;
  const failed = events.filter(({ status }) => status === 'FAILED').length;
  const would = dryRun ? 'would go ' : '';
  const parts = [
    ...(toPlatform > 0 ? [`${toPlatform} ${would}to the platform`] : []),
    ...(toGit > 0 ? [`${toGit} ${would}to Git`] : []),
    ...(conflicts > 0 ? [counted(conflicts, 'conflict')] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(invalid.length > 0 ? [counted(invalid.length, 'invalid file')] : []),
  ];
  const same = equal === 1 ? '1 entity is equal on both sides' : `${grouped(equal)} entities are equal on both sides`;
  return `${parts.length === 0 ? `Nothing to change, ${same}` : `${parts.join(', ')}; ${same}`} (${formatElapsed(durationMs)})`;
};
