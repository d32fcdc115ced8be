import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { indexLines, pathsToRead } from './change.ts';
import type { Commands } from './commands.ts';
import { messageText } from './message.ts';
import type { CommitId, CommitMessage, FileChange, FileWrite, Identity } from './port.ts';
import { readTree, type TreeEntry } from './tree-entries.ts';

const NONE = 'The commit cannot be made';
/** Paths in one command line. */
const CHUNK = 200;

/**
 * Makes a commit from a base in the object store, through an index of its own in a folder below `temp`: no work tree, no index, no branch
 * is touched. Undefined when the tree would be that of the base.
 */
export const makeCommit = async (
  base: CommitId,
  change: FileChange,
  message: CommitMessage,
  commands: Commands,
  temp: string,
  signal: AbortSignal,
): Promise<CommitId | undefined> => {
  const read = pathsToRead(change);
  const folder = await mkdtemp(join(temp, 'gitopssync-commit-'));
  try {
    const entries = await entriesAt(base, read, commands, signal);
    const ids = await storeBlobs(change.writes, folder, commands, signal);
    const lines = indexLines(change, entries, ids);
    const env = { GIT_INDEX_FILE: join(folder, 'index') };
    await commands.local(NONE, ['read-tree', '--end-of-options', base], signal, { env });
    await commands.local(NONE, ['update-index', '-z', '--index-info'], signal, {
      env,
      input: lines.map(({ path, mode, id }) => `${mode} ${id ?? '0'.repeat(base.length)}\t${path}\0`).join(''),
    });
    const tree = text(await commands.local(NONE, ['write-tree'], signal, { env }));
    const before = text(
      await commands.local(NONE, ['rev-parse', '--verify', '--end-of-options', `${base}^{tree}`], signal),
    );
    if (tree === before) return undefined;
    const commit = await commands.local(NONE, ['commit-tree', tree, '-p', base, '-F', '-'], signal, {
      env: {
        ...identity('AUTHOR', message.author, message.date),
        ...identity('COMMITTER', message.committer, message.date),
      },
      input: messageText(message),
    });
    return text(commit);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const entriesAt = async (
  base: CommitId,
  paths: readonly string[],
  commands: Commands,
  signal: AbortSignal,
): Promise<readonly TreeEntry[]> => {
  const wanted = new Set(paths);
  const found: TreeEntry[] = [];
  for (let at = 0; at < paths.length; at += CHUNK) {
    const args = ['ls-tree', '-z', '-t', '--full-tree', '--end-of-options', base, ...paths.slice(at, at + CHUNK)];
    found.push(...readTree(await commands.local(NONE, args, signal)).filter(({ path }) => wanted.has(path)));
  }
  return found;
};

/** The blobs of the contents, in order. Through files, because a content may hold anything. */
const storeBlobs = async (
  writes: readonly FileWrite[],
  folder: string,
  commands: Commands,
  signal: AbortSignal,
): Promise<readonly string[]> => {
  if (writes.length === 0) return [];
  const files = await Promise.all(
    writes.map(async ({ content }, at) => {
      const file = join(folder, `blob-${at}`);
      await writeFile(file, content);
      return file;
    }),
  );
  const args = ['hash-object', '-w', '--no-filters', '--stdin-paths'];
  return text(await commands.local(NONE, args, signal, { input: `${files.join('\n')}\n` })).split('\n');
};

const identity = (
  role: 'AUTHOR' | 'COMMITTER',
  { name, email }: Identity,
  date: Date,
): Readonly<Record<string, string>> => ({
  [`GIT_${role}_NAME`]: name,
  [`GIT_${role}_EMAIL`]: email,
  [`GIT_${role}_DATE`]: `@${Math.floor(date.getTime() / 1000)} +0000`,
});

const text = (output: Buffer): string => output.toString('utf8').trim();
