import { record, text } from '../../lib/json.ts';
import { type ApplicationRef, refKey } from '../application.ts';
import type { Namespaces, WatchScope } from '../client.ts';
import { ArgoCdError } from '../errors.ts';
import type { Http } from '../http/http.ts';
import { METADATA_PER_PAGE } from '../listing.ts';
import { whatCouldBeRead } from '../read-each.ts';
import { BUT_VERSION } from '../unneeded.ts';
import { readPages } from './list.ts';
import { ACCEPT, collections, objectPath } from './paths.ts';

/** The version of each Application in scope, from metadata alone. What does not exist is left out, and what is not `wanted`. */
export const readVersions = async (
  http: Http,
  fallback: Namespaces | undefined,
  scope: WatchScope,
  signal: AbortSignal,
  wanted?: ReadonlySet<string>,
): Promise<ReadonlyMap<string, string>> => {
  if (scope.kind === 'refs') {
    return new Map((await whatCouldBeRead(scope.refs.map((ref) => readVersion(http, ref, signal)))).flat());
  }
  const parts = await Promise.all(
    collections(scope, fallback).map((namespace) =>
      readPages(
        http,
        {
          namespace,
          selector: scope.selector,
          accept: ACCEPT.metadataList,
          limit: METADATA_PER_PAGE,
          without: BUT_VERSION,
        },
        { item: (item) => versionOf(item).filter(([key]) => wanted?.has(key) !== false) },
        signal,
      ),
    ),
  );
  return new Map(parts.flatMap(({ values }) => values));
};

const readVersion = async (
  http: Http,
  ref: ApplicationRef,
  signal: AbortSignal,
): Promise<readonly (readonly [string, string])[]> => {
  try {
    const call = {
      action: `read Application ${refKey(ref)}`,
      method: 'GET',
      path: objectPath(ref),
      accept: ACCEPT.metadata,
      without: BUT_VERSION,
    } as const;
    return versionOf(await http.read(call, signal));
  } catch (error) {
    if (error instanceof ArgoCdError && error.code === 'not-found') return [];
    throw error;
  }
};

const versionOf = (item: unknown): readonly (readonly [string, string])[] => {
  const metadata = record(record(item).metadata);
  const ref = { namespace: text(metadata.namespace), name: text(metadata.name) };
  return ref.name === '' ? [] : [[refKey(ref), text(metadata.resourceVersion)]];
};
