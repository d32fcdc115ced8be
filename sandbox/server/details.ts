import { isObject } from '../state/json.ts';
import type { Draft, StoredObject } from '../types.ts';
import { sendValue } from './answers.ts';
import { findApplication } from './application-lookup.ts';
import { statusOf } from './application-spec.ts';
import { applicationOf, type Call } from './call.ts';
import { restObject } from './rest-form.ts';
import { RpcError } from './rpc-error.ts';

/** `GET /api/v1/applications/{name}/syncwindows` */
export function getSyncWindows(call: Call): void {
  const { active, assigned, canSync } = call.server.backend.syncWindows(visible(call));
  sendValue(call.reply, {
    ...(active.length > 0 ? { activeWindows: active } : {}),
    ...(assigned.length > 0 ? { assignedWindows: assigned } : {}),
    canSync,
  });
}

/** `GET /api/v1/applications/{name}/resource-tree` */
export function getResourceTree(call: Call): void {
  const { namespace, name } = visible(call).metadata;
  sendValue(call.reply, { nodes: orNull(call.server.backend.resourceTree(namespace, name)) });
}

/** `GET /api/v1/applications/{name}/managed-resources`: names and minimal manifests, no more. */
export function getManagedResources(call: Call): void {
  const { resources } = statusOf(visible(call));
  sendValue(call.reply, { items: orNull((Array.isArray(resources) ? resources : []).filter(isObject).map(managed)) });
}

/** `GET /api/v1/applications/{name}/events`: of the Application, or of one resource in its tree. */
export function getEvents(call: Call): void {
  const { store } = call.server;
  const { namespace, name, uid } = subject(call);
  const events = store.list('events').filter(({ metadata, involvedObject }) => {
    const of = isObject(involvedObject) ? involvedObject : {};
    return metadata.namespace === namespace && of.name === name && (of.uid === uid || of.uid === undefined);
  });
  sendValue(call.reply, {
    metadata: { resourceVersion: String(store.resourceVersion) },
    items: orNull(events.map(restObject)),
  });
}

/** Whose events are asked for. */
function subject(call: Call): { readonly namespace: string; readonly name: string; readonly uid: string } {
  const { metadata } = visible(call);
  const { query } = call.request;
  const [namespace, name, uid] = ['resourceNamespace', 'resourceName', 'resourceUID'].map(
    (key) => query.get(key) ?? '',
  );
  if (name === '' && uid === '') return metadata;
  const node = call.server.backend
    .resourceTree(metadata.namespace, metadata.name)
    .filter(isObject)
    .find((one) => one.uid === uid && one.name === name && (one.namespace ?? '') === namespace);
  if (node === undefined || namespace === undefined || name === undefined || uid === undefined) {
    throw new RpcError('InvalidArgument', `${name} not found as part of application ${metadata.name}`);
  }
  return { namespace, name, uid };
}

function visible(call: Call): StoredObject {
  return findApplication(call.server, call.account, 'get', applicationOf(call));
}

function managed(resource: Readonly<Draft>): Draft {
  const { group, version, kind, namespace, name } = resource;
  const apiVersion = typeof group === 'string' && group !== '' ? `${group}/${String(version)}` : version;
  const manifest = JSON.stringify({ apiVersion, kind, metadata: { name, namespace } });
  return { group, kind, namespace, name, targetState: manifest, liveState: manifest };
}

/** Empty lists do not survive the way through gRPC. */
function orNull<T>(items: readonly T[]): readonly T[] | null {
  return items.length === 0 ? null : items;
}
