import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type Connections, createConnections, type Outgoing } from '../../../src/argocd/http/connections.ts';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0).toReversed()) close();
});

const begin = async (handler: RequestListener, idleMs: number) => {
  const server = createServer(handler);
  server.keepAliveTimeout = 0;
  const sockets: Socket[] = [];
  server.on('connection', (socket) => sockets.push(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const connections = createConnections({
    base: new URL(`http://${host}`),
    tls: {
      authorities: [],
      trustPublic: true,
      certificate: '',
      key: '',
      insecureSkipVerify: false,
      serverName: '',
    },
    context: undefined,
    proxy: undefined,
    connectTimeoutMs: 5_000,
    limit: 1,
    idleMs,
  });
  closers.push(() => {
    connections.close();
    server.closeAllConnections();
    server.close();
  });
  return { connections, sockets, host };
};

const GET: Outgoing = { method: 'GET', path: '/', headers: {}, body: undefined };

const get = async (connections: Connections, request: Outgoing = GET): Promise<string> => {
  const answer = await connections.send(request, new AbortController().signal);
  let text = '';
  for await (const chunk of answer) text += String(chunk);
  return text;
};

describe('a connection', () => {
  test('is used again, and closed when nobody uses it', async () => {
    const { connections, sockets } = await begin((_, response) => response.end('yes'), 100);
    expect(await get(connections)).toBe('yes');
    expect(await get(connections)).toBe('yes');
    const [socket, ...more] = sockets;
    expect(more).toEqual([]);
    await once(socket as Socket, 'close');
  });

  test.each([
    ['GET', undefined, undefined],
    ['DELETE', undefined, undefined],
    ['POST', undefined, '0'],
    ['PATCH', '{"é":1}', '8'],
  ])('says with %s whom it is for, what comes, and that it stays open', async (method, body, length) => {
    const seen: { readonly raw: readonly string[]; readonly headers: IncomingHttpHeaders; readonly body: string }[] =
      [];
    const { connections, host } = await begin(async (request, response) => {
      let text = '';
      for await (const chunk of request) text += String(chunk);
      seen.push({ raw: request.rawHeaders, headers: request.headers, body: text });
      response.end('yes');
    }, 100);
    const headers = { accept: 'application/json', authorization: 'Bearer abc' };
    await get(connections, { method, path: '/', headers, body });
    const [one] = seen;
    expect(one?.headers).toEqual({
      ...headers,
      host,
      connection: 'keep-alive',
      ...(length === undefined ? {} : { 'content-length': length }),
    });
    // None of them twice: the server would join some and drop others.
    expect(one?.raw).toHaveLength(2 * Object.keys(one?.headers ?? {}).length);
    expect(one?.body).toBe(body ?? '');
  });

  test.each(['a\r\nb: c', 'a\u2028b'])('sends no header that could end in another one: %j', async (value) => {
    let requests = 0;
    const { connections } = await begin((_, response) => {
      requests++;
      response.end('yes');
    }, 100);
    const request = { method: 'GET', path: '/', headers: { accept: value }, body: undefined };
    await expect(get(connections, request)).rejects.toMatchObject({ code: 'ERR_INVALID_CHAR' });
    expect(requests).toBe(0);
  });

  test('is not closed while an answer is waited for, however long', async () => {
    const idleMs = 5;
    const { connections, sockets } = await begin(
      (_, response) => setTimeout(() => response.end('late'), 20 * idleMs),
      idleMs,
    );
    // The second request has what the first one set.
    const answers = await Promise.all([get(connections), get(connections)]);
    expect(answers).toEqual(['late', 'late']);
    expect(sockets).toHaveLength(1);
  });
});
