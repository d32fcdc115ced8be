import { stringify } from 'yaml';
import type { KeyPair } from './http/certificates.ts';
import type { Account } from './types.ts';

/**
 * A kubeconfig (YAML) with one context, `sandbox`, in namespace `argocd`. `client`: the certificate to show where the
 * server demands one; who asks is decided by the token.
 */
export function kubeconfigFor(
  account: Account,
  server: string,
  certificateAuthority: string | undefined,
  client: KeyPair | undefined,
): string {
  const cluster = {
    server,
    ...(certificateAuthority === undefined ? {} : { 'certificate-authority-data': base64(certificateAuthority) }),
  };
  const user = {
    token: account.token,
    ...(client === undefined
      ? {}
      : { 'client-certificate-data': base64(client.certificate), 'client-key-data': base64(client.key) }),
  };
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'sandbox', cluster }],
    users: [{ name: account.name, user }],
    contexts: [{ name: 'sandbox', context: { cluster: 'sandbox', user: account.name, namespace: 'argocd' } }],
    'current-context': 'sandbox',
  });
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
