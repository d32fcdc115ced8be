import { randomUUID } from 'node:crypto';
import { stringify as stringifyYaml } from 'yaml';
import type { ApiContext } from '../context.ts';
import type { Handler, IncomingRequest, Reply } from '../http/exchange.ts';
import { isObject } from '../state/json.ts';
import { timestamp } from '../state/store.ts';
import type { Draft, Resource, StoredObject } from '../types.ts';
import { type Form, negotiate } from './accept.ts';
import { forbidden, forbiddenPath, isAdmin, isAllowed, NOSNIFF, type ResourceAccess } from './authorization.ts';
import { discover } from './discovery.ts';
import { matchesFields, parseFieldSelector, selectedName } from './field-selector.ts';
import { goJsonError } from './go-json.ts';
import { parseLabelSelector } from './label-selector.ts';
import { listPage, type Selection } from './list.ts';
import { openApi } from './openapi.ts';
import { decodeReview, PROTOBUF } from './protobuf.ts';
import { labelsOf, parseIncludeObject, type RenderOptions, renderList, renderObject } from './render.ts';
import { parseRequestPath, type RequestInfo } from './request-info.ts';
import { SERVED, type ServedResource } from './resources.ts';
import { accessReview, rulesReview, selfReview } from './reviews.ts';
import { badRequest, objectDetails, StatusError } from './status.ts';
import { serveWatch } from './watch.ts';
import { createObject, deleteObject, notFound, patchObject, replaceObject, type WriteCall } from './write.ts';

export interface KubernetesApiOptions extends ApiContext {
  /** Namespaces that exist beside those of stored objects. */
  readonly namespaces: readonly string[];
  /** Milliseconds between the bookmarks of a watch. */
  readonly bookmarkInterval: number;
  /** How long a list waits for a resource version that does not exist yet, in milliseconds. Default 3000. */
  readonly futureWait?: number;
}

type StoredResource = ServedResource & { readonly resource: Resource };
type ResourcePath = Extract<RequestInfo, { readonly kind: 'resource' }>;

const COMMON_HEADERS = { 'cache-control': 'no-cache, private' } as const;
const HEALTH = ['/healthz', '/livez', '/readyz'];

/** The Kubernetes API over a store: the group argoproj.io, events, namespaces (read only) and the self reviews. */
export function createKubernetesApi(options: KubernetesApiOptions): Handler {
  return async (request, reply) => {
    try {
      await answer(options, request, reply);
    } catch (error) {
      const { status, headers } = error instanceof StatusError ? error : internalError(error);
      reply.json(status.code, status, { ...commonHeaders(), ...headers });
    }
  };
}

function internalError(error: unknown): StatusError {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new StatusError(500, 'InternalError', `Internal error occurred: ${text}`, {
    details: { causes: [{ reason: 'InternalError', message: text }] },
  });
}

async function answer(options: KubernetesApiOptions, request: IncomingRequest, reply: Reply): Promise<void> {
  if (request.caller.kind === 'unknown') throw new StatusError(401, 'Unauthorized', 'Unauthorized');
  const info = parseRequestPath(request.path);
  if (info.kind === 'path') {
    answerPath(request, reply);
    return;
  }
  const access = accessOf(request, info);
  const selfReviews = info.group === 'authorization.k8s.io' || info.group === 'authentication.k8s.io';
  if (selfReviews ? request.caller.kind === 'anonymous' : !isAllowed(request.caller, access))
    throw forbidden(request.caller, access);
  if (selfReviews) {
    answerReview(options, request, reply, info);
    return;
  }
  const served = SERVED.find(
    (one) => one.group === info.group && one.version === info.version && one.resource === info.resource,
  );
  if (served === undefined) {
    notServed(reply);
    return;
  }
  // None of these has subresources; the API server says the object is missing.
  if (info.subresource !== undefined) throw notFound(served, info.name ?? '');
  const call: ResourceCall = { options, request, reply, served, info, verb: access.verb };
  if (isStored(served)) await answerStored(call, served);
  else answerNamespaces(call);
}

