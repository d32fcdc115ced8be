import { lines } from './lists.ts';
import type { Reading } from './reading.ts';

const TOKEN = /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/;
// Visible characters, blanks and tabs: what HTTP allows in a value, and nothing that could begin another header.
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** Set by us for every request; a second value would break the request or silently lose. */
const OURS = new Set([
  'accept',
  'authorization',
  'connection',
  'content-length',
  'content-type',
  'host',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Lines `Name: value`. Values are secrets. */
export const readHeaders = (reading: Reading, name: string): readonly (readonly [name: string, value: string])[] => {
  const headers: (readonly [string, string])[] = [];
  const seen = new Set<string>();
  for (const [index, line] of lines(reading.text(name)).entries()) {
    const colon = line.indexOf(':');
    const header = line.slice(0, Math.max(colon, 0)).trim();
    const value = line.slice(colon + 1).trim();
    secretsOf(value).forEach((secret) => {
      reading.secret(secret);
    });
    const at = `line ${index + 1}`;
    const lower = header.toLowerCase();
    if (colon < 0 || !TOKEN.test(header)) {
      reading.problem(
        name,
        undefined,
        `${at} is not "Name: value"`,
        'Write one header per line, for example X-Team: payments.',
      );
    } else if (value === '' || !VALUE.test(value)) {
      reading.problem(
        name,
        header,
        `${at} has ${value === '' ? 'no' : 'an impossible'} value`,
        'Give a value of printable characters.',
      );
    } else if (OURS.has(lower)) {
      reading.problem(
        name,
        header,
        `${at} is a header that this step sets itself`,
        'Leave it out; credentials have their own inputs.',
      );
    } else if (seen.has(lower)) {
      reading.problem(name, header, `${at} repeats a header`, 'Give each header once.');
    } else {
      seen.add(lower);
      headers.push([header, value]);
    }
  }
  return headers;
};

/** The value, and what stands behind a scheme such as `Bearer` or a name such as `session=`. */
const secretsOf = (value: string): readonly string[] => {
  const behind = /^(?:[A-Za-z]+ |[\w.-]+=)(\S{8,})$/.exec(value)?.[1];
  return behind === undefined ? [value] : [value, behind];
};
