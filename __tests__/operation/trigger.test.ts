import { afterEach, describe, expect, test } from '@jest/globals';
import pLimit from 'p-limit';
import type { Application, ApplicationRef } from '../../src/argocd/application.ts';
import { ArgoCdError } from '../../src/argocd/errors.ts';
import type { Ending } from '../../src/operation/ending.ts';
import type { Follower } from '../../src/operation/follow/follower.ts';
import { createFollower } from '../../src/operation/follow.ts';
import type { Outcome } from '../../src/operation/outcome.ts';
import type { TriggerOptions } from '../../src/operation/trigger/options.ts';
import { syncOne } from '../../src/operation/trigger.ts';
import type { RunEvent } from '../../src/report/events.ts';
import { application, COMMIT_B, operation, operationState } from '../factories/application.ts';
import { testClock } from '../factories/clock.ts';
import { memoryArgoCd } from '../factories/memory-argocd.ts';

const SHOP: ApplicationRef = { namespace: 'argocd', name: 'shop' };
const ID = 'c0ffee00-0000-4000-8000-000000000001';
const OTHER_ID = 'badcafe0-0000-4000-8000-000000000009';

const options = (overrides: Partial<TriggerOptions> = {}): TriggerOptions => ({
  wish: {
    revision: '',
    sources: [],
    resources: [],
    prune: false,
    dryRun: false,
    applyOnly: false,
    force: false,
    syncOptions: [],
    retry: undefined,
    info: [],
  },
  expectedRevision: '',
  onRunningOperation: 'wait',
  onSyncWindow: 'fail',
  async: false,
  settle: undefined,
  ...overrides,
});

const stopping: Follower[] = [];
afterEach(async () => {
  await Promise.all(stopping.splice(0).map((follower) => follower.stop()));
});

/** One Application, and one run of `syncOne` over it. */
function begin(overrides: Partial<TriggerOptions> = {}, first: Partial<Application> = {}) {
  const clock = testClock();
  const memory = memoryArgoCd({ ref: SHOP, ...first });
  const told: RunEvent[] = [];
  const emit = (event: RunEvent): void => void told.push(event);
  const follower = createFollower(
    memory.client,
    {
      scope: { kind: 'refs', refs: [SHOP] },
      position: new Map(),
      pollIntervalMs: 15_000,
      looks: { atOnce: 6, byName: 0, atATime: 0 },
      watch: true,
    },
    clock,
    emit,
  );
  stopping.push(follower);
  const signal = new AbortController();
  const starting = new AbortController();
  let ids = 0;
  let outcome: Outcome | undefined;
  const start = (listed?: Application): void => {
    void syncOne({ ref: SHOP, project: 'default', application: listed }, options(overrides), {
      client: memory.client,
      revisions: undefined,
      follower,
      limit: pLimit(1),
      clock,
      emit,
      newId: () => (ids++ === 0 ? ID : `c0ffee00-0000-4000-8000-00000000000${ids}`),
      signal: signal.signal,
      starting: starting.signal,
    }).then((value) => {
      outcome = value;
    });
  };
  const reason: Ending = { verdict: 'timed-out', why: 'the time-out of 10m is over' };
  return {
    clock,
    memory,
    told,
    start,
    outcome: () => outcome,
    failFast: () => starting.abort({ verdict: 'cancelled', why: 'fail-fast' } satisfies Ending),
    /** As `run` does it. */
    deadline() {
      starting.abort(reason);
      signal.abort(reason);
      follower.giveUp('timed-out');
    },
  };
}

/** The controller ends the operation that is there. */
const ends = (state: Application, id: string): Partial<Application> => ({
  operation: undefined,
  operationState: operationState(id, 'Succeeded', { operation: state.operation ?? operation(id) }),
  sync: { status: 'Synced', revisions: [COMMIT_B] },
});

const unavailable = new ArgoCdError('unavailable', 'the gateway timed out', { ambiguous: true, status: 504 });

