import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { uniform } from '../../sandbox/fleets/uniform.ts';
import { startSandbox } from '../../sandbox/start.ts';
import type { Sandbox } from '../../sandbox/types.ts';
import { record } from '../../src/lib/json.ts';
import { connection, type Finished, run, type StepInputs, TRANSPORTS } from './harness.ts';

const N = 3000;
/** Thrice the largest step there is, at the same time. */
const PATIENCE_MS = 180_000;

const workflow: unknown = parse(readFileSync(new URL('../../examples/fan-out-3000.yml', import.meta.url), 'utf8'));

/** What the step of a job of the example says, without the way to connect. */
const withOf = (job: string): StepInputs => {
  const { steps } = record(record(record(workflow).jobs)[job]);
  const { kubeconfig: _, ...inputs } = record(record(Array.isArray(steps) ? steps[0] : undefined).with);
  return Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, String(value)]));
};

const methods = ({ requests }: Finished): readonly string[] => [...new Set(requests.map(({ method }) => method))];

describe.each(TRANSPORTS)('the example that fans 3,000 Applications out, by the %s API', (transport) => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({ fleet: uniform(N, { labels: { 'part-of': 'platform' } }) });
  });
  afterAll(() => sandbox.stop());

  test('one step alone refuses them before it touches anything', async () => {
    const { shard: _, ...inputs } = withOf('sync');
    const finished = await run(sandbox, { ...connection(sandbox, transport), ...inputs });
    expect(finished.exitCode).toBe(1);
    expect(finished.report.problems).toMatchObject([
      { title: 'Too many Applications', hint: expect.stringContaining('shard: 1/3') },
    ]);
    expect(methods(finished)).toEqual(['GET']);
  });

  test(
    'syncs each of them once, in three jobs',
    async () => {
      const plan = await run(sandbox, { ...connection(sandbox, transport), ...withOf('plan'), concurrency: '100' });
      expect(plan.outputs).toMatchObject({ result: 'succeeded', count: String(N), shards: '["1/3","2/3","3/3"]' });
      expect(JSON.parse(plan.outputs.names)).toHaveLength(N);
      expect(plan.report.warnings).toEqual([expect.stringContaining('share them among 3 jobs')]);
      expect(methods(plan)).toEqual(['GET']);

      const shards: readonly string[] = JSON.parse(plan.outputs.shards);
      const jobs = await Promise.all(
        shards.map((shard) =>
          run(sandbox, { ...connection(sandbox, transport), ...withOf('sync'), shard, concurrency: '100' }),
        ),
      );
      expect(
        jobs.map(({ outputs: { result, count, failed }, log }) => [result, count, failed, failed === '[]' ? '' : log]),
      ).toEqual(shards.map(() => ['succeeded', '1000', '[]', '']));
      const names = jobs.flatMap(({ outputs }): string[] => JSON.parse(outputs.passed));
      expect(names).toHaveLength(N);
      expect(new Set(names).size).toBe(N);
      const synced = sandbox.store
        .list('applications')
        .map(({ status }) => record(record(record(status).operationState)));
      expect(synced.filter(({ phase }) => phase === 'Succeeded')).toHaveLength(N);
    },
    PATIENCE_MS,
  );
});
