import { describe, expect, test } from '@jest/globals';
import { commit, DEPLOY_URL, gitRepository, IN_CLUSTER, PROD_EU, project } from '../../../sandbox/fleets/builders.ts';
import { uniform } from '../../../sandbox/fleets/uniform.ts';
import { MODES } from '../harness.ts';
import { app, at, CURRENT, ids, isOurs, ONE, phaseOf, somebody, TWO, tell, UNAWARE, writes } from './tell.ts';

const WRITE = { kubernetes: 'PATCH', argocd: 'POST' } as const;
const rolls = (ms: number) =>
  ({
    syncs: [
      {
        health: [
          { afterMs: 0, health: 'Progressing' },
          { afterMs: ms, health: 'Healthy' },
        ],
      },
    ],
  }) as const;

/** What went wrong in the system this is modelled on, each as it would happen here. */
describe.each(MODES)('bugs that others had, over %s', (mode) => {
  test.concurrent.each([-300_000, -1, 0, 1, 300_000])(
    'H1: the own sync is recognised when the clocks differ by %i ms',
    async (clockOffsetMs) => {
      const told = await tell(mode, {
        fleet: [app('shop', { script: { start: UNAWARE, ...rolls(1500) } })],
        sandbox: { controller: { clockOffsetMs } },
      });
      expect(told.verdicts).toEqual({ shop: 'healthy' });
      expect(told.ours('shop')).toHaveLength(1);
    },
  );

  test.concurrent('H2: an expression selects in the chosen cluster only, and says who was left out', async () => {
    const told = await tell(mode, {
      fleet: [
        app('shop-eu', { destination: { namespace: 'shop', server: PROD_EU.server } }),
        app('shop-here', { destination: { namespace: 'shop', server: IN_CLUSTER.server } }),
      ],
      targets: { regex: 'shop-.*', cluster: PROD_EU.server },
    });
    expect(told.verdicts).toEqual({ 'shop-eu': 'healthy' });
    expect(told.report.selection.excluded).toEqual([
      { ref: { namespace: 'argocd', name: 'shop-here' }, reason: expect.stringContaining('cluster') },
    ]);
    expect(told.operations('shop-here')).toEqual([]);
  });

  test.concurrent.each([
    ['its name', 'in-cluster', { name: 'in-cluster', namespace: 'shop' }],
    ['its URL', 'https://kubernetes.default.svc', { name: 'in-cluster', namespace: 'shop' }],
    ['its URL with a slash', 'https://kubernetes.default.svc/', { server: IN_CLUSTER.server, namespace: 'shop' }],
    ['the name where the Application has the URL', 'in-cluster', { server: IN_CLUSTER.server, namespace: 'shop' }],
  ])('H3: a cluster is meant by %s', async (_, cluster, destination) => {
    const told = await tell(mode, { fleet: [app('shop', { destination })], targets: { regex: '.*', cluster } });
    expect(told.verdicts).toEqual({ shop: 'healthy' });
  });

  test.concurrent('H4: nobody leaves before its own verdict, however long the others take', async () => {
    const told = await tell(mode, {
      fleet: [
        app('quick', { script: rolls(500) }),
        app('slow', { script: rolls(15_000) }),
        app('middle', { script: rolls(7000) }),
      ],
    });
    expect(told.verdicts).toEqual({ quick: 'healthy', slow: 'healthy', middle: 'healthy' });
    const order = told.events.flatMap((event) => (event.kind === 'verdict' ? [event.ref.name] : []));
    expect(order).toEqual(['quick', 'middle', 'slow']);
  });

  test.concurrent('H4: two runs at once sync one after the other, and both are right', async () => {
    const verdicts: string[] = [];
    const told = await tell(mode, {
      fleet: [app('shop', { script: { syncs: [{ passMs: 1500 }] } })],
      meanwhile: async ({ run }) => {
        const other = await run();
        verdicts.push(...Object.values(other.verdicts));
      },
    });
    expect([...verdicts, told.verdicts.shop]).toEqual(['healthy', 'healthy']);
    expect(new Set(ids(told.ours('shop'))).size).toBe(2);
  });

  test.concurrent('H5, H6: a step that runs again is a step of its own', async () => {
    const told = await tell(mode, {
      fleet: [app('shop')],
      after: async ({ run, stored }, first) => {
        const before = stored('shop').metadata;
        const second = await run();
        expect(second.verdicts).toEqual({ shop: 'healthy' });
        expect(second.application('shop').operationId).not.toBe(first.application('shop').operationId);
        expect(stored('shop').metadata.annotations).toEqual(before.annotations);
        expect(stored('shop').metadata.labels).toEqual(before.labels);
      },
    });
    expect(told.ours('shop')).toHaveLength(2);
  });

  test.concurrent('H7: a refresh that gets no answer is tried again, and named', async () => {
    const told = await tell(mode, {
      fleet: [app('shop', { script: { start: CURRENT, syncs: [{ noComparison: true }] } })],
      connection: { requestTimeoutMs: 300 },
      faults: [
        mode === 'kubernetes'
          ? { when: { method: 'PATCH' }, skip: 1, effect: { kind: 'hang' } }
          : { when: { path: 'refresh=normal' }, effect: { kind: 'hang' } },
      ],
    });
    expect(told.verdicts).toEqual({ shop: 'healthy' });
    expect(told.application('shop').notes).toContainEqual(
      expect.stringMatching(/^could not ask for a refresh: .*no answer/),
    );
  });

  test.concurrent('H8: an Application that is read slowly does not hold up the others', async () => {
    const told = await tell(mode, {
      fleet: [app('slow'), ...uniform(5).applications],
      faults: [{ when: { path: 'applications/slow' }, times: 0, effect: { kind: 'delay', ms: 700 } }],
    });
    expect(new Set(Object.values(told.verdicts))).toEqual(new Set(['healthy']));
    const order = told.events.flatMap((event) => (event.kind === 'verdict' ? [event.ref.name] : []));
    expect(order.at(-1)).toBe('slow');
  });

  test.concurrent('H8: a server that asks for patience gets it', async () => {
    const told = await tell(mode, {
      fleet: uniform(5).applications,
      targets: { regex: '.*' },
      faults: [
        {
          when: { path: 'applications' },
          skip: 1,
          times: 6,
          effect: { kind: 'status', status: 429, headers: { 'retry-after': '2' } },
        },
      ],
    });
    expect(new Set(Object.values(told.verdicts))).toEqual(new Set(['healthy']));
    for (const { name } of told.report.applications) expect(told.ours(name)).toHaveLength(1);
  });

  test.concurrent('H9: a controller that stops in the middle: the text says where it stands still', async () => {
    const told = await tell(mode, {
      fleet: [app('shop', { script: { syncs: [{ passMs: 3000 }] } })],
      waiting: { timeoutMs: 20_000 },
      meanwhile: async ({ sandbox, until }) => {
        await until('shop', (object) => phaseOf(object) === 'Running');
        sandbox.controller.pause();
      },
    });
    expect(told.application('shop')).toMatchObject({
      verdict: 'timed-out',
      message: expect.stringMatching(/^operation Running/),
    });
  });

  test.concurrent('H9: a controller that stops after the operation: a refresh is tried, and what is missing is said', async () => {
    const told = await tell(mode, {
      fleet: [app('shop', { script: { start: UNAWARE, syncs: [{ noComparison: true, health: [] }] } })],
      waiting: { timeoutMs: 20_000 },
      meanwhile: async ({ sandbox, until }) => {
        await until('shop', (object) => isOurs(object) && phaseOf(object) === 'Succeeded');
        sandbox.controller.pause();
      },
    });
    expect(told.application('shop')).toMatchObject({
      verdict: 'timed-out',
      message: 'Argo CD has not compared it since its operation ended (refresh asked)',
    });
  });

  test.concurrent('H9: one that comes back goes on where it was', async () => {
    const told = await tell(mode, {
      fleet: [app('shop', { script: { syncs: [{ passMs: 2000 }] } })],
      meanwhile: async ({ sandbox, until, pass }) => {
        await until('shop', (object) => phaseOf(object) === 'Running');
        sandbox.controller.pause();
        await pass(10_000);
        sandbox.controller.resume();
      },
    });
    expect(told.verdicts).toEqual({ shop: 'healthy' });
  });

  const several = (more: Parameters<typeof app>[1] = {}) =>
    app('shop', {
      sources: [
        { repoURL: DEPLOY_URL, path: 'apps/shop', targetRevision: 'main' },
        { repoURL: DEPLOY_URL, path: 'values', targetRevision: '', name: 'values' },
        { repoURL: DEPLOY_URL, path: 'more', targetRevision: 'main', name: 'more' },
      ],
      ...more,
    });

  test.concurrent('H10: a multi-source Application is done when it is done, with all its revisions', async () => {
    const told = await tell(mode, {
      fleet: [several()],
      more: {
        repositories: [
          gitRepository(DEPLOY_URL, [commit('one'), commit('two')], { branches: { HEAD: TWO }, tags: { v1: ONE } }),
        ],
      },
    });
    expect(told.application('shop')).toMatchObject({
      verdict: 'healthy',
      phase: 'Succeeded',
      revisions: [TWO, TWO, TWO],
    });
  });

  test.concurrent.each(['shop.v2', 'argocd/shop.v2', 'sh-op.eu-west-1.prod'])(
    'H11: a name with dots or a namespace: %s',
    async (name) => {
      const told = await tell(mode, { fleet: [app(name.replace(/^.*\//, ''))], applications: name });
      expect(Object.values(told.verdicts)).toEqual(['healthy']);
    },
  );

  test.concurrent('H13: the rights that are documented are enough, for ending operations too', async () => {
    const told = await tell(mode, {
      fleet: [
        app('shop', {
          script: {
            syncs: [{ hooks: [{ type: 'PreSync', name: 'migrate', takesMs: 'forever' }] }, { noComparison: true }],
          },
        }),
      ],
      account: 'deployer',
      before: async ({ act, until }) => {
        act('shop', somebody());
        await until('shop', (object) => phaseOf(object) === 'Running');
      },
      operation: { onRunningOperation: 'terminate' },
    });
    expect(told.verdicts).toEqual({ shop: 'healthy' });
  });

  test.concurrent('H15: fields of other types than expected crash nothing', async () => {
    const strange = {
      conditions: 'none',
      summary: 5,
      history: [null, 7, { id: 'x' }],
      sourceTypes: {},
      resources: { a: 1 },
      operationState: { syncResult: { resources: [null, 3, { kind: 7 }], revision: 4 }, retryCount: 'many' },
    };
    const told = await tell(mode, {
      fleet: [
        app('shop', {
          script: {
            ...rolls(3000),
            actions: [{ on: 'terminal', afterMs: 500, act: { do: 'patch', patch: { status: strange } } }],
          },
        }),
        app('store'),
      ],
    });
    expect(told.verdicts).toEqual({ shop: 'healthy', store: 'healthy' });
  });

  test.concurrent('H16: a suspended workload behind further waves is named early, with what to do', async () => {
    const told = await tell(mode, {
      fleet: [
        app('shop', {
          script: {
            resources: [
              { group: 'argoproj.io', version: 'v1alpha1', kind: 'Rollout', name: 'shop', image: 'shop:1' },
              { kind: 'Deployment', name: 'shop', image: 'shop:1' },
              { kind: 'ConfigMap', name: 'after', wave: 1 },
            ],
            syncs: [{ health: [{ afterMs: 0, health: 'Suspended', message: 'CanaryPauseStep' }] }],
          },
        }),
      ],
      waiting: { timeoutMs: 40_000, suspended: 'pass' },
      meanwhile: async ({ said }) => {
        await said((event) => event.kind === 'note' && event.text.includes('which is suspended: resume it'));
      },
    });
    expect(told.application('shop')).toMatchObject({
      verdict: 'timed-out',
      message: expect.stringContaining('waiting for healthy state of'),
      hint: expect.stringMatching(/which is suspended: resume it, or the operation never ends/),
    });
  });

  test.concurrent('H16: once it is resumed the operation goes on', async () => {
    const told = await tell(mode, {
      fleet: [
        app('shop', {
          script: {
            resources: [
              { kind: 'Deployment', name: 'shop', image: 'shop:1' },
              { kind: 'ConfigMap', name: 'after', wave: 1 },
            ],
            syncs: [{ health: [{ afterMs: 0, health: 'Suspended' }] }],
          },
        }),
      ],
      meanwhile: async ({ act, said }) => {
        await said((event) => event.kind === 'note' && event.text.includes('which is suspended'));
        act('shop', { do: 'health', health: [{ afterMs: 0, health: 'Healthy' }] });
      },
    });
    expect(told.verdicts).toEqual({ shop: 'healthy' });
  });

  test.concurrent('H17: who is left out for another owner is told with the reason', async () => {
    const told = await tell(mode, {
      fleet: [
        app('shop', { labels: { 'harness.io/serviceRef': 'shop', 'harness.io/envRef': 'prod' } }),
        app('shop-test', { labels: { 'harness.io/serviceRef': 'shop', 'harness.io/envRef': 'test' } }),
        app('other'),
      ],
      targets: { regex: '.*', service: 'shop', environment: 'prod' },
    });
    expect(told.verdicts).toEqual({ shop: 'healthy' });
    expect(told.report.selection.excluded.map(({ ref }) => ref.name).sort()).toEqual(['other', 'shop-test']);
    for (const { reason } of told.report.selection.excluded) expect(reason).toMatch(/harness\.io\/(serviceRef|envRef)/);
  });

  test.concurrent('H18: one name in two namespaces is never mixed up', async () => {
    const told = await tell(mode, {
      fleet: [
        app('shop', { script: { syncs: [{ error: 'rpc error: no such chart' }] } }),
        app('shop', { namespace: 'team-a' }),
      ],
      targets: { regex: 'shop' },
      connection: { namespaces: '*' },
    });
    expect(told.report.applications.map(({ namespace, verdict }) => `${namespace} ${verdict}`)).toEqual([
      'argocd sync-failed',
      'team-a healthy',
    ]);
  });

  test.concurrent('H19: the revision that is given is the one that is asked for and the one that is verified', async () => {
    const told = await tell(mode, { fleet: [app('shop')], operation: { revision: 'v1', expectedRevision: ONE } });
    expect(told.application('shop')).toMatchObject({ verdict: 'healthy', revisions: [ONE] });
    expect(at(told.ours('shop')[0], 'sync', 'revision')).toBe(mode === 'kubernetes' ? 'v1' : ONE);
    const missed = await tell(mode, { fleet: [app('shop')], operation: { revision: 'v1', expectedRevision: TWO } });
    expect(missed.verdicts).toEqual({ shop: 'mismatch' });
  });

  test.concurrent('H20: nothing but syncs, refreshes and terminations is ever written', async () => {
    const told = await tell(mode, {
      fleet: [
        app('shop', {
          source: { repoURL: DEPLOY_URL, path: 'apps/shop', targetRevision: 'main', helm: { valuesObject: { a: 1 } } },
        }),
        app('store', { script: { start: CURRENT, syncs: [{ noComparison: true }] } }),
        app('busy', { script: { syncs: [{ hooks: [{ type: 'PreSync', name: 'migrate', takesMs: 'forever' }] }, {}] } }),
      ],
      before: async ({ act, until }) => {
        act('busy', somebody());
        await until('busy', (object) => phaseOf(object) === 'Running');
      },
      operation: { onRunningOperation: 'terminate' },
    });
    expect(new Set(Object.values(told.verdicts))).toEqual(new Set(['healthy']));
    for (const { method, path, body } of writes(told.requests)) {
      if (mode === 'argocd') {
        expect(`${method} ${path.replace(/\?.*/, '')}`).toMatch(/^(POST .*\/sync|DELETE .*\/operation)$/);
        continue;
      }
      expect(method).toBe('PATCH');
      const patch: Record<string, unknown> = JSON.parse(body);
      expect(Object.keys(patch).filter((key) => !['metadata', 'operation', 'status'].includes(key))).toEqual([]);
      expect(Object.keys((patch.status ?? {}) as object).filter((key) => key !== 'operationState')).toEqual([]);
    }
    expect(at(told.scene.stored('shop'), 'spec', 'source', 'helm')).toEqual({ valuesObject: { a: 1 } });
  });

  test.concurrent('H22: a failed sync is not OutOfSync, and OutOfSync is not a failed sync', async () => {
    const told = await tell(mode, {
      fleet: [
        app('failed', { script: { start: CURRENT, syncs: [{ error: 'rpc error: no such chart' }] } }),
        app('outdated', { script: { syncs: [{ passMs: 500 }] } }),
      ],
      targets: { regex: '.*', onlyOutOfSync: true },
    });
    expect(told.verdicts).toEqual({ failed: 'unchanged', outdated: 'healthy' });
    expect(told.operations('failed')).toEqual([]);
  });

  test.concurrent.each([400, 401, 403, 404, 405, 409, 410, 415, 418, 422, 429, 500, 502, 503, 504])(
    'H28: status %i of a write becomes a sentence and a verdict',
    async (status) => {
      const told = await tell(mode, {
        fleet: [app('shop')],
        faults: [{ when: { method: WRITE[mode] }, times: 0, effect: { kind: 'status', status } }],
        waiting: { timeoutMs: 60_000 },
      });
      const { verdict, message } = told.application('shop');
      expect(verdict).toMatch(/^(error|forbidden|not-found|conflict|timed-out)$/);
      expect(message).toMatch(/\w+ \w+ \w+/);
      expect(message).not.toMatch(/undefined|\[object|NaN/);
      expect(told.ours('shop')).toEqual([]);
    },
  );

  test.concurrent('H29: a source in the middle moves, and no revision changes its place', async () => {
    const told = await tell(mode, {
      fleet: [several({ script: { start: { runs: [TWO, TWO, ONE], compared: 'current' } } })],
      more: {
        repositories: [
          gitRepository(DEPLOY_URL, [commit('one'), commit('two')], { branches: { HEAD: TWO }, tags: { v1: ONE } }),
        ],
      },
      operation: { sources: [{ key: 'values', revision: 'v1' }] },
    });
    expect(told.application('shop')).toMatchObject({ verdict: 'healthy', revisions: [TWO, ONE, ONE] });
  });

  test.concurrent('H29: an Application of another project has its own rights and windows', async () => {
    const told = await tell(mode, {
      fleet: [app('shop'), app('pay', { project: 'payments' })],
      more: { projects: [project({ name: 'default' }), project({ name: 'payments' })] },
    });
    expect(told.verdicts).toEqual({ shop: 'healthy', pay: 'healthy' });
  });
});

describe('over the Argo CD API only', () => {
  test.each([
    ['v2.8.4+abc', true],
    ['v2.10.0', true],
    ['v2.11.0', false],
    ['v3.5.1+def', false],
    ['latest', false],
  ])('H27: a server of version %s is too old: %p', async (version, old) => {
    const told = await tell('argocd', { fleet: [app('shop')], sandbox: { argocd: { version } } });
    expect(told.verdicts).toEqual({ shop: 'healthy' });
    expect(told.warnings.filter((text) => text.includes(version))).toHaveLength(old ? 1 : 0);
  });
});
