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
const SPACE = 0x20;

const NULL = Buffer.from('null');

/** Not JSON, or deeper than anybody sends. Without a stack: a stream that was cut may end within a line. */
const BROKEN = Symbol('broken');

/**
 * The text of a JSON value in which the values of the named members are null. Cut out of the bytes before anything is made of
 * them: most of a large object is never turned into text, let alone into values. What is no valid JSON is not mended: parse the
 * answer, and it is refused there.
 */
export const textWithout = (bytes: Buffer, without: Without): string => {
  const cutter = new Cutter(bytes);
  try {
    cutter.value(membersOf(without));
  } catch (error) {
    if (error !== BROKEN && !(error instanceof RangeError)) throw error;
    return bytes.toString('utf8');
  }
  return cutter.text();
};

/** A member to look for, its name as bytes: names are compared a hundred thousand times a second. */
interface Member {
  readonly name: Uint8Array;
  /** Undefined: the value goes. */
  readonly inside: readonly Member[] | undefined;
}

const prepared = new WeakMap<Without, readonly Member[]>();

const membersOf = (without: Without): readonly Member[] => {
  const known = prepared.get(without);
  if (known !== undefined) return known;
  const members = Object.entries(without).map(([name, inside]) => ({
    name: new Uint8Array(Buffer.from(name, 'latin1')),
    inside: inside === true ? undefined : membersOf(inside),
  }));
  prepared.set(without, members);
  return members;
};

/** The one of this name, which stands in the bytes from `start` to before `end`. */
const find = (members: readonly Member[], bytes: Buffer, start: number, end: number): Member | undefined => {
  next: for (const member of members) {
    const { name } = member;
    if (name.length !== end - start) continue;
    for (let at = 0; at < name.length; at++) if (name[at] !== bytes[start + at]) continue next;
    return member;
  }
  return undefined;
};

/** Goes through one text and copies what stays. */
class Cutter {
  private readonly bytes: Buffer;
  private at = 0;
  /** What stays, as far as it was copied: in the first `size` bytes. */
  private readonly kept: Buffer;
  private size = 0;
  /** Copied until here. */
  private from = 0;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
    // Null in the place of a single digit takes more, but never as much as the member has.
    this.kept = 2 * bytes.length <= SHARED.length ? SHARED : Buffer.allocUnsafeSlow(2 * bytes.length);
  }

  text(): string {
    if (this.from === 0) return this.bytes.toString('utf8');
    this.size += this.bytes.copy(this.kept, this.size, this.from);
    return this.kept.toString('utf8', 0, this.size);
  }

  value(members: readonly Member[]): void {
    const first = this.next();
    if (first === OPEN_OBJECT) this.object(members);
    else if (first === OPEN_ARRAY) this.array(members);
    else this.at = endOfValue(this.bytes, this.at);
  }

  /** Goes to the next byte that is no white space, and answers it. */
  private next(): number {
    const { bytes } = this;
    const { length } = bytes;
    for (; this.at < length; this.at++) {
      const byte = bytes[this.at] as number;
      if (byte > SPACE || (byte !== SPACE && byte !== 0x0a && byte !== 0x0d && byte !== 0x09)) return byte;
    }
    throw BROKEN;
  }

  private array(members: readonly Member[]): void {
    this.at++;
    if (this.next() === CLOSE_ARRAY) {
      this.at++;
      return;
    }
    do this.value(members);
    while (this.goesOn(CLOSE_ARRAY));
  }

  private object(members: readonly Member[]): void {
    const { bytes } = this;
    this.at++;
    if (this.next() === CLOSE_OBJECT) {
      this.at++;
      return;
    }
    do {
      if (this.next() !== QUOTE) throw BROKEN;
      const start = this.at + 1;
      this.at = endOfString(bytes, this.at);
      const member = find(members, bytes, start, this.at - 1);
      if (this.next() !== COLON) throw BROKEN;
      this.at++;
      if (member?.inside !== undefined) {
        this.value(member.inside);
        continue;
      }
      this.next();
      const end = endOfValue(bytes, this.at);
      if (member !== undefined) this.cut(end);
      this.at = end;
    } while (this.goesOn(CLOSE_OBJECT));
  }

  private cut(end: number): void {
    this.size += this.bytes.copy(this.kept, this.size, this.from, this.at);
    this.size += NULL.copy(this.kept, this.size);
    this.from = end;
  }

  /** Passes the comma before another item, or the end. */
  private goesOn(close: number): boolean {
    const byte = this.next();
    this.at++;
    if (byte === COMMA) return true;
    if (byte === close) return false;
    throw BROKEN;
  }
}

/** Strings that are longer are searched by the machine's own means, which take a moment to begin. */
const LONG = 64;

/** The place behind the string that begins at `from`. */
const endOfString = (bytes: Buffer, from: number): number => {
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
  throw BROKEN;
};

/** What a byte means within a value that is passed over. */
const KIND = new Uint8Array(256);
const [STRING, DEEPER, HIGHER] = [1, 2, 3];
KIND[QUOTE] = STRING;
KIND[OPEN_ARRAY] = KIND[OPEN_OBJECT] = DEEPER;
KIND[CLOSE_ARRAY] = KIND[CLOSE_OBJECT] = HIGHER;

/** The place behind the value that begins at `from`. */
const endOfValue = (bytes: Buffer, from: number): number => {
  const { length } = bytes;
  const first = bytes[from];
  if (first === QUOTE) return endOfString(bytes, from);
  if (first === undefined) throw BROKEN;
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
      continue;
    }
    at++;
    if (kind === DEEPER) depth++;
    else if (kind === HIGHER && --depth === 0) return at;
  }
  throw BROKEN;
};

/** Where most texts are put together, one after another. They come by the thousand: a new buffer for each would pile up. */
const SHARED = Buffer.allocUnsafeSlow(512 * 1024);
