import { grouped } from '../../lib/text.ts';
import { API_GROUP, type EntityRef, entityName } from '../entity.ts';
import type { CommitId, FolderListing, GitRepository, TreeFile } from '../git/port.ts';
import type { GitEntity } from '../plan/situation.ts';
import { type FileProblem, MAX_FILE_BYTES, type ParseOptions, parseFile, refusedFile } from './parse.ts';

/** The folder as a commit has it. */
export interface FolderState {
  readonly commit: CommitId;
  /** Nothing is at this path. */
  readonly missing: boolean;
  /** By {@link entityName}. */
  readonly entities: ReadonlyMap<string, GitEntity & { readonly ref: EntityRef }>;
  /** The text of every file that was read, by path. */
  readonly texts: ReadonlyMap<string, string>;
  /** Every path in the folder: where no new file can be. */
  readonly paths: ReadonlySet<string>;
  readonly problems: readonly FileProblem[];
  /** Whether a file that is not read may hold this entity: at its path, or by its name. */
  readonly mayHold: (ref: EntityRef, path: string) => string;
}

/** More files are another repository than the one that was meant. */
const MAX_FILES = 20_000;

/** The folder cannot be read as a whole; nothing may be concluded from it. */
export class FolderError extends Error {
  readonly hint: string;
  constructor(message: string, hint: string) {
    super(message);
    this.hint = hint;
  }
}

/**
 * Reads the entities of a folder. A file with something wrong in it is refused as a whole, with the place; the others are read.
 * Without a folder, files that say nothing of Argo CD are nobody's business, whatever they hold.
 * Throws {@link FolderError}, and whatever Git throws: then nothing is known, which is something else than nothing being there.
 */
export const readFolder = async (
  git: GitRepository,
  commit: CommitId,
  folder: string,
  options: ParseOptions,
  signal: AbortSignal,
): Promise<FolderState> => {
  const files = filesOf(await git.listFiles(commit, folder, signal), folder);
  if (files !== undefined && files.length > MAX_FILES) {
    throw new FolderError(
      `${shown(folder)} has more than ${MAX_FILES} files`,
      'Name the folder of the entities with `folder`.',
    );
  }
  const candidates = withoutCharts(files ?? []).filter(({ path }) => /\.ya?ml$/i.test(path));
  const readable = candidates.filter(({ kind, size }) => kind === 'file' && size <= MAX_FILE_BYTES);
  const blobs = await git.readBlobs([...new Set(readable.map(({ blob }) => blob))], signal);

  const problems: FileProblem[] = [];
  const unread = new Map<string, string>();
  const texts = new Map<string, string>();
  const found = new Map<string, (GitEntity & { readonly ref: EntityRef })[]>();
  const refuse = (problem: FileProblem, text: string): void => {
    unread.set(problem.path, text);
    if (folder !== '' || text.includes(`${API_GROUP}/`)) problems.push(problem);
  };
  for (const file of candidates) {
    const unreadable = notReadable(file);
    if (unreadable !== undefined) {
      refuse(unreadable, '');
      continue;
    }
    const text = decode(blobs.get(file.blob));
    if (text === undefined) {
      refuse(refusedFile(file.path, 'is not UTF-8 text', 'Save it as UTF-8.'), '');
      continue;
    }
    const parsed = parseFile(file.path, text, options);
    if (parsed.kind === 'refused') {
      refuse(parsed.problem, text);
      continue;
    }
    texts.set(file.path, text);
    for (const { ref, content } of parsed.entities) {
      const name = entityName(ref);
      found.set(name, [...(found.get(name) ?? []), { ref, path: file.path, content }]);
    }
  }
  // Nobody can know which of two is meant: all files that have it are refused.
  const refused = new Set<string>();
  for (const [name, places] of found) {
    if (places.length < 2) continue;
    for (const { path } of places) {
      if (refused.has(path)) continue;
      refused.add(path);
      const others = places.map((place) => place.path).filter((other) => other !== path);
      refuse(
        refusedFile(path, `${name} is also in ${others.join(', ')}`, 'Keep one of them.', 'Duplicate entity'),
        texts.get(path) ?? '',
      );
    }
  }
  const entities = [...found].flatMap(([name, [first]]) =>
    first === undefined || refused.has(first.path) ? [] : ([[name, first]] as const),
  );
  return {
    commit,
    missing: files === undefined,
    entities: new Map(entities),
    texts: new Map([...texts].filter(([path]) => !refused.has(path))),
    paths: new Set((files ?? []).map(({ path }) => path)),
    problems: problems.sort((a, b) => (a.path < b.path ? -1 : 1)),
    mayHold(ref, path) {
      if (unread.has(path)) return path;
      return [...unread].find(([, text]) => says(text, ref.name))?.[0] ?? '';
    },
  };
};

