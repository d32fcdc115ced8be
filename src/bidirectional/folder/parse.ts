import { isRecord, type JsonRecord, list, record, text } from '../../lib/json.ts';
import { oneLine } from '../../lib/printable.ts';
import { type Content, contentOf } from '../diff/canonical.ts';
import { API_GROUP, API_VERSION, type EntityRef, isKind, type Kind } from '../entity.ts';
import {
  type ParsedYaml,
  type Position,
  parseYaml,
  plainValue,
  startOf,
  startOfKey,
  type YamlDocument,
} from './yaml.ts';

/** An entity in a file. */
export interface FileEntity {
  readonly ref: EntityRef;
  /** Which document of the file, from 0. */
  readonly index: number;
  readonly content: Content;
  readonly position: Position;
}

/** Why a file is not read: all of it stays out, the others go on. */
export interface FileProblem {
  readonly path: string;
  readonly position: Position;
  /** `Invalid YAML Detected` and the like. */
  readonly title: string;
  readonly message: string;
  readonly hint: string;
}

export type ParsedFile =
  | { readonly kind: 'ok'; readonly entities: readonly FileEntity[] }
  | { readonly kind: 'refused'; readonly problem: FileProblem };

export interface ParseOptions {
  readonly kinds: readonly Kind[];
  /** Of entities that name none. */
  readonly namespace: string;
}

export const INVALID_YAML = 'Invalid YAML Detected';
export const START: Position = { line: 1, column: 1 };
/** Of a problem, in characters. */
export const MAX_MESSAGE = 300;

/** Larger files hold something else; an Application has a few kilobytes. */
export const MAX_FILE_BYTES = 1024 * 1024;
const MAX_DOCUMENTS = 1000;

const refuse = (
  path: string,
  position: Position,
  message: string,
  hint: string,
  title: string = INVALID_YAML,
): ParsedFile => ({
  kind: 'refused',
  problem: { path, position, title, message: oneLine(message, MAX_MESSAGE), hint },
});

/** A file that is not looked into. */
export const refusedFile = (path: string, message: string, hint: string, title = 'File refused'): FileProblem => ({
  path,
  position: START,
  title,
  message,
  hint,
});

/**
 * The entities of a file, or the first thing that is wrong with it. Documents of other kinds are nobody's business; a Secret
 * is refused with its file.
 */
export const parseFile = (path: string, source: string, options: ParseOptions): ParsedFile => {
  let yaml: ParsedYaml;
  try {
    yaml = parseYaml(source);
  } catch {
    return refuse(path, START, 'is nested too deeply', 'Write it with fewer levels.');
  }
  if (yaml.documents.length > MAX_DOCUMENTS) {
    return refuse(path, START, `has more than ${MAX_DOCUMENTS} documents`, 'Spread them over several files.');
  }
  for (const document of yaml.documents) {
    const [error] = document.errors;
    if (error !== undefined) {
      const message = error.message.includes('call stack') ? 'is nested too deeply' : error.message;
      return refuse(
        path,
        yaml.positionOf(error.pos[0]),
        message,
        'Correct the file; until then the platform keeps what it has.',
      );
    }
  }
  const entities: FileEntity[] = [];
  for (const [index, document] of yaml.documents.entries()) {
    const read = readDocument(document, options);
    if (read.kind === 'wrong') {
      return refuse(path, yaml.positionOf(read.offset), read.message, read.hint, read.title);
    }
    if (read.kind === 'foreign') continue;
    const { ref, content } = read;
    const position = yaml.positionOf(startOf(document));
    const twin = entities.find((other) => sameRef(other.ref, ref));
    if (twin !== undefined) {
      const message = `${ref.kind} ${ref.namespace}/${ref.name} is here twice, first in line ${twin.position.line}`;
      return refuse(path, position, message, 'Keep one of them.', 'Duplicate entity');
    }
    entities.push({ ref, index, content, position });
  }
  return { kind: 'ok', entities };
};

export const sameRef = (a: EntityRef, b: EntityRef): boolean =>
  a.kind === b.kind && a.namespace === b.namespace && a.name === b.name;

type ReadDocument =
  | { readonly kind: 'entity'; readonly ref: EntityRef; readonly content: Content }
  | { readonly kind: 'foreign' }
  | {
      readonly kind: 'wrong';
      readonly offset: number;
      readonly message: string;
      readonly hint: string;
      readonly title?: string;
    };

