import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Reply } from '../http/exchange.ts';
import type { RpcError } from './rpc-error.ts';

/** The headers of every JSON answer to a call that was carried out. */
export const DONE_HEADERS = {
  'content-type': 'application/json',
  vary: 'Accept-Encoding',
  'grpc-metadata-content-type': 'application/grpc',
} as const;

const PLAIN_HEADERS = { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' } as const;

/** Above this many characters an answer is sent piece by piece, so that it never exists as one string. */
const LARGEST_STRING = 64 * 1024 * 1024;
const PIECE_LENGTH = 1024 * 1024;

/** Answers 200 with a JSON value. */
export function sendValue(reply: Reply, value: unknown, headers: Readonly<Record<string, string>> = {}): void {
  reply.send(200, JSON.stringify(value), { ...DONE_HEADERS, ...headers });
}

/** Answers with the three-field error body of this API. */
export function sendError(reply: Reply, error: RpcError): void {
  const body = { error: error.message, code: error.code, message: error.message };
  reply.send(error.status, JSON.stringify(body), { 'content-type': 'application/json', vary: 'Accept-Encoding' });
}

/** Answers with a plain text, as the parts around the API proper do. */
export function sendPlain(reply: Reply, status: number, line: string): void {
  reply.send(status, `${line}\n`, { ...PLAIN_HEADERS, vary: 'Accept-Encoding' });
}

/** Refuses a content type. This check stands before compression, so nothing varies. */
export function sendInvalidContentType(reply: Reply): void {
  reply.send(415, 'Invalid content type\n', PLAIN_HEADERS);
}

/**
 * Answers 200 with a JSON text that comes in parts: as one answer while it is not too long for that, else piece by piece,
 * letting others work between the pieces.
 */
export async function sendParts(reply: Reply, parts: Iterable<string>): Promise<void> {
  let stream: ReturnType<Reply['stream']> | undefined;
  let piece = '';
  for (const part of parts) {
    piece += part;
    if (piece.length < (stream === undefined ? LARGEST_STRING : PIECE_LENGTH)) continue;
    stream ??= reply.stream(200, DONE_HEADERS);
    stream.write(piece);
    piece = '';
    await nextTurn();
    if (reply.closed) return;
  }
  if (stream === undefined) {
    reply.send(200, piece, DONE_HEADERS);
    return;
  }
  stream.write(piece);
  stream.end();
}
