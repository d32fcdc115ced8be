import type { Resource, Store, StoredObject } from '../types.ts';
import { objectKey } from './table.ts';

/**
 * The list of a resource as it was at `version`, by undoing what was written since; or `expired` when that is no longer
 * known.
 */
export function listAt(store: Store, resource: Resource, version: number): readonly StoredObject[] | 'expired' {
  const events = store.since(version);
  if (events === 'expired') return 'expired';
  const own = events.filter((event) => event.resource === resource);
  if (own.length === 0) return store.list(resource);
  const objects = new Map(store.list(resource).map((object) => [keyOf(object), object]));
  for (const event of own.toReversed()) {
    if (event.previous === undefined) objects.delete(keyOf(event.object));
    else objects.set(keyOf(event.object), event.previous);
  }
  return [...objects.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, object]) => object);
}

function keyOf(object: StoredObject): string {
  return objectKey(object.metadata.namespace, object.metadata.name);
}
