import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fitsWildcard } from '../../src/lib/wildcard.ts';

test.each([
  ['', '', true],
  ['', 'a', false],
  ['*', '', true],
  ['*', 'anything', true],
  ['web', 'web', true],
  ['web', 'web2', false],
  ['web-*', 'web-', true],
  ['web-*', 'my-web-1', false],
  ['*-web', 'my-web', true],
  ['*-web', 'my-web-1', false],
  ['a*b*c', 'abc', true],
  ['a*b*c', 'a-b-b-c', true],
  ['a*b*c', 'acb', false],
  // The end may not be part of what came before it.
  ['ab*ba', 'aba', false],
  ['a.c', 'abc', false],
])('%j and %j: %p', (pattern, text, expected) => {
  expect(fitsWildcard(pattern, text)).toBe(expected);
});

test('says what a regular expression says', () => {
  const short = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 8 });
  fc.assert(
    fc.property(short, fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 10 }), (pattern, text) => {
      const regex = new RegExp(`^${pattern.replaceAll('*', '.*')}$`);
      expect(fitsWildcard(pattern, text)).toBe(regex.test(text));
    }),
  );
});
