import { isRecord, list } from '../../lib/json.ts';
import { differences, sameValue } from '../diff/field.ts';

/** Keys of objects and places in lists, from the root of a document. */
export type NodePath = readonly (string | number)[];

/** One small change of a document. */
export type Step =
  | { readonly kind: 'set'; readonly path: NodePath; readonly value: unknown }
  | { readonly kind: 'remove'; readonly path: NodePath }
  /** Puts a value before the element at this place of a list, or at its end. */
  | { readonly kind: 'insert'; readonly path: NodePath; readonly value: unknown };

/**
 * The smallest changes that make one value of another, in an order in which they can be done one after the other: places in
 * lists count at the time of the step.
 */
export const stepsBetween = (before: unknown, after: unknown, path: NodePath = []): readonly Step[] =>
  differences(before, after).flatMap((difference): readonly Step[] => {
    const at = [...path, ...difference.path];
    if (difference.after === undefined) return [{ kind: 'remove', path: at }];
    const [was, is] = [difference.before, difference.after];
    if (Array.isArray(was) && Array.isArray(is) && was.length > 0 && is.length > 0) return listSteps(was, is, at);
    return [{ kind: 'set', path: at, value: is }];
  });

/** The same without looking into lists. */
export const wholeFields = (before: unknown, after: unknown): readonly Step[] =>
  differences(before, after).map(
    ({ path, after: value }): Step => (value === undefined ? { kind: 'remove', path } : { kind: 'set', path, value }),
  );

/** Longer lists are written anew: comparing takes the product of their lengths. */
const MAX_CELLS = 1_000_000;

const listSteps = (before: readonly unknown[], after: readonly unknown[], path: NodePath): readonly Step[] => {
  if (before.length * after.length > MAX_CELLS) return [{ kind: 'set', path, value: after }];
  const kept = commonElements(before, after);
  const steps: Step[] = [];
  // From the end, so that places before stay what they are.
  let [beforeEnd, afterEnd] = [before.length, after.length];
  for (const [beforeAt, afterAt] of [...kept].reverse().concat([[-1, -1]])) {
    const removed = before.slice(beforeAt + 1, beforeEnd);
    const added = after.slice(afterAt + 1, afterEnd);
    const changed = Math.min(removed.length, added.length);
    for (let index = removed.length - 1; index >= changed; index -= 1) {
      steps.push({ kind: 'remove', path: [...path, beforeAt + 1 + index] });
    }
    for (let index = added.length - 1; index >= changed; index -= 1) {
      steps.push({ kind: 'insert', path: [...path, beforeAt + 1 + changed], value: added[index] });
    }
    for (let index = changed - 1; index >= 0; index -= 1) {
      const at = [...path, beforeAt + 1 + index];
      const [was, is] = [removed[index], added[index]];
      if (isRecord(was) && isRecord(is)) steps.push(...stepsBetween(was, is, at));
      else steps.push({ kind: 'set', path: at, value: is });
    }
    [beforeEnd, afterEnd] = [beforeAt, afterAt];
  }
  return steps;
};

/** Places of a longest common subsequence. */
const commonElements = (a: readonly unknown[], b: readonly unknown[]): readonly (readonly [number, number])[] => {
  const lengths = a.map(() => new Uint32Array(b.length + 1)).concat(new Uint32Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const row = lengths[i];
      if (row === undefined) continue;
      row[j] = sameValue(a[i], b[j])
        ? 1 + (lengths[i + 1]?.[j + 1] ?? 0)
        : Math.max(lengths[i + 1]?.[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  const pairs: (readonly [number, number])[] = [];
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    if (sameValue(a[i], b[j])) {
      pairs.push([i, j]);
      i += 1;
      j += 1;
    } else if ((lengths[i + 1]?.[j] ?? 0) >= (lengths[i]?.[j + 1] ?? 0)) i += 1;
    else j += 1;
  }
  return pairs;
};

/** The value after a step; what cannot be reached stays as it is. For checking, and for parts that are written anew. */
export const applyStep = (value: unknown, { path, ...step }: Step): unknown => {
  const [key, ...rest] = path;
  if (key === undefined) return step.kind === 'remove' ? undefined : 'value' in step ? step.value : value;
  const inner = { ...step, path: rest } as Step;
  if (typeof key === 'number') {
    const items = [...list(value)];
    if (rest.length > 0) items[key] = applyStep(items[key], inner);
    else if (step.kind === 'remove') items.splice(key, 1);
    else items.splice(key, step.kind === 'insert' ? 0 : 1, 'value' in step ? step.value : undefined);
    return items;
  }
  const object = isRecord(value) ? value : {};
  const after = applyStep(Object.hasOwn(object, key) ? object[key] : undefined, inner);
  const entries = Object.entries(object).filter(([name]) => name !== key || after !== undefined);
  return Object.fromEntries(
    Object.hasOwn(object, key)
      ? entries.map(([name, old]) => [name, name === key ? after : old])
      : after === undefined
        ? entries
        : [...entries, [key, after]],
  );
};
