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

const OWN = { limit: 2, backoff: { duration: '5s', factor: 2, maxDuration: '3m' }, refresh: true };

interface Case {
  readonly name: string;
  readonly own?: Draft;
  readonly inputs: StepInputs;
  readonly retry: Draft;
  /** Where the server leaves out what is zero. */
  readonly overArgocd?: Draft;
}

const CASES: readonly Case[] = [
  { name: 'own', own: OWN, inputs: {}, retry: OWN },
  { name: 'limit', own: OWN, inputs: { 'retry-limit': '5' }, retry: { ...OWN, limit: 5 } },
  {
    name: 'never',
    own: OWN,
    inputs: { 'retry-limit': '0' },
    retry: { ...OWN, limit: 0 },
    overArgocd: { backoff: OWN.backoff, refresh: true },
  },
  { name: 'endless', inputs: { 'retry-limit': '-1' }, retry: { limit: -1 } },
  {
    name: 'backoff',
    own: OWN,
    inputs: { 'retry-backoff-duration': '10', 'retry-backoff-max-duration': '1m' },
    retry: { ...OWN, backoff: { duration: '10s', factor: 2, maxDuration: '1m' } },
  },
  {
    name: 'everything',
    inputs: {
      'retry-limit': '3',
      'retry-backoff-duration': '1s',
      'retry-backoff-factor': '3',
      'retry-backoff-max-duration': '30s',
    },
    retry: { limit: 3, backoff: { duration: '1s', factor: 3, maxDuration: '30s' } },
  },
];

const fleet: Fleet = {
  name: 'retries',
  repositories: [gitRepository(DEPLOY_URL, [commit('First version')])],
  clusters: [IN_CLUSTER],
  projects: [project({ name: 'default' })],
  applications: CASES.map(({ name, own }) =>
    application({ name, ...(own === undefined ? {} : { syncPolicy: { retry: own } }) }),
  ),
};

describe.each(TRANSPORTS)('the retry strategy by the %s API', (transport) => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await openSandbox({ fleet });
  });
  afterAll(() => sandbox.stop());

  test.each(CASES)('$name', async ({ name, inputs, retry, overArgocd = retry }) => {
    const { verdicts } = await run(sandbox, { ...connection(sandbox, transport), ...inputs, applications: name });
    expect(verdicts).toEqual({ [name]: 'synced' });
    expect(operationsOf(sandbox, name)).toEqual([
      askedOperation(transport, {
        name,
        retry: transport === 'argocd' ? overArgocd : retry,
        resolved: { revision: sha('First version') },
      }),
    ]);
  });
});
