import { describe, expect, test } from '@jest/globals';
import type { HealthStep, Script, StaleWindow } from '../../../sandbox/controller/script.ts';
import { commit, DEPLOY_URL, gitRepository } from '../../../sandbox/fleets/builders.ts';
import { SKIP_RECONCILE_ANNOTATION } from '../../../src/argocd/application.ts';
import { MODES } from '../harness.ts';
import {
  app,
  at,
  CURRENT,
  ids,
  ONE,
  OUTDATED,
  phaseOf,
  somebody,
  type Told,
  TWO,
  tell,
  UNAWARE,
  writes,
} from './tell.ts';

/** Progressing from the apply on, then this. */
const rollout = (ms: number, health: HealthStep['health'] = 'Healthy', message?: string): readonly HealthStep[] => [
  { afterMs: 0, health: 'Progressing' },
  { afterMs: ms, health, ...(message === undefined ? {} : { message }) },
];

/** What was recorded between the end of an operation and the truth, and longer than it was. */
const WINDOWS: Readonly<Record<string, { readonly start: Script['start']; readonly stale: StaleWindow }>> = {
  'Synced and Healthy of the old commit, then compared before the cluster was seen': {
    start: UNAWARE,
    stale: { order: 'compare-first', compareMs: 700, cacheMs: 300 },
  },
  'Synced and Healthy of the old commit, then the cluster before the comparison': {
    start: UNAWARE,
    stale: { order: 'cache-first', cacheMs: 700, compareMs: 300 },
  },
  'Synced and Healthy of the old commit, then all at once': {
    start: UNAWARE,
    stale: { order: 'together', compareMs: 1600 },
  },
  'OutOfSync from the start, compared again before the cluster was seen': {
    start: OUTDATED,
    stale: { order: 'compare-first', compareMs: 300, cacheMs: 700 },
  },
  'OutOfSync from the start, Progressing while reconciledAt is still old': {
    start: OUTDATED,
    stale: { order: 'cache-first', cacheMs: 300, compareMs: 700 },
  },
  'compared in the very second of the sync: reconciledAt is its end from the first event on': {
    start: UNAWARE,
    stale: { order: 'compare-first', sameSecond: true, compareMs: 1600, cacheMs: 100 },
  },
  'compared in the very second of the sync, and all at once later': {
    start: UNAWARE,
    stale: { order: 'together', sameSecond: true, compareMs: 1600 },
  },
};

