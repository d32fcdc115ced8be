import { describe, expect, test } from '@jest/globals';
import type { Application } from '../../src/argocd/application.ts';
import type { ArgoCdClient } from '../../src/argocd/client.ts';
import { ArgoCdError } from '../../src/argocd/errors.ts';
import type { RunEvent } from '../../src/report/events.ts';
import type { Report } from '../../src/report/report.ts';
import { loadInputs } from '../../src/sync/inputs/load.ts';
import { run } from '../../src/sync/run.ts';
import { COMMIT_B, operation, operationState } from '../factories/application.ts';
import { testClock } from '../factories/clock.ts';
import { memoryArgoCd } from '../factories/memory-argocd.ts';

const ID = 'c0ffee00-0000-4000-8000-000000000001';

function begin(given: Readonly<Record<string, string>>, first: Partial<Application> = {}) {
  const inputs: Readonly<Record<string, string>> = {
    'argocd-server': 'argocd.example.com',
    'argocd-auth-token': 'token-of-a-test',
    applications: 'shop',
    ...given,
  };
  const loaded = loadInputs((name) => inputs[name] ?? '', {});
  if (loaded.kind !== 'ok') throw new Error(JSON.stringify(loaded));
  const clock = testClock();
  const memory = memoryArgoCd(first);
  const told: RunEvent[] = [];
  const cancelled = new AbortController();
  let report: Report | undefined;
  const start = (): void => {
    void run(loaded.inputs, {
      connect: async () => memory.client,
      clock,
      emit: (event) => void told.push(event),
      newId: () => ID,
      runUrl: '',
      cancelled: cancelled.signal,
    }).then((value) => {
      report = value;
    });
  };
  return { clock, memory, told, start, report: () => report, cancel: () => cancelled.abort('SIGINT') };
}

const verdictOf = (report: Report | undefined) => report?.applications[0]?.verdict;

describe('the address of the UI', () => {
  test.each([
    [900, 'https://argocd.example.com/applications/argocd/shop'],
    [3_600_000, ''],
  ])('that comes after %i ms holds up nothing', async (lateMs, url) => {
    const { clock, memory, start, report } = begin({ command: 'plan' });
    memory.on.uiUrl = async (signal) => {
      await clock.delay(lateMs, signal);
      return 'https://argocd.example.com';
    };
    start();
    await clock.advance(1_000);
    expect(report()?.result).toBe('succeeded');
    expect(report()?.applications[0]?.url).toBe(url);
  });
});

describe('the deadline', () => {
  test.each(['sync', 'wait', 'terminate', 'plan'])(
    'that comes before the first Application is begun ends %s',
    async (command) => {
      const { clock, memory, start, report } = begin(
        { command, timeout: '5s' },
        { operation: operation(''), operationState: operationState('', 'Running') },
      );
      const hang = (signal: AbortSignal): Promise<never> =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(new ArgoCdError('aborted', 'stopped')));
        });
      // The first read is that of the selection.
      memory.on.get = async (_, signal) => (memory.count('get') === 1 ? memory.state() : hang(signal));
      memory.on.prepare = (_, signal) => hang(signal);
      start();
      await clock.advance(5_500);
      expect(report()?.result).toBe('timed-out');
      expect(verdictOf(report())).toBe('timed-out');
    },
  );

  test('leaves no timer behind (rule 38)', async () => {
    const { clock, memory, start, report } = begin({ timeout: '60s', 'wait-until-healthy': 'true' });
    start();
    await clock.advance(1_000);
    memory.write({ operationState: operationState(ID, 'Running') });
    await clock.advance(60_000);
    expect(report()?.result).toBe('timed-out');
    expect(clock.pending()).toBe(0);
  });
});

describe('what is left running', () => {
  test.each([
    ['on-timeout', 'timed-out'],
    ['on-cancel', 'cancelled'],
  ] as const)('is ended with %s: terminate, though nothing of it was seen', async (input, verdict) => {
    const { clock, memory, start, report, cancel } = begin({ [input]: 'terminate', timeout: '30s' });
    memory.on.startSync = (seen, request, signal) =>
      new Promise((_, reject) => {
        // Carried out; the answer never comes.
        memory.write(
          { operation: operation(request.id), operationState: operationState(request.id, 'Running') },
          { ref: seen.ref, silent: true },
        );
        signal.addEventListener('abort', () => reject(new ArgoCdError('aborted', 'stopped')));
      });
    start();
    await clock.advance(10_000);
    if (input === 'on-cancel') cancel();
    await clock.advance(25_000);
    expect(verdictOf(report())).toBe(verdict);
    expect(memory.state().operationState?.phase).toBe('Terminating');
  });

  test('is not ended when another run owns it', async () => {
    const other = 'badcafe0-0000-4000-8000-000000000009';
    const { clock, memory, start, report, told } = begin(
      { 'on-timeout': 'terminate', 'on-running-operation': 'join', timeout: '30s' },
      { operation: operation(other), operationState: operationState(other, 'Running') },
    );
    start();
    await clock.advance(35_000);
    expect(report()?.applications[0]).toMatchObject({ verdict: 'timed-out', operationId: other });
    expect(memory.state().operationState?.phase).toBe('Running');
    expect(memory.count('terminate')).toBe(0);
    expect(told.filter((event) => event.kind === 'warning').map(({ text }) => text)).toEqual([
      expect.stringContaining('time-out'),
    ]);
  });
});

