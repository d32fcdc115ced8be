import { createVirtualClock, type VirtualClock } from '../../sandbox/controller/clock.ts';
import {
  alwaysClosed,
  application,
  commit,
  DEPLOY_URL,
  gitRepository,
  IN_CLUSTER,
  project,
} from '../../sandbox/fleets/builders.ts';
import type { Fleet, FleetApplication } from '../../sandbox/fleets/fleet.ts';
import { type SandboxOptions, startSandbox } from '../../sandbox/start.ts';
import type { Sandbox, StoredObject } from '../../sandbox/types.ts';
import type { Application, ApplicationRef } from '../../src/argocd/application.ts';
import type { ArgoCdClient, ListScope, SyncRequest, WatchEvent } from '../../src/argocd/client.ts';
import type { ClientDeps } from '../../src/argocd/deps.ts';
import { ArgoCdError } from '../../src/argocd/errors.ts';
import { connect } from '../../src/sync/connect.ts';
import type { ConnectionInputs, KubernetesConnection, ServerConnection } from '../../src/sync/inputs/types.ts';

export type Mode = ConnectionInputs['mode'];
export const MODES: readonly Mode[] = ['kubernetes', 'argocd'];

/** Runs the target commit, compared and Healthy. */
const SETTLED = { start: { runs: 'target', compared: 'current' } } as const;

export const shop = (name: string, more: Partial<Parameters<typeof application>[0]> = {}): FleetApplication =>
  application({ name, script: SETTLED, ...more });

export const fleetOf = (applications: readonly FleetApplication[]): Fleet => ({
  name: 'contract',
  repositories: [gitRepository(DEPLOY_URL, [commit('one'), commit('two')])],
  clusters: [IN_CLUSTER],
  projects: [
    project({ name: 'default', sourceNamespaces: ['*'] }),
    project({ name: 'payments', sourceNamespaces: ['*'] }),
    project({ name: 'closed', syncWindows: [alwaysClosed(['*'])] }),
  ],
  applications,
});

/** A sandbox whose controller stands still until its clock is moved. */
export interface World {
  readonly sandbox: Sandbox;
  readonly clock: VirtualClock;
  readonly mode: Mode;
  open(options?: OpenOptions): Promise<ArgoCdClient>;
  /** The object as it is stored. */
  stored(name: string, namespace?: string): StoredObject;
  /** Waits until the object is as told. */
  until(name: string, fits: (object: StoredObject) => boolean): Promise<void>;
  close(): Promise<void>;
}

export interface OpenOptions {
  readonly account?: string;
  readonly connection?: Partial<Omit<KubernetesConnection, 'mode'>> & Partial<Omit<ServerConnection, 'mode'>>;
  readonly deps?: Partial<ClientDeps>;
  readonly token?: string;
  readonly signal?: AbortSignal;
}

export const startWorld = async (mode: Mode, options: SandboxOptions = {}): Promise<World> => {
  const clock = createVirtualClock(Date.parse('2026-11-20T10:00:00Z'));
  const sandbox = await startSandbox({ clock, ...options });
  const clients: ArgoCdClient[] = [];
  const stored = (name: string, namespace = 'argocd'): StoredObject => {
    const object = sandbox.store.get('applications', namespace, name);
    if (object === undefined) throw new Error(`no Application ${namespace}/${name}`);
    return object;
  };
  return {
    sandbox,
    clock,
    mode,
    stored,
    open: async (chosen = {}) => {
      const client = await connect(
        connectionTo(sandbox, mode, chosen),
        // Waits take no time, but other work comes first.
        { delay: async () => new Promise((resolve) => setImmediate(resolve)), random: () => 0.5, ...chosen.deps },
        chosen.signal,
      );
      clients.push(client);
      return client;
    },
    until: (name, fits) =>
      new Promise((resolve) => {
        if (fits(stored(name))) return resolve();
        const stop = sandbox.store.subscribe((event) => {
          if (event.object.metadata.name !== name || !fits(event.object)) return;
          stop();
          resolve();
        });
      }),
    close: async () => {
      await Promise.all(clients.map((client) => client.close()));
      await sandbox.stop();
    },
  };
};

