import { describe, expect, test } from '@jest/globals';
import type { Application } from '../../src/argocd/application.ts';
import { giveUp } from '../../src/operation/track/give-up.ts';
import type { SyncGoal } from '../../src/operation/track/goal.ts';
import { missing } from '../../src/operation/track/missing.ts';
import { needs } from '../../src/operation/track/needs.ts';
import { PARKED_AFTER_MS } from '../../src/operation/track/parked.ts';
import { PICKUP_NOTE_MS } from '../../src/operation/track/remark.ts';
import type { Track } from '../../src/operation/track/state.ts';
import { startTrack, track } from '../../src/operation/track.ts';
import { application, COMMIT_B, operation, operationState } from '../factories/application.ts';

const ID = 'c0ffee00-0000-4000-8000-000000000001';

const goal = (overrides: Partial<SyncGoal> = {}): SyncGoal => ({
  kind: 'sync',
  identity: { kind: 'id', id: ID },
  dryRun: false,
  partial: false,
  toTarget: true,
  createsNamespace: false,
  expectedRevision: '',
  onSyncWindow: 'fail',
  settle: undefined,
  ...overrides,
});

const begin = (overrides: Partial<SyncGoal> = {}): Track =>
  track(startTrack(goal(overrides), application(), 0), { kind: 'accepted', application: application(), atMs: 0 });

const see = (current: Track, what: Partial<Application>, atMs: number, readAtMs?: number): Track =>
  track(current, { kind: 'application', application: application(what), readAtMs, atMs });

