import { describe, expect, test } from '@jest/globals';
import { stolenShare, ticks } from '../../bench/report/machine.ts';
import { verdictLine } from '../../bench/report/markdown.ts';
import { plot } from '../../bench/report/plot.ts';
import { type CaseResult, type Figure, figure, isMissed, pairedRatio, ratio } from '../../bench/report/result.ts';
import { median, percentile } from '../../bench/report/statistics.ts';

const result = (...figures: readonly Figure[]): CaseResult => ({
  name: 'wall',
  about: '',
  figures,
  load: [0, 0],
  repeated: 0,
  seconds: 1,
});

describe('the verdict of a benchmark', () => {
  test('is that all bounds are kept, or which are missed', () => {
    expect(verdictLine([result(ratio('a', 11, 10, 1.1), ratio('b', 99, 1))])).toBe('kept: all 1 bounds');
    const missed = result(ratio('a', 12, 10, 1.15), figure('b', 'MiB', 160, { bound: 160 }));
    expect(verdictLine([missed])).toBe('missed: 1 of 2 bounds: wall: a (1.20 × > 1.15 ×)');
  });

  test('what could not be measured is missed', () => {
    expect(isMissed(ratio('a', Number.NaN, 10, 1.1))).toBe(true);
    expect(isMissed(ratio('a', Number.NaN, 10))).toBe(false);
  });
});

test('pairs are compared before the middle one is taken', () => {
  const pairs = [
    { step: 11, floor: 10 },
    { step: 40, floor: 20 },
    { step: 33, floor: 30 },
  ];
  expect(pairedRatio('a', pairs, 1.15)).toMatchObject({ value: 1.1, bundle: 33, floor: 20, bound: 1.15 });
});

test('median and percentile are values that were measured', () => {
  expect([median([3, 1, 2]), median([4, 1, 3, 2]), median([7])]).toEqual([2, 2, 7]);
  const hundred = Array.from({ length: 100 }, (_, index) => index + 1);
  expect([percentile(hundred, 50), percentile(hundred, 95), percentile([5], 95)]).toEqual([50, 95, 5]);
  expect(percentile([], 95)).toBeNaN();
});

test('a plot has a point for each value, and its names escaped', () => {
  const svg = plot('time', 'n', 's', [
    {
      name: 'a < b',
      points: [
        [100, 1],
        [1000, 2],
        [10_000, 4],
      ],
    },
  ]);
  expect(svg.match(/<circle/g)).toHaveLength(3);
  expect(svg).toContain('a &lt; b');
  expect(svg).not.toContain('NaN');
});

test('what the host took away is a part of all that the processors had', () => {
  const before = ticks('cpu  100 0 50 800 10 0 5 35 7 0\ncpu0 1 2 3\n');
  expect(before).toEqual({ all: 1000, stolen: 35 });
  const after = ticks('cpu  150 0 60 820 10 0 5 55 7 0\n');
  expect(stolenShare(before, after)).toBeCloseTo(0.2);
  expect(stolenShare(after, after)).toBe(0);
  expect(ticks('')).toEqual({ all: 0, stolen: 0 });
});
