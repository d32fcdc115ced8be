import type { Commit } from '../controller/repository.ts';
import type { HealthStep, Hook, Script, ScriptResource, Start, SyncScript, TimedAction } from '../controller/script.ts';
import type { Timing } from '../controller/timing.ts';
import type { Draft } from '../types.ts';
import {
  type ApplicationSettings,
  alwaysClosed,
  application,
  commit,
  DEPLOY_URL,
  gitRepository,
  IN_CLUSTER,
  project,
} from './builders.ts';
import type { Fleet } from './fleet.ts';

/** A story that was recorded on a real Argo CD, as data: one Application in its starting state, and how it goes on. */
export interface Scene {
  readonly fleet: Fleet;
  /** Times of this story that are not the usual ones. */
  readonly timing?: Partial<Timing>;
}

const FIRST = commit('First version');
const SECOND = commit('Second version');

interface SceneSettings extends Omit<ApplicationSettings, 'script'> {
  readonly resources: readonly ScriptResource[];
  readonly start?: Start;
  readonly syncs?: readonly SyncScript[];
  readonly script?: Omit<Script, 'resources' | 'start' | 'syncs'>;
  /** What the second commit changes; default: everything. */
  readonly touches?: readonly string[];
  readonly commits?: readonly Commit[];
  readonly projects?: readonly Readonly<Draft>[];
  readonly timing?: Partial<Timing>;
  /** The Application is created by the story. */
  readonly later?: boolean;
}

function scene(settings: SceneSettings): Scene {
  const { resources, start, syncs, script, touches, commits, projects, timing, later, ...own } = settings;
  const second: Commit = touches === undefined ? SECOND : { ...SECOND, touches };
  const made = application({
    ...own,
    script: {
      resources,
      ...(start === undefined ? {} : { start }),
      ...(syncs === undefined ? {} : { syncs }),
      ...script,
    },
  });
  const fleet: Fleet = {
    name: own.name,
    repositories: [gitRepository(DEPLOY_URL, commits ?? [FIRST, second])],
    clusters: [IN_CLUSTER],
    projects: [project({ name: 'default' }), ...(projects ?? [])],
    applications: later === true ? [] : [made],
    ...(later === true ? { scripts: { [`argocd/${own.name}`]: made.script } } : {}),
  };
  return { fleet, ...(timing === undefined ? {} : { timing }) };
}

const configMap = (name: string, more: Partial<ScriptResource> = {}): ScriptResource => ({
  kind: 'ConfigMap',
  name,
  ...more,
});
const deployment = (name: string, more: Partial<ScriptResource> = {}): ScriptResource => ({
  kind: 'Deployment',
  name,
  image: 'web:1',
  ...more,
});

const compared: Start = { runs: 'nothing', compared: 'current' };
const synced: Start = { runs: 'target', compared: 'current' };
const behind: Start = { runs: 'previous', compared: 'current' };
/** One version behind, but Argo CD does not know. */
const unaware: Start = { runs: 'previous', compared: 'before' };

/** Progressing at once, then this after so long. */
const rollout = (ms: number, then: 'Healthy' | 'Degraded' = 'Healthy'): readonly HealthStep[] => [
  { afterMs: 0, health: 'Progressing' },
  { afterMs: ms, health: then },
];

const hook = (name: string, takesMs: Hook['takesMs'], more: Partial<Hook> = {}): Hook => ({
  type: 'PreSync',
  name,
  takesMs,
  ...more,
});

const BAD_SERVICE =
  'Service "Bad_Name" is invalid: [metadata.name: Invalid value: "Bad_Name": a lowercase RFC 1123 label must consist of ' +
  "lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or " +
  "'123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?'), spec.ports[0].port: Invalid value: 99999: " +
  'must be between 1 and 65535, inclusive, spec.ports[0].targetPort: Invalid value: 99999: must be between 1 and 65535, inclusive]';

const badApply: Pick<SceneSettings, 'name' | 'resources'> = {
  name: 'badapply',
  resources: [configMap('good'), { kind: 'Service', name: 'Bad_Name' }],
};
const refusesService: SyncScript = { refusals: [{ kind: 'Service', name: 'Bad_Name', message: BAD_SERVICE }] };

