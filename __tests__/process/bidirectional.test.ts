import { execFileSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { createFixtureRepository, type FixtureRepository, fixtureEnvironment } from '../../sandbox/git/fixture.ts';
import { type GitServer, startGitServer } from '../../sandbox/git/server.ts';
import { startGitHub } from '../../sandbox/github/start.ts';
import { type BidirectionalResult, startBidirectional } from '../../sandbox/runner/bidirectional-step.ts';
import type { RunningBundle } from '../../sandbox/runner/bundle.ts';
import { startSandbox } from '../../sandbox/start.ts';
import type { Sandbox } from '../../sandbox/types.ts';
import { type JsonRecord, record } from '../../src/lib/json.ts';

jest.setTimeout(90_000);

const TOKEN = 'ghs_writer-token-0123456789';
const BASIC = Buffer.from(`x-access-token:${TOKEN}`).toString('base64');

let root: string;
let server: GitServer;
beforeAll(async () => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'bidirectional-')));
  server = await startGitServer({ root, accounts: [{ token: TOKEN, write: true }] });
});
const sandboxes: Sandbox[] = [];
afterAll(async () => {
  await Promise.all(sandboxes.map((sandbox) => sandbox.stop()));
  await server.stop();
  rmSync(root, { recursive: true, force: true });
});

const appOf = (name: string, spec: JsonRecord = {}): JsonRecord => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  metadata: { name, namespace: 'argocd' },
  spec: {
    project: 'default',
    source: { repoURL: 'https://git.example.com/apps.git', path: name, targetRevision: 'main' },
    destination: { server: 'https://kubernetes.default.svc', namespace: name },
    ...spec,
  },
});

const fileOf = (name: string, revision = 'main'): string => `# ${name}, by hand
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: ${name}
spec:
  project: default
  source:
    repoURL: https://git.example.com/apps.git
    path: ${name}
    targetRevision: ${revision} # what runs
  destination: {server: 'https://kubernetes.default.svc', namespace: ${name}}
`;

interface Place {
  readonly sandbox: Sandbox;
  readonly repository: FixtureRepository;
  start(
    inputs?: Readonly<Record<string, string>>,
    env?: Readonly<Record<string, string>>,
  ): RunningBundle<BidirectionalResult>;
  run(inputs?: Readonly<Record<string, string>>, env?: Readonly<Record<string, string>>): Promise<BidirectionalResult>;
  /** Changes the platform as a person with kubectl. */
  patch(name: string, body: JsonRecord): Promise<void>;
  spec(name: string): JsonRecord;
}

let places = 0;
const open = async (files: Readonly<Record<string, string>>, objects: readonly JsonRecord[] = []): Promise<Place> => {
  places += 1;
  const name = `shop-${places}`;
  const repository = createFixtureRepository(root, `acme/${name}`);
  repository.commit('main', { files });
  const env = fixtureEnvironment(root);
  const workspace = join(root, `checkout-${places}`);
  execFileSync('git', ['clone', '--quiet', '--depth=1', `file://${repository.path}`, workspace], {
    env,
    stdio: 'pipe',
  });
  const git = (...args: readonly string[]): void =>
    void execFileSync('git', [...args], { cwd: workspace, env, stdio: 'pipe' });
  git('remote', 'set-url', 'origin', `${server.url}/acme/${name}`);
  git('config', '--local', `http.${server.url}/.extraheader`, `AUTHORIZATION: basic ${BASIC}`);
  const sandbox = await startSandbox({
    tls: false,
    objects: objects.map((object) => ({ resource: 'applications' as const, object })),
  });
  sandboxes.push(sandbox);
  const start: Place['start'] = (inputs = {}, more = {}) =>
    startBidirectional(
      { kubeconfig: sandbox.kubeconfig(), folder: 'apps', kinds: 'Application', ...inputs },
      {
        env: {
          GITHUB_WORKSPACE: workspace,
          GITHUB_SERVER_URL: server.url,
          GITHUB_REPOSITORY: `acme/${name}`,
          GITHUB_ACTOR: 'ada',
          GITHUB_ACTOR_ID: '7',
          GITHUB_EVENT_NAME: 'schedule',
          GITHUB_REF: 'refs/heads/main',
          ...more,
        },
      },
    );
  return {
    sandbox,
    repository,
    start,
    run: (inputs, more) => start(inputs, more).done,
    async patch(app, body) {
      const response = await fetch(
        `${sandbox.kubernetesUrl}/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/${app}?fieldManager=argocd-server`,
        {
          method: 'PATCH',
          headers: { authorization: `Bearer ${sandbox.token()}`, 'content-type': 'application/merge-patch+json' },
          body: JSON.stringify(body),
        },
      );
      expect(response.status).toBe(200);
    },
    spec: (app) => record(sandbox.store.get('applications', 'argocd', app)?.spec),
  };
};

