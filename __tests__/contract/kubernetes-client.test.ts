import { afterEach, describe, expect, test } from '@jest/globals';
import type { FleetApplication } from '../../sandbox/fleets/fleet.ts';
import type { SandboxOptions } from '../../sandbox/start.ts';
import { operationId } from '../../src/argocd/application.ts';
import {
  failure,
  fleetOf,
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
  const started = await startWorld('kubernetes', { fleet: fleetOf(applications), ...options });
  closers.push(() => started.close());
  return started;
};

const watch = (open: Parameters<typeof watching>[0]): Watching => {
  const started = watching(open);
  closers.push(() => started.stop());
  return started;
};

const many = (count: number): readonly FleetApplication[] =>
  Array.from({ length: count }, (_, index) => shop(`app-${index}`));

describe('requests to the Kubernetes API', () => {
  test('connecting sends nothing', async () => {
    const at = await world([]);
    await at.open();
    expect(at.sandbox.requests).toEqual([]);
  });

  test('a sync is one small merge patch, complete and guarded by the version that was seen (section 2.6)', async () => {
    const at = await world([shop('web')]);
    const client = await at.open();
    const seen = await client.get(ref('web'), never);
    at.sandbox.clearRequests();
    await client.startSync(
      seen,
      syncRequest('id-1', { retry: { limit: 1 }, syncOptions: ['PruneLast=true'], revision: 'main' }),
      never,
    );
    const [patch, ...more] = at.sandbox.requests;
    expect(more).toEqual([]);
    expect(patch).toMatchObject({
      method: 'PATCH',
      path: '/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/web?fieldManager=gitopssync',
      headers: {
        'content-type': 'application/merge-patch+json',
        accept: 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json',
      },
    });
    expect(JSON.parse(patch?.body ?? '')).toEqual({
      metadata: { resourceVersion: seen.resourceVersion },
      operation: {
        initiatedBy: { username: 'gitopssync/test' },
        info: [{ name: 'gitopssync/id', value: 'id-1' }],
        retry: { limit: 1 },
        sync: { revision: 'main', prune: false, syncOptions: ['PruneLast=true'] },
      },
      status: { operationState: null },
    });
  });

  test('the state of the last operation does not show in the next one (section 2.2)', async () => {
    const at = await world([shop('web')]);
    const client = await at.open();
    const seen = await client.get(ref('web'), never);
    expect(seen.operationState?.phase).toBe('Succeeded');
    const baseline = await client.startSync(seen, syncRequest('id-1'), never);
    expect(at.stored('web').status).not.toHaveProperty('operationState.phase');
    expect(baseline.resourceVersion).toBe(at.stored('web').metadata.resourceVersion);
  });

  test('names in one namespace come as rows without objects, over all as metadata, specs in pages of 250', async () => {
    const at = await world(many(300));
    const client = await at.open();
    await client.list(scope(), 'names', never);
    await client.list(scope({ namespaces: '*' }), 'names', never);
    await client.list(scope(), 'spec', never);
    expect(
      at.sandbox.requests.map(
        ({ path, headers }) => `${path.replace(/continue=[^&]+/, 'continue=…')} ${headers.accept?.split(';')[1] ?? ''}`,
      ),
    ).toEqual([
      '/apis/argoproj.io/v1alpha1/namespaces/argocd/applications?limit=5000&includeObject=None as=Table',
      '/apis/argoproj.io/v1alpha1/applications?limit=5000 as=PartialObjectMetadataList',
      '/apis/argoproj.io/v1alpha1/namespaces/argocd/applications?limit=250 ',
      '/apis/argoproj.io/v1alpha1/namespaces/argocd/applications?limit=250&continue=… ',
    ]);
  });

  test('whole objects of a list stand for a read for a moment; who changed them makes the write a conflict', async () => {
    let now = 0;
    const at = await world(many(2));
    const client = await at.open({ deps: { now: () => now } });
    const { candidates } = await client.list(scope(), 'spec', never);
    const [first, second] = candidates;
    if (first === undefined || second === undefined) throw new Error('unreachable');
    at.sandbox.clearRequests();
    const seen = await client.prepare(first, never);
    expect(at.sandbox.requests).toEqual([]);
    at.sandbox.store.update('applications', 'argocd', first.ref.name, (draft) => {
      draft.metadata = { ...(draft.metadata as object), labels: { changed: 'yes' } };
    });
    expect((await failure(client.startSync(seen, syncRequest('id-1'), never))).code).toBe('conflict');
    now = 15_001;
    await client.prepare(second, never);
    expect(at.sandbox.requests.map(({ method }) => method)).toEqual(['PATCH', 'GET']);
  });

  test('one list prepares them all; what it does not bring is read', async () => {
    const at = await world(many(270));
    const client = await at.open();
    const { candidates } = await client.list(scope(), 'names', never);
    at.sandbox.clearRequests();
    client.prepareAll(scope(), candidates, never);
    const seen = await Promise.all(candidates.map((candidate) => client.prepare(candidate, never)));
    expect(seen.map(({ ref: { name } }) => name)).toEqual(candidates.map(({ ref: { name } }) => name));
    // Their AppProject is read beside the list.
    for (const application of seen) expect(await client.syncWindow(application, 'before-sync', never)).toBe('open');
    expect(at.sandbox.requests).toHaveLength(3);
    const [first] = candidates;
    if (first === undefined) throw new Error('unreachable');
    await client.prepare(first, never);
    expect(at.sandbox.requests).toHaveLength(4);
  });

  test('of several AppProjects none is read before it is needed', async () => {
    const at = await world([shop('web', { project: 'payments' }), ...many(30)]);
    const client = await at.open();
    const { candidates } = await client.list(scope(), 'names', never);
    at.sandbox.clearRequests();
    client.prepareAll(scope(), candidates, never);
    await Promise.all(candidates.map((candidate) => client.prepare(candidate, never)));
    expect(at.sandbox.requests.filter(({ path }) => path.includes('/appprojects/'))).toEqual([]);
  });

  test('a list of them all that fails has spared nothing, and nothing else comes of it', async () => {
    const at = await world(many(260));
    const client = await at.open();
    const { candidates } = await client.list(scope(), 'names', never);
    at.sandbox.addFault({ when: { path: 'limit=250&continue=' }, times: 0, effect: { kind: 'status', status: 403 } });
    at.sandbox.clearRequests();
    client.prepareAll(scope(), candidates, never);
    const seen = await Promise.all(candidates.map((candidate) => client.prepare(candidate, never)));
    expect(seen).toHaveLength(260);
    expect(at.sandbox.requests.filter(({ path }) => /applications\/[^?]/.test(path))).toHaveLength(230);
  });

  test('rows tell the project too', async () => {
    const at = await world([shop('web', { project: 'payments' })]);
    const { candidates } = await (await at.open()).list(scope(), 'names', never);
    expect(candidates).toEqual([{ ref: ref('web'), project: 'payments', application: undefined }]);
  });

  test('a list begins again when its position is lost, and tells each Application once (Rule 4)', async () => {
    const at = await world(many(300));
    const client = await at.open();
    const body = JSON.stringify({ kind: 'Status', code: 410, reason: 'Expired', message: 'too old' });
    at.sandbox.addFault({ when: { path: 'continue=' }, times: 2, effect: { kind: 'status', status: 410, body } });
    const { candidates } = await client.list(scope(), 'spec', never);
    expect(candidates).toHaveLength(300);
    expect(at.sandbox.requests).toHaveLength(6);
  });

  test('a list that is lost again and again is an error', async () => {
    const at = await world(many(300));
    const client = await at.open();
    const body = JSON.stringify({ kind: 'Status', code: 410, reason: 'Expired', message: 'too old' });
    at.sandbox.addFault({ when: { path: 'continue=' }, times: 0, effect: { kind: 'status', status: 410, body } });
    expect((await failure(client.list(scope(), 'spec', never))).code).toBe('expired');
  });

  test('sync windows are read once for each AppProject, and unknown without the right to (Rule 10)', async () => {
    const at = await world([shop('web'), shop('api'), shop('ledger', { project: 'closed' })]);
    const windows = async (account?: string): Promise<readonly string[]> => {
      const client = await at.open(account === undefined ? {} : { account });
      const seen = await Promise.all(['web', 'api', 'ledger'].map((name) => client.get(ref(name), never)));
      return Promise.all(seen.map((application) => client.syncWindow(application, 'before-sync', never)));
    };
    expect(await windows()).toEqual(['open', 'open', 'closed']);
    expect(at.sandbox.requests.filter(({ path }) => path.includes('/appprojects/'))).toHaveLength(2);
    at.sandbox.addFault({
      when: { path: '/appprojects/' },
      times: 0,
      effect: { kind: 'status', status: 403, body: JSON.stringify({ kind: 'Status', code: 403, reason: 'Forbidden' }) },
    });
    expect(await windows()).toEqual(['unknown', 'unknown', 'unknown']);
  });

  test('several namespaces are one list and one watch each', async () => {
    const at = await world([shop('web'), shop('api', { namespace: 'team-a' })]);
    const client = await at.open();
    const both = scope({ namespaces: ['argocd', 'team-a'] });
    const { position } = await client.list(both, 'names', never);
    const seen = watch((onEvent, signal) => client.watch({ kind: 'scope', ...both }, position, onEvent, signal));
    for (const [namespace, name] of [
      ['argocd', 'web'],
      ['team-a', 'api'],
    ] as const) {
      at.sandbox.store.update('applications', namespace, name, (draft) => {
        draft.metadata = { ...(draft.metadata as object), labels: { seen: 'yes' } };
      });
    }
    await Promise.all([
      seen.state('web', ({ labels }) => labels.seen === 'yes'),
      seen.state('api', ({ labels }) => labels.seen === 'yes'),
    ]);
    expect(at.sandbox.requests).toHaveLength(4);
  });

  test('a server without Applications says so', async () => {
    const at = await world([]);
    const client = await at.open();
    at.sandbox.addFault({
      when: { path: '/applications' },
      effect: { kind: 'status', status: 404, body: '404 page not found\n', headers: { 'content-type': 'text/plain' } },
    });
    const error = await failure(client.list(scope(), 'names', never));
    expect(error.code).toBe('not-the-api');
    expect(error.hint).toContain('Is Argo CD installed');
  });

  test('where people see Argo CD is asked for once, and may stay unknown', async () => {
    const at = await world([]);
    const client = await at.open();
    expect(await client.uiUrl(never)).toBe('');
    const body = JSON.stringify({ kind: 'ConfigMap', data: { url: 'https://argocd.example.com/root/' } });
    at.sandbox.addFault({ when: { path: '/configmaps/argocd-cm' }, effect: { kind: 'status', status: 200, body } });
    expect(await client.uiUrl(never)).toBe('https://argocd.example.com/root');
    expect(at.sandbox.requests).toHaveLength(2);
  });
});

