import { rm } from 'node:fs/promises';
import { readBatch } from './batch.ts';
import type { Commands } from './commands.ts';
import { makeCommit } from './commit.ts';
import { checkId } from './commit-id.ts';
import { concerns, readDifferences } from './differences.ts';
import { HISTORY_FORMAT, readHistory } from './history.ts';
import type { CommitId, FolderListing, GitRepository } from './port.ts';
import { push } from './push.ts';
import { LOCAL_REFS, type Remote } from './remote.ts';
import { fileOf, readTree, splitNul } from './tree-entries.ts';

export interface RepositorySettings {
  readonly description: string;
  readonly url: string;
  readonly commands: Commands;
  readonly remote: Remote;
  readonly remoteName: string;
  /** Where files of the run go. */
  readonly temp: string;
  /** A clone that was made for the run and goes with it. */
  readonly ownFolder: string | undefined;
  readonly delay: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** Renames are looked for among at most so many files: above that, a rename is a deletion and an addition. */
const RENAMES = ['-M', '-l5000'] as const;

export const createRepository = (settings: RepositorySettings): GitRepository => {
  const { commands, remote } = settings;

  const isHere = async (commit: CommitId, signal: AbortSignal): Promise<boolean> => {
    checkId(commit);
    const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${commit}^{commit}`];
    return (await commands.tryLocal(args, signal)).exitCode === 0;
  };

  const isAncestor = async (ancestor: CommitId, head: CommitId, signal: AbortSignal): Promise<boolean> => {
    if (ancestor === head) return true;
    for (;;) {
      if ((await isHere(ancestor, signal)) && (await isHere(head, signal))) {
        const { exitCode } = await commands.tryLocal(['merge-base', '--is-ancestor', ancestor, head], signal);
        if (exitCode === 0) return true;
      }
      if (!(await remote.deepen(signal))) return false;
    }
  };

  /** What stands where a folder was asked for, or above it. */
  const whatIsAt = async (commit: CommitId, folder: string, signal: AbortSignal): Promise<FolderListing> => {
    const parts = folder.split('/');
    const paths = parts.map((_, at) => parts.slice(0, at + 1).join('/'));
    for (const path of paths) {
      const args = ['ls-tree', '-z', '--full-tree', '--end-of-options', commit, path];
      const entry = readTree(await commands.local(`Folder "${folder}" cannot be read`, args, signal))[0];
      if (entry === undefined) return { kind: 'missing' };
      if (entry.type === 'tree') continue;
      const { kind } = fileOf(entry);
      return { kind: 'not-a-folder', path, what: kind === 'unnameable' ? 'file' : kind };
    }
    return { kind: 'missing' };
  };

  return {
    description: settings.description,
    url: settings.url,
    defaultBranch: (signal) => remote.defaultBranch(signal),
    fetchBranch: (branch, signal) => remote.fetchBranch(branch, signal),
    ensureCommit: async (commit, signal) => (await isHere(commit, signal)) || remote.fetchCommit(commit, signal),
    isAncestor,

    async listFiles(commit, folder, signal) {
      checkId(commit);
      await remote.fetchMissing(commit, folder, signal);
      const paths = folder === '' ? [] : [`${folder}/`];
      const args = ['ls-tree', '-r', '-z', '-l', '--full-tree', '--end-of-options', commit, ...paths];
      const entries = readTree(await commands.local('The files cannot be listed', args, signal));
      if (entries.length === 0 && folder !== '') return whatIsAt(commit, folder, signal);
      return { kind: 'folder', files: entries.filter(({ type }) => type !== 'tree').map(fileOf) };
    },

    async readBlobs(blobs, signal) {
      const wanted = [...new Set(blobs)];
      if (wanted.length === 0) return new Map();
      const output = await commands.local('Files cannot be read', ['cat-file', '--batch'], signal, {
        input: wanted.map((blob) => `${blob}\n`).join(''),
      });
      return readBatch(output, wanted);
    },

    async commit(base, change, message, signal) {
      checkId(base);
      return makeCommit(base, change, message, commands, settings.temp, signal);
    },

    async push(request, signal) {
      checkId(request.commit);
      return push(
        request,
        { commands, remote, remoteName: settings.remoteName, isAncestor, delay: settings.delay },
        signal,
      );
    },

    async history(from, to, folder, signal) {
      checkId(from);
      checkId(to);
      if (!(await isAncestor(from, to, signal))) return { kind: 'unrelated' };
      const options = [
        '--first-parent',
        '-m',
        '--raw',
        '--no-abbrev',
        '--no-ext-diff',
        ...RENAMES,
        `--format=${HISTORY_FORMAT}`,
      ];
      const paths = folder === '' ? [] : [`${folder}/`];
      const args = ['log', '-z', ...options, '--end-of-options', `${from}..${to}`, '--', ...paths];
      return {
        kind: 'known',
        commits: readHistory(splitNul(await commands.local('The history cannot be read', args, signal))),
      };
    },

    async differences(from, to, folder, signal) {
      checkId(from);
      checkId(to);
      // Over everything: a file may have come into the folder, or left it.
      const args = ['diff-tree', '-r', '-z', '--raw', '--no-abbrev', ...RENAMES, '--end-of-options', from, to, '--'];
      const output = await commands.local('The commits cannot be compared', args, signal);
      return readDifferences(splitNul(output)).filter((one) => concerns(one, folder));
    },

    async close() {
      try {
        if (settings.ownFolder !== undefined) {
          await rm(settings.ownFolder, { recursive: true, force: true });
          return;
        }
        const signal = AbortSignal.timeout(5_000);
        const args = ['for-each-ref', '--format=delete %(refname)', LOCAL_REFS];
        const { stdout } = await commands.tryLocal(args, signal);
        if (stdout.length > 0) await commands.tryLocal(['update-ref', '--stdin'], signal, { input: stdout });
      } catch {
        // What stays is harmless: references under a name of ours, or a folder that the runner empties.
      }
    },
  };
};
