/** A longer one is rarely plain. */
const LONGEST = 1000;
/** How often a character may be looked at. */
const MOST_LOOKS = 64;

/** What one name is made of, and how the machine's own engine says it. */
interface Piece {
  readonly own: string;
  /** How many ways there are to match it in one place, and of how many characters at most. */
  readonly ways: number;
  readonly length: number;
  /** It may be repeated. */
  readonly single: boolean;
}

const LITERAL = /[A-Za-z0-9_-]|\\[.-]/y;
const KIND = /\.|\\[dw]/y;
const CLASS = /\[\^?(?:[A-Za-z0-9_](?:-[A-Za-z0-9_])?|\.)+-?\]/y;
const WORDS = /\((?:\?:)?((?:[A-Za-z0-9_-]|\\[.-])+(?:\|(?:[A-Za-z0-9_-]|\\[.-])+)*)\)/y;
const REPEAT = /[*+?]/y;

/** RE2's classes, of ASCII alone, and its dot, which leaves out one character. */
const KINDS: Readonly<Record<string, string>> = { '.': '[^\\n]', '\\d': '[0-9]', '\\w': '[0-9A-Za-z_]' };

const ownLiteral = (text: string): string => (text === '\\-' ? '-' : text);

/**
 * The same test by the machine's own engine, for an RE2 expression such as `shop-.*`, `(eu|us)-web-\d+` or `a|b`; undefined: RE2 has to
 * do it. That one has to be read and warmed up first, which takes longer than to match a thousand names.
 *
 * An engine that goes back may take for ever, so only expressions are plain that cannot make it: letters, classes and groups of plain words;
 * in each alternative one run of any length, and another one of any character at the end, where nothing is behind it to go back for.
 * So from each end of the run what is behind it is looked at, in as many ways as there are: {@link MOST_LOOKS} for each character of a name.
 */
export const plainRegex = (source: string): RegExp | undefined => {
  if (source.length > LONGEST) return undefined;
  let at = 0;
  const take = (token: RegExp): RegExpExecArray | undefined => {
    token.lastIndex = at;
    const found = token.exec(source);
    if (found !== null) at = token.lastIndex;
    return found ?? undefined;
  };
  const piece = (): Piece | undefined => {
    const literal = take(LITERAL)?.[0];
    if (literal !== undefined) return { own: ownLiteral(literal), ways: 1, length: 1, single: true };
    const kind = take(KIND)?.[0];
    if (kind !== undefined) return { own: KINDS[kind] ?? '', ways: 1, length: 1, single: true };
    const letters = take(CLASS)?.[0];
    if (letters !== undefined) return { own: letters, ways: 1, length: 1, single: true };
    const words = take(WORDS)?.[1]?.split('|');
    if (words === undefined) return undefined;
    const own = words.map((word) => word.replaceAll('\\-', '-')).join('|');
    return {
      own: `(?:${own})`,
      ways: words.length,
      length: Math.max(...words.map((word) => word.length)),
      single: false,
    };
  };

  const alternatives: string[] = [];
  let looks = 0;
  do {
    let own = '';
    let ways = 1;
    let runs = 0;
    let behind = 0;
    const alternativeAt = at;
    if (source[at] === '^') at += 1;
    for (let one = piece(); one !== undefined; one = piece()) {
      const repeat = take(REPEAT)?.[0] ?? '';
      if (repeat !== '' && !one.single) return undefined;
      own += one.own + repeat;
      ways *= repeat === '?' ? 2 : one.ways;
      if (runs > 0) behind += one.length;
      const isLast = at === source.length || source[at] === '|' || source[at] === '$';
      if ((repeat === '*' || repeat === '+') && !(isLast && one.own === KINDS['.'])) runs += 1;
    }
    if (source[at] === '$') at += 1;
    if (at === alternativeAt || runs > 1) return undefined;
    alternatives.push(own);
    looks += ways * (behind + 1);
  } while (source[at] === '|' && ++at <= source.length);
  if (at < source.length || looks > MOST_LOOKS) return undefined;
  try {
    return new RegExp(`^(?:${alternatives.join('|')})$`, 'u');
  } catch {
    // A range that is the wrong way round: RE2 says so better.
    return undefined;
  }
};
