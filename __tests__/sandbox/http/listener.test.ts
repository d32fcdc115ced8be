import { request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import { gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from '@jest/globals';
import { readCertificates } from '../../../sandbox/http/certificates.ts';
import type { Handler } from '../../../sandbox/http/exchange.ts';
import { createFaultPlan, type FaultPlan } from '../../../sandbox/http/faults.ts';
import { type Listener, type ListenerOptions, startListener } from '../../../sandbox/http/listener.ts';
import { createRequestLog, type RequestLog } from '../../../sandbox/http/request-log.ts';
import type { Account, Fault } from '../../../sandbox/types.ts';

const ACCOUNTS: readonly Account[] = [{ name: 'admin', token: 'secret', rights: {} }];

interface Result {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Buffer;
  /** Why the answer is missing or not whole. */
  readonly broken: string | undefined;
}

let running: Listener | undefined;
let faults: FaultPlan;
let log: RequestLog;
afterEach(async () => running?.stop());

async function start(handler: Handler, more: Partial<ListenerOptions> & { readonly troubles?: readonly Fault[] } = {}) {
  const { troubles, ...options } = more;
  faults = createFaultPlan(troubles);
  log = createRequestLog(() => 7);
  running = await startListener({ api: 'kubernetes', handler, accounts: ACCOUNTS, faults, log, ...options });
}

interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly tls?: { readonly ca?: string; readonly cert?: string; readonly key?: string };
}

function send(path: string, sent: Sent = {}): Promise<Result> {
  const url = new URL(path, running?.url);
  const options = { method: sent.method ?? 'GET', headers: { ...sent.headers }, agent: false as const, ...sent.tls };
  return new Promise((resolve) => {
    const fail = (error: Error & { code?: string }) =>
      resolve({ status: 0, headers: {}, body: Buffer.alloc(0), broken: error.code ?? error.message });
    const call = (url.protocol === 'https:' ? secureRequest : plainRequest)(url, options, (response) => {
      const chunks: Buffer[] = [];
      const end = (broken?: string) =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks), broken });
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => end());
      response.on('error', (error: Error & { code?: string }) => end(error.code ?? error.message));
    });
    call.on('error', fail);
    call.end(sent.body);
  });
}

const hello: Handler = (_request, reply) => reply.json(200, { hello: 'world' });

describe('requests', () => {
  test('reach the handler taken apart, and the log whole', async () => {
    await start((request, reply) => {
      const { method, path, query, body, caller } = request;
      reply.json(201, { method, path, a: query.getAll('a'), body, caller: caller.kind });
    });
    const answer = await send('/x%20y?a=1&a=%26', {
      method: 'POST',
      headers: { authorization: 'Bearer secret', 'x-test': 'yes' },
      body: '{"ü":1}',
    });
    expect(JSON.parse(answer.body.toString())).toEqual({
      method: 'POST',
      path: '/x%20y',
      a: ['1', '&'],
      body: '{"ü":1}',
      caller: 'account',
    });
    expect(log.requests).toEqual([
      {
        api: 'kubernetes',
        method: 'POST',
        path: '/x%20y?a=1&a=%26',
        headers: expect.objectContaining({ 'x-test': 'yes' }),
        body: '{"ü":1}',
        atMs: 7,
        status: 201,
        bytesSent: answer.body.length,
      },
    ]);
    log.clear();
    expect(log.requests).toEqual([]);
  });

  test.each([
    ['Bearer secret', 'account'],
    ['bearer secret', 'account'],
    ['Bearer wrong', 'unknown'],
    ['Basic c2VjcmV0', 'anonymous'],
    [undefined, 'anonymous'],
  ])('with authorization %p come from: %s', async (authorization, kind) => {
    await start((request, reply) => reply.json(200, request.caller.kind));
    const answer = await send('/', { headers: authorization === undefined ? {} : { authorization } });
    expect(answer.body.toString()).toBe(JSON.stringify(kind));
  });

  test('that are too large get 413 and never reach the handler', async () => {
    let handled = 0;
    await start(
      (_request, reply) => {
        handled += 1;
        reply.json(200, {});
      },
      { bodyLimit: 10 },
    );
    expect((await send('/', { method: 'POST', body: '12345678901' })).status).toBe(413);
    expect((await send('/', { method: 'POST', body: '1234567890' })).status).toBe(200);
    expect(handled).toBe(1);
  });

  test('whose handler fails get 500', async () => {
    await start(() => {
      throw new Error('a mistake in the sandbox');
    });
    expect(await send('/')).toMatchObject({ status: 500, broken: undefined });
  });
});

