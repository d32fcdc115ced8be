import { DEFAULT_ACCOUNTS } from './accounts.ts';
import type { Clock } from './controller/clock.ts';
import type { ControllerOptions } from './controller/controller.ts';
import { startController } from './controller/start.ts';
import type { TimingChoice } from './controller/timing.ts';
import { startWarnings } from './controller/warnings.ts';
import { type Fleet, loadFleet } from './fleets/fleet.ts';
import { readCertificates, type TestCertificates } from './http/certificates.ts';
import { createFaultPlan } from './http/faults.ts';
import { type ListenerOptions, type ListenerTls, startListener } from './http/listener.ts';
import { createRequestLog } from './http/request-log.ts';
import { kubeconfigFor } from './kubeconfig.ts';
import { createKubernetesApi } from './kubernetes/api.ts';
import type { ArgoCdContext } from './server/backend.ts';
import { mountArgoCd } from './server/mount.ts';
import { createStore } from './state/store.ts';
import type { Account, Draft, Fault, Resource, Sandbox, Store } from './types.ts';

export interface SandboxOptions {
  /** Ports on 127.0.0.1; default: any free ones. */
  readonly ports?: { readonly kubernetes?: number; readonly argocd?: number };
  /**
   * Default true. `stranger`: the servers show a certificate signed by an authority that neither the kubeconfig nor
   * `certificateAuthority` knows.
   */
  readonly tls?: boolean | 'stranger';
  /** Clients need a certificate signed by the sandbox's authority (`clientCertificate`). */
  readonly mutualTls?: boolean;
  /** Default: `admin`, `deployer`, `viewer`, `nobody`, and those of the fleet. */
  readonly accounts?: readonly Account[];
  /** Applications with their scripts, and what belongs to them. Default: none. The project `default` is always there. */
  readonly fleet?: Fleet;
  /** Further objects as they are, stored in this order. A `uid` and `creationTimestamp` of their own are kept. */
  readonly objects?: readonly { readonly resource: Resource; readonly object: Readonly<Draft> }[];
  /** The controller's pace. Default `instant`. */
  readonly timing?: TimingChoice;
  readonly clock?: Clock;
  /** What else the controller can be told. */
  readonly controller?: Pick<ControllerOptions, 'clockOffsetMs' | 'operationWorkers' | 'reconcileEveryMs' | 'onWorld'>;
  /** What else the Argo CD API can be told. */
  readonly argocd?: Partial<Omit<ArgoCdContext, 'store' | 'accounts' | 'now' | 'backend'>>;
  readonly faults?: readonly Fault[];
  /** How many store events are kept for watches. */
  readonly historySize?: number;
  /** Namespaces that exist although nothing lives in them. Default `argocd` and `default`. */
  readonly namespaces?: readonly string[];
  /** Milliseconds between the bookmarks of a Kubernetes watch. Default 60 000. */
  readonly bookmarkInterval?: number;
  /** False: answers are never compressed. Default: as the real servers do. */
  readonly compress?: boolean;
}

/** The Kubernetes API compresses answers above this many bytes. */
const COMPRESS_ABOVE = 128 * 1024;

