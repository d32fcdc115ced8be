import { describe, expect, test } from '@jest/globals';
import type { Script } from '../../sandbox/controller/script.ts';
import { uniform } from '../../sandbox/fleets/uniform.ts';
import type { Sandbox, StoredObject } from '../../sandbox/types.ts';
import {
  at,
  connection,
  idsOf,
  openSandbox,
  operationsOf,
  start,
  stored,
  TRANSPORTS,
  type Transport,
  until,
} from './harness.ts';

const WITHIN_MS = 5_000;

/** Never becomes Healthy after a sync. */
const PROGRESSING: Script = {
  start: { runs: 'previous', compared: 'current' },
  syncs: [{ health: [{ afterMs: 0, health: 'Progressing' }] }],
};
/** Never ends a sync. */
const HANGING: Script = {
  start: { runs: 'previous', compared: 'current' },
  syncs: [{ hooks: [{ type: 'PreSync', name: 'migrate', takesMs: 'forever' }] }],
};

const phaseOf = (sandbox: Sandbox, name: string): unknown =>
  at(stored(sandbox, name), 'status', 'operationState', 'phase');

/** Whether this phase is that of an operation of the step, or of somebody else in this test; not of the fleet's past. */
const hasOwn =
  (phase: string) =>
  (object: StoredObject): boolean => {
    const state = at(object, 'status', 'operationState');
    const past =
      at(state, 'operation', 'initiatedBy', 'username') === 'admin' && !Array.isArray(at(state, 'operation', 'info'));
    return !past && at(state, 'phase') === phase;
  };

/** Resolves when every one of these Applications shows this phase of such an operation. */
const untilAll = (sandbox: Sandbox, names: readonly string[], phase: string): Promise<unknown> =>
  Promise.all(names.map((name) => until(sandbox, name, hasOwn(phase))));

const namesOf = (sandbox: Sandbox): readonly string[] =>
  sandbox.store.list('applications').map(({ metadata }) => metadata.name);

describe.each(TRANSPORTS)('a cancelled workflow with 1000 Applications waiting, by the %s API', (transport) => {
  test('everything is written within 5 s after SIGINT and SIGTERM', async () => {
    const sandbox = await openSandbox({ fleet: uniform(1000, { script: PROGRESSING }) });
    const step = start(sandbox, {
      ...connection(sandbox, transport),
      applications: 'app-*',
      'wait-until-healthy': 'true',
      timeout: '5m',
      concurrency: '50',
    });
    await untilAll(sandbox, namesOf(sandbox), 'Succeeded');
    const cancelledAt = performance.now();
    step.process.kill('SIGINT');
    await step.logged('cancelled by SIGINT');
    step.process.kill('SIGTERM');
    const { exitCode, signal, outputs, report, verdicts, summary } = await step.done;
    const tookMs = performance.now() - cancelledAt;
    await sandbox.stop();

    expect({ exitCode, signal, result: outputs.result, count: outputs.count }).toEqual({
      exitCode: 1,
      signal: null,
      result: 'cancelled',
      count: '1000',
    });
    expect(tookMs).toBeLessThan(WITHIN_MS);
    expect(report.applications).toHaveLength(1000);
    expect(new Set(Object.values(verdicts))).toEqual(new Set(['cancelled']));
    expect(summary).toContain('1,000 Applications: 1000 cancelled');
  });
});

/** Cancels a step while three operations of its own hang, and one of somebody else that it waits for. */
async function cancelWithRival(transport: Transport, onCancel: string) {
  const sandbox = await openSandbox({ fleet: uniform(4, { script: HANGING }) });
  const [rival = '', ...own] = namesOf(sandbox);
  sandbox.controller.act('argocd', rival, {
    do: 'operation',
    operation: { initiatedBy: { username: 'somebody' }, sync: {} },
  });
  await untilAll(sandbox, [rival], 'Running');
  const step = start(sandbox, { ...connection(sandbox, transport), applications: 'app-*', 'on-cancel': onCancel });
  await untilAll(sandbox, own, 'Running');
  await step.logged('waiting: another operation');
  step.process.kill('SIGINT');
  const finished = await step.done;
  return { sandbox, finished, rival, own };
}

describe('on-cancel', () => {
  const terminates = async (transport: Transport): Promise<void> => {
    const { sandbox, finished, rival, own } = await cancelWithRival(transport, 'terminate');
    expect(finished.outputs.result).toBe('cancelled');
    expect(finished.lines.filter((line) => line.includes('asked Argo CD to end its operation'))).toHaveLength(3);
    await untilAll(sandbox, own, 'Failed');
    expect(phaseOf(sandbox, rival)).toBe('Running');
    expect(idsOf(operationsOf(sandbox, rival))).toEqual([]);
    await sandbox.stop();
  };
  test.concurrent.each(TRANSPORTS)('terminate: ends only what this run started, by the %s API', terminates);

  test.concurrent.each(TRANSPORTS)('leave: everything goes on, and this is said, by the %s API', async (transport) => {
    const { sandbox, finished, rival, own } = await cancelWithRival(transport, 'leave');
    expect({ exitCode: finished.exitCode, result: finished.outputs.result }).toEqual({
      exitCode: 1,
      result: 'cancelled',
    });
    expect(finished.log).toContain('3 operations that were started here may go on in Argo CD');
    for (const name of [rival, ...own]) expect([name, phaseOf(sandbox, name)]).toEqual([name, 'Running']);
    expect(finished.application(rival).message).toBe('not started: cancelled by SIGINT');
    await sandbox.stop();
  });
});

describe('a signal before anything is known', () => {
  test.concurrent.each(TRANSPORTS)('is a cancelled step with all outputs, by the %s API', async (transport) => {
    const sandbox = await openSandbox({
      fleet: uniform(1),
      faults: [{ when: { method: 'GET' }, times: 0, effect: { kind: 'hang' } }],
    });
    const step = start(sandbox, { ...connection(sandbox, transport), applications: 'app-*' });
    await new Promise<void>((resolve) => {
      const look = (): void => {
        if (sandbox.requests.length > 0) resolve();
        else setImmediate(look);
      };
      look();
    });
    step.process.kill('SIGTERM');
    const { exitCode, outputs } = await step.done;
    expect({ exitCode, ...outputs }).toMatchObject({
      exitCode: 1,
      result: 'cancelled',
      count: '0',
      applications: '[]',
      report: expect.stringMatching(/report\.json$/),
    });
    await sandbox.stop();
  });
});
