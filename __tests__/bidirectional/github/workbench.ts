import { type GitHubOptions, type GitHub as GitHubServer, startGitHub } from '../../../sandbox/github/start.ts';
import { createGitHub } from '../../../src/bidirectional/github/client.ts';
import type { GitHub } from '../../../src/bidirectional/github/port.ts';
import { createGitHubClient } from '../../../src/github/client.ts';
import { systemClock } from '../../../src/lib/clock.ts';

export const MAIN = 'a'.repeat(40);
export const CHANGED = 'b'.repeat(40);

const ALL = { pull_requests: 'write', repository_hooks: 'write', organization_hooks: 'write' } as const;

export const startServer = (options: GitHubOptions = {}): Promise<GitHubServer> =>
  startGitHub({
    repositories: [{ name: 'Acme/shop', branches: { main: MAIN, next: MAIN, 'gitopssync/main#1&2': CHANGED } }],
    tokens: [
      { token: 'owner', type: 'User', permissions: { 'Acme/shop': ALL, Acme: ALL } },
      { token: 'admin', type: 'User', permissions: { 'Acme/shop': ALL } },
      { token: 'job', permissions: { 'Acme/shop': { contents: 'write' } } },
    ],
    ...options,
  });

/** The adapter over that server. Waiting takes no time. */
export const connect = (
  server: GitHubServer,
  token = 'owner',
  redact = (text: string): string => text,
  owner = 'acme',
): GitHub =>
  createGitHub(
    createGitHubClient(token, server.apiUrl, { clock: { ...systemClock, delay: async () => {} }, log: () => {} }),
    { owner, name: 'shop' },
    redact,
  );

export const signal = (): AbortSignal => AbortSignal.timeout(10_000);
