import { randomInt, randomUUID } from 'node:crypto';
import type { Draft, ObjectMeta, Resource, Store, StoredObject, StoreEvent } from '../types.ts';
import { StoreError } from './error.ts';
import { createHistory } from './history.ts';
import { copyObject, isObject, shareJson } from './json.ts';
import { createTable, type ObjectTable, objectKey } from './table.ts';

export { StoreError } from './error.ts';

export interface StoreOptions {
  /** The clock for creationTimestamp and deletionTimestamp. */
  readonly now?: () => Date;
  /** The resource version before the first write. Default 1000. */
  readonly startVersion?: number;
  /** How many events the history holds. Default 20 000. */
  readonly keep?: number;
}

/**
 * An empty store: one sequence of resource versions over all resources, and a bounded history.
 * Stored objects are deeply frozen; versions of an object share their unchanged parts.
 */
export function createStore(options: StoreOptions = {}): Store {
  const now = options.now ?? (() => new Date());
  let version = options.startVersion ?? 1000;
  const history = createHistory(version, options.keep ?? 20_000);
  const tables: Readonly<Record<Resource, ObjectTable>> = {
    applications: createTable(),
    appprojects: createTable(),
    applicationsets: createTable(),
    events: createTable(),
  };
  const listeners = new Set<(event: StoreEvent) => void>();
  const undelivered: StoreEvent[] = [];
  let delivering = false;

  /** A listener may write: its event waits until all listeners have seen the earlier one. */
  function publish(event: StoreEvent): void {
    history.add(event);
    undelivered.push(event);
    if (delivering) return;
    delivering = true;
    try {
      for (let next = undelivered.shift(); next !== undefined; next = undelivered.shift())
        for (const listener of [...listeners]) if (listeners.has(listener)) listener(next);
    } finally {
      delivering = false;
    }
  }

  function existing(resource: Resource, namespace: string, name: string): StoredObject {
    const object = tables[resource].get(objectKey(namespace, name));
    if (object === undefined) throw new StoreError('not-found', `${resource} "${name}" not found`);
    return object;
  }

  function write(resource: Resource, type: 'ADDED' | 'MODIFIED', object: StoredObject, previous?: StoredObject): void {
    tables[resource].set(objectKey(object.metadata.namespace, object.metadata.name), object);
    publish({
      type,
      resource,
      object,
      resourceVersion: version,
      ...(previous === undefined ? {} : { previous }),
    });
  }

  function remove(resource: Resource, last: StoredObject, previous: StoredObject): StoredObject {
    version += 1;
    const object = freezeObject(last, { ...last.metadata, resourceVersion: String(version) }, previous);
    tables[resource].remove(objectKey(object.metadata.namespace, object.metadata.name));
    publish({ type: 'DELETED', resource, object, previous, resourceVersion: version });
    return object;
  }

  return {
    get resourceVersion() {
      return version;
    },
    get oldestVersion() {
      return history.forgotten;
    },
    list: (resource) => tables[resource].all(),
    get: (resource, namespace, name) => tables[resource].get(objectKey(namespace, name)),

    create(resource, object) {
      const given = isObject(object.metadata) ? object.metadata : {};
      const namespace = typeof given.namespace === 'string' ? given.namespace : '';
      const name = nameOf(given);
      if (tables[resource].get(objectKey(namespace, name)) !== undefined)
        throw new StoreError('already-exists', `${resource} "${name}" already exists`);
      version += 1;
      const stored = freezeObject(object, {
        ...given,
        name,
        namespace,
        uid: typeof given.uid === 'string' ? given.uid : randomUUID(),
        resourceVersion: String(version),
        generation: 1,
        creationTimestamp: typeof given.creationTimestamp === 'string' ? given.creationTimestamp : timestamp(now()),
      });
      write(resource, 'ADDED', stored);
      return stored;
    },

    update(resource, namespace, name, edit, expect) {
      const previous = existing(resource, namespace, name);
      if (expect !== undefined && expect !== previous.metadata.resourceVersion)
        throw new StoreError('conflict', `${resource} "${name}" has been modified`);
      const draft = copyObject(previous);
      edit(draft);
      const edited = freezeObject(draft, restoreServerFields(draft.metadata, previous.metadata), previous);
      if (edited === previous) return previous;
      if (edited.metadata.deletionTimestamp !== undefined && (edited.metadata.finalizers ?? []).length === 0)
        return remove(resource, edited, previous);
      version += 1;
      const object = freezeObject(
        edited,
        {
          ...edited.metadata,
          resourceVersion: String(version),
          generation: previous.metadata.generation + (onlyMetadataDiffers(edited, previous) ? 0 : 1),
        },
        previous,
      );
      write(resource, 'MODIFIED', object, previous);
      return object;
    },

    delete(resource, namespace, name) {
      const previous = existing(resource, namespace, name);
      if ((previous.metadata.finalizers ?? []).length === 0) return remove(resource, previous, previous);
      if (previous.metadata.deletionTimestamp !== undefined) return previous;
      version += 1;
      const object = freezeObject(
        previous,
        {
          ...previous.metadata,
          resourceVersion: String(version),
          generation: previous.metadata.generation + 1,
          deletionTimestamp: timestamp(now()),
          deletionGracePeriodSeconds: 0,
        },
        previous,
      );
      write(resource, 'MODIFIED', object, previous);
      return object;
    },

    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    since: (after) => history.since(after),
    compact: (upTo = version) => history.forget(Math.min(upTo, version)),
  };
}

/** A time as Kubernetes writes it: UTC, whole seconds. */
export function timestamp(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}

function nameOf(metadata: Draft): string {
  if (typeof metadata.name === 'string' && metadata.name !== '') return metadata.name;
  if (typeof metadata.generateName === 'string' && metadata.generateName !== '')
    return metadata.generateName + randomSuffix();
  throw new TypeError('an object needs metadata.name or metadata.generateName');
}

/** Five characters, without those that could form words, as the API server does. */
function randomSuffix(): string {
  const alphabet = 'bcdfghjklmnpqrstvwxz2456789';
  return Array.from({ length: 5 }, () => alphabet[randomInt(alphabet.length)]).join('');
}

/** The edited metadata with what no writer may change put back. */
function restoreServerFields(edited: unknown, previous: ObjectMeta): ObjectMeta {
  const { name, namespace, uid, resourceVersion, generation, creationTimestamp, deletionTimestamp } = previous;
  const { deletionTimestamp: _, ...rest } = isObject(edited) ? edited : {};
  return {
    ...rest,
    name,
    namespace,
    uid,
    resourceVersion,
    generation,
    creationTimestamp,
    ...(deletionTimestamp === undefined ? {} : { deletionTimestamp }),
  };
}

function onlyMetadataDiffers(a: StoredObject, b: StoredObject): boolean {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  keys.delete('metadata');
  // Equal parts are shared, so identity tells.
  return [...keys].every((key) => Object.is(a[key], b[key]));
}

/** Freezes `object` with this metadata; what equals `previous` is taken from it. */
function freezeObject(object: Readonly<Draft>, metadata: ObjectMeta, previous?: StoredObject): StoredObject {
  const { apiVersion, kind } = object;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string')
    throw new TypeError('an object needs apiVersion and kind');
  const frozen = shareJson(previous, { ...object, apiVersion, kind, metadata });
  // `shareJson` keeps the structure it was given.
  return frozen as StoredObject;
}
