import { isAlias, isCollection, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import { list } from '../../lib/json.ts';
import { MAX_ALIASES, type YamlDocument } from '../folder/yaml.ts';
import { indented, isBlock, type Manner, mannerOf, renderBlock, renderFlow, renderScalar } from './render.ts';
import { applyStep, type NodePath, type Step } from './steps.ts';

/** Replaces what is between two places of a text. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** What one step does to the text. `again`: the step itself must still be done after it. */
export interface Spliced {
  readonly splice: Splice;
  readonly again: boolean;
}

/** A text with one of its documents. */
interface Place {
  readonly text: string;
  readonly document: YamlDocument;
  readonly manner: Manner;
  readonly newline: string;
}

/**
 * The change of the text that does a step, and touches nothing else; undefined where there is none. A part that an alias
 * stands for is first written out in its place.
 */
export const spliceFor = (text: string, document: YamlDocument, step: Step): Spliced | undefined => {
  const place: Place = {
    text,
    document,
    manner: mannerOf(text, document),
    newline: /\r\n/.test(text) ? '\r\n' : '\n',
  };
  const found = locate(place, step.path);
  switch (found.kind) {
    case 'alias':
      return again(writtenOut(place, found));
    case 'missing':
      return step.kind === 'remove' || found.parents.length === 0
        ? undefined
        : done(addPath(place, found, step.kind === 'set' ? step.value : [step.value]));
    case 'pair':
      if (step.kind === 'insert') return done(insertItem(place, found.pair, undefined, step.value));
      return done(step.kind === 'set' ? setPair(place, found, step.value) : removePair(place, found));
    case 'item':
      if (found.index >= found.seq.items.length && step.kind !== 'insert') return undefined;
      return done(changeItem(place, found, step));
  }
};

const done = (splice: Splice | undefined): Spliced | undefined =>
  splice === undefined ? undefined : { splice, again: false };
const again = (splice: Splice | undefined): Spliced | undefined =>
  splice === undefined ? undefined : { splice, again: true };

// --- finding -----------------------------------------------------------------------------------------------------------

type InMap = {
  readonly map: YAMLMap;
  readonly pair: Pair;
  readonly inFlow: boolean;
  readonly path: NodePath;
  /** What the map itself is the value of. */
  readonly owner: InMap | undefined;
};

type Found =
  | ({ readonly kind: 'pair' } & InMap)
  | {
      readonly kind: 'item';
      readonly seq: YAMLSeq;
      readonly index: number;
      readonly inFlow: boolean;
      readonly path: NodePath;
      readonly owner: InMap | undefined;
    }
  /** An alias stands where the path goes on. */
  | { readonly kind: 'alias'; readonly node: Node; readonly inFlow: boolean; readonly owner: InMap | undefined }
  /** The deepest map there is, and the keys that are missing in it. */
  | {
      readonly kind: 'missing';
      readonly map: YAMLMap | undefined;
      readonly owner: InMap | undefined;
      readonly inFlow: boolean;
      readonly parents: NodePath;
    };

const keyOf = (pair: Pair): string | undefined => (isScalar(pair.key) ? String(pair.key.value) : undefined);

const locate = (place: Place, path: NodePath): Found => {
  let node: unknown = place.document.contents;
  let owner: InMap | undefined;
  let inFlow = false;
  for (const [depth, key] of path.entries()) {
    const here = path.slice(0, depth + 1);
    if (isAlias(node)) return { kind: 'alias', node, inFlow, owner };
    if (isSeq(node) && typeof key === 'number') {
      inFlow ||= node.flow === true;
      if (depth === path.length - 1) return { kind: 'item', seq: node, index: key, inFlow, path: here, owner };
      node = node.items[key];
      owner = undefined;
      continue;
    }
    if (!isMap(node)) return { kind: 'missing', map: undefined, owner, inFlow, parents: path.slice(depth) };
    inFlow ||= node.flow === true;
    const pair = node.items.find((item) => keyOf(item) === String(key));
    if (pair === undefined) return { kind: 'missing', map: node, owner, inFlow, parents: path.slice(depth) };
    const at: InMap = { map: node, pair, inFlow, path: here, owner };
    if (depth === path.length - 1) return { kind: 'pair', ...at };
    owner = at;
    node = pair.value;
  }
  return { kind: 'missing', map: undefined, owner, inFlow, parents: [] };
};

// --- places in the text ------------------------------------------------------------------------------------------------

const lineStart = (text: string, offset: number): number => text.lastIndexOf('\n', offset - 1) + 1;
const columnOf = (text: string, offset: number): number => offset - lineStart(text, offset);
/** After the line break that ends the line, or the end of the text. */
const nextLine = (text: string, offset: number): number => {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end + 1;
};

const rangeOf = (node: unknown): readonly [number, number] | undefined => {
  const range = isScalar(node) || isCollection(node) || isAlias(node) ? node.range : undefined;
  return range ? [range[0], range[1]] : undefined;
};

/** Where the value's text ends, without a line break. */
const valueEnd = (text: string, pair: Pair): number | undefined => {
  const colon = colonOf(text, pair);
  if (colon === undefined) return undefined;
  let end = Math.max(colon + 1, rangeOf(pair.value)?.[1] ?? 0);
  while (end > colon + 1 && /[\r\n]/.test(text[end - 1] ?? '')) end -= 1;
  return end;
};

const colonOf = (text: string, pair: Pair): number | undefined => {
  const end = rangeOf(pair.key)?.[1];
  if (end === undefined) return undefined;
  const colon = text.indexOf(':', end);
  // Anything but blanks between key and colon is a form that is not edited here.
  return colon >= 0 && text.slice(end, colon).trim() === '' ? colon : undefined;
};

/** The first place after the lines of a node, for putting a line there. `text` there begins a line, or is at its end. */
const afterLines = (text: string, end: number): number => (text[end - 1] === '\n' ? end : nextLine(text, end));

/** Lines put at a place, also where the text does not end with a line break. */
const putLines = (place: Place, at: number, lines: string): Splice => {
  const block = lines.replaceAll('\n', place.newline);
  const open = at > 0 && place.text[at - 1] !== '\n';
  return { start: at, end: at, text: open ? place.newline + block : block + place.newline };
};

// --- values ------------------------------------------------------------------------------------------------------------

const isNested = (value: unknown): value is object => typeof value === 'object' && value !== null;

const quotesOf = (node: unknown): 'plain' | 'single' | 'double' => {
  if (!isScalar(node)) return 'plain';
  return node.type === 'QUOTE_SINGLE' ? 'single' : node.type === 'QUOTE_DOUBLE' ? 'double' : 'plain';
};

const isOnOneLine = (node: unknown): boolean =>
  isScalar(node) && (node.type === 'PLAIN' || node.type === 'QUOTE_SINGLE' || node.type === 'QUOTE_DOUBLE');

/** `key: value` over as many lines as it takes, the first without indentation; `column`: where the key stands. */
const renderPair = ({ manner }: Place, key: string, value: unknown, column: number): string =>
  indented(renderBlock({ [key]: value }, manner), column).slice(column);

/** The new value as it stands after the colon, its blank included. */
const renderAfterColon = (place: Place, value: unknown, column: number): string => {
  const shown = renderPair(place, 'k', value, column).slice(2);
  return shown.replaceAll('\n', place.newline);
};

const setPair = (place: Place, { pair, inFlow }: InMap, value: unknown): Splice | undefined => {
  const { text } = place;
  const colon = colonOf(text, pair);
  const end = valueEnd(text, pair);
  const keyAt = rangeOf(pair.key)?.[0];
  if (colon === undefined || end === undefined || keyAt === undefined) return undefined;
  const old = pair.value;
  const range = rangeOf(old);
  if (inFlow) {
    if (range === undefined || range[0] === range[1]) return undefined;
    return {
      start: range[0],
      end: range[1],
      text: isNested(value) ? renderFlow(value) : renderScalar(value, quotesOf(old)),
    };
  }
  const oneLine = !isBlock(value);
  if (oneLine && range !== undefined && range[1] > range[0] && (isOnOneLine(old) || isAlias(old))) {
    const shown = isNested(value) ? renderFlow(value) : renderScalar(value, quotesOf(old));
    return { start: range[0], end: range[1], text: shown };
  }
  const column = columnOf(text, keyAt);
  if (range === undefined || range[0] === range[1]) {
    // Nothing but perhaps a comment follows the colon.
    if (oneLine)
      return {
        start: colon + 1,
        end: colon + 1,
        text: ` ${isNested(value) ? renderFlow(value) : renderScalar(value)}`,
      };
    if (typeof value === 'string') {
      return { start: colon + 1, end: colon + 1, text: renderAfterColon(place, value, column) };
    }
    return putLines(place, nextLine(text, colon), renderAfterColon(place, value, column).replace(/^\r?\n/, ''));
  }
  // A comment on the key's line belongs to the key.
  const lineEnd = text.indexOf('\n', colon);
  const head = isCollection(old) && old.flow !== true && lineEnd >= 0 ? text.slice(colon + 1, lineEnd).trim() : '';
  if (head.startsWith('#') && isNested(value) && isBlock(value)) {
    return { start: lineEnd, end, text: renderAfterColon(place, value, column) };
  }
  // A comment behind the old value would become part of a text of several lines.
  const [line = '', ...lines] = renderAfterColon(place, value, column).split(place.newline);
  const comment = lines.length > 0 ? (/^[^\S\n]+#[^\r\n]*/.exec(text.slice(end))?.[0] ?? '') : '';
  return { start: colon + 1, end: end + comment.length, text: [line + comment, ...lines].join(place.newline) };
};

/** Adds the keys of `parents` below what is there. */
const addPath = (place: Place, found: Extract<Found, { kind: 'missing' }>, value: unknown): Splice | undefined => {
  const [key, ...rest] = found.parents;
  if (key === undefined || typeof key === 'number' || rest.some((part) => typeof part === 'number')) return undefined;
  const nested = rest.reduceRight<unknown>((inner, part) => ({ [part]: inner }), value);
  const { map, owner } = found;
  // No map yet: `key:` with nothing, or with something else.
  if (map === undefined || map.items.length === 0) {
    const range = rangeOf(map);
    if (owner !== undefined) return setPair(place, owner, { [key]: nested });
    return range === undefined ? undefined : { start: range[0], end: range[1], text: renderFlow({ [key]: nested }) };
  }
  if (found.inFlow) return addToFlow(place, map, `${renderScalar(key)}: ${renderFlow(nested)}`);
  return addToBlock({ ...place, manner: mannerIn(place, map, owner) }, map, key, nested);
};

/** As the map itself is indented below its key, where it is. */
const mannerIn = ({ text, manner }: Place, map: YAMLMap, owner: InMap | undefined): Manner => {
  const [inner, outer] = [rangeOf(map.items[0]?.key)?.[0], rangeOf(owner?.pair.key)?.[0]];
  if (inner === undefined || outer === undefined) return manner;
  const indent = columnOf(text, inner) - columnOf(text, outer);
  return indent > 0 ? { ...manner, indent } : manner;
};

const addToFlow = ({ text }: Place, map: YAMLMap | YAMLSeq, shown: string): Splice | undefined => {
  const last = map.items.at(-1);
  const end = isMap(map) ? rangeOf(map.items.at(-1)?.value)?.[1] : rangeOf(last)?.[1];
  const close = rangeOf(map)?.[1];
  if (end === undefined || close === undefined) return undefined;
  // After a comma at the end another one would be an error.
  if (text.slice(end, close).includes(',')) return undefined;
  return { start: end, end, text: `, ${shown}` };
};

const addToBlock = (place: Place, map: YAMLMap, key: string, value: unknown): Splice | undefined => {
  const { text } = place;
  const [first] = map.items;
  const last = map.items.at(-1);
  const at = rangeOf(first?.key)?.[0];
  const end = last === undefined ? undefined : valueEnd(text, last);
  if (at === undefined || end === undefined || last === undefined) return undefined;
  const column = columnOf(text, at);
  const range = rangeOf(last.value);
  const after = afterLines(text, range !== undefined && range[1] > end && text[range[1] - 1] === '\n' ? range[1] : end);
  return putLines(place, after, ' '.repeat(column) + renderPair(place, key, value, column));
};

const removePair = (place: Place, found: InMap): Splice | undefined => {
  const { text } = place;
  const { map, pair, inFlow, owner } = found;
  const start = rangeOf(pair.key)?.[0];
  const end = valueEnd(text, pair);
  if (start === undefined || end === undefined) return undefined;
  if (map.items.length === 1) {
    if (owner === undefined) {
      const from = rangeOf(map)?.[0];
      return from === undefined
        ? undefined
        : { start: from, end: inFlow ? (rangeOf(map)?.[1] ?? end) : end, text: '{}' };
    }
    // Labels and annotations that are empty say nothing.
    const [top, field] = owner.path;
    const metadata = owner.path.length === 2 && top === 'metadata' && (field === 'labels' || field === 'annotations');
    return metadata ? removePair(place, owner) : setPair(place, owner, {});
  }
  const index = map.items.indexOf(pair);
  if (inFlow) {
    const next = rangeOf(map.items[index + 1]?.key)?.[0];
    const before = map.items[index - 1];
    const beforeEnd = before === undefined ? undefined : (rangeOf(before.value)?.[1] ?? rangeOf(before.key)?.[1]);
    if (next !== undefined) return { start, end: next, text: '' };
    return beforeEnd === undefined ? undefined : { start: beforeEnd, end, text: '' };
  }
  const from = lineStart(text, start);
  const range = rangeOf(pair.value);
  const until = afterLines(text, range !== undefined && range[1] > end && text[range[1] - 1] === '\n' ? range[1] : end);
  if (text.slice(from, start).trim() === '') return { start: from, end: until, text: '' };
  // The first key of an element stands behind its dash: the next key takes its place.
  const next = rangeOf(map.items[index + 1]?.key)?.[0];
  return index === 0 && next !== undefined && text.slice(until, next).trim() === ''
    ? { start, end: next, text: '' }
    : undefined;
};

// --- lists -------------------------------------------------------------------------------------------------------------

/** Where the dash of an element is. */
const dashOf = (text: string, item: unknown): number | undefined => {
  const start = rangeOf(item)?.[0];
  if (start === undefined) return undefined;
  const dash = text.lastIndexOf('-', start - 1);
  return dash >= 0 && text.slice(dash + 1, start).trim() === '' && text.slice(lineStart(text, dash), dash).trim() === ''
    ? dash
    : undefined;
};

const renderItem = (place: Place, value: unknown, column: number): string =>
  indented(renderBlock([value], { ...place.manner, indentLists: false }), column);

const changeItem = (
  place: Place,
  { seq, index, inFlow, owner }: Extract<Found, { kind: 'item' }>,
  step: Step,
): Splice | undefined => {
  const small = inFlow ? undefined : blockItem(place, seq, index, step);
  if (small !== undefined) return small;
  const item = seq.items[index];
  const range = rangeOf(item);
  if (step.kind === 'set' && range !== undefined && (inFlow || (!isBlock(step.value) && isOnOneLine(item)))) {
    const shown = isNested(step.value) ? renderFlow(step.value) : renderScalar(step.value, quotesOf(item));
    return { start: range[0], end: range[1], text: shown };
  }
  // The list as a whole.
  const value = applyStep(list(seq.toJS(place.document, { maxAliasCount: MAX_ALIASES })), { ...step, path: [index] });
  const whole = rangeOf(seq);
  if (inFlow) return whole === undefined ? undefined : { start: whole[0], end: whole[1], text: renderFlow(value) };
  return owner === undefined ? undefined : setPair(place, owner, value);
};

const blockItem = (place: Place, seq: YAMLSeq, index: number, step: Step): Splice | undefined => {
  const { text } = place;
  const first = dashOf(text, seq.items[0]);
  if (first === undefined) return undefined;
  const column = columnOf(text, first);
  const lineOf = (item: unknown): { readonly start: number; readonly end: number } | undefined => {
    const dash = dashOf(text, item);
    const end = rangeOf(item)?.[1];
    return dash === undefined || end === undefined
      ? undefined
      : { start: lineStart(text, dash), end: afterLines(text, end) };
  };
  if (step.kind === 'insert') {
    const before = lineOf(seq.items[index]);
    if (before !== undefined) return putLines(place, before.start, renderItem(place, step.value, column));
    const last = lineOf(seq.items.at(-1));
    return last === undefined ? undefined : putLines(place, last.end, renderItem(place, step.value, column));
  }
  const item = seq.items[index];
  const lines = lineOf(item);
  if (lines === undefined) return undefined;
  if (step.kind === 'remove') {
    return seq.items.length === 1 ? undefined : { start: lines.start, end: lines.end, text: '' };
  }
  if (!isBlock(step.value) && isOnOneLine(item)) return undefined;
  const rendered = renderItem(place, step.value, column).replaceAll('\n', place.newline);
  const broken = text[lines.end - 1] === '\n';
  return { start: lines.start, end: lines.end, text: broken ? rendered + place.newline : rendered };
};

const insertItem = (place: Place, pair: Pair, index: number | undefined, value: unknown): Splice | undefined => {
  if (!isSeq(pair.value)) return undefined;
  const at = index ?? pair.value.items.length;
  return blockItem(place, pair.value, at, { kind: 'insert', path: [at], value });
};

// --- aliases -----------------------------------------------------------------------------------------------------------

/** The alias replaced by what it stands for. */
const writtenOut = (place: Place, { node, inFlow, owner }: Extract<Found, { kind: 'alias' }>): Splice | undefined => {
  if (!isAlias(node)) return undefined;
  const value = node.toJS(place.document, { maxAliasCount: MAX_ALIASES });
  if (owner !== undefined && !inFlow) return setPair(place, owner, value);
  const range = rangeOf(node);
  return range === undefined ? undefined : { start: range[0], end: range[1], text: renderFlow(value) };
};

/** The first alias of a document replaced by what it stands for; undefined when there is none, or it is a merge key. */
export const writeOutFirstAlias = (text: string, document: YamlDocument): Splice | undefined => {
  const place: Place = { text, document, manner: mannerOf(text, document), newline: '\n' };
  const search = (node: unknown): Splice | undefined => {
    if (isMap(node)) {
      for (const pair of node.items) {
        if (isAlias(pair.value) && keyOf(pair) !== '<<') {
          const range = rangeOf(pair.value);
          const value = pair.value.toJS(place.document, { maxAliasCount: MAX_ALIASES });
          return range === undefined ? undefined : { start: range[0], end: range[1], text: renderFlow(value) };
        }
        const found = search(pair.value);
        if (found !== undefined) return found;
      }
    }
    if (isSeq(node)) {
      for (const item of node.items) {
        if (isAlias(item)) {
          const range = rangeOf(item);
          const value = item.toJS(place.document, { maxAliasCount: MAX_ALIASES });
          return range === undefined ? undefined : { start: range[0], end: range[1], text: renderFlow(value) };
        }
        const found = search(item);
        if (found !== undefined) return found;
      }
    }
    return undefined;
  };
  return search(document.contents);
};