interface ResourceCall {
  readonly options: KubernetesApiOptions;
  readonly request: IncomingRequest;
  readonly reply: Reply;
  readonly served: ServedResource;
  readonly info: ResourcePath;
  readonly verb: string;
}

function isStored(served: ServedResource): served is StoredResource {
  return served.resource !== 'namespaces';
}

function answerPath(request: IncomingRequest, reply: Reply): void {
  const { caller, path, method } = request;
  const open = HEALTH.includes(path) || path.startsWith('/version');
  const known = open || /^\/(api|apis|openapi)(\/|$)/.test(path);
  if (!isAdmin(caller) && !(caller.kind === 'account' ? known : open))
    throw forbiddenPath(caller, method.toLowerCase(), path);
  if (HEALTH.includes(path)) {
    reply.send(200, 'ok', { ...commonHeaders(), ...NOSNIFF, 'content-type': 'text/plain; charset=utf-8' });
    return;
  }
  const found = method === 'GET' ? discover(path, request.headers.accept ?? '') : undefined;
  const described = method === 'GET' ? openApi(path) : undefined;
  if (found !== undefined) reply.json(200, found.body, { ...commonHeaders(), ...found.headers });
  else if (described !== undefined) reply.json(200, described, commonHeaders());
  else notServed(reply);
}

function notServed(reply: Reply): void {
  reply.send(404, '404 page not found\n', {
    ...commonHeaders(),
    ...NOSNIFF,
    'content-type': 'text/plain; charset=utf-8',
  });
}

function answerReview(options: KubernetesApiOptions, request: IncomingRequest, reply: Reply, info: ResourcePath): void {
  if (request.method !== 'POST') throw methodNotAllowed();
  const body = reviewBody(request, info);
  const answers: Readonly<Record<string, () => Draft>> = {
    selfsubjectaccessreviews: () => accessReview(request.caller, body),
    selfsubjectrulesreviews: () => rulesReview(request.caller, body),
    selfsubjectreviews: () => selfReview(request.caller, options.now()),
  };
  const make = Object.hasOwn(answers, info.resource) ? answers[info.resource] : undefined;
  if (make === undefined) notServed(reply);
  else reply.json(201, make(), commonHeaders());
}

function reviewBody(request: IncomingRequest, info: ResourcePath): Draft {
  if (request.body.trim() === '') return {};
  const type = request.headers['content-type'] ?? 'application/json';
  const decoded = type.startsWith(PROTOBUF)
    ? decodeReview(request.bytes, info.resource === 'selfsubjectrulesreviews' ? 'namespace' : 'attributes')
    : undefined;
  if (decoded !== undefined) return decoded;
  if (!type.startsWith('application/json'))
    throw new StatusError(
      415,
      'UnsupportedMediaType',
      'the body of the request was in an unknown format - accepted media types include: application/json',
    );
  const complaint = goJsonError(request.body);
  if (complaint !== undefined) throw badRequest(`couldn't get version/kind; json parse error: ${complaint}`);
  const parsed: unknown = JSON.parse(request.body);
  return isObject(parsed) ? parsed : {};
}

function accessOf(request: IncomingRequest, info: ResourcePath): ResourceAccess {
  const { query, method } = request;
  const watch = isTrue(query.get('watch'));
  const onOne = info.name !== undefined;
  const verbs: Readonly<Record<string, string>> = {
    GET: watch ? 'watch' : onOne ? 'get' : 'list',
    HEAD: onOne ? 'get' : 'list',
    POST: 'create',
    PUT: 'update',
    PATCH: 'patch',
    DELETE: onOne ? 'delete' : 'deletecollection',
  };
  // A list of one name counts as access to that name.
  const named = /(?:^|,)metadata\.name==?([^,]+)/.exec(query.get('fieldSelector') ?? '')?.[1];
  return {
    verb: verbs[method] ?? method.toLowerCase(),
    group: info.group,
    resource: info.resource,
    // A namespace lies in itself.
    namespace: info.group === '' && info.resource === 'namespaces' ? info.name : info.namespace,
    name: info.name ?? (method === 'GET' || method === 'DELETE' ? named : undefined),
    ...(info.subresource === undefined ? {} : { subresource: info.subresource }),
  };
}

