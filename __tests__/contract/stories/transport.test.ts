import { describe, expect, test } from '@jest/globals';
import { uniform } from '../../../sandbox/fleets/uniform.ts';
import { MODES } from '../harness.ts';
import { app, CURRENT, somebody, tell, UNAWARE } from './tell.ts';

const STREAMS = 'watch=1|/stream/';
const hangs = { syncs: [{ hooks: [{ type: 'PreSync', name: 'migrate', takesMs: 'forever' }] } as const] };
const slow = {
  syncs: [
    {
      health: [
        { afterMs: 0, health: 'Progressing' },
        { afterMs: 8000, health: 'Healthy' },
      ],
    },
  ] as const,
};

/** Rules 38 to 44: requests, streams and the one deadline. */
describe.each(MODES)('transport and deadline over %s', (mode) => {
  test.concurrent('Rule 38: the deadline ends everything, whatever each Application is at', async () => {
    const told = await tell(mode, {
      fleet: [
        app('hook', { script: hangs }),
        app('queue', { script: { syncs: [{ never: true }] } }),
        app('health', { script: { syncs: [{ health: [{ afterMs: 0, health: 'Progressing' }] }] } }),
        app('busy', { script: hangs }),
        app('window', { project: 'closed' }),
        app('done'),
      ],
      before: ({ act }) => act('busy', somebody()),
      operation: { onSyncWindow: 'wait' },
      waiting: { timeoutMs: 30_000 },
    });
    expect(told.verdicts).toEqual({
      hook: 'timed-out',
      queue: 'timed-out',
      health: 'timed-out',
      busy: 'timed-out',
      window: 'timed-out',
      done: 'healthy',
    });
    expect(told.report.result).toBe('timed-out');
    expect(told.tookMs).toBeLessThan(35_000);
    // Each says what it waited for.
    expect(new Set(told.report.applications.map(({ message }) => message)).size).toBe(6);
  });

  test.concurrent('Rule 38: requests that are never answered hold nothing up beyond it', async () => {
    const told = await tell(mode, {
      fleet: [app('shop')],
      faults: [{ when: { method: mode === 'kubernetes' ? 'PATCH' : 'POST' }, times: 0, effect: { kind: 'hang' } }],
      connection: { requestTimeoutMs: 60_000 },
      waiting: { timeoutMs: 10_000 },
    });
    expect(told.verdicts).toEqual({ shop: 'timed-out' });
    expect(told.tookMs).toBeLessThan(15_000);
  });

  test.concurrent('Rule 38: a time-out is green where that is asked for, a failed sync is not', async () => {
    const told = await tell(mode, {
      fleet: [
        app('slow', { script: hangs }),
        app('bad', { script: { syncs: [{ error: 'rpc error: no such chart' }] } }),
      ],
      waiting: { timeoutMs: 10_000, failOnTimeout: false },
    });
    expect(told.verdicts).toEqual({ slow: 'timed-out', bad: 'sync-failed' });
    expect(told.report.result).toBe('failed');
  });

  test.concurrent.each([
    ['never open', { kind: 'hang' }],
    ['are cut after every second line', { kind: 'cut', afterLines: 2 }],
    ['are cut at once', { kind: 'cut', afterLines: 0 }],
    ['have lost their position', { kind: 'expire' }],
    ['are answered with 503', { kind: 'status', status: 503 }],
  ] as const)('Rule 39: the verdict is the same when streams %s', async (_, effect) => {
    const told = await tell(mode, {
      fleet: [
        app('good', { script: slow }),
        app('bad', { script: { syncs: [{ health: [{ afterMs: 0, health: 'Degraded' }] }] } }),
        app('refused', { script: { syncs: [{ error: 'rpc error: no such chart' }] } }),
      ],
      faults: [{ when: { path: STREAMS }, times: 0, effect }],
      waiting: { pollIntervalMs: 3000, degradedTimeoutMs: 0 },
    });
    expect(told.verdicts).toEqual({ good: 'healthy', bad: 'degraded', refused: 'sync-failed' });
  });

  test.concurrent('Rule 39: watch: false polls, to the same verdicts', async () => {
    const told = await tell(mode, {
      fleet: [
        app('good', { script: { start: UNAWARE, ...slow } }),
        app('refused', { script: { syncs: [{ error: 'rpc error: no such chart' }] } }),
      ],
      waiting: { watch: false, pollIntervalMs: 2000 },
    });
    expect(told.verdicts).toEqual({ good: 'healthy', refused: 'sync-failed' });
    expect(told.requests.filter(({ path }) => new RegExp(STREAMS).test(path))).toEqual([]);
  });

  test.concurrent('Rule 39: a watch that is not allowed is told, and polled instead', async () => {
    if (mode === 'argocd') return; // There whoever may list may watch.
    const told = await tell(mode, {
      fleet: [app('shop', { script: slow })],
      more: {
        accounts: [
          {
            name: 'watchless',
            token: 'watchless-token',
            rights: {
              kubernetes: [
                { resources: ['applications'], verbs: ['get', 'list', 'patch'], namespaces: ['argocd'] },
                { resources: ['appprojects'], verbs: ['get'], namespaces: ['argocd'] },
              ],
            },
          },
        ],
      },
      account: 'watchless',
    });
    expect(told.verdicts).toEqual({ shop: 'healthy' });
    expect(told.warnings).toContainEqual(expect.stringMatching(/^no watch \(.*looking every/));
  });

  test.concurrent('Rule 40: a position that was lost is found again, and nothing is missed', async () => {
    const told = await tell(mode, {
      fleet: [app('shop', { script: slow }), app('store')],
      targets: { regex: '.*' },
      faults: [{ when: { path: STREAMS }, times: 3, effect: { kind: 'cut', afterLines: 3 } }],
      meanwhile: async ({ sandbox, until }) => {
        await until('shop', (object) => object.operation !== undefined);
        sandbox.store.compact();
      },
    });
    expect(told.verdicts).toEqual({ shop: 'healthy', store: 'healthy' });
  });

  test.concurrent.each([-300_000, 300_000])(
    'Rule 41: the clock of the cluster is wrong by %i ms, and nothing comes of it',
    async (clockOffsetMs) => {
      const told = await tell(mode, {
        fleet: [
          app('shop', { script: { start: UNAWARE, ...slow } }),
          app('same', { script: { start: CURRENT } }),
          app('bad', { script: { syncs: [{ error: 'rpc error: no such chart' }] } }),
        ],
        sandbox: { controller: { clockOffsetMs } },
      });
      expect(told.verdicts).toEqual({ shop: 'healthy', same: 'healthy', bad: 'sync-failed' });
    },
  );

  test.concurrent.each([
    ['429 with Retry-After', { kind: 'status', status: 429, headers: { 'retry-after': '1' } }],
    ['500', { kind: 'status', status: 500 }],
    ['a reset', { kind: 'reset' }],
  ] as const)('Rule 42: reads are tried again after %s', async (_, effect) => {
    const told = await tell(mode, {
      fleet: [app('shop')],
      faults: [{ when: { method: 'GET', path: 'applications' }, times: 2, effect }],
    });
    expect(told.verdicts).toEqual({ shop: 'healthy' });
  });

  test.concurrent('Rule 42: a token that is not accepted fails at once', async () => {
    const told = await tell(mode, {
      fleet: [app('shop')],
      faults: [{ when: { method: 'GET' }, times: 0, effect: { kind: 'status', status: 401 } }],
    });
    expect(told.report.result).toBe('failed');
    expect(told.requests.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(3);
    expect(told.tookMs).toBeLessThan(10_000);
  });

  test.concurrent('Rule 43: one failure stops no other, and every Application is reported', async () => {
    const told = await tell(mode, {
      fleet: [
        app('a', { script: { syncs: [{ error: 'rpc error: no such chart' }] } }),
        app('b', { annotations: { 'argocd.argoproj.io/skip-reconcile': 'true' } }),
        app('c', { project: 'closed' }),
        app('d'),
      ],
      applications: 'a, b, c, d, e',
      operation: { concurrency: 1 },
    });
    expect(told.verdicts).toEqual({
      a: 'sync-failed',
      b: 'error',
      c: 'blocked',
      d: 'healthy',
      e: expect.stringMatching(/^(not-found|forbidden)$/),
    });
  });

  test.concurrent('Rule 43: fail-fast starts no more after a failure, and the rest is cancelled with the reason', async () => {
    const told = await tell(mode, {
      fleet: [
        app('a', { script: { syncs: [{ error: 'rpc error: no such chart' }] } }),
        ...['b', 'c', 'd'].map((name) => app(name, { script: { syncs: [{ passMs: 3000 }] } })),
      ],
      before: ({ act }) => {
        for (const name of ['c', 'd']) act(name, somebody());
      },
      operation: { failFast: true },
    });
    expect(told.verdicts).toMatchObject({ a: 'sync-failed', b: 'healthy', c: 'cancelled', d: 'cancelled' });
    expect(told.application('c').message).toBe('not started: a did not pass and fail-fast is on');
    expect(told.ours('c')).toEqual([]);
    expect(told.report.result).toBe('failed');
  });

  test.concurrent('Rule 43: no more requests at a time than asked for', async () => {
    const told = await tell(mode, {
      fleet: uniform(12).applications,
      targets: { regex: '.*' },
      operation: { concurrency: 2 },
      faults: [
        { when: { method: mode === 'kubernetes' ? 'PATCH' : 'POST' }, times: 0, effect: { kind: 'delay', ms: 30 } },
      ],
    });
    expect(new Set(Object.values(told.verdicts))).toEqual(new Set(['healthy']));
    const sent = told.requests.filter(({ method }) => method !== 'GET').map(({ atMs }) => atMs);
    // Twelve, two at a time, 30 ms each.
    expect((sent.at(-1) ?? 0) - (sent[0] ?? 0)).toBeGreaterThan(4 * 30);
  });

  test.concurrent('Rule 44: 40 Applications cost no more requests than promised', async () => {
    const told = await tell(mode, {
      fleet: uniform(40).applications,
      targets: { regex: '.*' },
      waiting: { pollIntervalMs: 60_000 },
    });
    expect(new Set(Object.values(told.verdicts))).toEqual(new Set(['healthy']));
    const reads = told.requests.filter(({ path }) => !path.includes('refresh'));
    expect(reads.length).toBeLessThanOrEqual(mode === 'kubernetes' ? 2 * 40 + 14 : 40 + 14);
  });
});