const writesOf = (sandbox: Sandbox): readonly string[] =>
  sandbox.requests
    .filter(({ method, path }) => method !== 'GET' && !path.includes('dryRun'))
    .map(({ method, path }) => `${method} ${path.replace(/\?.*/, '')}`);

test('edits on both sides meet: one commit, one write, and then nothing', async () => {
  const place = await open({ 'apps/web.yaml': fileOf('web'), 'apps/bad.yaml': 'kind: [\n' }, [
    appOf('web'),
    appOf('live'),
  ]);
  const { sandbox, repository } = place;
  const first = await place.run();
  expect(first.log).toContain('Invalid YAML Detected');
  expect(first.log).toMatch(/^::error title=Invalid YAML Detected,file=apps\/bad\.yaml,line=\d+,col=\d+::/m);
  expect(first.exitCode).toBe(1);
  expect(JSON.parse(first.outputs['to-git'])).toEqual(['Application argocd/live']);
  expect(repository.read('main', 'apps/applications/argocd/live.yaml')).toContain('targetRevision: main');
  expect(repository.git('log', '-1', '--format=%an <%ae>%n%cn%n%B', 'main')).toMatch(
    /^ada <7\+ada@users\.noreply\.[^>]+>\ngithub-actions\[bot\]\nSync Application argocd\/live from Argo CD\n[\s\S]*GitOpsSync-Run: http:\/\/127\.0\.0\.1:\d+\/acme\/shop-\d+\/actions\/runs\/4711/,
  );

  repository.commit('main', { files: { 'apps/bad.yaml': undefined, 'apps/web.yaml': fileOf('web', 'v2') } });
  await place.patch('web', { spec: { syncPolicy: { automated: { prune: true } } } });
  const second = await place.run();
  expect(second.exitCode).toBe(0);
  expect(repository.read('main', 'apps/web.yaml')).toBe(
    `${fileOf('web', 'v2')}  syncPolicy:\n    automated:\n      prune: true`,
  );
  expect(place.spec('web')).toMatchObject({
    source: { targetRevision: 'v2' },
    syncPolicy: { automated: { prune: true } },
  });
  expect(second.outputs).toMatchObject({
    result: 'succeeded',
    commit: repository.head('main'),
    'to-git': '["Application argocd/web"]',
    'to-platform': '["Application argocd/web"]',
  });
  expect(second.summary).toContain('1 to the platform, 1 to Git');
  expect(sandbox.store.list('events').map(({ reason }) => reason)).toContain('SyncSuccess');

  sandbox.clearRequests();
  const head = repository.head('main');
  const third = await place.run();
  expect(third.outputs.result).toBe('succeeded');
  expect([writesOf(sandbox), repository.head('main')]).toEqual([[], head]);
  for (const { log, summary } of [first, second, third]) {
    for (const secret of [TOKEN, BASIC, sandbox.token()]) {
      expect(`${log.replaceAll(/^::add-mask::.*$/gm, '')}${summary}`.includes(secret)).toBe(false);
    }
  }
});

