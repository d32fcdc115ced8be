import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { parse as parseYaml } from 'yaml';
import { copyObject, isObject } from '../state/json.ts';
import { StoreError, timestamp } from '../state/store.ts';
import type { Draft, Resource, Store, StoredObject } from '../types.ts';
import { goJsonError, goTypeName } from './go-json.ts';
import { noteWriter, type Writer } from './managed-fields.ts';
import { applyJsonPatch, isJsonPatch, mergePatch, type PatchStep } from './patch.ts';
import { groupVersion, qualifiedResource, type ServedResource } from './resources.ts';
import { checkSchema } from './schema.ts';
import { badRequest, invalid, objectDetails, StatusError } from './status.ts';

/** A call that writes objects of one resource in one namespace. */
export interface WriteCall {
  readonly store: Store;
  readonly served: ServedResource & { readonly resource: Resource };
  readonly namespace: string;
  readonly query: URLSearchParams;
  /** Media type of the body, without parameters. */
  readonly contentType: string;
  readonly body: string;
  /** For managedFields when the query names no manager. */
  readonly userAgent: string;
  readonly now: Date;
}

/** What was written (or would have been), and what the client is warned of. */
export interface Written {
  readonly object: StoredObject;
  readonly created: boolean;
  readonly warnings: readonly string[];
}

/** POST. */
export function createObject(call: WriteCall): Written {
  const { served, namespace } = call;
  const options = readOptions(call, 'CreateOptions');
  const given = readObject(call);
  const metadata = metadataOf(given);
  if (text(metadata.namespace) !== undefined && metadata.namespace !== namespace)
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
  if (text(metadata.resourceVersion) !== undefined)
    throw badRequest('resourceVersion should not be set on objects to be created');
  const name = text(metadata.name);
  checkName(served, name, text(metadata.generateName));
  const { object, warnings } = validated(call, name ?? '', { ...given, metadata }, options);
  checkEvent(call, name ?? '', object);
  // What a client says of these is not heard.
  const { uid: _, creationTimestamp: __, deletionTimestamp: ___, managedFields: ____, ...own } = metadata;
  const draft: Draft = { ...object, metadata: { ...own, namespace } };
  noteWriter(draft, options.writer, object, call.now);
  if (options.dryRun) return { object: unstored(draft, call.now), created: true, warnings };
  return {
    object: translate(served, name ?? '', () => call.store.create(served.resource, draft)),
    created: true,
    warnings,
  };
}

/** PUT. */
export function replaceObject(call: WriteCall, name: string): Written {
  const { served } = call;
  const options = readOptions(call, 'UpdateOptions');
  const given = readObject(call);
  const previous = existing(call, name);
  if (text(metadataOf(given).resourceVersion) === undefined)
    throw invalid(name, served.group, served.resource, [
      {
        reason: 'FieldValueInvalid',
        message: 'Invalid value: 0: must be specified for an update',
        field: 'metadata.resourceVersion',
      },
    ]);
  return save(call, previous, given, given, options);
}

/** PATCH: merge patch, JSON patch, and a server-side apply that merges without ownership. */
export function patchObject(call: WriteCall, name: string): Written {
  const { contentType, body, served } = call;
  const accepted = ['application/json-patch+json', 'application/merge-patch+json', 'application/apply-patch+yaml'];
  // Core types know strategic merge; for what the sandbox holds it is a merge patch.
  if (served.group === '') accepted.splice(2, 0, 'application/strategic-merge-patch+json');
  if (!accepted.includes(contentType))
    throw new StatusError(
      415,
      'UnsupportedMediaType',
      `the body of the request was in an unknown format - accepted media types include: ${accepted.join(', ')}`,
    );
  const options = readOptions(call, 'PatchOptions');
  if (contentType === 'application/apply-patch+yaml') return applyObject(call, name, options);
  const complaint = goJsonError(body);
  if (complaint !== undefined) throw badRequest(`error decoding patch: ${complaint}`);
  const patch: unknown = JSON.parse(body);
  if (contentType === 'application/json-patch+json') {
    if (!isJsonPatch(patch)) throw undecodable(patch, '[]handlers.jsonPatchOp');
    const previous = existing(call, name);
    const edited = applyJsonPatch(previous, patch);
    if (edited === undefined)
      throw new StatusError(422, 'Invalid', 'the server rejected our request due to an error in our request', {
        details: {},
      });
    return save(call, previous, edited, fieldsOfSteps(patch), options);
  }
  if (!isObject(patch)) throw undecodable(patch, 'map[string]interface {}');
  const previous = existing(call, name);
  const merged = mergePatch(previous, patch);
  return save(call, previous, isObject(merged) ? merged : {}, patch, options);
}

