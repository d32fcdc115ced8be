import { ArgoCdError } from '../argocd/errors.ts';
import type { Clock } from '../lib/clock.ts';
import type { Problem } from '../report/report.ts';
import type { EntityRef } from './entity.ts';
import type { SyncEvent } from './event/event.ts';
import type { FileProblem } from './folder/parse.ts';
import { FolderError } from './folder/read.ts';
import { GitError } from './git/errors.ts';
import { actorIdentity, COMMITTER } from './git/identity.ts';
import type { GitRepository } from './git/port.ts';
import type { GitHub } from './github/port.ts';
import type { Inputs } from './inputs/types.ts';
import { createMemoryStore, OWN_BRANCHES } from './memory/memory.ts';
import type { Rules } from './plan/entity.ts';
import type { Platform } from './platform/port.ts';
import { conclude } from './report/conclude.ts';
import type { EmitLine } from './report/log.ts';
import type { SyncEventRecord, SyncReport } from './report/report.ts';
import { memoryMessage } from './round/message.ts';
import { proposalText } from './round/proposal.ts';
import { type RoundResult, round } from './round/round.ts';
import { syncWebhook } from './webhook.ts';

export interface RunDeps {
  readonly connect: (inputs: Inputs, signal: AbortSignal) => Promise<Platform>;
  readonly openGit: (signal: AbortSignal) => Promise<GitRepository>;
  /** For the address of a remote. Undefined without a token, or when it is another host. */
  readonly gitHub: (remote: string) => GitHub | undefined;
  readonly event: SyncEvent;
  /** `owner/name` of the workflow's repository, `''` outside of a runner. */
  readonly repository: string;
  readonly actor: { readonly name: string; readonly id: string; readonly serverUrl: string };
  /** The page of this run, or whatever names it. */
  readonly runUrl: string;
  /** Takes the secrets of this run out of a text; what holds one is not committed. */
  readonly redact: (text: string) => string;
  readonly clock: Clock;
  readonly emit: EmitLine;
  readonly cancelled: AbortSignal;
}

/** How often a branch that moved, or an entity that changed meanwhile, is read and planned again. */
export const MAX_REPLANS = 5;

/** What a run knows so far. */
interface Progress {
  connection: string;
  repository: string;
  branch: string;
  /** What was read first. */
  firstHead: string;
  head: string;
  commit: string;
  pullRequest: SyncReport['pullRequest'];
  webhook: SyncReport['webhook'];
  last: RoundResult | undefined;
  readonly problems: Problem[];
  readonly warnings: string[];
  events: SyncEventRecord[];
  /** Of the files as they were read last. */
  invalid: FileProblem[];
}

/**
 * The whole story: which branch, both sides, plan, carry out, report. Never rejects for anything a server or user did: what went wrong is
 * in the report, which is complete at every ending.
 */
export const run = async (inputs: Inputs, deps: RunDeps): Promise<SyncReport> => {
  const { clock, event } = deps;
  const startedAt = clock.date().toISOString();
  const startedMs = clock.now();
  const progress: Progress = {
    connection: '',
    repository: deps.repository || 'local',
    branch: inputs.branch,
    firstHead: '',
    head: '',
    commit: '',
    pullRequest: null,
    webhook: null,
    last: undefined,
    problems: [],
    warnings: [],
    events: [],
    invalid: [],
  };
  const dryRun = inputs.dryRun || event.kind === 'preview';
  let ignored = '';
  try {
    ignored = await carryOut(inputs, dryRun, progress, deps);
  } catch (error) {
    if (!deps.cancelled.aborted) progress.problems.push(problemOf(error));
  }
  const durationMs = Math.round(clock.now() - startedMs);
  const { last, problems, warnings, events, invalid } = progress;
  const equal = last?.equal ?? 0;
  return {
    schemaVersion: 1,
    action: 'bidirectional',
    ...conclude({ problems, events, invalid, equal, dryRun, cancelled: deps.cancelled.aborted, durationMs, ignored }),
    startedAt,
    finishedAt: clock.date().toISOString(),
    durationMs,
    dryRun,
    connection: progress.connection,
    repository: progress.repository,
    branch: progress.branch,
    folder: inputs.folder,
    head: progress.head,
    commit: progress.commit,
    pullRequest: progress.pullRequest,
    problems,
    warnings,
    events,
    invalid,
    leftAlone: last?.leftAlone ?? [],
    equal,
    webhook: progress.webhook,
  };
};