describe('answers', () => {
  test('are compressed above the threshold for who takes it', async () => {
    const body = { text: 'x'.repeat(5000) };
    await start((_request, reply) => reply.json(200, body), { compressAbove: 1000 });
    const zipped = await send('/', { headers: { 'accept-encoding': 'gzip' } });
    expect(zipped.headers['content-encoding']).toBe('gzip');
    expect(JSON.parse(gunzipSync(zipped.body).toString())).toEqual(body);
    expect(log.requests[0]?.bytesSent).toBe(zipped.body.length);
    const plain = await send('/');
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(plain.body.length).toBeGreaterThan(5000);
  });

  test('stream until they end, and count their bytes', async () => {
    await start((_request, reply) => {
      const stream = reply.stream(200, { 'content-type': 'application/json' });
      stream.write('1\n');
      stream.write('2\n');
      stream.end();
    });
    expect((await send('/')).body.toString()).toBe('1\n2\n');
    expect(log.requests[0]).toMatchObject({ status: 200, bytesSent: 4 });
  });

  test('tell the handler when the client goes', async () => {
    const gone = new Promise<void>((resolve) => {
      void start((_request, reply) => {
        reply.stream(200, {});
        reply.onClose(resolve);
      }).then(async () => {
        const abort = new AbortController();
        await fetch(running?.url ?? '', { signal: abort.signal });
        abort.abort();
      });
    });
    await expect(gone).resolves.toBeUndefined();
  });

  test('end in good order when the listener stops', async () => {
    await start((_request, reply) => reply.stream(200, {}).write('1\n'));
    const response = await fetch(running?.url ?? '');
    await running?.stop();
    expect(await response.text()).toBe('1\n');
    await expect(fetch(running?.url ?? '')).rejects.toThrow();
  });
});

