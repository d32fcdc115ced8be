import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
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
import type { Fleet } from '../../sandbox/fleets/fleet.ts';
import type { Draft, Sandbox } from '../../sandbox/types.ts';
import { isRecord } from '../../src/lib/json.ts';
import { at, connection, openSandbox, operationsOf, run, type StepInputs, TRANSPORTS, until } from './harness.ts';

const FIRST = sha('First version');
const SECOND = sha('Second version');
const CHARTS_URL = 'https://charts.example.com';
const OUTDATED = { start: { runs: 'previous', compared: 'current' } } as const;

/** What the page speaks of. */
const fleet: Fleet = {
  name: 'docs',
  repositories: [
    gitRepository(DEPLOY_URL, [commit('First version'), commit('Second version')], { tags: { 'v1.4.0': FIRST } }),
    { type: 'helm', url: CHARTS_URL, charts: { shop: ['1.2.0', '1.3.0'] } },
  ],
  clusters: [IN_CLUSTER],
  projects: [project({ name: 'default' })],
  applications: [
    application({
      name: 'shop-web',
      script: {
        ...OUTDATED,
        resources: [
          { kind: 'Deployment', name: 'web' },
          { kind: 'ConfigMap', name: 'old-flags', until: SECOND },
        ],
      },
    }),
    application({
      name: 'shop-cart',
      syncPolicy: { syncOptions: ['CreateNamespace=true', 'PruneLast=true'], retry: { limit: 1 } },
      script: OUTDATED,
    }),
    application({
      name: 'shop-stack',
      sources: [
        { name: 'chart', repoURL: CHARTS_URL, chart: 'shop', targetRevision: '1.*' },
        { name: 'values', repoURL: DEPLOY_URL, path: 'values', targetRevision: 'main' },
        { name: 'extras', repoURL: DEPLOY_URL, path: 'extras', targetRevision: 'main' },
      ],
      script: { start: { runs: ['1.2.0', FIRST, FIRST], compared: 'current' } },
    }),
    application({
      name: 'payments-api',
      labels: { team: 'payments' },
      destination: { namespace: 'payments', server: IN_CLUSTER.server },
      script: {
        ...OUTDATED,
        resources: [
          { kind: 'Deployment', name: 'api' },
          { kind: 'Deployment', name: 'api-canary' },
          { kind: 'ConfigMap', name: 'flags-eu' },
          { kind: 'ConfigMap', name: 'settings' },
        ],
      },
    }),
  ],
};

interface Expected {
  readonly verdicts: Readonly<Record<string, string>>;
  /** Of the operation that reaches the store for one of them. */
  readonly operation?: readonly [name: string, operation: Draft];
  readonly truth?: readonly [name: string, revisions: readonly string[]];
  readonly notes?: readonly [name: string, notes: readonly string[]];
  readonly before?: (sandbox: Sandbox) => Promise<unknown>;
}

