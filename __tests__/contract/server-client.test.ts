import { afterEach, describe, expect, test } from '@jest/globals';
import type { FleetApplication } from '../../sandbox/fleets/fleet.ts';
import type { SandboxOptions } from '../../sandbox/start.ts';
import {
  failure,
  fleetOf,
  listening,
  never,
  ref,
  scope,
  shop,
  startWorld,
  syncRequest,
  type Watching,
  type World,
  watching,
} from './harness.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

const world = async (applications: readonly FleetApplication[], options: SandboxOptions = {}): Promise<World> => {
  const started = await startWorld('argocd', { fleet: fleetOf(applications), ...options });
  closers.push(() => started.close());
  return started;
};

const watch = (open: Parameters<typeof watching>[0]): Watching => {
  const started = watching(open);
  closers.push(() => started.stop());
  return started;
};

const label = (at: World, step: string): void => {
  at.sandbox.store.update('applications', 'argocd', 'web', (draft) => {
    draft.metadata = { ...(draft.metadata as object), labels: { step } };
  });
};

describe('branches and tags of a repository', () => {
  const URL = 'https://git.example.com/deploy.git';

  test('are read once for each repository', async () => {
    const at = await world([shop('web')]);
    const client = await at.open();
    const [refs, again] = await Promise.all([client.refs(URL, 'default', never), client.refs(URL, 'default', never)]);
    expect(refs?.branches).toContain('main');
    expect(again).toEqual(refs);
    expect(at.sandbox.requests.filter(({ path }) => path.includes('/refs')).map(({ path }) => path)).toEqual([
      '/api/v1/repositories/https%3A%2F%2Fgit.example.com%2Fdeploy.git/refs?appProject=default',
    ]);
  });

  test('are unknown without the right to get it, of a repository without entry, and where the server stumbles', async () => {
    const at = await world([shop('web')]);
    const deployer = await at.open({ account: 'deployer' });
    expect(await deployer.refs(URL, 'default', never)).toBeUndefined();
    const client = await at.open();
    expect(await client.refs('https://git.example.com/unknown.git', 'default', never)).toBeUndefined();
    at.sandbox.addFault({ when: { path: '/refs' }, effect: { kind: 'status', status: 500 } });
    expect(await client.refs(URL, 'default', never)).toBeUndefined();
  });
});

