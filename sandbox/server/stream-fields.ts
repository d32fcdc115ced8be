import { isObject, setKey } from '../state/json.ts';
import type { Draft } from '../types.ts';

/** What becomes of a member: kept whole, looked into, or left out. */
type Fate = 'keep' | 'descend' | 'drop';

/** A path that was met, and the members below it that were. */
interface Place {
  readonly path: string;
  readonly fate: Fate;
  readonly inner: Map<string, Place>;
}

/** A filter over JSON values by the paths of a `fields` parameter. */
export interface FieldFilter {
  /** The value with only what was asked for, members sorted by name. */
  apply(value: unknown): unknown;
  /** Whether anything at this path or inside it comes through. */
  wants(path: string): boolean;
}

/**
 * Reads the parameter `fields` of a stream: any paths, separated by commas; a leading `-` turns them into what is left out.
 * A member comes through when its path is asked for or begins a path that is asked for, as characters:
 * asking for `metadata.namespace` gives `metadata.name` too. Undefined when everything is wanted.
 */
export function parseStreamFields(fields: string): FieldFilter | undefined {
  if (fields === '') return undefined;
  const excludes = fields.startsWith('-');
  const paths = new Set((excludes ? fields.slice(1) : fields).split(','));

  function decide(path: string): Fate {
    const asked = paths.has(path);
    if (excludes) return asked ? 'drop' : 'descend';
    if (asked) return 'keep';
    return [...paths].some((other) => other.startsWith(path)) ? 'descend' : 'drop';
  }

  /** The place of a member, decided once: the same members come with every event. */
  function placeOf(key: string, outer: Place): Place {
    const known = outer.inner.get(key);
    if (known !== undefined) return known;
    const path = outer.path === '' ? key : `${outer.path}.${key}`;
    const place: Place = { path, fate: decide(path), inner: new Map() };
    outer.inner.set(key, place);
    return place;
  }

  function apply(value: unknown, place: Place): unknown {
    if (Array.isArray(value)) return value.map((item) => apply(item, place));
    if (!isObject(value)) return value;
    const kept: Draft = {};
    for (const key of Object.keys(value).sort()) {
      if (value[key] === undefined) continue;
      const inner = placeOf(key, place);
      if (inner.fate === 'keep') setKey(kept, key, sorted(value[key]));
      else if (inner.fate === 'descend') setKey(kept, key, apply(value[key], inner));
    }
    return kept;
  }

  const top: Place = { path: '', fate: 'descend', inner: new Map() };
  return {
    apply: (value) => apply(value, top),
    wants: (path) => excludes || [...paths].some((other) => other.startsWith(path) || path.startsWith(`${other}.`)),
  };
}

/** A copy with members sorted by name, so that equal values have equal texts. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  const result: Draft = {};
  for (const key of Object.keys(value).sort()) setKey(result, key, sorted(value[key]));
  return result;
}
