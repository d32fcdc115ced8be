import { readDifference } from './differences.ts';
import type { FileDifference, HistoryCommit } from './port.ts';

/** The fields of a commit as `git log -z` is asked for them, each ended by NUL. */
export const HISTORY_FORMAT = `tformat:${['%H', '%an', '%ae', '%cn', '%ce', '%at', '%ct', '%s', '%(trailers:only,unfold)'].map((field) => `${field}%x00`).join('')}`;
const FIELDS = 9;

/** Reads `git log -z --raw` in that format: the fields, an empty part, then the changes. */
export const readHistory = (parts: readonly Buffer[]): readonly HistoryCommit[] => {
  const commits: HistoryCommit[] = [];
  let at = 0;
  while (at + FIELDS <= parts.length) {
    const [
      commit = '',
      authorName = '',
      authorEmail = '',
      name = '',
      email = '',
      authored = '',
      committed = '',
      subject = '',
      trailers = '',
    ] = parts.slice(at, at + FIELDS).map((part) => part.toString('utf8'));
    at += FIELDS + 1;
    const changes: FileDifference[] = [];
    for (let one = readDifference(parts, at); one !== undefined; one = readDifference(parts, at)) {
      changes.push(one.difference);
      at = one.next;
    }
    commits.push({
      commit: commit.trim(),
      author: { name: authorName, email: authorEmail },
      committer: { name, email },
      authoredAt: dateOf(authored),
      committedAt: dateOf(committed),
      subject,
      trailers: trailersOf(trailers),
      changes,
    });
  }
  return commits;
};

const dateOf = (seconds: string): Date => new Date((Number.parseInt(seconds, 10) || 0) * 1000);

const trailersOf = (text: string): ReadonlyMap<string, readonly string[]> => {
  const found = new Map<string, string[]>();
  for (const line of text.split('\n')) {
    const colon = line.indexOf(':');
    if (colon <= 0) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    const values = found.get(name) ?? [];
    values.push(line.slice(colon + 1).trim());
    found.set(name, values);
  }
  return found;
};
