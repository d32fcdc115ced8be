import type { TreeFile } from './port.ts';

/** One line of `git ls-tree`. */
export interface TreeEntry {
  readonly mode: string;
  readonly type: 'blob' | 'tree' | 'commit';
  readonly id: string;
  /** Bytes of a blob when asked for with `-l`, otherwise 0. */
  readonly size: number;
  readonly path: string;
  /** False: the name is not UTF-8. */
  readonly nameable: boolean;
}

const NUL = 0;
const TAB = 9;

/** The parts of output that was asked for with `-z`. */
export const splitNul = (output: Buffer): readonly Buffer[] => {
  const parts: Buffer[] = [];
  let from = 0;
  for (let at = output.indexOf(NUL); at !== -1; at = output.indexOf(NUL, from)) {
    parts.push(output.subarray(from, at));
    from = at + 1;
  }
  if (from < output.length) parts.push(output.subarray(from));
  return parts;
};

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The name, and whether it is one: bytes that are not UTF-8 show as replacement characters. */
export const decodeName = (bytes: Buffer): { readonly path: string; readonly nameable: boolean } => {
  try {
    return { path: utf8.decode(bytes), nameable: true };
  } catch {
    return { path: bytes.toString('utf8'), nameable: false };
  }
};

/** Reads `git ls-tree -z`, with or without `-l`. */
export const readTree = (output: Buffer): readonly TreeEntry[] =>
  splitNul(output).flatMap((line) => {
    const tab = line.indexOf(TAB);
    const [mode = '', type = '', id = '', size = ''] = line.subarray(0, tab).toString('latin1').split(/ +/);
    if (tab < 0 || (type !== 'blob' && type !== 'tree' && type !== 'commit')) return [];
    return [{ mode, type, id, size: Number.parseInt(size, 10) || 0, ...decodeName(line.subarray(tab + 1)) }];
  });

/** The file of an entry that is no tree. */
export const fileOf = (entry: TreeEntry): TreeFile => ({
  path: entry.path,
  kind: !entry.nameable
    ? 'unnameable'
    : entry.type === 'commit'
      ? 'submodule'
      : entry.mode === '120000'
        ? 'symlink'
        : 'file',
  executable: entry.mode === '100755',
  blob: entry.id,
  size: entry.size,
});
