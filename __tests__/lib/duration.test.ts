import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { formatDuration, formatElapsed, parseDuration } from '../../src/lib/duration.ts';

describe('parseDuration', () => {
  test.each([
    ['90s', 90_000],
    ['5m', 300_000],
    ['1h30m', 5_400_000],
    ['1h 30m', 5_400_000],
    [' 1h  30m 5s ', 5_405_000],
    ['500ms', 500],
    ['1.5s', 1500],
    ['2d', 172_800_000],
    ['0s', 0],
    ['1m500ms', 60_500],
  ])('%p', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  test.each([
    '',
    '5',
    '0',
    'm',
    '5 m',
    '30m1h',
    '1s1s',
    '5min',
    '-5s',
    '1,5s',
    '5S',
    '1h30',
    `${'9'.repeat(13)}s`,
    's5',
  ])('%p is none', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });

  test('never throws, and answers a whole number that is not negative', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9dhms. ]{0,12}$/)), (text) => {
        const ms = parseDuration(text);
        expect(ms === undefined || (Number.isSafeInteger(ms) && ms >= 0)).toBe(true);
      }),
    );
  });
});

describe('formatDuration', () => {
  test.each([
    [0, '0s'],
    [500, '500ms'],
    [130_000, '2m10s'],
    [5_400_000, '1h30m'],
    [1250, '1s250ms'],
    [100 * 3_600_000, '100h'],
  ])('%p → %p', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });

  test('is read back', () => {
    fc.assert(
      fc.property(fc.nat({ max: 400 * 86_400_000 }), (ms) => {
        expect(parseDuration(formatDuration(ms))).toBe(ms);
      }),
    );
  });
});

describe('formatElapsed', () => {
  test.each([
    [0, '0s'],
    [440, '0.4s'],
    [3210, '3.2s'],
    [9949, '9.9s'],
    [9960, '10s'],
    [59_700, '1m'],
    [130_400, '2m10s'],
    [-5, '0s'],
  ])('%p → %p', (ms, text) => {
    expect(formatElapsed(ms)).toBe(text);
  });
});