/** What each example comes to, by its heading. */
const EXPECTED: Readonly<Record<string, Expected>> = {
  'Another revision': {
    verdicts: { 'shop-web': 'synced', 'shop-cart': 'synced' },
    truth: ['shop-web', [FIRST]],
  },
  'A commit that must have been synced': { verdicts: { 'shop-cart': 'healthy' }, truth: ['shop-cart', [SECOND]] },
  'Some sources of several': {
    verdicts: { 'shop-stack': 'healthy' },
    truth: ['shop-stack', ['1.3.0', SECOND, FIRST]],
  },
  'Some resources': {
    verdicts: { 'payments-api': 'synced' },
    operation: [
      'payments-api',
      {
        sync: {
          resources: [
            { kind: 'ConfigMap', name: 'flags-eu', namespace: 'payments' },
            { group: 'apps', kind: 'Deployment', name: 'api', namespace: 'payments' },
          ],
        },
      },
    ],
    notes: ['payments-api', ['a partial sync: Argo CD skips hooks and writes no history']],
  },
  'What would change': {
    verdicts: { 'shop-web': 'synced' },
    operation: ['shop-web', { sync: { dryRun: true, prune: true } }],
    notes: [
      'shop-web',
      ['would be pruned: ConfigMap shop-web/old-flags', 'would be configured: apps/Deployment shop-web/web'],
    ],
  },
  'Strategy and pruning': {
    verdicts: { 'shop-web': 'synced' },
    operation: ['shop-web', { sync: { prune: true, syncStrategy: { apply: { force: true } } } }],
  },
  'Sync options': {
    verdicts: { 'shop-cart': 'synced' },
    operation: [
      'shop-cart',
      { sync: { syncOptions: ['CreateNamespace=true', 'PruneLast=false', 'ServerSideApply=true'] } },
    ],
  },
  Retries: {
    verdicts: { 'shop-cart': 'synced' },
    operation: ['shop-cart', { retry: { limit: 3, backoff: { duration: '10s' } } }],
  },
  Information: {
    verdicts: { 'shop-web': 'synced' },
    operation: [
      'shop-web',
      {
        info: expect.arrayContaining([
          { name: 'ticket', value: 'OPS-42' },
          { name: 'reason', value: 'rotate the certificates' },
        ]),
      },
    ],
  },
  'Ending operations': {
    verdicts: { 'shop-cart': 'terminated', 'shop-stack': 'unchanged', 'shop-web': 'unchanged' },
    before: (sandbox) => {
      sandbox.store.update('applications', 'argocd', 'shop-cart', (draft) => {
        // It fails, and Argo CD waits for a minute to try again.
        draft.operation = { sync: { revision: 'gone' }, retry: { limit: 5, backoff: { duration: '60s' } } };
      });
      return until(
        sandbox,
        'shop-cart',
        (object) => isRecord(object.operation) && at(object, 'status', 'operationState', 'retryCount') === 1,
      );
    },
  },
};

interface Example {
  readonly heading: string;
  readonly inputs: StepInputs;
}

/** The steps of the page with the heading above each. */
const examples: readonly Example[] = [
  ...readFileSync(new URL('../../docs/syncing.md', import.meta.url), 'utf8').matchAll(
    /^## (?<heading>.+)$|^```yaml\n(?<yaml>[\s\S]*?)^```$/gm,
  ),
].reduce<{ readonly heading: string; readonly found: readonly Example[] }>(
  ({ heading, found }, { groups = {} }) =>
    groups.yaml === undefined
      ? { heading: groups.heading ?? '', found }
      : { heading, found: [...found, { heading, inputs: inputsOf(groups.yaml) }] },
  { heading: '', found: [] },
).found;

/** What the runner makes of `with:`. */
function inputsOf(yaml: string): StepInputs {
  const [step]: readonly unknown[] = parse(yaml);
  if (!isRecord(step) || !isRecord(step.with)) throw new Error(`no step with inputs:\n${yaml}`);
  return Object.fromEntries(
    Object.entries(step.with).map(([name, value]) => [name, String(value).replace(/\$\{\{ github\.sha \}\}/, SECOND)]),
  );
}

test('every example of the page is run', () => {
  expect(examples.map(({ heading }) => heading)).toEqual(Object.keys(EXPECTED));
});

describe.each(TRANSPORTS)('docs/syncing.md by the %s API', (transport) => {
  test.each(examples)('$heading', async ({ heading, inputs }) => {
    const sandbox = await openSandbox({ fleet });
    const expected = EXPECTED[heading];
    await expected?.before?.(sandbox);
    const quick: StepInputs = 'wait-until-healthy' in inputs ? { 'healthy-for': '1s' } : {};
    const finished = await run(sandbox, { ...connection(sandbox, transport), ...quick, ...inputs });
    const { exitCode, verdicts, log } = finished;
    expect({ verdicts, log: exitCode === 0 ? '' : log }).toEqual({ verdicts: expected?.verdicts, log: '' });
    const [name, operation] = expected?.operation ?? [];
    if (name !== undefined) expect(operationsOf(sandbox, name)).toMatchObject([operation ?? {}]);
    const [synced, revisions] = expected?.truth ?? [];
    if (synced !== undefined) expect(sandbox.controller.truth('argocd', synced)?.revisions).toEqual(revisions);
    const [noted, notes] = expected?.notes ?? [];
    if (noted !== undefined) expect(finished.application(noted).notes).toEqual(notes);
    await sandbox.stop();
  });
});
