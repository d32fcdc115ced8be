import { createFaultPlan } from '../../../sandbox/http/faults.ts';
import { startListener } from '../../../sandbox/http/listener.ts';
import { createRequestLog } from '../../../sandbox/http/request-log.ts';
import { createKubernetesApi } from '../../../sandbox/kubernetes/api.ts';
import { isObject } from '../../../sandbox/state/json.ts';
import { createStore } from '../../../sandbox/state/store.ts';
import type { Account, Draft, Resource, Store } from '../../../sandbox/types.ts';

/** The accounts of the recordings. */
const ACCOUNTS: readonly Account[] = [
  {
    name: 'admin',
    token: 'token-admin',
    rights: { kubernetes: [{ resources: ['*'], verbs: ['*'], namespaces: ['*'] }] },
  },
  {
    name: 'sa',
    kubernetesUser: 'system:serviceaccount:argocd:gitopssync',
    token: 'token-sa',
    rights: {
      kubernetes: [{ resources: ['applications'], verbs: ['get', 'list', 'watch', 'patch'], namespaces: ['argocd'] }],
    },
  },
  { name: 'nobody', kubernetesUser: 'ci', token: 'token-nobody', rights: {} },
];

export interface Call {
  readonly as?: string;
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body when it is JSON. */
  readonly json: unknown;
}

export interface TestApi {
  readonly store: Store;
  readonly url: string;
  call(call: Call): Promise<Answer>;
  /** Opens a watch and gives its lines as they come. */
  watch(call: Call): Promise<WatchLines>;
  stop(): Promise<void>;
}

export interface WatchLines {
  readonly status: number;
  /** The next `count` lines; fewer when the stream ends before. */
  take(count: number): Promise<readonly { readonly type: string; readonly object: Draft }[]>;
  close(): Promise<void>;
}

/** The Kubernetes API alone, without a controller, over a store with these objects. */
export async function startTestApi(
  objects: readonly { readonly resource: Resource; readonly object: unknown }[],
  options: { readonly namespaces?: readonly string[]; readonly bookmarkInterval?: number } = {},
): Promise<TestApi> {
  const store = createStore({ startVersion: 100 });
  for (const { resource, object } of objects) store.create(resource, isObject(object) ? object : {});
  const listener = await startListener({
    api: 'kubernetes',
    accounts: ACCOUNTS,
    faults: createFaultPlan(),
    log: createRequestLog(() => 0),
    handler: createKubernetesApi({
      store,
      accounts: ACCOUNTS,
      now: () => new Date(),
      namespaces: options.namespaces ?? ['argocd', 'default', 'plain'],
      bookmarkInterval: options.bookmarkInterval ?? 60_000,
      futureWait: 20,
    }),
  });
  const aborts = new Set<AbortController>();
  const open = (call: Call, signal?: AbortSignal) =>
    fetch(listener.url + call.path, {
      method: call.method ?? 'GET',
      headers: {
        ...call.headers,
        ...(call.as === 'anonymous' ? {} : { authorization: `Bearer token-${call.as ?? 'admin'}` }),
      },
      ...(call.body === undefined ? {} : { body: call.body }),
      ...(signal === undefined ? {} : { signal }),
    });

  return {
    store,
    url: listener.url,
    async call(call) {
      const response = await open(call);
      const text = await response.text();
      const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
      return { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : undefined };
    },
    async watch(call) {
      const abort = new AbortController();
      aborts.add(abort);
      const response = await open(call, abort.signal);
      const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
      let buffer = '';
      return {
        status: response.status,
        async take(count) {
          const lines: { type: string; object: Draft }[] = [];
          while (lines.length < count) {
            const end = buffer.indexOf('\n');
            if (end < 0) {
              const chunk = await reader?.read();
              if (chunk?.value === undefined) break;
              buffer += chunk.value;
              continue;
            }
            lines.push(JSON.parse(buffer.slice(0, end)));
            buffer = buffer.slice(end + 1);
          }
          return lines;
        },
        async close() {
          abort.abort();
          await reader?.cancel().catch(() => undefined);
        },
      };
    },
    async stop() {
      for (const abort of aborts) abort.abort();
      await listener.stop();
    },
  };
}
