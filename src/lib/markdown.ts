import { oneLine } from './printable.ts';

/**
 * Characters with a meaning in GitHub's Markdown or in HTML, at any place in a line. A colon followed by a space has none; others
 * make links and emoji. Parentheses and exclamation marks only have one beside brackets.
 */
const SPECIAL = /[&<>`*_~[\]\\|@#$]|:(?! |$)/g;

/** Has nothing of all that in it, as most names have not. */
const PLAIN = /^[A-Za-z](?: ?[A-Za-z0-9-])*$/;

const entity = (char: string): string => `&#${char.codePointAt(0) ?? 32};`;

const special = (char: string): string => {
  // A character reference alone does not stop mentions and issue links, which look at the rendered text.
  if (char === '@' || char === '#') return `${entity(char)}&#8203;`;
  // The form that GitHub's documentation gives for a dollar that is not mathematics.
  if (char === '$') return '<span>$</span>';
  return entity(char);
};

/**
 * Text of unknown origin as Markdown that shows exactly this text: fit for a table cell, a list item, a heading or the
 * content of an HTML element. One line; no formatting, link, mention, image, HTML, table border or formula can come of it.
 * `max`: UTF-16 units shown; the Markdown is longer.
 */
export const markdownText = (text: string, max: number = Number.POSITIVE_INFINITY): string =>
  text.length <= max && PLAIN.test(text) ? text : escaped(oneLine(text, max));

const escaped = (line: string): string =>
  line
    .replace(SPECIAL, special)
    // GitHub makes links of these without any brackets.
    .replace(/(www)\./gi, '$1&#46;')
    // What would begin a list, a heading line or a rule.
    .replace(/^[-+=]/, entity)
    .replace(/^(\d{1,9})([.)])/, (_, digits: string, mark: string) => digits + entity(mark));

/** Text of unknown origin as the content of an HTML element or a quoted attribute. One line. */
export const htmlText = (text: string, max: number = Number.POSITIVE_INFINITY): string =>
  oneLine(text, max).replace(/[&<>"']/g, entity);

/**
 * A link, or only its text where the address is not a plain web address.
 * @param text shown, as {@link markdownText} makes it
 */
export const markdownLink = (text: string, address: string): string => {
  const url = webAddress(address);
  return url === '' ? text : `[${text}](${url})`;
};

/**
 * The address when it is http or https and has no user name in it, with everything encoded that could end a Markdown link
 * or a table cell; `''` otherwise.
 */
export const webAddress = (address: string): string => {
  if (!URL.canParse(address)) return '';
  const url = new URL(address);
  if ((url.protocol !== 'https:' && url.protocol !== 'http:') || url.username !== '' || url.password !== '') return '';
  return url.href
    .replace(/[^A-Za-z0-9\-._~:/?#@&+,;=%[\]]/gu, (char) =>
      encodeURIComponent(char).replace(/[!'()*]/, (kept) => `%${kept.charCodeAt(0).toString(16).toUpperCase()}`),
    )
    .replaceAll('&', '&amp;');
};
