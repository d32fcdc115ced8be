import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { SyncWindow } from '../../../sandbox/server/backend.ts';
import type { Draft } from '../../../sandbox/types.ts';
import { at, type Exchange, exchange, type Json, recording } from './recording.ts';
import { comparable, startTestServer, type TestServer } from './test-server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

/** Sends a recorded call and compares the whole answer. */
async function replay(recorded: Exchange): Promise<void> {
  const answer = await server.send(recorded);
  const label = `${recorded.index} ${recorded.path}`;
  expect([label, answer.status]).toEqual([label, recorded.response.status]);
  expect(answer.json).toEqual(recorded.response.body);
  expect(comparable(answer.headers)).toEqual(comparable(recorded.response.headers));
}

describe('sync windows', () => {
  test('each setting of the recording, with the answer of a sync', async () => {
    server.application('win2');
    for (const recorded of recording('rest-syncwindows')) {
      const { body } = recorded.response;
      if (recorded.method === 'GET') {
        server.world.windows = {
          active: (at(body, 'activeWindows') ?? []) as unknown as readonly SyncWindow[],
          assigned: (at(body, 'assignedWindows') ?? []) as unknown as readonly SyncWindow[],
          canSync: at(body, 'canSync') === true,
        };
        await replay(recorded);
      } else {
        const answer = await server.send(recorded);
        expect(answer.status).toBe(recorded.response.status);
        if (answer.status !== 200) expect(answer.json).toEqual(body);
        server.store.update('applications', 'argocd', 'win2', (draft) => {
          delete draft.operation;
        });
      }
    }
  });
});

describe('resources and events', () => {
  test('the tree is what the controller says', async () => {
    server.application('tab');
    const recorded = exchange('rest-details', 1);
    server.world.tree = at(recorded.response.body, 'nodes') as readonly Draft[];
    await replay(recorded);
    server.world.tree = [];
    expect((await server.get('/api/v1/applications/tab/resource-tree')).text).toBe('{"nodes":null}');
  });

  test('managed resources have names and manifests', async () => {
    const recorded = at(exchange('rest-details', 2).response.body, 'items') as readonly Json[];
    const resources = recorded.map((item) => ({
      group: at(item, 'group'),
      kind: at(item, 'kind'),
      namespace: at(item, 'namespace'),
      name: at(item, 'name'),
      version: 'v1',
    }));
    server.application('managed', { status: { resources } });
    const { json } = await server.get('/api/v1/applications/managed/managed-resources');
    const items = at(json, 'items') as readonly Json[];
    const key = (item: Json) => [at(item, 'group'), at(item, 'kind'), at(item, 'namespace'), at(item, 'name')];
    expect(items.map(key)).toEqual(recorded.map(key));
    const manifest: Json = JSON.parse(String(at(items, 1, 'liveState')));
    expect(at(manifest, 'apiVersion')).toBe('apps/v1');
  });

  test('events of this application only, as recorded', async () => {
    const recorded = exchange('rest-details', 5);
    const uid = server.store.get('applications', 'argocd', 'tab')?.metadata.uid;
    const event = at(recorded.response.body, 'items', 0) as Draft;
    const create = (name: string, of: Draft) =>
      server.store.create('events', {
        ...event,
        apiVersion: 'v1',
        kind: 'Event',
        metadata: { namespace: 'argocd', name },
        involvedObject: of,
      });
    create('tab.1', { kind: 'Application', namespace: 'argocd', name: 'tab', uid });
    create('tab.2', { kind: 'Application', namespace: 'argocd', name: 'tab', uid: 'of an earlier one' });
    create('win2.1', { kind: 'Application', namespace: 'argocd', name: 'win2' });
    const { json } = await server.send(recorded);
    expect(at(json, 'items')).toHaveLength(1);
    expect(Object.keys(at(json, 'items', 0) ?? {}).sort()).toEqual(Object.keys(event).sort());
    expect(at(json, 'items', 0, 'message')).toBe(event.message);
    expect((await server.get('/api/v1/applications/managed/events')).json).toMatchObject({ items: null });
  });

  test.each(recording('rest-details').filter(({ index }) => index >= 11 && index <= 15))(
    '$index $as $path',
    async (recorded) => {
      await replay(recorded);
    },
  );
});

describe('surroundings', () => {
  test.each(recording('rest-repositories').filter(({ index }) => index <= 3))('$index $as $path', async (recorded) => {
    await replay(recorded);
  });

  test('a project', async () => {
    const recorded = exchange('rest-details', 16);
    const answer = await server.send(recorded);
    expect(answer.status).toBe(200);
    expect(Object.keys(answer.json ?? {})).toEqual(Object.keys(recorded.response.body ?? {}));
    expect((await server.get('/api/v1/projects/nope', 'viewer')).json).toMatchObject({
      code: 5,
      message: 'appprojects.argoproj.io "nope" not found',
    });
  });

  test('clusters, by name and by server', async () => {
    const recorded = exchange('rest-details', 17);
    const { json } = await server.send(recorded);
    const wanted = at(recorded.response.body, 'items', 0);
    expect(Object.keys(at(json, 'items', 0) ?? {})).toEqual(Object.keys(wanted ?? {}));
    expect([at(json, 'items', 0, 'name'), at(json, 'items', 0, 'server')]).toEqual([
      at(wanted, 'name'),
      at(wanted, 'server'),
    ]);
    const items = async (query: string, as = 'viewer') =>
      at((await server.get(`/api/v1/clusters${query}`, as)).json, 'items');
    expect(await items('?name=in-cluster')).toHaveLength(1);
    expect(await items('?server=https%3A%2F%2Fother')).toBeNull();
    expect(await items('', 'outsider')).toBeNull();
    expect((await server.get('/api/v1/clusters/in-cluster?id.type=name', 'viewer')).json).toMatchObject({
      server: 'https://kubernetes.default.svc',
    });
    expect((await server.get('/api/v1/clusters/nope', 'viewer')).status).toBe(403);
  });

  test('ApplicationSets, as recorded', async () => {
    const [list, get, missing, invisible] = [0, 1, 2, 3].map((index) => exchange('rest-applicationsets', index));
    if (list === undefined || get === undefined || missing === undefined || invisible === undefined)
      throw new Error('four calls');
    const { metadata: _, ...parts } = get.response.body as Draft;
    server.store.create('applicationsets', {
      ...parts,
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'ApplicationSet',
      metadata: { namespace: 'argocd', name: 'fleet' },
    });
    const listed = await server.send(list);
    expect(at(listed.json, 'items')).toHaveLength(1);
    expect(at(listed.json, 'items', 0, 'status')).toEqual(at(list.response.body, 'items', 0, 'status'));
    const got = await server.send(get);
    expect(at(got.json, 'spec')).toEqual(at(get.response.body, 'spec'));
    await replay(missing);
    expect((await server.send(invisible)).json).toMatchObject({ items: null });
    expect((await server.get('/api/v1/applicationsets/fleet', 'outsider')).json).toMatchObject({
      code: 7,
      message: 'permission denied: applicationsets, get, default/fleet, sub: outsider, iat: 2026-11-20T11:35:16Z',
    });
  });
});