/** Starts a sandbox on 127.0.0.1. Stop it when done; nothing else ends it. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const started = performance.now();
  const { clock, fleet } = options;
  const accounts = options.accounts ?? [...DEFAULT_ACCOUNTS, ...(fleet?.accounts ?? [])];
  const now = clock === undefined ? () => new Date() : () => new Date(clock.now());

  const store = createStore({ now, ...(options.historySize === undefined ? {} : { keep: options.historySize }) });
  const loaded = fleet === undefined ? {} : loadFleet(store, fleet, { nowMs: now().getTime() });
  for (const { resource, object } of options.objects ?? []) store.create(resource, { ...object });
  addDefaultProject(store);

  const controller = startController(store, {
    ...options.controller,
    ...loaded,
    ...(options.timing === undefined ? {} : { timing: options.timing }),
    ...(clock === undefined ? {} : { clock }),
  });

  const stopWarnings = startWarnings(store, controller.resourceTree, now);

  const certificates = readCertificates();
  const faults = createFaultPlan(options.faults);
  const log = createRequestLog(() => performance.now() - started);
  const tls = listenerTls(certificates, options);
  const shared = { accounts, faults, log, ...(tls === undefined ? {} : { tls }) };
  const context = { store, accounts, now };
  const kubernetesOptions: ListenerOptions = {
    ...shared,
    api: 'kubernetes',
    port: options.ports?.kubernetes ?? 0,
    ...(options.compress === false ? {} : { compressAbove: COMPRESS_ABOVE }),
    handler: createKubernetesApi({
      ...context,
      namespaces: options.namespaces ?? ['argocd', 'default'],
      bookmarkInterval: options.bookmarkInterval ?? 60_000,
    }),
  };
  const argocdOptions: ListenerOptions = {
    ...shared,
    api: 'argocd',
    port: options.ports?.argocd ?? 0,
    // Argo CD compresses whatever it can.
    ...(options.compress === false ? {} : { compressAbove: 0 }),
    handler: mountArgoCd({ ...options.argocd, ...context, backend: controller }),
  };
  const listeners = await startAll([kubernetesOptions, argocdOptions], () => controller.stop());
  const [kubernetes, argocd] = listeners;

  const certificateAuthority = tls === undefined ? undefined : certificates.authority;
  const find = (name: string): Account => {
    const account = accounts.find((one) => one.name === name);
    if (account === undefined) throw new RangeError(`the sandbox has no account ${name}`);
    return account;
  };
  return {
    kubernetesUrl: kubernetes.url,
    argocdUrl: argocd.url + rootPath(options),
    certificateAuthority,
    clientCertificate: certificates.client,
    kubeconfig: (account = 'admin') =>
      kubeconfigFor(
        find(account),
        kubernetes.url,
        certificateAuthority,
        tls?.clientAuthority === undefined ? undefined : certificates.client,
      ),
    token: (account = 'admin') => find(account).token,
    store,
    controller,
    get requests() {
      return log.requests;
    },
    clearRequests: () => log.clear(),
    addFault: (fault) => faults.add(fault),
    clearFaults: () => faults.clear(),
    async stop() {
      stopWarnings();
      controller.stop();
      await Promise.all(listeners.map((listener) => listener.stop()));
    },
  };
}

/** Starts both listeners, or none. */
async function startAll(
  [first, second]: readonly [ListenerOptions, ListenerOptions],
  undo: () => void,
): Promise<readonly [Awaited<ReturnType<typeof startListener>>, Awaited<ReturnType<typeof startListener>>]> {
  const results = await Promise.allSettled([startListener(first), startListener(second)]);
  const [one, two] = results;
  if (one.status === 'fulfilled' && two.status === 'fulfilled') return [one.value, two.value];
  undo();
  for (const result of results) if (result.status === 'fulfilled') await result.value.stop();
  throw one.status === 'rejected' ? one.reason : two.status === 'rejected' ? two.reason : undefined;
}

function listenerTls(certificates: TestCertificates, options: SandboxOptions): ListenerTls | undefined {
  const { tls = true } = options;
  if (tls === false) return undefined;
  const pair = tls === 'stranger' ? certificates.strangerServer : certificates.server;
  return options.mutualTls === true ? { ...pair, clientAuthority: certificates.authority } : pair;
}

function rootPath(options: SandboxOptions): string {
  const path = (options.argocd?.rootPath ?? '').replaceAll(/^\/+|\/+$/g, '');
  return path === '' ? '' : `/${path}`;
}

/** The project every Argo CD has, unless it was brought along. */
function addDefaultProject(store: Store): void {
  if (store.get('appprojects', 'argocd', 'default') !== undefined) return;
  store.create('appprojects', {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: { name: 'default', namespace: 'argocd' },
    spec: {
      clusterResourceWhitelist: [{ group: '*', kind: '*' }],
      destinations: [{ namespace: '*', server: '*' }],
      sourceRepos: ['*'],
    },
    status: {},
  });
}
