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

const SECOND = sha('Second version');

const app = (name: string, compared: 'current' | 'before' = 'current') =>
  application({
    name,
    labels: { team: 'payments' },
    script: {
      start: { runs: 'previous', compared },
      syncs: [{ hooks: [{ type: 'PreSync', name: 'migrate', takesMs: 0 }] }],
      resources: [
        { kind: 'Deployment', name: 'web' },
        { kind: 'Deployment', name: 'worker' },
        { kind: 'Service', name: 'web' },
        { kind: 'ConfigMap', name: 'new-flags', from: SECOND },
        { group: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'system:web', namespace: '' },
      ],
    },
  });

const fleet: Fleet = {
  name: 'resources',
  repositories: [gitRepository(DEPLOY_URL, [commit('First version'), commit('Second version')])],
  clusters: [IN_CLUSTER],
  projects: [project({ name: 'default' })],
  applications: [
    ...['exact', 'wild', 'role', 'empty', 'planned', 'by-label'].map((name) => app(name)),
    ...['unseen', 'rest'].map((name) => app(name, 'before')),
  ],
};

describe.each(TRANSPORTS)('resources by the %s API', (transport) => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await openSandbox({ fleet });
  });
  afterAll(() => sandbox.stop());

  const step = (applications: string, resources: string, more: Readonly<Record<string, string>> = {}) =>
    run(sandbox, {
      ...connection(sandbox, transport),
      ...(applications === '' ? {} : { applications }),
      resources,
      ...more,
    });
  const operation = (name: string, resources: readonly object[]) =>
    askedOperation(transport, { name, sync: { resources }, resolved: { revision: SECOND } });

  test('only what is named is synced, without hooks and history, and need not make the whole Synced', async () => {
    const history = at(stored(sandbox, 'exact'), 'status', 'history');
    const finished = await step('exact', 'apps:Deployment:web', UNTIL_HEALTHY);
    expect(finished.application('exact')).toMatchObject({
      verdict: 'healthy',
      syncStatus: 'OutOfSync',
      notes: ['a partial sync: Argo CD skips hooks and writes no history'],
      resources: [{ kind: 'Deployment', name: 'web', status: 'Synced' }],
    });
    expect(finished.lines).toContainEqual(expect.stringContaining('a partial sync: Argo CD skips hooks'));
    expect(operationsOf(sandbox, 'exact')).toEqual([
      operation('exact', [{ group: 'apps', kind: 'Deployment', name: 'web', namespace: 'exact' }]),
    ]);
    expect(at(stored(sandbox, 'exact'), 'status', 'history')).toEqual(history);
  });

  test('wildcards and excludes are expanded: Argo CD knows neither', async () => {
    await step('wild', '*:*:wild/w*\n!apps:Deployment:worker');
    expect(operationsOf(sandbox, 'wild')).toEqual([
      operation('wild', [
        { kind: 'Service', name: 'web', namespace: 'wild' },
        { group: 'apps', kind: 'Deployment', name: 'web', namespace: 'wild' },
      ]),
    ]);
  });

  test('names with colons, cluster-wide resources, and lines that fit nothing', async () => {
    const finished = await step('role', 'rbac.authorization.k8s.io:ClusterRole:system:web\n:Secret:*');
    expect(operationsOf(sandbox, 'role')).toEqual([
      operation('role', [{ group: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'system:web' }]),
    ]);
    expect(finished.application('role').notes).toContain('no resource of it fits :Secret:*');
  });

  test('what the newest commit brought is known, because Argo CD compares first', async () => {
    expect(JSON.stringify(at(stored(sandbox, 'unseen'), 'status', 'resources'))).not.toContain('new-flags');
    const { verdicts } = await step('unseen', ':ConfigMap:new-*');
    expect(verdicts).toEqual({ unseen: 'synced' });
    expect(operationsOf(sandbox, 'unseen')).toEqual([
      operation('unseen', [{ kind: 'ConfigMap', name: 'new-flags', namespace: 'unseen' }]),
    ]);
  });

  test('with excludes only, everything else', async () => {
    await step('rest', '!apps:*:*\n!*:ClusterRole:*');
    expect(operationsOf(sandbox, 'rest')).toEqual([
      operation('rest', [
        { kind: 'ConfigMap', name: 'new-flags', namespace: 'rest' },
        { kind: 'Service', name: 'web', namespace: 'rest' },
      ]),
    ]);
  });

  test('nothing left fails that Application, and nothing is started', async () => {
    const finished = await step('empty', 'apps:deployment:web');
    expect(finished.application('empty')).toMatchObject({
      verdict: 'error',
      message: '`resources` matches none of its 5 resources: apps:deployment:web',
      hint: 'Did you mean apps:Deployment:web? Case counts.',
    });
    expect(finished.exitCode).toBe(1);
    expect(operationsOf(sandbox, 'empty')).toEqual([]);
  });

  test('works with labels and expressions', async () => {
    const { verdicts } = await step('', ':Service:web', {
      selector: 'team=payments',
      'application-regex': 'by-.*',
    });
    expect(verdicts).toEqual({ 'by-label': 'synced' });
    expect(operationsOf(sandbox, 'by-label')).toEqual([
      operation('by-label', [{ kind: 'Service', name: 'web', namespace: 'by-label' }]),
    ]);
  });

  test('a plan changes nothing, not even by a comparison', async () => {
    const before = stored(sandbox, 'planned').metadata.resourceVersion;
    const finished = await step('planned', 'apps:*:*', { command: 'plan' });
    expect(finished.application('planned')).toMatchObject({
      verdict: 'planned',
      message: 'would be synced: main, 2 resources (apps:Deployment:planned/web apps:Deployment:planned/worker)',
    });
    expect(stored(sandbox, 'planned').metadata.resourceVersion).toBe(before);
  });
});
