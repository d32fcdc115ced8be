import { describe, expect, test } from '@jest/globals';
import { application } from '../../../sandbox/fleets/builders.ts';
import { uniform } from '../../../sandbox/fleets/uniform.ts';
import { MODES } from '../harness.ts';
import { app, phaseOf, somebody, tell } from './tell.ts';

/** What the step this is modelled on does badly. */
describe.each(MODES)('weaknesses of others, over %s', (mode) => {
  test.concurrent('W1: a short time-out is honest: what can be done in it is done', async () => {
    const told = await tell(mode, {
      fleet: [
        app('shop', { script: { syncs: [{ health: [{ afterMs: 0, health: 'Healthy' }] }] } }),
        app('slow', { script: { syncs: [{ never: true }] } }),
      ],
      waiting: { timeoutMs: 30_000 },
    });
    expect(told.verdicts).toEqual({ shop: 'healthy', slow: 'timed-out' });
    expect(told.tookMs).toBeLessThan(35_000);
  });

  test.concurrent('W2: an empty selection fails', async () => {
    const told = await tell(mode, { fleet: [app('shop')], targets: { selector: 'team=nobody' } });
    expect(told.report.result).toBe('failed');
    expect(told.report.problems).toHaveLength(1);
  });

  test.concurrent('W3: a connection that breaks for one Application spoils no other', async () => {
    const told = await tell(mode, {
      fleet: [app('shop'), app('store')],
      targets: { regex: '.*' },
      faults: [{ when: { path: 'applications/shop' }, times: 0, effect: { kind: 'reset' } }],
      waiting: { timeoutMs: 60_000 },
    });
    expect(told.verdicts.store).toBe('healthy');
    expect(told.application('shop').verdict).toMatch(/^(error|timed-out)$/);
    expect(told.operations('shop')).toEqual([]);
  });

  test.concurrent('W4: Applications are worked side by side', async () => {
    const told = await tell(mode, {
      fleet: uniform(10, { script: { syncs: [{ passMs: 5000 }] } }).applications,
      targets: { regex: '.*' },
    });
    expect(new Set(Object.values(told.verdicts))).toEqual(new Set(['healthy']));
    expect(told.tookMs).toBeLessThan(40_000);
  });

  test.concurrent('W5: the report is complete when something failed', async () => {
    const told = await tell(mode, {
      fleet: [app('a', { script: { syncs: [{ error: 'rpc error: no such chart' }] } }), app('b')],
      applications: 'a, b, c',
    });
    expect(told.report.applications.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
    expect(told.report).toMatchObject({
      result: 'failed',
      headline: expect.stringContaining('3 Applications: 1 healthy, 1 sync failed, 1 not found'),
    });
  });

  test.concurrent('W6: a cancelled workflow reports everything', async () => {
    const told = await tell(mode, {
      fleet: [app('a'), app('b', { script: { syncs: [{ never: true }] } })],
      meanwhile: async ({ cancel, said }) => {
        await said((event) => event.kind === 'verdict' && event.ref.name === 'a');
        cancel('SIGTERM');
      },
    });
    expect(told.verdicts).toEqual({ a: 'healthy', b: 'cancelled' });
    expect(told.report.result).toBe('cancelled');
  });

  test.concurrent('W7: one field of the retry strategy is enough', async () => {
    const told = await tell(mode, {
      fleet: [app('shop', { script: { syncs: [{ error: 'rpc error: no such chart', errorAttempts: 1 }] } })],
      operation: { retry: { limit: 1 } },
    });
    expect(told.verdicts).toEqual({ shop: 'healthy' });
    expect(told.ours('shop')[0]).toMatchObject({ retry: { limit: 1 } });
  });

  test.concurrent('W9: an Application without any resource yet is synced', async () => {
    const told = await tell(mode, {
      fleet: [
        application({ name: 'shop', script: { start: { runs: 'nothing', compared: 'current' } } }),
        application({ name: 'new' }),
      ],
    });
    expect(told.verdicts).toEqual({ shop: 'healthy', new: 'healthy' });
  });

  test.concurrent('W10: what somebody started after us is not ours, however well it ends', async () => {
    const told = await tell(mode, {
      fleet: [app('shop', { script: { syncs: [{ passMs: 3000, error: 'rpc error: no such chart' }, {}] } })],
      meanwhile: async ({ act, until }) => {
        await until('shop', (object) => phaseOf(object) === 'Error');
        act('shop', somebody());
      },
    });
    expect(told.verdicts).toEqual({ shop: 'sync-failed' });
  });

  test.concurrent('W11: fail-on-timeout works without waiting for health', async () => {
    const told = await tell(mode, {
      fleet: [app('shop', { script: { syncs: [{ never: true }] } })],
      waiting: { waitUntilHealthy: false, failOnTimeout: false, timeoutMs: 8000 },
    });
    expect(told.verdicts).toEqual({ shop: 'timed-out' });
    expect(told.report.result).toBe('timed-out');
  });

  test.concurrent('W13: a resource filter works with any selection', async () => {
    const told = await tell(mode, {
      fleet: [app('shop-eu'), app('shop-us')],
      targets: { regex: 'shop-.*' },
      operation: {
        resources: [{ text: ':Service:*', exclude: false, group: '', kind: 'Service', namespace: '', name: '*' }],
      },
    });
    expect(told.verdicts).toEqual({ 'shop-eu': 'healthy', 'shop-us': 'healthy' });
    expect(told.ours('shop-eu')[0]).toMatchObject({ sync: { resources: [{ kind: 'Service', name: 'shop-eu' }] } });
  });
});
