import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { htmlText, markdownLink, markdownText, webAddress } from '../../src/lib/markdown.ts';
import { oneLine } from '../../src/lib/printable.ts';
import { HOSTILE } from '../report/sample.ts';

const render = (markdown: string): string =>
  micromark(markdown, {
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
    allowDangerousHtml: true,
    allowDangerousProtocol: true,
  });

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };

/** The text that a browser shows for HTML of which all tags are known. */
const shown = (html: string): string =>
  html
    .replaceAll('<span>$</span>', '$')
    .replaceAll('\u200b', '')
    .replace(/&(amp|lt|gt|quot);/g, (_, name: string) => NAMED[name] ?? '')
    .trim();

const places: readonly (readonly [string, (text: string) => string, RegExp])[] = [
  [
    'a table cell',
    (text) => `| a | b |\n| --- | --- |\n| ${text} | end |`,
    /<tbody>\n<tr>\n<td>([\s\S]*)<\/td>\n<td>end<\/td>\n<\/tr>\n<\/tbody>\n<\/table>$/,
  ],
  ['a paragraph', (text) => `${text}\n\nend`, /^<p>([\s\S]*)<\/p>\n<p>end<\/p>$/],
  ['a list item', (text) => `- ${text}\n- end`, /^<ul>\n<li>([\s\S]*)<\/li>\n<li>end<\/li>\n<\/ul>$/],
  ['a heading', (text) => `### ${text}\n\nend`, /^<h3>([\s\S]*)<\/h3>\n<p>end<\/p>$/],
];

const showsItself = (text: string): void => {
  const line = oneLine(text, 400);
  if (line === '') return;
  for (const [, at, pattern] of places) {
    const html = render(at(markdownText(text, 400)));
    const inside = pattern.exec(html)?.[1];
    expect(inside).toBeDefined();
    expect(inside?.replaceAll('<span>$</span>', '')).not.toMatch(/[<>]/);
    expect(shown(inside ?? '')).toBe(line);
  }
};

describe('text of others as Markdown', () => {
  test.each(HOSTILE)('shows exactly itself in cell, paragraph, list and heading: %#', showsItself);

  test('shows itself whatever it is', () => {
    const part = fc.constantFrom(
      ...'*_~`[](){}<>|\\#+-.!&;:@$="\'/ \n\t1a'.split(''),
      'www.',
      'https://',
      '&lt;',
      '<b>',
      '---',
      '```',
    );
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 30 }).map((parts) => parts.join('')),
        showsItself,
      ),
      { numRuns: 400 },
    );
  });

  test('mentions nobody and links no issue', () => {
    const html = render(markdownText('@octocat fixes #12'));
    expect(html).not.toMatch(/@octocat|#12/);
  });

  test('as HTML is text', () => {
    expect(htmlText('<b title="x">\'&')).toBe('&#60;b title=&#34;x&#34;&#62;&#39;&#38;');
  });
});

describe('a link', () => {
  test.each([
    'javascript:alert(1)',
    'data:text/html,x',
    '//example.com',
    'nonsense',
    '',
    'https://user:password@example.com/',
    'https://user@example.com/',
  ])('is not made of %j', (address) => {
    expect(webAddress(address)).toBe('');
    expect(markdownLink('text', address)).toBe('text');
  });

  test.each([
    [
      'https://argocd.example.com/applications/argocd/a?x=1&y=2',
      'https://argocd.example.com/applications/argocd/a?x=1&amp;y=2',
    ],
    ['https://example.com/a)b|c(d e<f>"\'`*', 'https://example.com/a%29b%7Cc%28d%20e%3Cf%3E%22%27%60%2A'],
    ['http://10.0.0.1:8080/$x', 'http://10.0.0.1:8080/%24x'],
  ])('of %j leads there and ends where it should', (address, expected) => {
    expect(webAddress(address)).toBe(expected);
    const html = render(`| a |\n| --- |\n| ${markdownLink('t', address)} |`);
    expect(html).toContain(`<td><a href="${expected}">t</a></td>`);
  });
});
