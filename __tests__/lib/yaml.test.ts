import { describe, expect, test } from '@jest/globals';
import { readYaml } from '../../src/lib/yaml.ts';

describe('readYaml', () => {
  test.each([
    ['nothing', '', null],
    ['comments', '# one\n\n# two\n', null],
    ['an empty document', '---\n', null],
    ['JSON', '{"a": [1, "2", true, null]}', { a: [1, '2', true, null] }],
    ['a byte order mark', '\uFEFFa: 1\n', { a: 1 }],
    ['lines that end as on Windows', 'a:\r\n  b: c\r\n', { a: { b: 'c' } }],
    ['a date, which stays a text', 'a: 2026-01-01', { a: '2026-01-01' }],
    ['a block', 'a: |\n  one\n  two\n', { a: 'one\ntwo\n' }],
    ['an alias', 'a: &x [1]\nb: *x', { a: [1], b: [1] }],
    ['a merge key', 'a: &x {b: 1, c: 2}\nd: {<<: *x, c: 3}', { a: { b: 1, c: 2 }, d: { b: 1, c: 3 } }],
  ])('%s', (_, text, value) => {
    expect(readYaml(text)).toEqual({ kind: 'ok', value });
  });

  test.each([
    ['a list that does not end', 'a: 1\nb: [', 'line 2, column 5'],
    ['a tab', 'a: 1\n\tb: 2', 'line 2, column 1'],
    ['a key twice', 'a: 1\na: 2', 'line 2, column 1'],
    ['an alias to nothing', 'a: *x', 'line 1, column 5'],
    ['a tag nobody knows', 'a: !secret x', 'line 1, column 4'],
    ['two documents', 'a: 1\n---\nb: 2', ''],
    ['more aliases than anyone writes', `a: &x [1]\nb: [${Array(101).fill('*x').join()}]`, 'line 2, column 306'],
  ])('%s has its place', (_, text, place) => {
    expect(readYaml(text)).toEqual({ kind: 'invalid', place });
  });

  test('a key that would be a prototype is a key', () => {
    const read = readYaml('__proto__: {polluted: true}');
    expect(read).toMatchObject({ kind: 'ok' });
    expect({}).not.toHaveProperty('polluted');
  });
});
