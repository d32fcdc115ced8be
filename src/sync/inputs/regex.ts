import { RE2JS, RE2JSSyntaxException } from 're2js';
import { MAX_REGEX_INSTRUCTIONS, MAX_REGEX_LENGTH } from '../../lib/limits.ts';
import { plainRegex } from '../../targets/plain-regex.ts';
import type { Reading } from './reading.ts';

/** RE2 source that compiles, `''` when not given. Slashes around it and flags behind it are not part of the syntax. */
export const readRegex = (reading: Reading, name: string): string => {
  const source = reading.text(name);
  if (source === undefined) return '';
  if (source.length > MAX_REGEX_LENGTH) {
    reading.problem(
      name,
      source,
      `is longer than ${MAX_REGEX_LENGTH} characters`,
      'Shorten it, or give applications as a list.',
    );
    return '';
  }
  if (plainRegex(source) !== undefined) return source;
  try {
    if (RE2JS.compile(source).programSize() > MAX_REGEX_INSTRUCTIONS) {
      reading.problem(
        name,
        source,
        'is too large once its repetitions are written out',
        'Use smaller repetition counts.',
      );
    }
  } catch (failure) {
    reading.problem(
      name,
      source,
      `is no RE2 regular expression: ${describe(source, failure)}`,
      remedy(source, failure),
    );
  }
  return source;
};

const fragmentOf = (failure: unknown): string =>
  failure instanceof RE2JSSyntaxException && failure.input !== null ? failure.input : '';

/** What is wrong and where, if the fragment the compiler names occurs only once. */
const describe = (source: string, failure: unknown): string => {
  if (!(failure instanceof RE2JSSyntaxException)) return 'it cannot be compiled';
  const fragment = fragmentOf(failure);
  if (fragment === '' || fragment === source) return failure.error;
  const first = source.indexOf(fragment);
  const at = first >= 0 && first === source.lastIndexOf(fragment) ? ` at character ${first + 1}` : '';
  return `${failure.error} "${fragment}"${at}`;
};

const remedy = (source: string, failure: unknown): string => {
  const fragment = fragmentOf(failure);
  const rest = source.slice(Math.max(0, source.indexOf(fragment)));
  if (/^\(\?<?[=!]/.test(rest)) {
    return 'RE2 has no lookahead and no lookbehind: leave names out with exclude, or combine with applications and selector.';
  }
  if (/^\\(?:[1-9]|k[<{'])/.test(rest)) return 'RE2 has no backreferences: write the alternatives out.';
  if (/^\(\?>|^[+*?}]\+/.test(rest))
    return 'RE2 has no atomic groups and possessive quantifiers, and needs none: it never backtracks.';
  if (/repeat count/.test(String(failure))) return 'RE2 repeats at most 1000 times, nested repetitions multiplied.';
  if (/missing argument to repetition/.test(String(failure))) {
    return 'For a pattern such as shop-* use applications; as a regular expression it is shop-.*';
  }
  return 'See https://github.com/google/re2/wiki/Syntax.';
};
