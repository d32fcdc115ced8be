import { describe, expect, test } from '@jest/globals';
import type { Hook } from '../../../sandbox/controller/script.ts';
import { commit, DEPLOY_URL, sha } from '../../../sandbox/fleets/builders.ts';
import { MODES } from '../harness.ts';
import { app, at, CURRENT, ids, ONE, OUTDATED, somebody, TWO, tell, UNAWARE } from './tell.ts';

const hook = (takesMs: Hook['takesMs'], more: Partial<Hook> = {}): Hook => ({
  type: 'PreSync',
  name: 'migrate',
  takesMs,
  ...more,
});

/** Rules 22 to 29: from the request to the end of the operation. */
describe.each(MODES)('following over %s', (mode) => {
  test.concurrent("Rule 22: the end of somebody's operation is not the end of ours", async () => {
    // Theirs succeeds while ours waits in the queue behind it; ours fails.
    const told = await tell(mode, {
      fleet: [
        app('shop', {
          script: { syncs: [{ passMs: 2000 }, { pickupMs: 3000, error: 'rpc error: no such chart' }] },
        }),
      ],
      before: ({ act }) => act('shop', somebody()),
    });
    expect(told.application('shop')).toMatchObject({
      verdict: 'sync-failed',
      message: expect.stringContaining('no such chart'),
    });
  });

  test.concurrent('Rule 22: the state of an earlier sync of the same author is not ours', async () => {
    const told = await tell(mode, {
      fleet: [app('shop', { script: { syncs: [{ pickupMs: 4000, error: 'rpc error: no such chart' }] } })],
      before: ({ act }) =>
        act('shop', {
          do: 'patch',
          patch: {
            status: {
              operationState: {
                operation: { info: [{ name: 'gitopssync/id', value: 'of-yesterday' }] },
                phase: 'Succeeded',
              },
            },
          },
        }),
    });
    expect(told.verdicts).toEqual({ shop: 'sync-failed' });
  });

  test.concurrent('Rule 23: an operation that nobody picks up is named early, and again at the deadline with what to do', async () => {
    const told = await tell(mode, {
      fleet: [app('shop', { script: { syncs: [{ never: true }] } })],
      waiting: { timeoutMs: 90_000 },
      meanwhile: async ({ said }) => {
        await said(
          (event) => event.kind === 'note' && event.text.startsWith('no controller has picked the operation up for 1m'),
        );
      },
    });
    expect(told.application('shop')).toMatchObject({
      verdict: 'timed-out',
      message: expect.stringMatching(/^no controller has picked the operation up for 1m\d+s/),
      hint: expect.stringContaining('application controller runs'),
    });
  });

  test.concurrent('Rule 23: a long queue is not a controller that is down', async () => {
    const told = await tell(mode, {
      fleet: [app('shop', { script: { syncs: [{ pickupMs: 40_000 }] } })],
    });
    expect(told.verdicts).toEqual({ shop: 'healthy' });
  });

  test.concurrent('Rule 24: overwritten by self-heal at once, ours is found in the history', async () => {
    const told = await tell(mode, {
      fleet: [
        app('shop', {
          syncPolicy: { automated: { selfHeal: true } },
          script: { start: UNAWARE, syncs: [{ stale: { order: 'compare-first', compareMs: 20, cacheMs: 400 } }, {}] },
        }),
      ],
    });
    expect(told.verdicts).toEqual({ shop: 'healthy' });
    expect(told.application('shop').revisions).toEqual([TWO]);
  });

  test.concurrent('Rule 24: overwritten while the streams were down, the history tells', async () => {
    const told = await tell(mode, {
      fleet: [app('shop', { script: { syncs: [{ passMs: 12_000 }, { passMs: 1000 }] } })],
      faults: [{ when: { path: 'watch=1|/stream/' }, times: 0, effect: { kind: 'hang' } }],
      waiting: { pollIntervalMs: 5000 },
      meanwhile: async ({ act, until }) => {
        await until('shop', (object) => {
          const state = at(object, 'status', 'operationState');
          return at(state, 'phase') === 'Succeeded' && ids([{ ...(at(state, 'operation') as object) }]).length === 1;
        });
        act('shop', somebody());
      },
    });
    expect(told.verdicts).toEqual({ shop: 'healthy' });
    expect(told.ours('shop')).toHaveLength(1);
  });

  test.concurrent('Rule 24: removed before it began, its result is not guessed', async () => {
    const told = await tell(mode, {
      fleet: [app('shop', { script: { start: CURRENT, syncs: [{ pickupMs: 10_000 }] } })],
      meanwhile: async ({ act, until }) => {
        await until('shop', (object) => object.operation !== undefined);
        act('shop', { do: 'remove-operation' });
      },
    });
    expect(told.application('shop')).toMatchObject({
      verdict: 'conflict',
      message: expect.stringMatching(/^the operation was overtaken or removed before its result could be seen/),
    });
  });

  test.concurrent("Rule 24: replaced before its result was seen, the other's success is not ours", async () => {
    const told = await tell(mode, {
      fleet: [app('shop', { script: { syncs: [{ pickupMs: 5000 }, {}] } })],
      meanwhile: async ({ act, until }) => {
        await until('shop', (object) => object.operation !== undefined);
        act('shop', somebody());
      },
    });
    expect(told.application('shop')).toMatchObject({ verdict: 'conflict', hint: expect.stringContaining('again') });
  });

  test.concurrent('Rule 25: a failed attempt is not the end while Argo CD tries again, and each try is told', async () => {
    const told = await tell(mode, {
      fleet: [app('shop', { script: { syncs: [{ error: 'rpc error: no such chart', errorAttempts: 2 }] } })],
      operation: { retry: { limit: 3, backoff: { duration: '2s', factor: 1, maxDuration: '2s' } } },
    });
    expect(told.verdicts).toEqual({ shop: 'healthy' });
    expect(told.application('shop').notes).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^attempt 1 failed, Argo CD tries again: .*no such chart/),
        expect.stringMatching(/^attempt 2 failed, Argo CD tries again: .*no such chart/),
      ]),
    );
  });

  test.concurrent('Rule 25: when all attempts have failed, the verdict tells how many', async () => {
    const told = await tell(mode, {
      fleet: [app('shop', { script: { syncs: [{ error: 'rpc error: no such chart' }] } })],
      operation: { retry: { limit: 2, backoff: { duration: '1s', factor: 1, maxDuration: '1s' } } },
    });
    expect(told.application('shop')).toMatchObject({
      verdict: 'sync-failed',
      message: expect.stringMatching(/no such chart.*2 (retries|times)/),
    });
  });

  test.concurrent('Rule 26: a failed apply fails at once, with the resource, whatever health says', async () => {
    const told = await tell(mode, {
      fleet: [
        app('shop', {
          script: {
            syncs: [
              {
                refusals: [{ kind: 'Service', name: 'shop', message: 'Service "shop" is invalid: spec.ports' }],
                health: [{ afterMs: 0, health: 'Progressing' }],
              },
            ],
          },
        }),
      ],
    });
    expect(told.application('shop')).toMatchObject({
      verdict: 'sync-failed',
      message: expect.stringContaining('Service "shop" is invalid: spec.ports'),
      resources: expect.arrayContaining([expect.objectContaining({ kind: 'Service', status: 'SyncFailed' })]),
    });
    expect(told.tookMs).toBeLessThan(30_000);
  });

  test.concurrent('Rule 26: a hook that fails is named', async () => {
    const told = await tell(mode, {
      fleet: [app('shop', { script: { syncs: [{ hooks: [hook(1000, { ends: 'Failed' })] }] } })],
    });
    expect(told.application('shop')).toMatchObject({
      verdict: 'sync-failed',
      message: expect.stringMatching(/Job\/migrate/),
    });
  });

  test.concurrent('Rule 26: a revision that does not exist has the same verdict and remedy over both transports', async () => {
    const told = await tell(mode, { fleet: [app('shop')], operation: { revision: 'no-such-branch' } });
    expect(told.application('shop')).toMatchObject({
      verdict: 'sync-failed',
      message: expect.stringMatching(/^revision no-such-branch does not exist in https:/),
      hint: expect.stringContaining('Check `revision`'),
    });
  });

  test.concurrent('Rule 27: what was synced is not what was expected', async () => {
    const told = await tell(mode, { fleet: [app('shop')], operation: { expectedRevision: ONE.slice(0, 10) } });
    expect(told.application('shop')).toMatchObject({
      verdict: 'mismatch',
      message: `synced ${TWO.slice(0, 7)}, expected ${ONE.slice(0, 10)}`,
    });
  });

  test.concurrent('Rule 27: the version of a chart is not compared with a commit', async () => {
    const told = await tell(mode, {
      fleet: [
        app('shop', {
          sources: [
            { repoURL: 'https://charts.example.com', chart: 'shop', targetRevision: '1.*' },
            { repoURL: DEPLOY_URL, path: 'apps/shop', targetRevision: 'main' },
          ],
        }),
      ],
      more: {
        repositories: [
          { type: 'git', url: DEPLOY_URL, commits: [commit('one'), commit('two')], branches: { main: TWO } },
          { type: 'helm', url: 'https://charts.example.com', charts: { shop: ['1.4.2'] } },
        ],
      },
      operation: { expectedRevision: TWO.slice(0, 7) },
    });
    expect(told.application('shop')).toMatchObject({ verdict: 'healthy', revisions: ['1.4.2', TWO] });
  });

  describe('what Git no longer has', () => {
    const leftover = (prune?: 'false') =>
      app('shop', {
        script: {
          resources: [
            { kind: 'Deployment', name: 'shop', image: 'shop:1' },
            { kind: 'ConfigMap', name: 'old', until: TWO, ...(prune === undefined ? {} : { prune }) },
          ],
        },
      });

    test.concurrent('Rule 28: a resource that may not be pruned keeps nothing from passing', async () => {
      const told = await tell(mode, { fleet: [leftover('false')] });
      expect(told.application('shop')).toMatchObject({ verdict: 'healthy', syncStatus: 'OutOfSync' });
    });

    test.concurrent('Rule 28: the same when the sync option says so', async () => {
      const told = await tell(mode, { fleet: [leftover()], operation: { prune: true, syncOptions: ['Prune=false'] } });
      expect(told.application('shop')).toMatchObject({ verdict: 'healthy', syncStatus: 'OutOfSync' });
    });

    test.concurrent('Rule 28: what else is OutOfSync beside it still counts', async () => {
      const told = await tell(mode, {
        fleet: [
          app('shop', {
            script: {
              resources: [
                { kind: 'Deployment', name: 'shop', image: 'shop:1' },
                { kind: 'Service', name: 'shop' },
                { kind: 'ConfigMap', name: 'old', until: TWO, prune: 'false' },
              ],
              actions: [
                { on: 'terminal', afterMs: 300, act: { do: 'live', kind: 'Service', name: 'shop', gone: true } },
              ],
            },
          }),
        ],
        waiting: { timeoutMs: 40_000 },
      });
      expect(told.application('shop')).toMatchObject({
        verdict: 'timed-out',
        message: expect.stringMatching(/OutOfSync, wanted Synced/),
      });
    });

    test.concurrent('Rule 28: what requires pruning is named when the operation ends, and fails after a grace', async () => {
      const told = await tell(mode, { fleet: [leftover()], waiting: { timeoutMs: 600_000 } });
      expect(told.application('shop')).toMatchObject({
        verdict: 'sync-failed',
        message: expect.stringMatching(/ConfigMap\/old/),
        hint: expect.stringMatching(/`prune: true`.*`require-synced: false`/),
      });
      expect(told.application('shop').notes).toContainEqual(expect.stringMatching(/ConfigMap\/old.*pruning/));
      expect(told.tookMs).toBeLessThan(60_000);
    });

    test.concurrent('Rule 28: unless somebody prunes it within the grace', async () => {
      const told = await tell(mode, {
        fleet: [leftover()],
        waiting: { timeoutMs: 600_000 },
        meanwhile: async ({ act, said, pass }) => {
          await said((event) => event.kind === 'note' && event.text.includes('ConfigMap/old'));
          await pass(6000);
          act('shop', { do: 'live', kind: 'ConfigMap', name: 'old', gone: true });
        },
      });
      expect(told.verdicts).toEqual({ shop: 'healthy' });
    });

    test.concurrent('Rule 28: it is no obstacle where Synced is not wanted', async () => {
      const told = await tell(mode, { fleet: [leftover()], waiting: { requireSynced: false } });
      expect(told.application('shop')).toMatchObject({ verdict: 'healthy', syncStatus: 'OutOfSync' });
    });

    test.concurrent('Rule 28: without waiting for health the sync passes, and what is left is named', async () => {
      const told = await tell(mode, { fleet: [leftover()], waiting: { waitUntilHealthy: false } });
      expect(told.application('shop')).toMatchObject({
        verdict: 'synced',
        notes: [expect.stringMatching(/ConfigMap\/old.*pruning/)],
      });
    });

    test.concurrent('with prune it goes', async () => {
      const told = await tell(mode, { fleet: [leftover()], operation: { prune: true } });
      expect(told.application('shop')).toMatchObject({ verdict: 'healthy', syncStatus: 'Synced' });
    });
  });

  test.concurrent('Rule 29: a dry run ends with its operation; nothing is waited for', async () => {
    const told = await tell(mode, {
      fleet: [app('shop', { script: { start: { ...OUTDATED, health: 'Degraded' } } })],
      operation: { dryRun: true },
      waiting: { degradedTimeoutMs: 0 },
    });
    expect(told.application('shop')).toMatchObject({
      verdict: 'synced',
      message: expect.stringMatching(/^dry run: /),
      syncStatus: 'OutOfSync',
    });
    expect(told.scene.sandbox.controller.truth('argocd', 'shop')?.revisions).toEqual([ONE]);
    // What a real sync would wait for.
    expect(told.tookMs).toBeLessThan(20_000);
  });

  test.concurrent('an operation that waits for the confirmation of its pruning says how to confirm, early and at the deadline', async () => {
    const confirmed = (): Parameters<typeof tell>[1] => ({
      fleet: [
        app('shop', {
          script: {
            resources: [
              { kind: 'Deployment', name: 'shop', image: 'shop:1' },
              { kind: 'ConfigMap', name: 'old', until: TWO, prune: 'confirm' },
            ],
          },
        }),
      ],
      operation: { prune: true },
    });
    const waits =
      /^waiting for pruning confirmation of \/ConfigMap\/old: set annotation argocd.argoproj.io\/deletion-approved/;
    const late = await tell(mode, { ...confirmed(), waiting: { timeoutMs: 15_000 } });
    expect(late.application('shop')).toMatchObject({ verdict: 'timed-out', hint: expect.stringMatching(waits) });
    expect(late.application('shop').notes).toEqual([expect.stringMatching(waits)]);
    const approved = await tell(mode, {
      ...confirmed(),
      meanwhile: async ({ act, said }) => {
        await said((event) => event.kind === 'note' && waits.test(event.text));
        act('shop', { do: 'approve' });
      },
    });
    expect(approved.verdicts).toEqual({ shop: 'healthy' });
  });

  test.concurrent('a hook that never ends is named with what to do, early and at the deadline', async () => {
    const told = await tell(mode, {
      fleet: [app('shop', { script: { syncs: [{ hooks: [hook('forever')] }] } })],
      waiting: { timeoutMs: 100_000 },
    });
    expect(told.application('shop')).toMatchObject({
      verdict: 'timed-out',
      message: expect.stringContaining('waiting for completion of hook batch/Job/migrate'),
      hint: expect.stringMatching(/^look at Job\/migrate.*`command: terminate`/),
    });
    expect(told.application('shop').notes).toEqual([
      expect.stringMatching(/^waiting for completion of hook batch\/Job\/migrate for 1m/),
    ]);
  });

  test.concurrent('a commit that is pushed while the sync runs is told as a moved target', async () => {
    const told = await tell(mode, {
      fleet: [
        app('shop', {
          script: {
            actions: [
              {
                on: 'running',
                act: { do: 'commit', repository: DEPLOY_URL, branch: 'main', commit: commit('three') },
              },
            ],
          },
        }),
      ],
      waiting: { timeoutMs: 30_000 },
    });
    expect(told.application('shop').message).toMatch(
      new RegExp(`OutOfSync, wanted Synced: its target moved from ${TWO.slice(0, 7)} to ${sha('three').slice(0, 7)}`),
    );
  });
});
