import { isObject } from '../state/json.ts';
import { timestamp } from '../state/store.ts';
import type { Draft, StoredObject } from '../types.ts';
import { sendValue } from './answers.ts';
import type { Cluster } from './backend.ts';
import type { Call } from './call.ts';
import { restObject } from './rest-form.ts';
import { allows, enforce, permissionDenied } from './rights.ts';
import { RpcError } from './rpc-error.ts';
import { parseSelector } from './selector.ts';
import type { Server } from './server.ts';

/** `GET /api/v1/repositories/{repo}/refs`: branches and tags; what there is none of is left out. */
export function getRefs({ server, account, parameters, reply }: Call): void {
  const { repo = '' } = parameters;
  enforce(account, 'repositories', 'get', repo, server.startedAt);
  const refs = server.backend.refs(repo);
  if (refs === undefined) throw new RpcError('NotFound', 'repository not found');
  sendValue(reply, {
    ...(refs.branches.length > 0 ? { branches: refs.branches } : {}),
    ...(refs.tags.length > 0 ? { tags: refs.tags } : {}),
  });
}

/** `GET /api/v1/applicationsets` */
export function listApplicationSets({ server, account, request: { query }, reply }: Call): void {
  const matches = parseSelector(query.get('selector') ?? '', 'error parsing the selector: ');
  const namespace = query.get('appsetNamespace') ?? '';
  const projects = new Set(query.getAll('projects'));
  const found = server.store
    .list('applicationsets')
    .filter(
      (set) =>
        (namespace === '' || set.metadata.namespace === namespace) &&
        matches(set.metadata.labels ?? {}) &&
        (projects.size === 0 || projects.has(setProject(set))) &&
        server.serves(set.metadata.namespace) &&
        allows(account, 'applicationsets', 'get', setName(server, set)),
    );
  sendValue(reply, {
    metadata: { resourceVersion: String(server.store.resourceVersion) },
    items: found.length === 0 ? null : found.map(restObject),
  });
}

/** `GET /api/v1/applicationsets/{name}` */
export function getApplicationSet({ server, account, parameters, request: { query }, reply }: Call): void {
  const { name = '' } = parameters;
  const namespace = query.get('appsetNamespace') || server.namespace;
  const found = server.serves(namespace) ? server.store.get('applicationsets', namespace, name) : undefined;
  if (found === undefined)
    throw new RpcError('NotFound', `error getting ApplicationSet: applicationset.argoproj.io "${name}" not found`);
  enforce(account, 'applicationsets', 'get', setName(server, found), server.startedAt);
  sendValue(reply, restObject(found));
}

/** `GET /api/v1/projects/{name}` */
export function getProject({ server, account, parameters, reply }: Call): void {
  const { name = '' } = parameters;
  enforce(account, 'projects', 'get', name, server.startedAt);
  const project = server.store.get('appprojects', server.namespace, name);
  if (project === undefined) throw new RpcError('NotFound', `appprojects.argoproj.io "${name}" not found`);
  sendValue(reply, { ...restObject(project), status: project.status ?? {} });
}

/** `GET /api/v1/clusters`: those the account may see; `name` and `server` narrow them. */
export function listClusters({ server, account, request: { query }, reply }: Call): void {
  const found = server.backend.clusters.filter(
    (cluster) =>
      [cluster.name, ''].includes(query.get('name') ?? '') &&
      [cluster.server, ''].includes(query.get('server') ?? '') &&
      allows(account, 'clusters', 'get', cluster.server),
  );
  sendValue(reply, {
    metadata: {},
    items: found.length === 0 ? null : found.map((cluster) => restCluster(server, cluster)),
  });
}

/** `GET /api/v1/clusters/{id}`: by server address, with `id.type=name` by name. */
export function getCluster({ server, account, parameters, request: { query }, reply }: Call): void {
  const { id = '' } = parameters;
  const key = query.get('id.type') === 'name' ? 'name' : 'server';
  const cluster = server.backend.clusters.find((one) => one[key] === id);
  if (cluster === undefined || !allows(account, 'clusters', 'get', cluster.server)) throw permissionDenied();
  sendValue(reply, restCluster(server, cluster));
}

function restCluster({ store, now }: Server, cluster: Cluster): Draft {
  const connectionState = { status: 'Successful', message: '', attemptedAt: timestamp(now()) };
  const applicationsCount = store.list('applications').filter(({ spec }) => {
    const destination = isObject(spec) && isObject(spec.destination) ? spec.destination : {};
    return destination.server === cluster.server || destination.name === cluster.name;
  }).length;
  return {
    server: cluster.server,
    name: cluster.name,
    config: { tlsClientConfig: { insecure: false } },
    connectionState,
    serverVersion: 'v1.36.2',
    info: { connectionState, serverVersion: 'v1.36.2', cacheInfo: {}, applicationsCount },
  };
}

/** The name of an ApplicationSet in policies. */
function setName(server: Server, set: StoredObject): string {
  const { namespace, name } = set.metadata;
  return namespace === server.namespace ? `${setProject(set)}/${name}` : `${setProject(set)}/${namespace}/${name}`;
}

/** The project an ApplicationSet generates into. */
function setProject({ spec }: StoredObject): string {
  const template = isObject(spec) ? spec.template : undefined;
  const generated = isObject(template) ? template.spec : undefined;
  return (isObject(generated) && typeof generated.project === 'string' && generated.project) || 'default';
}
