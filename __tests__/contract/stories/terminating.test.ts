import { describe, expect, test } from '@jest/globals';
import { uniform } from '../../../sandbox/fleets/uniform.ts';
import { MODES } from '../harness.ts';
import { app, at, ids, isOurs, occupied, phaseOf, phases, somebody, tell, writes } from './tell.ts';

const hook = (takesMs: number | 'forever') => ({ hooks: [{ type: 'PreSync', name: 'migrate', takesMs }] as const });
const hangs = { syncs: [hook('forever'), {}] };

/** Rules 45 to 49: ending operations. */
describe.each(MODES)('terminating over %s', (mode) => {
  test.concurrent('Rule 45: on-timeout: terminate ends what this run started', async () => {
    const told = await tell(mode, {
      fleet: [app('shop', { script: hangs })],
      waiting: { timeoutMs: 20_000, onTimeout: 'terminate' },
      after: ({ until }) => until('shop', (object) => phaseOf(object) === 'Failed'),
    });
    expect(told.verdicts).toEqual({ shop: 'timed-out' });
    expect(phases(told.scene, 'shop')).toEqual(['Succeeded', 'Running', 'Terminating', 'Failed']);
  });

  test.concurrent("Rule 45: it does not end somebody's operation that it only waited for", async () => {
    const told = await tell(mode, {
      fleet: [app('shop', { script: hangs })],
      before: occupied('shop'),
      waiting: { timeoutMs: 20_000, onTimeout: 'terminate' },
    });
    expect(told.verdicts).toEqual({ shop: 'timed-out' });
    expect(phaseOf(told.scene.stored('shop'))).toBe('Running');
    expect(
      writes(told.requests).filter(({ method, body }) => method === 'DELETE' || body.includes('Terminating')),
    ).toEqual([]);
  });

  test.concurrent('Rule 45: nor one that it had joined', async () => {
    const told = await tell(mode, {
      fleet: [app('shop', { script: hangs })],
      before: occupied('shop'),
      operation: { onRunningOperation: 'join' },
      waiting: { timeoutMs: 20_000, onTimeout: 'terminate' },
    });
    expect(told.verdicts).toEqual({ shop: 'timed-out' });
    expect(phaseOf(told.scene.stored('shop'))).toBe('Running');
  });

  test.concurrent('Rule 45: nor one that took the place of ours', async () => {
    const told = await tell(mode, {
      fleet: [
        app('shop', { script: { syncs: [{ health: [{ afterMs: 0, health: 'Progressing' }] }, hook('forever')] } }),
      ],
      meanwhile: async ({ act, until }) => {
        await until('shop', (object) => isOurs(object) && phaseOf(object) === 'Succeeded');
        act('shop', somebody());
      },
      waiting: { timeoutMs: 30_000, onTimeout: 'terminate' },
    });
    expect(told.verdicts).toEqual({ shop: 'timed-out' });
    expect(phaseOf(told.scene.stored('shop'))).toBe('Running');
  });

  test.concurrent('Rule 46: after a termination nothing new starts before the old one has ended', async () => {
    const told = await tell(mode, {
      fleet: [app('shop', { script: hangs })],
      before: occupied('shop'),
      operation: { onRunningOperation: 'terminate' },
    });
    expect(told.verdicts).toEqual({ shop: 'healthy' });
    const history = told.scene.sandbox.store.since(told.scene.sandbox.store.oldestVersion);
    const states = (history === 'expired' ? [] : history).map(({ object }) => object);
    const ended = states.findIndex((object) => phaseOf(object) === 'Failed');
    const asked = states.findIndex((object) => ids([{ info: at(object, 'operation', 'info') }]).length > 0);
    expect(ended).toBeGreaterThan(0);
    expect(asked).toBeGreaterThan(ended);
    expect(at(states[ended], 'status', 'operationState', 'message')).toBe('Operation terminated');
  });

  test.concurrent('Rule 47: an operation that nobody has picked up is taken back, or ended when it begins', async () => {
    const told = await tell(mode, {
      fleet: [app('shop', { script: { syncs: [{ pickupMs: 5000, ...hook('forever') }] } })],
      before: ({ act }) => act('shop', somebody()),
      command: 'terminate',
    });
    expect(told.verdicts).toEqual({ shop: 'terminated' });
    expect(told.scene.stored('shop').operation).toBeUndefined();
  });

  test.concurrent('Rule 47: one that runs is never taken away from under the controller', async () => {
    const told = await tell(mode, {
      fleet: [app('shop', { script: hangs })],
      before: occupied('shop'),
      command: 'terminate',
    });
    expect(told.application('shop')).toMatchObject({
      verdict: 'terminated',
      message: expect.stringContaining('Operation terminated'),
    });
    expect(phases(told.scene, 'shop')).toEqual(['Succeeded', 'Running', 'Terminating', 'Failed']);
  });

  test.concurrent('command: terminate: where nothing runs, nothing is done', async () => {
    const told = await tell(mode, { fleet: [app('shop')], command: 'terminate' });
    expect(told.application('shop')).toMatchObject({ verdict: 'unchanged', message: 'no operation is running' });
    expect(writes(told.requests)).toEqual([]);
  });

  test.concurrent('command: terminate: one that ends by itself in that moment is no trouble', async () => {
    const told = await tell(mode, {
      fleet: [app('shop', { script: { syncs: [hook(1500)] } })],
      before: occupied('shop'),
      faults: [{ when: { method: mode === 'kubernetes' ? 'PATCH' : 'DELETE' }, effect: { kind: 'delay', ms: 200 } }],
      command: 'terminate',
    });
    expect(told.application('shop').verdict).toMatch(/^(terminated|unchanged)$/);
    // Never Terminating without an operation: nobody would end it.
    expect(told.scene.stored('shop').operation).toBeUndefined();
    expect(phaseOf(told.scene.stored('shop'))).toMatch(/^(Succeeded|Failed)$/);
  });

  test.concurrent('Rule 48: Running without an operation is named, with the remedy', async () => {
    const told = await tell(mode, {
      fleet: [app('shop')],
      before: ({ act }) =>
        act('shop', { do: 'patch', patch: { status: { operationState: { phase: 'Running', finishedAt: null } } } }),
      command: 'terminate',
    });
    expect(told.application('shop')).toMatchObject({
      verdict: 'conflict',
      message: expect.stringContaining('nobody works on it any more'),
      hint: expect.stringContaining('on-running-operation: terminate'),
    });
  });

  const parked = async ({ sandbox, act, until }: Parameters<ReturnType<typeof occupied>>[0]): Promise<void> => {
    act('shop', somebody());
    await until('shop', (object) => String(at(object, 'status', 'operationState', 'message')).includes('sync window'));
    expect(sandbox.store.get('applications', 'argocd', 'shop')?.operation).toBeDefined();
  };

  test.concurrent('Rule 48: one that a closed window holds does not end, and that is said instead of waiting', async () => {
    const told = await tell(mode, {
      fleet: [app('shop', { project: 'closed' })],
      before: parked,
      command: 'terminate',
      waiting: { timeoutMs: 300_000 },
    });
    expect(told.application('shop')).toMatchObject({
      verdict: 'blocked',
      message: expect.stringContaining('closed sync window holds it'),
    });
    expect(told.tookMs).toBeLessThan(60_000);
  });

  test.concurrent('Rule 48: nor is it terminated again and again before a sync', async () => {
    const told = await tell(mode, {
      fleet: [app('shop', { project: 'closed' })],
      before: parked,
      operation: { onRunningOperation: 'terminate' },
      waiting: { timeoutMs: 60_000 },
    });
    expect(told.application('shop').verdict).toBe('blocked');
    expect(told.requests.length).toBeLessThan(20);
  });

  test.concurrent('Rule 48: with on-sync-window: wait it is waited for', async () => {
    const told = await tell(mode, {
      fleet: [app('shop', { project: 'closed' })],
      before: parked,
      sandbox: { timing: { profile: 'real', windowMs: 10_000 } },
      operation: { onRunningOperation: 'terminate', onSyncWindow: 'wait' },
      meanwhile: async ({ act, pass }) => {
        await pass(20_000);
        act('shop', { do: 'patch-project', project: 'closed', patch: { spec: { syncWindows: null } } });
      },
    });
    expect(told.verdicts).toEqual({ shop: 'healthy' });
  });

  test.concurrent('Rule 49: a cancelled workflow leaves operations running, and says so', async () => {
    const told = await tell(mode, {
      fleet: [app('shop', { script: hangs }), app('store')],
      meanwhile: async ({ cancel, until, said }) => {
        await until('shop', (object) => isOurs(object) && phaseOf(object) === 'Running');
        await said((event) => event.kind === 'verdict' && event.ref.name === 'store');
        cancel('SIGINT');
      },
    });
    expect(told.verdicts).toEqual({ shop: 'cancelled', store: 'healthy' });
    expect(told.report.result).toBe('cancelled');
    expect(told.warnings).toContain('1 operation that was started here may go on in Argo CD');
    expect(phaseOf(told.scene.stored('shop'))).toBe('Running');
  });

  test.concurrent('Rule 49: on-cancel: terminate ends what this run started, and nothing else', async () => {
    const told = await tell(mode, {
      fleet: [
        app('shop', { script: hangs }),
        app('store', { script: hangs }),
        app('depot', { script: { syncs: [{ pickupMs: 60_000 }] } }),
      ],
      before: occupied('store'),
      waiting: { onCancel: 'terminate' },
      meanwhile: async ({ cancel, until }) => {
        await until('shop', (object) => isOurs(object) && phaseOf(object) === 'Running');
        await until('depot', (object) => object.operation !== undefined);
        cancel('SIGINT');
      },
      after: async ({ until }) => {
        await until('shop', (object) => phaseOf(object) === 'Failed');
        if (mode === 'kubernetes') await until('depot', (object) => object.operation === undefined);
      },
    });
    expect(told.verdicts).toEqual({ shop: 'cancelled', store: 'cancelled', depot: 'cancelled' });
    expect(phaseOf(told.scene.stored('store'))).toBe('Running');
  });

  test.concurrent('Rule 49: a second signal changes nothing', async () => {
    const told = await tell(mode, {
      fleet: [app('shop', { script: hangs })],
      meanwhile: async ({ cancel, until }) => {
        await until('shop', (object) => phaseOf(object) === 'Running');
        cancel('SIGINT');
        cancel('SIGTERM');
      },
    });
    expect(told.verdicts).toEqual({ shop: 'cancelled' });
  });

  test.concurrent('Rule 49: cancelled before anything was started, nothing is', async () => {
    const told = await tell(mode, {
      fleet: [app('shop')],
      before: ({ cancel }) => cancel('SIGINT'),
    });
    expect(told.report.result).toBe('cancelled');
    expect(writes(told.requests)).toEqual([]);
  });

  test('Rule 49: with 1000 Applications the report is complete within 5 s', async () => {
    const fleet = uniform(1000, { script: { syncs: [{ pickupMs: 600_000 }] } }).applications;
    let cancelledMs = 0;
    const told = await tell(mode, {
      fleet,
      targets: { regex: '.*' },
      operation: { concurrency: 50 },
      waiting: { timeoutMs: 600_000, onCancel: 'terminate' },
      sandbox: { historySize: 10_000 },
      meanwhile: async ({ cancel, until }) => {
        await until('app-0300', (object) => object.operation !== undefined);
        cancelledMs = performance.now();
        cancel('SIGINT');
      },
      after: () => {
        cancelledMs = performance.now() - cancelledMs;
      },
    });
    expect(told.report.applications).toHaveLength(1000);
    expect(new Set(Object.values(told.verdicts))).toEqual(new Set(['cancelled']));
    expect(cancelledMs).toBeLessThan(5000);
  });
});
