import { describe, expect, test } from '@jest/globals';
import { primaryRateLimit, secondaryRateLimit } from '../../sandbox/github/faults.ts';
import type { Fault } from '../../sandbox/types.ts';
import { createGitHubClient, type GitHubCall } from '../../src/github/client.ts';
import { GitHubError } from '../../src/github/errors.ts';
import { type Clock, systemClock } from '../../src/lib/clock.ts';
import { openGitHub, POOR_TOKEN, TOKEN } from '../factories/github.ts';

const SHA = 'a'.repeat(40);
const REPOSITORY = { owner: 'acme', repo: 'shop' };
const READ: GitHubCall = {
  cannot: 'cannot read the repository',
  permission: 'contents: read',
  route: 'GET /repos/{owner}/{repo}',
  parameters: REPOSITORY,
};
const DEPLOY: GitHubCall = {
  cannot: 'cannot deploy',
  permission: 'deployments: write',
  route: 'POST /repos/{owner}/{repo}/deployments',
  parameters: { ...REPOSITORY, ref: SHA, auto_merge: false, required_contexts: [] },
};

/** Waits for nothing, and notes for how long it was asked to. Time-outs come `haste` times sooner. */
const hastyClock = (haste = 1) => {
  const waits: number[] = [];
  const clock: Clock = {
    ...systemClock,
    schedule: (ms, run) => systemClock.schedule(ms / haste, run),
    delay: async (ms) => void waits.push(ms),
    random: () => 0.5,
  };
  return { clock, waits };
};

const open = async (faults: readonly Fault[] = [], token = TOKEN, haste = 1) => {
  const github = await openGitHub({ repositories: [{ name: 'acme/shop', branches: { main: SHA } }], faults });
  const { clock, waits } = hastyClock(haste);
  const lines: string[] = [];
  const client = createGitHubClient(token, github.apiUrl, { clock, log: (line) => lines.push(line) });
  const signal = new AbortController().signal;
  return { github, client, waits, lines, signal };
};

const failure = async (sent: Promise<unknown>): Promise<GitHubError> => {
  const error = await sent.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof GitHubError)) throw new Error(`no GitHubError: ${String(error)}`);
  return error;
};

const status = (code: number, body = ''): Fault['effect'] => ({ kind: 'status', status: code, body });

describe('what passes by itself', () => {
  test('is tried again: 5xx, a broken connection, and too much at once for as long as GitHub says', async () => {
    const faults: Fault[] = [
      { when: {}, effect: status(503) },
      { when: {}, effect: { kind: 'reset' } },
      { when: {}, effect: secondaryRateLimit(7) },
    ];
    const { client, waits, github, signal } = await open(faults);
    expect(await client.send(READ, signal)).toMatchObject({ full_name: 'acme/shop' });
    expect(waits).toEqual([500, 1500, 7000]);
    expect(github.requests).toHaveLength(4);
  });

  test('is not waited for when it takes longer than anybody waits', async () => {
    const resetsAt = Date.now() / 1000 + 1800;
    const { client, waits, signal } = await open([{ when: {}, effect: primaryRateLimit(resetsAt) }]);
    const error = await failure(client.send(READ, signal));
    expect(error).toMatchObject({ code: 'rate-limited', status: 403 });
    expect(error.retryAfterMs).toBeGreaterThan(1_700_000);
    expect(waits).toEqual([]);

    const untold = await open([{ when: {}, effect: status(429, '{}') }]);
    expect((await failure(untold.client.send(READ, untold.signal))).retryAfterMs).toBe(60_000);
    expect(untold.waits).toEqual([]);
  });

  test('is not sent again where that could do it twice', async () => {
    const { client, github, signal } = await open([{ when: { method: 'POST' }, effect: { kind: 'lose-answer' } }]);
    expect((await failure(client.send({ ...DEPLOY, once: true }, signal))).code).toBe('network');
    expect(github.state.repositories.get('acme/shop')?.deployments).toHaveLength(1);
    expect(github.requests).toHaveLength(1);
  });
});

describe('failures', () => {
  test('a request without an answer ends', async () => {
    const { client, signal } = await open([{ when: {}, times: 0, effect: { kind: 'hang' } }], TOKEN, 100);
    const error = await failure(client.send({ ...READ, once: true }, signal));
    expect(error).toMatchObject({
      code: 'timeout',
      message: 'cannot read the repository: no answer from GitHub within 10 s',
    });
  });

  test('name the permission, or the token', async () => {
    const poor = await open([], POOR_TOKEN);
    expect(await failure(poor.client.send(DEPLOY, poor.signal))).toMatchObject({
      code: 'forbidden',
      message: 'cannot deploy: GitHub says 403, Resource not accessible by integration',
      hint: expect.stringMatching(/^Add `deployments: write` to the `permissions:` of the job/),
    });
    const stale = await open([], 'ghs_expired');
    const error = await failure(stale.client.send(READ, stale.signal));
    expect(error).toMatchObject({ code: 'unauthenticated', hint: expect.stringContaining('github-token') });
    expect(JSON.stringify([error, error.message, stale.lines])).not.toContain('ghs_expired');
  });

  test('show nothing of a page that is not from GitHub', async () => {
    const html = '<html><body>Sign in to the proxy</body></html>';
    const { client, signal } = await open([{ when: {}, times: 0, effect: status(418, html) }]);
    expect((await failure(client.send(READ, signal))).message).toBe('cannot read the repository: GitHub says 418');
  });

  test('hold details of what was wrong', async () => {
    const { client, signal } = await open();
    const error = await failure(client.send({ ...DEPLOY, parameters: { ...DEPLOY.parameters, ref: 'gone' } }, signal));
    expect(error).toMatchObject({ code: 'invalid', message: 'cannot deploy: GitHub says 422, No ref found for: gone' });
  });

  test('nobody listens', async () => {
    const { clock } = hastyClock();
    const client = createGitHubClient(TOKEN, 'http://127.0.0.1:9', { clock, log: () => {} });
    const error = await failure(client.send(READ, new AbortController().signal));
    expect(error).toMatchObject({ code: 'network', message: expect.stringContaining('GitHub cannot be reached') });
  });

  test('are ours when we stop', async () => {
    const { client, github } = await open([{ when: {}, times: 0, effect: { kind: 'hang' } }]);
    const controller = new AbortController();
    const sending = failure(client.send(READ, controller.signal));
    while (github.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
    controller.abort('SIGINT');
    expect(await sending).toMatchObject({ code: 'aborted', message: 'cannot read the repository: stopped' });
  });
});

test('lists are read page by page', async () => {
  const branches = Object.fromEntries(Array.from({ length: 250 }, (_, index) => [`b-${index}`, SHA]));
  const github = await openGitHub({ repositories: [{ name: 'acme/shop', branches }] });
  const client = createGitHubClient(TOKEN, github.apiUrl, { clock: hastyClock().clock, log: () => {} });
  const call: GitHubCall = { ...READ, route: 'GET /repos/{owner}/{repo}/branches' };
  const sizes = async (atMost: number): Promise<readonly number[]> => {
    const found: number[] = [];
    for await (const page of client.pages(call, new AbortController().signal, atMost)) found.push(page.length);
    return found;
  };
  expect(await sizes(10)).toEqual([100, 100, 50]);
  expect(await sizes(2)).toEqual([100, 100]);
});
