import type { Commands } from './commands.ts';
import { GitError } from './errors.ts';
import type { CommitId, PushRequest, PushResult } from './port.ts';
import { type PushAnswer, readPush } from './push-answer.ts';
import { type Remote, refOf } from './remote.ts';

export interface PushSettings {
  readonly commands: Commands;
  readonly remote: Remote;
  readonly remoteName: string;
  readonly isAncestor: (ancestor: CommitId, head: CommitId, signal: AbortSignal) => Promise<boolean>;
  readonly delay: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** How long after a lost answer the branch is looked at again, in milliseconds: the server may still be at work. */
const LOOKS_MS = [0, 1_000, 3_000] as const;

/**
 * Pushes one commit to one branch. A branch that is not where it was last seen is never written, not even where Git would call it a
 * fast-forward: somebody may have set it back. When the answer is lost, the branch says what happened.
 */
export const push = async (request: PushRequest, settings: PushSettings, signal: AbortSignal): Promise<PushResult> => {
  try {
    return await attempt(request, settings, signal);
  } catch (error) {
    if (!(error instanceof GitError) || error.code === 'aborted') throw error;
    // Before the push only: what comes later is answered below.
    return { kind: 'failed', ambiguous: false, message: error.message, hint: error.hint };
  }
};

const attempt = async (request: PushRequest, settings: PushSettings, signal: AbortSignal): Promise<PushResult> => {
  const { branch, commit, expected, mode } = request;
  const ref = refOf(branch);
  const before = await settings.remote.head(branch, signal);
  if (before === commit) return { kind: 'pushed', answered: true };
  if (before !== expected) return moved(request, before, settings, signal);
  if (mode === 'fast-forward' && expected !== undefined && !(await settings.isAncestor(expected, commit, signal))) {
    throw new GitError('invalid', `${commit} does not descend from ${expected}`);
  }
  const lease = mode === 'replace' ? [`--force-with-lease=${ref}:${expected ?? ''}`] : [];
  const args = ['push', '--porcelain', '--no-verify', '--no-follow-tags', '--no-recurse-submodules', ...lease];
  const answer = await said(
    settings.commands,
    [...args, '--end-of-options', settings.remoteName, `${commit}:${ref}`],
    signal,
  );
  switch (answer.kind) {
    case 'pushed':
      return { kind: 'pushed', answered: true };
    case 'refused':
      return answer;
    case 'moved':
      return moved(request, await settings.remote.head(branch, signal), settings, signal);
    case 'lost':
      return answer.sent ? look(request, answer.message, settings, signal) : failed(branch, answer.message, false);
  }
};

/** One push. A time limit that ran out is a lost answer. */
const said = async (commands: Commands, args: readonly string[], signal: AbortSignal): Promise<PushAnswer> => {
  try {
    const { exitCode, stdout, stderr } = await commands.tryRemote(args, signal);
    return readPush(exitCode, stdout.toString('utf8'), stderr);
  } catch (error) {
    if (!(error instanceof GitError) || error.code !== 'timeout') throw error;
    return { kind: 'lost', sent: true, message: error.message };
  }
};

/** The branch holds something else than expected: perhaps our commit, with others on top. */
const moved = async (
  { branch, commit }: PushRequest,
  head: CommitId | undefined,
  settings: PushSettings,
  signal: AbortSignal,
): Promise<PushResult> => {
  if (head === undefined) return { kind: 'moved', head };
  if (head === commit) return { kind: 'pushed', answered: false };
  const fetched = await settings.remote.fetchBranch(branch, signal);
  if (fetched === undefined) return { kind: 'moved', head: undefined };
  return (await settings.isAncestor(commit, fetched, signal))
    ? { kind: 'pushed', answered: false }
    : { kind: 'moved', head: fetched };
};

const look = async (
  request: PushRequest,
  message: string,
  settings: PushSettings,
  signal: AbortSignal,
): Promise<PushResult> => {
  for (const ms of LOOKS_MS) {
    if (ms > 0) await settings.delay(ms, signal);
    try {
      const head = await settings.remote.head(request.branch, signal);
      if (head !== request.expected) return await moved(request, head, settings, signal);
    } catch (error) {
      if (!(error instanceof GitError) || error.code === 'aborted') throw error;
      return failed(request.branch, message, true);
    }
  }
  return failed(request.branch, message, true);
};

const failed = (branch: string, message: string, ambiguous: boolean): PushResult => ({
  kind: 'failed',
  ambiguous,
  message: `Branch "${branch}" could not be pushed: ${message}`,
  hint: ambiguous
    ? 'Nobody knows whether the push was carried out; the next run looks before it does anything.'
    : 'Run the step again; nothing was written to Git.',
});
