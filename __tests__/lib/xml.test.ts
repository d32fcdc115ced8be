import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { xmlText } from '../../src/lib/xml.ts';
import { parseXml } from '../factories/xml.ts';

test.each([
  ['a < b & c > d', 'a &lt; b &amp; c &gt; d'],
  [`"it's"`, '&quot;it&apos;s&quot;'],
  ['one\ntwo\r\nthree', 'one&#10;two&#10;three'],
  ['\u0000\u0008\ud800\ufffe\uffffx', '\ufffdx'],
  [']]>', ']]&gt;'],
])('%j becomes %j', (text, expected) => {
  expect(xmlText(text)).toBe(expected);
});

test('any text can stand in an attribute and in an element, and is read back as the same', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (text) => {
      const element = parseXml(`<a b="${xmlText(text)}">${xmlText(text)}</a>`);
      expect(element.attributes.b).toBe(element.text);
    }),
  );
});