const roll: Pick<SceneSettings, 'name' | 'resources'> = { name: 'roll', resources: [deployment('roll')] };
const prune: Pick<SceneSettings, 'name' | 'resources'> = {
  name: 'prune',
  resources: [configMap('gone', { until: SECOND.sha }), configMap('keep')],
};
const hooked: Pick<SceneSettings, 'name' | 'resources'> = { name: 'hook', resources: [configMap('hook')] };

const first = (start: Start, syncs: readonly SyncScript[]): SceneSettings => ({
  name: 'first',
  labels: { team: 'a' },
  resources: [configMap('first'), deployment('first')],
  touches: ['apps/first/configmap-first.yaml'],
  syncPolicy: { syncOptions: ['CreateNamespace=true'] },
  start,
  syncs,
});

/** A commit that changes nothing of the Application. */
const otherCommit = (afterMs: number): TimedAction => ({
  on: 'start',
  afterMs,
  act: {
    do: 'commit',
    repository: DEPLOY_URL,
    branch: 'main',
    commit: commit('Something else', { touches: ['apps/other'] }),
  },
});

const AUTOMATED = { automated: { prune: true, selfHeal: true } };

/** The recorded stories by name. */
export const SCENES: Readonly<Record<string, () => Scene>> = {
  'flow-first-sync': () =>
    scene({
      ...first({}, [{ health: rollout(110), stale: { order: 'cache-first', cacheMs: 17, compareMs: 25 } }]),
      later: true,
      script: { namespaceExists: false, compareMs: 890 },
    }),
  'flow-sync-again': () => scene(first(synced, [])),
  'flow-dry-run': () => scene(first({ ...behind, comparedMsAgo: 0 }, [])),
  'flow-new-commit': () => scene(first(behind, [])),
  'flow-apply-fails': () => scene({ ...badApply, start: compared, syncs: [{ ...refusesService, passMs: 340 }] }),
  'flow-apply-fails-retry': () =>
    scene({
      ...badApply,
      resources: [configMap('good'), { kind: 'Service', name: 'Bad_Name', from: SECOND.sha }],
      touches: ['apps/badapply/service-Bad_Name.yaml'],
      start: { ...behind, history: 0 },
      syncs: [refusesService],
    }),
  'flow-namespace-missing': () =>
    scene({
      name: 'nons',
      destination: { namespace: 'does-not-exist', server: IN_CLUSTER.server },
      resources: [configMap('a')],
      start: compared,
      script: { namespaceExists: false },
    }),
  'flow-bad-revision': () =>
    // Recorded in the very second of the last comparison, so the one that follows changes nothing.
    scene({ name: 'badrev', resources: [configMap('badrev')], start: { ...synced, comparedMsAgo: 0 } }),
  'flow-bad-revision-retry': () => scene({ name: 'badrev', resources: [configMap('badrev')], start: synced }),
  'flow-bad-sha': () => scene({ name: 'badrev', resources: [configMap('badrev')], start: synced }),
  'flow-hook-presync': () =>
    scene({
      ...hooked,
      start: compared,
      syncs: [{ hooks: [hook('migrate', 5200)], stale: { order: 'cache-first', cacheMs: 20, compareMs: 17 } }],
    }),
  'flow-hook-fails': () =>
    scene({
      ...hooked,
      start: { ...synced, hooks: true },
      syncs: [{ hooks: [hook('migrate', 3500, { ends: 'Failed' })] }],
    }),
  'flow-hook-postsync': () =>
    scene({
      name: 'post',
      resources: [deployment('post')],
      start: compared,
      syncs: [{ health: rollout(3750), hooks: [hook('notify', 4150, { type: 'PostSync' })] }],
    }),
  'flow-waves': () =>
    scene({
      name: 'waves',
      resources: [deployment('wave-one', { wave: 1 }), configMap('wave-two', { wave: 2 })],
      start: compared,
      syncs: [{ health: rollout(3300), stale: { order: 'together', compareMs: 28 } }],
    }),
  'flow-terminate-running': () =>
    scene({
      ...hooked,
      start: { ...synced, hooks: true },
      syncs: [{ hooks: [hook('migrate', 'forever')] }],
    }),
  'flow-terminate-before-pickup': () => scene(skipping()),
  'flow-skip-reconcile': () => scene(skipping()),
  'flow-patch-while-running': () => scene({ ...hooked, start: synced, syncs: [{ hooks: [hook('migrate', 5000)] }] }),
  'flow-sync-window': () =>
    scene({
      name: 'window',
      resources: [configMap('window')],
      project: 'closed',
      projects: [project({ name: 'closed', syncWindows: [alwaysClosed(['*'])] })],
      start: compared,
      script: { actions: [otherCommit(10_000)] },
      timing: { windowMs: 51_200 },
    }),
  'flow-sync-window-terminate': () =>
    scene({
      name: 'window',
      resources: [configMap('window')],
      project: 'closed',
      projects: [project({ name: 'closed', syncWindows: [alwaysClosed(['*'])] })],
      start: synced,
      script: { actions: [otherCommit(10_000)] },
      timing: { windowMs: 115_830 },
    }),
  'flow-rollout-fresh': () =>
    scene({
      ...roll,
      start: compared,
      script: { actions: [otherCommit(0)] },
      syncs: [{ health: rollout(4000), stale: { order: 'together', compareMs: 50 } }],
    }),
  'flow-rollout-stale-health': () =>
    scene({ ...roll, start: unaware, syncs: [{ health: rollout(3750), stale: { order: 'together', compareMs: 60 } }] }),
  'flow-rollout-stale-health-compared': () => scene({ ...roll, start: behind, syncs: [{ health: rollout(3660) }] }),
  'flow-rollout-degraded': () =>
    scene({
      ...roll,
      start: unaware,
      syncs: [{ health: rollout(6430, 'Degraded'), stale: { order: 'together', compareMs: 40 } }],
    }),
  'flow-degraded-recovers': () =>
    scene({
      ...roll,
      start: { ...unaware, health: 'Degraded' },
      syncs: [{ health: rollout(3450), stale: { order: 'together', compareMs: 50 } }],
    }),
  'flow-degraded-pod': () =>
    scene({
      name: 'crashy',
      resources: [{ kind: 'Pod', name: 'crashy' }],
      start: compared,
      syncs: [{ health: rollout(160, 'Degraded'), stale: { cacheMs: 70 } }],
    }),
  'flow-suspended': () =>
    scene({
      name: 'susp',
      resources: [deployment('susp'), { kind: 'CronJob', name: 'nightly' }],
      start: compared,
      syncs: [{ health: [{ afterMs: 0, health: 'Suspended', message: 'Deployment is paused' }] }],
    }),
  'flow-prune-skipped': () =>
    scene({ ...prune, start: unaware, syncs: [{ stale: { sameSecond: true, cacheMs: 12 } }] }),
  'flow-prune': () =>
    scene({
      ...prune,
      touches: ['apps/prune/configmap-gone.yaml'],
      start: behind,
      syncs: [{ stale: { order: 'before-end' } }],
    }),
  'flow-prune-confirm': () =>
    scene({
      ...prune,
      name: 'confirm',
      resources: [configMap('gone', { until: SECOND.sha, prune: 'confirm' }), configMap('keep')],
      touches: ['apps/confirm/configmap-gone.yaml'],
      start: unaware,
      syncs: [{ stale: { order: 'before-end' } }],
    }),
  'flow-partial-sync': () =>
    scene({
      name: 'prune',
      resources: [configMap('extra'), configMap('keep')],
      start: { ...behind, comparedMsAgo: 0 },
      syncs: [{ stale: { order: 'cache-first' } }, {}],
    }),
  'flow-leak': () =>
    scene({
      name: 'leak',
      resources: [configMap('leak-a'), configMap('leak-b')],
      start: { ...synced, comparedMsAgo: 0 },
    }),
  'flow-autosync': () =>
    scene({
      name: 'auto',
      resources: [configMap('auto')],
      syncPolicy: AUTOMATED,
      start: unaware,
      script: { actions: [{ on: 'start', afterMs: 6920, act: { do: 'live', kind: 'ConfigMap', name: 'auto' } }] },
    }),
  'flow-autosync-and-ours': () =>
    scene({
      name: 'auto',
      resources: [configMap('auto')],
      syncPolicy: AUTOMATED,
      commits: [FIRST],
      start: synced,
      // Ours; ours, its self-heal; a dry run; ours to the second commit, the automatic answer, its self-heal.
      syncs: [{ stale: { order: 'together' } }, {}],
      script: {
        compareMs: 50,
        actions: [
          {
            on: 'start',
            afterMs: 30,
            act: {
              do: 'commit',
              repository: DEPLOY_URL,
              branch: 'main',
              commit: commit('bc6b1aa', { sha: 'bc6b1aa518f473a39e630d2f011886a0c4a86126' }),
            },
          },
          {
            on: 'start',
            afterMs: 4120,
            act: { do: 'commit', repository: DEPLOY_URL, branch: 'main', commit: commit('4a48828') },
          },
        ],
      },
    }),
  'flow-multi-source': () =>
    scene({
      name: 'multi',
      sources: [
        { name: 'one', path: 'apps/multi/one', repoURL: DEPLOY_URL, targetRevision: 'main' },
        { name: 'two', path: 'apps/multi/two', repoURL: DEPLOY_URL, targetRevision: 'main' },
      ],
      resources: [configMap('one', { source: 0 }), configMap('two', { source: 1 })],
      commits: [commit('6da81ed', { sha: '6da81ed32382ef362ee574c76928436038f6c535' })],
      start: compared,
      syncs: [
        { stale: { order: 'cache-first', cacheMs: 10, compareMs: 50 } },
        { stale: { order: 'compare-first', cacheMs: 48 } },
        { stale: { order: 'together' } },
        { stale: { order: 'compare-first', cacheMs: 70 } },
        { stale: { order: 'together' } },
        {},
      ],
      script: {
        actions: [
          {
            on: 'start',
            afterMs: 150,
            act: {
              do: 'commit',
              repository: DEPLOY_URL,
              branch: 'main',
              commit: commit('057441f', { touches: ['apps/other'] }),
            },
          },
          {
            on: 'start',
            afterMs: 1800,
            act: {
              do: 'commit',
              repository: DEPLOY_URL,
              branch: 'main',
              commit: commit('ac731fd', { sha: 'ac731fdd223049aa027ca580a8721b2fe8356cdc' }),
            },
          },
        ],
      },
    }),
  'flow-delete-while-syncing': () =>
    scene({
      name: 'delapp',
      finalizers: ['resources-finalizer.argocd.argoproj.io'],
      resources: [configMap('delapp')],
      start: compared,
      syncs: [{ hooks: [hook('slow-hook', 8850)], stale: { order: 'cache-first', cacheMs: 46, compareMs: 39 } }],
      timing: { deleteMs: 8 },
    }),
  'flow-delete-plain': () => scene({ name: 'delplain', resources: [configMap('x')], start: synced }),
  'flow-comparison-error': () => ({
    fleet: {
      name: 'broken',
      repositories: [
        gitRepository(DEPLOY_URL, [commit('ef99207', { sha: 'ef99207816f7402df4bb2f4c5498529951c773c4' })], {
          missingPaths: ['apps/no-such-path'],
        }),
      ],
      clusters: [IN_CLUSTER],
      projects: [
        project({ name: 'default' }),
        project({ name: 'narrow', destinations: [{ server: IN_CLUSTER.server, namespace: 'elsewhere' }] }),
      ],
      applications: [],
    },
  }),
  'flow-deployment-scaled-by-hand': () =>
    scene({
      name: 'tab',
      resources: [configMap('tab'), deployment('tab')],
      start: synced,
      script: {
        actions: [
          { on: 'start', afterMs: 50, act: { do: 'live', kind: 'Deployment', name: 'tab', health: rollout(96) } },
          { on: 'start', afterMs: 4050, act: { do: 'health', health: rollout(98) } },
          { on: 'start', afterMs: 8050, act: { do: 'live', kind: 'ConfigMap', name: 'tab', gone: true } },
        ],
      },
    }),
};

function skipping(): SceneSettings {
  return {
    name: 'skip',
    annotations: { 'argocd.argoproj.io/skip-reconcile': 'true' },
    resources: [configMap('skip')],
    touches: ['apps/other'],
    start: unaware,
    timing: { compareMs: 48 },
  };
}

/** A scene by the name of its recording. Throws for a name that is not known. */
export function sceneOf(name: string): Scene {
  const make = SCENES[name];
  if (make === undefined) throw new RangeError(`no scene ${name}; there are ${Object.keys(SCENES).join(', ')}`);
  return make();
}
