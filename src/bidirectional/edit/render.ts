import { Document, isScalar, visit } from 'yaml';
import { isRecord, type JsonRecord, list, record } from '../../lib/json.ts';
import type { Content } from '../diff/canonical.ts';
import { API_VERSION, type EntityRef } from '../entity.ts';

/** How a file is written, so that what is added looks like the rest. */
export interface Manner {
  /** Spaces for each level. */
  readonly indent: number;
  /** Whether the dashes of a list stand deeper than its key. */
  readonly indentLists: boolean;
}

export const DEFAULT_MANNER: Manner = { indent: 2, indentLists: true };

/** What some reader of YAML takes for something else than text when it stands without quotes. */
const NO_TEXT = [
  /^(?:y|n|yes|no|on|off|true|false|null|~|=|<<)?$/i,
  /^[-+]?(?:0x[\da-f_]+|0o?[0-7_]+|0b[01_]+|\d[\d_]*)$/i,
  /^[-+]?(?:\.\d[\d_]*|\d[\d_]*\.?[\d_]*)(?:e[-+]?\d+)?$/i,
  /^[-+]?\.(?:inf|nan)$/i,
  /^[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?$/,
  /^\d{4}-\d{1,2}-\d{1,2}/,
] as const;

/** Whether a text can stand in YAML without quotes, in block and flow style, for every reader of YAML. */
const isPlain = (text: string): boolean =>
  /^[A-Za-z0-9_./(^$\\+=~;<-][ -~]*$/.test(text) &&
  !/[[\]{},#&*!|>'"%@`]|: |:$| $/.test(text) &&
  !/^(?:-(?: |$)|---|\.\.\.|=)/.test(text) &&
  !NO_TEXT.some((pattern) => pattern.test(text));

/** A text, number or boolean on one line, in the quotes of what it replaces where that is possible. */
export const renderScalar = (value: unknown, quotes: 'plain' | 'single' | 'double' = 'plain'): string => {
  if (typeof value !== 'string') return JSON.stringify(value) ?? 'null';
  const printable = !/[\p{C}\p{Zl}\p{Zp}\u00a0]/u.test(value);
  if (quotes === 'plain' && isPlain(value)) return value;
  if (quotes === 'single' && printable) return `'${value.replaceAll("'", "''")}'`;
  return JSON.stringify(value).replaceAll(/[\u007f-\u00a0\u2028\u2029\ufeff]/g, (char) => {
    return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
};

/** A value on one line: `{a: 1, b: [x, y]}`. */
export const renderFlow = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(renderFlow).join(', ')}]`;
  if (!isRecord(value)) return renderScalar(value);
  return `{${Object.entries(value)
    .map(([key, item]) => `${renderScalar(key)}: ${renderFlow(item)}`)
    .join(', ')}}`;
};

/** Whether a value has to be written over several lines. */
export const isBlock = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.length > 0
    : isRecord(value)
      ? Object.keys(value).length > 0
      : typeof value === 'string' && value.includes('\n');

/** A value over several lines, without indentation of its own and without a line break at the end. */
export const renderBlock = (value: unknown, manner: Manner): string => {
  const document = new Document(value, { aliasDuplicateObjects: false });
  visit(document, {
    Scalar(_, node) {
      if (typeof node.value === 'string' && !node.value.includes('\n') && !isPlain(node.value)) {
        node.type = 'QUOTE_DOUBLE';
      }
    },
  });
  return document
    .toString({
      indent: manner.indent,
      indentSeq: manner.indentLists,
      lineWidth: 0,
      blockQuote: 'literal',
      doubleQuotedMinMultiLineLength: Number.POSITIVE_INFINITY,
      singleQuote: false,
    })
    .replace(/\n$/, '');
};

/** The lines of a block, each that is not empty moved to the right. */
export const indented = (block: string, spaces: number): string => block.replaceAll(/^(?=[^\n])/gm, ' '.repeat(spaces));

/** A new entity as a document. */
export const renderEntity = (ref: EntityRef, content: Content, manner: Manner = DEFAULT_MANNER): string => {
  const { metadata, ...rest } = content;
  const { labels, annotations, finalizers } = record(metadata);
  const shown: JsonRecord = {
    apiVersion: API_VERSION,
    kind: ref.kind,
    metadata: {
      name: ref.name,
      namespace: ref.namespace,
      ...(Object.keys(record(labels)).length > 0 ? { labels } : {}),
      ...(Object.keys(record(annotations)).length > 0 ? { annotations } : {}),
      ...(list(finalizers).length > 0 ? { finalizers } : {}),
    },
    ...rest,
  };
  return `${renderBlock(shown, manner)}\n`;
};

/** How a parsed document is written; what it does not show is the default. */
export const mannerOf = (text: string, document: Document.Parsed): Manner => {
  let indent: number | undefined;
  let indentLists: boolean | undefined;
  const columnOf = (offset: number): number => offset - (text.lastIndexOf('\n', offset - 1) + 1);
  visit(document, {
    Pair(_, pair) {
      const { key, value } = pair;
      if (!isScalar(key) || !key.range || typeof value !== 'object' || value === null || !('items' in value)) return;
      const collection = value as {
        items: readonly unknown[];
        flow?: boolean;
        range?: readonly [number, ...number[]] | null;
      };
      if (collection.flow === true || !collection.range || collection.items.length === 0) return;
      const column = columnOf(key.range[0]);
      const inner = columnOf(collection.range[0]);
      const isList = text[collection.range[0]] === '-';
      if (isList) indentLists ??= inner > column;
      if (!isList && inner > column) indent ??= inner - column;
      return indent !== undefined && indentLists !== undefined ? visit.BREAK : undefined;
    },
  });
  return { indent: indent ?? DEFAULT_MANNER.indent, indentLists: indentLists ?? DEFAULT_MANNER.indentLists };
};
