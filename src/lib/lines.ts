import { Buffer } from 'node:buffer';

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
/** Room for most lines. */
const FIRST_BYTES = 64 * 1024;

/** A line was longer than allowed. */
export class LineTooLongError extends Error {
  override readonly name = 'LineTooLongError';
}

export interface LineCutter {
  /** The lines that end in this chunk. Throws {@link LineTooLongError} for one that is too long, before more of it is kept. */
  feed(chunk: Uint8Array): readonly string[];
  /** After the last chunk: a last line without an end, where there is one. */
  end(): readonly string[];
}

/**
 * Cuts a stream of bytes into its lines, whatever the chunks: a line or a character may be spread over several of them.
 * Line ends (LF or CRLF) are left out. `maxBytes`: of one line. `read` makes a line's text of its bytes.
 */
export function createLineCutter(
  maxBytes: number,
  read: (line: Buffer) => string = (line) => line.toString('utf8'),
): LineCutter {
  /** The beginning of a line whose end has not come, in the first `size` bytes. Used again and again: it may be most of the traffic. */
  let begun = Buffer.alloc(0);
  let size = 0;
  const keep = (part: Uint8Array): void => {
    if (size + part.length > maxBytes) throw new LineTooLongError(`a line of more than ${maxBytes} bytes`);
    if (size + part.length > begun.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(FIRST_BYTES, 2 * (size + part.length)));
      begun.copy(larger, 0, 0, size);
      begun = larger;
    }
    begun.set(part, size);
    size += part.length;
  };
  const take = (last: Uint8Array): string => {
    if (size > 0) keep(last);
    else if (last.length > maxBytes) throw new LineTooLongError(`a line of more than ${maxBytes} bytes`);
    const line = size > 0 ? begun.subarray(0, size) : Buffer.from(last.buffer, last.byteOffset, last.byteLength);
    size = 0;
    return read(line.at(-1) === CARRIAGE_RETURN ? line.subarray(0, -1) : line);
  };
  return {
    feed(chunk) {
      const lines: string[] = [];
      let start = 0;
      for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
        lines.push(take(chunk.subarray(start, end)));
        start = end + 1;
      }
      if (start < chunk.length) keep(chunk.subarray(start));
      return lines;
    },
    end: () => (size > 0 ? [take(new Uint8Array())] : []),
  };
}
