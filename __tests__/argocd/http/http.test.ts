import { getEventListeners } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, connect as connectTcp, createServer as createTcpServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from '@jest/globals';
import { readCertificates } from '../../../sandbox/http/certificates.ts';
import { type ClientDeps, withDefaults } from '../../../src/argocd/deps.ts';
import { ArgoCdError } from '../../../src/argocd/errors.ts';
import { type Call, createHttp, type Http, type HttpSettings } from '../../../src/argocd/http/http.ts';
import { startProxy, type TestProxy } from '../../factories/proxy.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

const serve = async (handler: Handler): Promise<{ readonly url: string; readonly server: Server }> => {
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
};

const json = (response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
};

const client = (base: string, settings: Partial<HttpSettings> = {}, deps: Partial<ClientDeps> = {}): Http => {
  const http = createHttp(
    {
      base,
      tls: { authorities: [], trustPublic: true, insecureSkipVerify: false, serverName: '' },
      proxy: { https: '', http: '', no: '' },
      headers: [],
      requestTimeoutMs: 5000,
      authenticate: async () => ({ headers: { Authorization: 'Bearer s3cret' }, certificate: '', key: '' }),
      explain: () => undefined,
      wrongServerHint: 'Check the address.',
      ...settings,
    },
    withDefaults({ delay: async () => {}, ...deps }),
  );
  closers.push(() => http.close());
  return http;
};

const GET: Call = { action: 'read the thing', method: 'GET', path: '/thing?x=1' };
const never = new AbortController().signal;

const failure = async (promise: Promise<unknown>): Promise<ArgoCdError> => {
  try {
    await promise;
  } catch (error) {
    if (error instanceof ArgoCdError) return error;
    throw error;
  }
  throw new Error('it did not fail');
};

describe('send', () => {
  test('sends headers, credentials and a JSON body, and reads a JSON answer', async () => {
    let seen = '';
    let body = '';
    const { url } = await serve(async (request, response) => {
      const { authorization, 'content-type': type, 'x-team': team, accept } = request.headers;
      seen = `${request.method} ${request.url} ${authorization} ${type} ${team} ${accept}`;
      for await (const chunk of request) body += String(chunk);
      json(response, 200, { ok: true });
    });
    const call: Call = { ...GET, method: 'POST', contentType: 'application/json', body: { a: 1 } };
    expect(await client(`${url}/root`, { headers: [['X-Team', 'blue']] }).send(call, never)).toEqual({ ok: true });
    expect(seen).toBe('POST /root/thing?x=1 Bearer s3cret application/json blue application/json');
    expect(body).toBe('{"a":1}');
  });

  test('an anonymous request carries no credentials', async () => {
    let authorization: string | undefined = 'unset';
    const { url } = await serve((request, response) => {
      authorization = request.headers.authorization;
      json(response, 200, {});
    });
    await client(url).send({ ...GET, anonymous: true }, never);
    expect(authorization).toBeUndefined();
  });

  test('reads compressed answers', async () => {
    const { url } = await serve((request, response) => {
      expect(request.headers['accept-encoding']).toBe('gzip');
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
      response.end(gzipSync('{"text":"Grüße"}'));
    });
    expect(await client(url).send(GET, never)).toEqual({ text: 'Grüße' });
  });

  test('an empty body is undefined', async () => {
    const { url } = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end();
    });
    expect(await client(url).send(GET, never)).toBeUndefined();
  });

  test('uses connections again', async () => {
    let connections = 0;
    const { url, server } = await serve((_, response) => json(response, 200, {}));
    server.on('connection', () => {
      connections += 1;
    });
    const http = client(url, {}, { connections: 2 });
    await Promise.all(Array.from({ length: 20 }, () => http.send(GET, never)));
    expect(connections).toBe(2);
  });

  test('writes one line to the debug log, without secrets', async () => {
    const lines: string[] = [];
    const { url } = await serve((_, response) => json(response, 200, {}));
    let clock = 0;
    const http = client(url, {}, { log: (line) => lines.push(line), now: () => (clock += 12) });
    await http.send(GET, never);
    expect(lines).toEqual(['GET /thing?x=1 → 200 in 12 ms']);
  });
});

