import { createHash } from 'node:crypto';
import { retry } from '../../lib/retry.ts';
import { branchProblem } from './branch-name.ts';
import type { Commands } from './commands.ts';
import { checkId } from './commit-id.ts';
import { GitError } from './errors.ts';
import type { CommitId } from './port.ts';
import { reasonOf, saidBy } from './reasons.ts';

/** What is read from the remote of a repository. */
export interface Remote {
  defaultBranch(signal: AbortSignal): Promise<string | undefined>;
  /** The newest commit of the branch as the remote says now, fetching nothing. */
  head(branch: string, signal: AbortSignal): Promise<CommitId | undefined>;
  fetchBranch(branch: string, signal: AbortSignal): Promise<CommitId | undefined>;
  /** Fetches one commit. False: the remote does not have it. */
  fetchCommit(commit: CommitId, signal: AbortSignal): Promise<boolean>;
  /**
   * Fetches the files below a folder of a commit that a partial clone has left out, in one go: Git by itself would fetch each of them
   * alone. `folder` `''`: all.
   */
  fetchMissing(commit: CommitId, folder: string, signal: AbortSignal): Promise<void>;
  /** Fetches more history of the branches fetched so far. False: there is no more. */
  deepen(signal: AbortSignal): Promise<boolean>;
}

export interface RemoteSettings {
  readonly commands: Commands;
  /** The name of the remote in the configuration. */
  readonly name: string;
  /** Commits to begin with; undefined: everything, because the rest is here already. */
  readonly depth: number | undefined;
  readonly delay: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly random: () => number;
}

/** By how much a shallow history grows; after the last step everything is fetched. */
const STEPS = [50, 500] as const;