const readDocument = (document: YamlDocument, { kinds, namespace }: ParseOptions): ReadDocument => {
  let value: unknown;
  try {
    value = plainValue(document);
  } catch {
    return {
      kind: 'wrong',
      offset: startOf(document),
      message: 'refers to its own parts too often (aliases)',
      hint: 'Write the values out.',
    };
  }
  if (!isRecord(value)) return { kind: 'foreign' };
  const wrong = (path: readonly string[], message: string, hint: string, title?: string): ReadDocument => ({
    kind: 'wrong',
    offset: startOfKey(document, ...path),
    message,
    hint,
    ...(title === undefined ? {} : { title }),
  });
  const apiVersion = text(value.apiVersion);
  if (value.kind === 'Secret' && apiVersion === 'v1' && !isRecord(value.sops)) {
    return wrong(
      ['kind'],
      'holds a Secret in plain text',
      'Take it out of the folder, or keep it encrypted (SealedSecret, ExternalSecret, SOPS).',
      'Secret refused',
    );
  }
  if (apiVersion.startsWith(`${API_GROUP}/`) && apiVersion.endsWith('List')) return { kind: 'foreign' };
  if (/List$/.test(text(value.kind)) && list(value.items).some((item) => isOurs(record(item), kinds))) {
    return wrong(
      ['kind'],
      'is a list of entities',
      'Write each entity as a document of its own, between lines of ---.',
    );
  }
  return isOurs(value, kinds) ? readEntity(value, namespace, wrong) : { kind: 'foreign' };
};

const isOurs = (value: JsonRecord, kinds: readonly Kind[]): boolean =>
  text(value.apiVersion).startsWith(`${API_GROUP}/`) && isKind(value.kind) && kinds.includes(value.kind);

const NAME = /^[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?$/;
const NAMESPACE = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;

const readEntity = (
  value: JsonRecord,
  fallback: string,
  wrong: (path: readonly string[], message: string, hint: string) => ReadDocument,
): ReadDocument => {
  const { kind } = value;
  if (!isKind(kind)) return { kind: 'foreign' };
  if (value.apiVersion !== API_VERSION) {
    return wrong(['apiVersion'], `has the apiVersion ${text(value.apiVersion)}`, `Write ${API_VERSION}.`);
  }
  if (!isRecord(value.metadata))
    return wrong(['metadata'], `has an ${kind} without metadata`, 'Give it metadata.name.');
  const { name, namespace } = value.metadata;
  if (typeof name !== 'string' || !NAME.test(name)) {
    return wrong(
      ['metadata', 'name'],
      `has an ${kind} ${name === undefined ? 'without a name' : 'whose metadata.name is no name'}`,
      'A name has lower-case letters, digits, - and . only.',
    );
  }
  if (namespace !== undefined && namespace !== null && (typeof namespace !== 'string' || !NAMESPACE.test(namespace))) {
    return wrong(['metadata', 'namespace'], 'metadata.namespace is no name of a namespace', 'Correct or remove it.');
  }
  for (const field of ['labels', 'annotations'] as const) {
    const map = value.metadata[field];
    if (map === undefined || map === null) continue;
    const bad = isRecord(map)
      ? Object.entries(map).find(([, item]) => item !== null && typeof item !== 'string')?.[0]
      : '';
    if (bad !== undefined) {
      const path = ['metadata', field, ...(bad === '' ? [] : [bad])];
      return wrong(path, `${path.join('.')} is no text`, 'Labels and annotations are texts: put the value in quotes.');
    }
  }
  const { finalizers } = value.metadata;
  if (finalizers !== undefined && finalizers !== null && !isTexts(finalizers)) {
    return wrong(['metadata', 'finalizers'], 'metadata.finalizers is no list of texts', 'Correct it.');
  }
  if (!isRecord(value.spec)) return wrong(['spec'], `has an ${kind} without a spec`, 'Give it a spec.');
  return {
    kind: 'entity',
    ref: { kind, namespace: typeof namespace === 'string' ? namespace : fallback, name },
    content: contentOf(value),
  };
};

const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every((item) => typeof item === 'string');