async function answerStored(call: ResourceCall, served: StoredResource): Promise<void> {
  const { options, request, reply, info, verb } = call;
  const { store } = options;
  const { name, namespace } = info;
  switch (verb) {
    case 'get': {
      const form = negotiate(request.headers.accept);
      const object = namespace === undefined ? undefined : store.get(served.resource, namespace, name ?? '');
      if (object === undefined) throw notFound(served, name ?? '');
      sendObject(call, 200, object, form);
      return;
    }
    case 'list': {
      const form = negotiate(request.headers.accept);
      const render = renderOptions(call, form);
      const page = await listPage(store, selectionOf(call, served), request.query, options.futureWait ?? 3000);
      send(call, 200, renderList(served, page.items, page.meta, render), form);
      return;
    }
    case 'watch': {
      const form = negotiate(request.headers.accept);
      serveWatch(
        {
          store,
          served,
          selection: selectionOf(call, served),
          query: request.query,
          render: renderOptions(call, form),
          headers: commonHeaders(),
          expired: request.expired,
          bookmarkInterval: options.bookmarkInterval,
        },
        reply,
      );
      return;
    }
    case 'deletecollection': {
      const selected = store
        .list(served.resource)
        .filter((object) => namespace === undefined || object.metadata.namespace === namespace)
        .filter(selectionOf(call, served).matches ?? (() => true));
      const version = String(store.resourceVersion);
      for (const { metadata } of selected) store.delete(served.resource, metadata.namespace, metadata.name);
      const meta = { continue: '', resourceVersion: version };
      const form = negotiate(request.headers.accept);
      send(call, 200, renderList(served, selected, meta, renderOptions(call, form)), form);
      return;
    }
    default:
      answerWrite(call, served);
  }
}

function answerWrite(call: ResourceCall, served: StoredResource): void {
  const { options, request, info, verb } = call;
  const { name, namespace } = info;
  if (verb === 'create' && name !== undefined) throw methodNotAllowed();
  if (!['create', 'update', 'patch', 'delete'].includes(verb)) throw methodNotAllowed();
  if (verb !== 'create' && name === undefined) throw badRequest('name must be provided');
  if (namespace === undefined) throw methodNotAllowed();
  const form = negotiate(request.headers.accept);
  const write: WriteCall = {
    store: options.store,
    served,
    namespace,
    query: request.query,
    contentType: (request.headers['content-type'] ?? 'application/json').split(';')[0]?.trim() ?? '',
    body: request.body,
    userAgent: request.headers['user-agent'] ?? '',
    now: options.now(),
  };
  if (verb === 'delete') {
    const { held, uid } = deleteObject(write, name ?? '');
    if (held !== undefined) sendObject(call, 200, held, form);
    else {
      const details = { ...objectDetails(name, served.group, served.resource), uid };
      send(call, 200, { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details }, form);
    }
    return;
  }
  if (verb === 'create' && !options.namespaces.includes(namespace) && !namespaceNames(options).includes(namespace))
    throw notFound({ resource: 'namespaces', group: '' }, namespace);
  const written =
    verb === 'create'
      ? createObject(write)
      : verb === 'update'
        ? replaceObject(write, name ?? '')
        : patchObject(write, name ?? '');
  const warnings = written.warnings.map((text) => `299 - ${JSON.stringify(text)}`).join(', ');
  sendObject(call, written.created ? 201 : 200, written.object, form, warnings === '' ? {} : { warning: warnings });
}

