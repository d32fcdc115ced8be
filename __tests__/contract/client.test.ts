import { afterEach, describe, expect, test } from '@jest/globals';
import type { FleetApplication } from '../../sandbox/fleets/fleet.ts';
import type { SandboxOptions } from '../../sandbox/start.ts';
import { isTerminal, operationId, REFRESH_ANNOTATION } from '../../src/argocd/application.ts';
import type { ArgoCdClient, WatchEvent } from '../../src/argocd/client.ts';
import { startProxy } from '../factories/proxy.ts';
import {
  failure,
  fleetOf,
  listening,
  MODES,
  never,
  type OpenOptions,
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

describe.each(MODES)('client over %s', (mode) => {
  const kubernetes = mode === 'kubernetes';

  const world = async (applications: readonly FleetApplication[], options: SandboxOptions = {}): Promise<World> => {
    const started = await startWorld(mode, { fleet: fleetOf(applications), ...options });
    closers.push(() => started.close());
    return started;
  };

  const opened = async (
    applications: readonly FleetApplication[],
    options: OpenOptions = {},
  ): Promise<{ readonly at: World; readonly client: ArgoCdClient }> => {
    const at = await world(applications);
    return { at, client: await at.open(options) };
  };

  const watch = (open: Parameters<typeof watching>[0]): Watching => {
    const started = watching(open);
    closers.push(() => started.stop());
    return started;
  };

  /** How requests of a stream or watch look. */
  const STREAM = kubernetes ? 'watch=1' : '/stream/';
  const LIST = kubernetes ? '/applications\\?limit' : '/api/v1/applications\\?';

  const names = async (client: ArgoCdClient, rest: Parameters<typeof scope>[0]): Promise<readonly string[]> => {
    const { candidates } = await client.list(scope(rest), 'names', never);
    return candidates.map((candidate) => `${candidate.ref.namespace}/${candidate.ref.name}`);
  };

  test('says what it is connected to', async () => {
    const { client } = await opened([]);
    expect(client.transport).toBe(mode);
    expect(client.description).toMatch(
      kubernetes ? /^Kubernetes API https:\/\/127\.0\.0\.1:\d+ \(context sandbox\)$/ : /^Argo CD API https:.* \(v3\./,
    );
  });

  describe('list', () => {
    const fleet = [
      shop('web', { labels: { tier: 'front' } }),
      shop('api', { labels: { tier: 'back' }, project: 'payments' }),
      shop('web', { namespace: 'team-a', labels: { tier: 'front' } }),
      shop('job', { namespace: 'team-b' }),
    ];

    test('tells names sorted by namespace and name; one name in two namespaces is two Applications (Rule 1)', async () => {
      const { client } = await opened(fleet);
      const all = ['argocd/api', 'argocd/web', 'team-a/web', 'team-b/job'];
      expect(await names(client, { namespaces: '*' })).toEqual(all);
      expect(await names(client, { namespaces: ['team-b', 'argocd'] })).toEqual([
        'argocd/api',
        'argocd/web',
        'team-b/job',
      ]);
      expect(await names(client, { namespaces: ['team-a'] })).toEqual(['team-a/web']);
      expect(await names(client, {})).toEqual(kubernetes ? ['argocd/api', 'argocd/web'] : all);
      expect(await names(client, { namespaces: ['empty'] })).toEqual([]);
    });

    test('looks where the connection says when the scope says nothing', async () => {
      const { client } = await opened(fleet, { connection: { namespaces: ['team-b'] } });
      expect(await names(client, {})).toEqual(['team-b/job']);
      expect(await names(client, { namespaces: ['team-a'] })).toEqual(['team-a/web']);
    });

    test('filters by labels', async () => {
      const { client } = await opened(fleet);
      expect(await names(client, { namespaces: '*', selector: 'tier in (front)' })).toEqual([
        'argocd/web',
        'team-a/web',
      ]);
      expect(await names(client, { namespaces: '*', selector: 'tier=none' })).toEqual([]);
    });

    test('a selector that cannot be read is refused at once', async () => {
      const { client, at } = await opened(fleet);
      at.sandbox.clearRequests();
      expect((await failure(client.list(scope({ selector: 'tier in (' }), 'names', never))).code).toBe('invalid');
      expect(at.sandbox.requests).toHaveLength(1);
    });

    test('tells the spec when it is asked for', async () => {
      const { client } = await opened(fleet);
      const { candidates } = await client.list(scope({ namespaces: ['argocd'] }), 'spec', never);
      expect(candidates.map(({ project }) => project)).toEqual(['payments', 'default']);
      const api = candidates[0]?.application;
      expect(api).toMatchObject({
        labels: { tier: 'back' },
        project: 'payments',
        destination: { server: 'https://kubernetes.default.svc', namespace: 'api' },
        sources: [{ repoURL: 'https://git.example.com/deploy.git', path: 'apps/api', targetRevision: 'main' }],
        sync: { status: 'Synced' },
        health: { status: 'Healthy' },
      });
    });

    test('is one request for what fits on a page', async () => {
      const { client, at } = await opened(fleet);
      at.sandbox.clearRequests();
      await names(client, { namespaces: ['argocd'] });
      expect(at.sandbox.requests).toHaveLength(1);
    });

    test('of 1,100 is whole', async () => {
      const { client } = await opened(Array.from({ length: 1100 }, (_, index) => shop(`app-${index}`)));
      const { candidates } = await client.list(scope({ namespaces: ['argocd'] }), 'names', never);
      expect(new Set(candidates.map(({ ref: { name } }) => name)).size).toBe(1100);
    });
  });

  describe('get', () => {
    test('tells the whole Application', async () => {
      const { client, at } = await opened([shop('web')]);
      const web = await client.get(ref('web'), never);
      expect(web).toMatchObject({
        ref: ref('web'),
        project: 'default',
        sync: { status: 'Synced' },
        health: { status: 'Healthy' },
        operationState: { phase: 'Succeeded' },
      });
      expect(web.uid).toBe(at.stored('web').metadata.uid);
      expect(web.sync.revisions).toHaveLength(1);
      expect(web.history).toHaveLength(1);
      expect(web.resources.length).toBeGreaterThan(0);
      expect(web.reconciledAt).not.toBe('');
    });

    test('one that was there and is gone is not found', async () => {
      const { client, at } = await opened([shop('web')]);
      await client.list(scope(), 'names', never);
      at.sandbox.store.delete('applications', 'argocd', 'web');
      expect((await failure(client.get(ref('web'), never))).code).toBe('not-found');
    });

    test('one that never was is not found, or hidden', async () => {
      const { client } = await opened([]);
      const error = await failure(client.get(ref('nope'), never));
      expect(error.code).toBe(kubernetes ? 'not-found' : 'forbidden');
      expect(error.message).toContain('argocd/nope');
      if (!kubernetes) expect(error.message).toContain('does not exist, or the account may not see it');
    });

    test('follows one that moved to another project', async () => {
      const { client, at } = await opened([shop('web')]);
      await client.get(ref('web'), never);
      at.sandbox.store.update('applications', 'argocd', 'web', (draft) => {
        draft.spec = { ...(draft.spec as object), project: 'payments' };
      });
      expect((await client.get(ref('web'), never)).project).toBe('payments');
    });
  });

  describe('startSync', () => {
    const start = async (client: ArgoCdClient, name: string, ...rest: Parameters<typeof syncRequest>) => {
      const { candidates } = await client.list(scope(), 'spec', never);
      const candidate = candidates.find((one) => one.ref.name === name);
      if (candidate === undefined) throw new Error(`no ${name}`);
      return client.startSync(await client.prepare(candidate, never), syncRequest(...rest), never);
    };

    test('asks for one operation that carries our id, and answers what it starts from (Rules 14 to 18)', async () => {
      const { client, at } = await opened([shop('web')]);
      const baseline = await start(client, 'web', 'id-1');
      const { operation } = at.stored('web') as unknown as { operation: Record<string, object> };
      expect(operation.info).toEqual([{ name: 'gitopssync/id', value: 'id-1' }]);
      expect(operation.initiatedBy).toEqual({ username: kubernetes ? 'gitopssync/test' : 'admin' });
      expect(operation.initiatedBy).not.toHaveProperty('automated');
      expect(operation.sync).not.toHaveProperty('prune', true);
      expect(operationId(baseline.operation)).toBe('id-1');
      expect(baseline.operationState).toBeUndefined();
      expect(baseline).toMatchObject({
        sync: { status: 'Synced' },
        health: { status: 'Healthy' },
        history: [{ id: 0 }],
      });
      expect(baseline.reconciledAt).not.toBe('');
    });

    test('it runs and shows our id to its end (Rule 22)', async () => {
      const { client, at } = await opened([shop('web')]);
      await start(client, 'web', 'id-1');
      at.clock.advance(10_000);
      const web = await client.get(ref('web'), never);
      expect(operationId(web.operationState?.operation)).toBe('id-1');
      expect(web.operationState?.phase).toBe('Succeeded');
      expect(web.operation).toBeUndefined();
    });

    test('carries everything that was asked for', async () => {
      const { client, at } = await opened([shop('web')]);
      await start(client, 'web', 'id-1', {
        revision: 'main',
        prune: true,
        dryRun: true,
        strategy: { kind: 'apply', force: true },
        syncOptions: ['CreateNamespace=true'],
        retry: { limit: 2, backoff: { duration: '1s' } },
        overrides: { syncOptions: true, retry: true },
        info: [
          { name: 'gitopssync/id', value: 'id-1' },
          { name: 'run', value: 'https://ci.example.com/1' },
        ],
        resources: [{ group: 'apps', kind: 'Deployment', namespace: '', name: 'web' }],
      });
      const { operation } = at.stored('web') as unknown as { operation: Record<string, object> };
      expect(operation).toMatchObject({
        info: [{ name: 'gitopssync/id' }, { name: 'run', value: 'https://ci.example.com/1' }],
        retry: { limit: 2, backoff: { duration: '1s' } },
        sync: {
          prune: true,
          dryRun: true,
          syncStrategy: { apply: { force: true } },
          syncOptions: ['CreateNamespace=true'],
          resources: [{ group: 'apps', kind: 'Deployment', name: 'web' }],
        },
      });
    });

    test('the id travels in the info even when the request forgot it', async () => {
      const { client, at } = await opened([shop('web')]);
      await start(client, 'web', 'id-1', { info: [{ name: 'run', value: '1' }] });
      const { operation } = at.stored('web') as unknown as { operation: { info: object[] } };
      expect(operation.info).toContainEqual({ name: 'gitopssync/id', value: 'id-1' });
    });

    test('moves single sources of a multi-source Application by position (Rule 11)', async () => {
      const sources = ['one', 'two'].map((path) => ({
        repoURL: 'https://git.example.com/deploy.git',
        path,
        targetRevision: 'main',
      }));
      const { client, at } = await opened([shop('web', { sources })]);
      const history = (await client.get(ref('web'), never)).history.at(-1)?.revisions ?? [];
      await start(client, 'web', 'id-1', { revisions: ['', history[1] ?? ''] });
      const { operation } = at.stored('web') as unknown as { operation: { sync: { revisions: string[] } } };
      expect(operation.sync.revisions).toHaveLength(2);
      expect(operation.sync.revisions[1]).toBe(history[1]);
    });

    test('never overwrites an operation that is in progress (Rule 8)', async () => {
      const { client, at } = await opened([shop('web')]);
      const before = await client.get(ref('web'), never);
      await client.startSync(before, syncRequest('first'), never);
      const stale = await failure(client.startSync(before, syncRequest('second'), never));
      expect(stale.code).toBe(kubernetes ? 'conflict' : 'busy');
      const fresh = await client.get(ref('web'), never);
      expect((await failure(client.startSync(fresh, syncRequest('third'), never))).code).toBe('busy');
      const { operation } = at.stored('web') as unknown as { operation: { info: object[] } };
      expect(operation.info).toEqual([{ name: 'gitopssync/id', value: 'first' }]);
    });

    test('is refused while the Application is being deleted (Rule 6)', async () => {
      const { client, at } = await opened([shop('web', { finalizers: ['resources-finalizer.argocd.argoproj.io'] })]);
      at.sandbox.store.delete('applications', 'argocd', 'web');
      const seen = await client.get(ref('web'), never);
      expect(seen.deleting).toBe(true);
      expect((await failure(client.startSync(seen, syncRequest('id'), never))).code).toBe('deleting');
    });

    test('is forbidden without the right to it', async () => {
      const { client } = await opened([shop('web')], { account: 'viewer' });
      const error = await failure(client.startSync(await client.get(ref('web'), never), syncRequest('id'), never));
      expect(error).toMatchObject({ code: 'forbidden', ambiguous: false });
      expect(error.message).toMatch(
        kubernetes ? /cannot patch resource "applications"/ : /applications, sync, default\/web/,
      );
      expect(error.hint).toMatch(
        kubernetes
          ? /Role in namespace argocd .*"get", "list", "watch", "patch"/
          : /"p, viewer, applications, sync, default\/web, allow"/,
      );
    });

    test('an answer that is lost leaves one operation and is ambiguous (Rule 19)', async () => {
      const { client, at } = await opened([shop('web')]);
      at.sandbox.addFault({ when: { method: kubernetes ? 'PATCH' : 'POST' }, effect: { kind: 'lose-answer' } });
      const seen = await client.get(ref('web'), never);
      const error = await failure(client.startSync(seen, syncRequest('id-1'), never));
      expect(error).toMatchObject({ code: 'network', ambiguous: true });
      expect(operationId((await client.get(ref('web'), never)).operation)).toBe('id-1');
      expect(at.sandbox.requests.filter(({ method }) => method === 'PATCH' || method === 'POST')).toHaveLength(1);
    });

    test.each([500, 503])('status %i is ambiguous, and no write is sent twice', async (status) => {
      const { client, at } = await opened([shop('web')]);
      const seen = await client.get(ref('web'), never);
      at.sandbox.addFault({
        when: { method: kubernetes ? 'PATCH' : 'POST' },
        times: 0,
        effect: { kind: 'status', status },
      });
      at.sandbox.clearRequests();
      const error = await failure(client.startSync(seen, syncRequest('id-1'), never));
      expect(error).toMatchObject({ code: 'unavailable', ambiguous: true });
      expect(at.sandbox.requests).toHaveLength(1);
    });
  });

  describe('terminate', () => {
    const running = async (): Promise<{ readonly at: World; readonly client: ArgoCdClient }> => {
      const hooks = [{ type: 'PreSync', name: 'migrate', takesMs: 'forever' }] as const;
      const script = { start: { runs: 'target', compared: 'current' }, syncs: [{ hooks }] } as const;
      const started = await opened([shop('web', { script })]);
      await started.client.startSync(await started.client.get(ref('web'), never), syncRequest('id-1'), never);
      return started;
    };

    test('ends what runs (Rules 45 to 47)', async () => {
      const { client, at } = await running();
      at.clock.advance(1000);
      const seen = await client.get(ref('web'), never);
      expect(seen.operationState?.phase).toBe('Running');
      expect(await client.terminate(seen, never)).toBe('terminating');
      at.clock.advance(10_000);
      const ended = await client.get(ref('web'), never);
      expect(ended.operationState).toMatchObject({ phase: 'Failed', message: expect.stringContaining('terminated') });
      expect(ended.operation).toBeUndefined();
    });

    test('what was not picked up is taken back, or waited for where the transport cannot', async () => {
      const { client, at } = await running();
      const seen = await client.get(ref('web'), never);
      if (kubernetes) {
        expect(await client.terminate(seen, never)).toBe('removed');
        expect(at.stored('web').operation).toBeUndefined();
      } else {
        const error = await failure(client.terminate(seen, never));
        expect(error.code).toBe('conflict');
        expect(error.message).toContain('has not begun');
      }
    });

    test('does nothing where nothing runs', async () => {
      const { client, at } = await opened([shop('web')]);
      const seen = await client.get(ref('web'), never);
      at.sandbox.clearRequests();
      expect(await client.terminate(seen, never)).toBe('idle');
      expect(at.sandbox.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
    });

    test("never ends another's operation that took its place", async () => {
      const { client, at } = await running();
      at.clock.advance(1000);
      const seen = await client.get(ref('web'), never);
      await client.terminate(seen, never);
      at.clock.advance(10_000);
      await client.startSync(await client.get(ref('web'), never), syncRequest('another'), never);
      at.clock.advance(1000);
      expect((await failure(client.terminate(seen, never))).code).toBe('conflict');
      expect((await client.get(ref('web'), never)).operationState?.phase).toBe('Running');
    });
  });

  describe('refresh', () => {
    test('leads to a comparison that started after it (Rule 31)', async () => {
      const { client, at } = await opened([shop('web')]);
      const before = await client.get(ref('web'), never);
      at.clock.advance(5000);
      const asked = at.until('web', (object) => object.metadata.annotations?.[REFRESH_ANNOTATION] === 'normal');
      const refreshing = client.refresh(ref('web'), never);
      await asked;
      at.clock.advance(5000);
      const answer = await refreshing;
      expect(answer.kind).toBe(kubernetes ? 'pending' : 'consumed');
      const after = answer.kind === 'consumed' ? answer.application : await client.get(ref('web'), never);
      expect(after.annotations).not.toHaveProperty([REFRESH_ANNOTATION]);
      expect(after.reconciledAt > before.reconciledAt).toBe(true);
    });

    test('is pending while nobody consumes it', async () => {
      const skip = { 'argocd.argoproj.io/skip-reconcile': 'true' };
      const { client } = await opened([shop('web', { annotations: skip })], { connection: { requestTimeoutMs: 300 } });
      expect(await client.refresh(ref('web'), never)).toEqual({ kind: 'pending' });
      expect((await client.get(ref('web'), never)).annotations).toHaveProperty([REFRESH_ANNOTATION], 'normal');
    });

    test('of one that is not there fails', async () => {
      const { client } = await opened([]);
      expect((await failure(client.refresh(ref('nope'), never))).code).toBe(kubernetes ? 'not-found' : 'forbidden');
    });
  });

  describe('versions', () => {
    test('are what get says, and change with the state', async () => {
      const { client, at } = await opened([shop('web'), shop('api')]);
      const everything = { kind: 'scope', ...scope() } as const;
      const before = await client.versions(everything, never);
      const web = await client.get(ref('web'), never);
      expect([...before.keys()].toSorted()).toEqual(['argocd/api', 'argocd/web']);
      expect(before.get('argocd/web')).toBe(web.version);
      const baseline = await client.startSync(web, syncRequest('id-1'), never);
      const asked = await client.versions(everything, never);
      expect(asked.get('argocd/web')).toBe(baseline.version);
      expect(asked.get('argocd/web')).not.toBe(web.version);
      expect(asked.get('argocd/api')).toBe(before.get('argocd/api'));
      at.clock.advance(10_000);
      const ended = await client.versions(everything, never);
      expect(ended.get('argocd/web')).not.toBe(baseline.version);
      expect(ended.get('argocd/web')).toBe((await client.get(ref('web'), never)).version);
    });

    test('tell the requested ones, without what is gone', async () => {
      const { client } = await opened([shop('web'), shop('web', { namespace: 'team-a' }), shop('api')]);
      const refs = [ref('web'), ref('web', 'team-a'), ref('gone')];
      const versions = await client.versions({ kind: 'refs', refs }, never);
      expect([...versions.keys()].toSorted()).toEqual(['argocd/web', 'team-a/web']);
    });

    test('of a scope are those that are wanted', async () => {
      const { client } = await opened([shop('web'), shop('web', { namespace: 'team-a' }), shop('api')]);
      const everything = { kind: 'scope', ...scope({ namespaces: '*' }) } as const;
      const all = await client.versions(everything, never);
      const wanted = new Set(['argocd/api', 'team-a/web', 'argocd/gone']);
      expect(await client.versions(everything, never, wanted)).toEqual(
        new Map([...all].filter(([key]) => key !== 'argocd/web')),
      );
    });

    test('are one request for a scope', async () => {
      const { client, at } = await opened([shop('web'), shop('api')]);
      at.sandbox.clearRequests();
      await client.versions({ kind: 'scope', ...scope({ selector: 'tier=none' }) }, never);
      expect(at.sandbox.requests).toHaveLength(1);
    });
  });

  describe('watch', () => {
    test.each(['scope', 'refs'] as const)('tells every change of an operation, by %s', async (kind) => {
      const { client, at } = await opened([shop('web'), shop('api')]);
      const { position } = await client.list(scope(), 'names', never);
      const target = kind === 'refs' ? ({ kind, refs: [ref('web')] } as const) : ({ kind, ...scope() } as const);
      const seen = watch((onEvent, signal) => client.watch(target, position, onEvent, signal));
      const baseline = await client.startSync(await client.get(ref('web'), never), syncRequest('id-1'), never);
      await seen.state('web', (one) => operationId(one.operation) === 'id-1');
      at.clock.advance(10_000);
      const done = await seen.state(
        'web',
        (one) =>
          one.operationState !== undefined &&
          one.operation === undefined &&
          operationId(one.operationState.operation) === 'id-1' &&
          isTerminal(one.operationState.phase),
      );
      expect(done.operationState?.syncResult?.revisions).toHaveLength(1);
      expect(done.history.length).toBeGreaterThan(baseline.history.length);
      expect(done.sources).toEqual(baseline.sources);
      expect(done.project).toBe('default');
      const last = await client.get(ref('web'), never);
      const told = await seen.state('web', (one) => one.version === last.version);
      expect(told.reconciledAt).not.toBe('');
    });

    test('tells what is deleted', async () => {
      const { client, at } = await opened([shop('web')]);
      const { position } = await client.list(scope(), 'names', never);
      const seen = watch((onEvent, signal) => client.watch({ kind: 'scope', ...scope() }, position, onEvent, signal));
      await at.stored('web');
      await listening(at.sandbox);
      at.sandbox.store.delete('applications', 'argocd', 'web');
      expect(await seen.find((event) => event.kind === 'deleted')).toEqual({ kind: 'deleted', ref: ref('web') });
    });

    test('of names without a position begins with the present state', async () => {
      const { client } = await opened([shop('web'), shop('api', { namespace: 'team-a' }), shop('other')]);
      const refs = [ref('web'), ref('api', 'team-a')];
      const seen = watch((onEvent, signal) => client.watch({ kind: 'refs', refs }, new Map(), onEvent, signal));
      await Promise.all([seen.state('web', () => true), seen.state('api', () => true)]);
      const told = seen.events.map((event) => (event.kind === 'application' ? event.application.ref.name : event.kind));
      expect(told.toSorted()).toEqual(['api', 'web']);
    });

    test('sees only its namespaces', async () => {
      const { client, at } = await opened([
        shop('web'),
        shop('web', { namespace: 'team-a' }),
        shop('web', { namespace: 'team-b' }),
      ]);
      const narrow = scope({ namespaces: ['argocd', 'team-a'] });
      const { position } = await client.list(narrow, 'names', never);
      const seen = watch((onEvent, signal) => client.watch({ kind: 'scope', ...narrow }, position, onEvent, signal));
      await listening(at.sandbox);
      for (const namespace of ['team-b', 'team-a', 'argocd']) {
        at.sandbox.store.update('applications', namespace, 'web', (draft) => {
          draft.metadata = { ...(draft.metadata as object), labels: { seen: 'yes' } };
        });
      }
      const labelled = (namespace: string) =>
        seen.find(
          (event) =>
            event.kind === 'application' &&
            event.application.ref.namespace === namespace &&
            event.application.labels.seen === 'yes',
        );
      await Promise.all([labelled('argocd'), labelled('team-a')]);
      expect(
        seen.events.some((event) => event.kind === 'application' && event.application.ref.namespace === 'team-b'),
      ).toBe(false);
    });

    test('goes on after its stream was cut, and misses nothing', async () => {
      const { client, at } = await opened([shop('web')]);
      at.sandbox.addFault({ when: { path: STREAM }, times: 3, effect: { kind: 'cut', afterLines: 1 } });
      const { position } = await client.list(scope(), 'names', never);
      const seen = watch((onEvent, signal) => client.watch({ kind: 'scope', ...scope() }, position, onEvent, signal));
      await client.startSync(await client.get(ref('web'), never), syncRequest('id-1'), never);
      at.clock.advance(10_000);
      const last = await client.get(ref('web'), never);
      await seen.state('web', (one) => one.version === last.version);
    });

    test('goes on after errors that pass, and tells the second one in a row', async () => {
      const { client, at } = await opened([shop('web')]);
      at.sandbox.addFault({ when: { path: STREAM }, times: 3, effect: { kind: 'status', status: 503 } });
      const { position } = await client.list(scope(), 'names', never);
      const seen = watch((onEvent, signal) => client.watch({ kind: 'scope', ...scope() }, position, onEvent, signal));
      const gap = await seen.find((event) => event.kind === 'gap' && event.error !== undefined);
      expect(gap).toMatchObject({ error: { code: 'unavailable' } });
      await client.startSync(await client.get(ref('web'), never), syncRequest('id-1'), never);
      await seen.state('web', (one) => operationId(one.operation) === 'id-1');
    });

    test('is over at once when the signal aborts, even before anything was heard', async () => {
      const { client, at } = await opened([shop('web')]);
      at.sandbox.addFault({ when: { path: STREAM }, times: 0, effect: { kind: 'hang' } });
      const controller = new AbortController();
      const heard: WatchEvent[] = [];
      const scopeOfOne = { kind: 'refs', refs: [ref('web')] } as const;
      const watched = client.watch(scopeOfOne, new Map(), (event) => heard.push(event), controller.signal);
      controller.abort();
      await watched;
      expect(heard).toEqual([]);
    });

    test('throws when it is not allowed', async () => {
      const at = await world([shop('web')]);
      const client = await at.open();
      at.sandbox.addFault({
        when: { path: STREAM },
        effect: { kind: 'status', status: 403, body: '{"message":"no watching here"}' },
      });
      const { position } = await client.list(scope(), 'names', never);
      const error = await failure(client.watch({ kind: 'scope', ...scope() }, position, () => {}, never));
      expect(error.code).toBe('forbidden');
      expect(error.message).toContain('no watching here');
    });
  });

  describe('errors', () => {
    const listing = (client: ArgoCdClient): Promise<unknown> =>
      client.list(scope({ namespaces: ['argocd'] }), 'names', never);

    test('a wrong token is unauthenticated, at once', async () => {
      const { client, at } = await opened([], { token: 'wrong' });
      at.sandbox.clearRequests();
      const error = await failure(listing(client));
      expect(error.code).toBe('unauthenticated');
      expect(`${error.message}${error.hint}`).not.toContain('wrong');
      expect(at.sandbox.requests).toHaveLength(1);
    });

    test('an account without rights', async () => {
      const { client } = await opened([shop('web')], { account: 'nobody' });
      if (kubernetes) {
        const error = await failure(listing(client));
        expect(error.code).toBe('forbidden');
        expect(error.message).toContain(
          'cannot list resource "applications" in API group "argoproj.io" in the namespace "argocd"',
        );
        expect(error.hint).toContain('resources: ["applications"], verbs: ["get", "list", "watch", "patch"]');
      } else {
        expect(await client.list(scope(), 'names', never)).toMatchObject({ candidates: [] });
      }
      expect((await failure(client.get(ref('web'), never))).code).toBe('forbidden');
    });

    test('a certificate nobody signed is said plainly, with the input that helps', async () => {
      const at = await world([], { tls: 'stranger' });
      const error = await failure(at.open().then(listing));
      expect(error.code).toBe('tls');
      expect(error.message).toMatch(
        /the certificate of 127\.0\.0\.1:\d+ is signed by an authority that is not trusted/,
      );
      expect(error.hint).toContain('`certificate-authority`');
    });

    test('a certificate nobody signed is accepted when verifying is switched off, for this connection only', async () => {
      const at = await world([shop('web')], { tls: 'stranger' });
      await listing(await at.open({ connection: { insecureSkipTlsVerify: true } }));
      expect((await failure(at.open().then(listing))).code).toBe('tls');
    });

    test('client certificates', async () => {
      const at = await world([shop('web')], { mutualTls: true });
      const yaml = at.sandbox.kubeconfig().replaceAll(/^ +client-(?:certificate|key)-data: .*\n/gm, '');
      const without = { kubeconfig: { kind: 'content', yaml } } as const;
      expect((await failure(at.open({ connection: without }).then(listing))).code).toMatch(/tls|network/);
      const { certificate, key } = at.sandbox.clientCertificate;
      await listing(await at.open({ connection: { ...without, clientCertificate: certificate, clientKey: key } }));
      if (kubernetes) await listing(await at.open());
    });

    test('goes through a proxy, and past it for NO_PROXY', async () => {
      const at = await world([shop('web')]);
      const proxy = await startProxy();
      closers.push(proxy.stop);
      const through = (no: string) => ({ connection: { proxy: { https: proxy.url, http: '', no } } });
      await listing(await at.open(through('')));
      const { host } = new URL(kubernetes ? at.sandbox.kubernetesUrl : at.sandbox.argocdUrl);
      expect(new Set(proxy.seen)).toEqual(new Set([`CONNECT ${host}`]));
      const before = proxy.seen.length;
      await listing(await at.open(through('example.com,127.0.0.1')));
      expect(proxy.seen).toHaveLength(before);
    });

    test('sends the headers it was given', async () => {
      const at = await world([shop('web')]);
      await listing(await at.open({ connection: { headers: [['X-Access-Key', 'abc']] } }));
      expect(at.sandbox.requests.map(({ headers }) => headers['x-access-key'])).not.toContain(undefined);
    });

    test('HTML instead of the API', async () => {
      const at = await world([]);
      at.sandbox.addFault({ when: {}, times: 0, effect: { kind: 'html' } });
      const error = await failure(at.open().then(listing));
      expect(error.code).toBe('not-the-api');
      expect(error.message).toMatch(/https:\/\/127\.0\.0\.1:\d+\/api.* answered 200 with text\/html/);
      expect(error.hint).not.toBe('');
    });

    test('reads are tried again after 429, 500, 503 and a reset, with what the server asks to wait (Rule 42)', async () => {
      const waits: number[] = [];
      const { client, at } = await opened([shop('web')], { deps: { delay: async (ms) => void waits.push(ms) } });
      const headers = { 'retry-after': '9' };
      for (const status of [429, 500, 503]) {
        at.sandbox.addFault({
          when: { path: LIST },
          effect: { kind: 'status', status, ...(status === 429 ? { headers } : {}) },
        });
      }
      at.sandbox.addFault({ when: { path: LIST }, effect: { kind: 'reset' } });
      expect(await listing(client)).toMatchObject({ candidates: [{ ref: ref('web') }] });
      expect(waits).toEqual([9000, 1500, 4000, 8000]);
    });

    test('a server that stays down fails after a bounded number of tries', async () => {
      const { client, at } = await opened([]);
      at.sandbox.addFault({ when: { path: LIST }, times: 0, effect: { kind: 'status', status: 503 } });
      at.sandbox.clearRequests();
      expect((await failure(listing(client))).code).toBe('unavailable');
      expect(at.sandbox.requests).toHaveLength(5);
    });

    test('a server that does not answer is a time-out', async () => {
      const { client, at } = await opened([], { connection: { requestTimeoutMs: 60 } });
      at.sandbox.addFault({ when: { path: LIST }, times: 0, effect: { kind: 'hang' } });
      const error = await failure(listing(client));
      expect(error.code).toBe('timeout');
      expect(error.message).toContain('within 0.06 s');
    });

    test('an aborted signal ends a request at once', async () => {
      const { client, at } = await opened([shop('web')]);
      at.sandbox.addFault({ when: { path: LIST }, times: 0, effect: { kind: 'hang' } });
      const controller = new AbortController();
      const pending = failure(client.list(scope(), 'names', controller.signal));
      controller.abort();
      expect((await pending).code).toBe('aborted');
    });
  });

  test('stays within the request budget: list, sync and watch 40 (Rule 44)', async () => {
    const count = 40;
    const { client, at } = await opened(Array.from({ length: count }, (_, index) => shop(`app-${index}`)));
    const { candidates, position } = await client.list(scope(), 'names', never);
    const seen = watch((onEvent, signal) => client.watch({ kind: 'scope', ...scope() }, position, onEvent, signal));
    await Promise.all(
      candidates.map(async (candidate) =>
        client.startSync(await client.prepare(candidate, never), syncRequest(candidate.ref.name), never),
      ),
    );
    at.clock.advance(60_000);
    await Promise.all(
      candidates.map(({ ref: { name } }) =>
        seen.state(name, (one) => operationId(one.operationState?.operation) === name && one.operation === undefined),
      ),
    );
    await client.uiUrl(never);
    await client.versions({ kind: 'scope', ...scope() }, never);
    expect(at.sandbox.requests.length).toBeLessThanOrEqual((kubernetes ? 2 * count : count) + 12);
  });
});
