import { X509Certificate } from 'node:crypto';
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import tls from 'node:tls';
import { bypassesProxy } from '../../lib/no-proxy.ts';
import { ArgoCdError } from '../errors.ts';
import { BehindProxyError, NetworkError } from './failures.ts';
import { closeIdle, type IdleConnections } from './idle.ts';

/** How to reach a server. PEM everywhere. */
export interface TlsSettings {
  /** Authorities to trust. */
  readonly authorities: readonly string[];
  /** True: beside those that Node.js trusts. False: only these, when there are any. */
  readonly trustPublic: boolean;
  readonly certificate: string;
  readonly key: string;
  readonly insecureSkipVerify: boolean;
  /** Name the certificate must be for, `''`: the host name. */
  readonly serverName: string;
}

export interface ProxySettings {
  readonly https: string;
  readonly http: string;
  readonly no: string;
}

/** The proxy for this address, or undefined to connect directly. Throws `configuration` when it is no URL. */
export const proxyFor = (base: URL, proxy: ProxySettings): URL | undefined => {
  const value = base.protocol === 'https:' ? proxy.https : proxy.http;
  if (value === '' || bypassesProxy(base, proxy.no)) return undefined;
  const url = URL.parse(value.includes('://') ? value : `http://${value}`);
  if (url === null || !['http:', 'https:', 'socks5:', 'socks:'].includes(url.protocol)) {
    throw new ArgoCdError('configuration', 'the address of the proxy is not a URL', {
      hint: `Write ${base.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY'} as http://host:port.`,
    });
  }
  return url;
};

/** What TLS needs, read once for all connections; undefined without TLS. Throws `configuration`. */
export const createSecureContext = (base: URL, settings: TlsSettings): tls.SecureContext | undefined => {
  if (base.protocol !== 'https:') return undefined;
  const given = settings.authorities.filter((pem) => pem.trim() !== '');
  for (const pem of given) {
    try {
      new X509Certificate(pem);
    } catch (cause) {
      throw new ArgoCdError('configuration', 'the certificate authority is not a PEM certificate', {
        hint: 'Give the whole block from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----.',
        cause,
      });
    }
  }
  try {
    return tls.createSecureContext({
      ...(given.length === 0
        ? {}
        : { ca: settings.trustPublic ? [...tls.getCACertificates('default'), ...given] : given }),
      ...(settings.certificate === '' ? {} : { cert: settings.certificate }),
      ...(settings.key === '' ? {} : { key: settings.key }),
    });
  } catch (cause) {
    throw new ArgoCdError('configuration', 'the client certificate and its key cannot be used', {
      hint: 'Both must be PEM, and the key must belong to the certificate.',
      cause,
    });
  }
};

/** One request as it goes out. */
export interface Outgoing {
  readonly method: string;
  /** Path and query, the root path included. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined: none. */
  readonly body: string | undefined;
  /** Told when it has gone out, as far as this side can know. */
  readonly onSent?: (() => void) | undefined;
}

/** Connections to one server: kept alive, never the global ones, settings never taken from the process. */
export interface Connections {
  /**
   * Sends a request and answers with the head of its answer; the body is to be read from it. Sends nothing twice and follows no
   * redirect. The signal, which is for this request alone, ends it, the body included. Rejects with what the network layer said.
   */
  send(request: Outgoing, signal: AbortSignal): Promise<IncomingMessage>;
  /** Closes all of them, whatever is under way. */
  close(): void;
}

export interface ConnectionsOptions {
  readonly base: URL;
  readonly tls: TlsSettings;
  /** Of {@link createSecureContext}. */
  readonly context: tls.SecureContext | undefined;
  readonly proxy: URL | undefined;
  readonly connectTimeoutMs: number;
  /** How many at once, undefined for no limit. */
  readonly limit: number | undefined;
  /** A connection that nobody used for so many milliseconds is closed, or earlier where the server has said it would. Default: 20 s. */
  readonly idleMs?: number;
}

const IDLE_MS = 20_000;

interface Pool {
  readonly agent: http.Agent;
  readonly idle: IdleConnections;
}

/**
 * One agent has one target, so one name for its connections is enough. Node.js would put the name together from two dozen options, several
 * times for each request.
 */
const withOneTarget = <A extends http.Agent>(agent: A): A => {
  agent.getName = () => 'the server';
  return agent;
};

/** What has no body unless one is given, and then nobody needs to be told that it has none. */
const WITHOUT_BODY = ['GET', 'DELETE'];

/**
 * A request's headers in the form that Node.js writes down at once, instead of gathering them one by one. It still refuses what must not
 * stand in a header, and still says how long the connection lives.
 */
