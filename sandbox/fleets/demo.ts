import type { HealthStep, Script, ScriptResource, SyncScript } from '../controller/script.ts';
import type { Draft } from '../types.ts';
import { alwaysClosed, application, commit, gitRepository, IN_CLUSTER, PROD_EU, project, sha } from './builders.ts';
import type { Fleet, FleetApplication } from './fleet.ts';

const SHOP = 'https://git.example.com/shop/deploy.git';
const PAYMENTS = 'https://git.example.com/payments/deploy.git';
const PLATFORM = 'https://git.example.com/platform/values.git';
const CHARTS = 'https://charts.example.com';

type Environment = 'staging' | 'prod';

interface Settings {
  readonly environment?: Environment;
  /** Milliseconds from the apply until Healthy. */
  readonly readyMs?: number;
  readonly resources?: readonly ScriptResource[];
  readonly sync?: SyncScript;
  readonly script?: Script;
  readonly source?: Readonly<Draft>;
  readonly sources?: readonly Readonly<Draft>[];
  readonly syncPolicy?: Readonly<Draft>;
  readonly annotations?: Readonly<Record<string, string>>;
}

const rollout = (readyMs: number): readonly HealthStep[] => [
  {
    afterMs: 0,
    health: 'Progressing',
    message: 'Waiting for rollout to finish: 1 old replicas are pending termination...',
  },
  { afterMs: readyMs, health: 'Healthy' },
];

/** An Application of a team: one version behind, Healthy, and ready soon after its sync. */
function service(team: 'shop' | 'payments' | 'platform', name: string, settings: Settings = {}): FleetApplication {
  const environment = settings.environment ?? 'prod';
  const repoURL = { shop: SHOP, payments: PAYMENTS, platform: PLATFORM }[team];
  const cluster = environment === 'prod' ? { name: PROD_EU.name } : { server: IN_CLUSTER.server };
  const base = name.replace(/-staging$/, '');
  const resources: readonly ScriptResource[] = settings.resources ?? [
    { kind: 'Deployment', name: base, image: `registry.example.com/${base}:2.4.1` },
    { kind: 'Service', name: base },
    { kind: 'ConfigMap', name: `${base}-settings` },
  ];
  return application({
    name,
    project: team,
    labels: {
      team,
      env: environment,
      'harness.io/serviceRef': base.replace(`${team}-`, ''),
      'harness.io/envRef': environment,
    },
    ...(settings.annotations === undefined ? {} : { annotations: settings.annotations }),
    ...(settings.sources === undefined
      ? { source: settings.source ?? { path: `${environment}/${base}`, repoURL, targetRevision: 'main' } }
      : { sources: settings.sources }),
    destination: { ...cluster, namespace: team },
    ...(settings.syncPolicy === undefined ? {} : { syncPolicy: settings.syncPolicy }),
    script: {
      resources,
      start: { runs: 'previous', compared: 'current', history: 3 },
      syncs: [{ health: rollout(settings.readyMs ?? 600), ...settings.sync }],
      ...settings.script,
    },
  });
}

/**
 * About what a middle-sized shop has: 25 Applications in three projects on two clusters. Most are one version behind and
 * become Healthy within two seconds; eight are in trouble, each in its own way.
 */
export function demo(): Fleet {
  return {
    name: 'demo',
    clusters: [IN_CLUSTER, PROD_EU],
    repositories: [
      gitRepository(SHOP, [commit('Shop 2.4.0'), commit('Shop 2.4.1')], {
        branches: { 'release-2.3': sha('Shop 2.4.0') },
        tags: { 'v2.4.0': sha('Shop 2.4.0'), 'v2.4.1': sha('Shop 2.4.1') },
      }),
      gitRepository(PAYMENTS, [commit('Payments 7'), commit('Payments 8')], { tags: { v8: sha('Payments 8') } }),
      gitRepository(PLATFORM, [commit('Platform values of spring'), commit('Platform values of autumn')]),
      { type: 'helm', url: CHARTS, charts: { 'ingress-nginx': ['4.11.2', '4.11.3'], redis: ['20.0.5', '20.1.0'] } },
    ],
    projects: [
      project({ name: 'default' }),
      project({ name: 'shop' }),
      project({ name: 'payments', syncWindows: [alwaysClosed(['payments-ledger'])] }),
      project({ name: 'platform' }),
    ],
    applications: [...shop(), ...payments(), ...platform()],
  };
}

