import type { Account } from '../types.ts';

/** A request, read to its end. */
export interface IncomingRequest {
  readonly method: string;
  /** Path without query, as sent (not decoded). */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case; repeated headers joined with `, `. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The body as it came. */
  readonly bytes: Buffer;
  /** Who asks: an account, nobody in particular, or somebody whose credentials are wrong. */
  readonly caller: Caller;
  /** A fault of kind `expire` meets this request: a watch then answers with one ERROR line (410). */
  readonly expired: boolean;
}

export type Caller =
  | { readonly kind: 'account'; readonly account: Account }
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'unknown'; readonly token: string };

/** How a handler answers; exactly one of `send` and `stream` is called, once. */
export interface Reply {
  /** Sends a whole answer. Compressed when the client takes gzip and the listener's threshold is passed. */
  send(status: number, body: string, headers?: Readonly<Record<string, string>>): void;
  /** {@link send} with a JSON body; the content type can be overridden. */
  json(status: number, body: unknown, headers?: Readonly<Record<string, string>>): void;
  /** Sends the headers and leaves the body open. */
  stream(status: number, headers: Readonly<Record<string, string>>): OpenStream;
  /** Whether nobody listens any more: the client has gone or the listener stops. */
  readonly closed: boolean;
  /** Calls `listener` once when {@link closed} becomes true or the answer is complete. */
  onClose(listener: () => void): void;
}

export interface OpenStream {
  /** Writes one piece, with its line end. A fault that cuts after so many lines counts these. No effect once closed. */
  write(piece: string): void;
  /** Ends the body in good order. */
  end(): void;
}

/** Answers requests. What it throws becomes a 500 with the error's message. */
export type Handler = (request: IncomingRequest, reply: Reply) => void | Promise<void>;
