import { list, record, text } from '../../lib/json.ts';
import { type ApplicationRef, refKey, refText } from '../application.ts';
import { isGeneratedBy, listedMembers, refOf, troubleOf } from '../application-set.ts';
import type { Generated, Namespaces } from '../client.ts';
import { ArgoCdError } from '../errors.ts';
import type { Http } from '../http/http.ts';
import { toListing } from '../listing.ts';
import { AGE_FIELDS } from './fields.ts';
import { applicationPath, applicationSetPath, applicationSetsPath, listPath } from './paths.ts';

/** More than these in one go are cheaper as one list. */
const LOOKED_AT_MAX = 30;
/** Several API servers stamp creation, each by its own clock. */
const CLOCKS_APART_MS = 60_000;

/**
 * What ApplicationSets of this name have generated. A list of Applications cannot select owner references, so the sets
 * themselves say it in their status; where that is missing or cut, whole Applications are listed, which is much but complete.
 * Throws `forbidden` where the account may not get the set.
 */
export const readGenerated = async (
  http: Http,
  name: string,
  namespaces: Namespaces | undefined,
  signal: AbortSignal,
): Promise<Generated> => {
  const sets =
    namespaces === '*'
      ? await readAll(http, name, signal)
      : (await Promise.all((namespaces ?? ['']).map((namespace) => readOne(http, name, namespace, signal)))).flat();
  const members = (await Promise.all(sets.map((set) => membersOf(http, set, name, signal)))).flat();
  return {
    members: toListing(
      members.map((ref) => ({ ref, project: undefined, application: undefined })),
      new Map(),
    ).candidates.map(({ ref }) => ref),
    // A list leaves out what the account may not get.
    exists: sets.length > 0 ? true : namespaces === '*' ? undefined : false,
    trouble: sets.map(troubleOf).find((trouble) => trouble !== '') ?? '',
  };
};

/** `namespace` `''`: the server's own. */
const readOne = async (
  http: Http,
  name: string,
  namespace: string,
  signal: AbortSignal,
): Promise<readonly unknown[]> => {
  const action = `read ApplicationSet ${namespace === '' ? name : `${namespace}/${name}`}`;
  try {
    return [await http.read({ action, method: 'GET', path: applicationSetPath(name, namespace) }, signal)];
  } catch (error) {
    if (error instanceof ArgoCdError && error.code === 'not-found') return [];
    throw error;
  }
};

const readAll = async (http: Http, name: string, signal: AbortSignal): Promise<readonly unknown[]> => {
  const answer = await http.read({ action: 'list ApplicationSets', method: 'GET', path: applicationSetsPath }, signal);
  return list(record(answer).items).filter((set) => refOf(set)?.name === name);
};

const membersOf = async (
  http: Http,
  set: unknown,
  name: string,
  signal: AbortSignal,
): Promise<readonly ApplicationRef[]> => {
  const { namespace } = refOf(set) ?? { namespace: '' };
  const listed = listedMembers(set);
  const newcomers = listed === undefined ? undefined : await newcomersBeside(http, listed, name, namespace, signal);
  if (listed !== undefined && newcomers !== undefined) return [...listed, ...newcomers];
  const action = `list the Applications of ApplicationSet ${name}`;
  const answer = await http.read({ action, method: 'GET', path: listPath([['appNamespace', namespace]]) }, signal);
  return list(record(answer).items)
    .filter((item) => isGeneratedBy(item, name))
    .flatMap((item) => refOf(item) ?? [])
    .filter((ref) => ref.namespace === namespace);
};

/**
 * Members that the set has not listed yet. Argo CD writes the list before it creates new Applications (up to 3.4, argo-cd issue
 * 26512) or from a cache that lags, and then not again until something else happens to the set. Who is missing is younger than
 * all that are listed, so only those are looked at. Undefined: too many to look at one by one.
 */
const newcomersBeside = async (
  http: Http,
  listed: readonly ApplicationRef[],
  name: string,
  namespace: string,
  signal: AbortSignal,
): Promise<readonly ApplicationRef[] | undefined> => {
  const action = `list the youngest Applications beside ApplicationSet ${name}`;
  const path = listPath([
    ['appNamespace', namespace],
    ['fields', AGE_FIELDS],
  ]);
  const known = new Set(listed.map(refKey));
  const all = list(record(await http.read({ action, method: 'GET', path }, signal)).items).flatMap((item) => {
    const ref = refOf(item);
    const bornMs = Date.parse(text(record(record(item).metadata).creationTimestamp));
    return ref === undefined || ref.namespace !== namespace
      ? []
      : [{ ref, bornMs: Number.isNaN(bornMs) ? Infinity : bornMs }];
  });
  const newest = Math.max(0, ...all.filter(({ ref }) => known.has(refKey(ref))).map(({ bornMs }) => bornMs));
  const young = all.filter(({ ref, bornMs }) => !known.has(refKey(ref)) && bornMs >= newest - CLOCKS_APART_MS);
  if (young.length > LOOKED_AT_MAX) return undefined;
  const members = await Promise.all(
    young.map(async ({ ref }) => {
      const one = {
        action: `read Application ${refText(ref)}`,
        method: 'GET',
        path: applicationPath(ref, ''),
      } as const;
      try {
        return isGeneratedBy(await http.read(one, signal), name) ? [ref] : [];
      } catch (error) {
        if (error instanceof ArgoCdError && (error.code === 'not-found' || error.code === 'forbidden')) return [];
        throw error;
      }
    }),
  );
  return members.flat();
};
