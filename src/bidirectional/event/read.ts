import { flag, isRecord, type JsonRecord, list, number, record, text } from '../../lib/json.ts';
import { oneLine } from '../../lib/printable.ts';
import { counted } from '../../lib/text.ts';
import type { CommitId } from '../git/port.ts';
import type { EventSource, SyncEvent } from './event.ts';

const HEADS = 'refs/heads/';
const TAGS = 'refs/tags/';
const ID = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
/** How much of a name of somebody else is shown, in characters. */
const SHOWN = 100;

/**
 * Says what the event means to a sync. Pure, and never throws: what is missing or of another type in the payload is unknown.
 * `branch`: the input, `''` when it is not given. It makes up for a workflow that runs on no branch.
 */
export const readEvent = (source: EventSource, branch = ''): SyncEvent => {
  const payload = record(source.payload);
  switch (source.name) {
    case 'push':
      return readPush(source, payload);
    case 'pull_request':
    case 'pull_request_target':
      return readPullRequest(source, payload);
    case 'repository_dispatch': {
      const type = shown(text(payload.action));
      return onBranch(
        source,
        text(payload.branch),
        `repository_dispatch${type === '' ? '' : ` "${type}"`}${by(payload)}`,
      );
    }
    case 'schedule':
      return onRef(source, branch, `schedule${quote(text(payload.schedule))}`);
    case 'workflow_dispatch':
      return onRef({ ...source, ref: text(payload.ref) || source.ref }, branch, `workflow_dispatch${by(payload)}`);
    case 'delete':
    case 'create':
      return ignored(source, `The event "${source.name}" changes no file; the push that comes with it does.`);
    default:
      return onRef(source, branch, source.name === '' ? 'no event' : `event ${shown(source.name)}`);
  }
};

const readPush = (source: EventSource, payload: JsonRecord): SyncEvent => {
  const ref = text(payload.ref) || source.ref;
  if (ref.startsWith(TAGS))
    return ignored(source, `Tag ${shown(ref.slice(TAGS.length))} was pushed; only branches are synced.`);
  if (!ref.startsWith(HEADS)) return ignored(source, `"${shown(ref)}" is no branch; only branches are synced.`);
  const branch = ref.slice(HEADS.length);
  const after = text(payload.after);
  if (flag(payload.deleted) || isZero(after)) return ignored(source, `Branch "${shown(branch)}" was deleted.`);
  const before = commitOf(payload.before);
  const commits = list(payload.commits).length;
  const created = flag(payload.created) || isZero(text(payload.before));
  const rewritten = flag(payload.forced) && !created;
  // A new branch may come without commits of its own, and a rewritten one too: their files can still be others.
  if (Array.isArray(payload.commits) && commits === 0 && !created && !rewritten) {
    return ignored(source, `The push to "${shown(branch)}" has no commits.`);
  }
  const what = created
    ? `new branch ${shown(branch)}`
    : rewritten
      ? `rewritten branch ${shown(branch)}`
      : `push of ${counted(commits, 'commit')} to ${shown(branch)}`;
  return {
    kind: 'sync',
    name: 'push',
    branch,
    commit: commitOf(after) ?? commitOf(source.sha),
    before,
    summary: `${what}${by(payload)}`,
  };
};

const readPullRequest = (source: EventSource, payload: JsonRecord): SyncEvent => {
  const pull = record(payload.pull_request);
  const head = record(pull.head);
  const base = text(record(pull.base).ref);
  const id = number(pull.number) ?? number(payload.number) ?? 0;
  if (base === '') return ignored(source, 'The payload names no branch that the pull request would change.');
  if (flag(pull.merged)) {
    return {
      kind: 'sync',
      name: source.name,
      branch: base,
      commit: commitOf(pull.merge_commit_sha),
      before: undefined,
      summary: `pull request #${id} merged into ${shown(base)}${by(payload)}`,
    };
  }
  if (text(pull.state) === 'closed' || text(payload.action) === 'closed') {
    return ignored(source, `Pull request #${id} was closed without being merged.`);
  }
  const repository = record(head.repo).full_name;
  return {
    kind: 'preview',
    name: source.name,
    base,
    head: text(head.ref),
    commit: commitOf(head.sha),
    number: id,
    // A head whose repository is gone or unknown is not ours.
    fork: text(repository) === '' || text(repository) !== text(record(record(pull.base).repo).full_name),
    summary: `pull request #${id} from ${shown(text(head.ref))} to ${shown(base)}${by(payload)}`,
  };
};

/** An event that says itself on which branch it is; `''`: the default branch. */
const onBranch = (source: EventSource, branch: string, summary: string): SyncEvent => ({
  kind: 'sync',
  name: source.name,
  branch: branch.startsWith(HEADS) ? branch.slice(HEADS.length) : branch,
  commit: commitOf(source.sha),
  before: undefined,
  summary,
});

/** An event that runs on the ref of the workflow. */
const onRef = (source: EventSource, branch: string, summary: string): SyncEvent => {
  const { ref } = source;
  // The commit is of the tag or of whatever else it runs on.
  if (branch !== '' && !ref.startsWith(HEADS)) return onBranch({ ...source, sha: '' }, branch, summary);
  if (ref.startsWith(TAGS)) {
    return ignored(
      source,
      `The workflow runs on tag ${shown(ref.slice(TAGS.length))}; only branches are synced. Set branch.`,
    );
  }
  if (ref !== '' && !ref.startsWith(HEADS) && ref.startsWith('refs/')) {
    return ignored(source, `The workflow runs on "${shown(ref)}", which is no branch. Set branch.`);
  }
  return onBranch(source, ref, summary);
};

const ignored = (source: EventSource, reason: string): SyncEvent => ({ kind: 'ignored', name: source.name, reason });

const commitOf = (value: unknown): CommitId | undefined => {
  const id = text(value);
  return ID.test(id) && !isZero(id) ? id : undefined;
};

/** How GitHub writes "no commit". */
const isZero = (id: string): boolean => /^0{40,64}$/.test(id);

/** Who did it, as far as the payload says. */
const by = (payload: JsonRecord): string => {
  const login = isRecord(payload.sender) ? text(payload.sender.login) : '';
  return login === '' ? '' : ` by ${shown(login)}`;
};

const shown = (name: string): string => oneLine(name, SHOWN);

const quote = (name: string): string => (name === '' ? '' : ` "${shown(name)}"`);