describe('errors', () => {
  test.each([
    [400, 'invalid'],
    [401, 'unauthenticated'],
    [403, 'forbidden'],
    [404, 'not-found'],
    [408, 'unavailable'],
    [409, 'conflict'],
    [410, 'expired'],
    [422, 'invalid'],
    [429, 'unavailable'],
    [500, 'unavailable'],
    [503, 'unavailable'],
  ])('status %i is %s, with the words of the server', async (status, code) => {
    const { url } = await serve((_, response) => json(response, status, { message: 'said so' }));
    const error = await failure(client(url).send(GET, never));
    expect(error.code).toBe(code);
    expect(error.status).toBe(status);
    expect(error.message).toBe('cannot read the thing: said so');
  });

  test('cuts long words of the server to one line of at most 300 characters', async () => {
    const { url } = await serve((_, response) =>
      json(response, 422, { message: `no\n::error::${'x'.repeat(20_000)}` }),
    );
    const { message } = await failure(client(url).send(GET, never));
    expect(message.length).toBeLessThanOrEqual(300);
    expect(message).toMatch(/^cannot read the thing: no [^\n]*…$/);
  });

  test.each([
    ['POST', true],
    ['PATCH', true],
    ['DELETE', true],
    ['GET', false],
  ] as const)('a 500 to %s may have been carried out: %s', async (method, ambiguous) => {
    const { url } = await serve((_, response) => json(response, 500, { message: 'oops' }));
    expect((await failure(client(url).send({ ...GET, method }, never))).ambiguous).toBe(ambiguous);
  });

  test('a 429 to a write was not carried out', async () => {
    const { url } = await serve((_, response) => json(response, 429, {}, { 'retry-after': '7' }));
    const error = await failure(client(url).send({ ...GET, method: 'PATCH' }, never));
    expect(error).toMatchObject({ code: 'unavailable', ambiguous: false, retryAfterMs: 7000 });
  });

  test('a date in Retry-After counts by the clock of the server', async () => {
    const headers = { date: 'Mon, 01 Jan 2001 00:00:00 GMT', 'retry-after': 'Mon, 01 Jan 2001 00:00:05 GMT' };
    const { url } = await serve((_, response) => json(response, 503, {}, headers));
    expect((await failure(client(url).send(GET, never))).retryAfterMs).toBe(5000);
  });

  test('HTML with status 200 is not the API: names the address and the content type, shows nothing of it', async () => {
    const { url } = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
      response.end('<html>secret page</html>');
    });
    const error = await failure(client(`${url}/root`).send(GET, never));
    expect(error.code).toBe('not-the-api');
    expect(error.message).toBe(`cannot read the thing: ${url}/root/thing answered 200 with text/html`);
    expect(error.hint).toBe('Check the address.');
  });

  test.each([
    [404, 'text/plain', 'not-the-api'],
    [403, 'text/html', 'not-the-api'],
    [502, 'text/html', 'unavailable'],
    [401, 'text/html', 'unauthenticated'],
  ])('a page with status %i (%s) is %s', async (status, type, code) => {
    const { url } = await serve((_, response) => {
      response.writeHead(status, { 'content-type': type });
      response.end('<html>secret page</html>');
    });
    const error = await failure(client(url).send(GET, never));
    expect(error.code).toBe(code);
    expect(error.message).not.toContain('secret');
  });

  test('a redirect is not followed, least of all with the token', async () => {
    let visitors = 0;
    const other = await serve((_, response) => {
      visitors += 1;
      json(response, 200, {});
    });
    const { url } = await serve((_, response) => {
      response.writeHead(302, { location: `${other.url}/login?state=s3cret` });
      response.end();
    });
    const error = await failure(client(url).send(GET, never));
    expect(error.code).toBe('not-the-api');
    expect(error.message).toContain(`answered 302 with a redirect to ${other.url}/login`);
    expect(error.message).not.toContain('s3cret');
    expect(visitors).toBe(0);
  });

  test('broken JSON is not the API', async () => {
    const { url } = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end('{"half":');
    });
    expect((await failure(client(url).send(GET, never))).code).toBe('not-the-api');
  });

  test('a connection that breaks is a network error; a write is ambiguous', async () => {
    const { url } = await serve((request) => request.socket.destroy());
    const error = await failure(client(url).send({ ...GET, method: 'PATCH' }, never));
    expect(error).toMatchObject({ code: 'network', ambiguous: true });
    expect(error.message).toMatch(/^cannot read the thing: the connection to 127\.0\.0\.1:\d+ broke/);
  });

  test('a refused connection is one, and nothing was carried out', async () => {
    const { url, server } = await serve(() => {});
    await new Promise((resolve) => server.close(resolve));
    const error = await failure(client(url).send({ ...GET, method: 'PATCH' }, never));
    expect(error).toMatchObject({ code: 'network', ambiguous: false });
    expect(error.message).toMatch(/connection refused by 127\.0\.0\.1:\d+$/);
  });

  test('a host that does not exist is named', async () => {
    const error = await failure(client('http://no-such-host.invalid').send(GET, never));
    expect(error.code).toBe('network');
    expect(error.message).toContain('no-such-host.invalid:80');
  });

  test.each(['headers', 'body'])('no answer in time, waiting for the %s', async (part) => {
    const { url } = await serve((_, response) => {
      if (part === 'headers') return;
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{');
    });
    const error = await failure(client(url, { requestTimeoutMs: 50 }).send({ ...GET, method: 'POST' }, never));
    expect(error).toMatchObject({ code: 'timeout', ambiguous: true });
    expect(error.message).toMatch(/no answer from 127\.0\.0\.1:\d+ within 0\.05 s$/);
  });

  test('an aborted signal ends it at once', async () => {
    const controller = new AbortController();
    const { url } = await serve(() => controller.abort());
    expect((await failure(client(url).send(GET, controller.signal))).code).toBe('aborted');
    expect((await failure(client(url).send(GET, controller.signal))).code).toBe('aborted');
  });

  test('an aborted signal ends all that is under way with it, and nothing else', async () => {
    const controller = new AbortController();
    const later: ServerResponse[] = [];
    const { url } = await serve((request, response) => {
      if (request.url === '/quick') json(response, 200, {});
      else later.push(response);
      if (later.length === 3) controller.abort();
    });
    const http = client(url);
    const ended = [1, 2].map(() => failure(http.send(GET, controller.signal)));
    await http.send({ ...GET, path: '/quick' }, controller.signal);
    const other = http.send(GET, never);
    expect((await Promise.all(ended)).map(({ code }) => code)).toEqual(['aborted', 'aborted']);
    for (const response of later) json(response, 200, { ok: true });
    expect(await other).toEqual({ ok: true });
  });

  test('listens to a signal only while something is under way', async () => {
    const { url } = await serve((_, response) => json(response, 200, {}));
    const { signal } = new AbortController();
    const counts: number[] = [];
    const http = client(url, {
      authenticate: () => {
        counts.push(getEventListeners(signal, 'abort').length);
        return { headers: {}, certificate: '', key: '' };
      },
    });
    await Promise.all([http.send(GET, signal), http.send(GET, signal)]);
    await http.send(GET, signal);
    expect(counts).toEqual([1, 1, 1]);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  test('a server that does not speak TLS is told from one that is not trusted', async () => {
    const { url } = await serve((_, response) => json(response, 200, {}));
    const error = await failure(client(url.replace('http:', 'https:')).send(GET, never));
    expect(error.code).toBe('tls');
    expect(error.hint).toContain('http://');
  });

  test('what is no certificate is a wrong setting', async () => {
    const tls = { authorities: ['nonsense'], trustPublic: true, insecureSkipVerify: false, serverName: '' };
    const error = await failure(client('https://127.0.0.1:1', { tls }).send(GET, never));
    expect(error.code).toBe('configuration');
  });
});

describe('read (Rule 42)', () => {
  test('tries again after what passes, and honours Retry-After', async () => {
    const answers = [503, 429, 200];
    const waits: number[] = [];
    const { url } = await serve((_, response) => json(response, answers.shift() ?? 200, {}, { 'retry-after': '3' }));
    const http = client(url, {}, { random: () => 0.5, delay: async (ms) => void waits.push(ms) });
    expect(await http.read(GET, never)).toEqual({});
    expect(waits).toEqual([3000, 3000]);
  });

  test('does not try again after what does not pass', async () => {
    let requests = 0;
    const { url } = await serve((_, response) => {
      requests += 1;
      json(response, 403, {});
    });
    expect((await failure(client(url).read(GET, never))).code).toBe('forbidden');
    expect(requests).toBe(1);
  });

  test('is over when aborted between two tries', async () => {
    const controller = new AbortController();
    const { url } = await serve((_, response) => json(response, 503, {}));
    const delay = async (): Promise<void> => {
      controller.abort();
      throw controller.signal.reason;
    };
    const error = await failure(client(url, {}, { delay }).read(GET, controller.signal));
    expect(error.code).toBe('aborted');
    expect(error.cause).toMatchObject({ code: 'unavailable', message: expect.stringContaining('answered 503') });
  });

  test('tells of trouble that lasts, once each time', async () => {
    const notices: string[] = [];
    const answers = [503, 200, 503, 503, 503, 200, 503, 503, 200];
    const { url } = await serve((_, response) => json(response, answers.shift() ?? 200, {}));
    const http = client(url, {}, { notice: (text) => void notices.push(text) });
    await http.read(GET, never);
    expect(notices).toEqual([]);
    await http.read(GET, never);
    const notice = expect.stringMatching(/^cannot read the thing: 127\.0\.0\.1:\d+ answered 503; trying again$/);
    expect(notices).toEqual([notice]);
    await http.read(GET, never);
    expect(notices).toEqual([notice, notice]);
  });
});

describe('lines', () => {
  const OPTIONS = { promptHeaders: true, inactivityMs: 5000 };

  /** Takes lines in the background; `first` resolves with the first one. */
  const listen = (http: Http, options = OPTIONS, { path = GET.path, signal = never } = {}) => {
    const lines: string[] = [];
    const first = Promise.withResolvers<void>();
    const take = (line: string): void => {
      lines.push(line);
      first.resolve();
    };
    return { lines, first: first.promise, ended: http.lines({ ...GET, path }, options, take, signal) };
  };

  test('tells lines as they come, characters cut in two included', async () => {
    const { url } = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const bytes = Buffer.from('{"a":"ü"}\n{"b":1}\n');
      response.write(bytes.subarray(0, 7));
      setImmediate(() => response.end(bytes.subarray(7)));
    });
    const { lines, ended } = listen(client(url));
    await ended;
    expect(lines).toEqual(['{"a":"ü"}', '{"b":1}']);
  });

  test('without prompt headers there is no time-out for them', async () => {
    let answer: ServerResponse | undefined;
    const arrived = Promise.withResolvers<void>();
    const { url } = await serve((_, response) => {
      answer = response;
      arrived.resolve();
    });
    const controller = new AbortController();
    const { lines, first, ended } = listen(
      client(url, { requestTimeoutMs: 20 }),
      { ...OPTIONS, promptHeaders: false },
      { signal: controller.signal },
    );
    await arrived.promise;
    // Requests that came later have timed out by then.
    const silent = await serve(() => {});
    for (let turn = 0; turn < 2; turn += 1) {
      expect((await failure(client(silent.url, { requestTimeoutMs: 20 }).send(GET, never))).code).toBe('timeout');
    }
    answer?.writeHead(200, { 'content-type': 'text/event-stream' });
    answer?.write('data: {}\n');
    await first;
    expect(lines).toEqual(['data: {}']);
    controller.abort();
    expect((await failure(ended)).code).toBe('aborted');
  });

  test('with prompt headers there is one', async () => {
    const { url } = await serve(() => {});
    const { ended } = listen(client(url, { requestTimeoutMs: 20 }));
    expect((await failure(ended)).code).toBe('timeout');
  });

  test('a silent stream is given up', async () => {
    const { url } = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{}\n');
    });
    const { lines, ended } = listen(client(url), { ...OPTIONS, inactivityMs: 20 });
    expect((await failure(ended)).code).toBe('timeout');
    expect(lines).toEqual(['{}']);
  });

  test('a slow reader is not taken for a silent server', async () => {
    const second = Promise.withResolvers<void>();
    const { url } = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{}\n');
      void second.promise.then(() => response.end('{}\n'));
    });
    const lines: string[] = [];
    const slow = (line: string): void => {
      lines.push(line);
      second.resolve();
      // Longer than a silence may be.
      for (const end = performance.now() + 60; performance.now() < end; );
    };
    await client(url).lines(GET, { ...OPTIONS, inactivityMs: 50 }, slow, never);
    expect(lines).toEqual(['{}', '{}']);
  });

  test('a stream that is cut is a network error', async () => {
    const { url } = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{}\n', () => response.destroy());
    });
    const { lines, ended } = listen(client(url));
    expect((await failure(ended)).code).toBe('network');
    expect(lines).toEqual(['{}']);
  });

  test('an error before the stream is read from JSON and from an event', async () => {
    const { url } = await serve((request, response) => {
      const error = JSON.stringify({ error: { http_code: 401, message: 'no session information' } });
      const sse = request.url === '/sse';
      response.writeHead(401, { 'content-type': sse ? 'text/event-stream' : 'application/json' });
      response.end(sse ? `data: ${error} \n\n` : `${error}\n`);
    });
    for (const path of ['/sse', '/json']) {
      const error = await failure(listen(client(url), OPTIONS, { path }).ended);
      expect(error).toMatchObject({
        code: 'unauthenticated',
        message: 'cannot read the thing: no session information',
      });
    }
  });

  test('HTML instead of a stream is not the API', async () => {
    const { url } = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end('<html>');
    });
    expect((await failure(listen(client(url)).ended)).code).toBe('not-the-api');
  });

  test('what the reader throws is thrown, as it is, and closes the connection', async () => {
    const left = Promise.withResolvers<void>();
    const { url } = await serve((request, response) => {
      request.socket.on('close', () => left.resolve());
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{}\n');
    });
    const broken = new Error('enough');
    const leave = (): void => {
      throw broken;
    };
    await expect(client(url).lines(GET, OPTIONS, leave, never)).rejects.toBe(broken);
    await left.promise;
  });

  test('an aborted signal ends it', async () => {
    const controller = new AbortController();
    const { url } = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{}\n');
    });
    const { first, ended } = listen(client(url), OPTIONS, { signal: controller.signal });
    await first;
    controller.abort();
    expect((await failure(ended)).code).toBe('aborted');
  });
});

