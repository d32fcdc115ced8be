import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type LookBudget,
  lookAtMs,
  lookBudget,
  lookForm,
  nameAtMs,
  sparingAtMs,
  spend,
  type Waiting,
} from '../../src/operation/follow/look-plan.ts';

const waiting = (more: Partial<Waiting> = {}): Waiting => ({
  sinceMs: 1000,
  lastDueMs: 1000,
  newsExpected: false,
  ...more,
});

/** What falls due at these times, looked at as planned, each look taking this long: when each is confirmed, and how many looks. */
function carryOut(dueMs: readonly number[], most: number, tookMs: number): { lateMs: number[]; looks: number } {
  let budget: LookBudget = lookBudget(most);
  const lateMs: number[] = [];
  let looks = 0;
  let freeMs = 0;
  for (let left = [...dueMs].sort((a, b) => a - b); left.length > 0; looks += 1) {
    const atMs = Math.max(
      freeMs,
      lookAtMs({ sinceMs: left[0] ?? 0, lastDueMs: left.at(-1) ?? 0, newsExpected: false }, budget),
    );
    for (const due of left) if (due <= atMs) lateMs.push(atMs + tookMs - due);
    left = left.filter((due) => due > atMs);
    freeMs = atMs + tookMs;
    budget = spend(budget, atMs, freeMs);
  }
  return { lateMs, looks };
}

describe('looks that confirm', () => {
  test('the last one that waits is looked at at once', () => {
    expect(lookAtMs(waiting(), lookBudget(6))).toBe(1000);
  });

  test('signs of life are waited for, where some are expected', () => {
    expect(lookAtMs(waiting({ newsExpected: true }), lookBudget(6))).toBe(1150);
  });

  test('a thousand that fall due within a second are confirmed within a quarter of one, by seven looks', () => {
    const due = Array.from({ length: 1000 }, (_, index) => 5000 + index);
    const { lateMs, looks } = carryOut(due, 6, 50);
    expect(looks).toBeLessThanOrEqual(7);
    expect(Math.max(...lateMs)).toBeLessThanOrEqual(250);
  });

  test('a server that is slow is asked less often, and never all the time', () => {
    const due = Array.from({ length: 1000 }, (_, index) => 5000 + 10 * index);
    const { looks } = carryOut(due, 6, 800);
    expect(looks).toBeLessThanOrEqual(6);
  });

  test('with none left, there is one in a second', () => {
    const spent = Array.from({ length: 8 }).reduce<LookBudget>((budget) => spend(budget, 5000, 5010), lookBudget(6));
    expect(lookAtMs(waiting({ sinceMs: 5020, lastDueMs: 5020 }), spent)).toBe(6000);
  });

  test('whatever falls due is confirmed, and the looks are as many as they may be', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 15 }),
        fc.integer({ min: 1, max: 400 }),
        (due, most, tookMs) => {
          const { lateMs, looks } = carryOut(due, most, tookMs);
          expect(lateMs).toHaveLength(due.length);
          const spanMs = Math.max(...due) - Math.min(...due);
          // All that may be made at once, what is regained every two seconds, and one a second of waiting.
          expect(looks).toBeLessThanOrEqual(most + 2 + Math.ceil(spanMs / 1000) + Math.ceil(spanMs / 2000));
        },
      ),
    );
  });
});

describe('a look by name', () => {
  const choice = { waiting: 5, followed: 100, namesLeft: 100, atATime: 20 };
  const form = (more: Partial<typeof choice>, budget = lookBudget(6)) => lookForm({ ...choice, ...more }, budget, 5000);

  test('is for few, while names last for all', () => {
    expect(form({})).toBe('by-name');
    expect(form({ waiting: 20 })).toBe('by-name');
    expect(form({ waiting: 21 })).toBe('all');
    expect(form({ namesLeft: 4 })).toBe('all');
    expect(form({ waiting: 0 })).toBe('all');
  });

  test('is kept for those who come last, while looks at all can be spared', () => {
    expect(form({ namesLeft: 99 })).toBe('all-sparing-names');
    expect(form({ namesLeft: 99 }, lookBudget(3))).toBe('all-sparing-names');
    expect(form({ namesLeft: 99 }, lookBudget(2))).toBe('by-name');
    // After a look of a second at a slow server, and when it has had its rest.
    expect(form({ namesLeft: 99 }, spend(lookBudget(20), 3900, 4900))).toBe('by-name');
    expect(form({ namesLeft: 99 }, spend(lookBudget(20), 2900, 3900))).toBe('all-sparing-names');
  });

  test('waits a moment for who falls due in the same one, and for signs of life where some are expected', () => {
    expect(nameAtMs(waiting({ lastDueMs: 9000 }))).toBe(1005);
    expect(nameAtMs(waiting())).toBe(1002);
    expect(nameAtMs(waiting({ newsExpected: true }))).toBe(1150);
  });

  test('a look that spares names is shared by what falls due closely, however much falls due later', () => {
    expect(sparingAtMs(waiting({ lastDueMs: 9000 }), lookBudget(6))).toBe(1080);
    expect(sparingAtMs(waiting({ lastDueMs: 1010 }), lookBudget(6))).toBe(1012);
    expect(sparingAtMs(waiting(), lookBudget(6))).toBe(1002);
  });
});
