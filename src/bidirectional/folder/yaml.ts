import { type Document, isMap, isScalar, isSeq, LineCounter, parseAllDocuments, type ScalarTag, visit } from 'yaml';

/**
 * YAML as Kubernetes reads it: 1.2, and beside `true` and `false` the older words for them, octal numbers and merge keys
 * (`sigs.k8s.io/yaml` over go-yaml v2).
 */
const WORDS: ScalarTag = {
  identify: () => false,
  default: true,
  tag: 'tag:yaml.org,2002:bool',
  test: /^(?:y|Y|yes|Yes|YES|on|On|ON|n|N|no|No|NO|off|Off|OFF)$/,
  resolve: (text) => /^(?:y|Y|yes|Yes|YES|on|On|ON)$/.test(text),
};

const OCTAL: ScalarTag = {
  identify: () => false,
  default: true,
  tag: 'tag:yaml.org,2002:int',
  test: /^[-+]?0[0-7]+$/,
  resolve: (text) => Number.parseInt(text, 8),
};

/** A value that refers to others more often than this is refused: a few lines could stand for gigabytes. */
export const MAX_ALIASES = 100;

export type YamlDocument = Document.Parsed;

/** Where something is in a file, from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export interface ParsedYaml {
  readonly documents: readonly YamlDocument[];
  readonly positionOf: (offset: number) => Position;
}

/** All documents of a text. Throws a RangeError where it is nested too deeply. */
export const parseYaml = (text: string): ParsedYaml => {
  const lineCounter = new LineCounter();
  const parsed = parseAllDocuments(text, {
    lineCounter,
    logLevel: 'silent',
    prettyErrors: false,
    merge: true,
    customTags: (tags) => [WORDS, OCTAL, ...tags],
  });
  return {
    documents: Array.isArray(parsed) ? parsed.map((document): YamlDocument => document) : [],
    positionOf(offset) {
      const { line, col } = lineCounter.linePos(offset);
      return { line: Math.max(1, line), column: Math.max(1, col) };
    },
  };
};

/** The plain value of a document. Throws where it refers to itself too often. */
export const plainValue = (document: YamlDocument): unknown => document.toJS({ maxAliasCount: MAX_ALIASES });

/** Where in the text a document's content begins. */
export const startOf = (document: YamlDocument): number => document.contents?.range?.[0] ?? document.range[0];

/** Where the value of a key of the top level begins; the document's start where there is none. */
export const startOfKey = (document: YamlDocument, ...path: readonly string[]): number => {
  const [key, ...rest] = path;
  let node: unknown = document.contents;
  let at = startOf(document);
  for (const name of key === undefined ? [] : [key, ...rest]) {
    if (!isMap(node)) return at;
    const pair = node.items.find((item) => isScalar(item.key) && item.key.value === name);
    if (pair === undefined) return at;
    if (isScalar(pair.key) && pair.key.range) at = pair.key.range[0];
    node = pair.value;
  }
  return at;
};

/**
 * Where a field begins that Kubernetes names, such as `spec.sources[0].repoURL`: its key, or the item of a list. Where it is not written
 * there, where the nearest of its parents begins. Keys may have dots themselves.
 */
export const startOfField = (
  document: YamlDocument,
  field: string,
): { readonly at: number; readonly found: boolean } => {
  let node: unknown = document.contents;
  let at = startOf(document);
  let rest = field;
  while (rest !== '') {
    if (isSeq(node)) {
      const [whole, index] = /^\[(\d+)\]\.?/.exec(rest) ?? [];
      const item = whole === undefined ? undefined : node.items[Number(index)];
      const range = isMap(item) || isScalar(item) || isSeq(item) ? item.range : undefined;
      if (whole === undefined || !range) return { at, found: false };
      [at] = range;
      node = item;
      rest = rest.slice(whole.length);
      continue;
    }
    if (!isMap(node)) return { at, found: false };
    const steps = node.items.flatMap(({ key, value }) => {
      if (!isScalar(key) || !key.range) return [];
      const after = afterKey(rest, String(key.value));
      return after === undefined ? [] : [{ start: key.range[0], value, after }];
    });
    // The longest key is meant: what is left is the shortest.
    const [step] = steps.sort((a, b) => a.after.length - b.after.length);
    if (step === undefined) return { at, found: false };
    at = step.start;
    node = step.value;
    rest = step.after;
  }
  return { at, found: true };
};

/** What is left of a field's name after a key: `key`, `key.…`, `key[…` or `[key]…`; undefined: it is another one. */
const afterKey = (field: string, key: string): string | undefined => {
  for (const start of [key, `[${key}]`]) {
    if (!field.startsWith(start)) continue;
    const after = field.slice(start.length);
    if (after === '' || after.startsWith('[')) return after;
    if (after.startsWith('.')) return after.slice(1);
  }
  return undefined;
};

/** Whether any node of a document is an alias: then an edit in one place may show in another. */
export const hasAliases = (document: YamlDocument): boolean => {
  let found = false;
  visit(document, {
    Alias() {
      found = true;
      return visit.BREAK;
    },
  });
  return found;
};