describe('what is wrong', () => {
  const BACK_OFF = {
    kind: 'Pod',
    namespace: 'shop',
    name: 'shop-7d4b9c8f6d-x2c7d',
    reason: 'BackOff',
    message: 'Back-off restarting failed container',
    count: 3,
    lastSeen: '2026-11-20T10:00:00Z',
  };
  const CRASHY = {
    group: 'apps',
    kind: 'Deployment',
    namespace: 'shop',
    name: 'shop',
    health: 'Degraded',
    message: 'too slow',
  } as const;

  /** Synced, and Degraded at once. */
  const degraded = async (given: Readonly<Record<string, string>>, on: Partial<ArgoCdClient>) => {
    const started = begin({ 'wait-until-healthy': 'true', ...given });
    Object.assign(started.memory.on, on);
    started.start();
    await started.clock.advance(100);
    started.memory.write({ operationState: operationState(ID, 'Running') });
    await started.clock.advance(2_000);
    started.memory.write({
      operation: undefined,
      operationState: operationState(ID, 'Succeeded'),
      sync: { status: 'Synced', revisions: [COMMIT_B] },
      health: { status: 'Degraded', message: '' },
    });
    return started;
  };

  test('is looked up, named in the message and told in the report', async () => {
    const { clock, report, told } = await degraded(
      { 'degraded-timeout': '5s' },
      { explain: async () => ({ unhealthy: [CRASHY], events: [BACK_OFF] }) },
    );
    await clock.advance(20_000);
    const [application] = report()?.applications ?? [];
    expect(application).toMatchObject({ verdict: 'degraded', unhealthy: [CRASHY], events: [BACK_OFF] });
    expect(application?.message).toMatch(/^Degraded for .*: Deployment\/shop Degraded \(too slow\)$/);
    expect(told.find((event) => event.kind === 'verdict')).toMatchObject({
      verdict: { message: application?.message },
    });
    expect(Date.parse(application?.syncFinishedAt ?? '') - Date.parse(application?.syncStartedAt ?? '')).toBe(2_100);
    expect(clock.pending()).toBe(0);
  });

  test('is the last warning, where no resource tells its health', async () => {
    const { clock, report } = await degraded(
      { 'degraded-timeout': '5s' },
      { explain: async () => ({ unhealthy: [], events: [BACK_OFF] }) },
    );
    await clock.advance(20_000);
    expect(report()?.applications[0]?.message).toMatch(
      /: Pod\/shop-\S+ BackOff \(Back-off restarting failed container\)$/,
    );
  });

  test.each([
    ['after the time-out, and not waited for longer than 3 s', 'timed-out', 1, 3_000],
    ['never once the run is cancelled', 'cancelled', 0, 0],
  ] as const)('is looked up %s', async (_, verdict, asked, atMost) => {
    const { clock, report, memory, cancel } = await degraded(
      { timeout: '60s' },
      {
        explain: (_seen, signal) =>
          new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => reject(new ArgoCdError('aborted', 'stopped')));
          }),
      },
    );
    await clock.advance(verdict === 'cancelled' ? 10_000 : 57_000);
    if (verdict === 'cancelled') cancel();
    await clock.advance(900 + atMost);
    expect(verdictOf(report())).toBe(verdict);
    expect(report()?.applications[0]).toMatchObject({ unhealthy: [], events: [] });
    expect(memory.count('explain')).toBe(asked);
    expect(clock.pending()).toBe(0);
  });

  test('is not waited for once the run is cancelled meanwhile', async () => {
    const { clock, report, cancel } = await degraded(
      { 'degraded-timeout': '5s' },
      {
        explain: (_seen, signal) =>
          new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => reject(new ArgoCdError('aborted', 'stopped')));
          }),
      },
    );
    await clock.advance(8_000);
    expect(report()).toBeUndefined();
    cancel();
    await clock.advance(1);
    expect(verdictOf(report())).toBe('degraded');
  });
});

describe('a whole run', () => {
  test('syncs, waits until Healthy and reports', async () => {
    const { clock, memory, start, report } = begin({ 'wait-until-healthy': 'true' });
    start();
    await clock.advance(100);
    memory.write({ operationState: operationState(ID, 'Running') });
    const sync = { status: 'Synced', revisions: [COMMIT_B] } as const;
    memory.write({ operation: undefined, operationState: operationState(ID, 'Succeeded'), sync });
    await clock.advance(10_000);
    expect(report()).toMatchObject({
      result: 'succeeded',
      applications: [{ verdict: 'healthy', operationId: ID, revisions: [COMMIT_B] }],
    });
    expect(clock.pending()).toBe(0);
  });
});
