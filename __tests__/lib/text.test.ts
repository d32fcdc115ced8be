import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { counted, enumerate, grouped } from '../../src/lib/text.ts';

describe('words for people', () => {
  test('numbers are grouped as Intl does it', () => {
    fc.assert(fc.property(fc.integer(), (count) => expect(grouped(count)).toBe(count.toLocaleString('en-US'))));
  });

  test.each([
    [0, '0 Applications'],
    [1, '1 Application'],
    [1000, '1,000 Applications'],
  ])('%i of something', (count, text) => {
    expect(counted(count, 'Application')).toBe(text);
  });

  test.each([
    [[], ''],
    [['a'], 'a'],
    [['a', 'b', 'c'], 'a, b and c'],
  ])('%j as a list', (items, text) => {
    expect(enumerate(items)).toBe(text);
  });
});
