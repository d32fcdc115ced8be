import { isRecord, type JsonRecord } from '../../lib/json.ts';

/** Keys from the root of an entity to a field. A list is one field: its elements have no names that both sides know. */
export type FieldPath = readonly string[];

/** RFC 6901: `/spec/source/targetRevision`. */
export const pointerOf = (path: FieldPath): string =>
  path.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** The path of a pointer. */
export const pathOf = (pointer: string): FieldPath =>
  pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));

/** The value of a field, undefined where there is none. */
export const valueAt = (value: unknown, path: FieldPath): unknown =>
  path.reduce<unknown>((at, key) => (isRecord(at) && Object.hasOwn(at, key) ? at[key] : undefined), value);

/** A copy with the field set, or without it when `value` is undefined. Missing parents are made; what is no object on the way is replaced. */
export const withValue = (object: JsonRecord, path: FieldPath, value: unknown): JsonRecord => {
  const [key, ...rest] = path;
  if (key === undefined) return isRecord(value) ? value : {};
  const before = Object.hasOwn(object, key) ? object[key] : undefined;
  if (rest.length > 0 && value === undefined && !isRecord(before)) return object;
  const after = rest.length === 0 ? value : withValue(isRecord(before) ? before : {}, rest, value);
  const entries = Object.entries(object);
  if (after === undefined) return Object.fromEntries(entries.filter(([name]) => name !== key));
  return Object.fromEntries(
    Object.hasOwn(object, key)
      ? entries.map(([name, old]) => [name, name === key ? after : old])
      : [...entries, [key, after]],
  );
};

/** Whether two JSON values say the same; the order of keys says nothing. */
export const sameValue = (a: unknown, b: unknown): boolean => {
  if (Object.is(a, b)) return true;
  if (typeof a === 'number' && typeof b === 'number') return a === b;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, index) => sameValue(item, b[index]));
  }
  if (!isRecord(a) || !isRecord(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && sameValue(a[key], b[key]))
  );
};

/** A field that is not the same in two versions; undefined where a version does not have it. */
export interface Difference {
  readonly path: FieldPath;
  readonly before: unknown;
  readonly after: unknown;
}

/** The fields that differ, as deep as both versions are objects. In the order of `before`, then what only `after` has. */
export const differences = (before: unknown, after: unknown, path: FieldPath = []): readonly Difference[] => {
  if (sameValue(before, after)) return [];
  if (!isRecord(before) || !isRecord(after)) return [{ path, before, after }];
  return keysOf(before, after).flatMap((key) =>
    differences(valueAt(before, [key]), valueAt(after, [key]), [...path, key]),
  );
};

/** All keys, in the order of the first object that has them. */
export const keysOf = (...objects: readonly unknown[]): readonly string[] => [
  ...new Set(objects.flatMap((object) => (isRecord(object) ? Object.keys(object) : []))),
];
