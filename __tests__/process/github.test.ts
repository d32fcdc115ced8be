import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { application, commit, gitRepository, IN_CLUSTER, project, sha } from '../../sandbox/fleets/builders.ts';
import type { Fleet } from '../../sandbox/fleets/fleet.ts';
import type { GitHub } from '../../sandbox/github/start.ts';
import type { Sandbox } from '../../sandbox/types.ts';
import { openGitHub, POOR_TOKEN, TOKEN } from '../factories/github.ts';
import { startProxy } from '../factories/proxy.ts';
import { connection, openSandbox, operationsOf, run, type StepInputs, start, TRANSPORTS, until } from './harness.ts';

const FIRST = sha('First version');
const SECOND = sha('Second version');
const NOWHERE = 'd'.repeat(40);
/** The GitHub that the steps of the harness run at is github.example.com. */
const DEPLOY = 'https://github.example.com/acme/deploy.git';
const HIDDEN = 'git@github.example.com:acme/hidden.git';

const source = (repoURL: string) => ({ repoURL, path: 'apps', targetRevision: 'main' });
const BEHIND = { start: { runs: 'previous', compared: 'current' } } as const;
const HOSTILE = '::error::x</details><script>alert(1)</script> | @octocat #1 **bold** <!-- gitopssync:staging -->';

const fleet: Fleet = {
  name: 'github',
  repositories: [DEPLOY, HIDDEN].map((url) =>
    gitRepository(url, [commit('First version'), commit('Second version')], {
      branches: { 'release-1': FIRST },
      tags: { 'v1.0.0': FIRST },
    }),
  ),
  clusters: [IN_CLUSTER],
  projects: [project({ name: 'default' })],
  applications: [
    ...['one', 'two', 'three', 'exists', 'nowhere', 'good', 'again', 'poor', 'proxied'].map((name) =>
      application({ name, source: source(DEPLOY), script: BEHIND }),
    ),
    ...['hidden-1', 'hidden-2'].map((name) => application({ name, source: source(HIDDEN), script: BEHIND })),
    application({ name: 'bad', source: source(DEPLOY), script: { ...BEHIND, syncs: [{ error: HOSTILE }] } }),
    application({
      name: 'endless',
      source: source(DEPLOY),
      script: { ...BEHIND, syncs: [{ hooks: [{ type: 'PreSync', name: 'migrate', takesMs: 'forever' }] }] },
    }),
  ],
};

const openHub = (): Promise<GitHub> =>
  openGitHub({
    repositories: [
      {
        name: 'acme/shop',
        branches: { main: FIRST, topic: SECOND },
        pulls: [{ number: 7, head: { ref: 'topic', sha: SECOND } }],
      },
      {
        name: 'acme/deploy',
        branches: { main: SECOND, 'release-1': FIRST },
        tags: { 'v1.0.0': FIRST },
      },
      { name: 'acme/hidden', private: true, branches: { main: SECOND } },
    ],
    tokens: [
      {
        token: TOKEN,
        permissions: { 'acme/shop': { contents: 'read', deployments: 'write', pull_requests: 'write' } },
      },
      { token: POOR_TOKEN, permissions: { 'acme/shop': { contents: 'read' } } },
    ],
  });

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openSandbox({ fleet });
});
afterAll(() => sandbox.stop());

let github: GitHub;
beforeEach(async () => {
  github = await openHub();
});

const env = () => ({ GITHUB_API_URL: github.apiUrl, GITHUB_SHA: SECOND });

const shop = () => {
  const repository = github.state.repositories.get('acme/shop');
  if (repository === undefined) throw new Error('no repository');
  return repository;
};

describe.each(TRANSPORTS)('a revision at GitHub by the %s API', (transport) => {
  // `deployer` may not read the refs of repositories from Argo CD.
  const step = (applications: string, inputs: StepInputs) =>
    run(
      sandbox,
      { ...connection(sandbox, transport, 'deployer'), 'github-token': TOKEN, applications, ...inputs },
      { env: env() },
    );

  test('one that does not exist is refused before the sync, and asked for once', async () => {
    const before = ['one', 'two', 'three'].flatMap((name) => operationsOf(sandbox, name)).length;
    const [names, commits, plan] = await Promise.all([
      step('one, two, three', { revision: 'relase-1' }),
      step('nowhere', { revision: NOWHERE }),
      step('one', { revision: 'v1.0', command: 'plan' }),
    ]);
    for (const name of ['one', 'two', 'three']) {
      expect(names.application(name)).toMatchObject({
        verdict: 'sync-failed',
        message: `revision relase-1 does not exist in ${DEPLOY}; did you mean release-1?`,
      });
    }
    expect(commits.application('nowhere').message).toBe(`revision ${NOWHERE} does not exist in ${DEPLOY}`);
    expect(plan.application('one').message).toContain('did you mean v1.0.0?');
    expect(['one', 'two', 'three'].flatMap((name) => operationsOf(sandbox, name))).toHaveLength(before);
    const paths = github.requests.map(({ path }) => path);
    expect(paths.filter((path) => path.includes('relase-1')).sort()).toEqual([
      '/repos/acme/deploy/git/matching-refs/heads%2Frelase-1',
      '/repos/acme/deploy/git/matching-refs/tags%2Frelase-1',
    ]);
  });

  test('one that exists is synced; what cannot be looked up is said once, and the operation tells', async () => {
    const [exists, hidden] = await Promise.all([
      step('exists', { revision: 'release-1' }),
      step('hidden-*', { revision: 'relase-1' }),
    ]);
    expect(exists.verdicts).toEqual({ exists: 'synced' });
    for (const name of ['hidden-1', 'hidden-2']) {
      expect(hidden.application(name).message).toBe(`revision relase-1 does not exist in ${HIDDEN}`);
    }
    const why = 'cannot look up revisions of acme/hidden: GitHub says 404, Not Found; going on without';
    expect(hidden.lines.filter((line) => line.includes(why))).toHaveLength(1);
  });
});

