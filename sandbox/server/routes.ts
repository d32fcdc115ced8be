import type { Call, OpenCall } from './call.ts';
import { getEvents, getManagedResources, getResourceTree, getSyncWindows } from './details.ts';
import { deleteApplication, terminateOperation } from './end.ts';
import { getApplication } from './get.ts';
import { listApplications } from './list.ts';
import type { Shape } from './request-body.ts';
import { canI, createSession, deleteSession, getUserInfo, SESSION_REQUEST } from './session.ts';
import { getSettings, getVersion } from './settings.ts';
import { streamApplications } from './stream.ts';
import {
  getApplicationSet,
  getCluster,
  getProject,
  getRefs,
  listApplicationSets,
  listClusters,
} from './surroundings.ts';
import { syncApplication } from './sync.ts';
import { SYNC_REQUEST } from './sync-operation.ts';

type Answered = void | Promise<void>;

/** A call this server knows. It throws what it refuses. */
export type Route = {
  readonly method: string;
  /** Segments; `{x}` takes one, `{x…}` takes the rest. */
  readonly path: string;
  /** What the body must look like; undefined: it is not read. */
  readonly body?: Shape;
  /** Whether it answers line by line, errors too. */
  readonly streams?: true;
} & (
  | { readonly open: true; readonly answer: (call: OpenCall) => Answered }
  | { readonly open: false; readonly answer: (call: Call) => Answered }
);

type Extras = Pick<Route, 'body' | 'streams'>;

/** For anybody. */
function open(method: string, path: string, answer: (call: OpenCall) => Answered, extras: Extras = {}): Route {
  return { method, path, open: true, answer, ...extras };
}

/** For who is logged in. */
function closed(method: string, path: string, answer: (call: Call) => Answered, extras: Extras = {}): Route {
  return { method, path, open: false, answer, ...extras };
}

const ROUTES: readonly Route[] = [
  open('GET', '/api/version', getVersion),
  open('GET', '/api/v1/settings', getSettings),
  open('POST', '/api/v1/session', createSession, { body: SESSION_REQUEST }),
  open('DELETE', '/api/v1/session', deleteSession),
  open('GET', '/api/v1/session/userinfo', getUserInfo),
  closed('GET', '/api/v1/account/can-i/{resource}/{action}/{object…}', canI),
  closed('GET', '/api/v1/applications', listApplications),
  closed('GET', '/api/v1/applications/{name}', getApplication),
  closed('POST', '/api/v1/applications/{name}/sync', syncApplication, { body: SYNC_REQUEST }),
  closed('DELETE', '/api/v1/applications/{name}', deleteApplication),
  closed('DELETE', '/api/v1/applications/{name}/operation', terminateOperation),
  closed('GET', '/api/v1/applications/{name}/syncwindows', getSyncWindows),
  closed('GET', '/api/v1/applications/{name}/resource-tree', getResourceTree),
  closed('GET', '/api/v1/applications/{name}/managed-resources', getManagedResources),
  closed('GET', '/api/v1/applications/{name}/events', getEvents),
  closed('GET', '/api/v1/applicationsets', listApplicationSets),
  closed('GET', '/api/v1/applicationsets/{name}', getApplicationSet),
  closed('GET', '/api/v1/repositories/{repo}/refs', getRefs),
  closed('GET', '/api/v1/projects/{name}', getProject),
  closed('GET', '/api/v1/clusters', listClusters),
  closed('GET', '/api/v1/clusters/{id}', getCluster),
  closed('GET', '/api/v1/stream/applications', streamApplications, { streams: true }),
];

const COMPILED = ROUTES.map((route) => ({ route, segments: route.path.split('/').slice(1) }));

export type RouteMatch =
  | { readonly kind: 'found'; readonly route: Route; readonly parameters: Readonly<Record<string, string>> }
  | { readonly kind: 'wrong-method' }
  | { readonly kind: 'unknown' };

/** Finds the route of a request; `path` is not decoded yet. */
export function matchRoute(method: string, path: string): RouteMatch {
  const segments = path.split('/').slice(1).map(decode);
  let known = false;
  for (const { route, segments: pattern } of COMPILED) {
    const parameters = matchSegments(pattern, segments);
    if (parameters === undefined) continue;
    if (route.method === method) return { kind: 'found', route, parameters };
    known = true;
  }
  return known ? { kind: 'wrong-method' } : { kind: 'unknown' };
}

function matchSegments(
  pattern: readonly string[],
  segments: readonly string[],
): Readonly<Record<string, string>> | undefined {
  const parameters: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const segment = segments[index];
    if (segment === undefined) return undefined;
    if (expected.endsWith('…}')) {
      parameters[expected.slice(1, -2)] = segments.slice(index).join('/');
      return parameters;
    }
    if (expected.startsWith('{')) parameters[expected.slice(1, -1)] = segment;
    else if (expected !== segment) return undefined;
  }
  return segments.length === pattern.length ? parameters : undefined;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
