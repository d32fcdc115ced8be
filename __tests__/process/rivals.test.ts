import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Script } from '../../sandbox/controller/script.ts';
import {
  alwaysClosed,
  application,
  commit,
  DEPLOY_URL,
  gitRepository,
  IN_CLUSTER,
  project,
} from '../../sandbox/fleets/builders.ts';
import type { Fleet } from '../../sandbox/fleets/fleet.ts';
import type { Sandbox } from '../../sandbox/types.ts';
import {
  at,
  connection,
  type Finished,
  idsOf,
  openSandbox,
  operationsOf,
  run,
  type StepInputs,
  start,
  stored,
  TRANSPORTS,
  type Transport,
  UNTIL_HEALTHY,
  until,
} from './harness.ts';

const OUTDATED = { runs: 'previous', compared: 'current' } as const;
/** The first sync, somebody else's, takes this long when the controller is not held; the next ones go well. */
const busyFor = (takesMs: number | 'forever'): Script => ({
  start: OUTDATED,
  syncs: [{ hooks: [{ type: 'PreSync', name: 'migrate', takesMs }] }, {}],
});

const fleet: Fleet = {
  name: 'rivals',
  repositories: [gitRepository(DEPLOY_URL, [commit('First version'), commit('Second version')])],
  clusters: [IN_CLUSTER],
  projects: [
    project({ name: 'default' }),
    project({ name: 'closed', syncWindows: [alwaysClosed(['*'])] }),
    project({ name: 'opening', syncWindows: [alwaysClosed(['*'])] }),
  ],
  applications: [
    application({ name: 'waits', script: busyFor(100) }),
    application({ name: 'joins', script: busyFor(100) }),
    application({ name: 'cannot-join', script: busyFor(100) }),
    application({ name: 'terminates', script: busyFor('forever') }),
    application({ name: 'fails', script: busyFor('forever') }),
    application({ name: 'ended', script: busyFor('forever') }),
    application({ name: 'idle', script: { start: OUTDATED } }),
    application({ name: 'watched', script: busyFor(100) }),
    ...['blocked', 'skipped'].map((name) => application({ name, project: 'closed', script: { start: OUTDATED } })),
    application({ name: 'opens', project: 'opening', script: { start: OUTDATED } }),
  ],
};

const sandboxes = new Map<Transport, Sandbox>();
// Concurrent tests begin after the hooks of the file, not after those of a group.
beforeAll(async () => {
  for (const transport of TRANSPORTS) sandboxes.set(transport, await openSandbox({ fleet }));
});
afterAll(async () => {
  for (const sandbox of sandboxes.values()) await sandbox.stop();
});

function sandboxOf(transport: Transport): Sandbox {
  const sandbox = sandboxes.get(transport);
  if (sandbox === undefined) throw new Error('no sandbox');
  return sandbox;
}

/**
 * Somebody starts a sync in a sandbox of its own, and the controller is held while it runs. Resolves with the step's end;
 * the controller goes on when the step says that it has seen the other one.
 */
async function besideSomebody(
  transport: Transport,
  name: string,
  inputs: StepInputs,
  said: string,
  sync: Readonly<Record<string, unknown>> = {},
): Promise<{ readonly sandbox: Sandbox; readonly finished: Finished }> {
  const sandbox = await openSandbox({ fleet });
  await occupy(sandbox, name, sync);
  sandbox.controller.pause();
  const step = start(sandbox, { ...connection(sandbox, transport), applications: name, ...inputs });
  await step.logged(said);
  sandbox.controller.resume();
  return { sandbox, finished: await step.done };
}

/** Somebody starts a sync, and it runs. */
async function occupy(sandbox: Sandbox, name: string, sync: Readonly<Record<string, unknown>> = {}): Promise<void> {
  sandbox.controller.act('argocd', name, {
    do: 'operation',
    operation: { initiatedBy: { username: 'somebody' }, sync },
  });
  await until(sandbox, name, (object) => at(object, 'status', 'operationState', 'phase') === 'Running');
}

const phasesOf = (sandbox: Sandbox, name: string): readonly unknown[] => {
  const events = sandbox.store.since(sandbox.store.oldestVersion);
  const phases = (events === 'expired' ? [] : events)
    .filter(({ object }) => object.metadata.name === name)
    .map(({ object }) => at(object, 'status', 'operationState', 'phase'));
  return phases.filter((phase, index) => phase !== undefined && phase !== phases[index - 1]);
};

