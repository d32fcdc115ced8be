import { STATUS_CODES } from 'node:http';
import type { OpenStream, Reply } from '../http/exchange.ts';
import type { RpcError } from './rpc-error.ts';

/** How lines are written: one JSON text a line, or server-sent events. */
export interface StreamForm {
  readonly headers: Readonly<Record<string, string>>;
  /** A line that tells something. */
  line(json: string): string;
  /** The only line of a stream that fails; as a line of JSON it has no line end. */
  error(json: string): string;
  /** The line that only keeps the connection alive. */
  readonly keepAlive: string | undefined;
}

const LINES: StreamForm = {
  headers: { 'content-type': 'application/json', vary: 'Accept-Encoding' },
  line: (json) => `${json}\n`,
  error: (json) => json,
  keepAlive: undefined,
};

const EVENTS: StreamForm = {
  headers: { 'content-type': 'text/event-stream', 'x-content-type-options': 'nosniff' },
  line: (json) => `data: ${json} \n\n\n`,
  error: (json) => `data: ${json} \n\n`,
  keepAlive: ':\n',
};

/** Server-sent events for who accepts exactly them, else lines of JSON. */
export function streamForm(accept: string | undefined): StreamForm {
  return accept === 'text/event-stream' ? EVENTS : LINES;
}

export interface StreamWriter {
  write(json: string): void;
}

/** Writes a stream. Its headers only go out with the first line; comments that keep it alive only follow that. */
export function openWriter(reply: Reply, form: StreamForm, keepAliveMs: number): StreamWriter {
  let stream: OpenStream | undefined;
  let timer: NodeJS.Timeout | undefined;
  reply.onClose(() => clearInterval(timer));

  function open(): OpenStream {
    const opened = reply.stream(200, { ...form.headers, 'grpc-metadata-content-type': 'application/grpc' });
    const { keepAlive } = form;
    if (keepAlive !== undefined && !reply.closed) {
      timer = setInterval(() => opened.write(keepAlive), keepAliveMs);
      timer.unref();
    }
    return opened;
  }

  return {
    write(json) {
      stream ??= open();
      stream.write(form.line(json));
    },
  };
}

/** Answers a streaming call that fails before its first line. */
export function sendStreamError(reply: Reply, form: StreamForm, error: RpcError): void {
  const stream = reply.stream(error.status, form.headers);
  const body = {
    grpc_code: error.code,
    http_code: error.status,
    message: error.message,
    http_status: STATUS_CODES[error.status] ?? '',
  };
  stream.write(form.error(JSON.stringify({ error: body })));
  stream.end();
}
