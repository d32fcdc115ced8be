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
import { at, connection, openSandbox, operationsOf, run, stored, TRANSPORTS, UNTIL_HEALTHY } from './harness.ts';

const FIRST = sha('First version');
const SECOND = sha('Second version');

const app = (name: string) =>
  application({
    name,
    script: {
      start: { runs: 'previous', compared: 'current' },
      resources: [
        { kind: 'ConfigMap', name: 'flags', from: SECOND },
        { kind: 'ConfigMap', name: 'old', until: SECOND },
        { kind: 'Deployment', name: 'web' },
        { kind: 'Service', name: 'web', file: 'untouched.yaml' },
      ],
    },
  });

const fleet: Fleet = {
  name: 'dry runs',
  repositories: [
    gitRepository(DEPLOY_URL, [
      commit('First version'),
      commit('Second version', { touches: ['apps/pruned', 'apps/kept'] }),
    ]),
  ],
  clusters: [IN_CLUSTER],
  projects: [project({ name: 'default' })],
  applications: [app('pruned'), app('kept')],
};

describe.each(TRANSPORTS)('a dry run by the %s API', (transport) => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await openSandbox({ fleet });
  });
  afterAll(() => sandbox.stop());

  test('says what would change, resource by resource, and changes nothing', async () => {
    const before = at(stored(sandbox, 'pruned'), 'status', 'sync');
    const finished = await run(sandbox, {
      ...connection(sandbox, transport),
      ...UNTIL_HEALTHY,
      applications: 'pruned',
      'dry-run': 'true',
      prune: 'true',
    });
    expect(finished.application('pruned')).toMatchObject({
      verdict: 'synced',
      message: 'dry run: 1 to create, 1 to configure, 1 to prune, 1 unchanged',
      notes: [
        'would be pruned: ConfigMap pruned/old',
        'would be created: ConfigMap pruned/flags',
        'would be configured: apps/Deployment pruned/web',
      ],
      resources: expect.arrayContaining([
        expect.objectContaining({ kind: 'Deployment', message: 'deployment.apps/web configured (dry run)' }),
      ]),
    });
    expect(finished.lines).toContainEqual(expect.stringContaining('would be pruned: ConfigMap pruned/old'));
    expect(operationsOf(sandbox, 'pruned')).toEqual([
      askedOperation(transport, {
        name: 'pruned',
        sync: { dryRun: true, prune: true },
        resolved: { revision: SECOND },
      }),
    ]);
    expect(at(stored(sandbox, 'pruned'), 'status', 'sync')).toEqual(before);
    expect(sandbox.controller.truth('argocd', 'pruned')?.revisions).toEqual([FIRST]);
  });

  test('says what is only kept because pruning was not asked for', async () => {
    const finished = await run(sandbox, {
      ...connection(sandbox, transport),
      applications: 'kept',
      'dry-run': 'true',
    });
    expect(finished.application('kept').notes).toContain('is no longer in Git, and would be kept: ConfigMap kept/old');
  });
});