describe('the own operation', () => {
  test('another operation’s end is never ours (rule 22)', () => {
    const before = startTrack(goal(), application(), 0);
    const current = see(before, { operationState: operationState('other', 'Succeeded') }, 5);
    expect(current.stage.kind).toBe('asking');
  });

  test('is seen to end even when the watch is faster than the answer', () => {
    let current = startTrack(goal(), application(), 0);
    current = see(current, { operation: operation(ID), operationState: operationState(ID, 'Running') }, 5);
    expect(current.stage.kind).toBe('running');
    current = track(current, { kind: 'accepted', application: application(), atMs: 6 });
    expect(current.stage.kind).toBe('running');
    current = see(current, { operationState: operationState(ID, 'Succeeded') }, 7);
    expect(current.stage).toMatchObject({ verdict: { name: 'synced', message: expect.stringContaining('bbbbbbb') } });
  });

  test('waiting to be picked up is worth a word after a while, and is named at the end (rule 23)', () => {
    let current = see(begin(), { operation: operation(ID) }, 10);
    expect(needs(current, 10).wakeAtMs).toBe(PICKUP_NOTE_MS);
    current = track(current, { kind: 'tick', atMs: PICKUP_NOTE_MS });
    expect(current.notes).toEqual([expect.stringContaining('no controller has picked the operation up')]);
    expect(giveUp(current, 'timed-out', 90_000).stage).toMatchObject({
      verdict: { name: 'timed-out', message: 'no controller has picked the operation up for 1m30s' },
    });
  });

  test('Running with finishedAt waits for a retry (rule 25)', () => {
    const retrying = operationState(ID, 'Running', {
      finishedAt: '2026-11-20T10:01:01Z',
      retryCount: 1,
      message: 'one or more objects failed to apply. Retrying attempt #1 at 10:01AM.',
    });
    const current = see(begin(), { operation: operation(ID), operationState: retrying }, 10);
    expect(current.stage.kind).toBe('running');
    expect(current.notes).toEqual([expect.stringContaining('attempt 1 failed, Argo CD tries again')]);
  });

  test('Failed fails at once, with the resources that failed (rule 26)', () => {
    const failed = operationState(ID, 'Failed', {
      message: 'one or more objects failed to apply',
      syncResult: {
        revisions: [COMMIT_B],
        resources: [
          {
            group: '',
            kind: 'Service',
            namespace: 'shop',
            name: 'web',
            status: 'SyncFailed',
            message: 'port is taken',
            hookType: '',
            hookPhase: '',
          },
          {
            group: '',
            kind: 'ConfigMap',
            namespace: 'shop',
            name: 'ok',
            status: 'Synced',
            message: '',
            hookType: '',
            hookPhase: '',
          },
        ],
      },
    });
    const current = see(
      begin({ settle: { requireSynced: true, healthyForMs: 1, degradedAfterMs: 0, suspended: 'wait' } }),
      { operationState: failed },
      10,
    );
    expect(current.stage).toMatchObject({
      verdict: { name: 'sync-failed', message: 'one or more objects failed to apply: Service/web: port is taken' },
    });
    expect(current.ended?.resources).toHaveLength(2);
  });

  test.each([
    [COMMIT_B.slice(0, 7), 'synced'],
    ['abcdef1', 'mismatch'],
  ])('expecting %s gives %s (rule 27)', (expectedRevision, expected) => {
    const current = see(begin({ expectedRevision }), { operationState: operationState(ID, 'Succeeded') }, 10);
    expect(current.stage).toMatchObject({ verdict: { name: expected } });
  });

  test('a chart’s version is never compared as a commit (rule 27)', () => {
    const sources = [
      { repoURL: 'https://charts.example.com', targetRevision: '1.x', path: '', chart: 'web', name: '' },
      { repoURL: 'https://git.example.com/values.git', targetRevision: 'main', path: 'web', chart: '', name: '' },
    ];
    const ended = operationState(ID, 'Succeeded', { syncResult: { revisions: ['1234567', COMMIT_B], resources: [] } });
    const what = { sources, multiSource: true, operationState: ended };
    expect(see(begin({ expectedRevision: '1234567' }), what, 10).stage).toMatchObject({
      verdict: { name: 'mismatch' },
    });
    expect(see(begin({ expectedRevision: 'bbbbbbb' }), what, 10).stage).toMatchObject({ verdict: { name: 'synced' } });
  });

  test('a dry run needs no freshness (rule 29)', () => {
    const settle = { requireSynced: true, healthyForMs: 1, degradedAfterMs: 0, suspended: 'wait' } as const;
    const current = see(begin({ dryRun: true, settle }), { operationState: operationState(ID, 'Succeeded') }, 10);
    expect(current.stage).toMatchObject({ verdict: { name: 'synced', message: expect.stringContaining('dry run') } });
  });

  test.each([
    ['fail', 'blocked'],
    ['skip', 'skipped'],
  ] as const)('a closed sync window with %s: %s (rule 10)', (onSyncWindow, expected) => {
    const blocked = operationState(ID, 'Running', { message: 'Sync operation blocked by sync window' });
    const shown = see(begin({ onSyncWindow }), { operation: operation(ID), operationState: blocked }, 10);
    // The first pass of the controller says so of every sync that only `manualSync` lets through.
    expect(shown.stage.kind).toBe('running');
    expect(needs(shown, 10).wakeAtMs).toBe(10 + PARKED_AFTER_MS);
    const current = track(shown, { kind: 'tick', atMs: 10 + PARKED_AFTER_MS });
    expect(current.stage).toMatchObject({ verdict: { name: expected } });
  });

  test('an operation that is shown as blocked and then goes on is not parked (rule 10)', () => {
    const blocked = operationState(ID, 'Running', { message: 'Sync operation blocked by sync window' });
    const goesOn = operationState(ID, 'Running', { message: 'one or more tasks are running' });
    const shown = see(begin({ onSyncWindow: 'fail' }), { operation: operation(ID), operationState: blocked }, 10);
    const current = see(shown, { operation: operation(ID), operationState: goesOn }, 2_000);
    expect(track(current, { kind: 'tick', atMs: 10 + PARKED_AFTER_MS }).stage.kind).toBe('running');
  });

  test('a closed sync window with wait: goes on, and says so', () => {
    const blocked = operationState(ID, 'Running', { message: 'Sync operation blocked by sync window' });
    const current = see(begin({ onSyncWindow: 'wait' }), { operation: operation(ID), operationState: blocked }, 10);
    expect(current.stage.kind).toBe('running');
    expect(current.notes).toEqual([expect.stringContaining('sync window is closed')]);
    expect(missing(current, 20)).toContain('blocked by sync window');
  });

  test.each([
    [true, true],
    [false, false],
  ])('a namespace race with CreateNamespace %s asks for another try: %s', (createsNamespace, again) => {
    const failed = operationState(ID, 'Failed', {
      message: 'the namespace failed to apply, reason: namespaces "x" already exists',
    });
    expect(see(begin({ createsNamespace }), { operationState: failed }, 10).stage).toMatchObject({
      kind: 'done',
      again,
    });
  });
});

