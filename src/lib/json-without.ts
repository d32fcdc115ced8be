import { Buffer } from 'node:buffer';
import {
  BACKSLASH,
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  endOfPlainArray,
  endOfString,
  endOfValue,
  OPEN_ARRAY,
  OPEN_OBJECT,
  QUOTE,
  skipSpace,
} from './json-scan.ts';

/** Members to leave out of JSON, by name (ASCII); `true`: the member's value, otherwise what is inside it. Arrays are looked through. */
export interface Without {
  readonly [member: string]: true | Without;
  /** The name of an array that nobody wants wherever it stands, and that is most of what goes. */
  readonly [ANYWHERE]?: string;
}

/** See {@link Without}. */
export const ANYWHERE = Symbol('anywhere');

/**
 * Up to this size only what is wanted nowhere is cut out: to look at every member of a small text takes as long as to parse it, and
 * much longer as long as the machine has not compiled what looks.
 */
const SMALL_BYTES = 8 * 1024;

const NULL = Buffer.from('null');

/** Not JSON, or deeper than anybody sends. Without a stack: a stream that was cut may end within a line. */
const BROKEN = Symbol('broken');

/**
 * The text of a JSON value in which the values of the named members are null. Cut out of the bytes before anything is made of
 * them: most of a large object is never turned into text, let alone into values. What is no valid JSON is not mended: parse the
 * answer, and it is refused there.
 */
export const textWithout = (bytes: Buffer, without: Without): string => {
  const everywhere = without[ANYWHERE];
  if (everywhere !== undefined && bytes.length <= SMALL_BYTES) return textWithoutArray(bytes, everywhere);
  const members = membersOf(without);
  if (!members.some(({ quoted }) => bytes.includes(quoted))) return bytes.toString('utf8');
  const cutter = new Cutter(bytes);
  try {
    cutter.value(members);
  } catch (error) {
    if (error !== BROKEN && !(error instanceof RangeError)) throw error;
    return bytes.toString('utf8');
  }
  return cutter.text();
};

/** The text in which the first array of this name is null. */
const textWithoutArray = (bytes: Buffer, name: string): string => {
  const begin = beginOf(name);
  const at = bytes.indexOf(begin);
  // A quote within a text has a backslash before it, so this is a name, unless its first quote stands within a longer one.
  if (at <= 0 || bytes[at - 1] === BACKSLASH) return bytes.toString('utf8');
  const start = at + begin.length - 1;
  const plainEnd = endOfPlainArray(bytes, start);
  const end = plainEnd === -1 ? endOfValue(bytes, start) : plainEnd;
  if (end === -1) return bytes.toString('utf8');
  // Put together as bytes: texts that are joined are joined once more when they are read.
  let size = bytes.copy(SHARED, 0, 0, start);
  size += NULL.copy(SHARED, size);
  size += bytes.copy(SHARED, size, end);
  return SHARED.toString('utf8', 0, size);
};

const begins = new Map<string, Buffer>();

/** What an array of this name begins with: as bytes, for it is looked for in thousands of texts. */
const beginOf = (name: string): Buffer => {
  const known = begins.get(name);
  if (known !== undefined) return known;
  const begin = Buffer.from(`"${name}":[`, 'latin1');
  begins.set(name, begin);
  return begin;
};

/** A place that was found. Throws {@link BROKEN} without one. */
const known = (place: number): number => {
  if (place === -1) throw BROKEN;
  return place;
};

/** A member to look for, its name as bytes: names are compared a hundred thousand times a second. */
interface Member {
  readonly name: Uint8Array;
  /** What does not stand in a text need not be looked for in it. */
  readonly quoted: Buffer;
  /** Undefined: the value goes. */
  readonly inside: readonly Member[] | undefined;
}

const prepared = new WeakMap<Without, readonly Member[]>();

const membersOf = (without: Without): readonly Member[] => {
  const known = prepared.get(without);
  if (known !== undefined) return known;
  const members = Object.entries(without).map(([name, inside]) => ({
    name: new Uint8Array(Buffer.from(name, 'latin1')),
    quoted: Buffer.from(`"${name}"`, 'latin1'),
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
    else this.at = known(endOfValue(this.bytes, this.at));
  }

  /** Goes to the next byte that is no white space, and answers it. */
  private next(): number {
    this.at = skipSpace(this.bytes, this.at);
    const byte = this.bytes[this.at];
    if (byte === undefined) throw BROKEN;
    return byte;
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
      this.at = known(endOfString(bytes, this.at));
      const member = find(members, bytes, start, this.at - 1);
      if (this.next() !== COLON) throw BROKEN;
      this.at++;
      if (member?.inside !== undefined) {
        this.value(member.inside);
        continue;
      }
      this.next();
      const end = known(endOfValue(bytes, this.at));
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

/** Where most texts are put together, one after another. They come by the thousand: a new buffer for each would pile up. */
const SHARED = Buffer.allocUnsafeSlow(512 * 1024);
