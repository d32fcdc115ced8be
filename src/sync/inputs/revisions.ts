import type { Reading } from './reading.ts';

/** Whether a text can be a revision at all. */
export const isRevision = (text: string): boolean =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly those cannot be part of a revision.
  !/[\x00-\x1f\x7f]/.test(text) && !text.startsWith('-') && text.length <= 250;

/** Branch, tag, commit or chart version, as one word; `''` when not given. */
export const readRevision = (reading: Reading, name: string): string => {
  const value = reading.text(name);
  if (value === undefined) return '';
  if (!isRevision(value)) {
    reading.problem(name, value, 'is no revision', 'Give one branch, tag, commit or chart version.');
  }
  return value;
};

/** 7 to 40 hexadecimal digits, in lower case; `''` when not given. */
export const readExpectedRevision = (reading: Reading, name: string): string => {
  const value = reading.text(name);
  if (value === undefined) return '';
  if (!/^[0-9a-f]{7,40}$/i.test(value)) {
    reading.problem(
      name,
      value,
      /^[0-9a-f]{1,6}$/i.test(value) ? 'is too short to name one commit' : 'is no commit',
      'Give a commit of 7 to 40 hexadecimal digits, for example the value of github.sha.',
    );
    return '';
  }
  return value.toLowerCase();
};
