import { afterEach, describe, expect, test } from '@jest/globals';
import type { Application, ApplicationRef } from '../../src/argocd/application.ts';
import type { WatchScope } from '../../src/argocd/client.ts';
import { ArgoCdError } from '../../src/argocd/errors.ts';
import type { Follower } from '../../src/operation/follow/follower.ts';
import { createFollower } from '../../src/operation/follow.ts';
import type { SettleGoal } from '../../src/operation/settle/goal.ts';
import type { SyncGoal } from '../../src/operation/track/goal.ts';
import type { Track } from '../../src/operation/track/state.ts';
import type { RunEvent } from '../../src/report/events.ts';
import { application, COMMIT_A, COMMIT_B, operation, operationState } from '../factories/application.ts';
import { testClock } from '../factories/clock.ts';
import { memoryArgoCd } from '../factories/memory-argocd.ts';

const ID = 'c0ffee00-0000-4000-8000-000000000001';
const SHOP: ApplicationRef = { namespace: 'argocd', name: 'shop' };
const OTHER: ApplicationRef = { namespace: 'argocd', name: 'other' };
const SETTLE: SettleGoal = { requireSynced: true, healthyForMs: 3_000, degradedAfterMs: undefined, suspended: 'wait' };
const NAMESPACE: WatchScope = { kind: 'scope', namespaces: ['argocd'], selector: '', projects: [] };

const syncGoal = (settle: Partial<SettleGoal> = {}): SyncGoal => ({
  kind: 'sync',
  identity: { kind: 'id', id: ID },
  dryRun: false,
  partial: false,
  toTarget: true,
  createsNamespace: false,
  expectedRevision: '',
  onSyncWindow: 'fail',
  settle: { ...SETTLE, ...settle },
});

/** After the sync, with all that proves it: the new commit is compared, and was another one before. */
const synced = (health: Application['health']['status']): Partial<Application> => ({
  operation: undefined,
  operationState: operationState(ID, 'Succeeded'),
  sync: { status: 'Synced', revisions: [COMMIT_B] },
  health: { status: health, message: '' },
});

const stopping: Follower[] = [];
afterEach(async () => {
  await Promise.all(stopping.splice(0).map((follower) => follower.stop()));
});

function begin({ watch = true, scope = NAMESPACE, pollIntervalMs = 15_000, byName = 0 } = {}) {
  const clock = testClock();
  const memory = memoryArgoCd({ ref: SHOP }, { ref: OTHER });
  const told: RunEvent[] = [];
  const follower = createFollower(
    memory.client,
    { scope, position: new Map(), pollIntervalMs, looks: { atOnce: 6, byName, atATime: 20 }, watch },
    clock,
    (event) => told.push(event),
  );
  stopping.push(follower);
  /** Follows a sync that was accepted and has ended well. */
  const settle = async (settling: Partial<SettleGoal> = {}) => {
    const before = memory.state();
    const following = follower.follow(SHOP, syncGoal(settling), before);
    await clock.advance(0);
    following.accepted({ ...memory.write({ operation: operation(ID), operationState: undefined }), sync: before.sync });
    memory.write({ operationState: operationState(ID, 'Running') });
    memory.write(synced('Progressing'));
    await clock.advance(1);
    return following;
  };
  return { clock, memory, told, follower, settle };
}

/** So many whose sync has ended well; `scopes` are the looks at their versions, `names` their verdicts. */
async function beginMany(count: number, looks: { readonly byName: number; readonly atATime: number }) {
  const clock = testClock();
  const refs = Array.from({ length: count }, (_, index) => ({ namespace: 'argocd', name: `app-${index}` }));
  const memory = memoryArgoCd(...refs.map((ref) => ({ ref })));
  const options = { scope: NAMESPACE, position: new Map(), pollIntervalMs: 15_000, watch: true };
  const follower = createFollower(memory.client, { ...options, looks: { atOnce: 6, ...looks } }, clock, () => {});
  stopping.push(follower);
  const scopes: WatchScope[] = [];
  memory.on.versions = async (scope) => {
    scopes.push(scope);
    return new Map(refs.map((ref) => [`argocd/${ref.name}`, memory.state(ref).version]));
  };
  const all = refs.map((ref) => {
    const following = follower.follow(ref, syncGoal(), memory.state(ref));
    following.accepted(memory.write({ operation: operation(ID), operationState: undefined }, { ref }));
    memory.write(synced('Progressing'), { ref });
    return following;
  });
  await clock.advance(1);
  return { clock, memory, refs, scopes, names: () => all.map(({ state }) => verdict(state())?.name) };
}

const verdict = (state: Track) => (state.stage.kind === 'done' ? state.stage.verdict : undefined);

