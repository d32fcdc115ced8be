import { withDefaults } from '../src/argocd/deps.ts';
import { ArgoCdError } from '../src/argocd/errors.ts';
import type { Call } from '../src/argocd/http/http.ts';
import { openConnection as openKubernetes } from '../src/argocd/kubernetes/connection.ts';
import { openConnection as openServer } from '../src/argocd/server/connection.ts';
import { record, text } from '../src/lib/json.ts';
import { loadInputs } from '../src/sync/inputs/load.ts';
import type { Transport } from './environment.ts';

/** The installation under test, as somebody with more rights than the step sees it: makes, shows and removes Applications. */
export interface Installation {
  create(application: NewApplication): Promise<void>;
  /** The stored object. */
  get(name: string): Promise<Readonly<Record<string, unknown>>>;
  /** Ends what runs, deletes with all it deployed, and waits until it is gone. Not there: fine. */
  remove(name: string): Promise<void>;
  /** Deletes a namespace of the cluster that Argo CD runs in. False: this connection cannot. */
  removeNamespace(name: string): Promise<boolean>;
  close(): Promise<void>;
}

export interface NewApplication {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly project: string;
  readonly source: { readonly repoURL: string; readonly path: string; readonly targetRevision: string };
  readonly destination: { readonly server: string; readonly namespace: string };
}

const FINALIZER = 'resources-finalizer.argocd.argoproj.io';
const GONE_WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 500;

export const openInstallation = async (transport: Transport, namespace: string): Promise<Installation> => {
  const inputs = loadInputs((name) => (name === 'applications' ? 'any' : ''), transport.variables);
  if (inputs.kind === 'invalid') throw new Error(inputs.problems.map(({ problem }) => problem).join('; '));
  const { connection } = inputs.inputs;
  const { signal } = new AbortController();
  const deps = withDefaults();
  const { http } =
    connection.mode === 'kubernetes'
      ? await openKubernetes(connection, deps, signal)
      : await openServer(connection, deps, signal);
  const kubernetes = connection.mode === 'kubernetes';
  const root = kubernetes
    ? `/apis/argoproj.io/v1alpha1/namespaces/${encodeURIComponent(namespace)}/applications`
    : '/api/v1/applications';
  const pathOf = (name: string, more: Readonly<Record<string, string>> = {}): string => {
    const query = new URLSearchParams(kubernetes ? {} : { appNamespace: namespace, ...more }).toString();
    return `${root}/${encodeURIComponent(name)}${query === '' ? '' : `?${query}`}`;
  };
  const send = (method: Call['method'], path: string, body?: unknown, contentType = 'application/json') =>
    http.send(
      { action: `${method} ${path}`, method, path, contentType, ...(body === undefined ? {} : { body }) },
      signal,
    );
  const get = async (name: string) => record(await send('GET', pathOf(name)));
  const exists = async (name: string): Promise<boolean> => {
    if (kubernetes) {
      try {
        await get(name);
        return true;
      } catch (error) {
        if (isRefusal(error, 'not-found')) return false;
        throw error;
      }
    }
    // A read of what does not exist is refused like one that is not allowed; a list tells.
    const answer = record(await send('GET', `${root}?${new URLSearchParams({ name, appNamespace: namespace })}`));
    return Array.isArray(answer.items) && answer.items.length > 0;
  };
  const endOperation = async (name: string): Promise<void> => {
    const { operation, status } = await get(name);
    if (operation === undefined) return;
    if (!kubernetes) await send('DELETE', `${root}/${encodeURIComponent(name)}/operation?appNamespace=${namespace}`);
    else if (text(record(record(status).operationState).phase) === 'Running')
      await send('PATCH', pathOf(name), { status: { operationState: { phase: 'Terminating' } } }, MERGE_PATCH);
    else await send('PATCH', pathOf(name), { operation: null }, MERGE_PATCH);
  };
  return {
    create: async ({ name, labels, ...spec }) => {
      await send('POST', root, {
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'Application',
        metadata: { name, namespace, labels, finalizers: [FINALIZER] },
        spec: { ...spec, syncPolicy: { syncOptions: ['CreateNamespace=true'] } },
      });
    },
    get,
    remove: async (name) => {
      if (!(await exists(name))) return;
      // Its deletion waits for the end of what runs.
      await endOperation(name).catch(() => {});
      try {
        await send('DELETE', pathOf(name, { cascade: 'true' }));
      } catch (error) {
        if (!isRefusal(error, 'not-found')) throw error;
      }
      const deadline = performance.now() + GONE_WITHIN_MS;
      while (await exists(name)) {
        if (performance.now() > deadline) throw new Error(`Application ${namespace}/${name} is still there`);
        await deps.delay(LOOK_EVERY_MS, signal);
      }
    },
    removeNamespace: async (name) => {
      if (!kubernetes) return false;
      try {
        await send('DELETE', `/api/v1/namespaces/${encodeURIComponent(name)}`);
        return true;
      } catch (error) {
        return isRefusal(error, 'not-found');
      }
    },
    close: () => http.close(),
  };
};

const MERGE_PATCH = 'application/merge-patch+json';

const isRefusal = (error: unknown, code: ArgoCdError['code']): boolean =>
  error instanceof ArgoCdError && error.code === code;