const shop = (): readonly FleetApplication[] => [
  service('shop', 'shop-web', { readyMs: 900 }),
  service('shop', 'shop-web-staging', { environment: 'staging', readyMs: 500 }),
  service('shop', 'shop-cart', { readyMs: 700 }),
  service('shop', 'shop-cart-staging', { environment: 'staging', readyMs: 400 }),
  service('shop', 'shop-catalog', { readyMs: 1200 }),
  service('shop', 'shop-catalog-staging', { environment: 'staging', readyMs: 600 }),
  service('shop', 'shop-checkout', { readyMs: 800 }),
  service('shop', 'shop-search', {
    readyMs: 1100,
    sources: [
      { name: 'app', path: 'prod/shop-search', repoURL: SHOP, targetRevision: 'main' },
      { name: 'index', path: 'prod/shop-search-index', repoURL: SHOP, targetRevision: 'main' },
    ],
    resources: [
      { kind: 'Deployment', name: 'shop-search', image: 'registry.example.com/shop-search:2.4.1' },
      { kind: 'StatefulSet', name: 'shop-search-index', source: 1, image: 'registry.example.com/index:8' },
    ],
  }),
  // Trouble: the new version never becomes ready.
  service('shop', 'shop-images', {
    sync: {
      health: [
        {
          afterMs: 0,
          health: 'Progressing',
          message: 'Waiting for rollout to finish: 0 of 2 updated replicas are available...',
        },
      ],
    },
  }),
  // Trouble: paused by somebody.
  service('shop', 'shop-mail', {
    sync: { health: [{ afterMs: 0, health: 'Suspended', message: 'Deployment is paused' }] },
  }),
  // Trouble: the new version crashes.
  service('shop', 'shop-recommendations', {
    sync: {
      health: [
        {
          afterMs: 0,
          health: 'Progressing',
          message: 'Waiting for rollout to finish: 0 of 2 updated replicas are available...',
        },
        {
          afterMs: 1500,
          health: 'Degraded',
          message: 'Deployment "shop-recommendations" exceeded its progress deadline',
        },
      ],
    },
  }),
  // Trouble: Argo CD is told to leave it alone.
  service('shop', 'shop-legacy', { annotations: { 'argocd.argoproj.io/skip-reconcile': 'true' } }),
];

const payments = (): readonly FleetApplication[] => [
  service('payments', 'payments-api', { readyMs: 1000 }),
  service('payments', 'payments-api-staging', { environment: 'staging', readyMs: 500 }),
  service('payments', 'payments-worker', {
    readyMs: 700,
    sync: { health: rollout(700), hooks: [{ type: 'PreSync', name: 'migrate', takesMs: 600 }] },
  }),
  // Trouble: a sync window is closed.
  service('payments', 'payments-ledger'),
  // Trouble: the cluster refuses one of the objects.
  service('payments', 'payments-fraud', {
    sync: {
      refusals: [
        {
          kind: 'Service',
          name: 'payments-fraud',
          message:
            'Service "payments-fraud" is invalid: spec.ports[0].port: Invalid value: 99999: must be between 1 and 65535, inclusive',
        },
      ],
    },
  }),
  // Trouble: the branch it follows is not there.
  service('payments', 'payments-gateway', {
    source: { path: 'prod/payments-gateway', repoURL: PAYMENTS, targetRevision: 'release-9' },
    script: { start: { runs: [sha('Payments 7')], compared: 'current' } },
  }),
  // Not trouble, but company: Argo CD syncs it by itself.
  service('payments', 'payments-invoices', {
    syncPolicy: { automated: { prune: true, selfHeal: true } },
    script: { start: { runs: 'target', compared: 'current', history: 3 } },
  }),
  // Degraded before; the new version repairs it.
  service('payments', 'payments-reports', {
    script: {
      start: {
        runs: 'previous',
        compared: 'current',
        health: 'Degraded',
        healthMessage: 'back-off restarting failed container',
      },
    },
    readyMs: 1300,
  }),
];

const platform = (): readonly FleetApplication[] => [
  service('platform', 'platform-ingress', {
    source: { chart: 'ingress-nginx', repoURL: CHARTS, targetRevision: '4.11.3' },
    script: { start: { runs: ['4.11.2'], compared: 'current', history: 3 } },
  }),
  service('platform', 'platform-redis', {
    sources: [
      { chart: 'redis', helm: { valueFiles: ['$values/prod/redis.yaml'] }, repoURL: CHARTS, targetRevision: '20.1.0' },
      { path: 'prod/redis', ref: 'values', repoURL: PLATFORM, targetRevision: 'main' },
    ],
    resources: [
      { kind: 'StatefulSet', name: 'redis', image: 'registry.example.com/redis:7.4' },
      { kind: 'ConfigMap', name: 'redis-settings', source: 1 },
    ],
    script: { start: { runs: ['20.0.5', sha('Platform values of spring')], compared: 'current', history: 3 } },
  }),
  service('platform', 'platform-monitoring', { readyMs: 900 }),
  service('platform', 'platform-dns', { environment: 'staging', readyMs: 400 }),
  service('platform', 'platform-certificates', {
    environment: 'staging',
    readyMs: 500,
    script: { start: { runs: 'target', compared: 'current', history: 5 } },
  }),
];

/** The Applications of {@link demo} that do not end well when synced, with what becomes of them. */
export const DEMO_TROUBLE: Readonly<Record<string, string>> = {
  'shop-images': 'stays Progressing',
  'shop-mail': 'stays Suspended',
  'shop-recommendations': 'turns Degraded after 1.5 s',
  'shop-legacy': 'carries skip-reconcile',
  'payments-ledger': 'is behind a closed sync window',
  'payments-fraud': 'has a Service the cluster refuses',
  'payments-gateway': 'follows a branch that is not there',
};