describe('without a watch', () => {
  test('an operation of ours that was replaced while it waited is noticed, though its version stays the same', async () => {
    const { clock, memory, follower } = begin({ watch: false, pollIntervalMs: 5_000 });
    Object.assign(memory.client, { transport: 'argocd' });
    // What a list of the Argo CD API tells is the same of every operation that waits.
    memory.on.versions = async () => new Map([['argocd/shop', 'waits']]);
    const following = follower.follow(SHOP, syncGoal(), memory.state());
    const asked = memory.write({ operation: operation(ID), operationState: undefined }, { silent: true });
    following.accepted({ ...asked, version: 'waits' });
    memory.on.get = async () => ({ ...memory.state(), version: 'waits' });
    await clock.advance(29_000);
    expect(memory.count('get')).toBe(0);
    memory.write({ operation: operation('', { automated: true }), operationState: undefined }, { silent: true });
    await clock.advance(10_000);
    expect(verdict(following.state())).toMatchObject({
      name: 'conflict',
      message: expect.stringContaining('overtaken or removed'),
    });
  });
});

describe('Healthy', () => {
  test('is confirmed by one look when the watch is quiet', async () => {
    const { clock, memory, settle } = begin();
    const following = await settle();
    memory.write(synced('Healthy'));
    await clock.advance(2_900);
    expect(memory.count('versions')).toBe(0);
    await clock.advance(1_000);
    expect(verdict(following.state())?.name).toBe('healthy');
    expect(memory.count('versions')).toBe(1);
    expect(memory.count('get')).toBe(0);
  });

  test('is confirmed by a look at it alone, where such are allowed', async () => {
    const { clock, memory, settle } = begin({ byName: 1 });
    const following = await settle();
    memory.write(synced('Healthy'));
    const scopes: string[] = [];
    memory.on.versions = async (looked) => {
      scopes.push(looked.kind);
      return new Map([['argocd/shop', memory.state().version]]);
    };
    await clock.advance(3_100);
    expect(verdict(following.state())?.name).toBe('healthy');
    expect(scopes).toEqual(['refs']);
  });

  test.each([
    { count: 30, byName: 300, atATime: 30, looked: ['refs'] },
    { count: 30, byName: 300, atATime: 29, looked: ['scope'] },
    { count: 30, byName: 29, atATime: 30, looked: ['scope'] },
    { count: 20, byName: 20, atATime: 20, looked: ['refs'] },
  ])('of $count at once is looked at as $looked where $byName may be by name, $atATime at a time', async (each) => {
    const { count, byName, atATime, looked } = each;
    const { clock, memory, refs, scopes, names } = await beginMany(count, { byName, atATime });
    for (const ref of refs) memory.write(synced('Healthy'), { ref });
    await clock.advance(3_200);
    expect(names()).toEqual(refs.map(() => 'healthy'));
    expect(scopes.map(({ kind }) => kind)).toEqual(looked);
  });

  test('of many that fall due one after the other, those that come last are looked at by name where names do not last for all', async () => {
    const { clock, memory, refs, scopes, names } = await beginMany(30, { byName: 29, atATime: 20 });
    for (const ref of refs) {
      memory.write(synced('Healthy'), { ref });
      await clock.advance(20);
    }
    await clock.advance(3_200);
    expect(names()).toEqual(refs.map(() => 'healthy'));
    const [first, ...others] = scopes.map(({ kind }) => kind);
    expect(first).toBe('scope');
    expect(new Set(others)).toEqual(new Set(['refs']));
    expect(scopes.at(-1)).toMatchObject({ refs: [refs.at(-1)] });
  });

  test.each([0, 1, 5])('is not asked for without end where looks fail (%i by name)', async (byName) => {
    const { clock, memory, settle } = begin({ byName });
    const following = await settle();
    memory.write(synced('Healthy'));
    memory.on.versions = () => Promise.reject(new ArgoCdError('unavailable', 'not now'));
    await clock.advance(13_000);
    expect(verdict(following.state())).toBeUndefined();
    expect(memory.count('versions')).toBeGreaterThan(5);
    expect(memory.count('versions')).toBeLessThan(25);
  });

  test('is told once: nothing has changed when it has held', async () => {
    const { clock, memory, told, settle } = begin();
    await settle();
    memory.write({
      ...synced('Healthy'),
      operationState: { ...operationState(ID, 'Succeeded'), message: 'successfully synced (all tasks run)' },
    });
    await clock.advance(4_000);
    const changes = told.filter((event) => event.kind === 'changed' && event.phase === 'Succeeded');
    expect(changes).toMatchObject([{ healthStatus: 'Progressing' }, { healthStatus: 'Healthy', message: '' }]);
  });

  test('is confirmed by an event of another Application, without any request', async () => {
    const { clock, memory, follower, settle } = begin();
    const following = await settle();
    // Of this one something is expected, so signs of life are.
    follower.follow(OTHER, syncGoal(), undefined);
    memory.write(synced('Healthy'));
    await clock.advance(3_050);
    memory.write({}, { ref: OTHER });
    await clock.advance(150);
    expect(verdict(following.state())?.name).toBe('healthy');
    expect(memory.count('versions')).toBe(0);
  });

  test('is confirmed by the operation of another one, up to the moment it was asked for', async () => {
    const { clock, memory, follower, settle } = begin();
    const following = await settle();
    memory.write(synced('Healthy'));
    const other = follower.follow(OTHER, syncGoal(), undefined);
    await clock.advance(3_010);
    expect(verdict(following.state())).toBeUndefined();
    const ask = (askedMs: number): void => {
      const asked = memory.write({ operation: operation(ID), operationState: undefined }, { ref: OTHER });
      other.accepted(asked, askedMs);
    };
    ask(clock.now() - 20);
    await clock.advance(0);
    expect(verdict(following.state())).toBeUndefined();
    ask(clock.now());
    await clock.advance(0);
    expect(verdict(following.state())?.name).toBe('healthy');
    expect(memory.count('versions')).toBe(0);
  });

  test('is not confirmed by others after news may have been missed, until it was looked at', async () => {
    const { clock, memory, follower, settle } = begin();
    const following = await settle();
    memory.write(synced('Healthy'));
    const other = follower.follow(OTHER, syncGoal(), undefined);
    await clock.advance(2_000);
    const looked = Promise.withResolvers<ReadonlyMap<string, string>>();
    memory.on.versions = () => looked.promise;
    memory.tell({ kind: 'gap', error: undefined });
    await clock.advance(1_010);
    const asked = memory.write({ operation: operation(ID), operationState: undefined }, { ref: OTHER });
    other.accepted(asked, clock.now());
    await clock.advance(500);
    expect(verdict(following.state())).toBeUndefined();
    memory.write({}, { ref: OTHER });
    looked.resolve(new Map([['argocd/shop', memory.state().version]]));
    await clock.advance(0);
    memory.write({}, { ref: OTHER });
    await clock.advance(200);
    expect(verdict(following.state())?.name).toBe('healthy');
  });

  test.each([
    { own: true, looks: 0 },
    { own: false, looks: 1 },
  ])('is looked at after the watch was opened, unless it has had news since ($own)', async ({ own, looks }) => {
    const { clock, memory, settle } = begin();
    const following = await settle();
    memory.tell({ kind: 'gap', error: undefined, begins: true });
    if (!own) memory.write(synced('Healthy'), { silent: true });
    else memory.write(synced('Healthy'));
    await clock.advance(900);
    expect(memory.count('versions')).toBe(0);
    await clock.advance(400);
    expect(memory.count('versions')).toBe(looks);
    expect(following.state().latest?.health.status).toBe('Healthy');
  });

  test('is not confirmed by an event behind which news of its own comes', async () => {
    const { clock, memory, follower, settle } = begin();
    const following = await settle();
    follower.follow(OTHER, syncGoal(), undefined);
    memory.write(synced('Healthy'));
    await clock.advance(3_050);
    // Held up on the way, and all there at once.
    memory.write({}, { ref: OTHER });
    memory.write(synced('Healthy'));
    memory.write(synced('Degraded'));
    await clock.advance(60_000);
    expect(verdict(following.state())).toBeUndefined();
  });

  test('is not said while nobody can be asked, and the reason is told at the end', async () => {
    const { clock, memory, settle, follower, told } = begin();
    const following = await settle();
    memory.on.versions = async () => {
      throw new ArgoCdError('unavailable', 'the API server is restarting');
    };
    memory.write(synced('Healthy'));
    await clock.advance(30_000);
    expect(verdict(following.state())).toBeUndefined();
    expect(told.filter(({ kind }) => kind === 'warning')).toHaveLength(1);
    follower.giveUp('timed-out');
    expect(verdict(await following.done)).toMatchObject({
      name: 'timed-out',
      message: expect.stringContaining('could not be read: the API server is restarting'),
    });
  });
});

