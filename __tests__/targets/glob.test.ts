import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compileGlob, type Glob, isGlob } from '../../src/targets/glob.ts';

const glob = (pattern: string): Glob => {
  const result = compileGlob(pattern);
  if (result.kind === 'invalid') throw new Error(result.problem);
  return result.glob;
};

const ref = (text: string) => {
  const slash = text.indexOf('/');
  return { namespace: text.slice(0, slash), name: text.slice(slash + 1) };
};

describe('compileGlob', () => {
  test.each([
    ['shop-*', 'argocd/shop-eu', true],
    ['shop-*', 'argocd/shop', false],
    ['shop-*', 'shop-x/cart', false],
    ['*', 'argocd/anything.at.all', true],
    ['**', 'argocd/shop', true],
    ['sho?', 'argocd/shop', true],
    ['[a-c]art', 'argocd/cart', true],
    ['[!a-c]art', 'argocd/cart', false],
    ['{shop,cart}-eu', 'argocd/cart-eu', true],
    ['shop-{1..3}', 'argocd/shop-2', true],
    ['team-*/shop', 'team-a/shop', true],
    ['team-*/shop', 'argocd/shop', false],
    ['*/shop', 'any/shop', true],
    ['{team-a/shop,cart}', 'team-a/shop', true],
    ['{team-a/shop,cart}', 'argocd/cart', true],
    ['{team-a/shop,cart}', 'argocd/shop', false],
    ['!shop', 'argocd/cart', false],
    ['+(shop)', 'argocd/shop', false],
    ['shop', 'argocd/shop', true],
  ])('%p over %p: %p', (pattern, application, expected) => {
    expect(glob(pattern).matches(ref(application))).toBe(expected);
  });

  test.each([
    ['[', 'has an unbalanced ['],
    ['shop-[a', 'has an unbalanced ['],
    ['{a,b', 'has an unbalanced {'],
    ['a}', 'has an unbalanced }'],
    ['a/b/*', 'has more than one slash'],
    ['/*', 'has nothing on one side of its slash'],
    ['x'.repeat(1025), 'is longer than 1024 characters'],
    ['{0..5000}*', 'expands to more than 1000 alternatives'],
  ])('%p is refused', (pattern, problem) => {
    expect(compileGlob(pattern)).toMatchObject({ kind: 'invalid', problem });
  });

  test('knows the namespaces that are spelt out', () => {
    expect(glob('{team-a/x*,team-b/y,z*}').namespaces).toEqual(['team-a', 'team-b']);
    expect(glob('team-*/x').namespaces).toEqual([]);
  });

  test('tells globs from names', () => {
    expect(['a*', 'a?', '[a]', '{a}'].every(isGlob)).toBe(true);
    expect(['a', 'ns/a-b.c'].some(isGlob)).toBe(false);
  });

  test('never throws', () => {
    const piece = fc.oneof(
      fc.string({ maxLength: 3 }),
      fc.constantFrom('*', '?', '[', ']', '{', '}', ',', '/', '!', '\\', '..', 'a'),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const result = compileGlob(pieces.join(''));
        if (result.kind === 'ok') result.glob.matches({ namespace: 'a', name: 'b' });
      }),
      { numRuns: 1000 },
    );
  });

  test('what makes a backtracking matcher run for ever is over at once, 10,000 times', () => {
    const patterns = [
      '*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b',
      `${'*?'.repeat(100)}[!a]`,
      `{${'*a'.repeat(50)},${'a*'.repeat(50)}}*b`,
    ].map(glob);
    let matched = 0;
    for (let index = 0; index < 10_000; index++) {
      const name = String(index).padStart(253, 'a');
      if (patterns.some((pattern) => pattern.matches({ namespace: 'argocd', name }))) matched++;
    }
    // Only the second pattern can match: its last character is a digit for every name.
    expect(matched).toBe(10_000);
  });
});