/** The entity at a path of a commit; undefined: it is not there, or the file cannot be read. */
export const readEntityAt = async (
  git: GitRepository,
  commit: CommitId,
  path: string,
  ref: EntityRef,
  options: ParseOptions,
  signal: AbortSignal,
): Promise<GitEntity | undefined> => {
  const slash = path.lastIndexOf('/');
  const listing = await git.listFiles(commit, slash < 0 ? '' : path.slice(0, slash), signal);
  const file = listing.kind === 'folder' ? listing.files.find((one) => one.path === path) : undefined;
  if (file === undefined || notReadable(file) !== undefined) return undefined;
  const text = decode((await git.readBlobs([file.blob], signal)).get(file.blob));
  const parsed = text === undefined ? undefined : parseFile(path, text, options);
  const found =
    parsed?.kind === 'ok' ? parsed.entities.find((one) => entityName(one.ref) === entityName(ref)) : undefined;
  return found === undefined ? undefined : { path, content: found.content };
};

/** Whether a text has a name as a whole. */
const says = (text: string, name: string): boolean => {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const around = `${text[at - 1] ?? ' '}${text[at + name.length] ?? ' '}`;
    if (!/[a-z0-9.-]/.test(around)) return true;
  }
  return false;
};

const shown = (folder: string): string => (folder === '' ? 'the repository' : `the folder ${folder}`);

const filesOf = (listing: FolderListing, folder: string): readonly TreeFile[] | undefined => {
  switch (listing.kind) {
    case 'folder':
      return listing.files;
    case 'missing':
      return undefined;
    case 'not-a-folder':
      throw new FolderError(
        `${shown(folder)} is no folder: ${listing.path} is a ${listing.what}`,
        'Name a folder of the repository itself; links are never followed.',
      );
  }
};

/** The templates of Helm charts look like YAML and are none. */
const withoutCharts = (files: readonly TreeFile[]): readonly TreeFile[] => {
  const charts = files
    .filter(({ path }) => /(?:^|\/)Chart\.yaml$/.test(path))
    .map(({ path }) => `${path.slice(0, -'Chart.yaml'.length)}templates/`);
  return charts.length === 0 ? files : files.filter(({ path }) => !charts.some((chart) => path.startsWith(chart)));
};

const notReadable = ({ path, kind, size }: TreeFile): FileProblem | undefined => {
  switch (kind) {
    case 'symlink':
      return refusedFile(path, 'is a symbolic link, which is never followed', 'Put a file in its place.');
    case 'submodule':
      return refusedFile(path, 'is a submodule', 'Sync the other repository on its own.');
    case 'unnameable':
      return refusedFile(path, 'has a name that is not UTF-8', 'Rename it.');
    case 'file':
      return size > MAX_FILE_BYTES
        ? refusedFile(
            path,
            `has ${grouped(size)} bytes, more than ${grouped(MAX_FILE_BYTES)}`,
            'Entities are small; split the file.',
          )
        : undefined;
  }
};

const decode = (bytes: Buffer | undefined): string | undefined => {
  if (bytes === undefined) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
};
