import { describe, expect, test } from '@jest/globals';
import { RE2JS } from 're2js';
import { compileRegex, SlowRegexError } from '../../src/targets/regex.ts';

describe('compileRegex', () => {
  test.each([
    ['shop', 'shop', true],
    ['shop', 'shop-eu', false],
    ['shop', 'my-shop', false],
    ['shop|cart', 'cart', true],
    ['shop|shop-eu', 'shop-eu', true],
    ['(?i)SHOP', 'shop', true],
    ['^shop$', 'shop', true],
    ['.*', 'a.b-c', true],
    ['[a-z]+-(eu|us)', 'shop-eu', true],
  ])('%p over %p: %p', (source, name, expected) => {
    expect(compileRegex(source)(name)).toBe(expected);
  });

  test.each(['(a*)*b', '(a|aa)+b', '(a|a?)+b', '([a-z]+)*[0-9]{300}', '(.*a){20}b'])(
    '%p over 10,000 names of 253 characters',
    (source) => {
      const matches = compileRegex(source);
      let matched = 0;
      for (let index = 0; index < 10_000; index++) if (matches(String(index).padStart(253, 'a'))) matched++;
      expect(matched).toBe(0);
    },
  );

  test('looks at each character of a name about once: the number of looks grows with the name, not faster', () => {
    const looks = (length: number): number => {
      let count = 0;
      const name = new Proxy(
        Array.from({ length }, () => 97),
        {
          get(target, property, receiver) {
            if (typeof property === 'string' && /^\d+$/.test(property)) count++;
            return Reflect.get(target, property, receiver);
          },
        },
      );
      expect(RE2JS.compile('(a*)*b').testExact(name)).toBe(false);
      return count;
    };
    const short = looks(60);
    expect(short).toBeGreaterThanOrEqual(60);
    expect(looks(240)).toBeLessThanOrEqual(short * 5);
  });
});

test('an expression that is in hundreds of states at once is given up, and usual ones are not', () => {
  const names = Array.from({ length: 10_000 }, (_, index) => `${'ab'.repeat(120)}-${index}`);
  let worked = 0;
  const clock = (): number => {
    worked += 50;
    return worked;
  };
  const slow = compileRegex('[ab]*a[ab]{20}', clock);
  expect(() => names.forEach(slow)).toThrow(SlowRegexError);
  const quick = compileRegex('(ab)+-\\d+');
  expect(names.every((name) => quick(name))).toBe(true);
});
