import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { HealthStep, Script } from '../../sandbox/controller/script.ts';
import {
  application,
  commit,
  DEPLOY_URL,
  gitRepository,
  IN_CLUSTER,
  project,
  sha,
} from '../../sandbox/fleets/builders.ts';
import type { Fleet } from '../../sandbox/fleets/fleet.ts';
import type { Sandbox } from '../../sandbox/types.ts';
import {
  at,
  connection,
  idsOf,
  openSandbox,
  operationsOf,
  run,
  stored,
  TRANSPORTS,
  type Transport,
  UNTIL_HEALTHY,
  until,
} from './harness.ts';

const OUTDATED = { runs: 'previous', compared: 'current' } as const;
const rollsOut = (...health: readonly HealthStep[]): Script => ({
  start: OUTDATED,
  syncs: [{ health: [{ afterMs: 0, health: 'Progressing' }, ...health] }],
});
const hangs: Script = {
  start: OUTDATED,
  syncs: [{ hooks: [{ type: 'PreSync', name: 'migrate', takesMs: 'forever' }] }],
};

/** Long enough for a step on a busy machine to begin its syncs, and short enough to wait for. */
const TIME_OUT = '6s';

const SCRIPTS: Readonly<Record<string, Script>> = {
  'not-awaited': rollsOut(),
  asynchronous: hangs,
  planned: { start: OUTDATED },
  'slow-red': rollsOut(),
  'slow-yellow': rollsOut(),
  'slow-beside-failed': rollsOut(),
  failed: { start: OUTDATED, syncs: [{ error: 'rpc error: code = Unknown desc = no such chart' }] },
  'degraded-at-once': rollsOut({ afterMs: 50, health: 'Degraded', message: 'CrashLoopBackOff' }),
  'degraded-a-while': rollsOut({ afterMs: 50, health: 'Degraded' }, { afterMs: 700, health: 'Healthy' }),
  suspended: rollsOut({ afterMs: 50, health: 'Suspended' }),
  expected: rollsOut({ afterMs: 50, health: 'Healthy' }),
  unexpected: { start: OUTDATED },
  older: rollsOut({ afterMs: 50, health: 'Healthy' }),
  drifts: {
    ...rollsOut({ afterMs: 50, health: 'Healthy' }),
    actions: [{ on: 'healthy', act: { do: 'live', kind: 'Service', name: 'drifts', gone: true } }],
  },
  'left-running': hangs,
  'ended-running': hangs,
  'fast-1': { start: OUTDATED, syncs: [{ error: 'rpc error: code = Unknown desc = no such chart' }] },
  'fast-2': { start: OUTDATED },
  'fast-3': { start: OUTDATED },
};

const fleet: Fleet = {
  name: 'waiting',
  repositories: [
    gitRepository(DEPLOY_URL, [commit('First version'), commit('Second version')], {
      tags: { v1: sha('First version') },
    }),
  ],
  clusters: [IN_CLUSTER],
  projects: [project({ name: 'default' })],
  applications: Object.entries(SCRIPTS).map(([name, script]) => application({ name, script })),
};

const sandboxes = new Map<Transport, Sandbox>();
// Concurrent tests begin after the hooks of the file, not after those of a group.
beforeAll(async () => {
  for (const transport of TRANSPORTS) sandboxes.set(transport, await openSandbox({ fleet }));
});
afterAll(async () => {
  for (const sandbox of sandboxes.values()) await sandbox.stop();
});

function sandboxOf(transport: Transport): Sandbox {
  const sandbox = sandboxes.get(transport);
  if (sandbox === undefined) throw new Error('no sandbox');
  return sandbox;
}

const phaseOf = (sandbox: Sandbox, name: string): unknown =>
  at(stored(sandbox, name), 'status', 'operationState', 'phase');

describe('not waiting for health', () => {
  test.concurrent.each(TRANSPORTS)('the end of the operation is enough, by the %s API', async (transport) => {
    const sandbox = sandboxOf(transport);
    const finished = await run(sandbox, { ...connection(sandbox, transport), applications: 'not-awaited' });
    expect({ exitCode: finished.exitCode, ...finished.verdicts }).toEqual({ exitCode: 0, 'not-awaited': 'synced' });
    expect(sandbox.controller.truth('argocd', 'not-awaited')).toMatchObject({ health: 'Progressing' });
  });

  test.concurrent.each(TRANSPORTS)('async: an accepted operation is enough, by the %s API', async (transport) => {
    const sandbox = sandboxOf(transport);
    const finished = await run(sandbox, {
      ...connection(sandbox, transport),
      applications: 'asynchronous',
      async: 'true',
    });
    expect({ exitCode: finished.exitCode, ...finished.verdicts }).toEqual({ exitCode: 0, asynchronous: 'triggered' });
    expect(idsOf(operationsOf(sandbox, 'asynchronous'))).toEqual([finished.application('asynchronous').operationId]);
    // Nobody ends what was started on purpose.
    await until(sandbox, 'asynchronous', (object) => at(object, 'status', 'operationState', 'phase') === 'Running');
  });

  test.concurrent.each(TRANSPORTS)('plan: nothing is written, by the %s API', async (transport) => {
    const sandbox = sandboxOf(transport);
    const finished = await run(sandbox, {
      ...connection(sandbox, transport),
      command: 'plan',
      'application-regex': 'planned',
      prune: 'true',
    });
    expect({ exitCode: finished.exitCode, ...finished.verdicts }).toEqual({ exitCode: 0, planned: 'planned' });
    expect(finished.application('planned').message).toBe('would be synced: main, prune');
    expect(operationsOf(sandbox, 'planned')).toEqual([]);
  });
});