function applyObject(call: WriteCall, name: string, options: WriteOptions): Written {
  const given: unknown = parseYaml(call.body);
  if (!isObject(given)) throw badRequest('error decoding YAML: the body is no object');
  if (call.query.get('fieldManager') === null)
    throw invalid('', 'meta.k8s.io', 'PatchOptions', [
      { reason: 'FieldValueRequired', message: 'Required value: is required for apply patch', field: 'fieldManager' },
    ]);
  const writer: Writer = { ...options.writer, operation: 'Apply' };
  const previous = call.store.get(call.served.resource, call.namespace, name);
  if (previous === undefined)
    return createObject({ ...call, contentType: 'application/json', body: JSON.stringify(given) });
  const merged = mergePatch(previous, given);
  return save(call, previous, isObject(merged) ? merged : {}, given, { ...options, writer });
}

/** DELETE of one object: what is left of it while finalizers hold it, else undefined. */
export function deleteObject(
  call: WriteCall,
  name: string,
): { readonly held: StoredObject | undefined; readonly uid: string } {
  const { served, store, namespace } = call;
  const previous = existing(call, name);
  const options = call.body.trim() === '' ? {} : readJson(call);
  const { resourceVersion, uid } = isObject(options.preconditions) ? options.preconditions : {};
  const refuse = (field: string, given: unknown, actual: string) =>
    new StatusError(
      409,
      'Conflict',
      `Operation cannot be fulfilled on ${qualifiedResource(served.kind, served.group)} "${name}": the ${field} in the precondition (${String(given)}) does not match the ${field} in record (${actual}). The object might have been modified`,
      { details: objectDetails(name, served.group, served.kind) },
    );
  const { metadata } = previous;
  if (text(uid) !== undefined && uid !== metadata.uid) throw refuse('UID', uid, metadata.uid);
  if (text(resourceVersion) !== undefined && resourceVersion !== metadata.resourceVersion)
    throw refuse('ResourceVersion', resourceVersion, metadata.resourceVersion);
  const dryRun =
    call.query.get('dryRun') === 'All' || (Array.isArray(options.dryRun) && options.dryRun.includes('All'));
  if (!dryRun) store.delete(served.resource, namespace, name);
  return { held: dryRun ? undefined : store.get(served.resource, namespace, name), uid: metadata.uid };
}

interface WriteOptions {
  readonly dryRun: boolean;
  readonly validation: 'Ignore' | 'Warn' | 'Strict';
  readonly writer: Writer;
}

function readOptions(call: WriteCall, kind: string): WriteOptions {
  const refuse = (field: string, value: string, supported: string) =>
    invalid('', 'meta.k8s.io', kind, [
      {
        reason: 'FieldValueNotSupported',
        message: `Unsupported value: ${JSON.stringify(value)}: supported values: ${supported}`,
        field,
      },
    ]);
  const dryRun = call.query.get('dryRun') ?? '';
  if (dryRun !== '' && dryRun !== 'All') throw refuse('dryRun', dryRun, '"All"');
  const validation = call.query.get('fieldValidation') ?? '';
  if (validation !== '' && validation !== 'Ignore' && validation !== 'Strict' && validation !== 'Warn')
    throw refuse('fieldValidation', validation, '"", "Ignore", "Strict", "Warn"');
  const manager = call.query.get('fieldManager') || call.userAgent.split('/')[0] || 'unknown';
  return {
    dryRun: dryRun === 'All',
    validation: validation === '' ? 'Warn' : validation,
    writer: { manager, operation: 'Update' },
  };
}

/** Stores an edited object after the checks every update goes through. */
function save(
  call: WriteCall,
  previous: StoredObject,
  edited: Draft,
  fields: Readonly<Draft>,
  options: WriteOptions,
): Written {
  const { served, store, namespace } = call;
  const { name, uid, resourceVersion } = previous.metadata;
  const metadata = metadataOf(edited);
  if (metadata.name !== undefined && metadata.name !== name)
    throw badRequest(`the name of the object (${String(metadata.name)}) does not match the name on the URL (${name})`);
  if (metadata.namespace !== undefined && metadata.namespace !== namespace)
    throw badRequest(
      `the namespace of the object (${String(metadata.namespace)}) does not match the namespace on the URL (${namespace})`,
    );
  if (metadata.uid !== undefined && metadata.uid !== uid) {
    const message = `Invalid value: ${JSON.stringify(metadata.uid)}: field is immutable`;
    const cause = { reason: 'FieldValueInvalid', message, field: 'metadata.uid' };
    throw invalid(name, served.group, served.kind, [cause, cause]);
  }
  if (text(metadata.resourceVersion) !== undefined && metadata.resourceVersion !== resourceVersion)
    throw conflict(served, name);
  const { object, warnings } = validated(call, name, edited, options);
  const draft: Draft = { ...object, metadata: { ...metadata, managedFields: previous.metadata.managedFields } };
  const comparable = { ...draft, metadata: { ...metadataOf(draft), ...serverFields(previous) } };
  if (isDeepStrictEqual(withoutUndefined(comparable), copyObject(previous)))
    return { object: previous, created: false, warnings };
  noteWriter(draft, options.writer, fields, call.now);
  if (options.dryRun)
    return {
      object: toStored({ ...draft, metadata: { ...metadataOf(draft), ...serverFields(previous) } }),
      created: false,
      warnings,
    };
  const stored = translate(served, name, () =>
    store.update(served.resource, namespace, name, (target) => {
      for (const key of Object.keys(target)) delete target[key];
      Object.assign(target, draft);
    }),
  );
  const gone = store.get(served.resource, namespace, name) === undefined;
  // Who takes away the last finalizer sees the object as it was, not the version of its end.
  return {
    object: gone ? { ...stored, metadata: { ...stored.metadata, resourceVersion } } : stored,
    created: false,
    warnings,
  };
}

