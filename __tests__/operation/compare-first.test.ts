import { expect, test } from '@jest/globals';
import pLimit from 'p-limit';
import { REFRESH_ANNOTATION, SKIP_RECONCILE_ANNOTATION } from '../../src/argocd/application.ts';
import { ArgoCdError } from '../../src/argocd/errors.ts';
import { compareFirst } from '../../src/operation/compare-first.ts';
import { application } from '../factories/application.ts';
import { testClock } from '../factories/clock.ts';
import { type MemoryArgoCd, memoryArgoCd } from '../factories/memory-argocd.ts';

const REF = { namespace: 'argocd', name: 'shop' };
const ASKED = { annotations: { [REFRESH_ANNOTATION]: 'normal' } };

const begin = (argocd: MemoryArgoCd) => {
  const clock = testClock();
  const stop = new AbortController();
  let said: string | undefined;
  const done = compareFirst(REF, { client: argocd.client, limit: pLimit(1), clock, signal: stop.signal }).then(
    (why) => {
      said = why;
    },
  );
  return { clock, stop, done, said: () => said };
};

const refreshes = (argocd: MemoryArgoCd): void => {
  argocd.on.refresh = async () => {
    argocd.write(ASKED);
    return { kind: 'pending' };
  };
};

test('asks once, and waits until the request is gone', async () => {
  const argocd = memoryArgoCd();
  refreshes(argocd);
  const { clock, said, done } = begin(argocd);
  await clock.advance(5_000);
  expect(said()).toBeUndefined();
  argocd.write({ annotations: {} });
  await clock.advance(2_000);
  await done;
  expect(said()).toBe('');
  expect(argocd.count('refresh')).toBe(1);
});

test('an answer that comes after the comparison needs no look', async () => {
  const argocd = memoryArgoCd();
  argocd.on.refresh = async () => ({ kind: 'consumed', application: application() });
  const { said, done } = begin(argocd);
  await done;
  expect(said()).toBe('');
  expect(argocd.count('get')).toBe(1);
});

test("somebody else's request may have begun before: it is waited for, then another is made", async () => {
  const argocd = memoryArgoCd(ASKED);
  refreshes(argocd);
  const { clock, said, done } = begin(argocd);
  await clock.advance(1_000);
  expect(argocd.count('refresh')).toBe(0);
  argocd.write({ annotations: {} });
  await clock.advance(1_000);
  expect(argocd.count('refresh')).toBe(1);
  argocd.write({ annotations: {} });
  await clock.advance(2_000);
  await done;
  expect(said()).toBe('');
});

test('goes on after a minute, and says why', async () => {
  const argocd = memoryArgoCd();
  refreshes(argocd);
  const { clock, said, done } = begin(argocd);
  await clock.advance(65_000);
  await done;
  expect(said()).toBe('Argo CD has not compared it within 1m');
  expect(argocd.count('get')).toBeLessThan(45);
});

test('goes on when it may not ask', async () => {
  const argocd = memoryArgoCd();
  argocd.on.refresh = async () => {
    throw new ArgoCdError('forbidden', 'cannot refresh');
  };
  const { said, done } = begin(argocd);
  await done;
  expect(said()).toBe('cannot refresh');
});

test.each([{ deleting: true }, { annotations: { [SKIP_RECONCILE_ANNOTATION]: 'true' } }])(
  'asks nothing of what will never be compared: %j',
  async (changes) => {
    const argocd = memoryArgoCd(changes);
    await begin(argocd).done;
    expect(argocd.count('refresh')).toBe(0);
  },
);

test('ends with the run', async () => {
  const argocd = memoryArgoCd();
  refreshes(argocd);
  const { clock, stop, done } = begin(argocd);
  await clock.advance(1_000);
  stop.abort();
  await done;
  expect(clock.pending()).toBe(0);
});
