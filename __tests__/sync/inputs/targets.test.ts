import { describe, expect, test } from '@jest/globals';
import { inputs, load, MINIMAL, problems, problemsOf } from './load-with.ts';

const CONNECTION = { 'argocd-server': 'a.b', 'argocd-auth-token': 't' };

describe('applications', () => {
  test('one per line or comma-separated, once each, globs apart', () => {
    expect(inputs({ applications: 'shop, team-a/cart\n\n shop-*,{a,b}-x\r\nshop' }).targets).toMatchObject({
      names: [
        { namespace: '', name: 'shop' },
        { namespace: 'team-a', name: 'cart' },
      ],
      globs: ['shop-*', '{a,b}-x'],
    });
  });

  test.each([
    ['Shop_EU', 'Names are in lower case: did you mean shop-eu?'],
    ['^shop$', 'For a regular expression use application-regex.'],
    ['a/b/c', 'Say name or namespace/name'],
    ['-shop', 'Say name or namespace/name'],
    ['a'.repeat(254), 'Say name or namespace/name'],
  ])('%p cannot be a name', (applications, remedy) => {
    expect(problems({ applications })).toEqual([expect.stringContaining(remedy)]);
  });

  test('globs are proven valid', () => {
    expect(problems({ applications: 'shop-[a', exclude: '{a' })).toEqual([
      expect.stringContaining('applications "shop-[a" has an unbalanced ['),
      expect.stringContaining('exclude "{a" has an unbalanced {'),
    ]);
  });

  test('one of three is required', () => {
    expect(problemsOf({ ...CONNECTION, project: 'x' })).toEqual([expect.stringContaining('applications is missing')]);
    for (const given of [{ applications: '*' }, { 'application-regex': '.*' }, { selector: 'a' }]) {
      expect(problemsOf({ ...CONNECTION, ...given })).toEqual([]);
    }
  });

  test('more names than allowed are refused before connecting', () => {
    const applications = Array.from({ length: 1001 }, (_, index) => `a${index}`).join('\n');
    expect(problems({ applications })).toEqual([
      'applications names 1001 Applications, and max-applications allows 1000 | Give at most 1000 names; split the list over several steps, or over several jobs with shard.',
    ]);
    expect(problems({ applications: 'a,b,c', 'max-applications': '2' })).toEqual([
      expect.stringContaining('Give at most 2 names or raise max-applications.'),
    ]);
  });
});

describe('application-regex', () => {
  test('commas and line breaks are its own', () => {
    expect(inputs({ 'application-regex': 'a{1,3},b' }).targets.regex).toBe('a{1,3},b');
  });

  test.each([
    ['shop-(', 'missing closing )', 'RE2/wiki/Syntax'],
    ['sho[p', 'missing closing ] "[p" at character 4', 'Syntax'],
    ['(?!shop).*', 'invalid or unsupported Perl syntax "(?!" at character 1', 'no lookahead'],
    ['.*(?<=eu)', '', 'no lookahead and no lookbehind'],
    ['(a)\\1', 'invalid escape sequence "\\1" at character 4', 'no backreferences'],
    ['a++', 'invalid nested repetition operator "++" at character 2', 'possessive'],
    ['*-shop', 'missing argument to repetition operator "*" at character 1', 'use applications'],
    ['a{2000}', 'invalid repeat count', 'at most 1000 times'],
    ['x'.repeat(20_001), 'longer than 20000', 'Shorten'],
    ['((a{0,100}){0,10}){0,1}'.repeat(20), 'too large once its repetitions are written out', 'smaller'],
  ])('%p', (regex, problem, remedy) => {
    const found = problems({ 'application-regex': regex });
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(problem);
    expect(found[0]?.toLowerCase()).toContain(remedy.toLowerCase());
  });
});

describe('labels', () => {
  test('a selector may run over lines', () => {
    expect(inputs({ selector: 'team=a,\n  tier in (web)' }).targets.selector).toBe('team=a, tier in (web)');
  });

  test.each([
    [
      { selector: 'team in (a' },
      'selector "team in (a" is no label selector: expected "," or ")", found the end at character 11',
    ],
    [{ service: 'a b' }, 'service "a b" cannot be the value of a label'],
    [{ environment: 'x/y' }, 'environment "x/y" cannot be the value of a label'],
    [{ 'service-label': '-', service: 'a' }, 'service-label "-" cannot be the name of a label'],
    [{ 'environment-label': 'env' }, 'environment-label "env" has no effect without environment'],
  ])('%j', (given, expected) => {
    expect(problems(given)).toEqual([expect.stringContaining(expected)]);
  });

  test('labels to compare with', () => {
    expect(inputs({ service: 'cart', 'service-label': 'example.com/svc' }).targets).toMatchObject({
      service: 'cart',
      serviceLabel: 'example.com/svc',
      environmentLabel: 'harness.io/envRef',
    });
  });
});

