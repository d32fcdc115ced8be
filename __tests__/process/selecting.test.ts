import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import {
  application,
  commit,
  DEPLOY_URL,
  gitRepository,
  IN_CLUSTER,
  project,
  sha,
} from '../../sandbox/fleets/builders.ts';
import type { Fleet, FleetApplication } from '../../sandbox/fleets/fleet.ts';
import { startSandbox } from '../../sandbox/start.ts';
import type { Draft, Sandbox } from '../../sandbox/types.ts';
import { isRecord, record } from '../../src/lib/json.ts';
import { at, connection, operationsOf, run, type StepInputs, TRANSPORTS, UNTIL_HEALTHY, until } from './harness.ts';

const PROD = { name: 'prod-eu', server: 'https://10.1.0.1:6443' };
const SERVICE = 'harness.io/serviceRef';
const ENVIRONMENT = 'harness.io/envRef';

const OUTDATED = { start: { runs: 'previous', compared: 'current' } } as const;
const SETTLED = { start: { runs: 'target', compared: 'current' } } as const;
/** A newer commit is there, and Argo CD has not looked yet: it still says Synced. */
const UNSEEN = { start: { runs: 'previous', compared: 'before' } } as const;

const app = (name: string, labels: Readonly<Record<string, string>> = {}, more: object = {}): FleetApplication =>
  application({ name, labels, destination: { namespace: name, name: PROD.name }, script: OUTDATED, ...more });

const owned = (name: string, set: string): FleetApplication =>
  app(
    name,
    {},
    {
      ownerReferences: [{ apiVersion: 'argoproj.io/v1alpha1', kind: 'ApplicationSet', name: set, uid: 'u-1' }],
    },
  );

const cart = (environment: string): Readonly<Record<string, string>> => ({
  [SERVICE]: 'cart',
  [ENVIRONMENT]: environment,
});

const set = (name: string, members: readonly string[], more: Draft = {}): Draft => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'ApplicationSet',
  metadata: { name, namespace: 'argocd' },
  spec: { generators: [], template: { metadata: { name: 'x' }, spec: { project: 'default' } } },
  status: {
    resources: members.map((member) => ({ kind: 'Application', namespace: 'argocd', name: member })),
    resourcesCount: members.length,
    ...more,
  },
});

const fleet: Fleet = {
  name: 'selecting',
  repositories: [gitRepository(DEPLOY_URL, [commit('First version'), commit('Second version')])],
  clusters: [IN_CLUSTER, PROD],
  projects: [project({ name: 'default' })],
  applications: [
    app('shop-web'),
    app('cart-api', { ...cart('production'), team: 'payments', tier: 'api' }),
    app('cart-worker', { ...cart('production'), team: 'payments', tier: 'worker' }),
    app('cart-staging', cart('staging')),
    app('cart-elsewhere', cart('production'), { destination: { namespace: 'x', server: IN_CLUSTER.server } }),
    app('cart-search', { [SERVICE]: 'search', [ENVIRONMENT]: 'production' }),
    app('checkout-api', { team: 'billing', tier: 'api' }),
    owned('fleet-north', 'fleet'),
    owned('fleet-south', 'fleet'),
    app('fleet-alone'),
    app('fresh-frontend', {}, { script: SETTLED }),
    app('old-frontend'),
    app('unseen-frontend', {}, { script: UNSEEN }),
    ...Array.from({ length: 12 }, (_, index) => app(`part-${index}`, { 'part-of': 'platform' })),
  ],
  applicationSets: [
    set('fleet', ['fleet-north', 'fleet-south']),
    set('empty', []),
    set('broken', [], { conditions: [{ type: 'ErrorOccurred', status: 'True', message: 'no such repository' }] }),
  ],
};

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

