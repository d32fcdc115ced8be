import { describe, expect, test } from '@jest/globals';
import type { StaleWindow } from '../../sandbox/controller/script.ts';
import type { Fleet } from '../../sandbox/fleets/fleet.ts';
import { uniform } from '../../sandbox/fleets/uniform.ts';
import { connection, openSandbox, run, type StepInputs, TRANSPORTS, UNTIL_HEALTHY } from './harness.ts';

/**
 * What Argo CD may show between the end of an operation and the truth. It says Synced and Healthy of the old version for up to
 * the longest time that was measured; a comparison that is fresh and still wrong lasts a fraction of a second.
 */
const WINDOWS: readonly StaleWindow[] = [
  { order: 'compare-first', compareMs: 1600, cacheMs: 300 },
  { order: 'compare-first', sameSecond: true, compareMs: 1600, cacheMs: 100 },
  { order: 'cache-first', cacheMs: 1600, compareMs: 100 },
  { order: 'together', compareMs: 1600 },
  { order: 'together', sameSecond: true, compareMs: 1400 },
];

/** 20 Applications of which Argo CD says Synced and Healthy although there is a newer version; each rolls out for 2.5 s. */
function fleet(): Fleet {
  const all = uniform(20, { start: 'unseen' });
  return {
    ...all,
    applications: all.applications.map(({ object, script }, index) => ({
      object,
      script: {
        ...script,
        syncs: [
          {
            pickupMs: 20 * index,
            stale: WINDOWS[index % WINDOWS.length] ?? {},
            health: [
              { afterMs: 0, health: 'Progressing' },
              { afterMs: 2500, health: 'Healthy' },
            ],
          },
        ],
      },
    })),
  };
}

const HELD_MS = 1000;
/** Times are rounded to whole milliseconds. */
const ROUNDING_MS = 5;

describe('an Application that still shows the health of its old version', () => {
  test.concurrent.each(
    TRANSPORTS.flatMap((transport) => [
      { how: 'watching', transport, inputs: {} },
      { how: 'polling', transport, inputs: { watch: 'false', 'poll-interval': '1s' } },
    ]),
  )('is not called healthy, $how by the $transport API', async ({ transport, inputs }) => {
    const sandbox = await openSandbox({ fleet: fleet() });
    const settings: StepInputs = { ...UNTIL_HEALTHY, ...inputs, applications: 'app-*' };
    const { report, exitCode, log } = await run(sandbox, { ...connection(sandbox, transport), ...settings });
    expect({ exitCode, log: exitCode === 0 ? '' : log }).toEqual({ exitCode: 0, log: '' });
    const early = report.applications.flatMap(({ name, verdict, revisions, finishedAt }) => {
      const truth = sandbox.controller.truth('argocd', name);
      const saidMs = Date.parse(finishedAt ?? '');
      const isTrue =
        truth !== undefined &&
        truth.health === 'Healthy' &&
        truth.synced &&
        truth.revisions[0] === revisions[0] &&
        truth.since + HELD_MS <= saidMs + ROUNDING_MS;
      return verdict === 'healthy' && isTrue ? [] : [{ name, verdict, said: finishedAt, truth }];
    });
    expect(early).toEqual([]);
    expect(report.applications).toHaveLength(20);
    await sandbox.stop();
  });
});

test('the check above can fail: the same fleet is green at once for who believes the first Synced and Healthy', async () => {
  const sandbox = await openSandbox({ fleet: fleet() });
  const seen = await new Promise<string>((resolve) => {
    sandbox.store.subscribe(({ object }) => {
      const status = object.status as { readonly [part: string]: Readonly<Record<string, unknown>> | undefined };
      const truth = sandbox.controller.truth('argocd', object.metadata.name);
      if (
        status.operationState?.phase !== 'Succeeded' ||
        status.operationState.message !== 'successfully synced (all tasks run)'
      )
        return;
      if (object.operation !== undefined || status.health?.status !== 'Healthy' || status.sync?.status !== 'Synced')
        return;
      resolve(truth?.health ?? '');
    });
    sandbox.controller.act('argocd', 'app-0001', { do: 'operation', operation: { sync: {} } });
  });
  await sandbox.stop();
  expect(seen).toBe('Progressing');
});