describe('Degraded', () => {
  test('whose end was lost on the way does not fail', async () => {
    const { clock, memory, settle } = begin();
    const following = await settle({ degradedAfterMs: 5_000 });
    memory.write(synced('Degraded'));
    await clock.advance(1_000);
    memory.write(synced('Healthy'), { silent: true });
    await clock.advance(20_000);
    expect(verdict(following.state())?.name).toBe('healthy');
  });

  test('that lasts fails after its time', async () => {
    const { clock, memory, settle } = begin();
    const following = await settle({ degradedAfterMs: 5_000 });
    memory.write(synced('Degraded'));
    await clock.advance(4_900);
    expect(verdict(following.state())).toBeUndefined();
    await clock.advance(1_000);
    expect(verdict(following.state())?.name).toBe('degraded');
  });
});

describe('reads', () => {
  const state = { kind: 'state', expectedRevision: '', settle: SETTLE } as const;

  test.each(['forbidden', 'unauthenticated'] as const)('%s ends the wait at once, with the reason', async (code) => {
    const { clock, memory, follower } = begin();
    memory.on.get = async () => {
      throw new ArgoCdError(code, 'applications is forbidden', { hint: 'grant get' });
    };
    const following = follower.follow(SHOP, state, undefined);
    await clock.advance(1);
    expect(verdict(following.state())).toEqual({
      name: 'forbidden',
      message: 'applications is forbidden',
      hint: 'grant get',
    });
  });

  test('that fail are tried again, at a walking pace', async () => {
    const { clock, memory, follower } = begin();
    const following = follower.follow(SHOP, syncGoal(), memory.state());
    following.accepted(memory.state());
    memory.on.get = async () => {
      throw new ArgoCdError('not-the-api', 'a login page answered');
    };
    // Asked for, and replaced: only a read decides.
    memory.write({ operation: operation('another'), operationState: undefined });
    await clock.advance(20_000);
    expect(memory.count('get')).toBeGreaterThan(5);
    expect(memory.count('get')).toBeLessThan(25);
    delete memory.on.get;
    await clock.advance(2_000);
    expect(verdict(following.state())?.name).toBe('conflict');
  });
});