const written = (host: string, { method, headers, body }: Outgoing): readonly string[] => {
  const all = ['host', host];
  for (const [name, value] of Object.entries(headers)) all.push(name, value);
  if (body !== undefined || !WITHOUT_BODY.includes(method)) {
    all.push('content-length', String(Buffer.byteLength(body ?? '')));
  }
  return all;
};

/** HTTP/1.1 with a connection for each request in flight: no stream can block another. Time-outs are the caller's. */
export const createConnections = (options: ConnectionsOptions): Connections => {
  const { base, context, proxy, connectTimeoutMs, idleMs = IDLE_MS } = options;
  const secure = base.protocol === 'https:';
  const start = secure ? https.request : http.request;
  const pool = { keepAlive: true, maxSockets: options.limit ?? Number.POSITIVE_INFINITY };
  const host = base.hostname.replace(/^\[|\]$/g, '');
  const target = {
    host,
    // For agents that go through a proxy: otherwise they guess, and find no connection to use again.
    secureEndpoint: secure,
    port: base.port === '' ? (secure ? 443 : 80) : Number(base.port),
    ...(context === undefined
      ? {}
      : {
          secureContext: context,
          rejectUnauthorized: !options.tls.insecureSkipVerify,
          servername: options.tls.serverName || (isIP(host) === 0 ? host : ''),
        }),
  };
  const poolOf = (agent: http.Agent): Pool => ({ agent, idle: closeIdle(agent, idleMs) });
  const direct =
    proxy === undefined ? poolOf(withOneTarget(secure ? new https.Agent(pool) : new http.Agent(pool))) : undefined;
  let closed = false;
  let throughProxy: Promise<Pool> | undefined;
  const poolTo = (way: URL): Promise<Pool> => {
    throughProxy ??= import('./proxy-agents.ts').then(({ createProxyAgent }) =>
      poolOf(createProxyAgent(way, secure, pool)),
    );
    return throughProxy;
  };

  const exchange = ({ agent, idle }: Pool, request: Outgoing, signal: AbortSignal): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      /** What the proxy has let us through to may fail too; that is not the proxy's. */
      let tunnelled = false;
      let answer: IncomingMessage | undefined;
      const { method, path, body, onSent } = request;
      // An agent that asks a proxy for the whole address writes the headers once more, so they must be known one by one.
      const headers = proxy === undefined ? written(base.host, request) : request.headers;
      const sent = start({ ...target, agent, method, path, headers });
      if (onSent !== undefined) sent.on('finish', onSent);
      sent.on('error', (error) => reject(tunnelled ? new BehindProxyError(error) : error));
      sent.on('response', (response) => {
        answer = response;
        idle.heard(response);
        resolve(response);
      });
      sent.on('proxyConnect', ({ statusCode }: { readonly statusCode?: number }) => {
        if (statusCode === 200) tunnelled = true;
        else if (statusCode !== undefined) sent.destroy(refusedByProxy(statusCode));
      });
      sent.on('socket', (socket) => {
        tunnelled ||= proxy !== undefined && secure;
        if (!socket.connecting) return;
        const timer = setTimeout(
          () => socket.destroy(new NetworkError('ETIMEDOUT', 'no connection in time')),
          connectTimeoutMs,
        );
        const connected = (): void => clearTimeout(timer);
        socket.once(secure ? 'secureConnect' : 'connect', connected);
        socket.once('close', connected);
      });
      const abort = (): void => {
        const error = new NetworkError('ABORT_ERR', 'aborted');
        if (answer === undefined) sent.destroy(error);
        else answer.destroy(error);
      };
      signal.addEventListener('abort', abort, { once: true });
      if (signal.aborted) abort();
      sent.end(body);
    });

  return {
    send: async (request, signal) => {
      const from = direct ?? (proxy === undefined ? undefined : await poolTo(proxy));
      if (from === undefined || closed || signal.aborted) throw new NetworkError('ABORT_ERR', 'aborted');
      const answer = await exchange(from, request, signal);
      // Of what is not encrypted the proxy answers in the server's place.
      if (proxy !== undefined && answer.statusCode === 407) {
        answer.destroy();
        throw refusedByProxy(answer.statusCode);
      }
      return answer;
    },
    close: () => {
      closed = true;
      const closePool = ({ agent, idle }: Pool): void => {
        idle.stop();
        agent.destroy();
      };
      if (direct !== undefined) closePool(direct);
      throughProxy?.then(closePool, () => {});
    },
  };
};

const refusedByProxy = (status: number): NetworkError =>
  new NetworkError(status === 407 ? 'PROXY_AUTHENTICATION' : 'PROXY_REFUSED', `the proxy answered ${status}`);