/** Answers why there was nothing to do at all, `''`: there was. */
const carryOut = async (inputs: Inputs, dryRun: boolean, progress: Progress, deps: RunDeps): Promise<string> => {
  const { event, emit, cancelled: signal } = deps;
  if (event.kind === 'ignored') return event.reason;
  if (event.kind === 'preview' && event.fork) return 'the pull request comes from another repository';
  const readBranch = inputs.branch || (event.kind === 'preview' ? event.head : event.branch);
  if (readBranch.startsWith(OWN_BRANCHES)) return `${readBranch} is a branch of this action`;
  emit({ kind: 'phase', title: 'Connect' });
  const platform = await deps.connect(inputs, signal);
  let git: GitRepository | undefined;
  try {
    progress.connection = platform.description;
    emit({ kind: 'line', text: platform.description });
    git = await deps.openGit(signal);
    emit({ kind: 'line', text: git.description });
    const branch = readBranch || ((await git.defaultBranch(signal)) ?? '');
    progress.branch = branch;
    if (branch === '') {
      progress.problems.push({
        title: 'No branch',
        message: 'the event names no branch, and the repository has no default',
        hint: 'Set `branch`.',
        causes: [],
      });
      return '';
    }
    const gitHub = deps.gitHub(git.url);
    if (gitHub === undefined && (inputs.webhook !== undefined || inputs.write === 'pull-request')) {
      progress.problems.push({
        title: 'Not on GitHub',
        message: `${git.url} is not on the GitHub of this workflow: there is no pull request and no webhook`,
        hint: 'Leave out webhook-url, and use `write: commit`.',
        causes: [],
      });
      return '';
    }
    await rounds(inputs, dryRun, branch, event, platform, git, gitHub, progress, deps);
    if (inputs.webhook !== undefined && gitHub !== undefined && !dryRun) {
      emit({ kind: 'phase', title: 'Webhook' });
      progress.webhook = await syncWebhook(inputs.webhook, gitHub, (text) => warn(text, progress, deps), signal);
    }
    return '';
  } finally {
    await git?.close();
    await platform.close().catch(() => {});
  }
};

const warn = (text: string, progress: Progress, { emit }: RunDeps): void => {
  if (progress.warnings.includes(text)) return;
  progress.warnings.push(text);
  emit({ kind: 'warning', text });
};

const rulesOf = ({ direction, conflict, write, ...inputs }: Inputs): Rules => ({
  writePlatform: direction !== 'to-git',
  writeGit: direction === 'to-platform' ? 'no' : write === 'pull-request' ? 'proposed' : 'committed',
  gitDecides: direction === 'to-platform',
  conflict,
  delete: inputs.delete,
  create: inputs.create,
});

const rounds = async (
  inputs: Inputs,
  dryRun: boolean,
  branch: string,
  event: SyncEvent,
  platform: Platform,
  git: GitRepository,
  gitHub: GitHub | undefined,
  progress: Progress,
  deps: RunDeps,
): Promise<void> => {
  const { clock, emit, cancelled: signal } = deps;
  const rules = rulesOf(inputs);
  const [namespace = ''] = inputs.namespaces;
  const scope = {
    repository: progress.repository,
    // Agreements are about the branch that a pull request would change.
    branch: event.kind === 'preview' && inputs.branch === '' ? event.base : branch,
    folder: inputs.folder,
    kinds: inputs.kinds,
    namespaces: inputs.namespaces,
    selector: inputs.selector,
  };
  const memory =
    rules.writeGit === 'no'
      ? undefined
      : createMemoryStore(git, { branch: scope.branch, folder: inputs.folder, platform: platform.description });
  const authorship = () => ({
    author: actorIdentity(deps.actor.name, deps.actor.id, deps.actor.serverUrl),
    committer: COMMITTER,
    run: deps.runUrl,
    date: clock.date(),
  });
  const target =
    rules.writeGit === 'proposed'
      ? ({ kind: 'proposal', branch: `${OWN_BRANCHES}sync/${branch}` } as const)
      : ({ kind: 'branch', branch } as const);
  const notes = createNotes(platform, dryRun, deps.redact, (text) => warn(text, progress, deps), signal);

  for (let attempt = 0; ; attempt += 1) {
    emit({
      kind: 'phase',
      title: attempt === 0 ? 'Compare and sync' : `Compare and sync again (${attempt} of ${MAX_REPLANS})`,
    });
    const head = await git.fetchBranch(branch, signal);
    if (head === undefined) {
      progress.problems.push({
        title: 'No such branch',
        message: `${progress.repository} has no branch ${branch}`,
        hint: 'Check `branch`, or push the branch first.',
        causes: [],
      });
      return;
    }
    const firstHead = progress.firstHead;
    progress.firstHead ||= head;
    progress.head = head;
    progress.invalid = [];
    const told: SyncEventRecord[] = [];
    const result = await round(head, {
      platform,
      git,
      memory,
      scope,
      options: { kinds: inputs.kinds, namespace: namespace === '*' || namespace === '' ? 'argocd' : namespace },
      rules,
      maxDeletions: inputs.maxDeletions,
      target,
      dryRun,
      authorship,
      redact: deps.redact,
      clock,
      signal,
      committed: progress.commit !== '',
      firstHead,
      onInvalid: (problem) => void progress.invalid.push(problem),
      onEvent: async (record, situation, uid) => {
        told.push(record);
        // Known at once: the run may be cancelled before the round ends.
        if (record.direction === 'to-git' && record.status === 'SUCCESS') progress.commit = record.commit;
        emit({ kind: 'event', event: record });
        await notes.before(record, situation.ref, uid);
      },
    }).finally(() => {
      progress.events = merged(progress.events, told);
    });
    progress.last = result;
    progress.head = result.head;
    if (result.commit !== '') progress.commit = result.commit;
    await notes.after();
    if (result.again !== undefined && attempt < MAX_REPLANS) {
      emit({ kind: 'line', text: `${result.again}: reading both sides again` });
      // What was carried out stays told; the rest is planned anew.
      progress.events = progress.events.filter(
        ({ status, id }) => status === 'SUCCESS' || status === 'CONFLICT' || !told.some((one) => one.id === id),
      );
      continue;
    }
    if (result.again !== undefined) {
      progress.problems.push({
        title: 'Changed too often',
        message: `${result.again}, ${MAX_REPLANS + 1} times in this run`,
        hint: 'Nothing is lost: the next run goes on from here. Other runs for the same branch should share a `concurrency` group.',
        causes: [],
      });
    }
    if (!dryRun) {
      if (memory !== undefined && result.memory !== undefined) {
        const why = await memory.write(result.memory, result.head, memoryMessage(authorship()), signal);
        if (why !== '')
          warn(
            `what was agreed on could not be remembered, so deletions on the platform may not be seen: ${why}`,
            progress,
            deps,
          );
      }
      if (result.proposed.length > 0 && gitHub !== undefined) {
        const proposal = { head: target.branch, base: branch, ...proposalText(result.proposed) };
        const proposed = await gitHub.propose(proposal, signal);
        if (proposed.kind === 'failed') {
          progress.problems.push({
            title: 'No pull request',
            message: proposed.message,
            hint: proposed.hint,
            causes: [],
          });
        } else {
          progress.pullRequest = { number: proposed.number, url: proposed.url, state: proposed.kind };
          emit({ kind: 'line', text: `pull request #${proposed.number} ${proposed.kind}: ${proposed.url}` });
        }
      }
    }
    return;
  }
};

