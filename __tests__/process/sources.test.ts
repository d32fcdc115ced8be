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
import { connection, openSandbox, operationsOf, run, TRANSPORTS, UNTIL_HEALTHY } from './harness.ts';

const FIRST = sha('First version');
const SECOND = sha('Second version');
const CHARTS_URL = 'https://charts.example.com';

/** A chart with values from Git: the chart's revisions are versions. */
const sourcesOf = (name: string) => [
  { name: 'values', repoURL: DEPLOY_URL, path: `values/${name}`, targetRevision: 'main' },
  { name: 'chart', repoURL: CHARTS_URL, chart: 'shop', targetRevision: '1.*' },
];

const twoSources = (name: string, runs: readonly string[] | 'nothing', more: object = {}) =>
  application({
    name,
    sources: sourcesOf(name),
    script: {
      start: runs === 'nothing' ? { compared: 'current' } : { runs, compared: 'current' },
      resources: [
        { kind: 'ConfigMap', name: `${name}-values`, source: 0 },
        { kind: 'Deployment', name, source: 1 },
      ],
    },
    ...more,
  });

const OLD = [FIRST, '1.0.0'];

const fleet: Fleet = {
  name: 'sources',
  repositories: [
    gitRepository(DEPLOY_URL, [commit('First version'), commit('Second version')], { tags: { 'v1.0': FIRST } }),
    { type: 'helm', url: CHARTS_URL, charts: { shop: ['1.0.0', '1.1.0', '1.2.0'] } },
  ],
  clusters: [IN_CLUSTER],
  projects: [project({ name: 'default' })],
  applications: [
    ...['by-name', 'by-position', 'by-both', 'told', 'planned', 'reordered'].map((name) => twoSources(name, OLD)),
    twoSources('new', 'nothing'),
    twoSources('automatic', OLD, { syncPolicy: { automated: {} } }),
    application({ name: 'single', script: { start: { runs: 'previous', compared: 'current' } } }),
  ],
};

describe.each(TRANSPORTS)('sources by the %s API', (transport) => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await openSandbox({ fleet });
  });
  afterAll(() => sandbox.stop());

  const step = (applications: string, sources: string, more: Readonly<Record<string, string>> = {}) =>
    run(sandbox, { ...connection(sandbox, transport), applications, sources, ...more });
  const truth = (name: string) => sandbox.controller.truth('argocd', name)?.revisions;

  test('the source that is named goes to its target, the other stays at what it runs', async () => {
    const { verdicts, log } = await step('by-name', 'values', UNTIL_HEALTHY);
    expect({ verdicts, log: verdicts['by-name'] === 'healthy' ? '' : log }).toEqual({
      verdicts: { 'by-name': 'healthy' },
      log: '',
    });
    expect(operationsOf(sandbox, 'by-name')).toEqual([
      askedOperation(transport, {
        name: 'by-name',
        written: { revisions: ['', '1.0.0'] },
        resolved: { revisions: [SECOND, '1.0.0'], sources: sourcesOf('by-name') },
      }),
    ]);
    expect(truth('by-name')).toEqual([SECOND, '1.0.0']);
  });

  test('by position and with a revision, which is a version for a chart', async () => {
    const { verdicts, lines, requests } = await step('by-position', '2=1.1.0');
    expect(verdicts).toEqual({ 'by-position': 'synced' });
    expect(operationsOf(sandbox, 'by-position')).toEqual([
      askedOperation(transport, {
        name: 'by-position',
        written: { revisions: [FIRST, '1.1.0'] },
        resolved: { revisions: [FIRST, '1.1.0'], sources: sourcesOf('by-position') },
      }),
    ]);
    expect(truth('by-position')).toEqual([FIRST, '1.1.0']);
    expect(lines).toContainEqual(expect.stringContaining(`${FIRST.slice(0, 7)} + 1.1.0`));
    // Asked of the repository: nothing, because no branch or tag was named.
    expect(requests.filter(({ path }) => path.includes('/refs'))).toEqual([]);
  });

  test('several at once', async () => {
    await step('by-both', 'chart=1.2.0\n1=v1.0');
    expect(operationsOf(sandbox, 'by-both')).toEqual([
      askedOperation(transport, {
        name: 'by-both',
        written: { revisions: ['v1.0', '1.2.0'] },
        resolved: { revisions: [FIRST, '1.2.0'], sources: sourcesOf('by-both') },
      }),
    ]);
  });

  test('what runs is found where the sources have changed places', async () => {
    sandbox.store.update('applications', 'argocd', 'reordered', (draft) => {
      draft.spec = { ...(draft.spec as object), sources: sourcesOf('reordered').toReversed() };
    });
    await step('reordered', '1');
    expect(operationsOf(sandbox, 'reordered')).toMatchObject([
      { sync: { revisions: [transport === 'kubernetes' ? '' : '1.2.0', FIRST] } },
    ]);
  });

  test('without a history the others go to their target, and it is said', async () => {
    const finished = await step('new', 'values');
    expect(finished.application('new')).toMatchObject({
      verdict: 'synced',
      notes: ['what source 2 (chart) runs is not in the history: it is synced to its target 1.*'],
    });
    expect(truth('new')).toEqual([SECOND, '1.2.0']);
  });

  test.each([
    ['told', '3', 'has 2 sources; there is no source 3', 'Its sources: 1 (values) and 2 (chart).'],
    ['told', 'vales', 'has no source named vales; did you mean values?', 'Its sources: 1 (values) and 2 (chart).'],
    ['told', 'values\n1', 'source 1 (values) is asked for twice: as values and as 1', 'Name each source once'],
    ['single', '1', 'has one source; `sources` is for Applications with several', 'without `sources`'],
  ])('%s: %j is an error of that Application', async (name, sources, message, hint) => {
    const finished = await step(`${name}, by-name`, sources);
    expect(finished.application(name)).toMatchObject({
      verdict: 'error',
      message,
      hint: expect.stringContaining(hint),
    });
    expect(operationsOf(sandbox, name)).toEqual([]);
    expect(finished.exitCode).toBe(1);
  });

  test('auto-sync would revert it, so it is refused; a dry run is not', async () => {
    const finished = await step('automatic', 'values');
    expect(finished.application('automatic')).toMatchObject({
      verdict: 'mismatch',
      message: 'auto-sync is on and follows 1.* in source 2 (chart): it would revert a sync to 1.0.0',
    });
    const { verdicts } = await step('automatic', 'values', { 'dry-run': 'true' });
    expect(verdicts).toEqual({ automatic: 'synced' });
  });

  test('a plan says what each source would be synced to', async () => {
    const finished = await step('planned', 'values', { command: 'plan' });
    expect(finished.application('planned')).toMatchObject({
      verdict: 'planned',
      message: 'would be synced: main + 1.0.0',
    });
    expect(operationsOf(sandbox, 'planned')).toEqual([]);
  });
});
