import { type ClientRequest, request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { createFaultPlan } from '../../../sandbox/http/faults.ts';
import { startListener } from '../../../sandbox/http/listener.ts';
import { createRequestLog } from '../../../sandbox/http/request-log.ts';
import type { ArgoCdBackend, ArgoCdContext, SyncWindows } from '../../../sandbox/server/backend.ts';
import { mountArgoCd } from '../../../sandbox/server/mount.ts';
import { createStore } from '../../../sandbox/state/store.ts';
import type { Account, Draft, Rights, Store } from '../../../sandbox/types.ts';
import type { Exchange, Json } from './recording.ts';

export const REPOSITORY = 'https://git.example.com/deploy.git';
export const COMMIT = '6630899b3f6b292741f40ebe79cf98d73c976455';

type Policies = NonNullable<Rights['argocd']>;

const policy = (resource: string, action: string, object: string): Policies[number] => ({ resource, action, object });

/** The accounts of the recordings. */
export const ACCOUNTS: readonly Account[] = [
  account('ci', [
    policy('applications', 'get', '*/*'),
    policy('applications', 'sync', '*/*'),
    policy('applicationsets', 'get', '*/*'),
    policy('repositories', 'get', '*'),
  ]),
  account('viewer', [
    policy('applications', 'get', '*/*'),
    policy('applicationsets', 'get', '*/*'),
    policy('clusters', 'get', '*'),
    policy('projects', 'get', '*'),
    policy('repositories', 'get', '*'),
  ]),
  account('outsider', []),
  { ...account('admin', [policy('*', '*', '*')]), password: 'right' },
];

function account(name: string, argocd: Policies): Account {
  return { name, token: `token-of-${name}`, rights: { argocd } };
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The body read as JSON. */
  readonly json: Json;
}

export interface StreamReader {
  /** Status and headers when they have come. */
  readonly head: IncomingMessage | undefined;
  /** What has come so far. */
  readonly text: string;
  /** Waits until `count` texts have come that contain `part`; default: lines. */
  until(count: number, part?: string): Promise<void>;
  /** Waits for the server's end. */
  ended(): Promise<void>;
  close(): void;
}

export interface TestServer {
  readonly url: string;
  readonly store: Store;
  /** What the fake controller says; tests change it. */
  readonly world: World;
  send(
    exchange: Pick<Exchange, 'method' | 'path'> & Partial<Pick<Exchange, 'as' | 'headers' | 'body'>>,
  ): Promise<Answer>;
  get(path: string, as?: string): Promise<Answer>;
  sync(name: string, body: Json, as?: string): Promise<Answer>;
  stream(path: string, options?: { readonly as?: string; readonly accept?: string }): StreamReader;
  application(name: string, parts?: Draft, namespace?: string): void;
  stop(): Promise<void>;
}

export interface World {
  revisions: Readonly<Record<string, string>>;
  windows: SyncWindows;
  tree: readonly object[];
  health: Readonly<Record<string, string>>;
}

/** The server under test behind the real listener, over a store of its own and a fake controller. */
export async function startTestServer(options: Partial<ArgoCdContext> = {}): Promise<TestServer> {
  const now = options.now ?? (() => new Date('2026-11-20T11:35:16Z'));
  const store = createStore({ now });
  const world: World = {
    revisions: { main: COMMIT, HEAD: COMMIT },
    windows: { active: [], assigned: [], canSync: true },
    tree: [],
    health: {},
  };
  const backend: ArgoCdBackend = {
    clusters: [{ name: 'in-cluster', server: 'https://kubernetes.default.svc' }],
    resolveRevision(_repoURL, revision) {
      const found = world.revisions[revision];
      return found === undefined
        ? { ok: false, error: `unable to resolve '${revision}' to a commit SHA` }
        : { ok: true, revision: found };
    },
    refs: (repoURL) => (repoURL === REPOSITORY ? { branches: ['main', 'release-1'], tags: [] } : undefined),
    syncWindows: () => world.windows,
    resourceTree: () => world.tree,
    resourceHealth(_namespace, _name, { kind }) {
      const status = world.health[kind];
      return status === undefined ? undefined : { status };
    },
  };
  const listener = await startListener({
    api: 'argocd',
    handler: mountArgoCd({ store, accounts: ACCOUNTS, backend, ...options, now }),
    accounts: ACCOUNTS,
    faults: createFaultPlan(),
    log: createRequestLog(() => 0),
    compressAbove: 1400,
  });
  for (const [name, sourceNamespaces] of [
    ['default', []],
    ['closed', []],
    ['teams', ['team-*']],
  ] as const)
    store.create('appprojects', {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'AppProject',
      metadata: { namespace: 'argocd', name },
      spec: { sourceRepos: ['*'], sourceNamespaces },
    });

  function open(method: string, path: string, headers: Readonly<Record<string, string>>): ClientRequest {
    return httpRequest(listener.url + path, { method, headers, agent: false });
  }

  const server: TestServer = {
    url: listener.url,
    store,
    world,
    async send({ method, path, as = 'ci', headers = {}, body }) {
      const sent = { ...headers };
      if (sent.authorization !== undefined) sent.authorization = `Bearer ${tokenOf(as)}`;
      const request = open(method, path, {
        ...sent,
        ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
      });
      request.end(body);
      const response = await new Promise<IncomingMessage>((resolve, reject) => {
        request.once('response', resolve);
        request.once('error', reject);
      });
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk);
      const text = Buffer.concat(chunks).toString('utf8');
      return {
        status: response.statusCode ?? 0,
        headers: response.headers,
        text,
        get json() {
          return JSON.parse(text);
        },
      };
    },
    get: (path, as = 'ci') => server.send({ method: 'GET', path, as, headers: { authorization: '' } }),
    sync: (name, body, as = 'ci') =>
      server.send({
        method: 'POST',
        path: `/api/v1/applications/${name}/sync`,
        as,
        headers: { authorization: '', 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    stream(path, { as = 'ci', accept } = {}) {
      const request = open('GET', path, {
        authorization: `Bearer ${tokenOf(as)}`,
        ...(accept === undefined ? {} : { accept }),
      });
      return readStream(request);
    },
    application(name, parts = {}, namespace = 'argocd') {
      store.create('applications', {
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'Application',
        spec: {
          source: { repoURL: REPOSITORY, path: `apps/${name}`, targetRevision: 'main' },
          destination: { server: 'https://kubernetes.default.svc', namespace: name },
          project: 'default',
        },
        ...parts,
        metadata: { ...(parts.metadata as Draft | undefined), namespace, name },
      });
    },
    stop: () => listener.stop(),
  };
  return server;
}

function tokenOf(as: string): string {
  if (as === 'bad token') return 'nobody-has-this';
  return `token-of-${as === 'argoadmin' ? 'admin' : as}`;
}

function readStream(request: ClientRequest): StreamReader {
  let head: IncomingMessage | undefined;
  let text = '';
  let over = false;
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of listeners) listener();
  };
  request.on('error', () => undefined);
  request.once('response', (response) => {
    head = response;
    response.setEncoding('utf8');
    response.on('data', (piece: string) => {
      text += piece;
      tell();
    });
    response.on('error', () => undefined);
    response.once('end', () => {
      over = true;
      tell();
    });
    tell();
  });
  request.end();
  const when = (true_: () => boolean) =>
    new Promise<void>((resolve) => {
      const check = () => {
        if (!true_()) return;
        listeners.delete(check);
        resolve();
      };
      listeners.add(check);
      check();
    });
  return {
    get head() {
      return head;
    },
    get text() {
      return text;
    },
    until: (count, part = '\n') => when(() => text.split(part).length > count),
    ended: () => when(() => over),
    close: () => request.destroy(),
  };
}

/** The headers that a recorded answer and a real one must share. */
export function comparable(headers: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const names = ['content-type', 'vary', 'x-content-type-options', 'grpc-metadata-content-type'];
  return Object.fromEntries(names.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])));
}
