import type { Account } from '../types.ts';
import { globMatcher } from './glob.ts';
import { RpcError } from './rpc-error.ts';

/** Whether a policy of the account allows the action on the object. */
export function allows(account: Account, resource: string, action: string, object: string): boolean {
  return (account.rights.argocd ?? []).some(
    (policy) =>
      globMatcher(policy.resource)(resource) &&
      globMatcher(policy.action)(action) &&
      globMatcher(policy.object)(object),
  );
}

/**
 * Refuses what no policy allows, and says what was asked.
 * `issuedAt`: since when the account's token holds.
 * @throws {RpcError} PermissionDenied
 */
export function enforce(account: Account, resource: string, action: string, object: string, issuedAt: string): void {
  if (!allows(account, resource, action, object))
    throw new RpcError(
      'PermissionDenied',
      `permission denied: ${resource}, ${action}, ${object}, sub: ${account.name}, iat: ${issuedAt}`,
    );
}

/** The bare refusal that does not tell a missing object from a forbidden one. */
export function permissionDenied(): RpcError {
  return new RpcError('PermissionDenied', 'permission denied');
}