const connectionTo = (sandbox: Sandbox, mode: Mode, options: OpenOptions): ConnectionInputs => {
  const account = options.account ?? 'admin';
  const common = {
    namespaces: undefined,
    certificateAuthority: '',
    clientCertificate: '',
    clientKey: '',
    headers: [],
    insecureSkipTlsVerify: false,
    requestTimeoutMs: 5000,
    proxy: { https: '', http: '', no: '' },
  };
  if (mode === 'kubernetes') {
    const yaml = sandbox.kubeconfig(account);
    const known = options.token === undefined ? yaml : yaml.replace(sandbox.token(account), options.token);
    return { ...common, mode, kubeconfig: { kind: 'content', yaml: known }, context: '', ...options.connection };
  }
  return {
    ...common,
    mode,
    certificateAuthority: sandbox.certificateAuthority ?? '',
    server: sandbox.argocdUrl,
    credentials: { kind: 'token', token: options.token ?? sandbox.token(account) },
    ...options.connection,
  };
};

export const never = new AbortController().signal;

export const scope = (rest: Partial<ListScope> = {}): ListScope => ({
  namespaces: undefined,
  selector: '',
  projects: [],
  ...rest,
});

export const ref = (name: string, namespace = 'argocd'): ApplicationRef => ({ namespace, name });

export const syncRequest = (id: string, rest: Partial<SyncRequest> = {}): SyncRequest => ({
  id,
  info: [{ name: 'gitopssync/id', value: id }],
  initiatedBy: 'gitopssync/test',
  revision: '',
  revisions: [],
  prune: false,
  dryRun: false,
  strategy: { kind: 'hook', force: false },
  syncOptions: [],
  retry: undefined,
  overrides: { syncOptions: false, retry: false },
  resources: [],
  ...rest,
});

/** The error a promise ends with; fails when it does not. */
export const failure = async (promise: Promise<unknown>): Promise<ArgoCdError> => {
  try {
    await promise;
  } catch (error) {
    if (error instanceof ArgoCdError) return error;
    throw error;
  }
  throw new Error('it did not fail');
};

/** Resolves when the sandbox has taken up a watch: what happens from then on is told. */
export const listening = async (sandbox: World['sandbox']): Promise<void> => {
  const open = (): boolean => sandbox.requests.some(({ path }) => /\/stream\/|[?&]watch=1/.test(path));
  while (!open()) await new Promise((resolve) => setImmediate(resolve));
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
};

/** Reads a watch in the background and answers questions about it. */
export interface Watching {
  readonly events: readonly WatchEvent[];
  /** The first event that fits, past or future; rejects when the watch ends with an error. */
  find(fits: (event: WatchEvent) => boolean): Promise<WatchEvent>;
  /** The first state of this Application that fits. */
  state(name: string, fits: (application: Application) => boolean): Promise<Application>;
  stop(): Promise<void>;
}

export const watching = (
  open: (onEvent: (event: WatchEvent) => void, signal: AbortSignal) => Promise<void>,
): Watching => {
  const controller = new AbortController();
  const events: WatchEvent[] = [];
  const waiting = new Set<() => void>();
  let ended: { readonly error: unknown } | undefined;
  const reader = (async () => {
    try {
      await open((event) => {
        events.push(event);
        for (const wake of waiting) wake();
      }, controller.signal);
      ended = { error: new Error('the watch ended') };
    } catch (error) {
      ended = { error };
    }
    for (const wake of waiting) wake();
  })();
  const find = (fits: (event: WatchEvent) => boolean): Promise<WatchEvent> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const found = events.find(fits);
        if (found === undefined && ended === undefined) return;
        waiting.delete(look);
        if (found !== undefined) resolve(found);
        else reject(ended?.error);
      };
      waiting.add(look);
      look();
    });
  return {
    events,
    find,
    state: async (name, fits) => {
      const event = await find(
        (one) => one.kind === 'application' && one.application.ref.name === name && fits(one.application),
      );
      if (event.kind !== 'application') throw new Error('unreachable');
      return event.application;
    },
    stop: async () => {
      controller.abort();
      await reader;
    },
  };
};
