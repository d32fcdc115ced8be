import { GitError } from './errors.ts';
import type { FileChange } from './port.ts';
import type { TreeEntry } from './tree-entries.ts';

/** What of the base must be known to judge a change: the paths it names, and every folder above them. */
export const pathsToRead = (change: FileChange): readonly string[] => {
  const named = [
    ...change.writes.map(({ path }) => path),
    ...change.deletions,
    ...change.renames.flatMap(({ from, to }) => [from, to]),
  ];
  for (const path of named) {
    const problem = pathProblem(path);
    if (problem !== undefined) throw new GitError('invalid', `"${path}" cannot be written: ${problem}`);
  }
  return [...new Set(named.flatMap((path) => [path, ...foldersAbove(path)]))];
};

/** One line for the index: an entry to put there, or (without id) a path to take out. */
export interface IndexLine {
  readonly path: string;
  readonly mode: string;
  /** Undefined: take it out. */
  readonly id: string | undefined;
}

/**
 * What must be done to an index that holds the base: removals first, so that a folder can become a file. `ids`: the blob of each
 * write, in order. Throws `invalid` when a path leads through something that is no folder, or a rename starts from nothing.
 */
export const indexLines = (
  change: FileChange,
  base: readonly TreeEntry[],
  ids: readonly string[],
): readonly IndexLine[] => {
  const before = new Map(base.map((entry) => [entry.path, entry]));
  const now = new Map<string, { readonly mode: string; readonly id: string }>();
  const gone = new Set<string>();

  const current = (path: string): { readonly mode: string; readonly id: string } | undefined => {
    const written = now.get(path);
    if (written !== undefined || gone.has(path)) return written;
    const entry = before.get(path);
    return entry === undefined || entry.type === 'tree' ? undefined : { mode: entry.mode, id: entry.id };
  };
  const remove = (path: string): void => {
    now.delete(path);
    gone.add(path);
  };

  // All at once: two files may change places.
  const moved = change.renames.map(({ from, to }) => ({ from, to, entry: current(from) }));
  for (const { from } of moved) remove(from);
  for (const { from, to, entry } of moved) {
    if (entry === undefined) throw new GitError('invalid', `"${from}" cannot be renamed: there is no such file`);
    if (current(to) !== undefined)
      throw new GitError('invalid', `"${from}" cannot be renamed: there is already "${to}"`);
    now.set(to, entry);
  }
  for (const path of change.deletions) remove(path);
  change.writes.forEach(({ path }, at) => {
    const entry = current(path);
    if (entry !== undefined && !isFileMode(entry.mode)) {
      throw new GitError('invalid', `"${path}" cannot be written: it is a ${whatIs(entry.mode)}`);
    }
    now.set(path, { mode: entry?.mode ?? '100644', id: ids[at] ?? '' });
  });

  for (const path of now.keys()) {
    for (const above of foldersAbove(path)) {
      const entry = current(above);
      if (entry !== undefined) {
        throw new GitError('invalid', `"${path}" cannot be written: "${above}" is a ${whatIs(entry.mode)}`);
      }
    }
    if (before.get(path)?.type === 'tree') throw new GitError('invalid', `"${path}" cannot be written: it is a folder`);
  }
  return [
    ...[...gone]
      .filter((path) => !now.has(path) && before.has(path))
      .map((path) => ({ path, mode: '0', id: undefined })),
    ...[...now].map(([path, { mode, id }]) => ({ path, mode, id })),
  ];
};

/** Why nothing can be written at this path; undefined: it can. */
export const pathProblem = (path: string): string | undefined => {
  if (path === '') return 'the path is empty';
  if (path.includes('\0') || !path.isWellFormed()) return 'the path is not valid Unicode text';
  if (path.startsWith('/')) return 'the path is absolute';
  const parts = path.split('/');
  if (parts.includes('')) return 'the path has an empty part';
  if (parts.includes('.') || parts.includes('..')) return 'the path leaves its folder';
  if (parts.some((part) => GIT_FOLDER.test(part.replace(IGNORED_ON_HFS, '')))) return 'it belongs to Git itself';
  return undefined;
};

/** `.git` in every way in which a file system may read it: other case, trailing dots and spaces, the short name, a stream. */
const GIT_FOLDER = /^(?:\.git|git~1)[. ]*(?::.*)?$/i;
/** Characters that macOS leaves out of names. */
const IGNORED_ON_HFS = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g;

const isFileMode = (mode: string): boolean => mode === '100644' || mode === '100755' || mode === '100664';

const whatIs = (mode: string): string =>
  mode === '120000' ? 'symbolic link' : mode === '160000' ? 'submodule' : 'file';

/** `a/b/c` → `a/b`, `a`. */
const foldersAbove = (path: string): readonly string[] => {
  const parts = path.split('/');
  return parts.slice(1).map((_, at) => parts.slice(0, parts.length - 1 - at).join('/'));
};
