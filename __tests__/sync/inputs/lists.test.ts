import { expect, test } from '@jest/globals';
import { items, lines, patterns } from '../../../src/sync/inputs/lists.ts';
import { maskable } from '../../../src/sync/inputs/reading.ts';

test('lines keep their commas', () => {
  expect(lines(' a,b \r\n\n c=d, e ')).toEqual(['a,b', 'c=d, e']);
  expect(lines(undefined)).toEqual([]);
});

test('items end at commas too, and blanks are none', () => {
  expect(items('a, b,,\n c \n,')).toEqual(['a', 'b', 'c']);
});

test('patterns end at commas outside of braces and brackets', () => {
  expect(patterns('{a,b}-x, c[,]d,e\n{f,{g,h}}')).toEqual(['{a,b}-x', 'c[,]d', 'e', '{f,{g,h}}']);
  expect(patterns('a},b')).toEqual(['a}', 'b']);
});

test('what of a secret is masked', () => {
  expect(maskable('  short ')).toEqual(['short']);
  expect(maskable('-----BEGIN KEY-----\nabcdefgh\nabc\n-----END KEY-----')).toEqual([
    '-----BEGIN KEY-----\nabcdefgh\nabc\n-----END KEY-----',
    'abcdefgh',
  ]);
  expect(maskable(' \n ')).toEqual([]);
});
