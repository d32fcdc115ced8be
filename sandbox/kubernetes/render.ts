import { isObject } from '../state/json.ts';
import type { Draft, StoredObject } from '../types.ts';
import type { Form } from './accept.ts';
import { shownManagedFields } from './managed-fields.ts';
import { groupVersion, type ServedResource } from './resources.ts';
import { badRequest, StatusError } from './status.ts';

/** `metadata` of a list. */
export interface ListMeta {
  readonly resourceVersion: string;
  readonly continue: string;
  readonly remainingItemCount?: number;
}

/** What a Table row carries beside its cells. */
export type IncludeObject = 'None' | 'Metadata' | 'Object';

export interface RenderOptions {
  readonly form: Form;
  readonly include: IncludeObject;
  readonly now: Date;
}

/** Reads `includeObject`; throws the API server's 400. */
export function parseIncludeObject(value: string | null): IncludeObject {
  if (value === null || value === '') return 'Metadata';
  if (value === 'None' || value === 'Metadata' || value === 'Object') return value;
  throw badRequest(
    `Unable to convert to Table as requested: includeObject: Invalid value: "${value}": must be 'Metadata', 'Object', 'None', or empty`,
  );
}

/** One object in the form that was asked for. */
export function renderObject(served: ServedResource, object: StoredObject, options: RenderOptions): unknown {
  switch (options.form.as) {
    case 'object':
      return wholeObject(served, object);
    case 'metadata':
      return metadataObject(object);
    case 'metadata-list':
      throw notAcceptable('you requested PartialObjectMetadataList, but the requested object is not a list');
    case 'table':
      return {
        ...tableHead(served, { resourceVersion: object.metadata.resourceVersion }, true),
        rows: [tableRow(served, object, options)],
      };
  }
}

/** A list in the form that was asked for. */
export function renderList(
  served: ServedResource,
  objects: readonly StoredObject[],
  meta: ListMeta,
  options: RenderOptions,
): unknown {
  const typedMeta = {
    resourceVersion: meta.resourceVersion,
    ...(meta.continue === '' ? {} : { continue: meta.continue }),
    ...(meta.remainingItemCount === undefined ? {} : { remainingItemCount: meta.remainingItemCount }),
  };
  const apiVersion = groupVersion(served);
  const kind = `${served.kind}List`;
  switch (options.form.as) {
    case 'metadata':
      throw notAcceptable('you requested PartialObjectMetadata, but the requested object is a list');
    case 'metadata-list':
      return {
        kind: 'PartialObjectMetadataList',
        apiVersion: 'meta.k8s.io/v1',
        metadata: typedMeta,
        items: objects.map(metadataObject),
      };
    case 'table':
      return {
        ...tableHead(served, typedMeta, true),
        rows: objects.map((object) => tableRow(served, object, options)),
      };
    case 'object':
      if (isTyped(served))
        return {
          kind,
          apiVersion,
          metadata: typedMeta,
          items: objects.map((object) => {
            const { kind: _, apiVersion: __, ...item } = wholeObject(served, object);
            return item;
          }),
        };
      // The metadata of custom resources comes last.
      return {
        apiVersion,
        items: objects.map((object) => wholeObject(served, object)),
        kind,
        metadata: sorted({ ...meta }),
      };
  }
}