describe('watches of the Kubernetes API', () => {
  const label = (at: World, name: string, value: string): void => {
    at.sandbox.store.update('applications', 'argocd', name, (draft) => {
      draft.metadata = { ...(draft.metadata as object), labels: { step: value } };
    });
  };

  test.each(['scope', 'refs'] as const)(
    'a version that is no longer kept gives a gap and a fresh start, by %s (Rule 40)',
    async (kind) => {
      const at = await world([shop('web')]);
      const client = await at.open();
      const { position } = await client.list(scope(), 'names', never);
      at.sandbox.addFault({ when: { path: 'watch=1' }, effect: { kind: 'expire' } });
      const target = kind === 'refs' ? ({ kind, refs: [ref('web')] } as const) : ({ kind, ...scope() } as const);
      const seen = watch((onEvent, signal) => client.watch(target, position, onEvent, signal));
      expect(await seen.find((event) => event.kind === 'gap')).toEqual({ kind: 'gap', error: undefined });
      label(at, 'web', 'after');
      await seen.state('web', ({ labels }) => labels.step === 'after');
      expect(seen.events.filter((event) => event.kind === 'gap')).toHaveLength(1);
    },
  );

  test('after a compaction while it was away it starts afresh', async () => {
    const at = await world([shop('web')]);
    const client = await at.open();
    const { position } = await client.list(scope(), 'names', never);
    label(at, 'web', 'missed');
    label(at, 'web', 'missed too');
    at.sandbox.store.compact();
    const seen = watch((onEvent, signal) => client.watch({ kind: 'scope', ...scope() }, position, onEvent, signal));
    await seen.find((event) => event.kind === 'gap');
    label(at, 'web', 'after');
    await seen.state('web', ({ labels }) => labels.step === 'after');
  });

  test('a cut stream is resumed from the last version: each state is told once, in order', async () => {
    const at = await world([shop('web')]);
    const client = await at.open();
    const { position } = await client.list(scope(), 'names', never);
    at.sandbox.addFault({ when: { path: 'watch=1' }, times: 4, effect: { kind: 'cut', afterLines: 2 } });
    const steps = Array.from({ length: 10 }, (_, index) => String(index));
    const seen = watch((onEvent, signal) => client.watch({ kind: 'scope', ...scope() }, position, onEvent, signal));
    for (const step of steps) label(at, 'web', step);
    await seen.state('web', ({ labels }) => labels.step === '9');
    expect(
      seen.events.map((event) => (event.kind === 'application' ? event.application.labels.step : event.kind)),
    ).toEqual(steps);
  });

  test('a scope without a position begins with a gap instead of all objects', async () => {
    const at = await world(many(30));
    const client = await at.open();
    const seen = watch((onEvent, signal) => client.watch({ kind: 'scope', ...scope() }, new Map(), onEvent, signal));
    await seen.find((event) => event.kind === 'gap');
    label(at, 'app-7', 'after');
    await seen.state('app-7', ({ labels }) => labels.step === 'after');
    expect(seen.events).toHaveLength(2);
  });

  test('an Application that leaves the selector is not deleted', async () => {
    const at = await world([shop('web', { labels: { step: 'one' } }), shop('api', { labels: { step: 'one' } })]);
    const client = await at.open();
    const chosen = scope({ selector: 'step=one' });
    const { position } = await client.list(chosen, 'names', never);
    const seen = watch((onEvent, signal) => client.watch({ kind: 'scope', ...chosen }, position, onEvent, signal));
    label(at, 'web', 'two');
    at.sandbox.store.delete('applications', 'argocd', 'api');
    await seen.find((event) => event.kind === 'deleted');
    expect(seen.events).toMatchObject([
      { kind: 'application', application: { ref: ref('web'), labels: { step: 'two' } } },
      { kind: 'deleted', ref: ref('api') },
    ]);
  });

  test('the right that is missing is named', async () => {
    const rights = {
      kubernetes: [{ resources: ['applications'], verbs: ['get', 'list', 'patch'], namespaces: ['argocd'] }],
    };
    const at = await world([shop('web')], { accounts: [{ name: 'admin', token: 'a-token', rights }] });
    const client = await at.open();
    const { position } = await client.list(scope(), 'names', never);
    const error = await failure(client.watch({ kind: 'scope', ...scope() }, position, () => {}, never));
    expect(error.code).toBe('forbidden');
    expect(error.message).toMatch(
      /^cannot watch Applications in namespace argocd: User "admin" cannot watch resource "applications"/,
    );
  });
});

