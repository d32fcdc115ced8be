import type { IncomingMessage } from 'node:http';
import { isRecord, record, text } from '../../lib/json.ts';
import { createItemReader } from '../../lib/json-items.ts';
import { textWithout, type Without } from '../../lib/json-without.ts';
import { createLineCutter, LineTooLongError } from '../../lib/lines.ts';
import { oneLine } from '../../lib/printable.ts';
import { retry } from '../../lib/retry.ts';
import type { ClientDeps } from '../deps.ts';
import { ArgoCdError, type ErrorCode, isTransient } from '../errors.ts';
import {
  type Connections,
  createConnections,
  createSecureContext,
  type ProxySettings,
  proxyFor,
  type TlsSettings,
} from './connections.ts';
import { NetworkError, networkFailure } from './failures.ts';
import { header } from './header.ts';
import { unzip, unzipping } from './zip.ts';

/** One request. */
export interface Call {
  /** For people, after "cannot": `list Applications in namespace argocd`. */
  readonly action: string;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Path and query, below the base address. */
  readonly path: string;
  readonly accept?: string;
  readonly contentType?: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** True: without what authenticates us. */
  readonly anonymous?: boolean;
  /** What of the answer is not needed; it reads as null. Of an answer that goes on: of each line. */
  readonly without?: Without;
  /** The answer is a large list: it is read item by item. */
  readonly each?: EachItem;
}

/** How to read a list of which only a little of each item is kept. */
export interface EachItem {
  /** The array, at the top of the answer. */
  readonly member: string;
  /** What of an item is not needed; it reads as null. */
  readonly without: Without;
  /** What stands in the place of the item. */
  readonly keep: (item: unknown) => unknown;
}

/** A refusal as the server put it. */
export interface Refusal {
  readonly call: Call;
  readonly status: number;
  /** The server's own words on one line, `''` when it gave none. */
  readonly message: string;
  /** The parsed body, undefined when it was no JSON. */
  readonly body: unknown;
}

/** What an API means by a refusal. Without `message` the server's own words stand. */
export interface Meaning {
  readonly code: ErrorCode;
  readonly message?: string;
  readonly hint?: string;
  /** The object that was sent is not valid: the fields that are named for it, maybe none. */
  readonly invalidFields?: readonly string[];
}

/** What authenticates a request; may change from one to the next. */
export interface Credentials {
  readonly headers: Readonly<Record<string, string>>;
  /** PEM, `''`: none. */
  readonly certificate: string;
  readonly key: string;
}

export interface HttpSettings {
  /** Scheme, host, port and root path, without a slash at the end. */
  readonly base: string;
  readonly tls: Omit<TlsSettings, 'certificate' | 'key'>;
  readonly proxy: ProxySettings;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly requestTimeoutMs: number;
  /** At once where nothing has to be asked for; it is called for every request. */
  readonly authenticate: (signal: AbortSignal) => Credentials | Promise<Credentials>;
  /** What an API means by a refusal; undefined: what HTTP says. */
  readonly explain: (refusal: Refusal) => Meaning | undefined;
  /** What to do when something else than the API answers. */
  readonly wrongServerHint: string;
}

export interface StreamOptions {
  /** False: the server may send no headers until there is something to say, so they may take as long as a silence. */
  readonly promptHeaders: boolean;
  /** A stream that was silent this long is given up: `timeout`. */
  readonly inactivityMs: number;
  /** Told when the request has gone out. */
  readonly onSent?: () => void;
}