/** The inputs of each example by its heading. */
const examples = new Map(
  [...read('docs/selecting.md').matchAll(/^## (.+)$([\s\S]*?)(?=^## |(?![\s\S]))/gm)].flatMap(
    ([, title = '', body = '']) => {
      const [, yaml] = /```yaml\n([\s\S]*?)```/.exec(body) ?? [];
      return yaml === undefined ? [] : [[title, withOf(yaml)] as const];
    },
  ),
);

/** What a step of a workflow says below `with`, without the way to connect. */
function withOf(yaml: string): StepInputs {
  const [step]: readonly unknown[] = parse(yaml);
  const { kubeconfig: _, ...inputs } = record(record(step).with);
  return Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, String(value)]));
}

/** What comes of each example: verdicts by name, and the reasons of what is left out. */
const EXPECTED: Readonly<Record<string, { readonly verdicts: object; readonly excluded?: object }>> = {
  'By name and pattern': {
    verdicts: Object.fromEntries(
      ['shop-web', 'cart-api', 'cart-elsewhere', 'cart-search', 'cart-staging', 'cart-worker', 'checkout-api'].map(
        (name) => [name, 'synced'],
      ),
    ),
  },
  'By regular expression': { verdicts: { 'cart-api': 'synced', 'cart-worker': 'synced', 'checkout-api': 'synced' } },
  'By label': { verdicts: { 'cart-api': 'synced', 'checkout-api': 'synced' } },
  'By ApplicationSet': { verdicts: { 'fleet-north': 'synced', 'fleet-south': 'synced' } },
  'Service, environment and cluster': {
    verdicts: { 'cart-api': 'synced', 'cart-worker': 'synced' },
    excluded: {
      'cart-staging': expect.stringMatching(/harness\.io\/envRef/),
      'cart-search': expect.stringMatching(/harness\.io\/serviceRef/),
      'cart-elsewhere': 'goes to cluster "https://kubernetes.default.svc" instead of "prod-eu"',
    },
  },
  'Only what is out of sync': {
    verdicts: { 'fresh-frontend': 'unchanged', 'old-frontend': 'synced', 'unseen-frontend': 'synced' },
  },
  'More than 1000: shards': { verdicts: expect.objectContaining({ 'part-0': 'synced' }) },
  Plan: { verdicts: { 'cart-api': 'planned', 'cart-worker': 'planned' } },
  'A Harness step as it is': { verdicts: { 'cart-api': 'healthy', 'cart-worker': 'healthy' } },
};

test('every example of the page is run', () => {
  expect([...examples.keys()]).toEqual(Object.keys(EXPECTED));
});