test('both changed the same field: who was first by real times, the other in the entity’s event; a moved branch is read again', async () => {
  const place = await open({ 'apps/web.yaml': fileOf('web') }, [appOf('web')]);
  const { repository, sandbox } = place;
  await place.run();
  await place.patch('web', { spec: { source: { targetRevision: 'live' } } });
  repository.commit('main', {
    files: { 'apps/web.yaml': fileOf('web', 'git') },
    date: Math.floor(Date.now() / 1000) + 60,
  });
  server.fault({ kind: 'before-push', act: () => repository.commit('main', { files: { README: 'somebody else' } }) });
  const result = await place.run();
  expect(result.exitCode).toBe(0);
  expect(result.log).toContain('reading both sides again');
  expect(repository.read('main', 'apps/web.yaml')).toContain('targetRevision: live # what runs');
  expect(repository.read('main', 'README')).toBe('somebody else');
  expect(JSON.parse(result.outputs.conflicts)).toMatchObject([
    { entity: 'Application argocd/web', fields: ['/spec/source/targetRevision'], resolved: true },
  ]);
  const event = sandbox.store.list('events').find(({ reason }) => reason === 'SyncConflict');
  expect(JSON.stringify(event?.metadata.annotations)).toContain('\\"git\\":\\"git\\",\\"platform\\":\\"live\\"');
});

test('a pull request and a webhook at GitHub, once each; nothing on the branch itself', async () => {
  const place = await open({ 'apps/web.yaml': fileOf('web') }, [appOf('web')]);
  const { repository } = place;
  await place.run();
  await place.patch('web', { spec: { source: { targetRevision: 'live' } } });
  const name = repository.path.replace(/^.*\/(acme\/[^/]+)\.git$/, '$1');
  const all = { pull_requests: 'write', repository_hooks: 'write', contents: 'write' } as const;
  const gitHub = await startGitHub({
    repositories: [{ name, branches: { main: 'a'.repeat(40), 'gitopssync/sync/main': 'b'.repeat(40) } }],
    tokens: [{ token: TOKEN, type: 'User', permissions: { [name]: all } }],
  });
  try {
    const inputs = {
      write: 'pull-request',
      'github-token': TOKEN,
      'webhook-url': 'https://argocd.example.com/api/webhook',
      'webhook-secret': 'a-secret-of-the-hook',
    };
    const head = repository.head('main');
    const first = await place.run(inputs, { GITHUB_API_URL: gitHub.apiUrl });
    expect(first.log).toContain('pull request #1 created');
    expect(first.outputs).toMatchObject({ result: 'succeeded', 'pull-request': expect.stringContaining('/pull/1') });
    expect(repository.head('main')).toBe(head);
    expect(repository.read('gitopssync/sync/main', 'apps/web.yaml')).toContain('targetRevision: live # what runs');
    expect(first.summary).toContain('Webhook https&#58;//argocd.example.com/api/webhook');
    const proposed = repository.head('gitopssync/sync/main');
    const second = await place.run(inputs, { GITHUB_API_URL: gitHub.apiUrl });
    expect([repository.head('gitopssync/sync/main'), second.outputs.result]).toEqual([proposed, 'succeeded']);
    const state = gitHub.state.repositories.get(name);
    expect([state?.pulls.length, state?.hooks.length]).toEqual([1, 1]);
    expect(gitHub.violations).toEqual([]);
    expect(`${first.log.replaceAll(/^::add-mask::.*$/gm, '')}${first.summary}`).not.toContain('a-secret-of-the-hook');
  } finally {
    await gitHub.stop();
  }
});

test('SIGTERM between the commit and the platform: cancelled with outputs and report, and the next run goes on', async () => {
  const place = await open({ 'apps/web.yaml': fileOf('web'), 'apps/new.yaml': fileOf('new') }, [
    appOf('web'),
    appOf('live'),
  ]);
  const { sandbox, repository } = place;
  sandbox.addFault({
    when: { method: 'POST', path: '/applications\\?(?!.*dryRun)' },
    times: 1,
    effect: { kind: 'hang' },
  });
  const step = place.start();
  await step.logged('SUCCESS platform → Git Application argocd/live');
  step.process.kill('SIGTERM');
  const { exitCode, signal, outputs, report, log, summary } = await step.done;
  const commit = repository.head('main');
  expect({ exitCode, signal, ...outputs }).toMatchObject({
    exitCode: 1,
    signal: null,
    result: 'cancelled',
    commit,
    'to-git': '["Application argocd/live"]',
    report: expect.stringMatching(/report\.json$/),
  });
  expect(report).toMatchObject({ action: 'bidirectional', result: 'cancelled', commit, problems: [] });
  expect(log).toMatch(/^::error::Cancelled after /m);
  expect(summary).toContain('Cancelled after');
  sandbox.clearFaults();
  const next = await place.run();
  expect([next.outputs.result, next.outputs['to-platform'], repository.head('main')]).toEqual([
    'succeeded',
    '["Application argocd/new"]',
    commit,
  ]);
});

