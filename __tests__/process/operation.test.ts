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
import {
  connection,
  openSandbox,
  operationsOf,
  run,
  type StepInputs,
  TRANSPORTS,
  type Transport,
  UNTIL_HEALTHY,
} from './harness.ts';

const OUTDATED = { start: { runs: 'previous', compared: 'current' } } as const;
const FIRST = sha('First version');
const SECOND = sha('Second version');

const fleet: Fleet = {
  name: 'operations',
  repositories: [
    gitRepository(DEPLOY_URL, [commit('First version'), commit('Second version')], { tags: { v1: FIRST } }),
  ],
  clusters: [IN_CLUSTER],
  projects: [project({ name: 'default' })],
  applications: [
    ...['inherits', 'overrides', 'retries'].map((name) =>
      application({
        name,
        syncPolicy: {
          syncOptions: ['CreateNamespace=true', 'ApplyOutOfSyncOnly=true'],
          retry: { limit: 1, backoff: { duration: '5s', factor: 2, maxDuration: '3m' } },
        },
        script: OUTDATED,
      }),
    ),
    ...['pinned', 'pinned-elsewhere', 'pruned', 'forced', 'tried', 'tried-only', 'plain'].map((name) =>
      application({ name, script: OUTDATED }),
    ),
    ...['automatic', 'automatic-pinned'].map((name) =>
      application({ name, syncPolicy: { automated: { prune: true, selfHeal: true } }, script: OUTDATED }),
    ),
    application({
      name: 'several',
      sources: ['one', 'two'].map((path) => ({ repoURL: DEPLOY_URL, path, targetRevision: 'main' })),
      script: OUTDATED,
    }),
  ],
};

const RUN = 'https://github.example.com/acme/shop/actions/runs/4711/attempts/1';

/** An operation as it reaches the store: what was asked for, and what the way there adds by itself. */
function expected(transport: Transport, name: string, asked: Draft, sync: Draft, revision: string): Draft {
  const info = [
    { name: 'gitopssync/id', value: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    { name: 'gitopssync/run', value: RUN },
  ];
  if (transport === 'kubernetes') {
    const initiatedBy = { username: expect.stringMatching(/^gitopssync\/[0-9a-f]{8}$/) };
    return { info, initiatedBy, ...asked, sync: { prune: false, ...sync } };
  }
  // The server resolves the revision, names the caller, adds the source, and leaves out what is false.
  const source = { repoURL: DEPLOY_URL, path: `apps/${name}`, targetRevision: 'main' };
  return { info, initiatedBy: { username: 'admin' }, retry: {}, ...asked, sync: { ...sync, revision, source } };
}

const OWN_RETRY = { limit: 1, backoff: { duration: '5s', factor: 2, maxDuration: '3m' } };

interface Case {
  readonly name: string;
  readonly inputs: StepInputs;
  /** Of the operation, beside `sync`. */
  readonly asked?: Draft;
  readonly sync?: Draft;
  /** What the Argo CD API resolves; default: the newest commit. */
  readonly revision?: string;
}

const CASES: readonly Case[] = [
  { name: 'plain', inputs: {} },
  {
    name: 'inherits',
    inputs: {},
    asked: { retry: OWN_RETRY },
    sync: { syncOptions: ['CreateNamespace=true', 'ApplyOutOfSyncOnly=true'] },
  },
  {
    name: 'overrides',
    inputs: { 'sync-options': 'CreateNamespace=false, ServerSideApply=true' },
    asked: { retry: OWN_RETRY },
    sync: { syncOptions: ['CreateNamespace=false', 'ApplyOutOfSyncOnly=true', 'ServerSideApply=true'] },
  },
  {
    name: 'retries',
    inputs: { 'retry-limit': '3', 'retry-backoff-factor': '4' },
    asked: { retry: { limit: 3, backoff: { duration: '5s', factor: 4, maxDuration: '3m' } } },
    sync: { syncOptions: ['CreateNamespace=true', 'ApplyOutOfSyncOnly=true'] },
  },
  { name: 'pruned', inputs: { prune: 'true' }, sync: { prune: true } },
  {
    name: 'forced',
    inputs: { force: 'true', 'apply-only': 'true' },
    sync: { syncStrategy: { apply: { force: true } } },
  },
  { name: 'tried', inputs: { 'dry-run': 'true' }, sync: { dryRun: true } },
  { name: 'pinned', inputs: { revision: 'v1' }, sync: { revision: 'v1' }, revision: FIRST },
];

describe.each(TRANSPORTS)('the operation that reaches Argo CD by the %s API', (transport) => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await openSandbox({ fleet });
  });
  afterAll(() => sandbox.stop());

  test.each(CASES)('$name', async ({ name, inputs, asked = {}, sync = {}, revision = SECOND }) => {
    const { exitCode, log } = await run(sandbox, { ...connection(sandbox, transport), ...inputs, applications: name });
    expect({ exitCode, log: exitCode === 0 ? '' : log }).toEqual({ exitCode: 0, log: '' });
    expect(operationsOf(sandbox, name)).toEqual([expected(transport, name, asked, sync, revision)]);
  });

  test('auto-sync lends it neither its pruning nor its name', async () => {
    const { verdicts } = await run(sandbox, { ...connection(sandbox, transport), applications: 'automatic' });
    expect(verdicts).toEqual({ automatic: 'synced' });
    const [operation] = operationsOf(sandbox, 'automatic');
    expect(operation).toEqual(expected(transport, 'automatic', {}, {}, SECOND));
  });

  test('information of the user is stored beside the id and the run', async () => {
    const { operationId } = (
      await run(sandbox, {
        ...connection(sandbox, transport),
        applications: 'pinned-elsewhere',
        info: 'ticket=OPS-1=2\nby=payments, shop',
      })
    ).application('pinned-elsewhere');
    expect(operationsOf(sandbox, 'pinned-elsewhere')[0]).toMatchObject({
      info: [
        { name: 'gitopssync/id', value: operationId },
        { name: 'gitopssync/run', value: RUN },
        { name: 'ticket', value: 'OPS-1=2' },
        { name: 'by', value: 'payments, shop' },
      ],
    });
  });

  test('a revision is refused where it would be reverted or has no one source', async () => {
    const finished = await run(sandbox, {
      ...connection(sandbox, transport),
      applications: 'automatic-pinned, several',
      revision: 'v1',
    });
    expect(finished.exitCode).toBe(1);
    expect(finished.application('automatic-pinned')).toMatchObject({
      verdict: 'mismatch',
      message: 'auto-sync is on and follows main: it would revert a sync to v1',
    });
    expect(finished.application('several')).toMatchObject({
      verdict: 'error',
      message: 'has 2 sources; `revision` is for Applications with one source',
    });
    expect(operationsOf(sandbox, 'automatic-pinned')).toEqual([]);
    expect(operationsOf(sandbox, 'several')).toEqual([]);
  });

  test('a dry run changes nothing and waits for nothing', async () => {
    const { application } = await run(sandbox, {
      ...connection(sandbox, transport),
      ...UNTIL_HEALTHY,
      applications: 'tried-only',
      'dry-run': 'true',
    });
    expect(application('tried-only')).toMatchObject({
      verdict: 'synced',
      message: expect.stringMatching(/^dry run: /),
      syncStatus: 'OutOfSync',
    });
    expect(sandbox.controller.truth('argocd', 'tried-only')).toMatchObject({ revisions: [FIRST] });
  });
});