describe('connecting to the Kubernetes API', () => {
  test('by a file, with another context', async () => {
    const at = await world([shop('web')]);
    const yaml = `${at.sandbox.kubeconfig().replace(/^contexts:\n/m, 'contexts:\n  - name: other\n    context: { cluster: sandbox, user: admin }\n')}`;
    const client = await at.open({ connection: { kubeconfig: { kind: 'content', yaml }, context: 'other' } });
    expect(client.description).toContain('(context other)');
    expect((await client.get(ref('web'), never)).project).toBe('default');
  });

  test('through the proxy of the kubeconfig', async () => {
    const at = await world([shop('web')]);
    const yaml = at.sandbox
      .kubeconfig()
      .replace('    cluster:\n', "    cluster:\n      proxy-url: 'http://127.0.0.1:9'\n");
    const error = await failure(
      (await at.open({ connection: { kubeconfig: { kind: 'content', yaml } } })).get(ref('web'), never),
    );
    expect(error.message).toContain('connection refused by the proxy 127.0.0.1:9');
  });

  test('with the name the certificate is for', async () => {
    const at = await world([shop('web')]);
    const named = (name: string) => ({
      kind: 'content' as const,
      yaml: at.sandbox.kubeconfig().replace('    cluster:\n', `    cluster:\n      tls-server-name: ${name}\n`),
    });
    const client = await at.open({ connection: { kubeconfig: named('localhost') } });
    expect((await client.get(ref('web'), never)).ref).toEqual(ref('web'));
    const wrong = await at.open({ connection: { kubeconfig: named('elsewhere.example.com') } });
    expect(await failure(wrong.get(ref('web'), never))).toMatchObject({
      code: 'tls',
      message: expect.stringContaining('is for another host name'),
    });
  });

  test('a plugin that never ends is given up in time', async () => {
    const at = await world([]);
    const yaml = at.sandbox
      .kubeconfig()
      .replace(
        /token: .*/,
        `exec: { apiVersion: client.authentication.k8s.io/v1, command: ${process.execPath}, args: ['-e', 'setTimeout(() => {}, 400)'] }`,
      );
    const open = at.open({ connection: { kubeconfig: { kind: 'content', yaml }, requestTimeoutMs: 50 } });
    expect(await failure(open)).toMatchObject({
      code: 'configuration',
      message: 'cannot get credentials: none within 0.05 s',
    });
  });

  test('without TLS', async () => {
    const at = await world([shop('web')], { tls: false });
    const client = await at.open();
    expect(client.description).toContain('http://127.0.0.1');
    await client.startSync(await client.get(ref('web'), never), syncRequest('id-1'), never);
    expect(operationId((await client.get(ref('web'), never)).operation)).toBe('id-1');
  });

  test('a server address that is none', async () => {
    const at = await world([]);
    const yaml = at.sandbox.kubeconfig().replace(/server: .*/, 'server: nowhere');
    const error = await failure(at.open({ connection: { kubeconfig: { kind: 'content', yaml } } }));
    expect(error).toMatchObject({
      code: 'configuration',
      message: expect.stringContaining('no usable server address'),
    });
  });
});
