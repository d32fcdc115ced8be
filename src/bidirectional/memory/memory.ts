import { createHash } from 'node:crypto';
import { isRecord, record, text } from '../../lib/json.ts';
import type { CommitId, CommitMessage, GitRepository } from '../git/port.ts';
import type { Remembered } from '../plan/situation.ts';

/**
 * What was agreed on, by the name of the entity. The agreement itself is kept with the entity; when that is deleted on the platform, this
 * is what tells a deletion from a file that is new.
 */
export interface Memory {
  /** A commit of the synced branch that an earlier run knew; `''`: there was none. */
  readonly head: CommitId | '';
  readonly entities: ReadonlyMap<string, Remembered>;
}

export const NO_MEMORY: Memory = { head: '', entities: new Map() };

export interface MemoryStore {
  /** Empty where nothing was remembered yet. Throws `GitError`: whoever cannot read must not conclude anything. */
  read(signal: AbortSignal): Promise<Memory>;
  /** Keeps it for the next run; does nothing when it is what was read. Answers why that was not possible, `''`: it was. */
  write(memory: Memory, base: CommitId, message: CommitMessage, signal: AbortSignal): Promise<string>;
}

/** Which memory: two folders, branches or installations have one each. */
export interface MemoryKey {
  readonly branch: string;
  readonly folder: string;
  readonly platform: string;
}

/** Branches of this name are our own: an event of one starts nothing. */
export const OWN_BRANCHES = 'gitopssync/';
const FILE = 'agreed.json';
/** Pushing again when another run was faster. */
const ATTEMPTS = 5;

/** The memory as one file on a branch of its own, beside the one that is synced. */
export const createMemoryStore = (git: GitRepository, key: MemoryKey): MemoryStore => {
  const id = createHash('sha256')
    .update(JSON.stringify([key.branch, key.folder, key.platform]))
    .digest('hex')
    .slice(0, 12);
  const branch = `${OWN_BRANCHES}agreed/${id}`;
  let read: { readonly head: CommitId | undefined; readonly text: string } = { head: undefined, text: '' };

  const load = async (signal: AbortSignal): Promise<Memory> => {
    const head = await git.fetchBranch(branch, signal);
    const file =
      head === undefined
        ? undefined
        : (await filesOf(git, head, signal)).find(({ path, kind }) => path === FILE && kind === 'file');
    const content =
      file === undefined ? '' : ((await git.readBlobs([file.blob], signal)).get(file.blob)?.toString('utf8') ?? '');
    read = { head, text: content };
    return parseMemory(content);
  };

  return {
    read: load,
    async write(memory, base, message, signal) {
      const content = formatMemory(memory);
      for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
        if (content === read.text) return '';
        // The first commit of the branch drops everything that is not the memory.
        const others = read.head === undefined ? (await filesOf(git, base, signal)).map(({ path }) => path) : [];
        const commit = await git.commit(
          read.head ?? base,
          { writes: [{ path: FILE, content }], deletions: others.filter((path) => path !== FILE), renames: [] },
          message,
          signal,
        );
        if (commit === undefined) return '';
        const pushed = await git.push({ branch, commit, expected: read.head, mode: 'fast-forward' }, signal);
        if (pushed.kind === 'pushed') return '';
        if (pushed.kind !== 'moved') return pushed.message;
        await load(signal);
      }
      return `the branch ${branch} moves too fast`;
    },
  };
};

const filesOf = async (git: GitRepository, commit: CommitId, signal: AbortSignal) => {
  const listing = await git.listFiles(commit, '', signal);
  return listing.kind === 'folder' ? listing.files : [];
};

/** Sorted, a line for each entity, so that its history can be read. */
export const formatMemory = ({ head, entities }: Memory): string => {
  const sorted = Object.fromEntries([...entities].sort(([a], [b]) => (a < b ? -1 : 1)));
  return `${JSON.stringify({ head, entities: sorted }, undefined, 1)}\n`;
};

/** What cannot be understood is not remembered. */
export const parseMemory = (content: string): Memory => {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch {
    return NO_MEMORY;
  }
  const entities = Object.entries(record(record(value).entities)).flatMap(([name, item]) => {
    const [hash, path] = [text(record(item).hash), text(record(item).path)];
    return isRecord(item) && hash !== '' ? [[name, { hash, path }] as const] : [];
  });
  const head = text(record(value).head);
  return { head: /^[0-9a-f]{40,64}$/.test(head) ? head : '', entities: new Map(entities) };
};
