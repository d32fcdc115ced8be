import { list, record } from '../../lib/json.ts';
import type { ApplicationRef } from '../application.ts';
import { isGeneratedBy, listedMembers, refOf, troubleOf } from '../application-set.ts';
import type { Generated, Namespaces } from '../client.ts';
import { ArgoCdError } from '../errors.ts';
import type { Http } from '../http/http.ts';
import { toListing } from '../listing.ts';
import { applicationSetPath, applicationSetsPath, listPath } from './paths.ts';

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
  const listed = listedMembers(set);
  if (listed !== undefined) return listed;
  const { namespace } = refOf(set) ?? { namespace: '' };
  const action = `list the Applications of ApplicationSet ${name}`;
  const answer = await http.read({ action, method: 'GET', path: listPath([['appNamespace', namespace]]) }, signal);
  return list(record(answer).items)
    .filter((item) => isGeneratedBy(item, name))
    .flatMap((item) => refOf(item) ?? [])
    .filter((ref) => ref.namespace === namespace);
};
