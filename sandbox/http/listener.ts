import { createServer as createPlainServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Account } from '../types.ts';
import { identifyCaller } from './caller.ts';
import type { KeyPair } from './certificates.ts';
import type { Handler, IncomingRequest } from './exchange.ts';
import type { FaultPlan } from './faults.ts';
import { createReply } from './reply.ts';
import type { RequestLog } from './request-log.ts';

/** TLS of a listener. With `clientAuthority` (PEM) only clients with a certificate signed by it get through. */
export interface ListenerTls extends KeyPair {
  readonly clientAuthority?: string;
}

export interface ListenerOptions {
  readonly api: 'kubernetes' | 'argocd' | 'github';
  readonly handler: Handler;
  readonly accounts: readonly Account[];
  readonly faults: FaultPlan;
  readonly log: RequestLog;
  readonly tls?: ListenerTls;
  /** 0 or undefined: any free port. */
  readonly port?: number;
  /** Bodies of answers longer than this many bytes are compressed for clients that take gzip. Default: never. */
  readonly compressAbove?: number;
  /** Requests with more bytes than this get 413. Default 3 MiB, as the Kubernetes API. */
  readonly bodyLimit?: number;
}

export interface Listener {
  readonly url: string;
  /** Ends open streams in good order, then closes every connection. */
  stop(): Promise<void>;
}

/** How long `stop` lets ended streams leave, in milliseconds. */
const STOP_GRACE = 100;

/** Listens on 127.0.0.1 and answers with the handler; faults, the request log and credentials are seen to here. */
export async function startListener(options: ListenerOptions): Promise<Listener> {
  const { tls, log, faults } = options;
  const open = new Set<{ end(): void }>();
  const timers = new Set<NodeJS.Timeout>();
  /** The TCP sockets under TLS ones, by the client's port: only those can be reset. */
  const sockets = new Map<number, Socket>();
  let stopping = false;

  function later(ms: number, action: () => void): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      action();
    }, ms);
    timers.add(timer);
  }

  function reset(message: IncomingMessage): void {
    const { socket } = message;
    (sockets.get(socket.remotePort ?? -1) ?? socket).resetAndDestroy();
    socket.destroy();
  }

  async function answer(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const limit = options.bodyLimit ?? 3 * 1024 * 1024;
    const bytes = await readBody(message, limit);
    const body = bytes?.toString('utf8');
    const target = { api: options.api, method: message.method ?? 'GET', path: message.url ?? '/' };
    const headers = flatHeaders(message);
    const logged = log.add({ ...target, headers, body: body ?? '' });
    if (stopping) return;
    const fault = faults.forRequest(target);
    const reply = createReply({
      response,
      logged,
      compressAbove: options.compressAbove,
      reset: () => reset(message),
      cut: () => message.socket.destroy(),
      lost: fault?.kind === 'lose-answer',
      streamFault: () => faults.forStream(target),
    });
    open.add(reply);
    reply.onClose(() => open.delete(reply));
    if (bytes === undefined || body === undefined) {
      reply.send(413, `Request entity too large: limit is ${limit}`, { 'content-type': 'text/plain; charset=utf-8' });
      return;
    }

    const split = target.path.indexOf('?');
    const request: IncomingRequest = {
      method: target.method,
      path: split < 0 ? target.path : target.path.slice(0, split),
      query: new URLSearchParams(split < 0 ? '' : target.path.slice(split + 1)),
      headers,
      body,
      bytes,
      caller: identifyCaller(headers.authorization, certificateName(message), options.accounts),
      expired: fault?.kind === 'expire',
    };
    const handle = async () => {
      try {
        await options.handler(request, reply);
      } catch (error) {
        reply.send(500, `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`, {
          'content-type': 'text/plain; charset=utf-8',
        });
      }
    };
    switch (fault?.kind) {
      case 'status':
        reply.send(fault.status, fault.body ?? '', { 'content-type': 'application/json', ...fault.headers });
        return;
      case 'html':
        reply.send(200, HTML, { 'content-type': 'text/html; charset=utf-8' });
        return;
      case 'reset':
        reset(message);
        return;
      case 'hang':
        return;
      case 'delay':
        later(fault.ms, () => void handle());
        return;
      default:
        await handle();
    }
  }

  const onRequest = (message: IncomingMessage, response: ServerResponse): void => {
    // A client that goes away while it sends has nobody to tell.
    answer(message, response).catch(() => message.socket.destroy());
  };
  const server: Server =
    tls === undefined
      ? createPlainServer({ keepAliveTimeout: 60_000 }, onRequest)
      : createSecureServer(
          {
            cert: tls.certificate,
            key: tls.key,
            keepAliveTimeout: 60_000,
            ...(tls.clientAuthority === undefined
              ? {}
              : { ca: tls.clientAuthority, requestCert: true, rejectUnauthorized: true }),
          },
          onRequest,
        );
  server.on('connection', (socket: Socket) => {
    socket.setNoDelay(true);
    const port = socket.remotePort ?? -1;
    sockets.set(port, socket);
    socket.once('close', () => sockets.delete(port));
    socket.on('error', () => undefined);
  });
  server.on('tlsClientError', (_error, socket) => socket.destroy());
  server.on('clientError', (_error, socket) => socket.destroy());

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });

  return {
    url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      stopping = true;
      for (const timer of timers) clearTimeout(timer);
      const streams = [...open];
      for (const reply of streams) reply.end();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      if (streams.length > 0) await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, STOP_GRACE))]);
      server.closeAllConnections();
      for (const socket of sockets.values()) socket.destroy();
      await closed;
    },
  };
}

/** What a proxy or a login page would answer. */
const HTML =
  '<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body><h1>Sign in to continue</h1></body></html>\n';

/** The body, or undefined when it is longer than `limit` bytes. */
async function readBody(message: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of message) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    length += bytes.length;
    if (length <= limit) chunks.push(bytes);
  }
  return length > limit ? undefined : Buffer.concat(chunks);
}

function flatHeaders(message: IncomingMessage): Readonly<Record<string, string>> {
  const entries = Object.entries(message.headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value] as const],
  );
  return Object.fromEntries(entries);
}

/** The common name of the client's certificate when it was verified. */
function certificateName(message: IncomingMessage): string | undefined {
  const { socket } = message;
  if (!(socket instanceof TLSSocket) || !socket.authorized) return undefined;
  const name = socket.getPeerCertificate().subject?.CN;
  return Array.isArray(name) ? name[0] : name;
}
