import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type Connections, createConnections } from '../../../src/argocd/http/connections.ts';

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
  const connections = createConnections({
    base: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
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
  return { connections, sockets };
};

const get = async (connections: Connections): Promise<string> => {
  const request = { method: 'GET', path: '/', headers: {}, body: undefined };
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