describe('proxy', () => {
  const startOne = async (): Promise<TestProxy> => {
    const proxy = await startProxy();
    closers.push(proxy.stop);
    return proxy;
  };

  test('goes through it, and past it for NO_PROXY', async () => {
    const proxy = await startOne();
    const { url } = await serve((_, response) => json(response, 200, { by: 'server' }));
    const settings = (no: string) => ({ proxy: { https: '', http: proxy.url, no } });
    expect(await client(url, settings('')).send(GET, never)).toEqual({ by: 'proxy' });
    expect(proxy.seen).toEqual([`GET ${url}/thing?x=1`]);
    expect(await client(url, settings('127.0.0.0/8')).send(GET, never)).toEqual({ by: 'server' });
    expect(proxy.seen).toHaveLength(1);
  });

  test('its password is registered as a secret', async () => {
    const proxy = await startOne();
    const secrets: string[] = [];
    const http = proxy.url.replace('http://', 'http://user:pa%3As@');
    const deps = { registerSecret: (secret: string) => secrets.push(secret) };
    await client('http://127.0.0.1:9', { proxy: { https: '', http, no: '' } }, deps).send(GET, never);
    expect(secrets).toEqual(['pa:s']);
    expect(proxy.seen).toEqual([`GET http://127.0.0.1:9/thing?x=1 Basic ${btoa('user:pa:s')}`]);
  });

  test('a proxy that is not there is named', async () => {
    const settings = { proxy: { https: 'http://127.0.0.1:9', http: '', no: '' } };
    const error = await failure(client('https://argocd.example.com', settings).send(GET, never));
    expect(error.code).toBe('network');
    expect(error.message).toContain('connection refused by the proxy 127.0.0.1:9');
    expect(error.hint).toContain('HTTPS_PROXY');
  });

  test('an address that is no URL is a wrong setting', async () => {
    expect(() => client('http://127.0.0.1:9', { proxy: { https: '', http: '::', no: '' } })).toThrow(ArgoCdError);
  });

  /** A server with a certificate that `trusted` settings accept. */
  const serveSecurely = async (): Promise<string> => {
    const { certificate: cert, key } = readCertificates().server;
    const server = createSecureServer({ cert, key }, (_, response) => json(response, 200, { by: 'server' }));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closers.push(async () => {
      server.closeAllConnections();
      server.close();
    });
    return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  const trusted = {
    tls: {
      authorities: [readCertificates().authority],
      trustPublic: false,
      insecureSkipVerify: false,
      serverName: '',
    },
  };

  test('what is encrypted goes through a tunnel, again and again', async () => {
    const proxy = await startOne();
    const url = await serveSecurely();
    const http = client(url, { ...trusted, proxy: { https: proxy.url, http: '', no: '' } }, { connections: 1 });
    for (let time = 0; time < 3; time += 1) expect(await http.send(GET, never)).toEqual({ by: 'server' });
    expect(proxy.seen).toEqual([`CONNECT ${new URL(url).host}`]);
  });

  test('an untrusted certificate behind it is the server’s', async () => {
    const proxy = await startOne();
    const url = await serveSecurely();
    const error = await failure(client(url, { proxy: { https: proxy.url, http: '', no: '' } }).send(GET, never));
    expect(error.code).toBe('tls');
    expect(error.message).toContain(`the certificate of ${new URL(url).host} is signed by an authority`);
    expect(error.hint).toContain('certificate-authority');
  });

  test.each([
    [403, 'refused the connection'],
    [407, 'asks for a user name and a password'],
  ])('%i from it is its own answer, not that of the API', async (status, words) => {
    const proxy = createServer((_, response) => response.writeHead(407).end());
    proxy.on('connect', (_, socket) => socket.end(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n`));
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    closers.push(async () => void proxy.close());
    const { port } = proxy.address() as AddressInfo;
    const at = `http://127.0.0.1:${port}`;
    const post = { ...GET, method: 'POST' } as const;
    const settings = { proxy: { https: at, http: at, no: '' } };
    const error = await failure(client('https://argocd.example.com', settings).send(post, never));
    expect(error).toMatchObject({ code: 'network', ambiguous: false });
    expect(error.message).toContain(`the proxy 127.0.0.1:${port} ${words}`);
    expect(error.hint).toContain('HTTPS_PROXY');
    const plain = await failure(client('http://argocd.example.com', settings).send(post, never));
    expect(plain).toMatchObject({ code: 'network', ambiguous: false });
    expect(plain.message).toContain(`the proxy 127.0.0.1:${port} asks for a user name and a password`);
  });

  test('goes through a SOCKS proxy', async () => {
    const asked: string[] = [];
    const server = createTcpServer((socket) => {
      socket.once('data', () => {
        socket.write(Buffer.from([5, 0]));
        socket.once('data', (request) => {
          const host = [...request.subarray(4, 8)].join('.');
          const port = request.readUInt16BE(8);
          asked.push(`${host}:${port}`);
          const target = connectTcp(port, host, () => {
            socket.write(Buffer.from([5, 0, 0, 1, 127, 0, 0, 1, 0, 0]));
            target.pipe(socket).pipe(target);
          });
          for (const end of [socket, target]) end.on('error', () => socket.destroy());
          socket.on('close', () => target.destroy());
        });
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closers.push(async () => void server.close());
    const https = `socks5://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const url = await serveSecurely();
    const http = client(url, { ...trusted, proxy: { https, http: '', no: '' } });
    expect(await http.send(GET, never)).toEqual({ by: 'server' });
    expect(asked).toEqual([new URL(url).host]);
  });
});
