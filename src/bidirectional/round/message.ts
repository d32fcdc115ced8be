import { oneLine } from '../../lib/printable.ts';
import { entityName } from '../entity.ts';
import type { CommitMessage, Identity } from '../git/port.ts';
import type { EntityPlan } from '../plan/entity.ts';
import type { Prepared } from './prepare.ts';
import { fieldNames } from './record.ts';
import { RUN_TRAILER } from './versions.ts';

export interface Authorship {
  readonly author: Identity;
  readonly committer: Identity;
  /** The URL of the run, or its id. */
  readonly run: string;
  readonly date: Date;
}

const MAX_LISTED = 100;
const MAX_LINE = 200;

/** Whether a plan changes Git. */
export const changesGit = (plan: EntityPlan): boolean =>
  (plan.kind === 'update' && plan.git.differences.length > 0) ||
  ((plan.kind === 'create' || plan.kind === 'delete') && plan.on === 'git');

/** The message of the one commit of a run: which entities, and what of them. */
export const commitMessage = (
  all: readonly Prepared[],
  { author, committer, run, date }: Authorship,
): CommitMessage => {
  const [first, ...more] = all;
  const subject =
    first === undefined
      ? 'Sync from Argo CD'
      : more.length === 0
        ? `Sync ${entityName(first.situation.ref)} from Argo CD`
        : `Sync ${all.length} entities from Argo CD`;
  const lines = all.slice(0, MAX_LISTED).map((one) => oneLine(`- ${lineOf(one)}`, MAX_LINE));
  const left = all.length - lines.length;
  return {
    subject: oneLine(subject, MAX_LINE),
    body: [...lines, ...(left > 0 ? [`- and ${left} more`] : [])].join('\n'),
    trailers: [{ name: RUN_TRAILER, value: run }],
    author,
    committer,
    date,
  };
};

const lineOf = ({ situation, plan }: Prepared): string => {
  const name = entityName(situation.ref);
  switch (plan.kind) {
    case 'update':
      return `${name}: ${fieldNames(plan.git.differences)}`;
    case 'create':
      return `${name}: new`;
    case 'delete':
      return `${name}: deleted`;
    default:
      return name;
  }
};

/** The message of a commit that only keeps what was agreed on. */
export const memoryMessage = ({ committer, run, date }: Authorship): CommitMessage => ({
  subject: 'Remember what was agreed on',
  body: '',
  trailers: [{ name: RUN_TRAILER, value: run }],
  author: committer,
  committer,
  date,
});
