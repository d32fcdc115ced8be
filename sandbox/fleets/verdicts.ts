import type { Script, SyncScript } from '../controller/script.ts';
import { alwaysClosed, application, commit, DEPLOY_URL, gitRepository, IN_CLUSTER, project, sha } from './builders.ts';
import type { Fleet, FleetApplication } from './fleet.ts';

const FIRST = 'First version';
const SECOND = 'Second version';

const outdated: Script = { start: { runs: 'previous', compared: 'current' } };
const quick: SyncScript = {
  health: [
    { afterMs: 0, health: 'Progressing' },
    { afterMs: 60, health: 'Healthy' },
  ],
};
const withSync = (sync: SyncScript, more: Script = {}): Script => ({
  ...outdated,
  syncs: [{ ...quick, ...sync }],
  ...more,
});

/**
 * One Application for each way a run can end, named after it; all of them one version behind. `not-found` has none.
 * The account `half` may do everything but touch `forbidden`.
 */
export const VERDICT_SCRIPTS: Readonly<Record<string, Script>> = {
  healthy: withSync({}),
  unchanged: { start: { runs: 'target', compared: 'current' } },
  'sync-failed': withSync({
    refusals: [
      { kind: 'Service', name: 'sync-failed', message: 'Service "sync-failed" is invalid: spec.ports: Required value' },
    ],
  }),
  'sync-failed-once': withSync({
    refusals: [
      { kind: 'Service', name: 'sync-failed-once', message: 'etcdserver: request timed out', attempts: 1 },
      { kind: 'Deployment', name: 'sync-failed-once', message: 'etcdserver: request timed out', attempts: 1 },
    ],
  }),
  'hook-failed': withSync({ hooks: [{ type: 'PreSync', name: 'migrate', takesMs: 80, ends: 'Failed' }] }),
  degraded: withSync({
    health: [
      { afterMs: 0, health: 'Progressing' },
      { afterMs: 80, health: 'Degraded', message: 'Deployment "degraded" exceeded its progress deadline' },
    ],
  }),
  'degraded-recovers': withSync({
    health: [
      { afterMs: 0, health: 'Progressing' },
      { afterMs: 60, health: 'Degraded' },
      { afterMs: 400, health: 'Progressing' },
      { afterMs: 500, health: 'Healthy' },
    ],
  }),
  flapping: withSync({
    health: [
      { afterMs: 0, health: 'Progressing' },
      { afterMs: 50, health: 'Healthy' },
      { afterMs: 300, health: 'Progressing' },
      { afterMs: 600, health: 'Healthy' },
    ],
  }),
  'timed-out': withSync({ health: [{ afterMs: 0, health: 'Progressing' }] }),
  'never-picked-up': withSync({ never: true }),
  'hook-forever': withSync({ hooks: [{ type: 'PreSync', name: 'wait', takesMs: 'forever' }] }),
  suspended: withSync({ health: [{ afterMs: 0, health: 'Suspended', message: 'Deployment is paused' }] }),
  missing: withSync(
    {},
    { actions: [{ on: 'terminal', afterMs: 30, act: { do: 'live', kind: 'Service', name: 'missing', gone: true } }] },
  ),
  blocked: withSync({}),
  // Somebody else's operation runs and does not end.
  conflict: withSync(
    { hooks: [{ type: 'PreSync', name: 'wait', takesMs: 'forever' }] },
    {
      actions: [
        { on: 'start', act: { do: 'operation', operation: { initiatedBy: { username: 'somebody' }, sync: {} } } },
      ],
    },
  ),
  // Somebody else's operation replaces ours as soon as it has ended, and its state with it.
  overtaken: withSync(
    {},
    {
      actions: [
        {
          on: 'terminal',
          afterMs: 20,
          act: { do: 'operation', operation: { initiatedBy: { automated: true }, sync: {} } },
        },
      ],
    },
  ),
  // Somebody terminates what we started.
  terminated: withSync(
    { hooks: [{ type: 'PreSync', name: 'wait', takesMs: 'forever' }] },
    { actions: [{ on: 'running', afterMs: 60, act: { do: 'terminate' } }] },
  ),
  deleted: withSync({}, { actions: [{ on: 'running', afterMs: 40, act: { do: 'delete' } }] }),
  'skip-reconcile': outdated,
  'bad-revision': { start: { runs: [sha(FIRST)], compared: 'current' } },
  forbidden: withSync({}),
  'older-version': withSync({ stale: { order: 'compare-first', cacheMs: 150 } }),
  'stale-same-second': withSync(
    {
      stale: { sameSecond: true, compareMs: 60, cacheMs: 200 },
      health: [
        { afterMs: 0, health: 'Progressing' },
        { afterMs: 700, health: 'Healthy' },
      ],
    },
    { start: { runs: 'previous', compared: 'before' } },
  ),
};

/** An Application per verdict. */
export function verdicts(): Fleet {
  return {
    name: 'verdicts',
    repositories: [gitRepository(DEPLOY_URL, [commit(FIRST), commit(SECOND)], { tags: { v1: sha(FIRST) } })],
    clusters: [IN_CLUSTER],
    projects: [project({ name: 'default' }), project({ name: 'closed', syncWindows: [alwaysClosed(['*'])] })],
    applications: Object.entries(VERDICT_SCRIPTS).map(([name, script]) => one(name, script)),
    accounts: [
      {
        name: 'half',
        token: 'half-token',
        rights: {
          kubernetes: [
            {
              resources: ['applications', 'appprojects'],
              verbs: ['get', 'list', 'watch'],
              namespaces: ['argocd'],
            },
            {
              resources: ['applications'],
              verbs: ['patch'],
              namespaces: ['argocd'],
              names: Object.keys(VERDICT_SCRIPTS).filter((name) => name !== 'forbidden'),
            },
          ],
          argocd: [
            { resource: 'applications', action: 'get', object: '*/*' },
            ...Object.keys(VERDICT_SCRIPTS)
              .filter((name) => name !== 'forbidden')
              .map((name) => ({ resource: 'applications', action: 'sync', object: `*/${name}` })),
          ],
        },
      },
    ],
  };
}

function one(name: string, script: Script): FleetApplication {
  return application({
    name,
    labels: { verdict: name },
    project: name === 'blocked' ? 'closed' : 'default',
    ...(name === 'skip-reconcile' ? { annotations: { 'argocd.argoproj.io/skip-reconcile': 'true' } } : {}),
    source: {
      path: `apps/${name}`,
      repoURL: DEPLOY_URL,
      targetRevision: name === 'bad-revision' ? 'no-such-branch' : 'main',
    },
    script,
  });
}