describe('a namespace race of an earlier attempt', () => {
  const race = 'namespaces "x" already exists';
  const resource = { group: '', kind: 'Namespace', namespace: '', name: 'x', message: race };
  const left = [{ ...resource, status: 'SyncFailed', hookType: '', hookPhase: 'Failed' }];

  test.each([
    ['fails for another reason', 'Error', 'ComparisonError: Failed to load target state (retried 1 times).', false],
    ['is terminated', 'Failed', 'Operation terminated', false],
    ['has lasted too long', 'Failed', 'Operation terminated, triggered by controller sync timeout', false],
    ['fails of the race', 'Failed', 'one or more objects failed to apply', true],
  ] as const)('when the last attempt %s', (_, phase, message, again) => {
    const failed = operationState(ID, phase, {
      message,
      // An attempt that does not come so far leaves the results of the one before.
      syncResult: { revisions: [COMMIT_B], resources: left },
    });
    expect(see(begin({ createsNamespace: true }), { operationState: failed }, 10).stage).toMatchObject({
      kind: 'done',
      verdict: { name: 'sync-failed' },
      again,
    });
  });
});

describe('overtaken (rule 24)', () => {
  const running = (): Track =>
    see(begin(), { operation: operation(ID), operationState: operationState(ID, 'Running') }, 10);
  const rival = { operation: operation('', { automated: true }), operationState: undefined };

  test('only a read decides', () => {
    const suspect = see(running(), rival, 20);
    expect(suspect.stage.kind).toBe('overtaken');
    expect(needs(suspect, 20).read).toBe(true);
    // A read that began before the suspicion may be from before the operation.
    expect(see(suspect, rival, 30, 19).stage.kind).toBe('overtaken');
    expect(see(suspect, rival, 30, 21).stage).toMatchObject({
      verdict: { name: 'conflict', message: expect.stringContaining('auto-sync') },
    });
  });

  test('the history tells that ours succeeded', () => {
    const history = [
      {
        id: 7,
        revisions: [COMMIT_B],
        sources: [],
        deployStartedAt: '2026-11-20T10:01:00Z',
        initiatedBy: `gitopssync/${ID.slice(0, 8)}`,
      },
    ];
    const found = see(see(running(), rival, 20), { ...rival, history }, 30, 21);
    expect(found.stage).toMatchObject({ verdict: { name: 'synced', message: expect.stringContaining('bbbbbbb') } });
  });

  test('an entry of somebody else in the same second is not ours', () => {
    const history = [
      { id: 7, revisions: [COMMIT_B], sources: [], deployStartedAt: '2026-11-20T10:01:00Z', initiatedBy: 'admin' },
    ];
    const found = see(see(running(), rival, 20), { ...rival, history }, 30, 21);
    expect(found.stage).toMatchObject({ verdict: { name: 'conflict' } });
  });

  test('an entry from before the sync is not ours', () => {
    const own = {
      id: 3,
      revisions: [COMMIT_B],
      sources: [],
      deployStartedAt: '2026-11-20T10:01:00Z',
      initiatedBy: `gitopssync/${ID.slice(0, 8)}`,
    };
    const before = application({ history: [own] });
    let current = startTrack(goal(), before, 0);
    current = track(current, { kind: 'accepted', application: before, atMs: 0 });
    current = see(see(current, { ...rival, history: [own] }, 20), { ...rival, history: [own] }, 30, 21);
    expect(current.stage).toMatchObject({ verdict: { name: 'conflict' } });
  });
});

describe('waiting until nothing runs', () => {
  const idle = (what: Partial<Application>): Track => see(startTrack({ kind: 'idle' }, undefined, 0), what, 5);

  test('ends with the operation', () => {
    const running = { operation: operation('x'), operationState: operationState('x', 'Terminating') };
    expect(idle(running).stage.kind).toBe('requested');
    expect(see(idle(running), { operationState: operationState('x', 'Failed') }, 6).stage).toMatchObject({
      verdict: { name: 'terminated' },
    });
  });

  test('does not wait for one that is told to end and held by a closed window (rule 48)', () => {
    const held = operationState('x', 'Terminating', { message: 'Sync operation blocked by sync window' });
    expect(idle({ operation: operation('x'), operationState: held }).stage).toMatchObject({
      verdict: {
        name: 'blocked',
        message: expect.stringContaining('until it opens'),
        hint: expect.stringMatching(/./),
      },
    });
  });
});

