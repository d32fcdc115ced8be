import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Environment } from './environment.ts';

/** What the Applications follow. */
export interface Published {
  readonly revision: string;
  /** The commits on it, oldest first; empty where this run did not push. */
  readonly commits: readonly string[];
  /** Takes back what was pushed. */
  unpublish(): Promise<void>;
}

const LAYOUT = fileURLToPath(new URL('repository', import.meta.url));
/** What differs between the two commits. */
const MOVES = join('moves', 'resources.yaml');

const run = promisify(execFile);

/** Pushes the layout in two commits, to a branch of its own, where the environment allows that. */
export const publish = async (environment: Environment, branch: string): Promise<Published> => {
  const { pushTo, path, revision } = environment;
  if (pushTo === '') return { revision, commits: [], unpublish: async () => {} };
  const folder = await mkdtemp(join(tmpdir(), 'gitopssync-e2e-'));
  const git = async (...parameters: readonly string[]): Promise<string> => {
    const { stdout } = await run('git', ['-C', folder, ...IDENTITY, ...parameters]);
    return stdout.trim();
  };
  const commit = async (message: string): Promise<string> => {
    await git('add', '--all');
    await git('commit', '--quiet', '--message', message);
    return git('rev-parse', 'HEAD');
  };
  try {
    await git('init', '--quiet', '--initial-branch', branch);
    await cp(LAYOUT, join(folder, path), { recursive: true });
    const first = await commit('Add what the end-to-end scenarios deploy');
    const moves = join(folder, path, MOVES);
    await writeFile(moves, (await readFile(moves, 'utf8')).replace('version: "1"', 'version: "2"'));
    const second = await commit('Move on');
    await git('push', '--quiet', pushTo, `HEAD:refs/heads/${branch}`);
    return {
      revision: branch,
      commits: [first, second],
      unpublish: async () => {
        await git('push', '--quiet', pushTo, `:refs/heads/${branch}`);
        await rm(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
};

/** Whoever runs this may have told git nothing about himself. */
const IDENTITY = ['-c', 'user.name=GitOpsSync e2e', '-c', 'user.email=e2e@example.com', '-c', 'commit.gpgSign=false'];