describe('a refresh', () => {
  test('whose answer is from before another operation ended is asked for again', async () => {
    const { clock, memory, follower } = begin();
    // The same commit as before: nothing proves that it was compared since.
    const unchanged = { sync: { status: 'Synced', revisions: [COMMIT_B] } } as const;
    const before = memory.write(unchanged);
    const following = follower.follow(SHOP, syncGoal(), before);
    following.accepted(before);
    const answers: (() => void)[] = [];
    memory.on.refresh = () =>
      new Promise((resolve) => {
        answers.push(() => resolve({ kind: 'consumed', application: memory.state() }));
      });
    memory.write(synced('Healthy'));
    await clock.advance(3_100);
    expect(answers).toHaveLength(1);
    memory.write({
      operationState: operationState('', 'Succeeded', {
        operation: operation('', { automated: true, initiatedBy: '' }),
        startedAt: '2026-11-20T10:02:00Z',
        finishedAt: '2026-11-20T10:02:00Z',
      }),
    });
    await clock.advance(4_000);
    answers[0]?.();
    await clock.advance(4_000);
    expect(verdict(following.state())).toBeUndefined();
    expect(answers).toHaveLength(2);
    answers[1]?.();
    await clock.advance(4_000);
    expect(verdict(following.state())?.name).toBe('healthy');
  });
});

describe('the end', () => {
  test('what is followed after everything was given up is given up at once', async () => {
    const { follower } = begin();
    follower.giveUp('timed-out');
    for (const goal of [
      { kind: 'idle' },
      { kind: 'state', expectedRevision: '', settle: SETTLE },
      syncGoal(),
    ] as const) {
      const track = await follower.follow(SHOP, goal, application({ operation: operation('') })).done;
      expect(verdict(track)).toMatchObject({ name: 'timed-out', message: expect.stringMatching(/./) });
    }
  });

  test('no timer outlives it (rule 38)', async () => {
    const { clock, memory, settle, follower } = begin();
    await settle();
    memory.write(synced('Healthy'), { silent: true });
    await clock.advance(15_000);
    memory.write({ sync: { status: 'OutOfSync', revisions: [COMMIT_A] } });
    expect(clock.pending()).toBeGreaterThan(0);
    await follower.stop();
    expect(clock.pending()).toBe(0);
  });

  test('no timer outlives it, though the answer to a look comes in the same moment', async () => {
    const { clock, memory, settle, follower } = begin();
    await settle();
    let answer = (_: ReadonlyMap<string, string>): void => {};
    memory.on.versions = () =>
      new Promise((resolve) => {
        answer = resolve;
      });
    await clock.advance(15_000);
    follower.giveUp('cancelled');
    const stopped = follower.stop();
    answer(new Map([['argocd/shop', 'newer']]));
    await stopped;
    expect(clock.pending()).toBe(0);
  });
});