describe('connecting to the Argo CD API', () => {
  test('asks for the version once, without the token', async () => {
    const at = await world([]);
    await at.open();
    expect(at.sandbox.requests.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /api/version']);
    expect(at.sandbox.requests[0]?.headers).not.toHaveProperty('authorization');
  });

  test('logs in with a password; the token is registered before it is used', async () => {
    const at = await world([shop('web')]);
    const secrets: string[] = [];
    const used: number[] = [];
    const client = await at.open({
      connection: { credentials: { kind: 'password', username: 'deployer', password: 'sandbox-password-deployer' } },
      deps: {
        registerSecret: (secret) => {
          secrets.push(secret);
          used.push(at.sandbox.requests.filter(({ headers }) => headers.authorization !== undefined).length);
        },
      },
    });
    await client.get(ref('web'), never);
    expect(secrets).toHaveLength(1);
    expect(used).toEqual([0]);
    expect(at.sandbox.requests.at(-1)?.headers.authorization).toBe(`Bearer ${secrets[0]}`);
  });

  test('a wrong password', async () => {
    const at = await world([]);
    const credentials = { kind: 'password', username: 'deployer', password: 'guessed' } as const;
    const error = await failure(at.open({ connection: { credentials } }));
    expect(error).toMatchObject({
      code: 'unauthenticated',
      message: 'cannot log in to Argo CD: the Argo CD API does not accept the user name and password',
    });
  });

  test('an Authorization header of the user stays, the token goes as a cookie', async () => {
    const at = await world([]);
    const client = await at.open({ connection: { headers: [['Authorization', 'Basic cHJveHk6cHJveHk=']] } });
    await client.list(scope(), 'names', never).catch(() => {});
    expect(at.sandbox.requests.at(-1)?.headers).toMatchObject({
      authorization: 'Basic cHJveHk6cHJveHk=',
      cookie: `argocd.token=${at.sandbox.token()}`,
    });
  });

  test('below a root path', async () => {
    const at = await world([shop('web')], { argocd: { rootPath: '/tools/argocd' } });
    const client = await at.open();
    expect((await client.get(ref('web'), never)).ref).toEqual(ref('web'));
    const wrong = await failure(at.open({ connection: { server: new URL(at.sandbox.argocdUrl).origin } }));
    expect(wrong.code).toBe('not-the-api');
    expect(wrong.message).toMatch(/^cannot reach the Argo CD API: https:\/\/127\.0\.0\.1:\d+\/api\/version answered/);
    expect(wrong.hint).toContain('root path');
  });

  test('another JSON API is no Argo CD', async () => {
    const at = await world([]);
    at.sandbox.addFault({
      when: { path: '/api/version' },
      effect: { kind: 'status', status: 200, body: '{"hello":1}' },
    });
    expect((await failure(at.open())).code).toBe('not-the-api');
  });

  test('what is no address', async () => {
    const at = await world([]);
    expect((await failure(at.open({ connection: { server: 'nowhere' } }))).code).toBe('configuration');
  });

  test('is given up when the signal aborts', async () => {
    const at = await world([]);
    at.sandbox.addFault({ when: {}, times: 0, effect: { kind: 'hang' } });
    const controller = new AbortController();
    const opening = failure(at.open({ signal: controller.signal }));
    controller.abort();
    expect((await opening).code).toBe('aborted');
  });

  test('people see it where its settings say, else where it is', async () => {
    const at = await world([]);
    const client = await at.open();
    expect(await client.uiUrl(never)).toBe('https://argocd.example.com');
    at.sandbox.addFault({ when: { path: '/settings' }, effect: { kind: 'status', status: 500 } });
    expect(await client.uiUrl(never)).toBe(at.sandbox.argocdUrl);
  });
});

describe('requests to the Argo CD API', () => {
  const body = async (request: Parameters<typeof syncRequest>[1], sources?: number): Promise<unknown> => {
    const list = Array.from({ length: sources ?? 0 }, (_, index) => ({
      repoURL: 'https://git.example.com/deploy.git',
      path: `part-${index}`,
      targetRevision: 'main',
    }));
    const at = await world([shop('web', { namespace: 'team-a', ...(sources === undefined ? {} : { sources: list }) })]);
    const client = await at.open();
    await client.startSync(await client.get(ref('web', 'team-a'), never), syncRequest('id-1', request), never);
    const sent = at.sandbox.requests.at(-1);
    expect(sent).toMatchObject({
      method: 'POST',
      path: '/api/v1/applications/web/sync',
      headers: { 'content-type': 'application/json' },
      status: 200,
    });
    return JSON.parse(sent?.body ?? '');
  };

  const COMMON = {
    appNamespace: 'team-a',
    project: 'default',
    infos: [{ name: 'gitopssync/id', value: 'id-1' }],
    prune: false,
    dryRun: false,
  };

  test('a sync says everything in its body, and leaves to the server what the user did not change (Rule 16)', async () => {
    expect(await body({ syncOptions: ['CreateNamespace=true'], retry: { limit: 5 } })).toEqual(COMMON);
  });

  test('options and retry are sent when the user changed them', async () => {
    const overrides = { syncOptions: true, retry: true };
    expect(await body({ syncOptions: ['A=b'], retry: { limit: 5 }, overrides, revision: 'main' })).toEqual({
      ...COMMON,
      revision: 'main',
      syncOptions: { items: ['A=b'] },
      retryStrategy: { limit: 5 },
    });
  });

  test('only sources that move are named, by positions from 1 (Rule 11)', async () => {
    expect(await body({ revisions: ['', 'main', 'main'] }, 3)).toEqual({
      ...COMMON,
      revisions: ['main', 'main'],
      sourcePositions: [2, 3],
    });
  });

  test('a list is light: fields of the include form, never a parent beside its child (Rule 5)', async () => {
    const at = await world([shop('web')]);
    const client = await at.open();
    await client.list(
      scope({ projects: ['default', 'payments'], selector: 'a!=b', namespaces: ['argocd'] }),
      'names',
      never,
    );
    const url = new URL(at.sandbox.requests.at(-1)?.path ?? '', 'https://argocd');
    const fields = (url.searchParams.get('fields') ?? '').split(',');
    expect(fields).toContain('items.spec');
    for (const field of fields) {
      expect(field).toMatch(/^items\./);
      expect(fields.filter((other) => other.startsWith(`${field}.`))).toEqual([]);
    }
    expect(url.searchParams.getAll('projects')).toEqual(['default', 'payments']);
    expect(url.searchParams.get('selector')).toBe('a!=b');
    expect(url.searchParams.get('appNamespace')).toBe('argocd');
  });

  test('prepare costs no request', async () => {
    const at = await world([shop('web')]);
    const client = await at.open();
    const { candidates } = await client.list(scope(), 'names', never);
    at.sandbox.clearRequests();
    const [candidate] = candidates;
    if (candidate === undefined) throw new Error('no candidate');
    expect((await client.prepare(candidate, never)).project).toBe('default');
    expect(at.sandbox.requests).toEqual([]);
  });

  test('a closed sync window is blocked, not forbidden (Rule 20)', async () => {
    const at = await world([shop('web', { project: 'closed' })]);
    const client = await at.open();
    const error = await failure(client.startSync(await client.get(ref('web'), never), syncRequest('id-1'), never));
    expect(error).toMatchObject({ code: 'blocked', ambiguous: false });
    expect(error.message).toContain('blocked by sync window');
  });

  test('sync windows are asked for by a plan only: a sync is refused by the server itself (Rule 10)', async () => {
    const at = await world([shop('web'), shop('ledger', { project: 'closed' })]);
    const client = await at.open();
    const [web, ledger] = await Promise.all(['web', 'ledger'].map((name) => client.get(ref(name), never)));
    if (web === undefined || ledger === undefined) throw new Error('not there');
    at.sandbox.clearRequests();
    expect(await client.syncWindow(ledger, 'before-sync', never)).toBe('unknown');
    expect(at.sandbox.requests).toEqual([]);
    expect(await client.syncWindow(web, 'plan', never)).toBe('open');
    expect(await client.syncWindow(ledger, 'plan', never)).toBe('closed');
    at.sandbox.addFault({
      when: { path: '/syncwindows' },
      times: 0,
      effect: { kind: 'status', status: 403, body: JSON.stringify({ code: 7, message: 'permission denied' }) },
    });
    expect(await client.syncWindow(ledger, 'plan', never)).toBe('unknown');
  });

  test('a revision that does not exist is refused with its name', async () => {
    const at = await world([shop('web')]);
    const client = await at.open();
    const request = syncRequest('id-1', { revision: 'no-such-branch' });
    const error = await failure(client.startSync(await client.get(ref('web'), never), request, never));
    expect(error.code).toBe('invalid');
    expect(error.message).toContain("unable to resolve 'no-such-branch'");
  });
});

describe('streams of the Argo CD API', () => {
  test('one that never sends headers is waited for, and is no failure', async () => {
    const at = await world([]);
    const client = await at.open({ connection: { requestTimeoutMs: 30 } });
    const seen = watch((onEvent, signal) =>
      client.watch({ kind: 'refs', refs: [ref('later')] }, new Map(), onEvent, signal),
    );
    // Longer than the request time-out.
    at.sandbox.addFault({ when: { path: '/applications/slow' }, times: 0, effect: { kind: 'hang' } });
    expect((await failure(client.get(ref('slow'), never))).code).toBe('timeout');
    expect(seen.events).toEqual([]);
    at.sandbox.store.create('applications', { ...shop('later').object });
    await seen.state('later', () => true);
    expect(at.sandbox.requests.filter(({ path }) => path.includes('/stream/'))).toHaveLength(1);
  });

  test('are server-sent events of selected fields, without managed resources', async () => {
    const at = await world([shop('web')]);
    const client = await at.open();
    const seen = watch((onEvent, signal) => client.watch({ kind: 'scope', ...scope() }, new Map(), onEvent, signal));
    await listening(at.sandbox);
    label(at, 'once');
    const web = await seen.state('web', () => true);
    // What happened before the stream was known to be heard may be missing.
    expect(seen.events[0]).toEqual({ kind: 'gap', error: undefined, begins: true });
    expect(at.sandbox.requests.at(-1)?.headers.accept).toBe('text/event-stream');
    const whole = await client.get(ref('web'), never);
    const history = whole.history.map((entry) => ({ ...entry, sources: [] }));
    expect(web).toEqual({ ...whole, history, resources: [] });
  });

  test('an end is a gap, and the present state is told again', async () => {
    const at = await world([shop('web')]);
    const client = await at.open();
    at.sandbox.addFault({ when: { path: '/stream/' }, effect: { kind: 'cut', afterLines: 1 } });
    const seen = watch((onEvent, signal) => client.watch({ kind: 'scope', ...scope() }, new Map(), onEvent, signal));
    await listening(at.sandbox);
    label(at, 'before');
    const gaps = () => seen.events.filter((event) => event.kind === 'gap').length;
    await seen.find(() => gaps() === 2);
    label(at, 'after');
    await seen.state('web', ({ labels }) => labels.step === 'after');
  });

  test('a sync is asked for when the stream is: otherwise it may be over before the stream hears of it', async () => {
    const at = await world([shop('web')]);
    const client = await at.open();
    // This has opened a connection that the sync could use at once.
    const web = await client.get(ref('web'), never);
    watch((onEvent, signal) => client.watch({ kind: 'scope', ...scope() }, new Map(), onEvent, signal));
    await client.startSync(web, syncRequest('id-1'), never);
    const paths = at.sandbox.requests.map(({ path }) => path);
    const order = paths.flatMap((path) => /\/stream\/|\/sync$/.exec(path)?.[0] ?? []);
    expect(order).toEqual(['/stream/', '/sync']);
  });

  test.each([
    ['fails', { kind: 'reset' }],
    ['never answers', { kind: 'hang' }],
  ] as const)('a stream that %s holds up no sync', async (_, effect) => {
    const at = await world([shop('web')]);
    const client = await at.open();
    const web = await client.get(ref('web'), never);
    at.sandbox.addFault({ when: { path: '/stream/' }, times: 0, effect });
    watch((onEvent, signal) => client.watch({ kind: 'scope', ...scope() }, new Map(), onEvent, signal));
    await client.startSync(web, syncRequest('id-1'), never);
    expect(at.sandbox.requests.some(({ path }) => path.includes('/sync'))).toBe(true);
  });

  test('an error in a stream that does not pass is thrown', async () => {
    const at = await world([]);
    const client = await at.open({ token: 'wrong' });
    const error = await failure(client.watch({ kind: 'scope', ...scope() }, new Map(), () => {}, never));
    expect(error.code).toBe('unauthenticated');
  });
});
