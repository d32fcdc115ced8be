import type { StoredObject } from '../types.ts';

/** The objects of one resource, in the order of their keys. */
export interface ObjectTable {
  get(key: string): StoredObject | undefined;
  set(key: string, object: StoredObject): void;
  remove(key: string): void;
  /** All objects in order. The array is never changed afterwards. */
  all(): readonly StoredObject[];
}

/** The key of an object, in whose byte order lists come: `namespace/name`, as in etcd. */
export function objectKey(namespace: string, name: string): string {
  return `${namespace}/${name}`;
}

/** An empty table. */
export function createTable(): ObjectTable {
  const objects = new Map<string, StoredObject>();
  let keys: string[] | undefined = [];
  let list: readonly StoredObject[] | undefined = [];

  return {
    get: (key) => objects.get(key),
    set(key, object) {
      if (!objects.has(key)) keys = undefined;
      objects.set(key, object);
      list = undefined;
    },
    remove(key) {
      if (objects.delete(key)) keys = undefined;
      list = undefined;
    },
    all() {
      keys ??= [...objects.keys()].sort(compareKeys);
      list ??= Object.freeze(keys.flatMap((key) => objects.get(key) ?? []));
      return list;
    },
  };
}

function compareKeys(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
