import type { Content } from '../diff/canonical.ts';
import { sameValue } from '../diff/field.ts';
import type { EntityRef } from '../entity.ts';
import { type FileEntity, type ParseOptions, parseFile, sameRef } from '../folder/parse.ts';
import { hasAliases, parseYaml } from '../folder/yaml.ts';
import { renderEntity } from './render.ts';
import { type Splice, spliceFor, writeOutFirstAlias } from './splice.ts';
import { type Step, stepsBetween, wholeFields } from './steps.ts';

/** A file's new text, or why there is none. */
export type Edited =
  | { readonly kind: 'ok'; readonly text: string }
  | { readonly kind: 'impossible'; readonly reason: string };

const impossible = (reason: string): Edited => ({ kind: 'impossible', reason });

/** A text takes few steps; this only ends what would go round. */
const MAX_STEPS = 10_000;

/**
 * The text of a file with one entity changed to `content`: only what differs is touched, so that comments, order, quotes,
 * anchors and other documents stay byte for byte. The result is read again: the entity must say what is wanted, and every other
 * entity what it said before.
 */
export const changeEntity = (
  path: string,
  text: string,
  ref: EntityRef,
  content: Content,
  options: ParseOptions,
): Edited => {
  const before = entitiesOf(path, text, options);
  const entity = before?.find((one) => sameRef(one.ref, ref));
  if (before === undefined || entity === undefined) return impossible('the entity is not in the file');
  const steps = stepsBetween(entity.content, content);
  if (steps.length === 0) return { kind: 'ok', text };
  const wanted = before.map((one) => (one === entity ? { ref: one.ref, content } : one));
  const direct = applySteps(text, entity.index, steps);
  if (direct !== undefined && says(path, direct, wanted, options)) return { kind: 'ok', text: direct };
  // An anchor in what changes would change its aliases too: those are written out first.
  const apart = withoutAliases(text, entity.index);
  const second = apart === undefined ? undefined : applySteps(apart, entity.index, steps);
  if (second !== undefined && says(path, second, wanted, options)) return { kind: 'ok', text: second };
  // Where comments stand in the way inside a list, the list is written anew.
  const whole = applySteps(apart ?? text, entity.index, wholeFields(entity.content, content));
  if (whole !== undefined && says(path, whole, wanted, options)) return { kind: 'ok', text: whole };
  return impossible(
    'the fields come from an anchor, a merge key or a form that cannot be changed without changing more',
  );
};

/** The text with a new entity in a document of its own at the end; for a new file, `text` is `''`. */
export const addEntity = (
  path: string,
  text: string,
  ref: EntityRef,
  content: Content,
  options: ParseOptions,
): Edited => {
  const before = entitiesOf(path, text, options);
  if (before === undefined) return impossible('the file cannot be read');
  const newline = /\r\n/.test(text) ? '\r\n' : '\n';
  const rendered = renderEntity(ref, content).replaceAll('\n', newline);
  const head = text.trim() === '' ? '' : `${text}${text.endsWith('\n') ? '' : newline}---${newline}`;
  const added = head + rendered;
  return says(path, added, [...before, { ref, content }], options)
    ? { kind: 'ok', text: added }
    : impossible('it cannot be written as YAML');
};

/** The text without an entity; `''` when nothing but comments is left, which is a file to delete. */
export const removeEntity = (path: string, text: string, ref: EntityRef, options: ParseOptions): Edited => {
  const before = entitiesOf(path, text, options);
  const entity = before?.find((one) => sameRef(one.ref, ref));
  if (before === undefined || entity === undefined) return impossible('the entity is not in the file');
  const { documents } = parseYaml(text);
  const others = documents.filter((document, index) => index !== entity.index && document.toJS() !== null);
  if (others.length === 0) return { kind: 'ok', text: '' };
  const document = documents[entity.index];
  const next = documents[entity.index + 1];
  if (document === undefined) return impossible('the entity is not in the file');
  // Each document begins with its line of dashes; the first may have none, and comments before it stay.
  const start = document.range[0];
  const end = next === undefined ? text.length : next.range[0];
  const dashed = text.startsWith('---', start);
  const removed =
    !dashed && next !== undefined
      ? text.slice(0, start) + text.slice(end).replace(/^---[^\S\n]*\r?\n/, '')
      : text.slice(0, start) + text.slice(end);
  const rest = before.filter((one) => one !== entity);
  return says(path, removed, rest, options)
    ? { kind: 'ok', text: removed }
    : impossible('its document cannot be told from the others');
};

const entitiesOf = (path: string, text: string, options: ParseOptions): readonly FileEntity[] | undefined => {
  const parsed = parseFile(path, text, options);
  return parsed.kind === 'ok' ? parsed.entities : undefined;
};

const says = (
  path: string,
  text: string,
  wanted: readonly { readonly ref: EntityRef; readonly content: Content }[],
  options: ParseOptions,
): boolean => {
  const found = entitiesOf(path, text, options);
  return (
    found !== undefined &&
    found.length === wanted.length &&
    wanted.every((one) => found.some(({ ref, content }) => sameRef(ref, one.ref) && sameValue(content, one.content)))
  );
};

const applySteps = (text: string, index: number, steps: readonly Step[]): string | undefined => {
  let now = text;
  const open = [...steps];
  for (let count = 0; open.length > 0; count += 1) {
    const [step] = open;
    const document = readDocument(now, index);
    if (step === undefined || document === undefined || count > MAX_STEPS) return undefined;
    const spliced = spliceFor(now, document, step);
    if (spliced === undefined) return undefined;
    now = applySplice(now, spliced.splice);
    if (!spliced.again) open.shift();
  }
  return now;
};

const readDocument = (text: string, index: number) => {
  try {
    const document = parseYaml(text).documents[index];
    return document === undefined || document.errors.length > 0 ? undefined : document;
  } catch {
    return undefined;
  }
};

const applySplice = (text: string, { start, end, text: put }: Splice): string =>
  text.slice(0, start) + put + text.slice(end);

const withoutAliases = (text: string, index: number): string | undefined => {
  let now = text;
  for (let count = 0; count < MAX_STEPS; count += 1) {
    const document = readDocument(now, index);
    if (document === undefined) return undefined;
    const splice = hasAliases(document) ? writeOutFirstAlias(now, document) : undefined;
    if (splice === undefined) return count === 0 ? undefined : now;
    now = applySplice(now, splice);
  }
  return undefined;
};
