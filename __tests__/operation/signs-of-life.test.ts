import { describe, expect, test } from '@jest/globals';
import { createSignsOfLife } from '../../src/operation/follow/signs-of-life.ts';
import { testClock } from '../factories/clock.ts';

function begin() {
  const clock = testClock();
  const startMs = clock.now();
  const confirmed: string[] = [];
  const signs = createSignsOfLife(
    clock,
    (ms, run) => void clock.schedule(ms, run),
    (namespace, atMs) => confirmed.push(`${namespace} ${atMs - startMs}`),
  );
  return { clock, confirmed, signs, startMs };
}

describe('signs of life', () => {
  test('an event counts once nothing came right behind it any more', async () => {
    const { clock, confirmed, signs, startMs } = begin();
    signs.event('argocd', startMs);
    await clock.advance(99);
    expect(confirmed).toEqual([]);
    await clock.advance(1);
    expect(confirmed).toEqual(['argocd 0']);
  });

  test('of many events some are enough, of each namespace', async () => {
    const { clock, confirmed, signs, startMs } = begin();
    for (const atMs of [0, 10, 24]) signs.event('argocd', startMs + atMs);
    signs.event('other', startMs + 24);
    signs.event('argocd', startMs + 26);
    await clock.advance(200);
    expect(confirmed.sort()).toEqual(['argocd 0', 'argocd 26', 'other 24']);
  });

  test('one that was taken in long ago, when the process was held up, says nothing', async () => {
    const { clock, confirmed, signs, startMs } = begin();
    signs.event('argocd', startMs - 201);
    await clock.advance(200);
    expect(confirmed).toEqual([]);
  });
});
