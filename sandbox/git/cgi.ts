import { spawn } from 'node:child_process';
import type { IncomingMessage } from 'node:http';

/** What the program answered: the whole of it, because a fault may want to lose it. */
export interface CgiAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface CgiCall {
  readonly root: string;
  readonly path: string;
  readonly query: string;
  readonly user: string;
  readonly body: Buffer;
  readonly env: Readonly<Record<string, string>>;
}

/** Runs `git http-backend` for one request, as a web server would. */
export const callBackend = (message: IncomingMessage, call: CgiCall): Promise<CgiAnswer> =>
  new Promise((resolve, reject) => {
    const child = spawn('git', ['http-backend'], {
      env: {
        ...call.env,
        GIT_PROJECT_ROOT: call.root,
        GIT_HTTP_EXPORT_ALL: '1',
        PATH_INFO: call.path,
        QUERY_STRING: call.query,
        REQUEST_METHOD: message.method ?? 'GET',
        REMOTE_USER: call.user,
        REMOTE_ADDR: '127.0.0.1',
        CONTENT_TYPE: message.headers['content-type'] ?? '',
        CONTENT_LENGTH: String(call.body.length),
        ...(message.headers['content-encoding'] === undefined
          ? {}
          : { HTTP_CONTENT_ENCODING: message.headers['content-encoding'] }),
        ...(message.headers['git-protocol'] === undefined
          ? {}
          : { GIT_PROTOCOL: String(message.headers['git-protocol']) }),
      },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const chunks: Buffer[] = [];
    child.on('error', reject);
    child.stdin.on('error', () => undefined);
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('close', () => resolve(readCgi(Buffer.concat(chunks))));
    child.stdin.end(call.body);
  });

/** Header lines, an empty line, the body. `Status:` is the status of HTTP. */
const readCgi = (output: Buffer): CgiAnswer => {
  const end = output.indexOf('\r\n\r\n');
  const head = output.subarray(0, Math.max(end, 0)).toString('latin1');
  const headers = Object.fromEntries(
    head.split('\r\n').flatMap((line) => {
      const colon = line.indexOf(':');
      return colon < 0 ? [] : [[line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const];
    }),
  );
  const { status, ...rest } = headers;
  return {
    status: end < 0 ? 500 : Number.parseInt(status ?? '200', 10),
    headers: rest,
    body: end < 0 ? Buffer.alloc(0) : output.subarray(end + 4),
  };
};
