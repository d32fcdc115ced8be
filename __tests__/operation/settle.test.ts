import { describe, expect, test } from '@jest/globals';
import { type Application, REFRESH_ANNOTATION } from '../../src/argocd/application.ts';
import type { SettleGoal } from '../../src/operation/settle/goal.ts';
import { CONDITION_GRACE_MS, CONDITION_REFRESH_MS, LIKELY_HOLD_MS } from '../../src/operation/settle/hold.ts';
import { REFRESH_AFTER_MS } from '../../src/operation/settle/refresh.ts';
import { missing } from '../../src/operation/track/missing.ts';
import { needs } from '../../src/operation/track/needs.ts';
import type { Track } from '../../src/operation/track/state.ts';
import { startTrack, track } from '../../src/operation/track.ts';
import { application, COMMIT_A, COMMIT_B, COMMIT_C, operation, operationState } from '../factories/application.ts';

const ID = 'c0ffee00-0000-4000-8000-000000000001';
const GOAL: SettleGoal = { requireSynced: true, healthyForMs: 1_000, degradedAfterMs: undefined, suspended: 'wait' };

const FINISHED = '2026-11-20T10:01:01Z';
/** Before, in the same second as, and after the end of the operation, by the controller's clock. */
const REC = { before: '2026-11-20T10:00:00Z', same: FINISHED, after: '2026-11-20T10:01:02Z' } as const;

