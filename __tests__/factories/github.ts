import { afterEach, expect } from '@jest/globals';
import { type GitHub, type GitHubOptions, startGitHub } from '../../sandbox/github/start.ts';

/** May do all that is done. */
export const TOKEN = 'ghs_all-that-is-needed';
/** Sees the repository, and may do nothing. */
export const POOR_TOKEN = 'ghs_only-to-look';

const PERMISSIONS = { contents: 'read', deployments: 'write', pull_requests: 'write' } as const;

const running = new Set<GitHub>();

/** A GitHub with tokens for all of its repositories; stopped after the test, which fails if a request was not as GitHub wants it. */
export async function openGitHub(options: GitHubOptions): Promise<GitHub> {
  const names = (options.repositories ?? []).map(({ name }) => name);
  const github = await startGitHub({
    tokens: [
      { token: TOKEN, permissions: Object.fromEntries(names.map((name) => [name, PERMISSIONS])) },
      { token: POOR_TOKEN, permissions: Object.fromEntries(names.map((name) => [name, {}])) },
    ],
    ...options,
  });
  running.add(github);
  return github;
}

afterEach(async () => {
  const all = [...running];
  running.clear();
  for (const github of all) await github.stop();
  expect(all.flatMap(({ violations }) => violations)).toEqual([]);
});
