import { isDeepStrictEqual } from 'node:util';
import { copyJson, isObject, setKey } from '../state/json.ts';
import type { Draft } from '../types.ts';

/** A JSON merge patch (RFC 7386): objects merge, null removes, everything else replaces. Gives a new value. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return copyJson(patch);
  const result: Draft = isObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else setKey(result, key, mergePatch(Object.hasOwn(result, key) ? result[key] : undefined, value));
  }
  return result;
}

/** One step of a JSON patch (RFC 6902). */
export interface PatchStep {
  readonly op: string;
  readonly path: string;
  readonly from?: string;
  readonly value?: unknown;
}

/** Whether a value has the shape of a JSON patch. */
export function isJsonPatch(value: unknown): value is readonly PatchStep[] {
  return (
    Array.isArray(value) &&
    value.every((step) => isObject(step) && typeof step.op === 'string' && typeof step.path === 'string')
  );
}

/**
 * Applies a JSON patch to a copy. Undefined when a step cannot be done or a test fails. A missing value passes a test
 * against null, as in the API server.
 */
export function applyJsonPatch(target: Readonly<Draft>, steps: readonly PatchStep[]): Draft | undefined {
  // The document has a parent of its own, so that the root is a place like any other.
  const root: Draft = { document: copyJson(target) };
  for (const step of steps) if (!applyStep(root, step)) return undefined;
  return isObject(root.document) ? root.document : undefined;
}

function applyStep(root: Draft, step: PatchStep): boolean {
  switch (step.op) {
    case 'test': {
      const found = read(root, step.path);
      return isDeepStrictEqual(found?.value ?? null, step.value ?? null);
    }
    case 'add':
      return put(root, step.path, copyJson(step.value ?? null), true);
    case 'replace':
      return read(root, step.path) !== undefined && put(root, step.path, copyJson(step.value ?? null), false);
    case 'remove':
      return remove(root, step.path);
    case 'copy':
    case 'move': {
      const found = read(root, step.from ?? '');
      if (found === undefined) return false;
      const value = copyJson(found.value);
      return (step.op === 'copy' || remove(root, step.from ?? '')) && put(root, step.path, value, true);
    }
    default:
      return false;
  }
}

/** The container of a path and the key in it. */
function locate(root: Draft, path: string): { readonly parent: unknown; readonly key: string } | undefined {
  if (path !== '' && !path.startsWith('/')) return undefined;
  const keys = [
    'document',
    ...path
      .split('/')
      .slice(1)
      .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~')),
  ];
  let parent: unknown = root;
  for (const key of keys.slice(0, -1)) {
    const found = child(parent, key);
    if (found === undefined) return undefined;
    parent = found.value;
  }
  return { parent, key: keys.at(-1) ?? '' };
}

function child(parent: unknown, key: string): { readonly value: unknown } | undefined {
  if (Array.isArray(parent)) {
    const index = indexIn(parent, key);
    return index !== undefined && index < parent.length ? { value: parent[index] } : undefined;
  }
  return isObject(parent) && Object.hasOwn(parent, key) ? { value: parent[key] } : undefined;
}

function read(root: Draft, path: string): { readonly value: unknown } | undefined {
  const place = locate(root, path);
  return place === undefined ? undefined : child(place.parent, place.key);
}

function put(root: Draft, path: string, value: unknown, insert: boolean): boolean {
  const place = locate(root, path);
  if (place === undefined) return false;
  const { parent, key } = place;
  if (Array.isArray(parent)) {
    const index = indexIn(parent, key);
    if (index === undefined || index > parent.length) return false;
    parent.splice(index, insert ? 0 : 1, value);
    return true;
  }
  if (!isObject(parent)) return false;
  setKey(parent, key, value);
  return true;
}

function remove(root: Draft, path: string): boolean {
  const place = locate(root, path);
  if (place === undefined || child(place.parent, place.key) === undefined) return false;
  if (Array.isArray(place.parent)) place.parent.splice(Number(place.key), 1);
  else if (isObject(place.parent)) delete place.parent[place.key];
  return true;
}

function indexIn(list: readonly unknown[], key: string): number | undefined {
  if (key === '-') return list.length;
  return /^(0|[1-9]\d*)$/.test(key) ? Number(key) : undefined;
}
