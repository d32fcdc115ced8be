import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { at, exchange, recording } from './recording.ts';
import { comparable, startTestServer, type TestServer } from './test-server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
  server.application('first');
});
afterAll(() => server.stop());

describe('who may do what', () => {
  test.each(recording('rest-can-i'))('$index $as $path', async (recorded) => {
    const answer = await server.send(recorded);
    expect(answer.status).toBe(recorded.response.status);
    expect(answer.json).toEqual(recorded.response.body);
    expect(comparable(answer.headers)).toEqual(comparable(recorded.response.headers));
  });
});

describe('sessions', () => {
  // 0 logs in, 13 lists with that token; both below.
  test.each(recording('rest-session').filter(({ index }) => index !== 0 && index !== 13))(
    '$index $method $path $note',
    async (recorded) => {
      const answer = await server.send(recorded);
      expect(answer.status).toBe(recorded.response.status);
      const body = answer.headers['content-type']?.startsWith('text/') ? answer.text : answer.json;
      expect(body).toEqual(recorded.response.body);
      expect(comparable(answer.headers)).toEqual(comparable(recorded.response.headers));
    },
  );

  test('a login gives a token that works, also after a logout', async () => {
    const recorded = exchange('rest-session', 0);
    const body = JSON.stringify({ username: 'admin', password: 'right' });
    const answer = await server.send({ ...recorded, body });
    expect(answer.status).toBe(200);
    expect(comparable(answer.headers)).toEqual(comparable(recorded.response.headers));
    expect(answer.json).toEqual({ token: 'token-of-admin' });
    expect(answer.headers['set-cookie']).toEqual(['argocd.token=token-of-admin; path=/; SameSite=lax; httpOnly']);
    await server.send({ ...exchange('rest-session', 12), as: 'admin' });
    expect((await server.get('/api/v1/applications?name=first', 'admin')).status).toBe(200);
  });
});

describe('version, settings and paths', () => {
  const calls = recording('rest-version-settings');

  test.each(calls.filter(({ index }) => [0, 1, 2, 4, 6].includes(index)))('$index $path', async (recorded) => {
    const answer = await server.send({ ...recorded, as: 'admin' });
    expect(answer.status).toBe(recorded.response.status);
    const body = answer.headers['content-type']?.startsWith('text/') ? answer.text : answer.json;
    expect(body).toEqual(recorded.response.body);
    expect(comparable(answer.headers)).toEqual(comparable(recorded.response.headers));
  });

  test('settings tell more to who is logged in', async () => {
    const recorded = exchange('rest-version-settings', 3);
    const { json } = await server.send({ ...recorded, as: 'admin' });
    expect(Object.keys(json ?? {})).toEqual(Object.keys(recorded.response.body ?? {}));
    expect(at(json, 'controllerNamespace')).toBe('argocd');
  });

  test.each(['/', '/argocd/api/version', '/api', '/applications'])('the user interface answers %s', async (path) => {
    const answer = await server.send({ method: 'GET', path });
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(answer.text).toContain('<title>Argo CD</title>');
  });

  test('below a root path there is nothing without it', async () => {
    const below = await startTestServer({ rootPath: 'argocd/' });
    try {
      expect((await below.get('/argocd/api/version')).json).toMatchObject({ Version: 'v3.5.1' });
      const outside = await below.get('/api/version');
      expect(outside.status).toBe(404);
      expect(outside.text).toBe('404 page not found\n');
      expect((await below.get('/argocd/')).headers['content-type']).toBe('text/html; charset=utf-8');
      expect((await below.get('/healthz')).text).toBe('ok\n');
    } finally {
      await below.stop();
    }
  });
});