describe('time-outs', () => {
  test.concurrent.each(TRANSPORTS)('fail-on-timeout: red by default, by the %s API', async (transport) => {
    const sandbox = sandboxOf(transport);
    const { exitCode, outputs, verdicts, log } = await run(sandbox, {
      ...connection(sandbox, transport),
      ...UNTIL_HEALTHY,
      applications: 'slow-red',
      timeout: TIME_OUT,
    });
    expect({ exitCode, result: outputs.result, timedOut: outputs['timed-out'], ...verdicts }).toEqual({
      exitCode: 1,
      result: 'timed-out',
      timedOut: '["slow-red"]',
      'slow-red': 'timed-out',
    });
    expect(log).toMatch(/^::error::.*slow-red/m);
  });

  test.concurrent.each(TRANSPORTS)(
    'fail-on-timeout: false is green with a warning, by the %s API',
    async (transport) => {
      const sandbox = sandboxOf(transport);
      const { exitCode, outputs, log } = await run(sandbox, {
        ...connection(sandbox, transport),
        ...UNTIL_HEALTHY,
        applications: 'slow-yellow',
        'fail-on-timeout': 'false',
        timeout: TIME_OUT,
      });
      expect({ exitCode, result: outputs.result, failed: outputs.failed, timedOut: outputs['timed-out'] }).toEqual({
        exitCode: 0,
        result: 'timed-out',
        failed: '[]',
        timedOut: '["slow-yellow"]',
      });
      expect(log).toMatch(/^::warning.*slow-yellow/m);
      expect(log).not.toMatch(/^::error/m);
    },
  );

  test.concurrent.each(TRANSPORTS)(
    'fail-on-timeout: false does not excuse a failed sync, by the %s API',
    async (transport) => {
      const sandbox = sandboxOf(transport);
      const { exitCode, outputs, verdicts } = await run(sandbox, {
        ...connection(sandbox, transport),
        ...UNTIL_HEALTHY,
        applications: 'slow-beside-failed, failed',
        'fail-on-timeout': 'false',
        timeout: '10s',
      });
      expect({ exitCode, result: outputs.result, ...verdicts }).toEqual({
        exitCode: 1,
        result: 'failed',
        'slow-beside-failed': 'timed-out',
        failed: 'sync-failed',
      });
    },
  );

  test.concurrent.each(TRANSPORTS)('on-timeout: leaves the operation, by the %s API', async (transport) => {
    const sandbox = sandboxOf(transport);
    const finished = await run(sandbox, {
      ...connection(sandbox, transport),
      applications: 'left-running',
      timeout: TIME_OUT,
    });
    expect(finished.verdicts).toEqual({ 'left-running': 'timed-out' });
    expect(finished.log).toContain('1 operation that was started here may go on in Argo CD');
    expect(phaseOf(sandbox, 'left-running')).toBe('Running');
  });

  test.concurrent.each(TRANSPORTS)('on-timeout: terminate ends it, by the %s API', async (transport) => {
    const sandbox = sandboxOf(transport);
    const finished = await run(sandbox, {
      ...connection(sandbox, transport),
      applications: 'ended-running',
      'on-timeout': 'terminate',
      timeout: TIME_OUT,
    });
    expect(finished.verdicts).toEqual({ 'ended-running': 'timed-out' });
    expect(finished.log).toContain('asked Argo CD to end its operation');
    await until(sandbox, 'ended-running', (object) => at(object, 'status', 'operationState', 'phase') === 'Failed');
  });
});

