import { Buffer } from 'node:buffer';

/** Members to leave out of JSON, by name (ASCII); `true`: the member's value, otherwise what is inside it. Arrays are looked through. */
export interface Without {
  readonly [member: string]: true | Without;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

const NULL = Buffer.from('null');

/**
 * The text of a JSON value in which the values of the named members are null. Cut out of the bytes before anything is made of
 * them: most of a large object is never turned into text, let alone into values. What is no valid JSON is not mended: parse the
 * answer, and it is refused there.
 */
export const textWithout = (bytes: Buffer, without: Without): string => {
  const { length } = bytes;
  let size = 0;
  let from = 0;
  let at = 0;
  // Null in the place of a single digit takes more, but never as much as the member has.
  const kept = 2 * length <= SHARED.length ? SHARED : Buffer.allocUnsafeSlow(2 * length);

  const skipSpace = (): void => {
    for (let byte = bytes[at]; byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09; ) byte = bytes[++at];
  };

  const skipString = (): void => {
    at = endOfString(bytes, at);
  };
  const skipValue = (): void => {
    at = endOfValue(bytes, at);
  };

  const filter = (inside: Without): void => {
    if (bytes[at] === OPEN_ARRAY) filterArray(inside);
    else if (bytes[at] === OPEN_OBJECT) filterObject(inside);
    else skipValue();
  };

  const filterArray = (inside: Without): void => {
    at++;
    skipSpace();
    while (bytes[at] !== CLOSE_ARRAY) {
      filter(inside);
      next(CLOSE_ARRAY);
    }
    at++;
  };

  const filterObject = (inside: Without): void => {
    at++;
    skipSpace();
    while (bytes[at] !== CLOSE_OBJECT) {
      if (bytes[at] !== QUOTE) throw BROKEN;
      const start = at + 1;
      skipString();
      const name = bytes.toString('latin1', start, at - 1);
      skipSpace();
      if (bytes[at] !== COLON) throw BROKEN;
      at++;
      skipSpace();
      const member = Object.hasOwn(inside, name) ? inside[name] : undefined;
      if (member === undefined) skipValue();
      else if (member === true) cut();
      else filter(member);
      next(CLOSE_OBJECT);
    }
    at++;
  };

  const cut = (): void => {
    const start = at;
    skipValue();
    size += bytes.copy(kept, size, from, start);
    size += NULL.copy(kept, size);
    from = at;
  };

  /** Goes to the next item, or stays at the end. */
  const next = (close: number): void => {
    skipSpace();
    if (bytes[at] === COMMA) {
      at++;
      skipSpace();
    } else if (bytes[at] !== close) throw BROKEN;
  };

  try {
    skipSpace();
    filter(without);
  } catch (error) {
    if (error !== BROKEN) throw error;
    return bytes.toString('utf8');
  }
  if (from === 0) return bytes.toString('utf8');
  size += bytes.copy(kept, size, from);
  return kept.toString('utf8', 0, size);
};

/** The place behind the string that begins at `from`. */
const endOfString = (bytes: Buffer, from: number): number => {
  const { length } = bytes;
  for (let at = from + 1; at < length; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) return at + 1;
    if (byte === BACKSLASH) at++;
  }
  throw BROKEN;
};

/** The place behind the value that begins at `from`. */
const endOfValue = (bytes: Buffer, from: number): number => {
  const { length } = bytes;
  const first = bytes[from];
  if (first === QUOTE) return endOfString(bytes, from);
  const plain = first !== OPEN_OBJECT && first !== OPEN_ARRAY;
  let depth = 0;
  for (let at = from; at < length; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) at = endOfString(bytes, at) - 1;
    else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) depth++;
    else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
      if (plain) return at;
      depth--;
      if (depth === 0) return at + 1;
    } else if (plain && byte === COMMA) return at;
  }
  if (plain && first !== undefined) return length;
  throw BROKEN;
};

/** Where most texts are put together, one after another. They come by the thousand: a new buffer for each would pile up. */
const SHARED = Buffer.allocUnsafeSlow(512 * 1024);

/** Not JSON, or deeper than anybody sends. Without a stack: a stream that was cut may end within a line. */
const BROKEN = Symbol('broken');
