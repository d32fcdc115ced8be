import type { FileDifference } from './port.ts';
import { decodeName } from './tree-entries.ts';

/** Reads one change of `--raw -z` output at `at`; undefined: there is none. The type of a file (file, link) counts as its content. */
export const readDifference = (
  parts: readonly Buffer[],
  at: number,
): { readonly difference: FileDifference; readonly next: number } | undefined => {
  const head = parts[at]?.toString('latin1').trimStart();
  if (head === undefined || !head.startsWith(':')) return undefined;
  const status = head.split(' ')[4] ?? '';
  const first = nameAt(parts, at + 1);
  switch (status[0]) {
    case 'R':
    case 'C': {
      const path = nameAt(parts, at + 2);
      const similarity = Number.parseInt(status.slice(1), 10) || 0;
      const difference: FileDifference =
        status[0] === 'R' ? { kind: 'renamed', path, from: first, similarity } : { kind: 'added', path };
      return { difference, next: at + 3 };
    }
    case 'A':
      return { difference: { kind: 'added', path: first }, next: at + 2 };
    case 'D':
      return { difference: { kind: 'deleted', path: first }, next: at + 2 };
    default:
      return { difference: { kind: 'modified', path: first }, next: at + 2 };
  }
};

/** Reads all of `git diff-tree --raw -z`. */
export const readDifferences = (parts: readonly Buffer[]): readonly FileDifference[] => {
  const found: FileDifference[] = [];
  let one = readDifference(parts, 0);
  while (one !== undefined) {
    found.push(one.difference);
    one = readDifference(parts, one.next);
  }
  return found;
};

/** Whether a change concerns this folder, `''`: the whole repository. */
export const concerns = (difference: FileDifference, folder: string): boolean =>
  isBelow(difference.path, folder) || (difference.kind === 'renamed' && isBelow(difference.from, folder));

export const isBelow = (path: string, folder: string): boolean => folder === '' || path.startsWith(`${folder}/`);

const nameAt = (parts: readonly Buffer[], at: number): string => decodeName(parts[at] ?? Buffer.alloc(0)).path;