test('the controller’s own time-out is not somebody else who terminated it', () => {
  const message = 'Operation terminated, triggered by controller sync timeout';
  const current = see(begin(), { operationState: operationState(ID, 'Failed', { message }) }, 10);
  expect(current.stage).toMatchObject({
    verdict: { name: 'sync-failed', message, hint: expect.stringContaining('controller.sync.timeout.seconds') },
  });
});

describe('what is said on the way', () => {
  test('is bounded, however often an operation is tried again', () => {
    let current = begin();
    for (let attempt = 1; attempt < 500; attempt++) {
      const message = `one or more objects failed to apply. Retrying attempt #${attempt}`;
      const retrying = operationState(ID, 'Running', {
        finishedAt: '2026-11-20T10:01:01Z',
        retryCount: attempt,
        message,
      });
      current = see(current, { operation: operation(ID), operationState: retrying }, attempt);
    }
    expect(current.notes.length).toBeLessThanOrEqual(20);
  });
});

describe('an answer that comes late', () => {
  test('after the operation and another one ended, and only the last state was seen', () => {
    const before = application();
    let current = startTrack(goal(), before, 0);
    const rival = { resourceVersion: '120', operationState: operationState('other', 'Succeeded') };
    current = see(current, rival, 10);
    expect(current.stage.kind).toBe('asking');
    current = track(current, { kind: 'accepted', application: application({ resourceVersion: '101' }), atMs: 2_000 });
    expect(needs(current, 2_000).read).toBe(true);
    expect(see(current, rival, 2_010, 2_001).stage).toMatchObject({ verdict: { name: 'conflict' } });
  });
});

describe('deletion (rule 37)', () => {
  test('ends with its own result', () => {
    expect(track(begin(), { kind: 'deleted', atMs: 5 }).stage).toMatchObject({ verdict: { name: 'deleted' } });
    expect(see(begin(), { deleting: true }, 5).stage).toMatchObject({ verdict: { name: 'deleted' } });
  });

  test('is told by the uid when the Application was made anew meanwhile', () => {
    const settle = { requireSynced: true, healthyForMs: 1_000, degradedAfterMs: undefined, suspended: 'wait' } as const;
    const settling = see(begin({ settle }), { operationState: operationState(ID, 'Succeeded') }, 10);
    expect(see(settling, { uid: 'uid-of-another' }, 20).stage).toMatchObject({
      verdict: { name: 'deleted', message: expect.stringContaining('made anew') },
    });
  });
});

describe('what Argo CD begins to ignore (rule 7)', () => {
  const annotations = { 'argocd.argoproj.io/skip-reconcile': 'true' };
  const settle = { requireSynced: true, healthyForMs: 1_000, degradedAfterMs: undefined, suspended: 'wait' } as const;

  test('after its operation: what is shown can neither become true nor false any more', () => {
    const what = { operationState: operationState(ID, 'Succeeded'), reconciledAt: '2026-11-20T10:02:00Z' };
    const settling = see(see(begin({ settle }), what, 10), { ...what, reconciledAt: '2026-11-20T10:02:01Z' }, 20);
    expect(settling.stage.kind).toBe('settling');
    expect(see(settling, { ...what, annotations }, 30).stage).toMatchObject({
      verdict: {
        name: 'error',
        message: expect.stringContaining('skip-reconcile'),
        hint: 'Remove the annotation: kubectl -n argocd annotate application shop argocd.argoproj.io/skip-reconcile-',
      },
    });
  });

  test.each([
    ['asked for', undefined],
    ['running', operationState(ID, 'Running')],
  ])('while its operation is %s: said at once, and with its remedy at the end', (_, state) => {
    const held = see(begin({ settle }), { operation: operation(ID), operationState: state, annotations }, 10);
    expect(held.notes).toEqual([expect.stringContaining('skip-reconcile')]);
    expect(giveUp(held, 'timed-out', 60_000).stage).toMatchObject({
      verdict: { name: 'timed-out', hint: expect.stringContaining('annotate application shop') },
    });
    // Somebody may still take the annotation away.
    expect(see(held, { operationState: operationState(ID, 'Failed') }, 20).stage).toMatchObject({
      verdict: { name: 'sync-failed' },
    });
  });
});