describe('what Healthy is', () => {
  test.concurrent.each(TRANSPORTS)('degraded-timeout: 0s fails at once, by the %s API', async (transport) => {
    const sandbox = sandboxOf(transport);
    const finished = await run(sandbox, {
      ...connection(sandbox, transport),
      ...UNTIL_HEALTHY,
      applications: 'degraded-at-once',
      'degraded-timeout': '0s',
    });
    expect({ exitCode: finished.exitCode, ...finished.verdicts }).toEqual({
      exitCode: 1,
      'degraded-at-once': 'degraded',
    });
  });

  test.concurrent.each(TRANSPORTS)('degraded-timeout: gives time to recover, by the %s API', async (transport) => {
    const sandbox = sandboxOf(transport);
    const finished = await run(sandbox, {
      ...connection(sandbox, transport),
      ...UNTIL_HEALTHY,
      applications: 'degraded-a-while',
      'degraded-timeout': '20s',
    });
    expect(finished.verdicts).toEqual({ 'degraded-a-while': 'healthy' });
  });

  test.concurrent.each(TRANSPORTS)('suspended: pass, by the %s API', async (transport) => {
    const sandbox = sandboxOf(transport);
    const finished = await run(sandbox, {
      ...connection(sandbox, transport),
      ...UNTIL_HEALTHY,
      applications: 'suspended',
      suspended: 'pass',
    });
    expect(finished.application('suspended')).toMatchObject({ verdict: 'healthy', healthStatus: 'Suspended' });
  });

  test.concurrent.each(TRANSPORTS)('require-synced: false accepts drift, by the %s API', async (transport) => {
    const sandbox = sandboxOf(transport);
    const finished = await run(sandbox, {
      ...connection(sandbox, transport),
      ...UNTIL_HEALTHY,
      applications: 'drifts',
      'require-synced': 'false',
    });
    expect(finished.application('drifts')).toMatchObject({ verdict: 'healthy', syncStatus: 'OutOfSync' });
  });

  test.concurrent.each(TRANSPORTS)('expected-revision: met and missed, by the %s API', async (transport) => {
    const sandbox = sandboxOf(transport);
    const expected = sha('Second version').slice(0, 7);
    const inputs = { ...connection(sandbox, transport), ...UNTIL_HEALTHY };
    const met = await run(sandbox, { ...inputs, applications: 'expected', 'expected-revision': expected });
    expect(met.application('expected')).toMatchObject({ verdict: 'healthy', revisions: [sha('Second version')] });
    const waited = { ...connection(sandbox, transport), command: 'wait', applications: 'expected' };
    const still = await run(sandbox, { ...waited, 'expected-revision': expected });
    expect(still.application('expected').verdict).toBe('healthy');
    const never = await run(sandbox, { ...waited, 'expected-revision': '0123456', timeout: '1s' });
    expect(never.application('expected')).toMatchObject({
      verdict: 'timed-out',
      message: `runs ${expected}, expected 0123456`,
    });
    const missed = await run(sandbox, { ...inputs, applications: 'unexpected', 'expected-revision': '0123456' });
    expect(missed.application('unexpected')).toMatchObject({
      verdict: 'mismatch',
      message: `synced ${expected}, expected 0123456`,
    });
  });

  test.concurrent.each(TRANSPORTS)(
    'revision: an older one is Healthy and OutOfSync, by the %s API',
    async (transport) => {
      const sandbox = sandboxOf(transport);
      const finished = await run(sandbox, {
        ...connection(sandbox, transport),
        ...UNTIL_HEALTHY,
        applications: 'older',
        revision: 'v1',
      });
      expect(finished.application('older')).toMatchObject({
        verdict: 'healthy',
        syncStatus: 'OutOfSync',
        revisions: [sha('First version')],
      });
      expect(sandbox.controller.truth('argocd', 'older')).toMatchObject({ revisions: [sha('First version')] });
    },
  );
});

describe('fail-fast', () => {
  test.concurrent.each(TRANSPORTS)('starts no more after a failure, by the %s API', async (transport) => {
    const sandbox = sandboxOf(transport);
    // The first has failed long before the third could be started.
    const method = transport === 'kubernetes' ? 'PATCH' : 'POST';
    sandbox.addFault({ when: { method, path: 'fast-2' }, effect: { kind: 'delay', ms: 2000 } });
    const {
      exitCode,
      verdicts,
      application: entry,
      outputs,
    } = await run(sandbox, {
      ...connection(sandbox, transport),
      applications: 'fast-1, fast-2, fast-3',
      'fail-fast': 'true',
      concurrency: '1',
    });
    expect(exitCode).toBe(1);
    expect(outputs.result).toBe('failed');
    expect(verdicts['fast-1']).toBe('sync-failed');
    // Whatever was not started says why.
    expect(verdicts['fast-3']).toBe('cancelled');
    expect(entry('fast-3').message).toMatch(/^not started: .* did not pass and fail-fast is on$/);
    expect(operationsOf(sandbox, 'fast-3')).toEqual([]);
  });
});
