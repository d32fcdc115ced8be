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
import type { Draft, Sandbox } from '../../sandbox/types.ts';
import { askedOperation } from './asked-operation.ts';
import { connection, openSandbox, operationsOf, run, type StepInputs, TRANSPORTS } from './harness.ts';

const CASES: readonly {
  readonly name: string;
  readonly inputs: StepInputs;
  readonly sync?: Draft;
  readonly info?: readonly Draft[];
}[] = [
  { name: 'hooks', inputs: {} },
  { name: 'hooks-force', inputs: { force: 'true' }, sync: { syncStrategy: { hook: { force: true } } } },
  { name: 'apply', inputs: { 'apply-only': 'true' }, sync: { syncStrategy: { apply: {} } } },
  {
    name: 'apply-force',
    inputs: { 'apply-only': 'true', force: 'true' },
    sync: { syncStrategy: { apply: { force: true } } },
  },
  { name: 'prune', inputs: { prune: 'true' }, sync: { prune: true } },
  {
    name: 'info',
    inputs: { info: 'ticket=OPS-42\nquery=a=b, c' },
    info: [
      { name: 'ticket', value: 'OPS-42' },
      { name: 'query', value: 'a=b, c' },
    ],
  },
];

const fleet: Fleet = {
  name: 'strategies',
  repositories: [gitRepository(DEPLOY_URL, [commit('First version')])],
  clusters: [IN_CLUSTER],
  projects: [project({ name: 'default' })],
  applications: CASES.map(({ name }) => application({ name })),
};

describe.each(TRANSPORTS)('strategy, pruning and information by the %s API', (transport) => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await openSandbox({ fleet });
  });
  afterAll(() => sandbox.stop());

  test.each(CASES)('$name', async ({ name, inputs, sync = {}, info = [] }) => {
    const { verdicts } = await run(sandbox, { ...connection(sandbox, transport), ...inputs, applications: name });
    expect(verdicts).toEqual({ [name]: 'synced' });
    expect(operationsOf(sandbox, name)).toEqual([
      askedOperation(transport, { name, sync, info, resolved: { revision: sha('First version') } }),
    ]);
  });
});
