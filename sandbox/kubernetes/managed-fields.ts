import { isObject } from '../state/json.ts';
import { timestamp } from '../state/store.ts';
import type { Draft, StoredObject } from '../types.ts';
import { textAt } from './resources.ts';

/** One entry of `metadata.managedFields`: which fields a client wrote last. */
interface ManagedEntry {
  readonly manager: string;
  readonly operation: 'Update' | 'Apply';
  readonly apiVersion: string;
  readonly time: string;
  readonly fieldsType: 'FieldsV1';
  readonly fieldsV1: Readonly<Draft>;
}

/** Who writes, and how. */
export interface Writer {
  readonly manager: string;
  readonly operation: 'Update' | 'Apply';
}

const CREATOR: Writer = { manager: 'kubectl-create', operation: 'Update' };
const CONTROLLER: Writer = { manager: 'argocd-application-controller', operation: 'Update' };
const OWNED_METADATA = ['annotations', 'finalizers', 'generateName', 'labels', 'ownerReferences'];

/** Notes in `draft` that `writer` wrote `fields`: a whole object, or the body of a merge patch. */
export function noteWriter(draft: Draft, writer: Writer, fields: Readonly<Draft>, now: Date): void {
  if (!isObject(draft.metadata)) return;
  const entries = storedEntries(draft.metadata.managedFields);
  const own = entries.find(({ manager, operation }) => manager === writer.manager && operation === writer.operation);
  const entry = entryOf(writer, draft, timestamp(now), mergeFields(own?.fieldsV1 ?? {}, fieldsOfObject(fields)));
  draft.metadata.managedFields = [...entries.filter((other) => other !== own), entry];
}

const shown = new WeakMap<StoredObject, readonly unknown[]>();

/**
 * The managedFields to show: those that writers left, reduced to fields that still exist; and for what was put into the
 * store without the API (by a fleet, by the controller), entries such as their real authors leave.
 */
export function shownManagedFields(object: StoredObject): readonly unknown[] {
  const known = shown.get(object);
  if (known !== undefined) return known;
  const all = fieldsOfObject(object);
  const entries = storedEntries(object.metadata.managedFields)
    .map((entry) => ({ ...entry, fieldsV1: commonFields(entry.fieldsV1, all) }))
    .filter(({ fieldsV1 }) => Object.keys(fieldsV1).length > 0);
  const created = object.metadata.creationTimestamp;
  if (!entries.some(({ fieldsV1 }) => 'f:spec' in fieldsV1)) {
    const { 'f:status': _, 'f:operation': __, ...rest } = all;
    if (Object.keys(rest).length > 0) entries.unshift(entryOf(CREATOR, object, created, rest));
  }
  const status = all['f:status'];
  if (object.kind === 'Application' && isObject(status) && Object.keys(status).length > 1)
    entries.push(
      entryOf(CONTROLLER, object, textAt(object, ['status', 'reconciledAt']) ?? created, { 'f:status': status }),
    );
  shown.set(object, entries);
  return entries;
}

function entryOf(writer: Writer, object: Readonly<Draft>, time: string, fieldsV1: Readonly<Draft>): ManagedEntry {
  return {
    apiVersion: String(object.apiVersion),
    fieldsType: 'FieldsV1',
    fieldsV1,
    manager: writer.manager,
    operation: writer.operation,
    time,
  };
}

function storedEntries(value: unknown): readonly ManagedEntry[] {
  return Array.isArray(value) ? value.filter(isEntry) : [];
}

function isEntry(value: unknown): value is ManagedEntry {
  return isObject(value) && typeof value.manager === 'string' && isObject(value.fieldsV1);
}

/** The field set of an object or a patch; of the metadata only what clients own. */
function fieldsOfObject(object: Readonly<Draft>): Draft {
  const { apiVersion: _, kind: __, metadata, ...rest } = object;
  const owned = isObject(metadata)
    ? Object.fromEntries(OWNED_METADATA.flatMap((key) => (metadata[key] == null ? [] : [[key, metadata[key]]])))
    : {};
  const { '.': ___, ...fields } = fieldsOf(Object.keys(owned).length === 0 ? rest : { metadata: owned, ...rest });
  if (isObject(fields['f:metadata'])) delete fields['f:metadata']['.'];
  return fields;
}

/** Lists and plain values are leaves. */
function fieldsOf(value: unknown): Draft {
  if (!isObject(value)) return {};
  const fields: Draft = { '.': {} };
  for (const [key, child] of Object.entries(value)) if (child != null) fields[`f:${key}`] = fieldsOf(child);
  return fields;
}

function mergeFields(a: Readonly<Draft>, b: Readonly<Draft>): Draft {
  const merged: Draft = { ...a };
  for (const [key, value] of Object.entries(b)) {
    const before = merged[key];
    merged[key] = isObject(before) && isObject(value) ? mergeFields(before, value) : value;
  }
  return merged;
}

function commonFields(a: Readonly<Draft>, b: Readonly<Draft>): Draft {
  const common: Draft = {};
  for (const [key, value] of Object.entries(a)) {
    const other = b[key];
    if (isObject(value) && isObject(other)) common[key] = commonFields(value, other);
  }
  return common;
}
