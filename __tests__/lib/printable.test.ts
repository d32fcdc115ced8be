import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cut, oneLine, printable } from '../../src/lib/printable.ts';
import { HOSTILE } from '../report/sample.ts';

describe('printable text', () => {
  test.each([
    ['\u001b[31mred\u001b[0m', 'red'],
    ['\u001b]8;;https://example.com\u0007link\u001b]8;;\u001b\\', 'link'],
    ['a\u009b2Jb', 'ab'],
    ['bell\u0007 null\u0000 delete\u007f', 'bell null delete'],
    ['abc\u202egnp.exe\u2066x\u2069\u200f', 'abcgnp.exex'],
    ['zero\u200bwidth\ufeff soft\u00adhyphen', 'zerowidth softhyphen'],
    ['half \ud800', 'half \ufffd'],
    ['tags \u{e0041}\u{e0042}', 'tags '],
    ['a\r\nb\rc\u2028d\u0085e', 'a\nb\nc\nd\ne'],
    ['Grüße 日本語 🚀', 'Grüße 日本語 🚀'],
  ])('%j becomes %j', (text, expected) => {
    expect(printable(text)).toBe(expected);
  });

  test('an unfinished terminal sequence does not swallow what follows', () => {
    expect(printable('\u001b]0;title and then text')).toContain('text');
  });

  test.each([
    ['a\n  b\t c ', 'a b c'],
    ['::error::x', ': :error::x'],
    ['x ::error::x', 'x ::error::x'],
    ['see ##[error]x', 'see ## [error]x'],
    ['#\u200b#[error]x', '## [error]x'],
  ])('on one line %j becomes %j', (text, expected) => {
    expect(oneLine(text)).toBe(expected);
  });

  test('is cut with an ellipsis and never in the middle of a character', () => {
    expect(cut('abcdef', 6)).toBe('abcdef');
    expect(cut('abcdef', 4)).toBe('abc…');
    expect(cut('ab🚀cd', 4)).toBe('ab…');
    expect(cut('ab', 1)).toBe('…');
    expect(cut('ab', 0)).toBe('');
  });

  test('holds no command, control or half character, fits, and stays as it is when done twice', () => {
    const part = fc.constantFrom(
      '::',
      ':',
      '#',
      '##[',
      '[',
      ' ',
      '\n',
      '\r',
      '\u001b[',
      '\u001b]',
      'm',
      '\u200b',
      '\ud800',
      'error',
      ']',
    );
    const text = fc.oneof(
      fc.array(part).map((parts) => parts.join('')),
      fc.string({ unit: 'binary' }),
      fc.constantFrom(...HOSTILE.map((hostile) => hostile.slice(0, 3000))),
    );
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 60 }), (value, max) => {
        for (const line of printable(value).split('\n'))
          expect(line).not.toMatch(/^\s*::|##\[|[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u);
        const line = oneLine(value, max);
        expect(line).not.toMatch(/^\s*::|##\[|[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]|\s\s|^\s|\s$/u);
        expect(line.length).toBeLessThanOrEqual(max);
        expect(oneLine(line, max)).toBe(line);
        expect(printable(printable(value))).toBe(printable(value));
      }),
    );
  });
});