describe('a request whose answer is lost', () => {
  test.each([
    ['no answer in time', new ArgoCdError('timeout', 'no answer within 30s', { ambiguous: true })],
    ['a gateway that gave up', unavailable],
    ['a server that gave up', new ArgoCdError('unavailable', 'request timeout', { ambiguous: true, status: 408 })],
  ])(
    'and that a slow server carries out half a minute later is not sent again over the Argo CD API: %s',
    async (_, lost) => {
      const { clock, memory, start, outcome } = begin({}, { resourceVersion: '' });
      Object.assign(memory.client, { transport: 'argocd' });
      memory.on.startSync = async () => {
        throw lost;
      };
      start();
      await clock.advance(25_000);
      expect(memory.count('startSync')).toBe(1);
      memory.write({ operation: operation(ID), operationState: undefined });
      await clock.advance(6_000);
      memory.write(ends(memory.state(), ID));
      await clock.advance(1_000);
      expect(memory.count('startSync')).toBe(1);
      expect(outcome()?.verdict.name).toBe('synced');
    },
  );

  test.each(['wait', 'terminate', 'fail', 'join'] as const)(
    'and that is carried out only when it was sent again is no rival of itself, with %s',
    async (onRunningOperation) => {
      const { clock, memory, start, outcome } = begin({ onRunningOperation });
      let sends = 0;
      memory.on.startSync = async () => {
        sends += 1;
        if (sends === 1) throw unavailable;
        // The first one arrives after all, just before this one.
        memory.write({ operation: operation(ID), operationState: undefined });
        throw new ArgoCdError('busy', 'another operation is already in progress');
      };
      start();
      await clock.advance(5_000);
      expect(sends).toBe(2);
      memory.write({ operationState: operationState(ID, 'Running') });
      memory.write(ends(memory.state(), ID));
      await clock.advance(5_000);
      expect(outcome()).toMatchObject({ verdict: { name: 'synced' }, operationId: ID, own: true });
      expect(sends).toBe(2);
      expect(memory.count('terminate')).toBe(0);
    },
  );

  test('and that ended meanwhile is found ended, at once', async () => {
    const { clock, memory, start, outcome } = begin();
    memory.on.startSync = async () => {
      memory.write({ operation: operation(ID), operationState: undefined }, { silent: true });
      memory.write(ends(memory.state(), ID), { silent: true });
      throw unavailable;
    };
    start();
    await clock.advance(1);
    expect(outcome()?.verdict).toMatchObject({ name: 'synced', message: expect.stringContaining('bbbbbbb') });
  });

  test('and that another operation may have followed is not sent again (rule 19)', async () => {
    const { clock, memory, start, outcome } = begin();
    memory.on.startSync = async () => {
      // Ours ran and ended, or never came; then somebody else's, which wiped whatever was there.
      memory.write({ operation: undefined, operationState: operationState(OTHER_ID, 'Succeeded') }, { silent: true });
      throw unavailable;
    };
    start();
    await clock.advance(60_000);
    expect(outcome()?.verdict).toMatchObject({
      name: 'conflict',
      message: expect.stringContaining('another operation has run since'),
    });
    expect(memory.count('startSync')).toBe(1);
  });

  test('is not sent for ever', async () => {
    const { clock, memory, start, outcome } = begin();
    memory.on.startSync = async () => {
      throw unavailable;
    };
    start();
    await clock.advance(120_000);
    expect(memory.count('startSync')).toBe(5);
    expect(outcome()).toMatchObject({
      verdict: { name: 'error', message: 'the gateway timed out' },
      operationId: '',
      startedMs: undefined,
    });
  });

  test('and that nothing can be told about is an error, also when fail-fast is on', async () => {
    const { clock, memory, start, outcome, failFast } = begin();
    memory.on.startSync = async () => {
      failFast();
      memory.on.get = async () => {
        throw new ArgoCdError('unavailable', 'down');
      };
      throw unavailable;
    };
    start();
    await clock.advance(30_000);
    expect(outcome()?.verdict).toMatchObject({
      name: 'error',
      message: expect.stringContaining('cannot be seen whether it was carried out'),
    });
  });

  test('because the run ends may have been carried out: its id and Application are known', async () => {
    const { clock, memory, start, outcome, deadline } = begin();
    memory.on.startSync = (_seen, _request, signal) =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(new ArgoCdError('aborted', 'stopped')));
      });
    start();
    await clock.advance(10);
    deadline();
    await clock.advance(1);
    expect(outcome()).toMatchObject({
      verdict: { name: 'timed-out', message: 'the request was not answered yet' },
      operationId: ID,
      own: true,
      application: { ref: SHOP },
    });
  });
});

describe('an Application that changes all the time', () => {
  test('is looked at again with growing pauses, and what is wanted is said once', async () => {
    const { clock, memory, told, start, deadline, outcome } = begin();
    memory.on.startSync = async () => {
      throw new ArgoCdError('conflict', 'it changed');
    };
    start();
    await clock.advance(60_000);
    expect(memory.count('startSync')).toBeLessThan(150);
    expect(told.filter(({ kind }) => kind === 'planned')).toHaveLength(1);
    deadline();
    await clock.advance(1);
    expect(outcome()).toMatchObject({ verdict: { name: 'timed-out' }, operationId: '' });
  });
});

