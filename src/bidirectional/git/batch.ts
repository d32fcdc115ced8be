import { GitError } from './errors.ts';
import type { BlobId } from './port.ts';

const LINE_FEED = 10;

/** Reads `git cat-file --batch`: for each object `<id> blob <size>`, a line feed, the bytes, a line feed. Throws `failed` when one is missing. */
export const readBatch = (output: Buffer, wanted: readonly BlobId[]): ReadonlyMap<BlobId, Buffer> => {
  const found = new Map<BlobId, Buffer>();
  let at = 0;
  for (const blob of wanted) {
    const end = output.indexOf(LINE_FEED, at);
    const [id, type, length] = output
      .subarray(at, end < 0 ? output.length : end)
      .toString('latin1')
      .split(' ');
    const size = Number(length);
    if (end < 0 || id !== blob || type !== 'blob' || !Number.isInteger(size) || end + 1 + size >= output.length) {
      throw new GitError('failed', `Blob ${blob} cannot be read from the repository`);
    }
    found.set(blob, output.subarray(end + 1, end + 1 + size));
    at = end + 1 + size + 1;
  }
  return found;
};
