import { describe, expect, test } from '@jest/globals';
import type { Fault } from '../../../sandbox/types.ts';
import { createGitHubClient } from '../../../src/github/client.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { type Announcements, CANCELLED_MS, createAnnouncer, FINISH_MS } from '../../../src/report/github/announcer.ts';
import { testClock } from '../../factories/clock.ts';
import { openGitHub, TOKEN } from '../../factories/github.ts';
import { sampleReport } from '../sample.ts';

const SHA = 'a'.repeat(40);
const WANTED: Announcements = { deployment: 'staging', environmentUrl: '', comment: true, about: 'staging' };
const HANG: Fault = { when: {}, times: 0, effect: { kind: 'hang' } };

const open = async (options: {
  readonly wanted?: Partial<Announcements>;
  readonly faults?: readonly Fault[];
  readonly commit?: string;
  readonly repository?: undefined;
}) => {
  const github = await openGitHub({
    repositories: [
      { name: 'acme/shop', branches: { main: SHA }, pulls: [{ number: 7, head: { ref: 'topic', sha: SHA } }] },
      { name: 'acme/other', branches: { main: SHA } },
    ],
    faults: options.faults ?? [],
  });
  const clock = testClock();
  const run = {
    apiUrl: github.apiUrl,
    serverUrl: 'https://github.com',
    repository: 'repository' in options ? undefined : { owner: 'acme', name: 'shop' },
    commit: options.commit ?? SHA,
    pull: undefined,
  };
  // The network takes its real time; only the announcer's own limits are the test's.
  const client = createGitHubClient(TOKEN, github.apiUrl, { clock: systemClock, log: () => {} });
  const announcer = createAnnouncer({ ...WANTED, ...options.wanted }, run, { client, clock, runUrl: '' });
  const cancelled = new AbortController();
  const since = { ms: 0 };
  const finish = (report = sampleReport()) =>
    announcer.finish(report, { signal: cancelled.signal, sinceMs: () => since.ms });
  const shop = github.state.repositories.get('acme/shop');
  if (shop === undefined) throw new Error('no repository');
  const asked = async (count: number): Promise<void> => {
    while (github.requests.length < count) await new Promise((resolve) => setImmediate(resolve));
  };
  return { announcer, cancelled, clock, finish, github, shop, since, asked };
};

test('what begins is created once', async () => {
  const { announcer, finish, shop } = await open({});
  announcer.begin();
  announcer.begin();
  expect(await finish()).toEqual([]);
  expect(shop.deployments).toMatchObject([{ statuses: [{ state: 'in_progress' }, { state: 'success' }] }]);
  expect(shop.comments).toHaveLength(1);
});

test('what never came to a beginning is shown as failed', async () => {
  const { finish, shop } = await open({});
  const problems = [{ title: 'No connection', message: '', hint: '', causes: [] }];
  expect(await finish(sampleReport([], { problems }))).toEqual([]);
  expect(shop.deployments[0]?.statuses.at(-1)).toMatchObject({ state: 'failure', description: 'No connection' });
});

test('only what is wanted is done', async () => {
  const { finish, shop, github } = await open({ wanted: { deployment: '' } });
  expect(await finish()).toEqual([]);
  expect(shop.deployments).toEqual([]);
  expect(github.requests.map(({ method }) => method)).toEqual(['GET', 'GET', 'POST']);
});

test('the end is told although the beginning could not be', async () => {
  const effect = { kind: 'status', status: 422, body: '{}' } as const;
  const { finish, shop } = await open({ faults: [{ when: { path: '/statuses$' }, effect }] });
  expect(await finish()).toEqual([]);
  expect(shop.deployments[0]?.statuses).toMatchObject([{ state: 'success' }]);
});

describe('what is told to people', () => {
  test('nothing belongs to the commit', async () => {
    const { finish, shop } = await open({});
    shop.pulls.length = 0;
    expect(await finish()).toEqual(['no comment was written: no pull request belongs to commit aaaaaaa']);
  });

  test('neither commit nor repository is known', async () => {
    expect(await (await open({ commit: '' })).finish()).toEqual([
      'cannot create a deployment: the commit of the run is unknown',
      'no comment was written: no pull request belongs to the run',
    ]);
    expect(await (await open({ repository: undefined })).finish()).toEqual([
      'GitHub was told nothing: GITHUB_REPOSITORY is not set',
    ]);
  });
});

describe('a GitHub that does not answer holds up', () => {
  const SLOW = [
    'cannot create a deployment for staging: GitHub took too long',
    'cannot look up the pull request of the commit: GitHub took too long',
  ];

  test('the end of a run for a bounded time', async () => {
    const { finish, clock, asked } = await open({ faults: [HANG] });
    const ending = finish();
    await asked(2);
    await clock.advance(FINISH_MS);
    expect(await ending).toEqual(SLOW);
    expect(clock.pending()).toBe(0);
  });

  test('a run that was cancelled less, with the time it took to stop counted', async () => {
    const { finish, clock, asked, since, cancelled } = await open({ faults: [HANG] });
    cancelled.abort('SIGINT');
    since.ms = CANCELLED_MS - 1000;
    const ending = finish();
    await asked(2);
    await clock.advance(1000);
    expect(await ending).toEqual(SLOW);
  });

  test('a run that is cancelled meanwhile no longer than that', async () => {
    const { finish, clock, asked, cancelled } = await open({ faults: [HANG] });
    const ending = finish();
    await asked(2);
    cancelled.abort('SIGINT');
    await clock.advance(CANCELLED_MS);
    expect(await ending).toEqual(SLOW);
  });
});
