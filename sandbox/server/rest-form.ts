import { isObject } from '../state/json.ts';
import type { Draft, StoredObject } from '../types.ts';
import { statusOf } from './application-spec.ts';
import type { ResourceHealth, ResourceName } from './backend.ts';
import type { Server } from './server.ts';

/**
 * An object as this API shows it: as it is stored, without `apiVersion` and `kind`.
 * The order is that of the real answers, which matters to nobody but readers of logs.
 */
export function restObject(object: StoredObject): Draft {
  const { apiVersion: _apiVersion, kind: _kind, metadata, spec, status, operation, ...rest } = object;
  return { metadata, spec, status, operation, ...rest };
}

/** Finds the health of a resource; undefined for kinds without. */
export type FindHealth = (resource: ResourceName) => ResourceHealth | undefined;

/**
 * An Application as this API shows it: parts of the status that are never absent in the real answers are filled in.
 * `findHealth`, where given, adds the health of each resource, which is kept beside the stored object.
 */
export function restApplication(application: StoredObject, findHealth?: FindHealth): Draft {
  const status = statusOf(application);
  const { resources } = status;
  const joins = findHealth !== undefined && status.resourceHealthSource === 'appTree' && Array.isArray(resources);
  return {
    ...restObject(application),
    spec: application.spec ?? { destination: {}, project: '' },
    status: {
      ...status,
      sync: status.sync ?? { status: '', comparedTo: { source: { repoURL: '' }, destination: {} } },
      health: status.health ?? {},
      summary: status.summary ?? {},
      sourceHydrator: status.sourceHydrator ?? {},
      ...(joins ? { resources: resources.map((resource) => withHealth(resource, findHealth)) } : {}),
    },
  };
}

/** {@link FindHealth} of one application. */
export function healthOf(server: Server, application: StoredObject): FindHealth {
  const { namespace, name } = application.metadata;
  return (resource) => server.backend.resourceHealth(namespace, name, resource);
}

function withHealth(resource: unknown, findHealth: FindHealth): unknown {
  if (!isObject(resource)) return resource;
  const { group, kind, namespace, name } = resource;
  if (typeof kind !== 'string' || typeof name !== 'string') return resource;
  const health = findHealth({
    ...(typeof group === 'string' ? { group } : {}),
    kind,
    ...(typeof namespace === 'string' ? { namespace } : {}),
    name,
  });
  return health === undefined ? resource : { ...resource, health };
}
