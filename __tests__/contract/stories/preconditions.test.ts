import { describe, expect, test } from '@jest/globals';
import { alwaysClosed, DEPLOY_URL, project } from '../../../sandbox/fleets/builders.ts';
import { MODES } from '../harness.ts';
import { app, at, ids, ONE, occupied, phaseOf, phases, somebody, TWO, tell, writes } from './tell.ts';

const SKIP = { 'argocd.argoproj.io/skip-reconcile': 'true' };
/** The first sync, somebody else's, takes this long; the ones after it go well. */
const busyFor = (takesMs: number | 'forever') => ({
  syncs: [{ hooks: [{ type: 'PreSync', name: 'migrate', takesMs }] } as const, {}],
});
/** Running without an operation: what a restarted controller leaves behind. */
const stuck = { status: { operationState: { phase: 'Running', finishedAt: null, message: 'waiting' } } };

/** Rules 6 to 13: looked at before anything is written. */
describe.each(MODES)('preconditions over %s', (mode) => {
  test.concurrent('Rule 6: an Application that is being deleted is not touched', async () => {
    const told = await tell(mode, {
      fleet: [app('shop', { finalizers: ['resources-finalizer.argocd.argoproj.io'] })],
      sandbox: { timing: { profile: 'real', deleteMs: 3_600_000 } },
      before: ({ act }) => act('shop', { do: 'delete' }),
    });
    expect(told.application('shop')).toMatchObject({ verdict: 'deleted', message: 'is being deleted' });
    expect(writes(told.requests)).toEqual([]);
  });

  test.concurrent('Rule 7: an Application that Argo CD skips is not touched, and what to do is said', async () => {
    const told = await tell(mode, { fleet: [app('shop', { annotations: SKIP })] });
    expect(told.application('shop')).toMatchObject({
      verdict: 'error',
      message: expect.stringContaining('skip-reconcile is "true", so a sync would never start'),
      hint: expect.stringContaining('kubectl -n argocd annotate application shop'),
    });
    expect(writes(told.requests)).toEqual([]);
  });

  test.concurrent.each(['by name', 'by expression'])(
    'Rules 6 and 7: the same whether it was read or listed, %s',
    async (how) => {
      const told = await tell(mode, {
        fleet: [app('shop', { annotations: SKIP }), app('store', { finalizers: ['foregroundDeletion'] })],
        sandbox: { timing: { profile: 'real', deleteMs: 3_600_000 } },
        before: ({ act }) => act('store', { do: 'delete' }),
        ...(how === 'by name' ? {} : { targets: { regex: '.*' } }),
      });
      expect(told.verdicts).toEqual({ shop: 'error', store: 'deleted' });
      expect(writes(told.requests)).toEqual([]);
    },
  );

  test.concurrent("Rule 8: wait: somebody's operation ends first, then ours is asked for", async () => {
    const told = await tell(mode, { fleet: [app('shop', { script: busyFor(8000) })], before: occupied('shop') });
    expect(told.verdicts).toEqual({ shop: 'healthy' });
    expect(told.application('shop').notes).toContainEqual(
      expect.stringMatching(/^waiting: another operation, started by somebody, is Running/),
    );
    expect(told.operations('shop').map((operation) => ids([operation]).length)).toEqual([0, 1]);
  });

  test.concurrent('Rule 8: wait: an operation that never ends is named at the deadline', async () => {
    const told = await tell(mode, {
      fleet: [app('shop', { script: busyFor('forever') })],
      before: occupied('shop'),
      waiting: { timeoutMs: 20_000 },
    });
    expect(told.application('shop')).toMatchObject({
      verdict: 'timed-out',
      message: expect.stringMatching(/^not started: another operation, started by somebody, is Running: .*hook/),
    });
    expect(told.ours('shop')).toEqual([]);
  });

  test.concurrent('Rule 8: join: an operation that does what we want is taken for ours', async () => {
    const told = await tell(mode, {
      fleet: [app('shop', { script: busyFor(8000) })],
      before: occupied('shop'),
      operation: { onRunningOperation: 'join' },
    });
    expect(told.verdicts).toEqual({ shop: 'healthy' });
    expect(told.ours('shop')).toEqual([]);
  });

  test.concurrent('Rule 8: join: its failure is the verdict', async () => {
    const told = await tell(mode, {
      fleet: [
        app('shop', {
          script: { syncs: [{ hooks: [{ type: 'PreSync', name: 'migrate', takesMs: 8000, ends: 'Failed' }] }, {}] },
        }),
      ],
      before: occupied('shop'),
      operation: { onRunningOperation: 'join' },
    });
    expect(told.verdicts).toEqual({ shop: 'sync-failed' });
    expect(told.ours('shop')).toEqual([]);
  });

  test.concurrent.each([
    ['prunes', { prune: true }],
    ['is a dry run', { dryRun: true }],
    ['syncs another revision', { revision: ONE }],
    ['syncs one resource only', { resources: [{ kind: 'Service', name: 'shop' }] }],
  ])('Rule 8: join: one that %s is waited for, and ours comes after it', async (_, sync) => {
    const told = await tell(mode, {
      fleet: [app('shop', { script: { syncs: [{ passMs: 3000 }, {}] } })],
      before: occupied('shop', sync),
      operation: { onRunningOperation: 'join' },
    });
    expect(told.verdicts).toEqual({ shop: 'healthy' });
    expect(told.ours('shop')).toHaveLength(1);
    expect(told.application('shop').revisions).toEqual([TWO]);
  });

  test.concurrent('Rule 8: terminate: it is ended, and ours starts when it has ended', async () => {
    const told = await tell(mode, {
      fleet: [app('shop', { script: busyFor('forever') })],
      before: occupied('shop'),
      operation: { onRunningOperation: 'terminate' },
    });
    expect(told.verdicts).toEqual({ shop: 'healthy' });
    expect(phases(told.scene, 'shop')).toEqual([
      'Succeeded',
      'Running',
      'Terminating',
      'Failed',
      'Running',
      'Succeeded',
    ]);
  });

  test.concurrent('Rule 8: fail: it is left alone', async () => {
    const told = await tell(mode, {
      fleet: [app('shop', { script: busyFor('forever') })],
      before: occupied('shop'),
      operation: { onRunningOperation: 'fail' },
    });
    expect(told.application('shop')).toMatchObject({
      verdict: 'conflict',
      message: expect.stringMatching(/^another operation, started by somebody/),
    });
    expect(writes(told.requests).filter(({ status }) => status < 300)).toEqual([]);
    expect(phaseOf(told.scene.stored('shop'))).toBe('Running');
  });

  test.concurrent('Rule 8: an operation that was asked for and not picked up yet is in the way too', async () => {
    const told = await tell(mode, {
      fleet: [app('shop', { script: { syncs: [{ pickupMs: 3000 }, {}] } })],
      before: ({ act }) => act('shop', somebody()),
    });
    expect(told.verdicts).toEqual({ shop: 'healthy' });
    expect(told.operations('shop').map((operation) => ids([operation]).length)).toEqual([0, 1]);
  });

  test.concurrent('Rule 8: a pause between tries is no end: finishedAt beside Running', async () => {
    const told = await tell(mode, {
      fleet: [app('shop', { script: { syncs: [{ error: 'rpc error: no such chart', errorAttempts: 1 }, {}] } })],
      before: async (scene) => {
        scene.act('shop', {
          do: 'operation',
          operation: {
            initiatedBy: { username: 'somebody' },
            retry: { limit: 2, backoff: { duration: '4s' } },
            sync: {},
          },
        });
        await scene.until('shop', (object) => at(object, 'status', 'operationState', 'retryCount') === 1);
      },
    });
    expect(told.verdicts).toEqual({ shop: 'healthy' });
    const [theirs, ours] = told.operations('shop');
    expect([ids([theirs ?? {}]).length, ids([ours ?? {}]).length]).toEqual([0, 1]);
  });

  test.concurrent('Rule 8: stuck: Running without an operation is told after a second look, not synced over', async () => {
    const told = await tell(mode, {
      fleet: [app('shop')],
      before: ({ act }) => act('shop', { do: 'patch', patch: stuck }),
    });
    expect(told.application('shop')).toMatchObject({
      verdict: 'conflict',
      message: expect.stringMatching(/^its operation is shown as Running since .*, but nobody works on it any more/),
      hint: expect.stringContaining('on-running-operation: terminate'),
    });
    expect(told.ours('shop')).toEqual([]);
  });

  test.concurrent('Rule 8: stuck: what only looked so for a moment is no obstacle', async () => {
    const told = await tell(mode, {
      fleet: [app('shop')],
      before: ({ act }) => act('shop', { do: 'patch', patch: stuck }),
      meanwhile: async ({ act, pass }) => {
        await pass(2500);
        act('shop', {
          do: 'patch',
          patch: { status: { operationState: { phase: 'Succeeded', finishedAt: '2026-11-20T09:59:59Z' } } },
        });
      },
    });
    expect(told.verdicts).toEqual({ shop: 'healthy' });
    expect(told.ours('shop')).toHaveLength(1);
  });

  test.concurrent('Rule 8: stuck: terminate starts a new operation in its place, and says so', async () => {
    const told = await tell(mode, {
      fleet: [app('shop')],
      before: ({ act }) => act('shop', { do: 'patch', patch: stuck }),
      operation: { onRunningOperation: 'terminate' },
    });
    expect(told.verdicts).toEqual({ shop: 'healthy' });
    expect(told.application('shop').notes).toContainEqual(
      expect.stringMatching(/nobody works on it any more; starting afresh$/),
    );
  });

  test.concurrent('Rule 9: auto-sync would revert another revision, so it is refused with the reason', async () => {
    const told = await tell(mode, {
      fleet: [app('shop', { syncPolicy: { automated: { selfHeal: true } } })],
      operation: { revision: ONE },
    });
    expect(told.application('shop')).toMatchObject({
      verdict: 'mismatch',
      message: `auto-sync is on and follows main: it would revert a sync to ${ONE}`,
      hint: expect.stringContaining('expected-revision'),
    });
    expect(told.ours('shop')).toEqual([]);
  });

  test.concurrent.each([
    ['auto-sync that is switched off', { automated: { enabled: false } }, { revision: 'v1' }, 'healthy'],
    ['the same revision by the same name', { automated: {} }, { revision: 'main' }, 'healthy'],
    ['a dry run', { automated: {} }, { revision: 'v1', dryRun: true }, 'synced'],
  ])('Rule 9: %s is not refused', async (_, syncPolicy, operation, verdict) => {
    const told = await tell(mode, { fleet: [app('shop', { syncPolicy })], operation });
    expect(told.verdicts).toEqual({ shop: verdict });
  });

  test.concurrent('Rule 10: fail: a closed sync window is named, and nothing is written', async () => {
    const told = await tell(mode, { fleet: [app('shop', { project: 'closed' })] });
    expect(told.application('shop')).toMatchObject({
      verdict: 'blocked',
      message: 'a sync window is closed, so nothing was started',
      hint: expect.stringContaining('on-sync-window'),
    });
    expect(told.operations('shop')).toEqual([]);
  });

  test.concurrent('Rule 10: manualSync lets it through, although Argo CD shows it as blocked first', async () => {
    const windows = [{ ...alwaysClosed(['*']), manualSync: true }];
    const told = await tell(mode, {
      fleet: [app('shop', { project: 'manual' })],
      more: { projects: [project({ name: 'default' }), project({ name: 'manual', syncWindows: windows })] },
      sandbox: { timing: { profile: 'real', shortPassMs: 2_000 } },
    });
    expect(told.verdicts).toEqual({ shop: 'healthy' });
    expect(JSON.stringify(told.events)).toContain('blocked by sync window');
    expect(told.ours('shop')).toHaveLength(1);
  });

  test.concurrent('Rule 10: skip: it passes, and nothing is written', async () => {
    const told = await tell(mode, {
      fleet: [app('shop', { project: 'closed' })],
      operation: { onSyncWindow: 'skip' },
    });
    expect(told.verdicts).toEqual({ shop: 'skipped' });
    expect(told.report.result).toBe('succeeded');
    expect(told.operations('shop')).toEqual([]);
  });

  test.concurrent('Rule 10: wait: the sync is asked for when the window opens', async () => {
    const told = await tell(mode, {
      fleet: [app('shop', { project: 'closed' })],
      operation: { onSyncWindow: 'wait' },
      meanwhile: async ({ act, pass }) => {
        await pass(8000);
        act('shop', { do: 'patch-project', project: 'closed', patch: { spec: { syncWindows: null } } });
      },
    });
    expect(told.verdicts).toEqual({ shop: 'healthy' });
    expect(told.application('shop').notes).toContain('a sync window is closed; waiting for it to open');
    expect(told.ours('shop')).toHaveLength(1);
  });

  test.concurrent('Rule 10: wait: a window that stays closed is named at the deadline', async () => {
    const told = await tell(mode, {
      fleet: [app('shop', { project: 'closed' })],
      operation: { onSyncWindow: 'wait' },
      waiting: { timeoutMs: 20_000 },
    });
    expect(told.application('shop')).toMatchObject({
      verdict: 'timed-out',
      message: expect.stringContaining('sync window'),
    });
    expect(told.operations('shop')).toEqual([]);
  });

  test.concurrent('Rule 11: all sources of a multi-source Application go to their targets', async () => {
    const told = await tell(mode, {
      fleet: [
        app('shop', {
          sources: [
            { repoURL: DEPLOY_URL, path: 'apps/shop', targetRevision: 'main' },
            { repoURL: DEPLOY_URL, path: 'values', targetRevision: 'old', ref: 'values' },
          ],
        }),
      ],
    });
    expect(told.verdicts).toEqual({ shop: 'healthy' });
    expect(told.application('shop').revisions).toEqual([TWO, ONE]);
  });

  test.concurrent('Rule 11: one revision for several sources is refused before anything is written', async () => {
    const told = await tell(mode, {
      fleet: [
        app('shop', {
          sources: [
            { repoURL: DEPLOY_URL, path: 'apps/shop', targetRevision: 'main' },
            { repoURL: DEPLOY_URL, path: 'values', targetRevision: 'old' },
          ],
        }),
      ],
      operation: { revision: 'v1' },
    });
    expect(told.application('shop')).toMatchObject({
      verdict: 'error',
      message: expect.stringContaining('has 2 sources'),
    });
    expect(told.operations('shop')).toEqual([]);
  });

  /** Two sources that both follow `main`; the first commit of both runs. */
  const behind = () =>
    app('shop', {
      sources: [
        { repoURL: DEPLOY_URL, path: 'apps/shop', targetRevision: 'main' },
        { repoURL: DEPLOY_URL, path: 'values', targetRevision: 'main', name: 'values' },
      ],
      script: { start: { runs: [ONE, ONE], compared: 'current' } },
    });

  test.concurrent.each(['2', 'values'])('Rule 11: a source is named by position or name: %s', async (key) => {
    const told = await tell(mode, { fleet: [behind()], operation: { sources: [{ key, revision: '' }] } });
    expect(told.application('shop')).toMatchObject({ verdict: 'healthy', revisions: [ONE, TWO] });
  });

  test.concurrent.each([
    ['does not exist', [{ key: '3', revision: '' }]],
    [
      'is named twice',
      [
        { key: '2', revision: '' },
        { key: 'values', revision: 'v1' },
      ],
    ],
  ])('Rule 11: a source that %s is refused before anything is written', async (_, sources) => {
    const told = await tell(mode, { fleet: [behind()], operation: { sources } });
    expect(told.application('shop').verdict).not.toBe('healthy');
    expect(told.operations('shop')).toEqual([]);
  });

  test.concurrent('Rule 12: sources that are not to move stay at what they run, not at what was last compared', async () => {
    const told = await tell(mode, { fleet: [behind()], operation: { sources: [{ key: '1', revision: '' }] } });
    expect(at(told.scene.stored('shop'), 'status', 'sync', 'revisions')).toEqual([TWO, TWO]);
    expect(told.application('shop')).toMatchObject({ verdict: 'healthy', revisions: [TWO, ONE] });
  });

  test.concurrent('Rule 13: wildcards are expanded to what is there, and the sync is a partial one', async () => {
    const told = await tell(mode, {
      fleet: [app('shop')],
      operation: {
        resources: [
          { text: '*:*:*', exclude: false, group: '*', kind: '*', namespace: '', name: '*' },
          { text: '!apps:Deployment:*', exclude: true, group: 'apps', kind: 'Deployment', namespace: '', name: '*' },
        ],
      },
    });
    expect(told.application('shop')).toMatchObject({ verdict: 'healthy', syncStatus: 'OutOfSync' });
    expect(at(told.ours('shop')[0], 'sync', 'resources')).toEqual([
      expect.objectContaining({ kind: 'Service', name: 'shop' }),
    ]);
  });

  test.concurrent('Rule 13: what fits no resource fails, because an empty list would sync everything', async () => {
    const told = await tell(mode, {
      fleet: [app('shop')],
      operation: {
        resources: [{ text: ':Secret:*', exclude: false, group: '', kind: 'Secret', namespace: '', name: '*' }],
      },
    });
    expect(told.application('shop').verdict).not.toBe('healthy');
    expect(
      writes(told.requests).filter(({ path, body }) => path.endsWith('/sync') || body.includes('"operation"')),
    ).toEqual([]);
  });
});

