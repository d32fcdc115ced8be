import { describe, expect, test } from '@jest/globals';
import type { StaleWindow, Start } from '../../../sandbox/controller/script.ts';
import { bench, FIRST, SECOND } from './bench.ts';

const rollout = [
  { afterMs: 0, health: 'Progressing' },
  { afterMs: 3000, health: 'Healthy' },
] as const;

/** What is seen from the first terminal event until Healthy. */
function afterTheEnd(start: Start, stale: StaleWindow, revision?: string): readonly string[] {
  const b = bench({ start, syncs: [{ stale, health: rollout }] });
  b.sync(revision === undefined ? {} : { revision });
  b.clock.advance(6000);
  return b.seen
    .slice(b.seen.findIndex((line) => line.includes('Succeeded')))
    .map((line) => line.replace('MODIFIED Succeeded ', ''));
}

const unaware: Start = { runs: 'previous', compared: 'before' };
const aware: Start = { runs: 'previous', compared: 'current' };

describe('the sequences of question 2 after the end of an operation', () => {
  test.each<[string, Start, StaleWindow, readonly string[]]>([
    [
      'unknown commit, comparison first',
      unaware,
      {},
      ['S/Healthy rec<fin other', 'O/Healthy rec=fin same', 'S/Progressing rec=fin same', 'S/Healthy rec=fin same'],
    ],
    [
      'unknown commit, cache first',
      unaware,
      { order: 'cache-first' },
      [
        'S/Healthy rec<fin other',
        'O/Progressing rec<fin other',
        'S/Progressing rec=fin same',
        'S/Healthy rec=fin same',
      ],
    ],
    [
      'unknown commit, together',
      unaware,
      { order: 'together' },
      ['S/Healthy rec<fin other', 'S/Progressing rec=fin same', 'S/Healthy rec=fin same'],
    ],
    [
      'unknown commit, cache before the end',
      unaware,
      { order: 'before-end' },
      ['O/Progressing rec<fin other', 'S/Progressing rec=fin same', 'S/Healthy rec=fin same'],
    ],
    [
      'known commit, comparison first',
      aware,
      {},
      ['O/Healthy rec<fin same', 'O/Healthy rec=fin same', 'S/Progressing rec=fin same', 'S/Healthy rec=fin same'],
    ],
    [
      'known commit, cache first',
      aware,
      { order: 'cache-first' },
      ['O/Healthy rec<fin same', 'S/Progressing rec<fin same', 'S/Progressing rec=fin same', 'S/Healthy rec=fin same'],
    ],
    [
      'compared in the very second before',
      unaware,
      { sameSecond: true },
      ['S/Healthy rec=fin other', 'O/Healthy rec=fin same', 'S/Progressing rec=fin same', 'S/Healthy rec=fin same'],
    ],
  ])('%s', (_, start, stale, expected) => {
    expect(afterTheEnd(start, stale)).toEqual(expected);
  });

  test('an older commit synced on purpose looks Synced and Healthy in a fresh comparison, and is not', () => {
    expect(afterTheEnd({ runs: 'target', compared: 'current' }, {}, FIRST)).toEqual([
      'S/Healthy rec<fin other',
      'S/Healthy rec=fin other',
      'O/Progressing rec=fin other',
      'O/Healthy rec=fin other',
    ]);
  });

  test("the length of the lie is the script's", () => {
    const b = bench({ start: unaware, syncs: [{ stale: { compareMs: 200, cacheMs: 800 }, health: rollout }] });
    b.sync();
    b.clock.advance(186);
    expect(b.seen.at(-1)).toBe('MODIFIED Succeeded S/Healthy rec<fin other');
    b.clock.advance(200);
    expect(b.seen.at(-1)).toBe('MODIFIED Succeeded O/Healthy rec=fin same');
    b.clock.advance(780);
    expect(b.seen.at(-1)).toBe('MODIFIED Succeeded O/Healthy rec=fin same');
    b.clock.advance(20);
    expect(b.seen.at(-1)).toContain('S/Progressing');
  });
});

describe('the truth beside a stale status', () => {
  test('tells a false green', () => {
    const b = bench({ start: unaware, syncs: [{ health: rollout }] });
    expect(b.controller.truth('argocd', 'web')).toMatchObject({ revisions: [FIRST], health: 'Healthy', synced: false });
    b.sync();
    b.clock.advance(180);
    expect(b.seen.at(-1)).toBe('MODIFIED Succeeded S/Healthy rec<fin other');
    expect(b.controller.truth('argocd', 'web')).toMatchObject({
      revisions: [SECOND],
      health: 'Progressing',
      synced: true,
    });
    b.clock.advance(3000);
    expect(b.controller.truth('argocd', 'web')).toMatchObject({ revisions: [SECOND], health: 'Healthy', synced: true });
  });

  test('knows better than a resource that says too much of itself', () => {
    const health = [
      { afterMs: 0, health: 'Healthy', truly: 'Progressing' },
      { afterMs: 500, health: 'Progressing' },
      { afterMs: 900, health: 'Healthy' },
    ] as const;
    const b = bench({ start: aware, syncs: [{ health }] });
    b.sync();
    b.clock.advance(400);
    expect(b.seen.at(-1)).toBe('MODIFIED Succeeded S/Healthy rec=fin same');
    expect(b.controller.truth('argocd', 'web')?.health).toBe('Progressing');
    b.clock.advance(1000);
    expect(b.controller.truth('argocd', 'web')?.health).toBe('Healthy');
  });

  test('is undefined for an Application that is not there', () => {
    expect(bench().controller.truth('argocd', 'nobody')).toBeUndefined();
  });
});
