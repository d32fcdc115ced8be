import { Buffer } from 'node:buffer';
import {
  CLOSE_ARRAY,
  COLON,
  COMMA,
  endOfString,
  endOfValue,
  OPEN_ARRAY,
  OPEN_OBJECT,
  QUOTE,
  skipSpace,
} from './json-scan.ts';

/** Reads a JSON object whose one large member is an array, item by item as the bytes come. */
export interface ItemReader {
  feed(chunk: Buffer): void;
  /**
   * After the last bytes: the object, with what was made of the items in the place of the array. Where the array was null or
   * missing it is so here. Throws a SyntaxError when it was no JSON.
   */
  end(): unknown;
}

/** So much is parsed as a whole: the machine's own parser is faster than reading item by item. */
const WHOLE_MOST = 1024 * 1024;
/** What stands before the items has a few hundred bytes; what has more is no list, and read as a whole. */
const HEAD_MOST = WHOLE_MOST + 256 * 1024;

/** What is made of an item, which comes as its bytes, or as its value where all of it was parsed at once. */
export interface ItemReading {
  /** The bytes are used again afterwards. */
  readonly bytes: (item: Buffer) => unknown;
  readonly value: (item: unknown) => unknown;
}

/**
 * Of a large list neither the whole text nor all items are ever there at once. `member`: the array, at the top of the object.
 * `wholeMost`: up to so many bytes it is parsed as a whole.
 */
export function createItemReader(member: string, read: ItemReading, wholeMost = WHOLE_MOST): ItemReader {
  const name = Buffer.from(JSON.stringify(member));
  const items: unknown[] = [];
  let phase: 'small' | 'head' | 'items' | 'around' = 'small';
  let size = 0;
  let done = false;
  /** What has come and is not read yet. */
  let rest: Buffer = Buffer.alloc(0);
  /** The same, behind the items and where none were found. */
  const others: Buffer[] = [];
  /** Everything but the items. */
  let around = '';

  /** The place behind the bracket that begins the items; -1: not there, or not yet. */
  const findItems = (): number => {
    let at = skipSpace(rest, 0);
    if (rest[at] !== OPEN_OBJECT) return -1;
    do {
      const start = skipSpace(rest, at + 1);
      if (rest[start] !== QUOTE) return -1;
      const end = endOfString(rest, start);
      if (end === -1) return -1;
      at = skipSpace(rest, end);
      if (rest[at] !== COLON) return -1;
      at = skipSpace(rest, at + 1);
      if (rest[at] === OPEN_ARRAY && rest.subarray(start, end).equals(name)) return at + 1;
      at = endOfValue(rest, at);
      if (at === -1) return -1;
      at = skipSpace(rest, at);
    } while (rest[at] === COMMA);
    return -1;
  };

  /** Reads the items that are there as a whole; answers the place of the first that is not, or of the closing bracket. */
  const readItems = (from: number): number => {
    let at = from;
    for (;;) {
      const start = skipSpace(rest, rest[at] === COMMA ? at + 1 : at);
      if (rest[start] === CLOSE_ARRAY) {
        done = true;
        return start;
      }
      const end = endOfValue(rest, start);
      // A number may go on in the next bytes.
      if (end === -1 || end === rest.length) return at;
      items.push(read.bytes(rest.subarray(start, end)));
      at = skipSpace(rest, end);
      if (at < rest.length && rest[at] !== COMMA && rest[at] !== CLOSE_ARRAY) throw new SyntaxError('not JSON');
    }
  };

  /** Room for what is left of one chunk and the next one, used again and again: there may be hundreds. */
  let room = Buffer.alloc(0);
  const joined = (left: Buffer, chunk: Buffer): Buffer => {
    if (left.length === 0) return chunk;
    const size = left.length + chunk.length;
    // What is left may lie in the room itself; it is moved to its beginning.
    const target = room.length >= size ? room : Buffer.allocUnsafeSlow(2 * size);
    left.copy(target);
    chunk.copy(target, left.length);
    room = target;
    return target.subarray(0, size);
  };

  return {
    feed(chunk) {
      size += chunk.length;
      if (phase === 'around' || (phase === 'small' && size <= wholeMost)) {
        others.push(chunk);
        return;
      }
      if (phase === 'small') {
        rest = Buffer.concat([...others.splice(0), chunk]);
        phase = 'head';
      } else {
        rest = joined(rest, chunk);
      }
      let at = 0;
      if (phase === 'head') {
        at = findItems();
        if (at === -1) {
          if (rest.length > HEAD_MOST) phase = 'around';
          return;
        }
        around = rest.toString('utf8', 0, at);
        phase = 'items';
      }
      rest = rest.subarray(readItems(at));
      if (done) phase = 'around';
    },
    end() {
      const whole: unknown = JSON.parse(around + Buffer.concat([rest, ...others]).toString('utf8'));
      if (typeof whole !== 'object' || whole === null) return whole;
      if (done) return { ...whole, [member]: items };
      const all = Object.hasOwn(whole, member) ? (whole as Readonly<Record<string, unknown>>)[member] : undefined;
      return Array.isArray(all) ? { ...whole, [member]: all.map((item) => read.value(item)) } : whole;
    },
  };
}