const parkedBy = {
  name: 'windowless',
  token: 'windowless-token',
  rights: {
    kubernetes: [{ resources: ['applications'], verbs: ['get', 'list', 'watch', 'patch'], namespaces: ['argocd'] }],
  },
};

describe('a plan over the Kubernetes API', () => {
  test.each([
    ['fail', 'blocked', 'a sync window is closed, so nothing would be started'],
    ['skip', 'skipped', 'a sync window is closed, so nothing would be started'],
    ['wait', 'planned', 'would be synced when its sync window opens'],
  ] as const)('Rule 10: tells a closed sync window; %s: %s', async (onSyncWindow, verdict, message) => {
    const told = await tell('kubernetes', {
      command: 'plan',
      fleet: [app('shop', { project: 'closed' })],
      operation: { onSyncWindow },
    });
    expect(told.application('shop')).toMatchObject({ verdict, message: expect.stringContaining(message) });
    expect(told.operations('shop')).toEqual([]);
  });
});

describe('an account of the Kubernetes API that may not read AppProjects', () => {
  const projects = [project({ name: 'default' }), project({ name: 'closed', syncWindows: [alwaysClosed(['*'])] })];

  test.concurrent('Rule 10: fail: the parked operation is taken for blocked, not for running, and told to end', async () => {
    const told = await tell('kubernetes', {
      fleet: [app('shop', { project: 'closed' })],
      more: { projects, accounts: [parkedBy] },
      account: 'windowless',
    });
    expect(told.application('shop')).toMatchObject({
      verdict: 'blocked',
      message: 'a sync window is closed, and Argo CD parked the operation; it was told to end, and will sync nothing',
    });
    expect(phaseOf(told.scene.stored('shop'))).toBe('Terminating');
  });

  test.concurrent('Rule 10: wait: the parked operation runs when the window opens', async () => {
    const told = await tell('kubernetes', {
      fleet: [app('shop', { project: 'closed' })],
      more: { projects, accounts: [parkedBy] },
      account: 'windowless',
      operation: { onSyncWindow: 'wait' },
      sandbox: { timing: { profile: 'real', windowMs: 10_000 } },
      meanwhile: async ({ act, pass }) => {
        await pass(8000);
        act('shop', { do: 'patch-project', project: 'closed', patch: { spec: { syncWindows: null } } });
      },
    });
    expect(told.verdicts).toEqual({ shop: 'healthy' });
    expect(told.application('shop').notes).toContain('a sync window is closed: the operation is parked until it opens');
    expect(told.ours('shop')).toHaveLength(1);
  });
});
