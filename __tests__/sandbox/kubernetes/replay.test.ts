import { afterEach, describe, expect, test } from '@jest/globals';
import { isObject } from '../../../sandbox/state/json.ts';
import { firstApplication, plainApplications } from './objects.ts';
import { at, type Exchange, recording } from './recording.ts';
import { Replay } from './replay.ts';
import { startTestApi, type TestApi } from './test-api.ts';

let api: TestApi | undefined;
afterEach(async () => api?.stop());

async function start(...objects: Parameters<typeof startTestApi>[0]): Promise<Replay> {
  api = await startTestApi(objects);
  return new Replay(api);
}

const defaultProject = () => ({ resource: 'appprojects' as const, object: at(recording('k8s-appproject'), 0).answer });
const isWatch = ({ path }: Exchange) => /[?&]watch=/.test(path);

describe('the sandbox answers as it was recorded', () => {
  test('k8s-errors', async () => {
    const replay = await start(...plainApplications(), firstApplication(), defaultProject());
    for (const exchange of recording('k8s-errors')) await replay.check(exchange);
  });

  test('k8s-list-paging', async () => {
    const replay = await start(...plainApplications());
    for (const [index, exchange] of recording('k8s-list-paging').entries()) {
      // These ask for version 1, which a store that began later never had.
      if (index === 7 || index === 14) continue;
      await replay.check(exchange);
    }
  });

  test('k8s-list-expired', async () => {
    const replay = await start(...plainApplications());
    const path = '/apis/argoproj.io/v1alpha1/namespaces/plain/applications?limit=3';
    const first = await api?.call({ path });
    const metadata = isObject(first?.json) && isObject(first.json.metadata) ? first.json.metadata : {};
    const exchanges = recording('k8s-list-expired');
    replay.learn(
      new URL(at(exchanges, 0).path, 'http://x').searchParams.get('continue') ?? '',
      String(metadata.continue),
    );
    replay.learn('414', String(metadata.resourceVersion));
    for (const version of ['1', '2'])
      api?.store.update('applications', 'plain', 'shop-g', (draft) => {
        draft.operation = { info: [{ name: 'version', value: version }] };
      });
    api?.store.compact();
    for (const exchange of exchanges) if (!isWatch(exchange)) await replay.check(exchange);
    const watch = await api?.watch({ path: replay.adapt(at(exchanges, 5).path) });
    expect(await watch?.take(2)).toEqual([
      {
        type: 'ERROR',
        object: {
          kind: 'Status',
          apiVersion: 'v1',
          metadata: {},
          status: 'Failure',
          message: expect.stringMatching(/^too old resource version: 107 \(\d+\)$/),
          reason: 'Expired',
          code: 410,
        },
      },
    ]);
  });

  test('k8s-list-table', async () => {
    const replay = await start(...plainApplications());
    for (const exchange of recording('k8s-list-table')) {
      // Protobuf is refused, but not in protobuf.
      if (exchange.answerHeaders['content-type'] === 'application/vnd.kubernetes.protobuf') {
        const answer = await replay.send(exchange);
        expect(answer.status).toBe(406);
      } else if (exchange.answerHeaders['content-type'] === 'application/yaml') {
        const answer = await replay.send(exchange);
        expect(answer.headers.get('content-type')).toBe('application/yaml');
        expect(answer.text).toMatch(/^apiVersion: argoproj.io\/v1alpha1\nitems:\n {2}- apiVersion: /);
      } else await replay.check(exchange);
    }
  });

  test.each(['k8s-list-metadata', 'k8s-selectors', 'k8s-patch', 'k8s-put-delete'])('%s', async (scene) => {
    const replay = await start(...plainApplications());
    for (const exchange of recording(scene)) {
      // Nobody collects garbage here, so nothing waits for that.
      if (exchange.body?.includes('"Foreground"') || exchange.path.endsWith('/held')) {
        const answer = await replay.send(exchange);
        expect(answer.status).toBe(exchange.status);
      } else await replay.check(exchange);
    }
  });

  test('k8s-get', async () => {
    const replay = await start(...plainApplications(), firstApplication());
    for (const exchange of recording('k8s-get')) await replay.check(exchange);
  });

  test('k8s-events', async () => {
    const exchanges = recording('k8s-events');
    const all = at(exchanges, 1).answer;
    const items = isObject(all) && Array.isArray(all.items) ? all.items.filter(isObject) : [];
    const written = items.filter(({ metadata }) => isObject(metadata) && metadata.name !== 'first.pztf2');
    const replay = await start(
      ...written.map((item) => ({ resource: 'events' as const, object: { apiVersion: 'v1', kind: 'Event', ...item } })),
    );
    await replay.check(at(exchanges, 0));
    // The name of the new event is random, and with it its place in the list.
    const list = await replay.send(at(exchanges, 1));
    const listed = isObject(list.json) && Array.isArray(list.json.items) ? list.json.items : [];
    expect(listed).toHaveLength(items.length);
    replay.compare(
      at(written, 0),
      listed.find((one) => isObject(one) && isObject(one.metadata) && one.metadata.name === 'first.18e9bdc9fb1a3293'),
    );
    const page = await replay.send(at(exchanges, 2));
    expect(page.json).toMatchObject({
      kind: 'EventList',
      items: { length: 2 },
      metadata: { continue: expect.any(String) },
    });
    await replay.check(at(exchanges, 3));
  });

  test('k8s-appproject', async () => {
    const exchanges = recording('k8s-appproject');
    const replay = await start(defaultProject(), { resource: 'appprojects', object: at(exchanges, 1).answer });
    for (const exchange of exchanges.slice(0, 4)) await replay.check(exchange);
    const table = await replay.send(at(exchanges, 4));
    const recorded = at(exchanges, 4).answer;
    expect(table.json).toMatchObject({
      columnDefinitions: isObject(recorded) ? recorded.columnDefinitions : [],
      rows: [
        { cells: ['default', expect.stringMatching(/^\d+[a-z]/)], object: null },
        { cells: ['windowed', expect.stringMatching(/^\d+[a-z]/)], object: null },
      ],
    });
  });

  test('k8s-access-review', async () => {
    const replay = await start();
    const exchanges = recording('k8s-access-review');
    for (const exchange of exchanges.slice(0, 8)) await replay.check(exchange);
    const ruled = await replay.send(at(exchanges, 8));
    expect(ruled.json).toMatchObject({
      status: {
        resourceRules: expect.arrayContaining([
          { verbs: ['get', 'list', 'watch', 'patch'], apiGroups: ['argoproj.io'], resources: ['applications'] },
        ]),
      },
    });
    const who = await replay.send(at(exchanges, 9));
    expect(who.json).toMatchObject({
      status: {
        userInfo: {
          username: 'system:serviceaccount:argocd:gitopssync',
          groups: ['system:serviceaccounts', 'system:serviceaccounts:argocd', 'system:authenticated'],
        },
      },
    });
  });

  test('k8s-discovery', async () => {
    const replay = await start();
    const byPath = (wanted: string) =>
      at(
        recording('k8s-discovery').filter(({ path }) => path === wanted),
        0,
      );
    for (const path of [
      '/version',
      '/api',
      '/apis/argoproj.io',
      '/apis/argoproj.io/v1',
      '/apis/example.org/v1',
      '/readyz',
      '/healthz',
    ])
      await replay.check(byPath(path));
    const group = await replay.send(byPath('/apis/argoproj.io/v1alpha1'));
    const names = (answer: unknown) =>
      isObject(answer) && Array.isArray(answer.resources)
        ? answer.resources
            .filter(isObject)
            .map(({ name, kind, verbs, shortNames }) => ({ name, kind, verbs, shortNames }))
        : [];
    const real = names(byPath('/apis/argoproj.io/v1alpha1').answer).filter(({ name }) => !String(name).includes('/'));
    expect(names(group.json)).toEqual(real);
    const aggregated = at(
      recording('k8s-discovery').filter(({ headers }) => headers.accept?.includes('apidiscovery')),
      0,
    );
    const answer = await replay.send(aggregated);
    expect(answer.headers.get('content-type')).toBe(aggregated.answerHeaders['content-type']);
    expect(answer.json).toMatchObject({ kind: 'APIGroupDiscoveryList', apiVersion: 'apidiscovery.k8s.io/v2' });
  });
});
