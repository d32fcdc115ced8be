import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Draft, Store } from '../../../sandbox/types.ts';
import { at, exchange, type Json, recording } from './recording.ts';
import { comparable, startTestServer, type TestServer } from './test-server.ts';

const REFRESH = 'argocd.argoproj.io/refresh';

/** A controller that takes up every refresh, and notes what was asked. */
function consumeRefreshes(store: Store): readonly string[] {
  const asked: string[] = [];
  store.subscribe(({ resource, object }) => {
    const level = object.metadata.annotations?.[REFRESH];
    if (resource !== 'applications' || level === undefined) return;
    asked.push(level);
    store.update('applications', object.metadata.namespace, object.metadata.name, (draft) => {
      delete ((draft.metadata as Draft).annotations as Draft)[REFRESH];
    });
  });
  return asked;
}

describe('get', () => {
  let server: TestServer;
  let asked: readonly string[];
  const whole = exchange('rest-get-refresh', 1).response.body;

  beforeAll(async () => {
    server = await startTestServer({ now: () => new Date('2026-11-20T11:36:40Z') });
    server.world.health = { Deployment: 'Healthy' };
    const status = at(whole, 'status') as Draft;
    server.application('first', {
      metadata: { labels: at(whole, 'metadata', 'labels') },
      spec: at(whole, 'spec'),
      status: { ...status, resources: (status.resources as Draft[]).map(({ health: _, ...resource }) => resource) },
    });
    asked = consumeRefreshes(server.store);
  });
  afterAll(() => server.stop());

  test('the calls of the recording, one after the other', async () => {
    const stable = (body: Json | undefined) => {
      const metadata = at(body, 'metadata') as Draft;
      return { ...(body as Draft), metadata: { ...metadata, uid: '', resourceVersion: '', generation: 0 } };
    };
    for (const recorded of recording('rest-get-refresh')) {
      const answer = await server.send(recorded);
      const label = `${recorded.index} ${recorded.path}`;
      expect([label, answer.status]).toEqual([label, recorded.response.status]);
      expect(comparable(answer.headers)).toEqual(comparable(recorded.response.headers));
      if (answer.status !== 200) expect(answer.json).toEqual(recorded.response.body);
      else if (recorded.index === 1) expect(stable(answer.json)).toEqual(stable(whole));
      else
        expect([label, at(answer.json, 'metadata', 'annotations')]).toEqual([
          label,
          at(recorded.response.body, 'metadata', 'annotations'),
        ]);
    }
    expect(asked).toEqual(['normal', 'hard', 'normal']);
  });
});

describe('a refresh that nobody takes up', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startTestServer();
    server.application('skip', { metadata: { annotations: { 'argocd.argoproj.io/skip-reconcile': 'true' } } });
  });
  afterAll(() => server.stop());

  const annotations = () => server.store.get('applications', 'argocd', 'skip')?.metadata.annotations;

  test('does not answer, not even with headers, until the annotation is gone', async () => {
    const asked = new Promise<void>((resolve) => {
      const stop = server.store.subscribe(() => {
        stop();
        resolve();
      });
    });
    const blocked = server.stream('/api/v1/applications/skip?refresh=normal');
    await asked;
    expect(annotations()).toEqual({
      'argocd.argoproj.io/skip-reconcile': 'true',
      'argocd.argoproj.io/refresh': 'normal',
      'argocd.argoproj.io/hydrate': 'normal',
    });
    // A plain get beside it works, so the server is not the one that is slow.
    expect((await server.get('/api/v1/applications/skip')).status).toBe(200);
    expect(blocked.head).toBeUndefined();
    server.store.update('applications', 'argocd', 'skip', (draft) => {
      draft.metadata = { annotations: { 'argocd.argoproj.io/hydrate': 'normal' } };
    });
    await blocked.ended();
    expect(blocked.head?.statusCode).toBe(200);
    const recorded = exchange('rest-pending-and-blocked-refresh', 4).response.body;
    expect(at(recorded, 0, 'json', 'metadata', 'annotations')).toMatchObject({
      'argocd.argoproj.io/hydrate': 'normal',
    });
    expect(at(JSON.parse(blocked.text), 'metadata', 'annotations')).toEqual({
      'argocd.argoproj.io/hydrate': 'normal',
    });
  });

  test('is forgotten when the client goes', async () => {
    const asked = new Promise<void>((resolve) => {
      const stop = server.store.subscribe(() => {
        stop();
        resolve();
      });
    });
    const blocked = server.stream('/api/v1/applications/skip?refresh=hard');
    await asked;
    blocked.close();
    expect(annotations()?.[REFRESH]).toBe('hard');
    expect((await server.get('/api/v1/applications/skip')).status).toBe(200);
  });
});

describe('pending', () => {
  test('a second sync and a terminate are refused in the recorded words', async () => {
    const server = await startTestServer();
    try {
      server.application('skip', { status: { operationState: { phase: 'Succeeded' } } });
      const [first, second, terminate] = [1, 2, 3].map((index) => exchange('rest-pending-and-blocked-refresh', index));
      if (first === undefined || second === undefined || terminate === undefined) throw new Error('three calls');
      const accepted = await server.send(first);
      expect(accepted.status).toBe(200);
      expect(at(accepted.json, 'operation', 'info')).toEqual([{ name: 'gitopssync/id', value: 'pend-2' }]);
      expect(at(accepted.json, 'status', 'operationState')).toBeUndefined();
      for (const recorded of [second, terminate]) {
        const answer = await server.send(recorded);
        expect(answer.status).toBe(recorded.response.status);
        expect(answer.json).toEqual(recorded.response.body);
      }
    } finally {
      await server.stop();
    }
  });
});
