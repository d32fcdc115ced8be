import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
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
import { askedOperation } from './asked-operation.ts';
import { connection, openSandbox, operationsOf, run, TRANSPORTS } from './harness.ts';

/** Every option that Argo CD reads from an operation, with its values. */
const OPTIONS: Readonly<Record<string, readonly string[]>> = {
  Validate: ['false', 'true'],
  SkipDryRunOnMissingResource: ['true', 'false'],
  CreateNamespace: ['true', 'false'],
  PruneLast: ['true', 'false'],
  ApplyOutOfSyncOnly: ['true', 'false'],
  PrunePropagationPolicy: ['foreground', 'background', 'orphan'],
  Replace: ['true', 'false'],
  ServerSideApply: ['true', 'false'],
  ClientSideApplyMigration: ['false', 'true'],
  RespectIgnoreDifferences: ['true', 'false'],
  FailOnSharedResource: ['true', 'false'],
  Prune: ['false', 'confirm', 'true'],
};

/** Each option with its n-th value; the last one where it has fewer. */
const choice = (place: number): readonly string[] =>
  Object.entries(OPTIONS).map(([name, values]) => `${name}=${values[place] ?? values.at(-1)}`);

const fleet: Fleet = {
  name: 'sync options',
  repositories: [gitRepository(DEPLOY_URL, [commit('First version')])],
  clusters: [IN_CLUSTER],
  projects: [project({ name: 'default' })],
  applications: [
    ...['all-0', 'all-1', 'all-2'].map((name) => application({ name })),
    application({ name: 'merged', syncPolicy: { syncOptions: ['CreateNamespace=true', 'PruneLast=true'] } }),
  ],
};

describe.each(TRANSPORTS)('sync options by the %s API', (transport) => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await openSandbox({ fleet });
  });
  afterAll(() => sandbox.stop());

  const step = (applications: string, options: readonly string[]) =>
    run(sandbox, { ...connection(sandbox, transport), applications, 'sync-options': options.join('\n') });
  const operation = (name: string, syncOptions: readonly string[]) =>
    askedOperation(transport, { name, sync: { syncOptions }, resolved: { revision: sha('First version') } });

  test.each([0, 1, 2])('every option, value %i of each', async (place) => {
    const name = `all-${place}`;
    const { verdicts, log } = await step(name, choice(place));
    expect({ verdicts, log: verdicts[name] === 'synced' ? '' : log }).toEqual({
      verdicts: { [name]: 'synced' },
      log: '',
    });
    expect(operationsOf(sandbox, name)).toEqual([operation(name, choice(place))]);
  });

  test("the Application's own stay, each replaced where the same key is given", async () => {
    await step('merged', ['ServerSideApply=true', 'PruneLast=false']);
    expect(operationsOf(sandbox, 'merged')).toEqual([
      operation('merged', ['CreateNamespace=true', 'PruneLast=false', 'ServerSideApply=true']),
    ]);
  });

  test('a misspelt one is an error that names the nearest, before anything is touched', async () => {
    const finished = await step('merged', ['CreateNamspace=true']);
    expect(finished.exitCode).toBe(1);
    expect(finished.report.problems).toMatchObject([{ message: expect.stringContaining('CreateNamspace=true') }]);
    expect(finished.log).toContain('Did you mean CreateNamespace=true?');
    expect(finished.requests).toEqual([]);
  });
});
