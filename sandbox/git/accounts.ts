/** Who may use the Git server. */
export interface GitAccount {
  /** The password of basic credentials (any user name, as for GitHub's tokens), or a bearer token. */
  readonly token: string;
  readonly write: boolean;
}

/** The account of these credentials; undefined: nobody. */
export const identify = (
  authorization: string | undefined,
  accounts: readonly GitAccount[],
): GitAccount | undefined => {
  const [scheme = '', value = ''] = (authorization ?? '').split(' ');
  const token =
    scheme.toLowerCase() === 'basic'
      ? Buffer.from(value, 'base64').toString('utf8').split(':').slice(1).join(':')
      : value;
  return token === '' ? undefined : accounts.find((account) => account.token === token);
};