/** A state after the operation's end in the shorthand of the measurements: sync, health, reconciledAt, compared revision. */
interface State {
  readonly sync: 'S' | 'O' | 'U';
  readonly health: Application['health']['status'];
  readonly rec: keyof typeof REC;
  readonly revision: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

const state = ({ sync, health, rec, revision, annotations = {} }: State): Application =>
  application({
    operationState: operationState(ID, 'Succeeded', { finishedAt: FINISHED }),
    sync: { status: sync === 'S' ? 'Synced' : sync === 'O' ? 'OutOfSync' : 'Unknown', revisions: [revision] },
    health: { status: health, message: '' },
    reconciledAt: REC[rec],
    annotations,
  });

function begin(goal: Partial<SettleGoal> = {}, toTarget = true, before = application()): Track {
  const asked = startTrack(
    {
      kind: 'sync',
      identity: { kind: 'id', id: ID },
      dryRun: false,
      partial: false,
      toTarget,
      createsNamespace: false,
      expectedRevision: '',
      onSyncWindow: 'fail',
      settle: { ...GOAL, ...goal },
    },
    before,
    0,
  );
  return track(asked, { kind: 'accepted', application: before, atMs: 0 });
}

const see = (current: Track, what: State, atMs: number): Track =>
  track(current, { kind: 'application', application: state(what), readAtMs: undefined, atMs });

const verdict = (current: Track): string =>
  current.stage.kind === 'done' ? current.stage.verdict.name : current.stage.kind;

const LIE: State = { sync: 'S', health: 'Healthy', rec: 'before', revision: COMMIT_A };
const OUT: State = { sync: 'O', health: 'Healthy', rec: 'same', revision: COMMIT_B };
const PROGRESSING: State = { sync: 'S', health: 'Progressing', rec: 'same', revision: COMMIT_B };
const TRUE: State = { sync: 'S', health: 'Healthy', rec: 'same', revision: COMMIT_B };

/** Every sequence of live measurements that began with a lie or a doubt, until the first state that told the truth. */
const SEQUENCES: Readonly<Record<string, readonly State[]>> = {
  'Argo CD does not know the commit: lie, OutOfSync, Progressing': [LIE, OUT, PROGRESSING],
  'lie, OutOfSync and Progressing': [
    LIE,
    { ...OUT, health: 'Progressing', rec: 'before', revision: COMMIT_A },
    PROGRESSING,
  ],
  'lie, Progressing': [LIE, PROGRESSING],
  'OutOfSync and Progressing at once': [{ ...OUT, health: 'Progressing', rec: 'before' }, PROGRESSING],
  'compared before: OutOfSync twice, Progressing': [{ ...OUT, rec: 'before' }, OUT, PROGRESSING],
  'compared before: OutOfSync, Progressing with an older comparison': [OUT, { ...PROGRESSING, rec: 'before' }],
  'compared in the same second: the first terminal state lies with reconciledAt = finishedAt': [
    { ...LIE, rec: 'same' },
    OUT,
    PROGRESSING,
  ],
};

describe('the freshness gate (rule 30)', () => {
  test.each(Object.entries(SEQUENCES))('%s: healthy only after the rollout', (_, states) => {
    let current = begin();
    let atMs = 0;
    for (const each of states) {
      // A state may last long when status writes are late; that must not make it true.
      atMs += 1;
      current = see(current, each, atMs);
      atMs += 900;
      current = track(current, { kind: 'confirmed', atMs });
      expect(verdict(current)).toBe('settling');
    }
    current = see(current, TRUE, atMs + 1);
    expect(verdict(current)).toBe('settling');
    current = track(current, { kind: 'confirmed', atMs: atMs + 1 + GOAL.healthyForMs });
    expect(verdict(current)).toBe('healthy');
  });

  test('a lie that lasts for hours is never believed', () => {
    for (const rec of ['before', 'same'] as const) {
      const current = see(begin(), { ...LIE, rec }, 1);
      const later = track(current, { kind: 'confirmed', atMs: 7_200_000 });
      expect(verdict(later)).toBe('settling');
    }
  });

  test('the rules that other tools trust would have believed it', () => {
    // `reconciledAt >= finishedAt` in the first terminal state, Synced and Healthy, and wrong: 32 of 45 measured.
    const lie = state({ ...LIE, rec: 'same' });
    expect(lie.reconciledAt >= (lie.operationState?.finishedAt ?? '')).toBe(true);
    expect([lie.sync.status, lie.health.status]).toEqual(['Synced', 'Healthy']);
    expect(verdict(track(see(begin(), { ...LIE, rec: 'same' }, 1), { kind: 'confirmed', atMs: 60_000 }))).toBe(
      'settling',
    );
  });

  test('an unchanged application needs a comparison after the operation', () => {
    const before = application({ sync: { status: 'Synced', revisions: [COMMIT_B] } });
    let current = see(begin({}, true, before), { ...TRUE, rec: 'before' }, 1);
    current = track(current, { kind: 'confirmed', atMs: 10_000 });
    expect(verdict(current)).toBe('settling');
    current = see(current, TRUE, 10_001);
    current = track(current, { kind: 'confirmed', atMs: 11_001 });
    expect(verdict(current)).toBe('healthy');
  });

  test.each([
    ['that turns Synced after its end', OUT, TRUE, 'healthy'],
    ['that turns Synced at another revision', OUT, { ...TRUE, revision: COMMIT_C }, 'settling'],
    ['that was shown Synced at once', TRUE, TRUE, 'settling'],
  ] as const)('compared before, in the second of its sync: one %s', (_, first, second, expected) => {
    const before = application({ sync: { status: 'OutOfSync', revisions: [second.revision] }, reconciledAt: REC.same });
    let current = see(begin({}, true, before), first, 1);
    current = see(current, second, 2);
    expect(needs(current, 3).refresh).toBe(false);
    current = track(current, { kind: 'confirmed', atMs: 2 + GOAL.healthyForMs });
    expect(verdict(current)).toBe(expected);
  });

  test('Healthy beside sync Unknown is worth nothing', () => {
    let current = begin({ requireSynced: false });
    current = see(current, LIE, 1);
    current = see(current, { sync: 'U', health: 'Healthy', rec: 'after', revision: COMMIT_B }, 2);
    expect(verdict(track(current, { kind: 'confirmed', atMs: 10_000 }))).toBe('settling');
  });
});

describe('a refresh of ours (rule 31)', () => {
  const same: State = { sync: 'S', health: 'Healthy', rec: 'same', revision: COMMIT_B };
  const unchanged = application({ sync: { status: 'Synced', revisions: [COMMIT_B] }, reconciledAt: REC.same });
  const pending = { [REFRESH_ANNOTATION]: 'normal' };
  const ask = (current: Track, atMs: number): Track =>
    track(track(current, { kind: 'refresh-sent', atMs: atMs - 10 }), { kind: 'refresh-asked', atMs });

  test('is asked for once, when no proof came by itself, and not over somebody else’s', () => {
    let current = see(begin({}, true, unchanged), same, 1);
    expect(needs(current, 2).refresh).toBe(false);
    expect(needs(current, 2).wakeAtMs).toBe(1 + REFRESH_AFTER_MS);
    expect(needs(current, 1 + REFRESH_AFTER_MS).refresh).toBe(true);
    const foreign = see(current, { ...same, annotations: pending }, 2);
    expect(needs(foreign, 1 + REFRESH_AFTER_MS).refresh).toBe(false);
    current = ask(current, 3_100);
    expect(needs(current, 60_000).refresh).toBe(false);
  });

  test('proves by the disappearance of the annotation, not by a state from before it', () => {
    let current = see(begin({}, true, unchanged), same, 1);
    current = ask(current, 3_100);
    // Late news from before our request: no annotation, and no proof.
    current = see(current, same, 3_150);
    expect(verdict(track(current, { kind: 'confirmed', atMs: 9_000 }))).toBe('settling');
    current = see(current, { ...same, annotations: pending }, 3_200);
    current = see(current, same, 3_300);
    expect(verdict(track(current, { kind: 'confirmed', atMs: 4_300 }))).toBe('healthy');
  });

  test('a read that began before the request proves nothing, one after it does', () => {
    const asked = ask(see(begin({}, true, unchanged), same, 1), 3_100);
    const read = (readAtMs: number): Track =>
      track(asked, { kind: 'application', application: state(same), readAtMs, atMs: 3_200 });
    expect(verdict(track(read(3_099), { kind: 'confirmed', atMs: 9_000 }))).toBe('settling');
    expect(verdict(track(read(3_100), { kind: 'confirmed', atMs: 9_000 }))).toBe('healthy');
  });

  test.each([
    ['the annotation', 1],
    ['the annotation and its end', 2],
  ])('%s may be seen before the answer to the request comes', (_, before) => {
    let current = see(begin({}, true, unchanged), same, 1);
    current = track(current, { kind: 'refresh-sent', atMs: 3_090 });
    const events: readonly State[] = [{ ...same, annotations: pending }, same];
    for (const event of events.slice(0, before)) current = see(current, event, 3_095);
    current = track(current, { kind: 'refresh-asked', atMs: 3_100 });
    for (const event of events.slice(before)) current = see(current, event, 3_105);
    expect(verdict(track(current, { kind: 'confirmed', atMs: 4_200 }))).toBe('healthy');
  });

  test('of which nothing is seen is looked after by a read', () => {
    const current = ask(see(begin({}, true, unchanged), same, 1), 3_100);
    expect(needs(current, 3_101).wakeAtMs).toBe(8_100);
    expect(needs(current, 8_099).read).toBe(false);
    expect(needs(current, 8_100).read).toBe(true);
  });

  test('that could not be asked for is tried again, and not for ever', () => {
    let current = see(begin({}, true, unchanged), same, 1);
    const tries: number[] = [];
    for (let atMs = 3_001; atMs < 600_000; atMs += 1_000) {
      if (!needs(current, atMs).refresh) continue;
      tries.push(atMs);
      current = track(current, { kind: 'refresh-sent', atMs });
      current = track(current, { kind: 'refresh-failed', reason: 'no', atMs });
    }
    expect(tries).toEqual([3_001, 23_001, 43_001]);
  });

  test('that was asked for before another operation ended proves nothing after it', () => {
    let current = track(see(begin({}, true, unchanged), same, 1), { kind: 'refresh-sent', atMs: 3_000 });
    const end = operationState('', 'Succeeded', {
      startedAt: '2026-11-20T10:01:05Z',
      finishedAt: '2026-11-20T10:01:05Z',
    });
    const after = { ...state(same), operationState: end };
    current = track(current, { kind: 'application', application: after, readAtMs: undefined, atMs: 3_100 });
    current = track(current, { kind: 'refresh-consumed', application: after, atMs: 3_200 });
    expect(verdict(track(current, { kind: 'confirmed', atMs: 60_000 }))).toBe('settling');
  });
});

describe('an older commit, synced on purpose', () => {
  // The target stays at B; A was synced. A fresh comparison of B with live objects that still are B lies.
  const synced = (what: State): Application => ({
    ...state(what),
    operationState: operationState(ID, 'Succeeded', {
      finishedAt: FINISHED,
      syncResult: { revisions: [COMMIT_A], resources: [] },
    }),
  });
  const before = application({ sync: { status: 'Synced', revisions: [COMMIT_B] } });
  const observe = (current: Track, what: State, atMs: number): Track =>
    track(current, { kind: 'application', application: synced(what), readAtMs: undefined, atMs });

  test('Synced with a fresh comparison is not success; OutOfSync and Healthy after the rollout is', () => {
    let current = observe(
      begin({}, false, before),
      { sync: 'S', health: 'Healthy', rec: 'before', revision: COMMIT_B },
      1,
    );
    current = observe(current, { sync: 'S', health: 'Healthy', rec: 'after', revision: COMMIT_B }, 10);
    current = track(current, { kind: 'confirmed', atMs: 2_900 });
    expect(verdict(current)).toBe('settling');
    expect(needs(current, 3_100).refresh).toBe(true);
    current = observe(current, { sync: 'O', health: 'Progressing', rec: 'after', revision: COMMIT_B }, 3_000);
    current = observe(current, { sync: 'O', health: 'Healthy', rec: 'after', revision: COMMIT_B }, 5_000);
    current = track(current, { kind: 'confirmed', atMs: 6_000 });
    expect(verdict(current)).toBe('healthy');
  });
});

describe('a comparison that resolved the new commit before the operation ended', () => {
  // A webhook tells Argo CD of the push between our request and the pick-up: the first terminal state names the new commit.
  const early = (health: Application['health']['status']): State => ({
    sync: 'O',
    health,
    rec: 'before',
    revision: COMMIT_B,
  });
  const hold = (current: Track): Track => track(current, { kind: 'confirmed', atMs: 2_900 });

  test('does not make Healthy true where OutOfSync may pass', () => {
    const current = hold(see(begin({ requireSynced: false }), early('Healthy'), 1));
    expect(verdict(current)).toBe('settling');
    expect(needs(current, 1 + REFRESH_AFTER_MS).refresh).toBe(true);
  });

  test('does not make the Degraded of the commit before a failure', () => {
    expect(verdict(hold(see(begin({ degradedAfterMs: 0 }), early('Degraded'), 1)))).toBe('settling');
  });
});

describe('OutOfSync after a comparison that still saw the old objects', () => {
  // Measured: 29 of 45 syncs showed it, with `reconciledAt` moved to the second of the end.
  const older = (what: State): Application => ({
    ...state(what),
    operationState: operationState(ID, 'Succeeded', {
      finishedAt: FINISHED,
      syncResult: { revisions: [COMMIT_A], resources: [] },
    }),
  });

  test.each([
    ['with require-synced false', begin({ requireSynced: false }), state],
    ['of an older commit', begin({}, false), older],
  ] as const)('%s is not believed; a refresh or time makes it so', (_, begun, make) => {
    const look = (from: Track, application: Application, atMs: number): Track =>
      track(from, { kind: 'application', application, readAtMs: undefined, atMs });
    let current = look(look(begun, make({ ...OUT, rec: 'before' }), 1), make(OUT), 50);
    current = track(current, { kind: 'confirmed', atMs: 2_900 });
    expect(verdict(current)).toBe('settling');
    expect(missing(current, 2_900)).toContain('may not have looked at it');
    expect(needs(current, 2_900).wakeAtMs).toBe(1 + REFRESH_AFTER_MS);
    expect(needs(current, 1 + REFRESH_AFTER_MS).refresh).toBe(true);
    const muchLater = look(current, { ...make(OUT), reconciledAt: '2026-11-20T10:01:16Z' }, 3_000);
    expect(verdict(track(muchLater, { kind: 'confirmed', atMs: 4_000 }))).toBe('healthy');
  });

  test('after a refresh of ours it is likely, and must hold for long; a rollout that begins makes it sure', () => {
    const goal = { requireSynced: false };
    const asked = track(see(see(begin(goal), LIE, 1), OUT, 50), { kind: 'refresh-sent', atMs: 3_001 });
    const consumed = track(asked, { kind: 'refresh-consumed', application: state(OUT), atMs: 3_100 });
    const short = track(consumed, { kind: 'confirmed', atMs: 3_000 + LIKELY_HOLD_MS });
    expect(verdict(short)).toBe('settling');
    expect(missing(short, 3_100)).toBe('Healthy for 0s, to hold for 10s');
    expect(verdict(track(consumed, { kind: 'confirmed', atMs: 3_100 + LIKELY_HOLD_MS }))).toBe('healthy');
    const rolled = see(see(consumed, { ...OUT, health: 'Progressing' }, 6_000), OUT, 7_000);
    expect(verdict(track(rolled, { kind: 'confirmed', atMs: 7_999 }))).toBe('settling');
    expect(verdict(track(rolled, { kind: 'confirmed', atMs: 8_000 }))).toBe('healthy');
  });

  test('after a refresh of ours Degraded is likely only: it is no failure at once', () => {
    const goal = { degradedAfterMs: 0, requireSynced: false };
    const before = see(see(begin(goal), { ...LIE, health: 'Degraded' }, 1), { ...OUT, health: 'Degraded' }, 50);
    const asked = track(before, { kind: 'refresh-sent', atMs: 3_001 });
    const consumed = track(asked, {
      kind: 'refresh-consumed',
      application: state({ ...OUT, health: 'Degraded' }),
      atMs: 3_100,
    });
    expect(verdict(consumed)).toBe('settling');
    expect(verdict(track(consumed, { kind: 'confirmed', atMs: 3_100 + LIKELY_HOLD_MS }))).toBe('degraded');
  });

  test('does not make the Degraded from before a failure', () => {
    const goal = { degradedAfterMs: 0 };
    const current = see(see(begin(goal), { ...LIE, health: 'Degraded' }, 1), { ...OUT, health: 'Degraded' }, 50);
    expect(verdict(current)).toBe('settling');
    expect(verdict(see(current, { ...PROGRESSING, health: 'Degraded' }, 100))).toBe('degraded');
  });
});

describe('holding and falling', () => {
  const fresh = (goal: Partial<SettleGoal> = {}): Track => see(see(begin(goal), LIE, 1), PROGRESSING, 10);

  test('Healthy must hold without a break (rule 32)', () => {
    let current = see(fresh(), TRUE, 1_000);
    current = see(current, PROGRESSING, 1_900);
    current = see(current, TRUE, 2_000);
    current = track(current, { kind: 'confirmed', atMs: 2_999 });
    expect(verdict(current)).toBe('settling');
    expect(needs(current, 2_000).wakeAtMs).toBe(3_000);
    expect(verdict(track(current, { kind: 'confirmed', atMs: 3_000 }))).toBe('healthy');
  });

  test('time alone is not enough: something must have been seen since', () => {
    const current = track(see(fresh(), TRUE, 1_000), { kind: 'tick', atMs: 60_000 });
    expect(verdict(current)).toBe('settling');
    expect(needs(current, 60_000).confirm).toBe(true);
  });

  test('an event that was on its way for long confirms nothing: the next may be right behind it', () => {
    let current = see(fresh(), TRUE, 1_000);
    current = see(current, TRUE, 9_000);
    expect(verdict(current)).toBe('settling');
    current = see(current, { ...PROGRESSING, health: 'Degraded' }, 9_001);
    expect(verdict(track(current, { kind: 'confirmed', atMs: 60_000 }))).toBe('settling');
  });

  test('what was not seen all the time did not hold: after a gap, or by a read, a state that differs begins anew', () => {
    const next = { ...state(TRUE), resourceVersion: '207', version: '207' };
    const good = track(fresh(), {
      kind: 'application',
      application: { ...state(TRUE), resourceVersion: '205', version: '205' },
      readAtMs: undefined,
      atMs: 1_000,
    });
    const see207 = (from: Track, readAtMs: number | undefined): Track =>
      track(from, { kind: 'application', application: next, readAtMs, atMs: 1_800 });
    const confirm = (from: Track, atMs: number): string => verdict(track(from, { kind: 'confirmed', atMs }));
    expect(confirm(see207(good, undefined), 2_000)).toBe('healthy');
    const gap = track(good, { kind: 'gap' });
    for (const interrupted of [see207(gap, undefined), see207(good, 1_700)]) {
      expect(confirm(interrupted, 2_700)).toBe('settling');
      expect(confirm(interrupted, 2_800)).toBe('healthy');
    }
    // Nothing was missed.
    expect(confirm(gap, 2_000)).toBe('healthy');
  });

  test('a read confirms what was until it was asked for, not until it was answered', () => {
    const read = (readAtMs: number): Track =>
      track(see(fresh(), TRUE, 1_000), { kind: 'application', application: state(TRUE), readAtMs, atMs: 9_000 });
    expect(verdict(read(1_999))).toBe('settling');
    expect(verdict(read(2_000))).toBe('healthy');
  });

  test('a recovery from Degraded, or from a condition, may have been lost: only what is confirmed fails', () => {
    const degraded = see(fresh({ degradedAfterMs: 500 }), { ...PROGRESSING, health: 'Degraded' }, 1_000);
    const late = track(degraded, { kind: 'tick', atMs: 1_500 });
    expect(verdict(late)).toBe('settling');
    expect(needs(late, 1_500).confirm).toBe(true);
  });

  test('Degraded fails at once with a grace of zero, but not while it is stale (rule 34)', () => {
    const degraded: State = { ...LIE, health: 'Degraded' };
    const stale = see(begin({ degradedAfterMs: 0 }), degraded, 1);
    expect(verdict(track(stale, { kind: 'tick', atMs: 60_000 }))).toBe('settling');
    expect(verdict(see(stale, { ...PROGRESSING, health: 'Degraded' }, 2))).toBe('degraded');
  });

  test('Degraded within its grace may recover; the grace starts anew', () => {
    let current = see(fresh({ degradedAfterMs: 500 }), { ...PROGRESSING, health: 'Degraded' }, 1_000);
    expect(needs(current, 1_000).wakeAtMs).toBe(1_500);
    current = see(current, PROGRESSING, 1_400);
    current = see(current, { ...PROGRESSING, health: 'Degraded' }, 1_450);
    expect(verdict(track(current, { kind: 'confirmed', atMs: 1_949 }))).toBe('settling');
    expect(verdict(track(current, { kind: 'confirmed', atMs: 1_950 }))).toBe('degraded');
  });

  test.each([
    ['wait', 'settling'],
    ['pass', 'healthy'],
  ] as const)('Suspended with %s: %s (rule 35)', (suspended, expected) => {
    const current = see(fresh({ suspended }), { ...PROGRESSING, health: 'Suspended' }, 1_000);
    expect(verdict(track(current, { kind: 'confirmed', atMs: 9_000 }))).toBe(expected);
  });

  test.each([
    [true, 'settling'],
    [false, 'healthy'],
  ])('OutOfSync with require-synced %s: %s (rule 33)', (requireSynced, expected) => {
    const current = see(fresh({ requireSynced }), OUT, 1_000);
    expect(verdict(track(current, { kind: 'confirmed', atMs: 9_000 }))).toBe(expected);
  });

  test.each(['Missing', 'Unknown', 'Progressing'] as const)('%s is never success', (health) => {
    const current = see(fresh({ suspended: 'pass', requireSynced: false }), { ...PROGRESSING, health }, 1_000);
    expect(verdict(track(current, { kind: 'confirmed', atMs: 900_000 }))).toBe('settling');
  });

  describe('a ComparisonError (rule 36)', () => {
    const broken: Application = {
      ...state({ sync: 'U', health: 'Healthy', rec: 'after', revision: '' }),
      conditions: [
        { type: 'ComparisonError', message: 'repository not reachable', lastTransitionTime: '2026-11-20T10:02:00Z' },
      ],
    };
    const begun = (from = fresh()): Track =>
      track(from, { kind: 'application', application: broken, readAtMs: undefined, atMs: 1_000 });
    const refreshAt = 1_000 + CONDITION_REFRESH_MS;
    const end = 1_000 + CONDITION_GRACE_MS;

    test('ends the wait after a grace', () => {
      expect(verdict(track(begun(), { kind: 'confirmed', atMs: end - 1 }))).toBe('settling');
      expect(verdict(track(begun(), { kind: 'confirmed', atMs: end }))).toBe('error');
    });

    // Seen live: the repository server was away for a quarter of a minute, and the condition stayed until the next comparison.
    test.each([
      ['none was', fresh()],
      [
        'one was before',
        track(track(fresh(), { kind: 'refresh-sent', atMs: 20 }), {
          kind: 'refresh-consumed',
          application: state(PROGRESSING),
          atMs: 30,
        }),
      ],
    ])('is looked after with a comparison within it, where %s', (_, from) => {
      const current = begun(from);
      expect(needs(current, 1_000).refresh).toBe(false);
      expect(needs(current, 1_000).wakeAtMs).toBe(refreshAt);
      expect(needs(track(current, { kind: 'tick', atMs: refreshAt }), refreshAt).refresh).toBe(true);
      const healed = track(track(current, { kind: 'refresh-sent', atMs: refreshAt }), {
        kind: 'refresh-consumed',
        application: { ...state(TRUE), reconciledAt: '2026-11-20T10:02:40Z' },
        atMs: refreshAt + 500,
      });
      expect(verdict(track(healed, { kind: 'confirmed', atMs: refreshAt + 1_500 }))).toBe('healthy');
    });

    test('is asked about once only', () => {
      const asked = track(track(begun(), { kind: 'refresh-sent', atMs: refreshAt }), {
        kind: 'refresh-consumed',
        application: broken,
        atMs: refreshAt + 500,
      });
      expect(needs(asked, refreshAt + 1_000).refresh).toBe(false);
      expect(verdict(track(asked, { kind: 'confirmed', atMs: end }))).toBe('error');
    });
  });

  test('a ComparisonError from before the sync says nothing while the state is not fresh', () => {
    const old: Application = {
      ...state({ sync: 'U', health: 'Unknown', rec: 'before', revision: '' }),
      conditions: [{ type: 'ComparisonError', message: 'no', lastTransitionTime: '2026-11-20T09:00:00Z' }],
    };
    const current = track(begin(), { kind: 'application', application: old, readAtMs: undefined, atMs: 1 });
    expect(verdict(track(current, { kind: 'confirmed', atMs: 60_000 }))).toBe('settling');
  });

  test('an older state never replaces a newer one', () => {
    const newer = { ...state(PROGRESSING), resourceVersion: '205' };
    const older = { ...state(TRUE), resourceVersion: '99' };
    let current = track(fresh(), { kind: 'application', application: newer, readAtMs: undefined, atMs: 1_000 });
    current = track(current, { kind: 'application', application: older, readAtMs: undefined, atMs: 1_001 });
    expect(current.latest?.resourceVersion).toBe('205');
    expect(verdict(track(current, { kind: 'confirmed', atMs: 60_000 }))).toBe('settling');
  });
});

describe('another operation after ours', () => {
  const fresh = (): Track => see(see(begin(), LIE, 1), TRUE, 10);
  const automatic = operation('', { automated: true, initiatedBy: '' });

  test('the hold is broken while it runs, and health is measured from its end', () => {
    let current = fresh();
    current = track(current, {
      kind: 'application',
      application: { ...state(TRUE), operation: automatic, operationState: undefined },
      readAtMs: undefined,
      atMs: 500,
    });
    current = track(current, { kind: 'confirmed', atMs: 30_000 });
    expect(verdict(current)).toBe('settling');
    const end = operationState('', 'Succeeded', { operation: automatic, finishedAt: '2026-11-20T10:01:30Z' });
    const after = { ...state(TRUE), operationState: end };
    current = track(current, { kind: 'application', application: after, readAtMs: undefined, atMs: 30_100 });
    expect(verdict(track(current, { kind: 'confirmed', atMs: 40_000 }))).toBe('settling');
    const compared = { ...after, reconciledAt: '2026-11-20T10:01:31Z' };
    current = track(current, { kind: 'application', application: compared, readAtMs: undefined, atMs: 40_000 });
    expect(verdict(track(current, { kind: 'confirmed', atMs: 41_000 }))).toBe('healthy');
  });

  const synced = (revision: string, finishedAt: string): Application['operationState'] =>
    operationState('', 'Succeeded', {
      operation: automatic,
      finishedAt,
      syncResult: { revisions: [revision], resources: [] },
    });

  test('another revision is a conflict', () => {
    const current = track(fresh(), {
      kind: 'application',
      application: { ...state(TRUE), operationState: synced(COMMIT_C, FINISHED) },
      readAtMs: undefined,
      atMs: 500,
    });
    expect(current.stage).toMatchObject({
      verdict: { name: 'conflict', message: expect.stringContaining('then auto-sync synced ccccccc') },
    });
  });

  // Seen live: a comparison right after our sync still went by the revision before it, auto-sync went back to that in full, and
  // to ours again as soon as it was done.
  describe('auto-sync goes back to what was compared before our sync', () => {
    const entry = (id: number, revision: string, initiatedBy = ''): Application['history'][number] => ({
      id,
      revisions: [revision],
      sources: [],
      deployStartedAt: '',
      initiatedBy,
    });
    const before = application({ history: [entry(0, COMMIT_A)] });
    const ours = { ...state(TRUE), history: [entry(0, COMMIT_A), entry(1, COMMIT_B, 'gitopssync/c0ffee00')] };
    const back: Application = {
      ...ours,
      history: [...ours.history, entry(2, COMMIT_A)],
      operationState: synced(COMMIT_A, '2026-11-20T10:01:10Z'),
      sync: { status: 'Synced', revisions: [COMMIT_A] },
      reconciledAt: '2026-11-20T10:01:11Z',
    };
    const again: Application = {
      ...back,
      history: [...back.history, entry(3, COMMIT_B)],
      operationState: synced(COMMIT_B, '2026-11-20T10:01:20Z'),
      sync: { status: 'Synced', revisions: [COMMIT_B] },
      reconciledAt: '2026-11-20T10:01:21Z',
    };
    const show = (current: Track, next: Application, atMs: number): Track =>
      track(current, { kind: 'application', application: next, readAtMs: undefined, atMs });
    const later = (current: Track, atMs: number): Track => track(current, { kind: 'confirmed', atMs });
    const gone = (goal: Partial<SettleGoal> = {}, toTarget = true): Track =>
      show(show(begin(goal, toTarget, before), ours, 10), back, 500);

    test('it is waited for until it follows the target again', () => {
      const there = { ...back, resourceVersion: '150', reconciledAt: '2026-11-20T10:01:12Z' };
      const waiting = later(show(gone(), there, 600), 60_000);
      expect(verdict(waiting)).toBe('settling');
      expect(waiting.notes).toEqual(['auto-sync went back to aaaaaaa; waiting until it follows the target again']);
      expect(missing(waiting, 60_000)).toContain('Synced at aaaaaaa');
      const returned = show(waiting, { ...again, resourceVersion: '200' }, 61_000);
      expect(verdict(later(returned, 61_999))).toBe('settling');
      const compared = { ...again, resourceVersion: '201', reconciledAt: '2026-11-20T10:01:22Z' };
      expect(verdict(later(show(returned, compared, 61_500), 62_500))).toBe('healthy');
    });

    test('it is waited for also when only the history told it', () => {
      const unseen = { ...again, history: back.history, sync: back.sync, operationState: ours.operationState };
      const waiting = later(show(show(begin({}, true, before), ours, 10), unseen, 500), 60_000);
      expect(verdict(waiting)).toBe('settling');
    });

    test.each([
      ['where a revision was asked for', gone({}, false)],
      ['where Synced is not wanted', gone({ requireSynced: false })],
    ])('%s it is a conflict', (_, current) => {
      expect(verdict(current)).toBe('conflict');
    });

    test('where the target was edited it is one: auto-sync does not come back', () => {
      const [source] = back.sources;
      if (source === undefined) throw new Error('no source');
      const edited = { ...back, sources: [{ ...source, targetRevision: 'release-1' }] };
      const current = show(show(begin({}, true, before), ours, 10), edited, 500);
      expect(current.stage).toMatchObject({
        verdict: { name: 'conflict', message: expect.stringContaining('then auto-sync synced aaaaaaa') },
      });
    });

    test('and somebody who does the same is one too', () => {
      const person = { ...back, history: [...ours.history, entry(2, COMMIT_A, 'alice')] };
      const byHand = operationState('', 'Succeeded', { syncResult: { revisions: [COMMIT_A], resources: [] } });
      const current = show(show(begin({}, true, before), ours, 10), { ...person, operationState: byHand }, 500);
      expect(current.stage).toMatchObject({ verdict: { name: 'conflict', message: expect.stringContaining('alice') } });
    });
  });

  const failed = (revision: string): Application => ({
    ...state(TRUE),
    operationState: operationState('', 'Failed', {
      operation: automatic,
      startedAt: '2026-11-20T10:01:29Z',
      finishedAt: '2026-11-20T10:01:30Z',
      syncResult: { revisions: [revision], resources: [] },
    }),
  });

  test('one that failed may have changed something: health is measured from its end too', () => {
    let current = track(fresh(), {
      kind: 'application',
      application: failed(COMMIT_A),
      readAtMs: undefined,
      atMs: 500,
    });
    current = track(current, { kind: 'confirmed', atMs: 3_000 });
    expect(verdict(current)).toBe('settling');
    expect(needs(current, 500 + REFRESH_AFTER_MS).refresh).toBe(true);
  });

  test('a dry run of another revision is no conflict, and health is proven anew after it', () => {
    const dryRun = operationState('', 'Succeeded', {
      operation: operation('', { sync: { revision: '', revisions: [], prune: false, dryRun: true, partial: false } }),
      startedAt: '2026-11-20T10:01:30Z',
      finishedAt: '2026-11-20T10:01:30Z',
      syncResult: { revisions: [COMMIT_A], resources: [] },
    });
    const look = (from: Track, reconciledAt: string, atMs: number): Track => {
      const seen = { ...state(TRUE), operationState: dryRun, reconciledAt };
      return track(from, { kind: 'application', application: seen, readAtMs: undefined, atMs });
    };
    const current = look(fresh(), REC.same, 500);
    expect(verdict(track(current, { kind: 'confirmed', atMs: 9_000 }))).toBe('settling');
    const compared = look(current, '2026-11-20T10:01:31Z', 600);
    expect(verdict(track(compared, { kind: 'confirmed', atMs: 1_600 }))).toBe('healthy');
  });

  test('that was hidden by yet another one is found in the history', () => {
    const dryRun = operationState('', 'Succeeded', {
      operation: operation('', { sync: { revision: '', revisions: [], prune: false, dryRun: true, partial: false } }),
      startedAt: '2026-11-20T10:01:30Z',
    });
    const entry = {
      id: 9,
      revisions: [COMMIT_A],
      deployStartedAt: '2026-11-20T10:01:20Z',
      initiatedBy: 'alice',
      sources: [],
    };
    const seen = { ...state(TRUE), operationState: dryRun, history: [entry] };
    const current = track(fresh(), { kind: 'application', application: seen, readAtMs: 500, atMs: 500 });
    expect(current.stage).toMatchObject({
      verdict: { name: 'conflict', message: expect.stringContaining('then alice synced aaaaaaa') },
    });
  });

  test('after one that failed half-way a comparison may still see the old objects: a refresh tells', () => {
    const begun = track(fresh(), {
      kind: 'application',
      application: failed(COMMIT_A),
      readAtMs: undefined,
      atMs: 500,
    });
    const compared = { ...failed(COMMIT_A), reconciledAt: '2026-11-20T10:01:30Z' };
    let current = track(begun, { kind: 'application', application: compared, readAtMs: undefined, atMs: 600 });
    current = track(current, { kind: 'confirmed', atMs: 3_400 });
    expect(verdict(current)).toBe('settling');
    expect(needs(current, 500 + REFRESH_AFTER_MS).refresh).toBe(true);
  });

  test('after one that failed half-way only Synced of the very revision will do', () => {
    const see = (from: Track, revision: string, atMs: number): Track => {
      const compared = { ...failed(COMMIT_A), sync: { status: 'Synced', revisions: [revision] } } as const;
      const at = { ...compared, reconciledAt: '2026-11-20T10:01:50Z' };
      return track(from, { kind: 'application', application: at, readAtMs: undefined, atMs });
    };
    const begun = track(fresh(), {
      kind: 'application',
      application: failed(COMMIT_A),
      readAtMs: undefined,
      atMs: 500,
    });
    const elsewhere = track(see(begun, COMMIT_A, 600), { kind: 'confirmed', atMs: 60_000 });
    expect(verdict(elsewhere)).toBe('settling');
    expect(missing(elsewhere, 60_000)).toBe('Synced at aaaaaaa, which another operation tried to sync, wanted bbbbbbb');
    expect(verdict(track(see(begun, COMMIT_B, 600), { kind: 'confirmed', atMs: 60_000 }))).toBe('healthy');
  });

  test('one that failed half-way is a conflict where OutOfSync would pass', () => {
    const begun = see(begin({ requireSynced: false }), TRUE, 10);
    const current = track(begun, {
      kind: 'application',
      application: failed(COMMIT_A),
      readAtMs: undefined,
      atMs: 500,
    });
    expect(current.stage).toMatchObject({
      verdict: { name: 'conflict', message: expect.stringContaining('then auto-sync failed to sync aaaaaaa') },
    });
  });

  test('our own, still at work in a state that came late, is no other', () => {
    const late = { ...state(LIE), operation: operation(ID), operationState: operationState(ID, 'Running') };
    const current = track(fresh(), { kind: 'application', application: late, readAtMs: undefined, atMs: 500 });
    expect(current.notes).toEqual([]);
    expect(verdict(track(current, { kind: 'confirmed', atMs: 1_010 }))).toBe('healthy');
  });
});
