import { type ApplicationRef, refKey } from './application.ts';

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const compareRefs = (a: ApplicationRef, b: ApplicationRef): number =>
  compareText(a.namespace, b.namespace) || compareText(a.name, b.name);

/**
 * By namespace and name, each Application once (Rules 1 and 4). Of two of the same Application `merge` makes one.
 * A server's list is in this order already, and has thousands of them: then nothing is done but to look.
 */
export const inOrder = <T>(
  items: readonly T[],
  refOf: (item: T) => ApplicationRef,
  merge: (earlier: T, later: T) => T,
): readonly T[] => {
  if (areInOrder(items, refOf)) return items;
  const found = new Map<string, T>();
  for (const item of items) {
    const key = refKey(refOf(item));
    const earlier = found.get(key);
    found.set(key, earlier === undefined ? item : merge(earlier, item));
  }
  return [...found.values()].sort((a, b) => compareRefs(refOf(a), refOf(b)));
};

const areInOrder = <T>(items: readonly T[], refOf: (item: T) => ApplicationRef): boolean => {
  let before: ApplicationRef | undefined;
  for (const item of items) {
    const ref = refOf(item);
    if (before !== undefined && compareRefs(before, ref) >= 0) return false;
    before = ref;
  }
  return true;
};
