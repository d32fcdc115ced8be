import type { Caller } from '../http/exchange.ts';
import type { Account } from '../types.ts';
import { qualifiedResource } from './resources.ts';
import { objectDetails, StatusError } from './status.ts';

/** What a request for a resource wants to do. */
export interface ResourceAccess {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly subresource?: string;
  /** Undefined: all namespaces, or a resource without one. */
  readonly namespace: string | undefined;
  readonly name: string | undefined;
}

/** What the API calls a caller. */
export function userName(caller: Caller): string {
  return caller.kind === 'account' ? accountUser(caller.account) : 'system:anonymous';
}

function accountUser(account: Account): string {
  return account.kubernetesUser ?? account.name;
}

/** Whether an account's rights allow this. */
export function isAllowed(caller: Caller, access: ResourceAccess): boolean {
  if (caller.kind !== 'account') return false;
  const resource = access.subresource === undefined ? access.resource : `${access.resource}/${access.subresource}`;
  return (caller.account.rights.kubernetes ?? []).some(
    (rule) =>
      includes(rule.resources, resource) &&
      includes(rule.verbs, access.verb) &&
      (rule.namespaces.includes('*') ||
        (access.namespace !== undefined && rule.namespaces.includes(access.namespace))) &&
      (rule.names === undefined || (access.name !== undefined && rule.names.includes(access.name))),
  );
}

/** Whether the caller may do everything, everywhere. */
export function isAdmin(caller: Caller): boolean {
  return (
    caller.kind === 'account' &&
    (caller.account.rights.kubernetes ?? []).some(
      ({ resources, verbs, namespaces }) => resources.includes('*') && verbs.includes('*') && namespaces.includes('*'),
    )
  );
}

function includes(list: readonly string[], value: string): boolean {
  return list.includes('*') || list.includes(value);
}

/** 403 for a resource, in the words of the API server. */
export function forbidden(caller: Caller, access: ResourceAccess): StatusError {
  const { verb, group, resource, subresource, namespace, name } = access;
  const what = qualifiedResource(resource, group) + (name === undefined ? '' : ` ${JSON.stringify(name)}`);
  const wanted = subresource === undefined ? resource : `${resource}/${subresource}`;
  const where = namespace === undefined ? 'at the cluster scope' : `in the namespace "${namespace}"`;
  return new StatusError(
    403,
    'Forbidden',
    `${what} is forbidden: User "${userName(caller)}" cannot ${verb} resource "${wanted}" in API group "${group}" ${where}`,
    { details: objectDetails(name, group, resource), headers: NOSNIFF },
  );
}

/** 403 for a path that is no resource. */
export function forbiddenPath(caller: Caller, verb: string, path: string): StatusError {
  return new StatusError(403, 'Forbidden', `forbidden: User "${userName(caller)}" cannot ${verb} path "${path}"`, {
    details: {},
    headers: NOSNIFF,
  });
}

export const NOSNIFF = { 'x-content-type-options': 'nosniff' } as const;
