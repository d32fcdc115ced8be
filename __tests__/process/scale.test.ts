import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { uniform } from '../../sandbox/fleets/uniform.ts';
import type { Sandbox } from '../../sandbox/types.ts';
import {
  connection,
  countRequests,
  type Finished,
  openSandbox,
  run,
  TRANSPORTS,
  type Transport,
  UNTIL_HEALTHY,
} from './harness.ts';

/** States are looked at again beside the watch that often, however long it takes: one request. */
const POLL_INTERVAL_MS = 15_000;

/** What may be asked for `n` selected Applications while nothing goes wrong. */
const budget = (transport: Transport, n: number, durationMs: number): number =>
  (transport === 'kubernetes' ? 2 : 1) * n + 12 + Math.floor(durationMs / POLL_INTERVAL_MS);

function expectGreen(finished: Finished, transport: Transport, n: number): void {
  const { exitCode, outputs, applications, report, requests, log, durationMs } = finished;
  expect({ exitCode, result: outputs.result, log: exitCode === 0 ? '' : log }).toEqual({
    exitCode: 0,
    result: 'succeeded',
    log: '',
  });
  expect(outputs).toMatchObject({ count: String(n), failed: '[]', 'timed-out': '[]', passed: outputs.names });
  expect(JSON.parse(outputs.names)).toHaveLength(n);
  expect(applications.map(({ verdict }) => verdict)).toEqual(Array.from({ length: n }, () => 'healthy'));
  expect(report.applications).toHaveLength(n);
  expect(new Set(report.applications.map(({ operationId }) => operationId)).size).toBe(n);
  const made = requests.length <= budget(transport, n, durationMs) ? [] : [requests.length, countRequests(requests)];
  expect(made).toEqual([]);
}

describe.each(TRANSPORTS)('Applications by the %s API', (transport) => {
  describe.each([1, 25, 1000])('%i of them', (n) => {
    let sandbox: Sandbox;
    beforeAll(async () => {
      sandbox = await openSandbox({ fleet: uniform(n) });
    });
    afterAll(() => sandbox.stop());

    test('are synced and Healthy within the budget of requests', async () => {
      const finished = await run(sandbox, {
        ...connection(sandbox, transport),
        'application-regex': 'app-\\d+',
        ...UNTIL_HEALTHY,
      });
      expectGreen(finished, transport, n);
      expect(finished.summary).toContain(`${n === 1000 ? '1,000' : n} Application`);
      expect(finished.lines.length).toBeLessThan(5_000);
      // GitHub's limits: 1 MiB for the outputs of a job and for the summary of a step.
      expect(Buffer.byteLength(JSON.stringify(finished.outputs))).toBeLessThan(1024 * 1024);
      expect(Buffer.byteLength(finished.summary)).toBeLessThan(1024 * 1024);
    });
  });
});

test('Applications by user name and password', async () => {
  const sandbox = await openSandbox({ fleet: uniform(2) });
  const { 'argocd-auth-token': _, ...address } = connection(sandbox, 'argocd');
  const finished = await run(
    sandbox,
    {
      ...address,
      'argocd-username': 'deployer',
      'argocd-password': 'sandbox-password-deployer',
      applications: 'app-*',
      ...UNTIL_HEALTHY,
    },
    { debug: true },
  );
  expectGreen(finished, 'argocd', 2);
  await sandbox.stop();
});

test('few of many over the Kubernetes API: each is looked at by name, and all are listed once only', async () => {
  const few = 8;
  const picked = uniform(few, { prefix: 'pick' });
  const others = uniform(400 - few, { prefix: 'rest' });
  const sandbox = await openSandbox({
    fleet: { ...picked, applications: [...picked.applications, ...others.applications] },
  });
  const finished = await run(sandbox, {
    ...connection(sandbox, 'kubernetes'),
    'application-regex': 'pick-\\d+',
    ...UNTIL_HEALTHY,
  });
  await sandbox.stop();
  expect({ exitCode: finished.exitCode, count: finished.outputs.count }).toEqual({ exitCode: 0, count: String(few) });
  const lists = finished.requests.filter(({ path }) => /\/applications\?/.test(path) && !path.includes('watch='));
  expect(lists.map(({ path }) => path)).toEqual([expect.stringContaining('includeObject=None')]);
  // A read, a write and a look of each, where a list would bring the metadata of 400.
  expect(finished.requests.length).toBeLessThanOrEqual(3 * few + 12);
});