describe('an operation in the way', () => {
  const running = (): Partial<Application> => ({
    operation: operation('', { initiatedBy: 'alice' }),
    operationState: operationState('', 'Running', { operation: operation('', { initiatedBy: 'alice' }) }),
  });
  /** What a list of the Argo CD API tells of it: not whose it is. */
  const listed = (): Application => {
    const nameless = operation('', { initiatedBy: '' });
    return application({ operation: nameless, operationState: operationState('', 'Running', { operation: nameless }) });
  };

  test('is joined as what it is, though the list did not tell whose it is', async () => {
    const { clock, memory, start, outcome } = begin({ onRunningOperation: 'join' }, running());
    memory.on.prepare = async ({ application: known }) => known ?? memory.state();
    start(listed());
    await clock.advance(100);
    memory.write({
      ...ends(memory.state(), ''),
      operationState: operationState('', 'Succeeded', { operation: operation('', { initiatedBy: 'alice' }) }),
    });
    await clock.advance(5_000);
    expect(outcome()).toMatchObject({ verdict: { name: 'synced' }, operationId: '', own: false });
    expect(memory.count('startSync')).toBe(0);
  });

  test('of another run is joined by its id, and stays that run’s own', async () => {
    const { clock, memory, start, outcome } = begin(
      { onRunningOperation: 'join' },
      { operation: operation(OTHER_ID), operationState: operationState(OTHER_ID, 'Running') },
    );
    start();
    await clock.advance(100);
    memory.write(ends(memory.state(), OTHER_ID));
    await clock.advance(100);
    expect(outcome()).toMatchObject({ verdict: { name: 'synced' }, operationId: OTHER_ID, own: false });
  });

  test('that is joined is not waited for with async', async () => {
    const { clock, start, outcome } = begin({ onRunningOperation: 'join', async: true }, running());
    start();
    await clock.advance(100);
    expect(outcome()?.verdict).toMatchObject({ name: 'triggered', message: expect.stringContaining('alice') });
  });

  test('and not picked up is not asked about without a pause before it is joined', async () => {
    const { clock, memory, start } = begin(
      { onRunningOperation: 'join' },
      { operation: operation('', { initiatedBy: 'alice' }) },
    );
    start();
    await clock.advance(60_000);
    expect(memory.count('get')).toBeLessThan(40);
  });

  test('and not picked up, which the Argo CD API cannot end, is not asked to end without a pause', async () => {
    const { clock, memory, start, outcome, deadline } = begin(
      { onRunningOperation: 'terminate' },
      { operation: operation('', { initiatedBy: 'alice' }) },
    );
    memory.on.terminate = async () => {
      throw new ArgoCdError('conflict', 'it has not begun');
    };
    start();
    await clock.advance(60_000);
    expect(memory.count('terminate')).toBeLessThan(60);
    expect(outcome()).toBeUndefined();
    deadline();
    await clock.advance(1);
    expect(outcome()?.verdict).toMatchObject({ name: 'timed-out', message: expect.stringContaining('alice') });
  });

  test('that could be taken back makes way at once', async () => {
    const { clock, memory, start, outcome } = begin(
      { onRunningOperation: 'terminate' },
      { operation: operation('', { initiatedBy: 'alice' }) },
    );
    start();
    await clock.advance(500);
    expect(memory.count('startSync')).toBe(1);
    memory.write(ends(memory.state(), ID));
    await clock.advance(100);
    expect(outcome()?.verdict.name).toBe('synced');
  });

  test('and the Application deleted: that is what is told', async () => {
    const { clock, memory, start, outcome } = begin({}, running());
    start();
    await clock.advance(100);
    memory.remove();
    await clock.advance(100);
    expect(outcome()?.verdict.name).toBe('deleted');
  });

  test('that nobody works on is replaced only while it is the same one (rule 8)', async () => {
    const stuck = (startedAt: string): Partial<Application> => ({
      operation: undefined,
      operationState: operationState('', 'Running', { startedAt }),
    });
    const { clock, memory, start } = begin({ onRunningOperation: 'terminate' }, stuck('2026-11-20T09:00:00Z'));
    start();
    await clock.advance(3_000);
    memory.write(stuck('2026-11-20T10:00:00Z'));
    await clock.advance(3_000);
    expect(memory.count('startSync')).toBe(0);
    await clock.advance(5_000);
    expect(memory.count('startSync')).toBe(1);
  });
});

describe('the deadline comes', () => {
  const alice = operation('', { initiatedBy: 'alice' });
  const busy = { operation: alice, operationState: operationState('', 'Running', { operation: alice }) };
  const cases: Readonly<Record<string, readonly [Partial<TriggerOptions>, Partial<Application>]>> = {
    'before the operation is picked up': [{}, {}],
    'while waiting for another one': [{}, busy],
    'while another one is ended': [{ onRunningOperation: 'terminate' }, busy],
    'while another one is joined': [{ onRunningOperation: 'join' }, busy],
    'while another one, to be joined, is not picked up': [{ onRunningOperation: 'join' }, { operation: alice }],
    'while it is looked whether it is stuck': [{}, { operationState: operationState('', 'Running') }],
  };

  test.each(Object.entries(cases))('%s: there is a verdict with a cause', async (_, [overrides, first]) => {
    const { clock, start, outcome, deadline } = begin(overrides, first);
    start();
    await clock.advance(2_500);
    expect(outcome()).toBeUndefined();
    deadline();
    await clock.advance(1);
    expect(outcome()?.verdict).toMatchObject({ name: 'timed-out', message: expect.stringMatching(/./) });
  });
});