/** Rules 30 to 37: when Healthy is healthy. */
describe.each(MODES)('waiting for health over %s', (mode) => {
  for (const [what, { start, stale }] of Object.entries(WINDOWS)) {
    for (const late of [1, 6]) {
      test.concurrent(`Rule 30: not healthy before the new version is: ${what}${late === 1 ? '' : ', late by seconds'}`, async () => {
        const times = { compareMs: (stale.compareMs ?? 0) * late, cacheMs: (stale.cacheMs ?? 0) * late };
        const told = await tell(mode, {
          fleet: [
            app('shop', {
              script: { start: start ?? {}, syncs: [{ stale: { ...stale, ...times }, health: rollout(4000 * late) }] },
            }),
          ],
        });
        // Every healthy is checked against what really runs; see tell.ts.
        expect(told.application('shop')).toMatchObject({ verdict: 'healthy', revisions: [TWO], syncStatus: 'Synced' });
        expect(told.tookMs).toBeGreaterThan(4000 * late);
      });
    }
  }

  test.concurrent('Rule 30: not healthy when the rollout ends Degraded, whatever was shown before', async () => {
    const told = await tell(mode, {
      fleet: [
        app('shop', {
          script: {
            start: UNAWARE,
            syncs: [
              {
                stale: { order: 'compare-first', sameSecond: true, compareMs: 1000, cacheMs: 500 },
                health: rollout(3000, 'Degraded', 'CrashLoopBackOff'),
              },
            ],
          },
        }),
      ],
      waiting: { degradedTimeoutMs: 0 },
    });
    expect(told.application('shop')).toMatchObject({
      verdict: 'degraded',
      message: expect.stringContaining('Degraded'),
    });
  });

  test.concurrent.each([
    ['reconciledAt stays', { compareMs: 300, cacheMs: 700 }],
    ['reconciledAt moves while the cluster is seen late', { compareMs: 50, cacheMs: 1500 }],
    ['in the same second', { sameSecond: true, compareMs: 700, cacheMs: 700 }],
  ])('Rule 30: an older commit: Synced is never success by itself, %s', async (_, stale) => {
    const told = await tell(mode, {
      fleet: [app('shop', { script: { start: CURRENT, syncs: [{ stale, health: rollout(4000) }] } })],
      operation: { revision: 'v1' },
    });
    expect(told.application('shop')).toMatchObject({ verdict: 'healthy', revisions: [ONE], syncStatus: 'OutOfSync' });
    expect(told.scene.sandbox.controller.truth('argocd', 'shop')).toMatchObject({ revisions: [ONE] });
    expect(told.tookMs).toBeGreaterThan(4000);
  });

  /** Longer than was ever seen: what runs reaches Argo CD seconds after a comparison that is fresh in all its stamps. */
  const LATE = [
    { compareMs: 50, cacheMs: 6000 },
    { compareMs: 1000, cacheMs: 6000 },
    { compareMs: 6000, cacheMs: 1500 },
    { compareMs: 6000, cacheMs: 4000 },
  ] as const;

  test.concurrent.each(LATE)(
    'Rule 30: an older commit: not even a consumed refresh makes a lie true, compared after $compareMs ms and seen after $cacheMs',
    async (stale) => {
      const told = await tell(mode, {
        fleet: [app('shop', { script: { start: CURRENT, syncs: [{ stale, health: rollout(20_000) }] } })],
        operation: { revision: 'v1' },
      });
      expect(told.application('shop')).toMatchObject({ verdict: 'healthy', syncStatus: 'OutOfSync' });
      expect(told.tookMs).toBeGreaterThan(20_000);
    },
  );

  test.concurrent.each(LATE)(
    'Rule 30: nor where OutOfSync passes, compared after $compareMs ms and seen after $cacheMs',
    async (stale) => {
      const told = await tell(mode, {
        fleet: [app('shop', { script: { syncs: [{ stale, health: rollout(20_000) }] } })],
        waiting: { requireSynced: false },
      });
      expect(told.verdicts).toEqual({ shop: 'healthy' });
      expect(told.tookMs).toBeGreaterThan(20_000);
    },
  );

  test.concurrent.each(LATE)(
    'Rule 34: nor the Degraded of before a failure, compared after $compareMs ms and seen after $cacheMs',
    async (stale) => {
      const told = await tell(mode, {
        fleet: [
          app('shop', {
            script: { start: { ...CURRENT, health: 'Degraded' }, syncs: [{ stale, health: rollout(20_000) }] },
          }),
        ],
        operation: { revision: 'v1' },
        waiting: { degradedTimeoutMs: 0 },
      });
      expect(told.verdicts).toEqual({ shop: 'healthy' });
    },
  );

  test.concurrent('Rule 30: an older commit that changes nothing need not wait for what cannot come', async () => {
    const told = await tell(mode, {
      fleet: [
        app('shop', {
          script: {
            resources: [{ kind: 'ConfigMap', name: 'shop', file: 'elsewhere' }],
            start: { runs: [ONE], compared: 'current' },
            syncs: [{}],
          },
        }),
      ],
      operation: { revision: 'v1' },
    });
    expect(told.verdicts).toEqual({ shop: 'healthy' });
    expect(told.tookMs).toBeLessThan(10_000);
  });

  test.concurrent('Rule 30: an older commit that ends Degraded is not healthy', async () => {
    const told = await tell(mode, {
      fleet: [
        app('shop', {
          script: {
            start: CURRENT,
            syncs: [{ stale: { compareMs: 50, cacheMs: 1500 }, health: rollout(3000, 'Degraded') }],
          },
        }),
      ],
      operation: { revision: 'v1' },
      waiting: { degradedTimeoutMs: 0 },
    });
    expect(told.verdicts).toEqual({ shop: 'degraded' });
  });

  test.concurrent('Rule 30: Healthy beside sync Unknown is worth nothing', async () => {
    const told = await tell(mode, {
      fleet: [
        app('shop', {
          script: {
            start: CURRENT,
            actions: [
              { on: 'terminal', act: { do: 'patch', patch: { spec: { source: { path: 'apps/gone' } } } } },
              { on: 'terminal', act: { do: 'refresh' } },
            ],
          },
        }),
      ],
      more: {
        repositories: [gitRepository(DEPLOY_URL, [commit('one'), commit('two')], { missingPaths: ['apps/gone'] })],
      },
      waiting: { timeoutMs: 15_000, requireSynced: false },
    });
    expect(told.application('shop')).toMatchObject({
      verdict: 'timed-out',
      syncStatus: 'Unknown',
      healthStatus: 'Healthy',
      message: expect.stringMatching(/^ComparisonError: .*apps\/gone.*; Unknown, wanted Synced/),
    });
  });

  test.concurrent('Rule 31: a refresh is asked for once, where nothing proves itself', async () => {
    const told = await tell(mode, {
      fleet: [app('shop', { script: { start: CURRENT, syncs: [{ noComparison: true }] } })],
    });
    expect(told.verdicts).toEqual({ shop: 'healthy' });
    expect(told.requests.filter(isRefresh(mode))).toHaveLength(1);
  });

  test.concurrent('Rule 31: no refresh where the comparison comes by itself', async () => {
    const told = await tell(mode, { fleet: [app('shop', { script: { syncs: [{ health: rollout(1000) }] } })] });
    expect(told.verdicts).toEqual({ shop: 'healthy' });
    expect(told.requests.filter(isRefresh(mode))).toEqual([]);
  });

  test.concurrent("Rule 31: somebody's refresh that is pending is not overwritten, and ours comes after it if still needed", async () => {
    const told = await tell(mode, {
      fleet: [
        app('shop', {
          script: {
            start: CURRENT,
            compareMs: 6000,
            syncs: [{ noComparison: true }],
            actions: [{ on: 'terminal', act: { do: 'refresh', kind: 'hard' } }],
          },
        }),
      ],
    });
    expect(told.verdicts).toEqual({ shop: 'healthy' });
    const asked = told.requests.filter(isRefresh(mode));
    expect(asked.length).toBeLessThanOrEqual(1);
    const history = told.scene.sandbox.store.since(told.scene.sandbox.store.oldestVersion);
    const annotations = (history === 'expired' ? [] : history).map(({ object }) =>
      at(object, 'metadata', 'annotations', 'argocd.argoproj.io/refresh'),
    );
    const kinds = annotations.filter((kind, index) => kind !== undefined && kind !== annotations[index - 1]);
    expect(kinds[0]).toBe('hard');
  });

  test.concurrent('Rule 32: Healthy must hold; anything else begins it anew', async () => {
    const told = await tell(mode, {
      fleet: [
        app('shop', {
          script: {
            syncs: [
              {
                health: [
                  { afterMs: 0, health: 'Progressing' },
                  { afterMs: 1000, health: 'Healthy' },
                  { afterMs: 4000, health: 'Progressing' },
                  { afterMs: 6000, health: 'Healthy' },
                ],
              },
            ],
          },
        }),
      ],
      waiting: { healthyForMs: 5000 },
    });
    expect(told.verdicts).toEqual({ shop: 'healthy' });
    expect(told.tookMs).toBeGreaterThan(11_000);
  });

  test.concurrent('Rule 33: Healthy beside OutOfSync does not pass: a resource that is gone is not unhealthy', async () => {
    const told = await tell(mode, {
      fleet: [
        app('shop', {
          script: {
            actions: [{ on: 'terminal', afterMs: 200, act: { do: 'live', kind: 'Service', name: 'shop', gone: true } }],
          },
        }),
      ],
      waiting: { timeoutMs: 15_000 },
    });
    expect(told.application('shop')).toMatchObject({
      verdict: 'timed-out',
      healthStatus: 'Healthy',
      message: expect.stringContaining('OutOfSync, wanted Synced'),
    });
  });

  test.concurrent('Rule 33: unless it is not asked for', async () => {
    const told = await tell(mode, {
      fleet: [
        app('shop', {
          script: {
            actions: [{ on: 'terminal', afterMs: 200, act: { do: 'live', kind: 'Service', name: 'shop', gone: true } }],
          },
        }),
      ],
      waiting: { requireSynced: false },
    });
    expect(told.application('shop')).toMatchObject({ verdict: 'healthy', syncStatus: 'OutOfSync' });
  });

  test.concurrent('Rule 34: Degraded fails at once where that is asked for', async () => {
    const told = await tell(mode, {
      fleet: [app('shop', { script: { syncs: [{ health: rollout(1000, 'Degraded', 'CrashLoopBackOff') }] } })],
      waiting: { degradedTimeoutMs: 0 },
    });
    expect(told.application('shop')).toMatchObject({ verdict: 'degraded', healthStatus: 'Degraded' });
    expect(told.tookMs).toBeLessThan(30_000);
  });

  test.concurrent('Rule 34: Degraded fails after its grace', async () => {
    const told = await tell(mode, {
      fleet: [app('shop', { script: { syncs: [{ health: rollout(1000, 'Degraded') }] } })],
      waiting: { degradedTimeoutMs: 8000 },
    });
    expect(told.application('shop')).toMatchObject({
      verdict: 'degraded',
      message: expect.stringMatching(/^Degraded for \d+(\.\d)?s/),
    });
    expect(told.tookMs).toBeGreaterThan(9000);
  });

  test.concurrent('Rule 34: Degraded that recovers within its grace is healthy', async () => {
    const told = await tell(mode, {
      fleet: [
        app('shop', {
          script: { syncs: [{ health: [...rollout(1000, 'Degraded'), { afterMs: 5000, health: 'Healthy' }] }] },
        }),
      ],
      waiting: { degradedTimeoutMs: 30_000 },
    });
    expect(told.verdicts).toEqual({ shop: 'healthy' });
  });

  test.concurrent('Rule 34: without a limit Degraded is named at the deadline', async () => {
    const told = await tell(mode, {
      fleet: [app('shop', { script: { syncs: [{ health: rollout(1000, 'Degraded') }] } })],
      waiting: { timeoutMs: 15_000 },
    });
    expect(told.application('shop')).toMatchObject({
      verdict: 'timed-out',
      message: expect.stringMatching(/^Degraded for \d+(\.\d)?s, wanted Healthy/),
    });
  });

  test.concurrent('Rule 34: Degraded from before the sync is no failure of it', async () => {
    const told = await tell(mode, {
      fleet: [
        app('shop', {
          script: {
            start: { ...UNAWARE, health: 'Degraded' },
            syncs: [{ stale: { compareMs: 500, cacheMs: 800 }, health: rollout(3000) }],
          },
        }),
      ],
      waiting: { degradedTimeoutMs: 0 },
    });
    expect(told.verdicts).toEqual({ shop: 'healthy' });
  });

  const suspended: Script = { syncs: [{ health: [{ afterMs: 0, health: 'Suspended', message: 'CanaryPauseStep' }] }] };

  test.concurrent('Rule 35: Suspended is waited for, and named at the deadline', async () => {
    const told = await tell(mode, { fleet: [app('shop', { script: suspended })], waiting: { timeoutMs: 15_000 } });
    expect(told.application('shop')).toMatchObject({
      verdict: 'timed-out',
      message: expect.stringMatching(/^Suspended, wanted Healthy/),
    });
  });

  test.concurrent('Rule 35: Suspended passes where that is asked for', async () => {
    const told = await tell(mode, { fleet: [app('shop', { script: suspended })], waiting: { suspended: 'pass' } });
    expect(told.application('shop')).toMatchObject({ verdict: 'healthy', healthStatus: 'Suspended' });
  });

  test.concurrent('Rule 35: Suspended that is resumed is healthy', async () => {
    const told = await tell(mode, {
      fleet: [
        app('shop', {
          script: {
            syncs: [
              {
                health: [
                  { afterMs: 0, health: 'Suspended' },
                  { afterMs: 4000, health: 'Progressing' },
                  { afterMs: 6000, health: 'Healthy' },
                ],
              },
            ],
          },
        }),
      ],
    });
    expect(told.verdicts).toEqual({ shop: 'healthy' });
  });

  test.concurrent.each(['Missing', 'Unknown'] as const)('Rule 35: %s is never success', async (health) => {
    const told = await tell(mode, {
      fleet: [app('shop', { script: { syncs: [{ health: [{ afterMs: 0, health }] }] } })],
      waiting: { timeoutMs: 12_000, suspended: 'pass', requireSynced: false },
    });
    expect(told.application('shop')).toMatchObject({ verdict: 'timed-out', message: expect.stringContaining(health) });
  });

  test.concurrent('Rule 7: an Application that Argo CD is told to skip while its health is waited for is not called healthy', async () => {
    const told = await tell(mode, {
      fleet: [
        app('shop', {
          script: {
            syncs: [{ health: rollout(6000) }],
            actions: [
              {
                on: 'healthy',
                afterMs: 100,
                act: { do: 'patch', patch: { metadata: { annotations: { [SKIP_RECONCILE_ANNOTATION]: 'true' } } } },
              },
              { on: 'healthy', afterMs: 200, act: { do: 'live', kind: 'Deployment', name: 'shop', gone: true } },
            ],
          },
        }),
      ],
      waiting: { healthyForMs: 5000 },
    });
    expect(told.application('shop')).toMatchObject({
      verdict: 'error',
      message: expect.stringContaining('skip-reconcile is "true", so what is shown of it is not kept up to date'),
    });
    expect(told.tookMs).toBeLessThan(30_000);
  });

  const breaks = (path: string, afterMs: number) =>
    ({ on: 'terminal', afterMs, act: { do: 'patch', patch: { spec: { source: { path } } } } }) as const;
  const repositories = [gitRepository(DEPLOY_URL, [commit('one'), commit('two')], { missingPaths: ['apps/gone'] })];

  test.concurrent('Rule 36: a comparison that fails for good ends the wait with its words', async () => {
    const told = await tell(mode, {
      fleet: [
        app('shop', {
          script: {
            syncs: [{ health: rollout(2000) }],
            actions: [breaks('apps/gone', 500), { on: 'terminal', afterMs: 600, act: { do: 'refresh' } }],
          },
        }),
      ],
      more: { repositories },
      waiting: { timeoutMs: 600_000, healthyForMs: 3000 },
    });
    expect(told.application('shop')).toMatchObject({
      verdict: 'error',
      message: expect.stringMatching(/^ComparisonError: .*apps\/gone/),
    });
    expect(told.tookMs).toBeLessThan(120_000);
  });

  test.concurrent('Rule 36: one that passes is forgiven', async () => {
    const told = await tell(mode, {
      fleet: [
        app('shop', {
          script: {
            syncs: [{ health: rollout(2000) }],
            actions: [
              breaks('apps/gone', 500),
              { on: 'terminal', afterMs: 600, act: { do: 'refresh' } },
              breaks('apps/shop', 6000),
              { on: 'terminal', afterMs: 6100, act: { do: 'refresh' } },
            ],
          },
        }),
      ],
      more: { repositories },
      waiting: { healthyForMs: 3000 },
    });
    expect(told.verdicts).toEqual({ shop: 'healthy' });
  });

  test.concurrent('Rule 37: an Application that is deleted meanwhile has its own verdict', async () => {
    const told = await tell(mode, {
      fleet: [
        app('shop', {
          script: {
            syncs: [{ health: rollout(60_000) }],
            actions: [{ on: 'terminal', afterMs: 1000, act: { do: 'delete' } }],
          },
        }),
        app('store'),
      ],
    });
    expect(told.verdicts).toEqual({ shop: 'deleted', store: 'healthy' });
  });

  test.concurrent('an operation that follows ours is waited for, and its revision decides', async () => {
    const told = await tell(mode, {
      fleet: [
        app('shop', {
          script: {
            syncs: [{ health: rollout(2000) }, { passMs: 3000, always: true, health: rollout(2000) }],
            actions: [{ on: 'terminal', afterMs: 800, act: somebody() }],
          },
        }),
      ],
    });
    expect(told.verdicts).toEqual({ shop: 'healthy' });
    expect(told.application('shop').notes).toContainEqual(
      expect.stringMatching(/started after the sync; waiting for it too$/),
    );
  });

  test.concurrent('an operation that follows ours with another revision is a conflict', async () => {
    const told = await tell(mode, {
      fleet: [
        app('shop', {
          script: {
            syncs: [{ health: rollout(20_000) }, {}],
            actions: [{ on: 'terminal', afterMs: 1500, act: somebody({ revision: ONE }) }],
          },
        }),
      ],
    });
    expect(told.application('shop')).toMatchObject({
      verdict: 'conflict',
      message: `synced ${TWO.slice(0, 7)}, then somebody synced ${ONE.slice(0, 7)}`,
    });
  });

  describe('command: wait', () => {
    test.concurrent('waits for an operation of somebody else and then for health; writes nothing', async () => {
      const told = await tell(mode, {
        fleet: [app('shop', { script: { syncs: [{ passMs: 3000, health: rollout(3000) }] } })],
        before: ({ act }) => act('shop', somebody()),
        command: 'wait',
      });
      expect(told.verdicts).toEqual({ shop: 'healthy' });
      expect(told.ours('shop')).toEqual([]);
      expect(writes(told.requests).filter((request) => !isRefresh(mode)(request))).toEqual([]);
    });

    test.concurrent('fails with an operation that fails', async () => {
      const told = await tell(mode, {
        fleet: [app('shop', { script: { syncs: [{ passMs: 4000, error: 'rpc error: no such chart' }] } })],
        before: async ({ act, until }) => {
          act('shop', somebody());
          await until('shop', (object) => phaseOf(object) === 'Running');
        },
        command: 'wait',
      });
      expect(told.application('shop')).toMatchObject({
        verdict: 'sync-failed',
        message: expect.stringContaining('no such chart'),
      });
    });

    test.concurrent('waits until the expected revision runs', async () => {
      const told = await tell(mode, {
        fleet: [app('shop', { script: { start: UNAWARE, syncs: [{ health: rollout(2000) }] } })],
        command: 'wait',
        operation: { expectedRevision: TWO.slice(0, 8) },
        meanwhile: async ({ act, pass }) => {
          await pass(5000);
          act('shop', somebody());
        },
      });
      expect(told.verdicts).toEqual({ shop: 'healthy' });
      expect(told.tookMs).toBeGreaterThan(7000);
    });

    test.concurrent('what is Synced and Healthy already is healthy soon', async () => {
      const told = await tell(mode, { fleet: [app('shop', { script: { start: CURRENT } })], command: 'wait' });
      expect(told.verdicts).toEqual({ shop: 'healthy' });
      expect(told.tookMs).toBeLessThan(20_000);
    });

    test.concurrent('says what is missing at the deadline', async () => {
      const told = await tell(mode, { fleet: [app('shop')], command: 'wait', waiting: { timeoutMs: 12_000 } });
      expect(told.application('shop')).toMatchObject({
        verdict: 'timed-out',
        message: expect.stringContaining('OutOfSync, wanted Synced'),
      });
    });
  });
});