test.each([
  ['0', 'is too small'],
  ['1001', 'is too large | Say a whole number from 1 to 1000. For more'],
  ['all', 'is not a whole number'],
  ['1e2', 'is not a whole number'],
])('max-applications: %p', (value, expected) => {
  expect(problems({ 'max-applications': value })).toEqual([expect.stringContaining(expected)]);
});

describe('shard', () => {
  test.each([
    ['1/3', { index: 1, of: 3 }],
    ['3 / 3', { index: 3, of: 3 }],
    ['1/1', { index: 1, of: 1 }],
    ['256/256', { index: 256, of: 256 }],
  ])('%s', (shard, expected) => {
    expect(inputs({ shard }).targets.shard).toEqual(expected);
  });

  test.each([
    ['1', 'is not i/n'],
    ['1-3', 'is not i/n'],
    ['-1/3', 'is not i/n'],
    ['one/three', 'is not i/n'],
    ['0/3', 'is no slice of 3 | Slices count from 1: the first is 1/3.'],
    ['4/3', 'is no slice of 3 | The last slice is 3/3.'],
    ['1/0', 'has 0 slices'],
    ['1/257', 'has 257 slices'],
  ])('%s is refused', (shard, expected) => {
    expect(problems({ shard })).toEqual([expect.stringContaining(`shard "${shard}" ${expected}`)]);
  });

  test('the ceiling counts the slice, names too', () => {
    const applications = Array.from({ length: 2001 }, (_, index) => `a${index}`).join('\n');
    expect(problems({ applications, shard: '1/3' })).toEqual([]);
    expect(problems({ applications, shard: '1/2' })).toEqual([
      expect.stringContaining('names 2001 Applications, and 2 shards of at most 1000 hold 2000 | Use more shards.'),
    ]);
  });

  test('a plan has no ceiling but one that is given', () => {
    const applications = Array.from({ length: 1001 }, (_, index) => `a${index}`).join('\n');
    expect(inputs({ command: 'plan', applications }).targets.enforceMax).toBe(false);
    expect(problems({ command: 'plan', applications, 'max-applications': '1000' })).toHaveLength(1);
    expect(inputs({ command: 'plan', shard: '1/2' }).targets.enforceMax).toBe(true);
  });
});

describe('application-set', () => {
  const { applications: _, ...rest } = MINIMAL;

  test('is enough to say where to begin', () => {
    expect(load({ ...rest, 'application-set': 'fleet' })).toMatchObject({
      kind: 'ok',
      inputs: { targets: { names: [], applicationSet: { namespace: '', name: 'fleet' } } },
    });
    expect(inputs({ 'application-set': 'team-a/fleet' }).targets.applicationSet).toEqual({
      namespace: 'team-a',
      name: 'fleet',
    });
  });

  test.each([
    ['a, b', 'Give one ApplicationSet'],
    ['fleet-*', 'patterns are not possible here'],
    ['Fleet', 'in lower-case letters'],
    ['a/b/c', 'Say name or namespace/name'],
  ])('%s is refused', (value, remedy) => {
    expect(problems({ 'application-set': value })).toEqual([
      expect.stringMatching(new RegExp(`^application-set .* cannot be the name of an ApplicationSet \\| .*${remedy}`)),
    ]);
  });

  test('its namespace must be looked at', () => {
    expect(problems({ 'application-set': 'team-a/fleet', namespace: 'argocd, team-b' })).toEqual([
      expect.stringContaining('is in namespace team-a, which is not among those of namespace'),
    ]);
    expect(problems({ 'application-set': 'team-a/fleet', namespace: '*' })).toEqual([]);
  });
});

test('only-out-of-sync belongs to sync and plan', () => {
  expect(inputs({ 'only-out-of-sync': 'true' }).targets.onlyOutOfSync).toBe(true);
  expect(problems({ 'only-out-of-sync': 'true', command: 'wait' })).toEqual([
    expect.stringContaining('only-out-of-sync "true" has no effect with command: wait'),
  ]);
  expect(problems({ 'only-out-of-sync': 'false', command: 'terminate' })).toEqual([]);
});
