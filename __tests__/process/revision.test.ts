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

const FIRST = sha('First version');
const SECOND = sha('Second version');
const NOWHERE = 'd'.repeat(40);

const fleet: Fleet = {
  name: 'revisions',
  repositories: [
    gitRepository(DEPLOY_URL, [commit('First version'), commit('Second version')], {
      branches: { 'release-1': FIRST, 'release-2': SECOND },
      tags: { 'v1.0.0': FIRST },
    }),
  ],
  clusters: [IN_CLUSTER],
  projects: [project({ name: 'default' })],
  applications: [
    ...['tag', 'branch', 'commit', 'short', 'one', 'two', 'three', 'planned', 'blind', 'nowhere', 'expected'].map(
      (name) => application({ name, script: { start: { runs: 'previous', compared: 'current' } } }),
    ),
    application({
      name: 'several',
      sources: ['one', 'two'].map((name) => ({ name, repoURL: DEPLOY_URL, path: name, targetRevision: 'main' })),
      script: { start: { runs: 'previous', compared: 'current' } },
    }),
  ],
};

describe.each(TRANSPORTS)('a revision by the %s API', (transport) => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await openSandbox({ fleet });
  });
  afterAll(() => sandbox.stop());

  const step = (applications: string, inputs: Readonly<Record<string, string>>, account = 'admin') =>
    run(sandbox, { ...connection(sandbox, transport, account), applications, ...inputs });

  test.each([
    ['tag', 'v1.0.0', FIRST],
    ['branch', 'release-1', FIRST],
    ['commit', FIRST, FIRST],
    ['short', FIRST.slice(0, 8), FIRST],
  ])('%s', async (name, revision, resolved) => {
    const { verdicts } = await step(name, { revision });
    expect(verdicts).toEqual({ [name]: 'synced' });
    expect(operationsOf(sandbox, name)).toEqual([
      askedOperation(transport, { name, written: { revision }, resolved: { revision: resolved } }),
    ]);
  });

  test('one that does not exist fails with the same words, and nothing else changes', async () => {
    const finished = await step('one, two, three', { revision: 'relase-1' });
    const words = `revision relase-1 does not exist in ${DEPLOY_URL}`;
    const known = transport === 'argocd' ? `${words}; did you mean release-1 or release-2?` : words;
    for (const name of ['one', 'two', 'three']) {
      expect(finished.application(name)).toMatchObject({ verdict: 'sync-failed', message: known });
      expect(sandbox.controller.truth('argocd', name)?.revisions).toEqual([FIRST]);
      // The Argo CD API tells the branches and tags, so it is not even asked for.
      expect(operationsOf(sandbox, name)).toHaveLength(transport === 'argocd' ? 0 : 1);
    }
    expect(finished.requests.filter(({ path }) => path.includes('/refs'))).toHaveLength(transport === 'argocd' ? 1 : 0);
  });

  test('without the right to get repositories the operation tells', async () => {
    const finished = await step('blind', { revision: 'relase-1' }, 'deployer');
    expect(finished.application('blind')).toMatchObject({
      verdict: 'sync-failed',
      message: `revision relase-1 does not exist in ${DEPLOY_URL}`,
      hint: expect.stringContaining('Check `revision`'),
    });
    expect(finished.log).not.toContain('repositories, get');
  });

  test('a commit cannot be looked up; the operation tells', async () => {
    const finished = await step('nowhere', { revision: NOWHERE });
    expect(finished.application('nowhere')).toMatchObject({
      verdict: 'sync-failed',
      message: `revision ${NOWHERE} does not exist in ${DEPLOY_URL}`,
    });
  });

  test('of a source, it is the same', async () => {
    const finished = await step('several', { sources: 'two=v1.0.1' });
    expect(finished.application('several')).toMatchObject({
      verdict: 'sync-failed',
      message: expect.stringContaining(`revision v1.0.1 does not exist in ${DEPLOY_URL}`),
    });
  });

  test('another one than was expected does not pass', async () => {
    const finished = await step('expected', { 'expected-revision': FIRST.slice(0, 10) });
    expect(finished.application('expected')).toMatchObject({
      verdict: 'mismatch',
      message: `synced ${SECOND.slice(0, 7)}, expected ${FIRST.slice(0, 10)}`,
    });
  });

  test('a plan refuses what the Argo CD API knows not to exist', async () => {
    const { verdicts } = await step('planned', { revision: 'relase-1', command: 'plan' });
    expect(verdicts).toEqual({ planned: transport === 'argocd' ? 'sync-failed' : 'planned' });
  });
});