function answerNamespaces(call: ResourceCall): void {
  const { options, request, info, verb } = call;
  const form = negotiate(request.headers.accept);
  if (verb === 'get') {
    const name = info.name ?? '';
    if (!namespaceNames(options).includes(name)) throw notFound(call.served, name);
    sendObject(call, 200, namespaceObject(name, options), form);
  } else if (verb === 'list') {
    const objects = namespaceNames(options).map((name) => namespaceObject(name, options));
    const meta = { continue: '', resourceVersion: String(options.store.resourceVersion) };
    send(call, 200, renderList(call.served, objects, meta, renderOptions(call, form)), form);
  } else throw methodNotAllowed();
}

/** The namespaces that exist: the given ones and those something lives in. */
function namespaceNames(options: KubernetesApiOptions): readonly string[] {
  const used = SERVED.filter(isStored).flatMap(({ resource }) =>
    options.store.list(resource).map(({ metadata }) => metadata.namespace),
  );
  return [...new Set([...options.namespaces, ...used])].sort();
}

function namespaceObject(name: string, options: KubernetesApiOptions): StoredObject {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name,
      namespace: '',
      uid: `00000000-0000-4000-8000-${Buffer.from(name).toString('hex').padEnd(12, '0').slice(0, 12)}`,
      resourceVersion: String(options.store.oldestVersion),
      generation: 1,
      creationTimestamp: timestamp(options.now()),
      labels: { 'kubernetes.io/metadata.name': name },
    },
    spec: { finalizers: ['kubernetes'] },
    status: { phase: 'Active' },
  };
}

function selectionOf(call: ResourceCall, served: StoredResource): Selection {
  const { request, info } = call;
  const labelText = request.query.get('labelSelector') ?? '';
  const fieldText = request.query.get('fieldSelector') ?? '';
  const labels = labelText.trim() === '' ? undefined : parseLabelSelector(labelText);
  const fields = parseFieldSelector(fieldText, served);
  const name = info.name ?? selectedName(fields);
  const tests = [
    ...(labels === undefined ? [] : [(object: StoredObject) => labels(labelsOf(object))]),
    ...(fields.length === 0 ? [] : [(object: StoredObject) => matchesFields(fields, object)]),
    ...(name === undefined ? [] : [({ metadata }: StoredObject) => metadata.name === name]),
  ];
  return {
    resource: served.resource,
    namespace: info.namespace,
    matches: tests.length === 0 ? undefined : (object) => tests.every((test) => test(object)),
  };
}

function renderOptions(call: ResourceCall, form: Form): RenderOptions {
  const include =
    form.as === 'table' ? parseIncludeObject(call.request.query.get('includeObject')) : ('Metadata' as const);
  return { form, include, now: call.options.now() };
}

function sendObject(
  call: ResourceCall,
  status: number,
  object: StoredObject,
  form: Form,
  headers: Readonly<Record<string, string>> = {},
): void {
  send(call, status, renderObject(call.served, object, renderOptions(call, form)), form, headers);
}

function send(
  call: ResourceCall,
  status: number,
  body: unknown,
  form: Form,
  headers: Readonly<Record<string, string>> = {},
): void {
  const all = { ...commonHeaders(), ...headers };
  if (form.yaml) {
    call.reply.send(status, stringifyYaml(body), { ...all, 'content-type': 'application/yaml' });
    return;
  }
  // People at a terminal or in a browser get it readable.
  const readable =
    isTrue(call.request.query.get('pretty')) ||
    /^(curl|Wget|Mozilla\/5\.0)/.test(call.request.headers['user-agent'] ?? '');
  const text = readable ? `${JSON.stringify(body, null, 2)}\n` : `${JSON.stringify(body)}\n`;
  call.reply.send(status, text, { ...all, 'content-type': 'application/json' });
}

function commonHeaders(): Readonly<Record<string, string>> {
  return { ...COMMON_HEADERS, 'audit-id': randomUUID() };
}

function methodNotAllowed(): StatusError {
  return new StatusError(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource', {
    details: {},
  });
}

function isTrue(value: string | null): boolean {
  return value === 'true' || value === '1';
}