export const createRemote = ({ commands, name, depth, delay, random }: RemoteSettings): Remote => {
  /** Branches fetched so far: refspec by branch. */
  const fetched = new Map<string, string>();
  let steps = 0;

  /** Runs a command that only reads, again when the network fails. `fine`: what else than 0 is an answer. */
  const read = (
    doing: string,
    args: readonly string[],
    signal: AbortSignal,
    fine: (stderr: string) => boolean,
    input = '',
  ) =>
    retry(
      async () => {
        const answer = await commands.tryRemote(args, signal, { input });
        if (answer.exitCode === 0 || fine(answer.stderr)) return answer;
        throw reasonOf(doing, answer.stderr);
      },
      {
        decide: (error) => ({ again: error instanceof GitError && error.code === 'network' }),
        delay,
        random,
        signal,
      },
    ).catch((error: unknown) => {
      throw signal.aborted && !(error instanceof GitError) ? new GitError('aborted', 'stopped') : error;
    });

  /** Fetches references and nothing that the configuration of the user adds to them. */
  const fetch = (
    doing: string,
    options: readonly string[],
    refs: readonly string[],
    signal: AbortSignal,
    fine: (stderr: string) => boolean,
  ) => read(doing, [...FETCH, '--refmap=', ...options, '--end-of-options', name, ...refs], signal, fine);

  const isShallow = async (signal: AbortSignal): Promise<boolean> =>
    (await commands.local('The checkout cannot be read', ['rev-parse', '--is-shallow-repository'], signal))
      .toString()
      .trim() === 'true';

  return {
    async defaultBranch(signal) {
      const { stdout } = await read(
        'The default branch cannot be read',
        ['ls-remote', '--symref', '--end-of-options', name, 'HEAD'],
        signal,
        never,
      );
      return /^ref: refs\/heads\/(.+)\tHEAD$/m.exec(stdout.toString('utf8'))?.[1];
    },

    async head(branch, signal) {
      const ref = refOf(branch);
      const { stdout } = await read(
        `Branch "${branch}" cannot be read`,
        ['ls-remote', '--end-of-options', name, ref],
        signal,
        never,
      );
      const line = stdout
        .toString('utf8')
        .split('\n')
        .find((one) => one.endsWith(`\t${ref}`));
      return line?.split('\t')[0];
    },

    async fetchBranch(branch, signal) {
      const ref = refOf(branch);
      const local = localRef(branch);
      const spec = `+${ref}:${local}`;
      const first = depth !== undefined && !fetched.has(branch) ? [`--depth=${depth}`] : [];
      const { exitCode } = await fetch(`Branch "${branch}" cannot be fetched`, first, [spec], signal, isNoSuchRef);
      if (exitCode !== 0) return undefined;
      fetched.set(branch, spec);
      const id = await commands.local(
        `Branch "${branch}" cannot be read`,
        ['rev-parse', '--verify', '--end-of-options', `${local}^{commit}`],
        signal,
      );
      return id.toString().trim();
    },

    async fetchCommit(commit, signal) {
      checkId(commit);
      const first = (await isShallow(signal)) || depth !== undefined ? ['--depth=1'] : [];
      const { exitCode, stderr } = await fetch(
        `Commit ${commit} cannot be fetched`,
        first,
        [commit],
        signal,
        isNoSuchCommit,
      );
      if (exitCode === 0) return true;
      if (/not our ref/.test(stderr)) return false;
      // An old server gives out branches only: the commit may be in their history.
      throw new GitError('failed', `Commit ${commit} cannot be fetched: ${saidBy(stderr)}`);
    },

    async fetchMissing(commit, folder, signal) {
      const partial = await commands.tryLocal(['config', '--get', `remote.${name}.promisor`], signal);
      if (partial.exitCode !== 0) return;
      const tree = `${commit}:${folder}`;
      const args = ['rev-list', '--objects', '--missing=print', '--end-of-options', tree];
      const { exitCode, stdout } = await commands.tryLocal(args, signal);
      const missing = [...stdout.toString('latin1').matchAll(/^\?([0-9a-f]+)$/gm)].map(([, id]) => id ?? '');
      // What is no folder there is found out by whoever reads it.
      if (exitCode !== 0 || missing.length === 0) return;
      const input = missing.map((id) => `${id}\n`).join('');
      await read('The files cannot be fetched', [...ONLY_THESE, '--end-of-options', name], signal, never, input);
    },

    async deepen(signal) {
      if (!(await isShallow(signal))) return false;
      const step = STEPS[steps];
      steps += 1;
      await fetch(
        'More history cannot be fetched',
        [step === undefined ? '--unshallow' : `--deepen=${step}`],
        [...fetched.values()],
        signal,
        isNoSuchRef,
      );
      return true;
    },
  };
};

/** Where a fetched branch is kept: under a name of one part, so that `a` and `a/b` never meet. */
export const localRef = (branch: string): string =>
  `${LOCAL_REFS}${createHash('sha256').update(branch).digest('hex').slice(0, 32)}`;
export const LOCAL_REFS = 'refs/gitopssync/';

/** Throws `invalid` when this can be no branch. */
export const refOf = (branch: string): string => {
  const problem = branchProblem(branch);
  if (problem !== undefined) throw new GitError('invalid', `"${branch}" can be no branch: ${problem}`);
  return `refs/heads/${branch}`;
};

/** No tags, no submodules, no FETCH_HEAD. */
const FETCH = [
  'fetch',
  '--quiet',
  '--no-tags',
  '--no-recurse-submodules',
  '--no-write-fetch-head',
  '--no-auto-gc',
] as const;

/** Objects by name from standard input, as Git asks for what a partial clone lacks. */
const ONLY_THESE = ['-c', 'fetch.negotiationAlgorithm=noop', ...FETCH, '--filter=blob:none', '--stdin'] as const;

const never = (): boolean => false;
const isNoSuchRef = (stderr: string): boolean => /couldn't find remote ref/i.test(stderr);
const isNoSuchCommit = (stderr: string): boolean => /not our ref|unadvertised object/.test(stderr);
