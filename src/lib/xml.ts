import { printable } from './printable.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\n': '&#10;',
};

/** Neither of them is a character of XML 1.0, not even as a reference. */
const NO_CHARACTER = /[\ufffe\uffff]/g;

/**
 * Text of unknown origin as the content of an XML element or of a quoted attribute: only characters that XML 1.0 has, line
 * breaks kept. `max`: UTF-16 units shown; the XML is longer.
 */
export const xmlText = (text: string, max: number = Number.POSITIVE_INFINITY): string =>
  printable(text, max)
    .replace(NO_CHARACTER, '')
    .replace(/[&<>"'\n]/g, (char) => ENTITIES[char] ?? '');
