/** Finding one's way in the bytes of JSON without making anything of them. */

export const QUOTE = 0x22;
export const COMMA = 0x2c;
export const COLON = 0x3a;
export const OPEN_ARRAY = 0x5b;
export const BACKSLASH = 0x5c;
export const CLOSE_ARRAY = 0x5d;
export const OPEN_OBJECT = 0x7b;
export const CLOSE_OBJECT = 0x7d;
const SPACE = 0x20;

/** The next place from `at` on that holds no white space; the end when there is none. */
export const skipSpace = (bytes: Buffer, at: number): number => {
  const { length } = bytes;
  let place = at;
  for (; place < length; place++) {
    const byte = bytes[place] as number;
    if (byte > SPACE || (byte !== SPACE && byte !== 0x0a && byte !== 0x0d && byte !== 0x09)) break;
  }
  return place;
};

/** Strings that are longer are searched by the machine's own means, which take a moment to begin. */
const LONG = 64;

/** The place behind the string that begins at `from`; -1: its end has not come. */
export const endOfString = (bytes: Buffer, from: number): number => {
  const near = Math.min(bytes.length, from + LONG);
  let at = from + 1;
  while (at < near) {
    const byte = bytes[at];
    if (byte === QUOTE) return at + 1;
    at += byte === BACKSLASH ? 2 : 1;
  }
  return endOfLongString(bytes, at);
};

/** The same, from a place inside that no backslash stands before. */
const endOfLongString = (bytes: Buffer, inside: number): number => {
  for (let quote = bytes.indexOf(QUOTE, inside); quote !== -1; quote = bytes.indexOf(QUOTE, quote + 1)) {
    let first = quote;
    while (first > inside && bytes[first - 1] === BACKSLASH) first--;
    if ((quote - first) % 2 === 0) return quote + 1;
  }
  return -1;
};

/** What a byte means within a value that is passed over. */
const KIND = new Uint8Array(256);
const [STRING, DEEPER, HIGHER] = [1, 2, 3];
KIND[QUOTE] = STRING;
KIND[OPEN_ARRAY] = KIND[OPEN_OBJECT] = DEEPER;
KIND[CLOSE_ARRAY] = KIND[CLOSE_OBJECT] = HIGHER;

/**
 * The place behind the value that begins at `from`; -1: its end has not come. A number, or true, false and null, ends where the
 * bytes end: whoever has only a part of them must not ask at their end.
 */
export const endOfValue = (bytes: Buffer, from: number): number => {
  const { length } = bytes;
  const first = bytes[from];
  if (first === QUOTE) return endOfString(bytes, from);
  if (first === undefined) return -1;
  let at = from;
  if (first !== OPEN_OBJECT && first !== OPEN_ARRAY) {
    while (at < length && bytes[at] !== COMMA && bytes[at] !== CLOSE_OBJECT && bytes[at] !== CLOSE_ARRAY) at++;
    return at;
  }
  let depth = 0;
  while (at < length) {
    const kind = KIND[bytes[at] as number];
    if (kind === STRING) {
      at = endOfString(bytes, at);
      if (at === -1) return -1;
      continue;
    }
    at++;
    if (kind === DEEPER) depth++;
    else if (kind === HIGHER && --depth === 0) return at;
  }
  return -1;
};

const SMALL_A = 0x61;
const SMALL_Z = 0x7a;

/**
 * The place behind the array that begins at `from`, found by the machine's own means; -1: it is not that simple, see
 * {@link endOfValue}. For arrays that hold no bracket, not even in a text, and have another member behind them. Were the
 * closing bracket within a text, the quote behind it would end that text, and no name could follow.
 */
export const endOfPlainArray = (bytes: Buffer, from: number): number => {
  const close = bytes.indexOf(CLOSE_ARRAY, from + 1);
  if (close === -1 || bytes[close + 1] !== COMMA || bytes[close + 2] !== QUOTE) return -1;
  const letter = bytes[close + 3] ?? 0;
  if (letter < SMALL_A || letter > SMALL_Z) return -1;
  const open = bytes.indexOf(OPEN_ARRAY, from + 1);
  return open === -1 || open > close ? close + 1 : -1;
};