describe('TLS', () => {
  const certificates = readCertificates();

  test('is trusted with the authority, and only with it', async () => {
    await start(hello, { tls: certificates.server });
    expect(running?.url).toMatch(/^https:/);
    expect(await send('/', { tls: { ca: certificates.authority } })).toMatchObject({ status: 200 });
    expect(await send('/')).toMatchObject({ status: 0, broken: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' });
  });

  test('can be signed by somebody nobody knows', async () => {
    await start(hello, { tls: certificates.strangerServer });
    expect(await send('/', { tls: { ca: certificates.authority } })).toMatchObject({
      broken: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    });
  });

  test('can demand a client certificate, whose name is an account', async () => {
    await start((request, reply) => reply.json(200, request.caller), {
      tls: { ...certificates.server, clientAuthority: certificates.authority },
    });
    expect((await send('/', { tls: { ca: certificates.authority } })).status).toBe(0);
    const { certificate: cert, key } = certificates.client;
    const answer = await send('/', { tls: { ca: certificates.authority, cert, key } });
    expect(JSON.parse(answer.body.toString())).toMatchObject({ kind: 'account', account: { name: 'admin' } });
  });

  test.each(['reset', 'lose-answer'] as const)('knows the fault %s too', async (kind) => {
    await start(hello, { tls: certificates.server, troubles: [{ when: {}, effect: { kind } }] });
    expect(await send('/', { tls: { ca: certificates.authority } })).toMatchObject({ broken: 'ECONNRESET' });
    expect(await send('/', { tls: { ca: certificates.authority } })).toMatchObject({ status: 200 });
  });
});

describe('faults', () => {
  test('meet the requests that fit, after those to skip, as often as they say', async () => {
    await start(hello, {
      troubles: [
        {
          when: { method: 'get', path: '^/a' },
          skip: 1,
          times: 2,
          effect: { kind: 'status', status: 503, body: 'busy', headers: { 'retry-after': '2' } },
        },
        { when: { api: 'argocd' }, times: 0, effect: { kind: 'reset' } },
      ],
    });
    const statuses: number[] = [];
    for (const path of ['/a', '/b', '/a', '/a', '/a']) statuses.push((await send(path)).status);
    statuses.push((await send('/a', { method: 'POST' })).status);
    expect(statuses).toEqual([200, 200, 503, 503, 200, 200]);
    faults.add({ when: {}, effect: { kind: 'status', status: 503, headers: { 'retry-after': '2' } } });
    expect((await send('/')).headers['retry-after']).toBe('2');
    faults.add({ when: {}, times: 0, effect: { kind: 'html' } });
    expect((await send('/')).headers['content-type']).toBe('text/html; charset=utf-8');
    faults.clear();
    expect((await send('/')).headers['content-type']).toBe('application/json');
  });

  test('reset before anything is done, or after it', async () => {
    let done = 0;
    await start(
      (_request, reply) => {
        done += 1;
        reply.json(200, {});
      },
      {
        troubles: [
          { when: { path: 'before' }, effect: { kind: 'reset' } },
          { when: { path: 'after' }, effect: { kind: 'lose-answer' } },
        ],
      },
    );
    expect(await send('/before')).toMatchObject({ status: 0, broken: 'ECONNRESET' });
    expect(done).toBe(0);
    expect(await send('/after')).toMatchObject({ status: 0, broken: 'ECONNRESET' });
    expect(done).toBe(1);
    expect(log.requests.map(({ status }) => status)).toEqual([0, 0]);
  });

  test('delay', async () => {
    await start(hello, { troubles: [{ when: {}, effect: { kind: 'delay', ms: 20 } }] });
    const before = performance.now();
    expect((await send('/')).status).toBe(200);
    expect(performance.now() - before).toBeGreaterThan(15);
  });

  test('hang until the listener stops', async () => {
    let handled = false;
    await start(
      (_request, reply) => {
        handled = true;
        reply.json(200, {});
      },
      { troubles: [{ when: {}, effect: { kind: 'hang' } }] },
    );
    const answer = send('/');
    while (log.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await running?.stop();
    expect(await answer).toMatchObject({ status: 0 });
    expect(handled).toBe(false);
  });

  test('cut streams after lines or after a time, and leave other answers alone', async () => {
    const lines: Handler = (request, reply) => {
      if (request.path === '/short') reply.json(200, {});
      else {
        const stream = reply.stream(200, {});
        for (const line of ['1\n', '2\n', '3\n']) stream.write(line);
      }
    };
    await start(lines, { troubles: [{ when: {}, effect: { kind: 'cut', afterLines: 2 } }] });
    expect(await send('/short')).toMatchObject({ status: 200, broken: undefined });
    const cut = await send('/stream');
    expect([cut.status, cut.body.toString(), cut.broken]).toEqual([200, '1\n2\n', 'ECONNRESET']);
    faults.add({ when: {}, effect: { kind: 'cut', afterMs: 5 } });
    const timed = await send('/stream');
    expect([timed.body.toString(), timed.broken]).toEqual(['1\n2\n3\n', 'ECONNRESET']);
  });

  test('expire watches only', async () => {
    await start((request, reply) => reply.json(200, request.expired), {
      troubles: [{ when: {}, effect: { kind: 'expire' } }],
    });
    const bodies: string[] = [];
    for (const path of ['/', '/?watch=0', '/?a=1&watch=true', '/?watch=1'])
      bodies.push((await send(path)).body.toString());
    expect(bodies).toEqual(['false', 'false', 'true', 'false']);
  });
});
