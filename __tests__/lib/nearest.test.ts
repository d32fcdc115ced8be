import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { editDistance, nearest } from '../../src/lib/nearest.ts';

describe('editDistance', () => {
  test.each([
    ['shop', 'shop', 0],
    ['shop', 'shp', 1],
    ['shop', 'hsop', 1],
    ['kitten', 'sitting', 3],
    ['', 'abc', 3],
  ])('%p, %p: %p', (a, b, distance) => {
    expect(editDistance(a, b, 10)).toBe(distance);
    expect(editDistance(b, a, 10)).toBe(distance);
  });

  test('stops at the limit', () => {
    expect(editDistance('abcdefgh', 'zyxwvuts', 2)).toBe(3);
  });

  test('is zero for equal texts only', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
        expect(editDistance(a, b, 20) === 0).toBe(a === b);
      }),
    );
  });
});

describe('nearest', () => {
  test('finds misspellings, other cases and longer names, nearest first', () => {
    expect(nearest('shop', ['cart', 'shops', 'shpo', 'shop'], 2)).toEqual(['shop', 'shops']);
    expect(nearest('SHOP', ['shop'], 1)).toEqual(['shop']);
    expect(nearest('shop', ['team-shop', 'shop-prod-eu', 'billing'], 3)).toEqual(['shop-prod-eu', 'team-shop']);
  });

  test('says nothing where nothing is near', () => {
    expect(nearest('shop', ['billing', 'cart'], 3)).toEqual([]);
  });
});
