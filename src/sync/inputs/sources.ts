import type { SourceWish } from '../../operation/sources.ts';
import { lines } from './lists.ts';
import type { Reading } from './reading.ts';
import { isRevision } from './revisions.ts';

const FORM =
  'Write one source per line: its position (from 1) or name, and =revision where it is not the target revision.';

/** Lines `<position or name>[=<revision>]`, each source once. What they name is checked for each Application. */
export const readSources = (reading: Reading, input: string): readonly SourceWish[] => {
  const wishes = new Map<string, SourceWish>();
  for (const line of lines(reading.text(input))) {
    const equals = line.indexOf('=');
    const written = (equals < 0 ? line : line.slice(0, equals)).trim();
    // 02 is the second source.
    const key = /^\d+$/.test(written) ? String(Number(written)) : written;
    const revision = equals < 0 ? '' : line.slice(equals + 1).trim();
    if (key === '') reading.problem(input, line, 'names no source', FORM);
    else if (key === '0') reading.problem(input, line, 'is no position', 'Sources are counted from 1.');
    else if (key.includes(',')) reading.problem(input, line, 'holds more than one source', FORM);
    else if (equals >= 0 && revision === '') {
      reading.problem(input, line, 'has no revision after =', `Say ${key} alone for its target revision.`);
    } else if (!isRevision(revision)) {
      reading.problem(input, line, 'is no revision', 'Give one branch, tag, commit or chart version.');
    } else if (wishes.has(key)) {
      reading.problem(input, line, `names source ${key} a second time`, 'Name each source once.');
    } else wishes.set(key, { key, revision });
  }
  return [...wishes.values()];
};
