import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Draft } from '../../../sandbox/types.ts';
import { at, type Exchange, exchange, type Json, recording } from './recording.ts';
import { COMMIT, comparable, REPOSITORY, startTestServer, type TestServer } from './test-server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

/** What a controller leaves: the operation is over. */
function finish(name: string, namespace = 'argocd'): void {
  server.store.update('applications', namespace, name, (draft) => {
    const { operation, status } = draft;
    if (operation === undefined) return;
    delete draft.operation;
    draft.status = { ...(status as Draft), operationState: { phase: 'Succeeded', operation } };
  });
}

/** Sends a recorded call and compares everything but whole Applications, of which the operation. */
async function replay(recorded: Exchange): Promise<Json> {
  const answer = await server.send(recorded);
  const label = `${recorded.index} ${recorded.note}`;
  expect([label, answer.status]).toEqual([label, recorded.response.status]);
  expect(comparable(answer.headers)).toEqual(comparable(recorded.response.headers));
  if (answer.headers['content-type']?.startsWith('text/')) {
    expect(answer.text).toBe(recorded.response.body);
    return answer.text;
  }
  if (answer.status !== 200) expect(answer.json).toEqual(recorded.response.body);
  else expect(at(answer.json, 'operation')).toEqual(at(recorded.response.body, 'operation'));
  return answer.json;
}

describe('errors', () => {
  beforeAll(() => {
    server.application('first', {
      metadata: { labels: { team: 'a' } },
      spec: at(exchange('rest-errors', 7).response.body, 'spec'),
      status: { operationState: { phase: 'Succeeded' } },
    });
  });

  // 31 and 32 are a patch and a rollback, which the sandbox does not serve.
  test.each(recording('rest-errors').filter(({ index }) => index < 31))(
    '$index $as $method $path $note',
    async (recorded) => {
      await replay(recorded);
      finish('first');
    },
  );

  test('the body is judged before the session, the session before the application', async () => {
    const path = '/api/v1/applications/nope/sync';
    const headers = { 'content-type': 'application/json' };
    expect((await server.send({ method: 'POST', path, headers, body: '{' })).status).toBe(400);
    expect((await server.send({ method: 'POST', path, headers, body: '{}' })).status).toBe(401);
  });

  test.each([
    [
      '{"revision":1}',
      'json: cannot unmarshal number into Go struct field ApplicationSyncRequest.revision of type string',
    ],
    [
      '{"retryStrategy":{"limit":"3"}}',
      'json: cannot unmarshal string into Go struct field ApplicationSyncRequest.retryStrategy.limit of type int64',
    ],
    [
      '{"resources":[{"kind":true}]}',
      'json: cannot unmarshal bool into Go struct field ApplicationSyncRequest.resources.kind of type string',
    ],
    ['{"prune":tru}', "invalid character '}' looking for beginning of value"],
  ])('%s is refused', async (body, message) => {
    const answer = await server.send({
      method: 'POST',
      path: '/api/v1/applications/first/sync',
      headers: { authorization: '', 'content-type': 'application/json' },
      body,
    });
    expect(answer.status).toBe(400);
    expect(answer.json).toEqual({ error: message, code: 3, message });
  });
});

