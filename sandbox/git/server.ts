import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { type GitAccount, identify } from './accounts.ts';
import { callBackend } from './cgi.ts';
import { fixtureEnvironment } from './fixture.ts';

/** Trouble for a push or a fetch. Each meets one request, in the order in which they were added. */
export type GitFault =
  /** The push is carried out, and the connection breaks in the middle of the answer. */
  | { readonly kind: 'lose-push-answer' }
  /** The push is carried out, and the connection breaks before the first byte of the answer: Git's own HTTP client sends it once more. */
  | { readonly kind: 'repeat-push' }
  /** The connection breaks before anything is carried out. */
  | { readonly kind: 'drop-push'; readonly after?: () => void }
  /** Somebody does something between the advertisement that the client saw and its push. */
  | { readonly kind: 'before-push'; readonly act: () => void }
  /** The next request of any kind gets this status. */
  | { readonly kind: 'status'; readonly status: number; readonly body?: string }
  /** The next request of any kind is never answered. */
  | { readonly kind: 'hang' };

export interface SeenGitRequest {
  readonly method: string;
  /** Path with query. */
  readonly path: string;
  readonly authorization: string;
}

export interface GitServer {
  /** `http://127.0.0.1:port`; a repository `acme/shop` is at `/acme/shop`, with or without `.git`. */
  readonly url: string;
  readonly requests: readonly SeenGitRequest[];
  fault(fault: GitFault): void;
  /** Resolves with the next request that comes in. */
  requested(): Promise<void>;
  stop(): Promise<void>;
}

export interface GitServerOptions {
  /** The folder of the bare repositories, `<owner>/<name>.git`. */
  readonly root: string;
  /** Empty: everybody may do everything. */
  readonly accounts: readonly GitAccount[];
}

/** Git over HTTP on loopback, by Git's own `http-backend`: protocol, hooks and refusals are real. */
export const startGitServer = async ({ root, accounts }: GitServerOptions): Promise<GitServer> => {
  const requests: SeenGitRequest[] = [];
  const faults: GitFault[] = [];
  const waiting: (() => void)[] = [];
  const env = fixtureEnvironment(root);

  /** The first fault that fits, which is used up. */
  const take = <K extends GitFault['kind']>(
    ...kinds: readonly K[]
  ): Extract<GitFault, { readonly kind: K }> | undefined => {
    const at = faults.findIndex(({ kind }) => (kinds as readonly string[]).includes(kind));
    return at < 0 ? undefined : (faults.splice(at, 1)[0] as Extract<GitFault, { readonly kind: K }>);
  };

  const answer = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of message) chunks.push(chunk as Buffer);
    const [path = '/', query = ''] = (message.url ?? '/').split('?');
    const authorization = message.headers.authorization ?? '';
    requests.push({ method: message.method ?? 'GET', path: message.url ?? '/', authorization });
    for (const tell of waiting.splice(0)) tell();

    const general = take('hang', 'status');
    if (general?.kind === 'hang') return;
    if (general !== undefined) return send(response, general.status, general.body ?? '');

    const account = identify(authorization, accounts);
    if (accounts.length > 0 && account === undefined) {
      response.setHeader('www-authenticate', 'Basic realm="git"');
      return send(response, 401, 'Authentication required\n');
    }
    const writes = query === 'service=git-receive-pack' || path.endsWith('/git-receive-pack');
    if (writes && account?.write === false) return send(response, 403, 'Permission to the repository denied.\n');

    const isPush = path.endsWith('/git-receive-pack');
    const fault = isPush ? take('lose-push-answer', 'repeat-push', 'drop-push', 'before-push') : undefined;
    if (fault?.kind === 'drop-push') {
      fault.after?.();
      return breakOff(response);
    }
    if (fault?.kind === 'before-push') fault.act();
    const raw = Buffer.concat(chunks);
    const zipped = message.headers['content-encoding'] === 'gzip';
    delete message.headers['content-encoding'];
    const cgi = await callBackend(message, {
      root,
      path: withGit(path),
      query,
      user: account === undefined ? 'anonymous' : 'somebody',
      body: zipped ? gunzipSync(raw) : raw,
      env,
    });
    if (fault?.kind === 'repeat-push') return void message.socket.destroy();
    if (fault?.kind === 'lose-push-answer') return breakOff(response);
    response.writeHead(cgi.status, cgi.headers);
    response.end(cgi.body);
  };

  const server = createServer((message, response) => {
    answer(message, response).catch(() => message.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    fault: (fault) => void faults.push(fault),
    requested: () => new Promise((resolve) => void waiting.push(resolve)),
    async stop() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
};

const send = (response: ServerResponse, status: number, body: string): void => {
  response.writeHead(status, { 'content-type': 'text/plain' });
  response.end(body);
};

/** The head of an answer, and then nothing: a client cannot take it for a request that was never read. */
const breakOff = (response: ServerResponse): void => {
  response.writeHead(200, { 'content-type': 'application/x-git-receive-pack-result', 'content-length': '100' });
  response.write('0', () => response.destroy());
};

/** `/acme/shop/info/refs` → `/acme/shop.git/info/refs`: hosts take both. */
const withGit = (path: string): string =>
  path.replace(/^\/([^/]+)\/([^/]+?)(?:\.git)?\/(info\/refs|git-upload-pack|git-receive-pack)$/, '/$1/$2.git/$3');