/** The object without unknown fields, and the warnings about them and about finalizers. Throws 422. */
function validated(
  call: WriteCall,
  name: string,
  object: Draft,
  options: WriteOptions,
): { readonly object: Draft; readonly warnings: readonly string[] } {
  const { served } = call;
  const checked = checkSchema(served.resource, object);
  if (checked.unknown.length > 0 && options.validation === 'Strict') {
    const decoding = `strict decoding error: ${checked.unknown.map((path) => `unknown field "${path}"`).join(', ')}`;
    const quoted = JSON.stringify(JSON.stringify(object));
    throw call.contentType === 'application/json'
      ? badRequest(`${served.kind} in version "${served.version}" cannot be handled as a ${served.kind}: ${decoding}`)
      : new StatusError(422, 'Invalid', ` "" is invalid: patch: Invalid value: ${quoted}: ${decoding}`, {
          details: {
            causes: [{ reason: 'FieldValueInvalid', message: `Invalid value: ${quoted}: ${decoding}`, field: 'patch' }],
          },
        });
  }
  if (checked.causes.length > 0) throw invalid(name, served.group, served.kind, checked.causes);
  const { finalizers } = metadataOf(object);
  const bare = Array.isArray(finalizers) ? finalizers.filter((one) => !String(one).includes('/')) : [];
  return {
    object: isObject(checked.object) ? checked.object : object,
    warnings: [
      ...(options.validation === 'Ignore' ? [] : checked.unknown.map((path) => `unknown field "${path}"`)),
      ...bare.map(
        (one) =>
          `metadata.finalizers: ${JSON.stringify(one)}: prefer a domain-qualified finalizer name including a path (/) to avoid accidental conflicts with other finalizer writers`,
      ),
    ],
  };
}

function existing(call: WriteCall, name: string): StoredObject {
  const object = call.store.get(call.served.resource, call.namespace, name);
  if (object === undefined) throw notFound(call.served, name);
  return object;
}

/** 404 for an object. */
export function notFound(served: Pick<ServedResource, 'resource' | 'group'>, name: string): StatusError {
  return new StatusError(404, 'NotFound', `${qualifiedResource(served.resource, served.group)} "${name}" not found`, {
    details: objectDetails(name, served.group, served.resource),
  });
}

function conflict(served: ServedResource, name: string): StatusError {
  return new StatusError(
    409,
    'Conflict',
    `Operation cannot be fulfilled on ${qualifiedResource(served.resource, served.group)} "${name}": the object has been modified; please apply your changes to the latest version and try again`,
    { details: objectDetails(name, served.group, served.resource) },
  );
}

/** Runs a write; what the store refuses becomes a Status. */
function translate(served: ServedResource, name: string, write: () => StoredObject): StoredObject {
  try {
    return write();
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    switch (error.reason) {
      case 'not-found':
        throw notFound(served, name);
      case 'conflict':
        throw conflict(served, name);
      case 'already-exists':
        throw new StatusError(
          409,
          'AlreadyExists',
          `${qualifiedResource(served.resource, served.group)} "${name}" already exists`,
          { details: objectDetails(name, served.group, served.resource) },
        );
    }
  }
}

function readJson(call: WriteCall): Draft {
  const unrecognized = (why: string) =>
    badRequest(`the object provided is unrecognized (must be of type ${call.served.kind}): ${why}`);
  if (/\byaml$/.test(call.contentType)) {
    const parsed: unknown = parseYaml(call.body);
    if (isObject(parsed)) return parsed;
  }
  const complaint = goJsonError(call.body);
  if (complaint !== undefined)
    throw unrecognized(`couldn't get version/kind; json parse error: ${complaint} (${call.body.slice(0, 512)})`);
  const parsed: unknown = JSON.parse(call.body);
  if (!isObject(parsed))
    throw unrecognized(
      `couldn't get version/kind; json parse error: json: cannot unmarshal ${goTypeName(parsed)} into Go value of type struct`,
    );
  return parsed;
}

