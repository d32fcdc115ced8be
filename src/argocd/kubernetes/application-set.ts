import { record } from '../../lib/json.ts';
import type { Without } from '../../lib/json-without.ts';
import type { ApplicationRef } from '../application.ts';
import { isGeneratedBy, refOf, troubleOf } from '../application-set.ts';
import type { Generated, Namespaces } from '../client.ts';
import { ArgoCdError } from '../errors.ts';
import type { Http } from '../http/http.ts';
import { METADATA_PER_PAGE, toListing } from '../listing.ts';
import { readPages } from './list.ts';
import { ACCEPT, applicationSetPath, collections, where, withQuery } from './paths.ts';

/**
 * What ApplicationSets of this name have generated: the metadata of the Applications names their owners, so no right beyond
 * listing Applications is needed. Only where nothing is found the sets themselves are looked at, to say why.
 */
export const readGenerated = async (
  http: Http,
  fallback: Namespaces | undefined,
  name: string,
  namespaces: Namespaces | undefined,
  signal: AbortSignal,
): Promise<Generated> => {
  const places = collections({ namespaces, selector: '', projects: [] }, fallback);
  const found = await Promise.all(
    places.map(async (namespace) => {
      const query = {
        namespace,
        selector: '',
        accept: ACCEPT.metadataList,
        limit: METADATA_PER_PAGE,
        without: BUT_OWNERS,
      };
      const owned = (item: unknown): readonly ApplicationRef[] =>
        isGeneratedBy(item, name) ? [refOf(item) ?? []].flat() : [];
      return (await readPages(http, query, { item: owned }, signal)).values;
    }),
  );
  const members = toListing(
    found.flat().map((ref) => ({ ref, project: undefined, application: undefined })),
    new Map(),
  ).candidates.map(({ ref }) => ref);
  if (members.length > 0) return { members, exists: true, trouble: '' };
  const sets = await Promise.all(places.map((namespace) => readSets(http, name, namespace, signal)));
  const known = sets.flatMap((set) => set ?? []);
  return {
    members,
    exists: known.length > 0 ? true : sets.includes(undefined) ? undefined : false,
    trouble: known.map(troubleOf).find((trouble) => trouble !== '') ?? '',
  };
};

/** Of metadata only name and owners are wanted. */
const BUT_OWNERS = { metadata: { managedFields: true, annotations: true, labels: true } } satisfies Without;

/** The sets of this name in a namespace or in all; undefined: they may not be read. */
const readSets = async (
  http: Http,
  name: string,
  namespace: string,
  signal: AbortSignal,
): Promise<readonly unknown[] | undefined> => {
  const action = `read ApplicationSet ${name} ${where(namespace)}`;
  const path = withQuery(applicationSetPath(namespace), { fieldSelector: `metadata.name=${name}` });
  try {
    const { items } = record(await http.read({ action, method: 'GET', path }, signal));
    return Array.isArray(items) ? items : [];
  } catch (error) {
    if (!(error instanceof ArgoCdError)) throw error;
    // Without its definition there can be none.
    if (error.code === 'not-found' || error.code === 'not-the-api') return [];
    if (error.code === 'forbidden') return readSet(http, name, namespace, signal);
    throw error;
  }
};

/** By its name, which is a right of its own. */
const readSet = async (
  http: Http,
  name: string,
  namespace: string,
  signal: AbortSignal,
): Promise<readonly unknown[] | undefined> => {
  if (namespace === '*') return undefined;
  const action = `read ApplicationSet ${name} ${where(namespace)}`;
  const path = `${applicationSetPath(namespace)}/${encodeURIComponent(name)}`;
  try {
    return [await http.read({ action, method: 'GET', path }, signal)];
  } catch (error) {
    if (!(error instanceof ArgoCdError)) throw error;
    if (error.code === 'not-found') return [];
    if (error.code === 'forbidden') return undefined;
    throw error;
  }
};
