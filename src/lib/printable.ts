import { defuse } from './workflow-command.ts';

/** Nothing in it needs a closer look. */
const PLAIN = /^[\x20-\x7e]*$/;
/** The same, and no white space at its ends and no two in a row. */
const NEAT = /^(?:[!-~]+(?: [!-~]+)*)?$/;
/** Terminal sequences: CSI, OSC with its end, two-character escapes. Linear: no part can run over the next escape. */
const TERMINAL =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is these that are removed.
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b\]|\u009d)[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)|\u001b[@-Z\\^_]/g;
const LINE_BREAK = /\r\n|[\r\v\f\u0085\u2028\u2029]/g;
/** Controls, text direction marks, zero-width and other characters that show as nothing, but not the line feed. */
const INVISIBLE = /(?!\n)[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
const SPACE = /\s+/g;

const strip = (text: string): string =>
  text.toWellFormed().replace(TERMINAL, '').replace(LINE_BREAK, '\n').replaceAll('\t', ' ').replace(INVISIBLE, '');

/** At most `max` UTF-16 units, the last of them `…` where something was cut off. Never half a character. */
export const cut = (text: string, max: number): string => {
  if (text.length <= max) return text;
  const end = Math.max(0, max - 1);
  const last = text.charCodeAt(end - 1);
  const half = last >= 0xd8_00 && last <= 0xdb_ff;
  return `${text.slice(0, half ? end - 1 : end)}…`.slice(0, max);
};

/** What is looked at of a text of which `max` units will be shown. Hostile megabytes cost nothing. */
const ahead = (text: string, max: number): string =>
  text.length > max * 4 + 1024 ? text.slice(0, max * 4 + 1024) : text;

/**
 * Text of unknown origin, fit for people and terminals: no escape sequences, controls, direction marks or invisible
 * characters, no half characters, no workflow command at the start of any line. Line breaks stay. At most `max` UTF-16 units.
 */
export const printable = (text: string, max: number = Number.POSITIVE_INFINITY): string => {
  const looked = ahead(text, max);
  return cut(defuse(PLAIN.test(looked) ? looked : strip(looked)), max);
};

/** The same on one line: each run of white space becomes one space. */
export const oneLine = (text: string, max: number = Number.POSITIVE_INFINITY): string => {
  if (text.length <= max && NEAT.test(text)) return cut(defuse(text), max);
  const looked = ahead(text, max);
  const flat = (PLAIN.test(looked) ? looked : strip(looked)).replace(SPACE, ' ').trim();
  return cut(defuse(flat), max);
};