describe('waiting without a sync', () => {
  const settle = { requireSynced: true, healthyForMs: 1_000, degradedAfterMs: undefined, suspended: 'wait' } as const;
  const watchOver = (expectedRevision = ''): Track =>
    startTrack({ kind: 'state', expectedRevision, settle }, undefined, 0);
  const ended = (rec: string): Partial<Application> => ({
    operationState: operationState('', 'Succeeded', { finishedAt: '2026-11-20T10:01:01Z' }),
    sync: { status: 'Synced', revisions: [COMMIT_B] },
    reconciledAt: rec,
  });

  test('a state compared in the second of the last operation is not believed, a later one is', () => {
    const doubtful = track(see(watchOver(), ended('2026-11-20T10:01:01Z'), 0), { kind: 'confirmed', atMs: 60_000 });
    expect(doubtful.stage.kind).toBe('settling');
    const later = track(see(watchOver(), ended('2026-11-20T10:01:02Z'), 0), { kind: 'confirmed', atMs: 1_000 });
    expect(later.stage).toMatchObject({ verdict: { name: 'healthy' } });
  });

  test('an Application that was never synced is judged by its state', () => {
    const current = track(see(watchOver(), {}, 0), { kind: 'confirmed', atMs: 1_000 });
    expect(current.stage).toMatchObject({ verdict: { name: 'healthy' } });
  });

  test('waits for a running operation, and fails with it', () => {
    const running = see(watchOver(), { operation: operation(''), operationState: operationState('', 'Running') }, 0);
    expect(running.stage.kind).toBe('running');
    expect(see(running, { operationState: operationState('', 'Failed', { message: 'no' }) }, 10).stage).toMatchObject({
      verdict: { name: 'sync-failed' },
    });
  });

  test('what Argo CD ignores is not believed (rule 7)', () => {
    const current = see(watchOver(), { annotations: { 'argocd.argoproj.io/skip-reconcile': 'true' } }, 0);
    expect(current.stage).toMatchObject({
      verdict: { name: 'error', message: expect.stringContaining('skip-reconcile') },
    });
  });

  test('an old failure is no reason to fail', () => {
    const failed = { operationState: operationState('', 'Failed'), reconciledAt: '2026-11-20T10:01:02Z' };
    const current = see(watchOver(), failed, 0);
    expect(track(current, { kind: 'confirmed', atMs: 1_000 }).stage).toMatchObject({ verdict: { name: 'healthy' } });
  });

  test('a state from before a failure is not believed: it may have changed something', () => {
    const current = see(watchOver(), { operationState: operationState('', 'Failed') }, 0);
    expect(track(current, { kind: 'confirmed', atMs: 2_000 }).stage.kind).toBe('settling');
    expect(needs(current, 3_000).refresh).toBe(true);
  });

  test('another operation in the same second is another one', () => {
    let current = see(watchOver(), ended('2026-11-20T10:01:02Z'), 0);
    const again = { operationState: operationState('', 'Succeeded', { finishedAt: '2026-11-20T10:01:03Z' }) };
    current = see(current, { ...ended('2026-11-20T10:01:02Z'), ...again }, 500);
    expect(track(current, { kind: 'confirmed', atMs: 2_000 }).stage.kind).toBe('settling');
  });

  test('an operation that nobody works on is named at the end, with what to do (rule 48)', () => {
    const current = see(watchOver(), { operationState: operationState('', 'Running') }, 0);
    expect(giveUp(current, 'timed-out', 60_000).stage).toMatchObject({
      verdict: {
        message: 'its operation is shown as Running, but nobody works on it any more',
        hint: expect.stringContaining('on-running-operation: terminate'),
      },
    });
  });

  test('waits for the expected revision to run', () => {
    const before = see(watchOver('bbbbbbb'), {}, 0);
    expect(track(before, { kind: 'confirmed', atMs: 60_000 }).stage.kind).toBe('requested');
    expect(missing(before, 60_000)).toContain('expected bbbbbbb');
    const after = see(before, ended('2026-11-20T10:01:02Z'), 61_000);
    expect(track(after, { kind: 'confirmed', atMs: 62_000 }).stage).toMatchObject({ verdict: { name: 'healthy' } });
  });
});
