import type { ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { OpenStream, Reply } from './exchange.ts';
import type { StreamFault } from './faults.ts';
import type { LoggedRequest } from './request-log.ts';

const compress = promisify(gzip);

export interface ReplyOptions {
  readonly response: ServerResponse;
  readonly logged: LoggedRequest;
  /** Bodies longer than this many bytes are compressed; undefined: never. */
  readonly compressAbove: number | undefined;
  /** Resets the connection: what was sent may be lost too. */
  readonly reset: () => void;
  /** Closes the connection in the middle of an answer: what was sent arrives. */
  readonly cut: () => void;
  /** The answer is to be lost: nothing is sent, the connection is reset instead. */
  readonly lost: boolean;
  /** The fault that meets this answer should it stream. */
  readonly streamFault: () => StreamFault | undefined;
}

/** Go's server sends the length of bodies up to this many bytes, and longer ones in chunks. */
const LENGTH_KNOWN_UP_TO = 2048;

/** The {@link Reply} over a response of Node's server. `end` ends it from outside, streams in good order. */
export function createReply(options: ReplyOptions): Reply & { end(): void } {
  const { response, logged } = options;
  const listeners = new Set<() => void>();
  let closed = false;
  let streaming = false;

  function close(): void {
    if (closed) return;
    closed = true;
    for (const listener of listeners) listener();
    listeners.clear();
  }
  response.once('close', close);

  /** False when nothing may be sent. */
  function begin(status: number, headers: Readonly<Record<string, string>>): boolean {
    if (closed || response.headersSent) return false;
    if (options.lost) {
      options.reset();
      return false;
    }
    logged.status = status;
    response.writeHead(status, headers);
    return true;
  }

  async function sendCompressed(status: number, body: string, headers: Readonly<Record<string, string>>) {
    const bytes = await compress(body, { level: 1 });
    if (!begin(status, { ...headers, 'content-encoding': 'gzip', vary: 'Accept-Encoding' })) return;
    logged.bytesSent += bytes.length;
    response.write(bytes);
    response.end();
  }

  function send(status: number, body: string, headers: Readonly<Record<string, string>> = {}): void {
    const length = Buffer.byteLength(body);
    const accepted = String(response.req.headers['accept-encoding'] ?? '');
    if (options.compressAbove !== undefined && length > options.compressAbove && /\bgzip\b/.test(accepted)) {
      sendCompressed(status, body, headers).catch(options.reset);
      return;
    }
    const short = length <= LENGTH_KNOWN_UP_TO;
    if (!begin(status, short ? { ...headers, 'content-length': String(length) } : headers)) return;
    logged.bytesSent += length;
    response.write(body);
    response.end();
  }

  function stream(status: number, headers: Readonly<Record<string, string>>): OpenStream {
    if (!begin(status, headers)) return { write: () => undefined, end: () => undefined };
    streaming = true;
    response.flushHeaders();
    const fault = options.streamFault();
    const cut = fault?.kind === 'cut' ? fault : undefined;
    let left = cut?.afterLines ?? (fault?.kind === 'mute' ? fault.afterLines : Number.POSITIVE_INFINITY);
    if (cut !== undefined && left <= 0) options.cut();
    if (cut?.afterMs !== undefined) {
      const timer = setTimeout(options.cut, cut.afterMs);
      listeners.add(() => clearTimeout(timer));
    }
    const put = (piece: string): void => {
      if (closed || left <= 0) return;
      left -= 1;
      logged.bytesSent += Buffer.byteLength(piece);
      if (left > 0 || cut === undefined) response.write(piece);
      else response.write(piece, options.cut);
    };
    const end = (): void => {
      // What is mute never says that it ends.
      if (!closed && left > 0) response.end();
    };
    if (fault?.kind !== 'lag') return { write: put, end };
    const late = (run: () => void): void => {
      const timer = setTimeout(run, fault.ms);
      listeners.add(() => clearTimeout(timer));
    };
    return { write: (piece) => late(() => put(piece)), end: () => late(end) };
  }

  return {
    send,
    json(status, body, headers = {}) {
      send(status, JSON.stringify(body), { 'content-type': 'application/json', ...headers });
    },
    stream,
    get closed() {
      return closed;
    },
    onClose(listener) {
      if (closed) listener();
      else listeners.add(listener);
    },
    end() {
      close();
      if (streaming) response.end();
    },
  };
}