describe('what cannot work', () => {
  test('bad inputs touch nothing, and all are told', async () => {
    const place = await open({ 'apps/web.yaml': fileOf('web') });
    const before = server.requests.length;
    const result = await place.run({
      folder: '../x',
      direction: 'up',
      conflict: 'mine',
      'max-deletions': '5',
      'webhook-secret': 'hush-hush',
    });
    expect(result.exitCode).toBe(1);
    for (const input of ['folder', 'direction', 'conflict', 'max-deletions', 'webhook-secret'])
      expect(result.log).toContain(`Input ${input}`);
    expect(result.log.replaceAll(/^::add-mask::.*$/gm, '')).not.toContain('hush-hush');
    expect([place.sandbox.requests.length, server.requests.length - before]).toEqual([0, 0]);
    expect(result.outputs).toMatchObject({ result: 'failed', events: '[]', commit: '' });
  });

  test('no right to list, to write, or to record events', async () => {
    const place = await open({ 'apps/web.yaml': fileOf('web', 'v2') }, [appOf('web')]);
    const [forbidden, viewer] = await Promise.all([
      place.run({ kubeconfig: place.sandbox.kubeconfig('nobody') }),
      place.run({ kubeconfig: place.sandbox.kubeconfig('viewer'), conflict: 'git' }),
    ]);
    expect(forbidden.log).toContain('verbs: ["list"]');
    expect(viewer.log).toContain('verbs: ["patch"]');
    expect([forbidden.outputs.result, viewer.outputs.result]).toEqual(['failed', 'failed']);
    expect(place.spec('web')).toMatchObject({ source: { targetRevision: 'main' } });
  });

  test('unknown fields are refused by the API server itself, a tag needs `branch`, a deleted branch starts nothing', async () => {
    const bad = `${fileOf('web')}colour: red\n`;
    const place = await open({ 'apps/web.yaml': bad, 'apps/bad.yaml': bad.replaceAll('web', 'bad') }, [appOf('web')]);
    const payload = join(root, 'deleted.json');
    writeFileSync(payload, JSON.stringify({ ref: 'refs/heads/gone', deleted: true, after: '0'.repeat(40) }));
    const [unknown, tag, deleted] = await Promise.all([
      place.run({ conflict: 'git', branch: 'main' }, { GITHUB_REF: 'refs/tags/v1' }),
      place.run({ 'dry-run': 'true' }, { GITHUB_REF: 'refs/tags/v1' }),
      place.run({}, { GITHUB_EVENT_NAME: 'push', GITHUB_EVENT_PATH: payload }),
    ]);
    expect(unknown.exitCode).toBe(1);
    expect(unknown.log).toContain(
      'try to update Application argocd/web: strict decoding error: unknown field "colour"',
    );
    expect(unknown.log).not.toContain('repoURL');
    expect(unknown.log).toMatch(/^::error title=Invalid YAML Detected,file=apps\/web\.yaml,line=13,col=1::/m);
    expect(JSON.parse(unknown.outputs.invalid)).toMatchObject([
      { file: 'apps/bad.yaml', line: 13, column: 1, title: 'Invalid YAML Detected' },
      { file: 'apps/web.yaml', line: 13, column: 1, message: expect.stringContaining('unknown field "colour"') },
    ]);
    expect([tag.outputs.result, tag.outputs.events]).toEqual(['succeeded', '[]']);
    expect(deleted.exitCode).toBe(0);
    expect(deleted.log).toContain('was deleted');
  });
});
