import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { mermaidText } from '../../src/lib/mermaid.ts';

test.each([
  ['team-a/shop.web_1', 'team-a/shop.web_1'],
  ['a:b;c#d %% "e"', 'a_b_c_d_____e_'],
  ['', '_'],
  ['x'.repeat(41), `${'x'.repeat(39)}_`],
])('%j becomes %j', (text, expected) => {
  expect(mermaidText(text)).toBe(expected);
});

test('whatever comes, a name goes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(mermaidText(text)).toMatch(/^[\w./-]{1,40}$/);
    }),
  );
});