/** Events in the order in which they were told first; the same one told again replaces the earlier. */
const merged = (before: readonly SyncEventRecord[], told: readonly SyncEventRecord[]): SyncEventRecord[] => [
  ...new Map([...before, ...told].map((event) => [event.id, event])).values(),
];

/**
 * Kubernetes Events on the entities. One about something that is going to be overwritten is put there first; the others after the
 * round. Not being allowed to is said once, and stops nothing.
 */
const createNotes = (
  platform: Platform,
  dryRun: boolean,
  redact: (text: string) => string,
  onFailure: (text: string) => void,
  signal: AbortSignal,
) => {
  const waiting: (readonly [SyncEventRecord, EntityRef, uid: string])[] = [];
  const noted = new Set<string>();
  let allowed = true;
  const put = async (record: SyncEventRecord, ref: EntityRef, uid: string): Promise<void> => {
    if (!allowed || uid === '' || noted.has(record.id)) return;
    noted.add(record.id);
    try {
      await platform.note(
        {
          ref,
          uid,
          id: record.id,
          type: record.status === 'SUCCESS' ? 'Normal' : 'Warning',
          reason: `Sync${record.status.charAt(0)}${record.status.slice(1).toLowerCase()}`,
          message: redact(`${record.direction === 'none' ? '' : `${record.direction}: `}${record.message}`),
          payload: redact(JSON.stringify(record.payload)),
          at: new Date(record.time),
        },
        signal,
      );
    } catch (error) {
      if (error instanceof ArgoCdError && error.code === 'aborted') throw error;
      if (error instanceof ArgoCdError && error.code === 'forbidden') allowed = false;
      const why = error instanceof Error ? error.message : String(error);
      const hint = error instanceof ArgoCdError ? ` ${error.hint}` : '';
      onFailure(`Kubernetes Events are missing: ${why}.${hint}`);
    }
  };
  return {
    async before(record: SyncEventRecord, ref: EntityRef, uid: string): Promise<void> {
      if (dryRun || record.status === 'SKIPPED') return;
      if (record.status === 'CONFLICT') await put(record, ref, uid);
      else waiting.push([record, ref, uid]);
    },
    async after(): Promise<void> {
      for (const [record, ref, uid] of waiting.splice(0)) await put(record, ref, uid);
    },
  };
};

/** A failure of the run as a whole, from whatever was thrown. */
const problemOf = (error: unknown): Problem => {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof ArgoCdError)
    return { title: 'The platform cannot be used', message, hint: error.hint, causes: [] };
  if (error instanceof GitError) return { title: 'Git cannot be used', message, hint: error.hint, causes: [] };
  if (error instanceof FolderError)
    return { title: 'The folder cannot be read', message, hint: error.hint, causes: [] };
  return { title: 'Unexpected error', message, hint: 'This is a bug; please report it with the log.', causes: [] };
};