export interface Http {
  /** Gets credentials and reads certificates; sends nothing to the server. Throws {@link ArgoCdError}. */
  prepare(signal: AbortSignal): Promise<void>;
  /** Sends once. Answers the JSON, undefined for an empty body. Throws {@link ArgoCdError}. */
  send(call: Call, signal: AbortSignal): Promise<unknown>;
  /** Sends a read, and again while it fails for reasons that pass (Rule 42). */
  read(call: Call, signal: AbortSignal): Promise<unknown>;
  /**
   * Hands over the lines of an answer that goes on, each as it comes, until the server ends it. Throws {@link ArgoCdError}, and what
   * `onLine` throws, which ends it.
   */
  lines(call: Call, options: StreamOptions, onLine: (line: string) => void, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

const MAX_BODY_BYTES = 256 * 1024 * 1024;
const MAX_ERROR_BODY_BYTES = 1024 * 1024;
const MAX_LINE_BYTES = 16 * 1024 * 1024;
const MAX_MESSAGE = 300;
const MAX_CONNECT_MS = 10_000;

/** One failure that passes is no news. */
const TOLD_AFTER = 2;

const TIMED_OUT = Symbol('timed out');
const SILENT = Symbol('silent');

interface Channels {
  readonly credentials: Credentials;
  readonly requests: Connections;
  readonly streams: Connections;
}

/**
 * The only place that sends requests. One per connection: its own sockets, TLS settings, proxy and headers.
 * Redirects are never followed. No message holds a header, a token or a body that is not an API's error.
 */
export const createHttp = (settings: HttpSettings, deps: ClientDeps): Http => {
  const base = new URL(settings.base);
  const proxy = proxyFor(base, settings.proxy);
  if (proxy !== undefined && proxy.password !== '') deps.registerSecret(decodeURIComponent(proxy.password));
  const peer = proxy?.host ?? hostAndPort(base);
  const root = base.pathname.replace(/\/$/, '');
  /** The base address as it may be shown. */
  const shown = `${base.origin}${root}`;
  const connectTimeoutMs = Math.min(settings.requestTimeoutMs, MAX_CONNECT_MS);

  let channels: Channels | undefined;
  /** Used by what was under way when the client certificate changed. */
  const outdated: Channels[] = [];
  let closed = false;
  /** New sockets when the client certificate changed. */
  const channelsFor = (credentials: Credentials): Channels => {
    if (
      channels !== undefined &&
      channels.credentials.certificate === credentials.certificate &&
      channels.credentials.key === credentials.key
    ) {
      return channels;
    }
    const tls: TlsSettings = { ...settings.tls, certificate: credentials.certificate, key: credentials.key };
    const context = createSecureContext(base, tls);
    const old = channels;
    const common = { base, tls, context, proxy, connectTimeoutMs };
    channels = {
      credentials,
      requests: createConnections({ ...common, limit: deps.connections }),
      streams: createConnections({ ...common, limit: undefined }),
    };
    if (old !== undefined) outdated.push(old);
    return channels;
  };

  const headersFor = (call: Call, credentials: Credentials): Record<string, string> => {
    const headers: Record<string, string> = { 'user-agent': 'gitopssync' };
    for (const [name, value] of settings.headers) headers[name.toLowerCase()] = value;
    headers.accept = call.accept ?? 'application/json';
    if (call.contentType !== undefined) headers['content-type'] = call.contentType;
    if (call.anonymous !== true) {
      for (const [name, value] of Object.entries(credentials.headers)) headers[name.toLowerCase()] = value;
    }
    return headers;
  };

  const open = async (
    call: Call,
    signal: AbortSignal,
    kind: 'requests' | 'streams',
    onSent?: () => void,
  ): Promise<IncomingMessage> => {
    const given = settings.authenticate(signal);
    const credentials = given instanceof Promise ? await untilAborted(given, signal) : given;
    const headers = headersFor(call, credentials);
    // The answer to a write is one object: packing and unpacking it costs both sides more than its bytes.
    if (kind === 'requests' && call.method === 'GET') headers['accept-encoding'] = 'gzip';
    const body = call.body === undefined ? undefined : JSON.stringify(call.body);
    return channelsFor(credentials)[kind].send(
      { method: call.method, path: `${root}${call.path}`, headers, body, onSent },
      signal,
    );
  };

  const log = (call: Call, outcome: string, startedAt: number): void =>
    deps.log?.(
      `${call.method} ${oneLine(call.path, MAX_MESSAGE)} → ${outcome} in ${Math.round(deps.now() - startedAt)} ms`,
    );

  const fail = (
    call: Call,
    code: ErrorCode,
    reason: string,
    options: ConstructorParameters<typeof ArgoCdError>[2] = {},
  ): ArgoCdError => new ArgoCdError(code, oneLine(`cannot ${call.action}: ${reason}`, MAX_MESSAGE), options);

  const notTheApi = (call: Call, status: number, what: string): ArgoCdError =>
    fail(call, 'not-the-api', `${shown}${pathOnly(call.path)} answered ${status} with ${what}`, {
      status,
      hint: settings.wrongServerHint,
    });

  /** Whatever was thrown, as an {@link ArgoCdError}. */
  const translate = (call: Call, error: unknown, outer: AbortSignal, inner: AbortSignal): ArgoCdError => {
    if (error instanceof ArgoCdError) return error;
    const write = call.method !== 'GET';
    if (outer.aborted || closed) return fail(call, 'aborted', 'stopped', { ambiguous: write });
    if (inner.reason === TIMED_OUT) {
      return fail(call, 'timeout', `no answer from ${peer} within ${settings.requestTimeoutMs / 1000} s`, {
        ambiguous: write,
        hint: 'Raise `request-timeout` if the server is only slow.',
      });
    }
    if (error instanceof SyntaxError) return notTheApi(call, 200, 'JSON that cannot be read');
    if (inner.reason === SILENT) return fail(call, 'timeout', `nothing more was heard from ${peer}`);
    if (error instanceof LineTooLongError) return fail(call, 'invalid', `${peer} sent ${error.message}`);
    const failure = networkFailure(error, hostAndPort(base), proxy?.host);
    return fail(call, failure.code, failure.reason, {
      hint: failure.hint,
      ambiguous: write && failure.sent,
      cause: error,
    });
  };

  const refused = async (call: Call, response: IncomingMessage): Promise<ArgoCdError> => {
    const status = statusOf(response);
    const type = contentType(response);
    if (status >= 300 && status < 400) {
      response.resume();
      return notTheApi(call, status, `a redirect to ${redirectTarget(response, settings.base)}`);
    }
    const raw = (await readBody(response, MAX_ERROR_BODY_BYTES)).toString('utf8');
    const body = parseErrorBody(raw, type);
    const message = body === undefined ? '' : oneLine(serverMessage(body), MAX_MESSAGE);
    const meaning = settings.explain({ call, status, message, body }) ?? meaningOf(status);
    // A page instead of an error object comes from something in front of the API, or from another server.
    const fits = body !== undefined || status === 401 || status === 408 || status === 429 || status >= 500;
    if (!fits && meaning.message === undefined) return notTheApi(call, status, type === '' ? 'no content type' : type);
    const words = meaning.message ?? (message === '' ? `${peer} answered ${status}` : message);
    return fail(call, meaning.code, words, {
      status,
      hint: meaning.hint ?? '',
      retryAfterMs: retryAfterMs(response),
      invalid: meaning.invalidFields === undefined ? undefined : { fields: meaning.invalidFields, reason: words },
      ambiguous: call.method !== 'GET' && (status >= 500 || status === 408),
    });
  };

  const send = async (call: Call, signal: AbortSignal): Promise<unknown> => {
    const startedAt = deps.now();
    const { inner, release } = link(signal);
    const timer = setTimeout(() => inner.abort(TIMED_OUT), settings.requestTimeoutMs);
    let outcome = 'no answer';
    try {
      if (signal.aborted || closed) throw fail(call, 'aborted', 'stopped');
      const response = await open(call, inner.signal, 'requests');
      const status = statusOf(response);
      outcome = String(status);
      if (status < 200 || status > 299) throw await refused(call, response);
      const type = contentType(response);
      const notJson = (): ArgoCdError => notTheApi(call, status, type === '' ? 'no content type' : type);
      if (call.each !== undefined) {
        if (!type.includes('json')) throw notJson();
        return await readItems(response, MAX_BODY_BYTES, call.each);
      }
      const body = await readBody(response, MAX_BODY_BYTES);
      if (body.length === 0) return undefined;
      if (!type.includes('json')) throw notJson();
      return JSON.parse(textOf(body, call.without));
    } catch (error) {
      const translated = translate(call, error, signal, inner.signal);
      if (translated.status === 0) outcome = translated.code;
      throw translated;
    } finally {
      clearTimeout(timer);
      release();
      log(call, outcome, startedAt);
    }
  };

  /** Whether people know already that reads fail. */
  let noticed = false;
  const read = async (call: Call, signal: AbortSignal): Promise<unknown> => {
    let last: Error | undefined;
    try {
      const answer = await retry(() => send(call, signal), {
        decide: (error) =>
          error instanceof ArgoCdError ? { again: isTransient(error), afterMs: error.retryAfterMs } : { again: false },
        delay: deps.delay,
        random: deps.random,
        signal,
        onRetry: (error, attempt, waitMs) => {
          if (!(error instanceof Error)) return;
          last = error;
          deps.log?.(`attempt ${attempt} failed, next in ${waitMs} ms: ${error.message}`);
          if (noticed || attempt < TOLD_AFTER) return;
          noticed = true;
          deps.notice(`${error.message}; trying again`);
        },
      });
      noticed = false;
      return answer;
    } catch (error) {
      // What was in the way when it was stopped is the cause that people look for.
      throw signal.aborted ? fail(call, 'aborted', 'stopped', last === undefined ? {} : { cause: last }) : error;
    }
  };

  const lines: Http['lines'] = async (call, options, onLine, signal) => {
    const startedAt = deps.now();
    const { inner, release } = link(signal);
    let timer: NodeJS.Timeout | undefined;
    let outcome = 'no answer';
    let thrown: { readonly error: unknown } | undefined;
    const handOver = (all: readonly string[]): void => {
      try {
        for (const line of all) onLine(line);
      } catch (error) {
        thrown = { error };
        throw error;
      }
    };
    try {
      if (signal.aborted || closed) throw fail(call, 'aborted', 'stopped');
      timer = options.promptHeaders
        ? setTimeout(() => inner.abort(TIMED_OUT), settings.requestTimeoutMs)
        : setTimeout(() => inner.abort(SILENT), options.inactivityMs);
      const response = await open(call, inner.signal, 'streams', options.onSent);
      clearTimeout(timer);
      const status = statusOf(response);
      outcome = String(status);
      const bad = status < 200 || status > 299;
      if (bad) timer = setTimeout(() => inner.abort(TIMED_OUT), settings.requestTimeoutMs);
      if (bad) throw await refused(call, response);
      const type = contentType(response);
      if (!type.includes('json') && !type.includes('event-stream')) {
        throw notTheApi(call, status, type === '' ? 'no content type' : type);
      }
      log(call, `${outcome}, stream open`, startedAt);
      const silence = setTimeout(() => inner.abort(SILENT), options.inactivityMs);
      timer = silence;
      const cutter = createLineCutter(MAX_LINE_BYTES, (line) => textOf(line, call.without));
      await eachChunk(response, (chunk) => {
        handOver(cutter.feed(chunk));
        // After that, so that a slow reader is not taken for a silent server.
        silence.refresh();
      });
      handOver(cutter.end());
      outcome = 'stream ended';
    } catch (error) {
      if (thrown !== undefined) throw thrown.error;
      const translated = translate(call, error, signal, inner.signal);
      if (translated.status === 0) outcome = translated.code;
      throw translated;
    } finally {
      clearTimeout(timer);
      inner.abort();
      release();
      log(call, outcome, startedAt);
    }
  };

  return {
    prepare: async (signal) => {
      const call: Call = { action: 'get credentials', method: 'GET', path: '' };
      const { inner, release } = link(signal);
      const timer = setTimeout(() => inner.abort(TIMED_OUT), settings.requestTimeoutMs);
      try {
        const given = settings.authenticate(inner.signal);
        channelsFor(given instanceof Promise ? await untilAborted(given, inner.signal) : given);
      } catch (error) {
        if (error instanceof ArgoCdError) throw error;
        throw signal.aborted
          ? fail(call, 'aborted', 'stopped')
          : fail(call, 'configuration', `none within ${settings.requestTimeoutMs / 1000} s`, { cause: error });
      } finally {
        clearTimeout(timer);
        release();
      }
    },
    send,
    read,
    lines,
    close: async () => {
      closed = true;
      const open = channels === undefined ? outdated : [...outdated, channels];
      channels = undefined;
      for (const { requests, streams } of open) {
        requests.close();
        streams.close();
      }
    },
  };
};

/** What is under way, by the signal that ends it. */
const linked = new WeakMap<AbortSignal, Link>();

interface Link {
  readonly inner: Set<AbortController>;
  /** Stops listening to the signal. */
  readonly forget: () => void;
}

/**
 * A controller that aborts with `outer`, and the way to let go of it. All that is under way at the same time shares a listener: to add and
 * remove one for each request takes longer than all the rest of this.
 */
const link = (outer: AbortSignal): { readonly inner: AbortController; readonly release: () => void } => {
  const inner = new AbortController();
  if (outer.aborted) inner.abort(outer.reason);
  const shared = linked.get(outer) ?? listen(outer);
  shared.inner.add(inner);
  const release = (): void => {
    shared.inner.delete(inner);
    if (shared.inner.size === 0) shared.forget();
  };
  return { inner, release };
};

const listen = (outer: AbortSignal): Link => {
  const inner = new Set<AbortController>();
  const abort = (): void => {
    for (const controller of inner) controller.abort(outer.reason);
  };
  outer.addEventListener('abort', abort, { once: true });
  const forget = (): void => {
    linked.delete(outer);
    outer.removeEventListener('abort', abort);
  };
  const link = { inner, forget };
  linked.set(outer, link);
  return link;
};

/** Gives up waiting when the signal aborts; for work that knows no signal. */
const untilAborted = async <T>(work: Promise<T>, signal: AbortSignal): Promise<T> => {
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(signal.reason);
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener('abort', abort);
    promise.catch(() => {});
  }
};

const hostAndPort = (url: URL): string =>
  url.port === '' ? `${url.hostname}:${url.protocol === 'https:' ? 443 : 80}` : url.host;

const pathOnly = (path: string): string => path.split('?', 1)[0] ?? '';

const statusOf = (response: IncomingMessage): number => response.statusCode ?? 0;

const contentType = (response: IncomingMessage): string =>
  (header(response, 'content-type').split(';', 1)[0] ?? '').trim().toLowerCase();

/** Where a redirect points, without what may be secret in it. */
const redirectTarget = (response: IncomingMessage, base: string): string => {
  const target = URL.parse(header(response, 'location'), base);
  return target === null ? 'nowhere' : `${target.origin}${target.pathname}`;
};

/** Seconds, or a date by the server's own clock, as milliseconds from now. */
const retryAfterMs = (response: IncomingMessage): number | undefined => {
  const value = header(response, 'retry-after').trim();
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  const wait = Date.parse(value) - Date.parse(header(response, 'date'));
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
};

/** Hands over the chunks of an answer as they come; resolves at its end. What `onChunk` throws ends it, and is thrown. */
const eachChunk = (response: IncomingMessage, onChunk: (chunk: Buffer) => void): Promise<void> =>
  new Promise((resolve, reject) => {
    response.on('data', (chunk: Buffer) => {
      // What was taken in already may still be told after the answer was given up.
      if (response.destroyed) return;
      try {
        onChunk(chunk);
      } catch (error) {
        reject(error);
        response.destroy();
      }
    });
    response.on('end', resolve);
    response.on('error', reject);
    response.on('close', () => {
      if (!response.complete) reject(new NetworkError('ECONNRESET', 'closed before its end'));
    });
  });

const readBody = async (response: IncomingMessage, limit: number): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let size = 0;
  await eachChunk(response, (chunk) => {
    size += chunk.length;
    if (size > limit) throw new LineTooLongError(`more than ${limit / 1024 / 1024} MiB`);
    chunks.push(chunk);
  });
  const whole = chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
  return isZipped(response) && whole.length > 0 ? unzip(whole, limit) : whole;
};