/** What other tools take for fresh, of a state after the end of an operation that is Synced and Healthy. */
const TRUSTED: Readonly<Record<string, (now: Stamps, first: Stamps) => boolean>> = {
  'nothing more': () => true,
  'reconciledAt is not before finishedAt': (now) => now.reconciledAt >= now.finishedAt,
  'reconciledAt moved, and is not before finishedAt': (now, first) =>
    now.reconciledAt !== first.reconciledAt && now.reconciledAt >= now.finishedAt,
};

interface Stamps {
  readonly reconciledAt: string;
  readonly finishedAt: string;
}

const stampsOf = (object: unknown): Stamps => ({
  reconciledAt: String(at(object, 'status', 'reconciledAt')),
  finishedAt: String(at(object, 'status', 'operationState', 'finishedAt')),
});

/** Which of them would have called the Application healthy before its rollout had begun to show. */
function liars({ scene, ours }: Told): readonly string[] {
  const [id = ''] = ids(ours('shop'));
  const history = scene.sandbox.store.since(scene.sandbox.store.oldestVersion);
  const states = (history === 'expired' ? [] : history).map(({ object }) => object);
  const ended = states.filter(
    (object) => phaseOf(object) === 'Succeeded' && JSON.stringify(at(object, 'status', 'operationState')).includes(id),
  );
  const shown = ended.findIndex((object) => at(object, 'status', 'health', 'status') === 'Progressing');
  const [first] = ended;
  const tempting = ended
    .slice(0, shown)
    .filter((object) => at(object, 'status', 'sync', 'status') === 'Synced')
    .filter((object) => at(object, 'status', 'health', 'status') === 'Healthy');
  return Object.keys(TRUSTED).filter((rule) =>
    tempting.some((object) => TRUSTED[rule]?.(stampsOf(object), stampsOf(first))),
  );
}

