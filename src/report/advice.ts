import { markdownText } from '../lib/markdown.ts';

/** What we say ourselves, with `names of inputs` set apart. */
export const adviceText = (hint: string, max: number): string =>
  markdownText(hint, max).replace(/&#96;([a-z][\w: -]{0,60})&#96;/g, '<code>$1</code>');
