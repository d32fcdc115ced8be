import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  isLabelKey,
  isLabelValue,
  type Labels,
  matchesSelector,
  parseSelector,
} from '../../src/targets/label-selector.ts';

const matches = (selector: string, labels: Labels): boolean => {
  const parsed = parseSelector(selector);
  if (parsed.kind === 'invalid') throw new Error(`${parsed.problem} at ${parsed.position}`);
  return matchesSelector(parsed.requirements, labels);
};

// The Applications and answers of recordings/k8s-selectors.json.
const SHOPS: Readonly<Record<string, Labels>> = {
  a: { team: 'green', tier: 'web' },
  b: { team: 'blue', tier: 'web' },
  d: { team: 'blue', tier: 'db' },
  e: { team: 'green', tier: 'db' },
  g: { team: 'green', tier: 'db', canary: '' },
  n: {},
};

describe('what a real API server selects', () => {
  test.each([
    ['team=blue', 'bd'],
    ['team==blue', 'bd'],
    ['team!=blue', 'aegn'],
    ['team in (blue,green),tier=web', 'ab'],
    [' team in ( blue , green ) , tier = web ', 'ab'],
    ['tier notin (web)', 'degn'],
    ['canary', 'g'],
    ['!canary', 'abden'],
    ['! canary', 'abden'],
    ['canary=', 'g'],
    ['team=blue,tier=db', 'd'],
    ['team=purple', ''],
    ['team in ()', ''],
    ['canary in ()', 'g'],
    ['canary in (x,)', 'g'],
    ['team>1', ''],
    ['tier,team!=blue', 'aeg'],
    ['', 'abdegn'],
  ])('%p', (selector, expected) => {
    const found = Object.entries(SHOPS).filter(([, labels]) => matches(selector, labels));
    expect(found.map(([name]) => name).join('')).toBe(expected);
  });

  test('compares numbers', () => {
    expect(matches('wave>1', { wave: '2' })).toBe(true);
    expect(matches('wave < 2', { wave: '2' })).toBe(false);
    expect(matches('wave<2', { wave: 'x' })).toBe(false);
  });

  test('labels named as object members are not found by accident', () => {
    expect(matches('constructor', {})).toBe(false);
    expect(matches('!toString', {})).toBe(true);
  });
});

describe('what it refuses', () => {
  test.each([
    ['team=bl ue', 9, 'expected ",", found "ue"'],
    ['=x', 1, 'expected a label, found "="'],
    ['team in (blue', 14, 'expected "," or ")", found the end'],
    ['a b', 3, 'expected =, ==, !=, in, notin, < or >, found "b"'],
    ['team in blue', 9, 'expected "(" after in, found "blue"'],
    ['a,', 3, 'expected a label after ","'],
    [',a', 1, 'expected a label, found ","'],
    ['!', 2, 'expected a label, found the end'],
    ['a=b=c', 4, 'expected ",", found "="'],
    ['a=(b)', 3, 'expected a value, found "("'],
    ['a>b', 3, 'expected a whole number after >, found "b"'],
    ['-a=b', 1, '"-a" cannot be a label'],
    ['a=-b', 3, '"-b" cannot be the value of a label'],
    ['a in (b c)', 9, 'expected "," or ")", found "c"'],
    ['!a=b', 3, 'expected ",", found "="'],
  ])('%p', (selector, position, problem) => {
    expect(parseSelector(selector)).toEqual({ kind: 'invalid', position, problem });
  });

  test('never throws, and positions lie within the text', () => {
    const piece = fc.oneof(
      fc.string({ maxLength: 4 }),
      fc.constantFrom('a', 'in', 'notin', '(', ')', ',', '=', '!', '!=', '==', '<', '>', ' ', '1'),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        const parsed = parseSelector(text);
        if (parsed.kind === 'ok') matchesSelector(parsed.requirements, { a: '1' });
        else expect(parsed.position >= 1 && parsed.position <= text.length + 1).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  test('reads what it writes', () => {
    const key = fc.stringMatching(/^[a-z]{1,5}$/).filter((name) => !['in', 'notin'].includes(name));
    const value = fc.stringMatching(/^[a-z0-9]{1,5}$/);
    fc.assert(
      fc.property(key, fc.uniqueArray(value, { minLength: 1, maxLength: 4 }), fc.boolean(), (name, values, negated) => {
        const parsed = parseSelector(`${name} ${negated ? 'notin' : 'in'} (${values.join(', ')})`);
        expect(parsed).toEqual({
          kind: 'ok',
          requirements: [{ key: name, operator: negated ? 'notin' : 'in', values }],
        });
      }),
    );
  });
});

describe('names and values', () => {
  test.each(['a', 'harness.io/serviceRef', 'app.kubernetes.io/name', 'A_b.c-d'])('%p can be a label', (key) => {
    expect(isLabelKey(key)).toBe(true);
  });
  test.each(['', '/a', 'a/', 'a/b/c', 'UPPER.io/a', 'a'.repeat(64), 'a b', '.a'])('%p cannot', (key) => {
    expect(isLabelKey(key)).toBe(false);
  });
  test('values', () => {
    expect(isLabelValue('')).toBe(true);
    expect(isLabelValue('v1.2_x-3')).toBe(true);
    expect(isLabelValue('a'.repeat(64))).toBe(false);
    expect(isLabelValue('a/b')).toBe(false);
  });
});
