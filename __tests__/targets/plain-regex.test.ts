import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { RE2JS } from 're2js';
import { plainRegex } from '../../src/targets/plain-regex.ts';

const re2 = (source: string): ((name: string) => boolean) | undefined => {
  try {
    const compiled = RE2JS.compile(source);
    return (name) => compiled.testExact(name);
  } catch {
    return undefined;
  }
};

const letter = fc.constantFrom('a', 'b', '0', '_', '-', '\\.', '\\-');
const set = fc.oneof(
  fc.constantFrom('.', '\\d', '\\w', '[a-b]', '[^a]', '[b0-9.]', '[a-z0-9-]', '[z-a]', '[a-]', '[0-9-a]'),
  fc
    .array(fc.constantFrom('a', 'b', '-', '0', '.', '^'), { minLength: 1, maxLength: 4 })
    .map((all) => `[${all.join('')}]`),
);
const words = fc
  .tuple(
    fc.constantFrom('(', '(?:', '(?i:'),
    fc.array(
      fc.array(letter, { maxLength: 3 }).map((all) => all.join('')),
      { minLength: 1, maxLength: 3 },
    ),
  )
  .map(([open, all]) => `${open}${all.join('|')})`);
const piece = fc
  .tuple(
    fc.oneof({ weight: 4, arbitrary: letter }, { weight: 3, arbitrary: set }, { weight: 2, arbitrary: words }),
    fc.constantFrom('', '', '', '*', '+', '?', '*?', '{2}'),
  )
  .map((both) => both.join(''));
const alternative = fc
  .tuple(fc.constantFrom('', '', '^'), fc.array(piece, { maxLength: 4 }), fc.constantFrom('', '', '$', '.*', '.+$'))
  .map(([begin, all, end]) => begin + all.join('') + end);
const expression = fc.array(alternative, { minLength: 1, maxLength: 3 }).map((all) => all.join('|'));
const name = fc
  .array(fc.constantFrom('a', 'b', '0', '_', '-', '.', '\n', '\r', '\u2028', 'é', '😀', 'A'), { maxLength: 8 })
  .map((all) => all.join(''));

test('what is plain says the same as RE2, and RE2 takes it', () => {
  let plain = 0;
  fc.assert(
    fc.property(expression, fc.array(name, { minLength: 5, maxLength: 20 }), (source, names) => {
      const own = plainRegex(source);
      if (own === undefined) return;
      plain += 1;
      const theirs = re2(source);
      expect(theirs).toBeDefined();
      for (const one of names) expect([one, own.test(one)]).toEqual([one, theirs?.(one)]);
    }),
    { numRuns: 3000 },
  );
  expect(plain).toBeGreaterThan(300);
});

describe('what is plain', () => {
  test.each([
    'shop',
    'shop-.*',
    '.*-shop',
    '.*shop.*',
    'pick-\\d+',
    '^team-[a-z0-9-]+$',
    '(eu|us)-(web|api)-.+',
    '(?:prod|staging)-shop\\.example',
    'web|api|shop-.*',
    'shop-?eu',
  ])('%p is', (source) => {
    expect(plainRegex(source)).toBeDefined();
  });

  test.each([
    // Takes an engine that goes back too long.
    '(a+)+b',
    '(a|a)*b',
    '(a|aa)+b',
    '(.*)*b',
    '.*.*b',
    '.*a.*b',
    '[ab]*a[ab]*c',
    '[ab]*a.*c',
    '(a|ab)(c|bcd)(d|a)(a|b)(a|b)(a|b)(a|b)',
    `${'a?'.repeat(7)}b`,
    `[ab]*${'a'.repeat(64)}`,
    `[ab]*${'(a|b)'.repeat(4)}`,
    Array.from({ length: 65 }, (_, index) => `shop-${index}`).join('|'),
    // Is said better, or at all, by RE2.
    '',
    'a|',
    '|a',
    '[z-a]',
    '(?i)shop',
    'a{2,3}',
    'a**',
    'a+?',
    '(a',
    'a)',
    '*a',
    'a$b',
    'a^b',
    '\\pL',
    '\\b',
    'é',
    'a'.repeat(1001),
  ])('%p is not', (source) => {
    expect(plainRegex(source)).toBeUndefined();
  });
});