describe.each(TRANSPORTS)('selecting by the %s API', (transport) => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({ fleet });
  });
  afterAll(() => sandbox.stop());

  const step = (inputs: StepInputs, account = 'admin') =>
    run(sandbox, { ...connection(sandbox, transport, account), ...inputs });
  const plan = (inputs: StepInputs, account?: string) => step({ ...inputs, command: 'plan' }, account);

  // First, while nothing has been synced.
  test('only what is out of sync, in truth', async () => {
    const finished = await step(examples.get('Only what is out of sync') ?? {});
    expect(finished.verdicts).toEqual(EXPECTED['Only what is out of sync']?.verdicts);
    expect(operationsOf(sandbox, 'fresh-frontend')).toEqual([]);
    expect(operationsOf(sandbox, 'unseen-frontend')).toHaveLength(1);
    expect(finished.application('fresh-frontend')).toMatchObject({
      message: 'left alone: compared again, Synced to main and Healthy',
      syncStatus: 'Synced',
      healthStatus: 'Healthy',
      revisions: [sha('Second version')],
      operationId: '',
    });
    expect(JSON.parse(finished.outputs.passed)).toEqual(['fresh-frontend', 'old-frontend', 'unseen-frontend']);
    // The first step did not wait for their rollouts.
    const healthy = (object: object) => at(object, 'status', 'health', 'status') === 'Healthy';
    await Promise.all(['old-frontend', 'unseen-frontend'].map((name) => until(sandbox, name, healthy)));
    const again = await step({ ...examples.get('Only what is out of sync'), ...UNTIL_HEALTHY });
    expect(again.verdicts).toEqual({
      'fresh-frontend': 'unchanged',
      'old-frontend': 'unchanged',
      'unseen-frontend': 'unchanged',
    });
  });

  test('a plan compares nothing again and says so', async () => {
    const finished = await plan({ applications: 'fresh-frontend', 'only-out-of-sync': 'true' }, 'viewer');
    expect(finished.application('fresh-frontend')).toMatchObject({
      verdict: 'unchanged',
      message: 'would be left alone if a new comparison says the same: Synced and Healthy',
    });
    expect(finished.requests.filter(({ method, path }) => method === 'PATCH' || path.includes('refresh'))).toEqual([]);
  });

  test.each([...examples].filter(([title]) => title !== 'Only what is out of sync' && !title.startsWith('More')))(
    'the example "%s"',
    async (title, inputs) => {
      const finished = await step(inputs);
      expect({ exitCode: finished.exitCode, log: finished.exitCode === 0 ? '' : finished.log }).toEqual({
        exitCode: 0,
        log: '',
      });
      expect(finished.verdicts).toEqual(EXPECTED[title]?.verdicts);
      const excluded = Object.fromEntries(
        finished.report.selection.excluded.map(({ ref, reason }) => [ref.name, reason]),
      );
      expect(excluded).toEqual(EXPECTED[title]?.excluded ?? {});
      for (const reason of Object.values(excluded)) expect(finished.log).toContain(reason);
    },
  );

  test('shards have everything once', async () => {
    const inputs = examples.get('More than 1000: shards') ?? {};
    expect(inputs.shard).toBe('2/3');
    const parts = await Promise.all(['1/3', '2/3', '3/3'].map((shard) => step({ ...inputs, shard })));
    const names = parts.flatMap(({ outputs }): string[] => JSON.parse(outputs.names));
    expect(names.toSorted()).toEqual(Array.from({ length: 12 }, (_, index) => `part-${index}`).toSorted());
    expect(parts.map(({ outputs }) => outputs.shards)).toEqual(['["1/3"]', '["2/3"]', '["3/3"]']);
    for (const name of names) expect(operationsOf(sandbox, name)).toHaveLength(1);
  });

  test('a plan says how to share what is too much', async () => {
    const refused = await plan({ selector: 'part-of=platform', 'max-applications': '5' });
    expect(refused.exitCode).toBe(1);
    expect(refused.report.problems[0]).toMatchObject({
      title: 'Too many Applications',
      hint: expect.stringContaining('shard: 1/3'),
    });
    const finished = await plan({ selector: 'part-of=platform' });
    expect(finished.outputs).toMatchObject({ shards: '["1/1"]', count: '12' });
  });

  describe('a guard', () => {
    test.each([
      [{ service: 'cart' }, 'cart-search', 'has label harness.io/serviceRef="search" instead of "cart"'],
      [{ environment: 'production' }, 'cart-staging', 'has label harness.io/envRef="staging" instead of "production"'],
      [{ environment: 'production' }, 'shop-web', 'has no label harness.io/envRef, and "production" is wanted'],
      [
        { cluster: 'prod-eu' },
        'cart-elsewhere',
        'goes to cluster "https://kubernetes.default.svc" instead of "prod-eu"',
      ],
      [{ cluster: 'in-cluster' }, 'cart-api', 'goes to cluster "prod-eu" instead of "in-cluster"'],
      [{ service: 'api', 'service-label': 'tier' }, 'cart-worker', 'has label tier="worker" instead of "api"'],
    ])('%j fails %s, which was asked for by name', async (guard, name, reason) => {
      const before = operationsOf(sandbox, name).length;
      const finished = await step({ ...guard, applications: name });
      expect(finished.exitCode).toBe(1);
      expect(finished.application(name)).toMatchObject({
        verdict: 'mismatch',
        message: `Asked for by name, but it ${reason}`,
      });
      expect(operationsOf(sandbox, name)).toHaveLength(before);
    });
  });

  describe('an ApplicationSet', () => {
    test('composes with the other conditions', async () => {
      const finished = await plan({ 'application-set': 'fleet', applications: 'fleet-n*, fleet-alone' });
      expect(finished.verdicts).toEqual({ 'fleet-north': 'planned', 'fleet-alone': 'mismatch' });
    });

    test.each([
      ['nope', 'There is no such ApplicationSet', 'There is no ApplicationSet "nope"'],
      ['empty', 'The ApplicationSet has generated nothing', 'there is no Application of it yet'],
      ['broken', 'The ApplicationSet has generated nothing', 'no such repository'],
    ])('%s is a problem', async (name, title, message) => {
      const finished = await step({ 'application-set': name });
      expect(finished.exitCode).toBe(1);
      expect(finished.report.problems).toEqual([
        expect.objectContaining({ title, message: expect.stringContaining(message) }),
      ]);
      expect(finished.outputs).toMatchObject({ result: 'failed', names: '[]' });
    });

    test('needs no right of its own over the Kubernetes API; over the other it says which', async () => {
      const finished = await plan({ 'application-set': 'fleet' }, 'deployer');
      if (transport === 'kubernetes') expect(finished.exitCode).toBe(0);
      else {
        expect(finished.report.problems).toMatchObject([
          { title: 'Not allowed', hint: expect.stringContaining('applicationsets, get, default/fleet, allow') },
        ]);
      }
    });
  });

  test('a Harness step says what it cannot honour, and what reaches Argo CD is what it asked for', async () => {
    const finished = await step(examples.get('A Harness step as it is') ?? {});
    const warning =
      'harness-step: spec.applicationsList[].agentId is not honoured: the inputs of the connection say which Argo CD is meant';
    expect(finished.report.warnings).toEqual([warning]);
    expect(finished.log).toContain(warning);
    expect(finished.summary).toContain('is not honoured');
    const [operation] = operationsOf(sandbox, 'cart-api').slice(-1);
    expect(operation?.sync).toMatchObject({
      prune: true,
      syncOptions: ['Validate=false', 'PrunePropagationPolicy=foreground'],
    });
  });

  test('a Harness step that cannot be used fails with line and column, before anything is asked', async () => {
    const finished = await step({ 'harness-step': 'applicationRegex: <+input>\nprune: true' });
    expect(finished.exitCode).toBe(1);
    expect(finished.report.problems[0]).toMatchObject({
      title: 'Input harness-step',
      message: 'spec.applicationRegex (line 1, column 19) holds <+input>, which only Harness can resolve',
    });
    expect(finished.requests).toEqual([]);
  });
});

