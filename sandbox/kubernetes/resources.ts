import type { Resource, StoredObject } from '../types.ts';

/** A column of the Table form of a resource. */
export interface Column {
  readonly name: string;
  readonly type: 'string' | 'date';
  readonly format: '' | 'name';
  readonly description: string;
  readonly priority: number;
  /** The cell; a date as the age that is shown. */
  readonly cell: (object: StoredObject, now: Date) => string | null;
}

/** A resource the API serves. */
export interface ServedResource {
  readonly resource: Resource | 'namespaces';
  /** Empty: the core group. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly singular: string;
  readonly shortNames: readonly string[];
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
  readonly columns: readonly Column[];
  readonly storageVersionHash: string;
}

const NAME: Column = {
  name: 'Name',
  type: 'string',
  format: 'name',
  description:
    'Name must be unique within a namespace. Is required when creating resources, although some resources may allow a client to request the generation of an appropriate name automatically. Name is primarily intended for creation idempotence and configuration definition. Cannot be updated. More info: https://kubernetes.io/docs/concepts/overview/working-with-objects/names#names',
  priority: 0,
  cell: ({ metadata }) => metadata.name ?? '',
};

const AGE: Column = {
  name: 'Age',
  type: 'date',
  format: '',
  description:
    'CreationTimestamp is a timestamp representing the server time when this object was created. It is not guaranteed to be set in happens-before order across separate operations. Clients may not set this value. It is represented in RFC3339 form and is in UTC.\n\nPopulated by the system. Read-only. Null for lists. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata',
  priority: 0,
  cell: ({ metadata }, now) => age(metadata.creationTimestamp, now),
};

/** A column as a custom resource definition declares it. */
function pathColumn(name: string, priority: number, ...path: readonly string[]): Column {
  return {
    name,
    type: 'string',
    format: '',
    description: `Custom resource definition column (in JSONPath format): .${path.join('.')}`,
    priority,
    cell: (object) => textAt(object, path),
  };
}

function plainColumn(name: string, cell: Column['cell']): Column {
  return { name, type: 'string', format: '', description: name, priority: 0, cell };
}

/** The text at a path, null when there is none. */
export function textAt(object: unknown, path: readonly string[]): string | null {
  let value: unknown = object;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return null;
    value = Reflect.get(value, key);
  }
  return typeof value === 'string' ? value : null;
}

const CUSTOM_VERBS = ['delete', 'deletecollection', 'get', 'list', 'patch', 'create', 'update', 'watch'];
const ARGO = { group: 'argoproj.io', version: 'v1alpha1', namespaced: true, verbs: CUSTOM_VERBS } as const;

/** What this API serves, in the order of its discovery. */
export const SERVED: readonly ServedResource[] = [
  {
    ...ARGO,
    resource: 'applications',
    kind: 'Application',
    singular: 'application',
    shortNames: ['app', 'apps'],
    storageVersionHash: 'PVzHEyjMffI=',
    columns: [
      NAME,
      pathColumn('Sync Status', 0, 'status', 'sync', 'status'),
      pathColumn('Health Status', 0, 'status', 'health', 'status'),
      pathColumn('Revision', 10, 'status', 'sync', 'revision'),
      pathColumn('Project', 10, 'spec', 'project'),
    ],
  },
  {
    ...ARGO,
    resource: 'appprojects',
    kind: 'AppProject',
    singular: 'appproject',
    shortNames: ['appproj', 'appprojs'],
    storageVersionHash: 'aI45W0YuhVE=',
    columns: [NAME, AGE],
  },
  {
    ...ARGO,
    resource: 'applicationsets',
    kind: 'ApplicationSet',
    singular: 'applicationset',
    shortNames: ['appset', 'appsets'],
    storageVersionHash: 'aaUQCqI8uXk=',
    columns: [NAME, AGE],
  },
  {
    resource: 'events',
    group: '',
    version: 'v1',
    kind: 'Event',
    singular: 'event',
    shortNames: ['ev'],
    namespaced: true,
    verbs: ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'],
    storageVersionHash: 'r2yiGXH7wu8=',
    columns: [
      plainColumn('Last Seen', (object, now) => age(textAt(object, ['lastTimestamp']), now)),
      plainColumn('Type', (object) => textAt(object, ['type'])),
      plainColumn('Reason', (object) => textAt(object, ['reason'])),
      plainColumn('Object', (object) =>
        `${textAt(object, ['involvedObject', 'kind'])}/${textAt(object, ['involvedObject', 'name'])}`.toLowerCase(),
      ),
      plainColumn('Message', (object) => textAt(object, ['message'])),
    ],
  },
  {
    resource: 'namespaces',
    group: '',
    version: 'v1',
    kind: 'Namespace',
    singular: 'namespace',
    shortNames: ['ns'],
    namespaced: false,
    verbs: ['get', 'list'],
    storageVersionHash: 'Q3oi5N2YM8M=',
    columns: [NAME, plainColumn('Status', (object) => textAt(object, ['status', 'phase'])), AGE],
  },
];

/** `v1` or `group/version`. */
export function groupVersion(served: Pick<ServedResource, 'group' | 'version'>): string {
  return served.group === '' ? served.version : `${served.group}/${served.version}`;
}

/** The plural name as messages write it: `applications.argoproj.io`, in the core group `events`. */
export function qualifiedResource(resource: string, group: string): string {
  return group === '' ? resource : `${resource}.${group}`;
}

/** The time since a timestamp, in the short form kubectl shows; at most two units. */
function age(since: string | null | undefined, now: Date): string {
  const then = Date.parse(since ?? '');
  if (Number.isNaN(then)) return '<unknown>';
  const seconds = Math.max(0, Math.floor((now.getTime() - then) / 1000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  const two = (whole: number, unit: string, rest: number, restUnit: string) =>
    rest === 0 ? `${whole}${unit}` : `${whole}${unit}${rest}${restUnit}`;
  if (seconds < 120) return `${seconds}s`;
  if (minutes < 10) return two(minutes, 'm', seconds % 60, 's');
  if (hours < 3) return `${minutes}m`;
  if (hours < 8) return two(hours, 'h', minutes % 60, 'm');
  if (hours < 48) return `${hours}h`;
  if (days < 8) return two(days, 'd', hours % 24, 'h');
  return `${days}d`;
}