describe('on-running-operation', () => {
  test.concurrent.each(TRANSPORTS)('wait: syncs after it has ended, by the %s API', async (transport) => {
    const { sandbox, finished } = await besideSomebody(transport, 'waits', {}, 'waiting: another operation');
    expect(finished.verdicts).toEqual({ waits: 'synced' });
    expect(finished.application('waits').notes).toContainEqual(
      expect.stringMatching(/^waiting: another operation, started by somebody/),
    );
    expect(phasesOf(sandbox, 'waits')).toEqual(['Succeeded', 'Running', 'Succeeded', 'Running', 'Succeeded']);
    expect(operationsOf(sandbox, 'waits')).toHaveLength(2);
  });

  test.concurrent.each(TRANSPORTS)('join: takes what is wanted for its own, by the %s API', async (transport) => {
    const inputs = { ...UNTIL_HEALTHY, 'on-running-operation': 'join' };
    const { sandbox, finished } = await besideSomebody(transport, 'joins', inputs, 'joining: another operation');
    expect(finished.verdicts).toEqual({ joins: 'healthy' });
    expect(operationsOf(sandbox, 'joins')).toHaveLength(1);
  });

  test.concurrent.each(TRANSPORTS)(
    'join: waits for one that syncs something else, by the %s API',
    async (transport) => {
      const inputs = { 'on-running-operation': 'join' };
      const said = 'waiting: another operation';
      const { sandbox, finished } = await besideSomebody(transport, 'cannot-join', inputs, said, { prune: true });
      expect(finished.verdicts).toEqual({ 'cannot-join': 'synced' });
      expect(operationsOf(sandbox, 'cannot-join')).toHaveLength(2);
    },
  );

  test.concurrent.each(TRANSPORTS)('terminate: ends it and then syncs, by the %s API', async (transport) => {
    const sandbox = sandboxOf(transport);
    await occupy(sandbox, 'terminates');
    const finished = await run(sandbox, {
      ...connection(sandbox, transport),
      applications: 'terminates',
      'on-running-operation': 'terminate',
    });
    expect(finished.verdicts).toEqual({ terminates: 'synced' });
    expect(phasesOf(sandbox, 'terminates')).toEqual([
      'Succeeded',
      'Running',
      'Terminating',
      'Failed',
      'Running',
      'Succeeded',
    ]);
  });

  test.concurrent.each(TRANSPORTS)('fail: leaves it alone, by the %s API', async (transport) => {
    const sandbox = sandboxOf(transport);
    await occupy(sandbox, 'fails');
    const finished = await run(sandbox, {
      ...connection(sandbox, transport),
      applications: 'fails',
      'on-running-operation': 'fail',
    });
    expect(finished.exitCode).toBe(1);
    expect(finished.application('fails')).toMatchObject({
      verdict: 'conflict',
      message: expect.stringMatching(/^another operation, started by somebody, is Running/),
    });
    expect(idsOf(operationsOf(sandbox, 'fails'))).toEqual([]);
    expect(at(stored(sandbox, 'fails'), 'status', 'operationState', 'phase')).toBe('Running');
  });
});

describe('command: terminate', () => {
  test.concurrent.each(TRANSPORTS)(
    'ends what runs and finds nothing where nothing does, by the %s API',
    async (transport) => {
      const sandbox = sandboxOf(transport);
      await occupy(sandbox, 'ended');
      const finished = await run(sandbox, {
        ...connection(sandbox, transport),
        command: 'terminate',
        applications: 'ended, idle',
      });
      expect(finished.exitCode).toBe(0);
      expect(finished.verdicts).toEqual({ ended: 'terminated', idle: 'unchanged' });
      expect(at(stored(sandbox, 'ended'), 'operation')).toBeUndefined();
      expect(phasesOf(sandbox, 'ended').at(-1)).toBe('Failed');
      expect(operationsOf(sandbox, 'idle')).toEqual([]);
    },
  );
});

describe('command: wait', () => {
  test.concurrent.each(TRANSPORTS)('sees an operation to its end and to Healthy, by the %s API', async (transport) => {
    const inputs = { command: 'wait', 'healthy-for': '1s', timeout: '60s' };
    const { sandbox, finished } = await besideSomebody(transport, 'watched', inputs, 'Running');
    expect(finished.verdicts).toEqual({ watched: 'healthy' });
    expect(sandbox.controller.truth('argocd', 'watched')).toMatchObject({ health: 'Healthy', synced: true });
    expect(idsOf(operationsOf(sandbox, 'watched'))).toEqual([]);
  });
});

describe('on-sync-window', () => {
  test.concurrent.each(TRANSPORTS)('a plan says what would become of it, by the %s API', async (transport) => {
    const sandbox = sandboxOf(transport);
    const plan = (policy: string) =>
      run(sandbox, {
        ...connection(sandbox, transport),
        command: 'plan',
        applications: 'skipped',
        'on-sync-window': policy,
      });
    const [failing, waiting] = await Promise.all([plan('fail'), plan('wait')]);
    expect(failing.application('skipped')).toMatchObject({
      verdict: 'blocked',
      message: 'a sync window is closed, so nothing would be started',
    });
    expect(waiting.application('skipped')).toMatchObject({
      verdict: 'planned',
      message: expect.stringMatching(/^would be synced when its sync window opens: /),
    });
  });

  test.concurrent.each(TRANSPORTS)('fail: starts nothing, by the %s API', async (transport) => {
    const sandbox = sandboxOf(transport);
    const finished = await run(sandbox, { ...connection(sandbox, transport), applications: 'blocked' });
    expect(finished.exitCode).toBe(1);
    expect(finished.application('blocked')).toMatchObject({
      verdict: 'blocked',
      message: expect.stringContaining('a sync window is closed'),
    });
    expect(operationsOf(sandbox, 'blocked')).toEqual([]);
  });

  test.concurrent.each(TRANSPORTS)('skip: passes and starts nothing, by the %s API', async (transport) => {
    const sandbox = sandboxOf(transport);
    const finished = await run(sandbox, {
      ...connection(sandbox, transport),
      applications: 'skipped',
      'on-sync-window': 'skip',
    });
    expect({ exitCode: finished.exitCode, ...finished.verdicts }).toEqual({ exitCode: 0, skipped: 'skipped' });
    expect(operationsOf(sandbox, 'skipped')).toEqual([]);
  });

  test.concurrent.each(TRANSPORTS)('wait: syncs when it opens, by the %s API', async (transport) => {
    const sandbox = sandboxOf(transport);
    const step = start(sandbox, {
      ...connection(sandbox, transport),
      applications: 'opens',
      'on-sync-window': 'wait',
      timeout: '60s',
    });
    await step.logged('a sync window is closed; waiting for it to open');
    expect(operationsOf(sandbox, 'opens')).toEqual([]);
    sandbox.controller.act('argocd', 'opens', {
      do: 'patch-project',
      project: 'opening',
      patch: { spec: { syncWindows: null } },
    });
    expect((await step.done).verdicts).toEqual({ opens: 'synced' });
  });
});
