import { describe, expect, test } from '@jest/globals';
import type { Fault } from '../../sandbox/types.ts';
import { createGitHubClient } from '../../src/github/client.ts';
import { createRevisionReader, LOOKUP_MS } from '../../src/github/revisions.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { testClock } from '../factories/clock.ts';
import { openGitHub, TOKEN } from '../factories/github.ts';

const SERVER = 'https://github.com';
const SHOP = 'https://github.com/acme/shop.git';
const COMMIT = 'a1b2c3d'.padEnd(40, '0');
const TAG_OBJECT = 'f'.repeat(40);
const UNKNOWN = { kind: 'unknown', why: '' };

const open = async (faults: readonly Fault[] = []) => {
  const github = await openGitHub({
    repositories: [
      {
        name: 'acme/shop',
        branches: { main: COMMIT, 'release/1.4': COMMIT, deadbeef: COMMIT },
        tags: { 'v1.4.0': COMMIT, 'v1.4.1': COMMIT },
        tagObjects: { [TAG_OBJECT]: 'v1.4.0' },
      },
      { name: 'acme/empty' },
      { name: 'acme/secret', private: true, branches: { main: COMMIT } },
    ],
    tokens: [{ token: TOKEN, permissions: { 'acme/shop': { contents: 'read' } } }],
    faults,
  });
  const clock = { ...systemClock, delay: async () => {} };
  const client = createGitHubClient(TOKEN, github.apiUrl, { clock, log: () => {} });
  const lookup = testClock();
  const reader = createRevisionReader(client, SERVER, lookup);
  const find = (revision: string, repository = SHOP) => reader.find(repository, revision, new AbortController().signal);
  return { github, lookup, reader, find };
};

describe('a revision', () => {
  test.each([
    'main',
    'release/1.4',
    'v1.4.0',
    'refs/heads/main',
    'refs/tags/v1.4.0',
    COMMIT,
    COMMIT.toUpperCase(),
    'a1b2c3d',
    'deadbeef',
    TAG_OBJECT,
  ])('%s exists', async (revision) => {
    const { find } = await open();
    expect(await find(revision)).toEqual({ kind: 'exists' });
  });

  test.each([
    ['release/1.5', ['main', 'release/1.4', 'deadbeef', 'v1.4.0', 'v1.4.1']],
    // Argo CD does not know this form, though GitHub does.
    ['heads/main', ['main', 'release/1.4', 'deadbeef', 'v1.4.0', 'v1.4.1']],
    ['refs/tags/main', ['main', 'release/1.4', 'deadbeef', 'v1.4.0', 'v1.4.1']],
    ['v1.4', ['v1.4.0', 'v1.4.1', 'main', 'release/1.4', 'deadbeef']],
    ['0'.repeat(40), []],
    ['0'.repeat(12), []],
  ])('%s does not exist', async (revision, names) => {
    const { find } = await open();
    expect(await find(revision)).toEqual({ kind: 'missing', names });
  });

  test('a short commit may be ambiguous at GitHub alone', async () => {
    const { find } = await open();
    expect(await find('0000000')).toEqual(UNKNOWN);
  });

  test('is asked for once, however many ask', async () => {
    const { find, github } = await open();
    const answers = await Promise.all(Array.from({ length: 100 }, () => find('gone')));
    expect(new Set(answers).size).toBe(1);
    expect(await find('gone', 'git@github.com:ACME/shop')).toMatchObject({ kind: 'missing' });
    expect(github.requests).toHaveLength(4);
    await find('gone-too');
    // The names are known by now.
    expect(github.requests).toHaveLength(6);
  });
});

describe('what cannot be known', () => {
  test('a repository elsewhere is not asked for, and gets no token', async () => {
    const { find, github } = await open();
    expect(await find('gone', 'https://gitlab.com/acme/shop')).toEqual(UNKNOWN);
    expect(github.requests).toEqual([]);
  });

  test('a repository that the token does not see is told of once', async () => {
    const { find, github } = await open();
    const secret = 'https://github.com/acme/secret';
    const why = 'cannot look up revisions of acme/secret: GitHub says 404, Not Found';
    expect(await find('main', secret)).toEqual({ kind: 'unknown', why });
    const asked = github.requests.length;
    expect(await find('main', secret)).toEqual(UNKNOWN);
    expect(await find('other', secret)).toEqual(UNKNOWN);
    expect(github.requests).toHaveLength(asked);
    expect(await find('main')).toEqual({ kind: 'exists' });
  });

  test('an empty repository', async () => {
    const { find } = await open();
    expect(await find('main', 'https://github.com/acme/empty')).toMatchObject({
      kind: 'unknown',
      why: expect.stringContaining('409, Git Repository is empty.'),
    });
  });

  test('while GitHub is out of order it is not asked again and again', async () => {
    const { find, github } = await open([{ when: {}, times: 0, effect: { kind: 'status', status: 502 } }]);
    expect(await find(COMMIT)).toEqual({
      kind: 'unknown',
      why: 'cannot look up revisions of acme/shop: GitHub says 502',
    });
    const asked = github.requests.length;
    expect(await find('gone')).toEqual(UNKNOWN);
    expect(github.requests).toHaveLength(asked);
  });

  test('a GitHub that does not answer holds no sync up', async () => {
    const { find, github, lookup } = await open([{ when: {}, times: 0, effect: { kind: 'hang' } }]);
    const finding = Promise.all([find(COMMIT), find('main')]);
    while (github.requests.length < 3) await new Promise((resolve) => setImmediate(resolve));
    await lookup.advance(LOOKUP_MS);
    expect(await finding).toEqual([
      { kind: 'unknown', why: 'cannot look up revisions of acme/shop: GitHub took too long' },
      UNKNOWN,
    ]);
    expect(await find('other')).toEqual(UNKNOWN);
    expect(lookup.pending()).toBe(0);
  });

  test('suggestions that cannot be read are left out', async () => {
    const effect = { kind: 'status', status: 403, body: '{}' } as const;
    const { find } = await open([{ when: { path: '/(branches|tags)\\?' }, times: 0, effect }]);
    expect(await find('v1.4')).toEqual({ kind: 'missing', names: ['v1.4.0', 'v1.4.1'] });
  });

  test('a run that ends stops asking', async () => {
    const { reader, github } = await open([{ when: {}, effect: { kind: 'hang' }, times: 0 }]);
    const controller = new AbortController();
    const finding = reader.find(SHOP, COMMIT, controller.signal);
    while (github.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
    controller.abort(new Error('over'));
    await expect(finding).rejects.toThrow('stopped');
  });
});
