import type { Account } from '../types.ts';
import type { Caller } from './exchange.ts';

/**
 * Who sent a request: the account of its bearer token, else the account named by its verified client certificate,
 * else nobody in particular.
 */
export function identifyCaller(
  authorization: string | undefined,
  certificateName: string | undefined,
  accounts: readonly Account[],
): Caller {
  const token = /^Bearer +(\S+)/i.exec(authorization ?? '')?.[1];
  if (token !== undefined) {
    const account = accounts.find((one) => one.token === token);
    return account === undefined ? { kind: 'unknown', token } : { kind: 'account', account };
  }
  const named = accounts.find((one) => one.name === certificateName);
  return named === undefined ? { kind: 'anonymous' } : { kind: 'account', account: named };
}