/** As GitHub writes it. */
const expression = (text: string): string => `$\{{ ${text} }}`;

describe('the example workflow', () => {
  const workflow: unknown = parse(read('examples/fan-out-3000.yml'));
  const action: unknown = parse(read('action.yml'));
  const jobs = record(record(workflow).jobs);
  const steps = Object.values(jobs).flatMap((job) => {
    const found = record(job).steps;
    return Array.isArray(found) ? found.filter(isRecord) : [];
  });

  test('uses inputs and outputs that exist, and hands the shards on', () => {
    expect(steps).toHaveLength(2);
    for (const { with: inputs } of steps) {
      for (const name of Object.keys(record(inputs)))
        expect(Object.keys(record(record(action).inputs))).toContain(name);
    }
    const text = read('examples/fan-out-3000.yml');
    for (const [, name] of text.matchAll(/steps\.plan\.outputs\.([\w-]+)/g)) {
      expect(Object.keys(record(record(action).outputs))).toContain(name);
    }
    expect(record(record(jobs.plan).outputs).shards).toBe(expression('steps.plan.outputs.shards'));
    expect(record(record(record(jobs.sync).strategy).matrix).shard).toBe(
      expression('fromJSON(needs.plan.outputs.shards)'),
    );
    expect(record(steps[1]?.with).shard).toBe(expression('matrix.shard'));
    expect(record(steps[0]?.with).selector).toBe(record(steps[1]?.with).selector);
  });
});