/** The object of a POST or PUT. */
function readObject(call: WriteCall): Draft {
  const { served } = call;
  const parsed = readJson(call);
  const object: Draft =
    served.group === '' ? { apiVersion: groupVersion(served), kind: served.kind, ...parsed } : parsed;
  for (const [field, key] of [
    ['Kind', 'kind'],
    ['apiVersion', 'apiVersion'],
  ] as const)
    if (text(object[key]) === undefined)
      throw badRequest(
        `the object provided is unrecognized (must be of type ${served.kind}): Object '${field}' is missing in '${call.body.slice(0, 512)}'`,
      );
  if (object.kind !== served.kind || object.apiVersion !== groupVersion(served))
    throw badRequest(
      `${String(object.kind)} in version "${String(object.apiVersion).split('/').at(-1)}" cannot be handled as a ${served.kind}`,
    );
  return object;
}

const NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

function checkName(served: ServedResource, name: string | undefined, generateName: string | undefined): void {
  if (name === undefined) {
    if (generateName !== undefined) return;
    throw invalid('', served.group, served.kind, [
      {
        reason: 'FieldValueRequired',
        message: 'Required value: name or generateName is required',
        field: 'metadata.name',
      },
    ]);
  }
  if (NAME.test(name) && name.length <= 253) return;
  const message = `Invalid value: ${JSON.stringify(name)}: a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')`;
  throw invalid(name, served.group, served.kind, [{ reason: 'FieldValueInvalid', message, field: 'metadata.name' }]);
}

/** An event belongs to the namespace of what it is about. */
function checkEvent(call: WriteCall, name: string, object: Draft): void {
  if (call.served.resource !== 'events' || !isObject(object.involvedObject)) return;
  const namespace = text(object.involvedObject.namespace);
  if (namespace === call.namespace || (namespace === undefined && call.namespace === 'default')) return;
  const message = `Invalid value: ${JSON.stringify(namespace ?? '')}: does not match event.namespace`;
  throw invalid(name, call.served.group, call.served.kind, [
    { reason: 'FieldValueInvalid', message, field: 'involvedObject.namespace' },
  ]);
}

function undecodable(value: unknown, type: string): StatusError {
  return badRequest(`error decoding patch: json: cannot unmarshal ${goTypeName(value)} into Go value of type ${type}`);
}

/** What a JSON patch sets, as an object. */
function fieldsOfSteps(steps: readonly PatchStep[]): Draft {
  const fields = steps
    .filter(({ op }) => op === 'add' || op === 'replace')
    .map(({ path, value }) =>
      path
        .split('/')
        .slice(1)
        .reduceRight<unknown>((inner, key) => ({ [key]: inner }), value),
    )
    .reduce<unknown>((all, one) => mergePatch(all, one), {});
  return isObject(fields) ? fields : {};
}

function metadataOf(object: Readonly<Draft>): Draft {
  return isObject(object.metadata) ? object.metadata : {};
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** What no writer decides. */
function serverFields({ metadata }: StoredObject): Draft {
  const { name, namespace, uid, resourceVersion, generation, creationTimestamp, deletionTimestamp } = metadata;
  return { name, namespace, uid, resourceVersion, generation, creationTimestamp, deletionTimestamp };
}

function withoutUndefined(value: Readonly<Draft>): unknown {
  return JSON.parse(JSON.stringify(value));
}

/** A new object as a dry run answers it: with a uid, without a version. */
function unstored(draft: Draft, now: Date): StoredObject {
  const metadata = metadataOf(draft);
  return toStored({
    ...draft,
    metadata: {
      ...metadata,
      name: text(metadata.name) ?? `${String(metadata.generateName)}xxxxx`,
      uid: randomUUID(),
      resourceVersion: '',
      generation: 1,
      creationTimestamp: timestamp(now),
    },
  });
}

function toStored(object: Draft): StoredObject {
  const { apiVersion, kind } = object;
  const { name, namespace, uid, resourceVersion, generation, creationTimestamp, ...rest } = metadataOf(object);
  return {
    ...object,
    apiVersion: String(apiVersion),
    kind: String(kind),
    metadata: {
      ...rest,
      name: String(name),
      namespace: String(namespace),
      uid: String(uid),
      resourceVersion: String(resourceVersion),
      generation: Number(generation),
      creationTimestamp: String(creationTimestamp),
    },
  };
}