describe('what other tools trust, in the same stories', () => {
  const NOTHING_MORE = 'nothing more';
  const NOT_BEFORE = 'reconciledAt is not before finishedAt';
  const MOVED = 'reconciledAt moved, and is not before finishedAt';
  test.concurrent.each([
    ['the new commit is not known', UNAWARE, { compareMs: 700, cacheMs: 300 }, '', [NOTHING_MORE]],
    [
      'the same, and compared in the same second',
      UNAWARE,
      { sameSecond: true, compareMs: 1600, cacheMs: 100 },
      '',
      [NOTHING_MORE, NOT_BEFORE],
    ],
    ['OutOfSync from the start', OUTDATED, { compareMs: 300, cacheMs: 700 }, '', []],
    ['an older commit', CURRENT, { compareMs: 1500, cacheMs: 1500 }, 'v1', [NOTHING_MORE, NOT_BEFORE, MOVED]],
  ] as const)('Rule 30: %s', async (_, start, stale, revision, expected) => {
    const told = await tell('kubernetes', {
      fleet: [app('shop', { script: { start, syncs: [{ stale, health: rollout(4000) }] } })],
      operation: { revision },
    });
    expect(told.verdicts).toEqual({ shop: 'healthy' });
    expect(liars(told)).toEqual(expected);
  });
});

const isRefresh =
  (mode: string) =>
  ({ method, path, body }: { readonly method: string; readonly path: string; readonly body: string }): boolean =>
    mode === 'kubernetes'
      ? method === 'PATCH' && body.includes('argocd.argoproj.io/refresh')
      : path.includes('refresh=normal');
