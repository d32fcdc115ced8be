import { listAt } from '../state/past.ts';
import type { Resource, Store, StoredObject } from '../types.ts';
import { readToken, writeToken } from './continue-token.ts';
import type { ListMeta } from './render.ts';
import { badRequest, invalid, StatusError } from './status.ts';

/** Which objects of a resource are meant. */
export interface Selection {
  readonly resource: Resource;
  /** Undefined: all namespaces. */
  readonly namespace: string | undefined;
  /** Undefined: no selector at all, which a client can tell from `remainingItemCount`. */
  readonly matches: ((object: StoredObject) => boolean) | undefined;
}

export interface ListPage {
  readonly items: readonly StoredObject[];
  readonly meta: ListMeta;
}

/**
 * One page of a list, by the parameters of the query. Throws 400, 410, 422 and 504 as the API server does; 504 after
 * `futureWait` milliseconds without the resource version that was asked for.
 */
export async function listPage(
  store: Store,
  selection: Selection,
  query: URLSearchParams,
  futureWait: number,
): Promise<ListPage> {
  const limit = parseLimit(query.get('limit'));
  const version = query.get('resourceVersion') ?? '';
  const match = query.get('resourceVersionMatch') ?? '';
  const token = query.get('continue') ?? '';
  checkMatch(match, version, token);
  if (token !== '') {
    if (version !== '' && version !== '0')
      throw badRequest('specifying resource version is not allowed when using continue');
    return continued(store, selection, token, limit);
  }
  const wanted = parseVersion(version);
  if (wanted > store.resourceVersion) await futureVersion(store, wanted, futureWait);
  if (match === 'Exact') {
    const past = listAt(store, selection.resource, wanted);
    if (past === 'expired')
      throw new StatusError(410, 'Expired', 'The resourceVersion for the provided list is too old.');
    return page(selection, past, wanted, '', limit);
  }
  // "Any version" is answered from memory, which does not page.
  return page(selection, store.list(selection.resource), store.resourceVersion, '', version === '0' ? 0 : limit);
}

function continued(store: Store, selection: Selection, text: string, limit: number): ListPage {
  const { version, after } = readToken(text);
  if (version < 0) return page(selection, store.list(selection.resource), store.resourceVersion, after, limit);
  const past = listAt(store, selection.resource, version);
  if (past === 'expired')
    throw new StatusError(
      410,
      'Expired',
      'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.',
      { continueToken: writeToken({ version: -1, after }) },
    );
  return page(selection, past, version, after, limit);
}

/**
 * The first `limit` selected objects after a key. As in etcd there may be a token although nothing selected follows: it
 * tells that objects follow, selected or not.
 */
function page(
  selection: Selection,
  all: readonly StoredObject[],
  version: number,
  after: string,
  limit: number,
): ListPage {
  const { namespace, matches } = selection;
  const scoped = all.filter(
    ({ metadata }) =>
      (namespace === undefined || metadata.namespace === namespace) &&
      (after === '' || keyIn(namespace, metadata) > after),
  );
  const items: StoredObject[] = [];
  let seen = 0;
  for (const object of scoped) {
    if (limit > 0 && items.length === limit) break;
    seen += 1;
    if (matches === undefined || matches(object)) items.push(object);
  }
  const left = scoped.length - seen;
  const last = scoped[seen - 1];
  const prefix = selection.resource === 'events' ? '' : '/';
  return {
    items,
    meta: {
      continue:
        left > 0 && last !== undefined ? writeToken({ version, after: prefix + keyIn(namespace, last.metadata) }) : '',
      ...(left > 0 && matches === undefined ? { remainingItemCount: left } : {}),
      resourceVersion: String(version),
    },
  };
}

/** The key below the prefix that is listed. */
function keyIn(namespace: string | undefined, metadata: StoredObject['metadata']): string {
  return namespace === undefined ? `${metadata.namespace}/${metadata.name}` : metadata.name;
}

function parseLimit(text: string | null): number {
  if (text === null || text === '') return 0;
  if (!/^[-+]?\d+$/.test(text)) throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`);
  return Math.max(0, Number(text));
}

function parseVersion(text: string): number {
  if (text === '') return 0;
  if (!/^\d+$/.test(text)) throw badRequest(`invalid resource version: ${versionComplaint(text)}`);
  return Number(text);
}

/** What is wrong with a resource version that is no number. */
export function versionComplaint(text: string): string {
  const quoted = JSON.stringify(text);
  return `resourceVersion: Invalid value: ${quoted}: strconv.ParseUint: parsing ${quoted}: invalid syntax`;
}

function checkMatch(match: string, version: string, token: string): void {
  const refuse = (reason: string, message: string) =>
    invalid('', 'meta.k8s.io', 'ListOptions', [{ reason, message, field: 'resourceVersionMatch' }]);
  if (match === '') return;
  if (token !== '')
    throw refuse('FieldValueForbidden', 'Forbidden: resourceVersionMatch is forbidden when continue is provided');
  if (version === '')
    throw refuse(
      'FieldValueForbidden',
      'Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided',
    );
  if (match !== 'Exact' && match !== 'NotOlderThan')
    throw refuse(
      'FieldValueNotSupported',
      `Unsupported value: ${JSON.stringify(match)}: supported values: "Exact", "NotOlderThan"`,
    );
  if (match === 'Exact' && version === '0')
    throw refuse('FieldValueForbidden', 'Forbidden: resourceVersionMatch "Exact" is forbidden for resourceVersion "0"');
}

async function futureVersion(store: Store, wanted: number, wait: number): Promise<void> {
  const arrived = await new Promise<boolean>((resolve) => {
    const done = (result: boolean) => {
      clearTimeout(timer);
      stop();
      resolve(result);
    };
    const timer = setTimeout(() => done(false), wait);
    const stop = store.subscribe((event) => {
      if (event.resourceVersion >= wanted) done(true);
    });
  });
  if (arrived) return;
  throw new StatusError(
    504,
    'Timeout',
    `Timeout: Too large resource version: ${wanted}, current: ${store.resourceVersion}`,
    {
      details: {
        causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
        retryAfterSeconds: 1,
      },
      headers: { 'retry-after': '1' },
    },
  );
}
