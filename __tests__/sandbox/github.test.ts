import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { secondaryRateLimit } from '../../sandbox/github/faults.ts';
import { type GitHub, startGitHub } from '../../sandbox/github/start.ts';
import { isRecord } from '../../src/lib/json.ts';

const MAIN = 'a'.repeat(40);
const TOPIC = 'b'.repeat(40);
const ALL = { contents: 'write', deployments: 'write', pull_requests: 'write' } as const;

let github: GitHub;
beforeEach(async () => {
  github = await startGitHub({
    repositories: [
      {
        name: 'acme/shop',
        branches: { main: MAIN, 'topic/one': TOPIC },
        tags: { 'v1.0.0': MAIN },
        pulls: [{ number: 7, head: { ref: 'topic/one', sha: TOPIC } }],
      },
      { name: 'acme/secret', private: true, branches: { main: MAIN } },
    ],
    tokens: [
      { token: 'full', permissions: { 'acme/shop': ALL, 'acme/secret': ALL } },
      { token: 'poor', permissions: { 'acme/shop': { contents: 'read' } } },
    ],
  });
});
afterEach(() => github.stop());

interface Sent {
  readonly status: number;
  readonly body: unknown;
  readonly link: string;
  readonly headers: Headers;
}

const send = async (method: string, path: string, body?: unknown, token = 'full', accept = '*/*'): Promise<Sent> => {
  const answer = await fetch(github.apiUrl + path, {
    method,
    headers: { accept, ...(token === '' ? {} : { authorization: `token ${token}` }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  const json = answer.headers.get('content-type')?.includes('json') === true;
  const { status, headers } = answer;
  return { status, body: json ? JSON.parse(text) : text, link: headers.get('link') ?? '', headers };
};

const messageOf = ({ body }: Sent): unknown => (isRecord(body) ? body.message : undefined);

test('an unknown path, an unknown parameter and a wrong body are violations', async () => {
  expect((await send('GET', '/repos/acme/shop/nonsense')).status).toBe(404);
  expect((await send('GET', '/repos/acme/shop/branches?pages=2')).status).toBe(422);
  expect((await send('POST', '/repos/acme/shop/deployments', { ref: 'main', auto_merge: 'no' })).status).toBe(422);
  expect((await send('POST', '/repos/acme/shop/deployments', { ref: 'main', invented: 1 })).status).toBe(422);
  expect((await send('POST', '/repos/acme/shop/deployments')).status).toBe(422);
  expect(github.violations).toEqual([
    'GET /repos/acme/shop/nonsense is no operation of the description',
    expect.stringContaining('additional properties {"additionalProperty":"pages"}'),
    'repos/create-deployment body/auto_merge: must be boolean {"type":"boolean"}',
    expect.stringContaining('{"additionalProperty":"invented"}'),
    'repos/create-deployment body: is missing',
  ]);
});

test('tokens see and may do what they were granted', async () => {
  const deployment = { ref: TOPIC, auto_merge: false, required_contexts: [] };
  expect(messageOf(await send('GET', '/repos/acme/shop', undefined, 'stale'))).toBe('Bad credentials');
  expect((await send('GET', '/repos/acme/secret', undefined, 'poor')).status).toBe(404);
  expect((await send('GET', '/repos/acme/secret', undefined, '')).status).toBe(404);
  expect((await send('GET', '/repos/acme/shop', undefined, '')).status).toBe(200);
  expect((await send('POST', '/repos/acme/shop/deployments', deployment, '')).status).toBe(401);
  const forbidden = await send('POST', '/repos/acme/shop/deployments', deployment, 'poor');
  expect(forbidden.status).toBe(403);
  expect(messageOf(forbidden)).toBe('Resource not accessible by integration');
  expect(forbidden.headers.get('x-accepted-github-permissions')).toBe('deployments=write');
  expect((await send('POST', '/repos/acme/shop/deployments', deployment)).status).toBe(201);
  expect(github.violations).toEqual([]);
});

test('refs and commits', async () => {
  const names = async (path: string): Promise<unknown> => {
    const { body } = await send('GET', `/repos/acme/shop${path}`);
    return Array.isArray(body) ? body.map((one) => one.ref ?? one.name) : messageOf({ body } as Sent);
  };
  expect(await names('/git/matching-refs/heads/to')).toEqual(['refs/heads/topic/one']);
  expect(await names('/git/matching-refs/tags%2F')).toEqual(['refs/tags/v1.0.0']);
  expect(await names('/branches')).toEqual(['main', 'topic/one']);
  expect(await names('/tags')).toEqual(['v1.0.0']);
  const sha = async (ref: string): Promise<unknown> =>
    (await send('GET', `/repos/acme/shop/commits/${ref}`, undefined, 'full', 'application/vnd.github.sha')).body;
  for (const ref of ['main', 'v1.0.0', 'aaaaaaa', MAIN, 'refs/heads/main']) expect(await sha(ref)).toBe(MAIN);
  expect((await send('GET', '/repos/acme/shop/commits/topic%2Fone')).status).toBe(200);
  expect(messageOf(await send('GET', '/repos/acme/shop/commits/none'))).toBe('No commit found for SHA: none');
  expect((await send('POST', '/repos/acme/shop/git/refs', { ref: 'refs/heads/new', sha: TOPIC })).status).toBe(201);
  expect((await send('PATCH', '/repos/acme/shop/git/refs/heads/new', { sha: MAIN })).status).toBe(200);
  expect(await sha('new')).toBe(MAIN);
  expect((await send('DELETE', '/repos/acme/shop/git/refs/heads/new')).status).toBe(204);
  expect((await send('GET', '/repos/acme/shop/git/ref/heads/new')).status).toBe(404);
  expect(github.violations).toEqual([]);
});

test('pull requests and their comments', async () => {
  const at = '/repos/acme/shop';
  const again = await send('POST', `${at}/pulls`, { title: 'x', head: 'topic/one', base: 'main' });
  expect(again.status).toBe(422);
  expect((await send('PATCH', `${at}/pulls/7`, { state: 'closed', title: 'Closed' })).status).toBe(200);
  expect((await send('GET', `${at}/pulls?state=open`)).body).toEqual([]);
  const created = await send('POST', `${at}/pulls`, { title: 'x', head: 'topic/one', base: 'main', body: 'y' });
  expect(created.body).toMatchObject({ number: 8, state: 'open', head: { sha: TOPIC } });
  expect((await send('GET', `${at}/pulls/8`)).body).toMatchObject({ title: 'x' });
  const found = await send('GET', `${at}/pulls?state=all&head=acme:topic/one&base=main`);
  expect(found.body).toMatchObject([{ number: 8 }, { number: 7, title: 'Closed' }]);
  expect((await send('GET', `${at}/commits/${TOPIC}/pulls`)).body).toMatchObject([{ number: 7 }, { number: 8 }]);
  for (let number = 0; number < 3; number++) {
    expect((await send('POST', `${at}/issues/8/comments`, { body: `comment ${number}` })).status).toBe(201);
  }
  const first = await send('GET', `${at}/issues/8/comments?per_page=2`);
  expect(first.body).toMatchObject([{ body: 'comment 0', user: { type: 'Bot' } }, { body: 'comment 1' }]);
  expect(first.link).toBe(
    `<${github.apiUrl}${at}/issues/8/comments?per_page=2&page=2>; rel="next", <${github.apiUrl}${at}/issues/8/comments?per_page=2&page=2>; rel="last"`,
  );
  const second = await send('GET', `${at}/issues/8/comments?per_page=2&page=2`);
  expect(second.body).toMatchObject([{ body: 'comment 2' }]);
  const { id } = github.state.repositories.get('acme/shop')?.comments[0] ?? { id: 0 };
  expect((await send('PATCH', `${at}/issues/comments/${id}`, { body: 'changed' })).status).toBe(200);
  expect((await send('GET', `${at}/issues/comments/${id}`)).body).toMatchObject({ body: 'changed' });
  expect((await send('DELETE', `${at}/issues/comments/${id}`)).status).toBe(204);
  expect((await send('PATCH', `${at}/issues/comments/${id}`, { body: 'gone' })).status).toBe(404);
  expect((await send('POST', `${at}/issues/8/comments`, { body: 'x'.repeat(65_537) })).status).toBe(422);
  expect(github.violations).toEqual([]);
});

test('deployments: a success makes the earlier one inactive', async () => {
  const at = '/repos/acme/shop/deployments';
  const deploy = async (): Promise<number> => {
    const body = { ref: TOPIC, environment: 'staging', auto_merge: false, required_contexts: [] };
    const made = await send('POST', at, body);
    const id = isRecord(made.body) ? Number(made.body.id) : 0;
    for (const state of ['in_progress', 'success']) {
      expect((await send('POST', `${at}/${id}/statuses`, { state, log_url: 'https://x.example' })).status).toBe(201);
    }
    return id;
  };
  const first = await deploy();
  const second = await deploy();
  expect((await send('GET', `${at}/${first}/statuses`)).body).toMatchObject([
    { state: 'inactive' },
    { state: 'success' },
    { state: 'in_progress' },
  ]);
  expect((await send('GET', `${at}/${second}`)).body).toMatchObject({ task: 'deploy', production_environment: false });
  expect((await send('GET', `${at}?environment=staging`)).body).toHaveLength(2);
  expect((await send('POST', at, { ref: TOPIC })).status).toBe(409);
  expect((await send('POST', at, { ref: 'none', auto_merge: false, required_contexts: [] })).status).toBe(422);
  const long = await send('POST', `${at}/${second}/statuses`, { state: 'failure', description: 'x'.repeat(141) });
  expect(long.status).toBe(422);
  const scheme = await send('POST', `${at}/${second}/statuses`, { state: 'failure', environment_url: 'ftp://x' });
  expect(scheme.status).toBe(422);
  expect(github.violations).toEqual([]);
});

test('faults come before everything', async () => {
  github.addFault({ when: { path: '/shop$' }, effect: secondaryRateLimit(1) });
  const limited = await send('GET', '/repos/acme/shop');
  expect([limited.status, limited.headers.get('retry-after')]).toEqual([403, '1']);
  expect((await send('GET', '/repos/acme/shop')).status).toBe(200);
  expect(github.requests.map(({ status }) => status)).toEqual([403, 200]);
});