/** Renders the objects of a watch, which remembers whether the columns were sent. */
export function createWatchRenderer(
  served: ServedResource,
  options: RenderOptions,
): {
  object(object: StoredObject): unknown;
  bookmark(resourceVersion: string, initialEventsEnd: boolean): unknown;
} {
  let columnsSent = false;
  const head = (resourceVersion: string) => {
    const result = tableHead(served, { resourceVersion }, !columnsSent);
    columnsSent = true;
    return result;
  };
  return {
    object(object) {
      if (options.form.as === 'table')
        return { ...head(object.metadata.resourceVersion), rows: [tableRow(served, object, options)] };
      return renderObject(served, object, options);
    },
    bookmark(resourceVersion, initialEventsEnd) {
      const annotations = initialEventsEnd ? { annotations: { 'k8s.io/initial-events-end': 'true' } } : {};
      const partial = {
        kind: 'PartialObjectMetadata',
        apiVersion: 'meta.k8s.io/v1',
        metadata: { resourceVersion, ...annotations },
      };
      switch (options.form.as) {
        case 'table':
          return {
            ...head(resourceVersion),
            rows: [{ cells: ['', ...served.columns.slice(1).map(() => null)], object: partial }],
          };
        case 'metadata':
        case 'metadata-list':
          return partial;
        case 'object': {
          const metadata = { ...annotations, resourceVersion };
          return isTyped(served)
            ? { kind: served.kind, apiVersion: groupVersion(served), metadata }
            : { apiVersion: groupVersion(served), kind: served.kind, metadata };
        }
      }
    },
  };
}

function notAcceptable(message: string): StatusError {
  return new StatusError(406, 'NotAcceptable', message);
}

/** Types of Go are written in the order of their fields, custom resources in alphabetical order. */
function isTyped(served: ServedResource): boolean {
  return served.group === '';
}

function wholeObject(served: ServedResource, object: StoredObject): Draft {
  if (!isTyped(served)) return { ...sorted(object), metadata: sorted(shownMetadata(object)) };
  const { kind, apiVersion, metadata: _, ...rest } = object;
  return {
    kind,
    apiVersion,
    metadata: typedMetadata(object),
    ...rest,
    ...(served.resource === 'events'
      ? {
          eventTime: rest.eventTime ?? null,
          reportingComponent: rest.reportingComponent ?? '',
          reportingInstance: rest.reportingInstance ?? '',
        }
      : {}),
  };
}

function metadataObject(object: StoredObject): Draft {
  return { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: typedMetadata(object) };
}

function shownMetadata(object: StoredObject): Draft {
  const { namespace, resourceVersion, ...rest } = object.metadata;
  return {
    ...rest,
    ...(namespace === '' ? {} : { namespace }),
    // An object that was not stored (dry run) has none.
    ...(resourceVersion === '' ? {} : { resourceVersion }),
    managedFields: shownManagedFields(object),
  };
}

const METADATA_ORDER = [
  'name',
  'generateName',
  'namespace',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'labels',
  'annotations',
  'ownerReferences',
  'finalizers',
  'managedFields',
];

function typedMetadata(object: StoredObject): Draft {
  const metadata = shownMetadata(object);
  // Core objects have a generation only where a controller acts on it.
  if (object.kind === 'Event' || object.kind === 'Namespace') delete metadata.generation;
  return Object.fromEntries(METADATA_ORDER.flatMap((key) => (metadata[key] == null ? [] : [[key, metadata[key]]])));
}

function sorted(value: Readonly<Draft>): Draft {
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, value[key]]),
  );
}

function tableHead(served: ServedResource, metadata: Readonly<Draft>, withColumns: boolean): Draft {
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata,
    columnDefinitions: withColumns
      ? served.columns.map(({ name, type, format, description, priority }) => ({
          name,
          type,
          format,
          description,
          priority,
        }))
      : null,
  };
}

function tableRow(served: ServedResource, object: StoredObject, { include, now }: RenderOptions): Draft {
  const carried = {
    None: () => null,
    Metadata: metadataObject,
    Object: (one: StoredObject) => wholeObject(served, one),
  };
  return { cells: served.columns.map(({ cell }) => cell(object, now)), object: carried[include](object) };
}

/** The labels of an object, for selectors. */
export function labelsOf(object: StoredObject): Readonly<Record<string, string>> {
  const labels: unknown = object.metadata.labels;
  return isObject(labels) ? Object.fromEntries(Object.entries(labels).map(([key, value]) => [key, String(value)])) : {};
}
