import { isRecord, type JsonRecord } from '../../lib/json.ts';
import { AGREEMENT_ANNOTATION } from '../diff/canonical.ts';
import { type Difference, type FieldPath, pointerOf, valueAt } from '../diff/field.ts';

/** One step of a JSON patch (RFC 6902). */
export type PatchStep =
  | { readonly op: 'test' | 'add'; readonly path: string; readonly value: unknown }
  | { readonly op: 'remove'; readonly path: string };

/**
 * The patch that makes exactly these changes of an object as it was read, and puts the agreement beside them; undefined: the
 * agreement stays. It fails as a whole when the object is another version by now, and names nothing that did not change: no
 * status, no operation.
 */
export const patchOf = (
  object: JsonRecord,
  resourceVersion: string,
  changes: readonly Difference[],
  agreement: string | undefined,
): readonly PatchStep[] => {
  const all: readonly Pick<Difference, 'path' | 'after'>[] =
    agreement === undefined
      ? changes
      : [...changes, { path: ['metadata', 'annotations', AGREEMENT_ANNOTATION], after: agreement }];
  const made = new Set<string>();
  return [
    { op: 'test', path: '/metadata/resourceVersion', value: resourceVersion },
    ...all.flatMap(({ path, after }): readonly PatchStep[] => {
      if (after === undefined) {
        return isThere(object, path) ? [{ op: 'remove', path: pointerOf(path) }] : [];
      }
      return [...missingParents(object, path, made), { op: 'add', path: pointerOf(path), value: after }];
    }),
  ];
};

const isThere = (object: JsonRecord, path: FieldPath): boolean => {
  const parent = valueAt(object, path.slice(0, -1));
  const key = path.at(-1);
  return key !== undefined && isRecord(parent) && Object.hasOwn(parent, key);
};

/** JSON patch makes no parents. `made` has those that earlier steps made. */
const missingParents = (object: JsonRecord, path: FieldPath, made: Set<string>): readonly PatchStep[] =>
  path.slice(0, -1).flatMap((_, index): readonly PatchStep[] => {
    const parent = path.slice(0, index + 1);
    const pointer = pointerOf(parent);
    if (isRecord(valueAt(object, parent)) || made.has(pointer)) return [];
    made.add(pointer);
    return [{ op: 'add', path: pointer, value: {} }];
  });
