import { describe, expect, test } from '@jest/globals';
import pLimit from 'p-limit';
import { type Application, REFRESH_ANNOTATION } from '../../src/argocd/application.ts';
import { ArgoCdError } from '../../src/argocd/errors.ts';
import { isDone, leaveAlone } from '../../src/operation/left-alone.ts';
import type { Wish } from '../../src/operation/plan.ts';
import { application, COMMIT_A, COMMIT_B, operation, operationState } from '../factories/application.ts';
import { testClock } from '../factories/clock.ts';
import { memoryArgoCd } from '../factories/memory-argocd.ts';

const WISH: Wish = {
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
};

const done = (changes: Partial<Application>, wish: Partial<Wish> = {}, expectedRevision = ''): boolean =>
  isDone(application(changes), { wish: { ...WISH, ...wish }, expectedRevision }, true);

describe('what leaves nothing to do', () => {
  test.each([
    ['Synced and Healthy', {}],
    ['with an operation that went well', { operationState: operationState('', 'Succeeded') }],
  ])('%s', (_, changes) => {
    expect(done(changes)).toBe(true);
  });

  test.each([
    ['OutOfSync', { sync: { status: 'OutOfSync', revisions: [COMMIT_A] } }],
    ['Unknown', { sync: { status: 'Unknown', revisions: [] } }],
    ['Degraded', { health: { status: 'Degraded', message: '' } }],
    ['Progressing', { health: { status: 'Progressing', message: '' } }],
    ['with a hook that failed', { operationState: operationState('', 'Failed') }],
    ['with an operation', { operation: operation('') }],
    ['being deleted', { deleting: true }],
    ['with an operation nobody works on', { operationState: operationState('', 'Running') }],
  ] as const)('not %s', (_, changes) => {
    expect(done(changes)).toBe(false);
  });

  test('Synced means to the target: of other revisions only a commit can be known to be the same', () => {
    expect(done({}, { revision: 'main' })).toBe(true);
    expect(done({}, { revision: COMMIT_A })).toBe(true);
    expect(done({}, { revision: COMMIT_B })).toBe(false);
    expect(done({}, { revision: 'v1' })).toBe(false);
  });

  test('at the revision that is expected', () => {
    expect(done({}, {}, 'aaaaaaa')).toBe(true);
    expect(done({}, {}, 'bbbbbbb')).toBe(false);
  });

  test('a list tells no revisions: then it may be so', () => {
    const light = application({ sync: { status: 'Synced', revisions: [] } });
    const may = (revision: string): boolean =>
      isDone(light, { wish: { ...WISH, revision }, expectedRevision: '' }, false);
    expect(may('')).toBe(true);
    expect(may(COMMIT_A)).toBe(true);
    expect(may('v1')).toBe(false);
  });
});

describe('leaving alone', () => {
  const candidate = { ref: { namespace: 'argocd', name: 'shop' }, project: undefined, application: undefined };

  const start = (first: Partial<Application> = {}) => {
    const argo = memoryArgoCd(first);
    const clock = testClock();
    const stop = new AbortController();
    const deps = { client: argo.client, clock, limit: pLimit(10), starting: stop.signal };
    const look = leaveAlone({ wish: WISH, expectedRevision: '', concurrency: 2 }, deps);
    return { argo, clock, stop, decision: look(candidate) };
  };

  /** As a controller does: the annotation is taken away with the result. */
  const annotate = (argo: ReturnType<typeof memoryArgoCd>): void => {
    argo.on.refresh = async () => {
      argo.write({ annotations: { [REFRESH_ANNOTATION]: 'normal' } });
      return { kind: 'pending' };
    };
  };

  test('what is OutOfSync is synced without a question', async () => {
    const { argo, decision } = start({ sync: { status: 'OutOfSync', revisions: [COMMIT_A] } });
    expect(await decision).toMatchObject({ kind: 'sync', note: '' });
    expect(argo.count('refresh')).toBe(0);
  });

  test('what looks done is compared again, and believed only then', async () => {
    const { argo, clock, decision } = start();
    annotate(argo);
    await clock.advance(5_000);
    expect(argo.count('refresh')).toBe(1);
    argo.write({ annotations: {} });
    await clock.advance(3_000);
    expect(await decision).toMatchObject({
      kind: 'unchanged',
      outcome: {
        verdict: { name: 'unchanged', message: 'left alone: compared again, Synced to main and Healthy' },
        application: { sync: { status: 'Synced' } },
      },
    });
    expect(argo.count('startSync')).toBe(0);
  });

  test('a commit that came after the last comparison is synced', async () => {
    const { argo, clock, decision } = start();
    annotate(argo);
    await clock.advance(100);
    argo.write({ annotations: {}, sync: { status: 'OutOfSync', revisions: [COMMIT_B] } });
    await clock.advance(3_000);
    expect(await decision).toMatchObject({
      kind: 'sync',
      note: '',
      candidate: { application: { sync: { status: 'OutOfSync' } } },
    });
  });

  test('where a comparison was asked for already, another one follows it', async () => {
    const { argo, clock, decision } = start({ annotations: { [REFRESH_ANNOTATION]: 'normal' } });
    annotate(argo);
    await clock.advance(100);
    expect(argo.count('refresh')).toBe(0);
    argo.write({ annotations: {} });
    await clock.advance(3_000);
    expect(argo.count('refresh')).toBe(1);
    argo.write({ annotations: {} });
    await clock.advance(3_000);
    expect(await decision).toMatchObject({ kind: 'unchanged' });
  });

  test('the answer of the Argo CD API is the comparison', async () => {
    const { argo, decision } = start();
    argo.on.refresh = async () => ({ kind: 'consumed', application: argo.state() });
    expect(await decision).toMatchObject({ kind: 'unchanged' });
  });

  test('a comparison that cannot be asked for, or never ends, is no reason to believe', async () => {
    const refused = start();
    refused.argo.on.refresh = async () => {
      throw new ArgoCdError('forbidden', 'may not');
    };
    expect(await refused.decision).toMatchObject({
      kind: 'sync',
      note: 'could not be compared again (may not); syncing it',
    });
    const late = start();
    annotate(late.argo);
    await late.clock.advance(70_000);
    expect(await late.decision).toMatchObject({ kind: 'sync', note: 'was not compared again in time; syncing it' });
  });

  test('the end of the run ends it', async () => {
    const { argo, clock, stop, decision } = start();
    annotate(argo);
    await clock.advance(100);
    stop.abort();
    expect(await decision).toMatchObject({ kind: 'sync', note: '' });
  });
});
