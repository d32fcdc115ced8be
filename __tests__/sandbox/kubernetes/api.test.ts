import { afterEach, describe, expect, test } from '@jest/globals';
import { isObject } from '../../../sandbox/state/json.ts';
import { plainApplications } from './objects.ts';
import { startTestApi, type TestApi } from './test-api.ts';

const PLAIN = '/apis/argoproj.io/v1alpha1/namespaces/plain/applications';
const MERGE = { 'content-type': 'application/merge-patch+json' };

let api: TestApi | undefined;
afterEach(async () => api?.stop());

async function start(): Promise<TestApi> {
  api = await startTestApi(plainApplications());
  return api;
}

const namesOf = (list: unknown) =>
  isObject(list) && Array.isArray(list.items)
    ? list.items.map((item) => (isObject(item) && isObject(item.metadata) ? item.metadata.name : undefined))
    : [];
const tokenOf = (list: unknown) => (isObject(list) && isObject(list.metadata) ? String(list.metadata.continue) : '');

describe('what no recording shows', () => {
  test('pages show the list as it was when it began', async () => {
    const { call, store } = await start();
    const first = await call({ path: `${PLAIN}?limit=3` });
    store.delete('applications', 'plain', 'shop-e');
    store.create('applications', {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { name: 'shop-dd', namespace: 'plain' },
      spec: {},
    });
    const second = await call({ path: `${PLAIN}?limit=3&continue=${tokenOf(first.json)}` });
    expect(namesOf(second.json)).toEqual(['shop-d', 'shop-e', 'shop-f']);
    const third = await call({ path: `${PLAIN}?limit=3&continue=${tokenOf(second.json)}` });
    expect(namesOf(third.json)).toEqual(['shop-g']);
    expect(tokenOf(third.json)).toBe('');
  });

  test('a token of a page over all namespaces goes on behind the right one', async () => {
    const { call, store } = await start();
    store.create('applications', {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { name: 'shop-a', namespace: 'default' },
      spec: {},
    });
    const all: unknown[] = [];
    let token = '';
    do {
      const page = await call({ path: `/apis/argoproj.io/v1alpha1/applications?limit=1&continue=${token}` });
      all.push(...namesOf(page.json));
      token = tokenOf(page.json);
    } while (token !== '');
    expect(all).toEqual(['shop-a', 'shop-a', 'shop-b', 'shop-c', 'shop-d', 'shop-e', 'shop-f', 'shop-g']);
  });

  test('a conflict in a patch leaves the object alone', async () => {
    const { call, store } = await start();
    const before = store.get('applications', 'plain', 'shop-a');
    const answer = await call({
      method: 'PATCH',
      path: `${PLAIN}/shop-a`,
      headers: MERGE,
      body: JSON.stringify({ metadata: { resourceVersion: '1' }, operation: { sync: {} } }),
    });
    expect(answer.status).toBe(409);
    expect(store.get('applications', 'plain', 'shop-a')).toBe(before);
  });

  test('a writer is named in managedFields, and its fields go with what it wrote', async () => {
    const { call, store } = await start();
    const patch = (body: unknown) =>
      call({ method: 'PATCH', path: `${PLAIN}/shop-g?fieldManager=me`, headers: MERGE, body: JSON.stringify(body) });
    const managers = ({ json }: { json: unknown }) =>
      isObject(json) && isObject(json.metadata) && Array.isArray(json.metadata.managedFields)
        ? json.metadata.managedFields.filter(isObject).map(({ manager, fieldsV1 }) => ({ manager, fieldsV1 }))
        : [];
    const written = await patch({ operation: { sync: { revision: 'v1' } } });
    expect(managers(written)).toContainEqual({
      manager: 'me',
      fieldsV1: { 'f:operation': { '.': {}, 'f:sync': { '.': {}, 'f:revision': {} } } },
    });
    store.update('applications', 'plain', 'shop-g', (draft) => {
      delete draft.operation;
    });
    expect(managers(await call({ path: `${PLAIN}/shop-g` })).map(({ manager }) => manager)).toEqual(['kubectl-create']);
  });

  test('a watch of one object by its path', async () => {
    const { watch } = await start();
    const lines = await (await watch({ path: `${PLAIN}/shop-c?watch=true` })).take(1);
    expect(lines).toMatchObject([{ type: 'ADDED', object: { metadata: { name: 'shop-c' } } }]);
  });

  test('namespaces: those that were named and those something lives in', async () => {
    const { call } = await start();
    expect(namesOf((await call({ path: '/api/v1/namespaces' })).json)).toEqual(['argocd', 'default', 'plain']);
    expect((await call({ path: '/api/v1/namespaces/nope' })).status).toBe(404);
    expect((await call({ as: 'sa', path: '/api/v1/namespaces/argocd' })).status).toBe(403);
  });

  test('methods that make no sense', async () => {
    const { call } = await start();
    for (const [method, path] of [
      ['POST', `${PLAIN}/shop-a`],
      ['DELETE', '/api/v1/namespaces/plain'],
      ['POST', '/apis/argoproj.io/v1alpha1/applications'],
    ] as const)
      expect((await call({ method, path, body: '{}' })).status).toBe(405);
  });

  test('rights to one name hold for a list of that name', async () => {
    const { call } = await start();
    const answer = await call({ as: 'nobody', path: `${PLAIN}?fieldSelector=metadata.name%3Dshop-a` });
    expect(answer.json).toMatchObject({ code: 403, message: expect.stringContaining('"shop-a" is forbidden') });
  });

  test('people at a terminal get readable JSON', async () => {
    const { call } = await start();
    const answer = await call({ path: `${PLAIN}/shop-a`, headers: { 'user-agent': 'curl/8.0' } });
    expect(answer.text.split('\n').length).toBeGreaterThan(20);
  });
});
