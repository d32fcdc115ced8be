import { type Document, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLMap } from 'yaml';

/** A value of the step, with where it stands: `spec.prune`, and `line 4, column 7`. */
export interface Field {
  readonly path: string;
  readonly at: string;
  /** As plain data. */
  readonly value: unknown;
  /** Of a map, by key; empty for anything else. */
  readonly fields: ReadonlyMap<string, Field>;
  /** Of a list; empty for anything else. */
  readonly items: readonly Field[];
}

/** The step as YAML has it, or why it cannot be read. */
export type Parsed =
  | { readonly kind: 'ok'; readonly step: Field; readonly whole: boolean }
  | { readonly kind: 'invalid'; readonly problem: string; readonly remedy: string };

const REMEDY = 'Paste the YAML of the step as it stands in the pipeline: the whole step, or what is below its spec.';

/** More would be no step. */
const MAX_LENGTH = 200_000;

/**
 * Reads the YAML of one GitOpsSync step: `step:` with all below it (also as the one item of a list), what is below `step`, or
 * what is below `spec`. `whole` says that it is more than the spec.
 */
export const parseStep = (text: string): Parsed => {
  if (text.length > MAX_LENGTH) return { kind: 'invalid', problem: 'is too long to be one step', remedy: REMEDY };
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [error] = document.errors;
  if (error !== undefined) {
    const { line, col } = lines.linePos(error.pos[0]);
    const message = error.message.split('\n')[0] ?? '';
    return { kind: 'invalid', problem: `is no YAML: line ${line}, column ${col}: ${message}`, remedy: REMEDY };
  }
  const node = unwrapped(document.contents);
  if (node === undefined) {
    return { kind: 'invalid', problem: 'is not one GitOpsSync step', remedy: REMEDY };
  }
  const whole = node.has('spec') || node.has('type');
  try {
    return { kind: 'ok', step: fieldOf(node, whole ? '' : 'spec', document, lines), whole };
  } catch {
    // Aliases that point nowhere, or multiply without end.
    return { kind: 'invalid', problem: 'has YAML aliases that cannot be resolved', remedy: REMEDY };
  }
};

/** Below `- step:` and `step:`. */
const unwrapped = (node: unknown): YAMLMap | undefined => {
  if (isSeq(node)) return node.items.length === 1 ? unwrapped(node.items[0]) : undefined;
  if (!isMap(node)) return undefined;
  return node.items.length === 1 && node.has('step') ? unwrapped(node.get('step', true)) : node;
};

const fieldOf = (node: Node, path: string, document: Document, lines: LineCounter): Field => {
  const { line, col } = lines.linePos(node.range?.[0] ?? 0);
  const below = (name: string): string => (path === '' ? name : `${path}.${name}`);
  const resolved = isMap(node) || isSeq(node) || isScalar(node) ? node : undefined;
  return {
    path,
    at: `line ${line}, column ${col}`,
    value: node.toJS(document),
    fields: new Map(
      isMap(resolved)
        ? resolved.items.flatMap(({ key, value }): readonly (readonly [string, Field])[] => {
            const name = String(isScalar(key) ? key.value : key);
            return isNode(value) ? [[name, fieldOf(value, below(name), document, lines)]] : [];
          })
        : [],
    ),
    items: isSeq(resolved)
      ? resolved.items.flatMap((item, index) =>
          isNode(item) ? [fieldOf(item, `${path}[${index}]`, document, lines)] : [],
        )
      : [],
  };
};

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'toJS' in value;