const isZipped = (response: IncomingMessage): boolean => header(response, 'content-encoding').toLowerCase() === 'gzip';

/** The parsed answer of a list, of which never more than a part is there at once. */
const readItems = async (response: IncomingMessage, limit: number, each: EachItem): Promise<unknown> => {
  const { member, without, keep } = each;
  const reader = createItemReader(member, {
    bytes: (item) => keep(JSON.parse(textWithout(item, without))),
    value: keep,
  });
  const source = isZipped(response) ? unzipping(response) : response;
  let size = 0;
  for await (const chunk of source as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw new LineTooLongError(`more than ${limit / 1024 / 1024} MiB`);
    reader.feed(chunk);
  }
  return size === 0 ? undefined : reader.end();
};

const textOf = (body: Buffer, without: Without | undefined): string =>
  without === undefined ? body.toString('utf8') : textWithout(body, without);

const parseJson = (raw: string): unknown => {
  try {
    return JSON.parse(raw);
  } catch {
    return undefined;
  }
};

/** An error is a JSON object; in a stream of server-sent events it is the data of the first one. */
const parseErrorBody = (raw: string, type: string): unknown => {
  const parsed = parseJson(type.includes('event-stream') ? raw.trim().replace(/^data:/, '') : raw);
  return isRecord(parsed) ? parsed : undefined;
};

/** `message` of a Kubernetes Status and of an Argo CD error; a stream's error is one level down. */
export const serverMessage = (body: unknown): string => {
  const object = record(body);
  return text(object.message) || text(record(object.error).message) || text(object.error);
};

/** What HTTP says about a status when the API says nothing better. */
export const meaningOf = (status: number): Meaning => {
  switch (status) {
    case 401:
      return { code: 'unauthenticated' };
    case 403:
      return { code: 'forbidden' };
    case 404:
      return { code: 'not-found' };
    case 409:
      return { code: 'conflict' };
    case 410:
      return { code: 'expired' };
    case 408:
    case 429:
      return { code: 'unavailable' };
    default:
      return { code: status >= 500 ? 'unavailable' : 'invalid' };
  }
};
