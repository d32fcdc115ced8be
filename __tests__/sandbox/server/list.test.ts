import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Draft } from '../../../sandbox/types.ts';
import { at, exchange, type Json, recording } from './recording.ts';
import { comparable, startTestServer, type TestServer } from './test-server.ts';

/** The names in a recorded or real list, as the recording writes them. */
function names(body: Json | undefined): readonly Json[] | null {
  const items = at(body, 'items');
  if (!Array.isArray(items)) return null;
  return items.map((item: Json) =>
    typeof item === 'string' ? item : `${at(item, 'metadata', 'name')} (${at(item, 'spec', 'project')})`,
  );
}

describe('what is listed', () => {
  let server: TestServer;
  const whole = at(exchange('rest-list', 0).response.body, 'items', 0);

  beforeAll(async () => {
    server = await startTestServer();
    for (const name of names(exchange('rest-list', 1).response.body) ?? []) {
      const [, plain = '', project = ''] = /^(.*) \((.*)\)$/.exec(String(name)) ?? [];
      if (plain === 'first')
        server.application('first', {
          metadata: { labels: at(whole, 'metadata', 'labels') },
          spec: at(whole, 'spec'),
          status: at(whole, 'status'),
        });
      else server.application(plain, { spec: { project, source: {}, destination: {} } });
    }
  });
  afterAll(() => server.stop());

  test.each(recording('rest-list'))('$index $as $path', async (recorded) => {
    const answer = await server.send(recorded);
    expect(answer.status).toBe(recorded.response.status);
    expect(comparable(answer.headers)).toEqual(comparable(recorded.response.headers));
    if (answer.status !== 200) expect(answer.json).toEqual(recorded.response.body);
    else expect(names(answer.json)).toEqual(names(recorded.response.body));
  });

  test('a whole application is as recorded', async () => {
    const { json } = await server.get('/api/v1/applications?name=first');
    expect(at(json, 'items', 0, 'spec')).toEqual(at(whole, 'spec'));
    expect(at(json, 'items', 0, 'status')).toEqual(at(whole, 'status'));
    expect(Object.keys(at(json, 'items', 0) ?? {})).toEqual(Object.keys(whole ?? {}));
    expect(at(json, 'metadata', 'resourceVersion')).toBe(String(server.store.resourceVersion));
  });

  test('an empty status shows what the real server always shows', async () => {
    const { json } = await server.get('/api/v1/applications?name=auto');
    expect(at(json, 'items', 0, 'status')).toEqual({
      sync: { status: '', comparedTo: { source: { repoURL: '' }, destination: {} } },
      health: {},
      summary: {},
      sourceHydrator: {},
    });
  });
});

describe('fields of a list', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startTestServer({ now: () => new Date('2026-11-20T11:36:40Z') });
    const whole = exchange('rest-get-refresh', 1).response.body;
    const status = at(whole, 'status') as Draft;
    server.application('first', {
      metadata: { labels: at(whole, 'metadata', 'labels') },
      spec: at(whole, 'spec'),
      // The get that was recorded joins the health into the resources; the stored object has none.
      status: { ...status, resources: (status.resources as Draft[]).map(({ health: _, ...resource }) => resource) },
    });
  });
  afterAll(() => server.stop());

  // The second try of parent and child happened to succeed; 52 is a whole object.
  const calls = recording('rest-list-fields').filter(({ index }) => index !== 49 && index !== 52);

  test.each(calls)('$index $path', async (recorded) => {
    const answer = await server.send(recorded);
    expect(answer.status).toBe(recorded.response.status);
    expect(comparable(answer.headers)).toEqual(comparable(recorded.response.headers));
    expect(at(answer.json, 'error')).toEqual(at(recorded.response.body, 'error'));
    expect(at(answer.json, 'items')).toEqual(at(recorded.response.body, 'items'));
    expect(Object.keys(answer.json ?? {})).toEqual(Object.keys(recorded.response.body ?? {}));
  });

  test('empty fields give everything', async () => {
    const answer = await server.send(exchange('rest-list-fields', 52));
    expect(at(answer.json, 'items', 0, 'status', 'operationState', 'message')).toBe(
      'successfully synced (all tasks run)',
    );
  });

  test('a running operation has no end, and null shows it', async () => {
    server.application('runs', {
      operation: { sync: { prune: true } },
      status: { operationState: { phase: 'Running', startedAt: '2026-11-20T11:36:40Z' } },
    });
    const { json } = await server.get(
      '/api/v1/applications?name=runs&fields=items.operation.sync,items.status.operationState.phase,items.status.operationState.finishedAt,items.status.operationState.operation.sync',
    );
    expect(at(json, 'items')).toEqual([
      {
        operation: { sync: { prune: true } },
        status: { operationState: { phase: 'Running', finishedAt: null, operation: { sync: null } } },
      },
    ]);
  });
});

describe('namespaces', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startTestServer({ applicationNamespaces: ['team-*'] });
    const spec = (project: string) => ({ project, source: { repoURL: 'x' }, destination: {} });
    server.application('twin', { spec: spec('default') });
    server.application('twin', { spec: spec('teams') }, 'team-a');
    server.application('stray', { spec: spec('default') }, 'team-a');
    server.application('twin', { spec: spec('default') }, 'plain');
  });
  afterAll(() => server.stop());

  test.each(recording('flow-two-namespaces').filter(({ method }) => method === 'GET'))(
    '$index $path $note',
    async (recorded) => {
      const answer = await server.send(recorded);
      expect(answer.status).toBe(recorded.response.status);
      if (answer.status !== 200) expect(answer.json).toEqual(recorded.response.body);
      else {
        const found = (body: Json | undefined) =>
          ((at(body, 'items') as readonly Json[] | undefined) ?? [body ?? null]).map((item) => [
            at(item, 'metadata', 'name'),
            at(item, 'metadata', 'namespace'),
          ]);
        // Which of two with one name is found without a namespace is chance.
        if (recorded.index === 3) expect(found(answer.json)).toHaveLength(1);
        else expect(found(answer.json)).toEqual(found(recorded.response.body));
      }
    },
  );

  test('without a namespace all enabled ones are listed', async () => {
    const { json } = await server.get('/api/v1/applications?fields=items.metadata.name,items.metadata.namespace');
    expect(at(json, 'items')).toEqual([
      { metadata: { name: 'stray', namespace: 'team-a' } },
      { metadata: { name: 'twin', namespace: 'argocd' } },
      { metadata: { name: 'twin', namespace: 'team-a' } },
    ]);
  });
});

test('a long answer is compressed for who takes gzip', async () => {
  const server = await startTestServer();
  try {
    for (let number = 0; number < 50; number += 1) server.application(`app-${number}`);
    const plain = await server.get('/api/v1/applications');
    const response = await fetch(`${server.url}/api/v1/applications`, {
      headers: { authorization: 'Bearer token-of-ci', 'accept-encoding': 'gzip' },
    });
    expect(await response.text()).toBe(plain.text);
    expect(response.headers.get('content-encoding')).toBe('gzip');
  } finally {
    await server.stop();
  }
});