describe('a deployment and a comment', () => {
  const wanted = { deployment: 'staging', 'environment-url': 'https://staging.example.com', comment: 'true' };
  const step = (applications: string, inputs: StepInputs = {}, environment: StepInputs = env()) =>
    run(
      sandbox,
      { ...connection(sandbox, 'kubernetes'), 'github-token': TOKEN, applications, ...wanted, ...inputs },
      { env: environment },
    );

  test('tell success and failure; there is one comment', async () => {
    const good = await step('good');
    expect(good.exitCode).toBe(0);
    expect(shop().deployments).toMatchObject([
      {
        sha: SECOND,
        task: 'deploy',
        environment: 'staging',
        production: false,
        transient: false,
        statuses: [
          { state: 'in_progress' },
          {
            state: 'success',
            description: good.report.headline,
            logUrl: 'https://github.example.com/acme/shop/actions/runs/4711/attempts/1',
            environmentUrl: 'https://staging.example.com',
          },
        ],
      },
    ]);
    const [first] = shop().comments;
    expect(first).toMatchObject({ number: 7, body: expect.stringContaining('| good | ✅ synced |') });

    const bad = await step('bad, again');
    expect(bad.exitCode).toBe(1);
    expect(shop().comments).toHaveLength(1);
    const body = shop().comments[0]?.body ?? '';
    expect(body).toContain(`### ❌ ${bad.report.headline}`);
    expect(body.indexOf('| bad |')).toBeLessThan(body.indexOf('| again |'));
    expect(body).not.toMatch(/<script|@octocat|#1 |\*\*bold/);
    expect(shop().deployments[1]?.statuses).toMatchObject([{ state: 'in_progress' }, { state: 'failure' }]);
    expect(github.requests.every(({ status }) => status < 400)).toBe(true);
  });

  test('go through a proxy where there is one', async () => {
    const proxy = await startProxy();
    // A proxy is not used for what is called 127.0.0.1.
    const apiUrl = github.apiUrl.replace('127.0.0.1', '0.0.0.0');
    await step('proxied', {}, { ...env(), GITHUB_API_URL: apiUrl, HTTP_PROXY: proxy.url });
    await proxy.stop();
    expect(shop().deployments[0]?.statuses.at(-1)?.state).toBe('success');
    expect(new Set(proxy.seen)).toEqual(new Set([`CONNECT ${new URL(apiUrl).host}`]));
  });

  test('a cancelled run is a failed deployment, within 5 s', async () => {
    const inputs = { ...connection(sandbox, 'kubernetes'), 'github-token': TOKEN, applications: 'endless', ...wanted };
    const step = start(sandbox, inputs, { env: env() });
    await until(sandbox, 'endless', ({ operation }) => operation !== undefined);
    await step.logged('sync accepted');
    const atMs = performance.now();
    step.process.kill('SIGINT');
    const done = await step.done;
    expect(performance.now() - atMs).toBeLessThan(5_000);
    expect(done.outputs.result).toBe('cancelled');
    expect(shop().deployments[0]?.statuses.at(-1)).toMatchObject({ state: 'failure' });
    expect(shop().comments).toMatchObject([{ body: expect.stringContaining('### 🚫') }]);
  });

  test('what is not permitted is a warning with the remedy', async () => {
    const poor = await step('poor', { 'github-token': POOR_TOKEN });
    expect(poor.exitCode).toBe(0);
    expect(poor.report.warnings).toEqual([
      expect.stringMatching(
        /^cannot create a deployment for staging: GitHub says 403, Resource not accessible by integration\. Add `deployments: write` to the `permissions:` of the job/,
      ),
      expect.stringMatching(/^cannot comment on pull request #7: .*Add `pull-requests: write` to the `permissions:`/),
    ]);
    expect(poor.lines.filter((line) => line.includes('deployments: write'))).toHaveLength(1);
  });
});