describe('what becomes of a request', () => {
  test('body, inherited options and retry, as recorded', async () => {
    const whole = exchange('rest-sync', 1).response.body;
    server.application('restsync', { spec: at(whole, 'spec'), status: at(whole, 'status') });
    for (const recorded of recording('rest-sync')) {
      server.world.revisions = { main: String(at(recorded.response.body, 'operation', 'sync', 'revision')) };
      const answer = await replay(recorded);
      expect(at(answer, 'status', 'operationState')).toBeUndefined();
      expect(server.store.get('applications', 'argocd', 'restsync')?.operation).toEqual(at(answer, 'operation'));
      finish('restsync');
    }
    const { operation: _, ...first } = whole as Draft;
    const answer = await server.get('/api/v1/applications/restsync');
    expect(Object.keys(answer.json ?? {})).toEqual(Object.keys(first));
  });

  test('options and retry of the request replace those of the application', async () => {
    const calls = recording('flow-sync-options');
    server.application('opts', { spec: at(calls[0]?.response.body, 'spec') });
    for (const recorded of calls) {
      server.world.revisions = { main: String(at(recorded.response.body, 'operation', 'sync', 'revision')) };
      await replay(recorded);
      finish('opts');
    }
  });

  test('sources, positions and revisions, as recorded', async () => {
    const source = (name: string) => ({
      name,
      repoURL: REPOSITORY,
      path: `apps/rmulti/${name}`,
      targetRevision: 'main',
    });
    server.application('rmulti', { spec: { project: 'default', sources: [source('one'), source('two')] } });
    for (const recorded of recording('rest-sync-multi-source')) {
      // In the recording `main` moved on between the calls.
      const asked = at(JSON.parse(recorded.body ?? '{}'), 'sourcePositions', 0);
      const main = at(recorded.response.body, 'operation', 'sync', 'revisions', asked === 2 ? 0 : 1);
      server.world.revisions = { main: String(main ?? COMMIT) };
      await replay(recorded);
      finish('rmulti');
    }
  });

  test('automatic sync refuses another revision, unless it is a dry run', async () => {
    const calls = recording('flow-autosync-and-ours');
    const spec = {
      source: { repoURL: REPOSITORY, path: 'apps/auto', targetRevision: 'main' },
      project: 'default',
      syncPolicy: { automated: { selfHeal: true } },
    };
    server.application('auto', { spec });
    expect(calls.map(({ index }) => index)).toEqual([5, 6]);
    for (const recorded of calls) await replay(recorded);
  });

  test('automatic sync that is switched off refuses nothing', async () => {
    const spec = { source: { repoURL: REPOSITORY }, project: 'default', syncPolicy: { automated: { enabled: false } } };
    server.application('off', { spec });
    expect((await server.sync('off', { revision: COMMIT })).status).toBe(200);
  });

  test('the start is noted as an event, which the events call shows', async () => {
    server.world.revisions = { main: COMMIT };
    server.application('noted');
    await server.sync('noted', { resources: [{ kind: 'ConfigMap', name: 'x' }] });
    const { json } = await server.get('/api/v1/applications/noted/events');
    expect(at(json, 'items')).toHaveLength(1);
    expect(at(json, 'items', 0)).toMatchObject({
      reason: 'OperationStarted',
      message: `ci initiated partial sync to main (${COMMIT})`,
      involvedObject: { kind: 'Application', name: 'noted', namespace: 'argocd' },
    });
  });

  test('the namespace is read from the body, not from the query', async () => {
    const spec = (name: string) => ({
      source: { repoURL: REPOSITORY, path: 'apps/twin', targetRevision: 'main' },
      project: name,
    });
    server.application('twin', { spec: spec('default') });
    server.application('twin', { spec: spec('teams') }, 'team-a');
    const calls = recording('flow-two-namespaces').filter(({ method }) => method !== 'GET');
    for (const recorded of calls) {
      server.world.revisions = { main: String(at(recorded.response.body, 'operation', 'sync', 'revision') ?? COMMIT) };
      const answer = await replay(recorded);
      expect(at(answer, 'metadata', 'namespace')).toBe(at(recorded.response.body, 'metadata', 'namespace'));
      finish('twin');
      finish('twin', 'team-a');
    }
    expect(calls).toHaveLength(3);
  });
});

describe('order of the checks', () => {
  const refusal = async (body: Json, as = 'ci') => at((await server.sync('ordered', body, as)).json, 'message');

  beforeEach(() => {
    server.world.windows = { active: [], assigned: [], canSync: true };
    if (server.store.get('applications', 'argocd', 'ordered') === undefined)
      server.application('ordered', {
        metadata: { finalizers: ['x'] },
        operation: { sync: {} },
        status: { operationState: { phase: 'Running' } },
      });
  });

  test('visible, window, right, deletion, revision, another operation', async () => {
    server.world.windows = { active: [], assigned: [], canSync: false };
    expect(await refusal({}, 'outsider')).toBe('permission denied');
    expect(await refusal({}, 'viewer')).toBe('cannot sync: blocked by sync window');
    server.world.windows = { active: [], assigned: [], canSync: true };
    expect(await refusal({}, 'viewer')).toContain(
      'permission denied: applications, sync, default/ordered, sub: viewer',
    );
    expect(await refusal({ revision: 'nope' })).toContain("unable to resolve 'nope' to a commit SHA");
    expect(await refusal({})).toBe('another operation is already in progress');
    server.store.delete('applications', 'argocd', 'ordered');
    expect(await refusal({ revision: 'nope' })).toBe('application is deleting');
    expect(await refusal({}, 'viewer')).toContain('permission denied: applications, sync');
  });
});

describe('terminate', () => {
  test('the calls of the recording', async () => {
    server.world.revisions = { main: '4668040feac345ba3829ce05312dd92204413a59' };
    server.application('rterm');
    const phase = () =>
      at(server.store.get('applications', 'argocd', 'rterm')?.status as Json | undefined, 'operationState', 'phase');
    for (const recorded of recording('rest-terminate')) {
      if (recorded.index === 2)
        server.store.update('applications', 'argocd', 'rterm', (draft) => {
          draft.status = { operationState: { phase: 'Running', operation: draft.operation, message: 'waiting' } };
        });
      if (recorded.note === 'nothing is running') finish('rterm');
      await replay(recorded);
      if (recorded.index === 3) expect(phase()).toBe('Running');
      if (recorded.index === 4 || recorded.index === 5) expect(phase()).toBe('Terminating');
    }
  });
});

test('an application in a project that is not there cannot be synced', async () => {
  const recorded = exchange('flow-comparison-error', 11);
  server.application('br-project', { spec: { project: 'no-such-project', source: {} } });
  await replay(recorded);
  await replay(exchange('flow-comparison-error', 12));
});

test('who has the right deletes', async () => {
  server.application('gone');
  const path = '/api/v1/applications/gone';
  const headers = { authorization: '', 'content-type': 'application/json' };
  expect((await server.send({ method: 'DELETE', path, headers, as: 'admin' })).text).toBe('{}');
  expect((await server.get(path)).status).toBe(403);
});
