import { DEFAULT_REQUEST_TIMEOUT_MS, MAX_REQUEST_TIMEOUT_MS, MIN_REQUEST_TIMEOUT_MS } from '../../lib/limits.ts';
import { readHeaders } from './headers.ts';
import { readNamespaces } from './namespaces.ts';
import { belongTogether, readCertificates, readPrivateKey } from './pem.ts';
import { readProxy } from './proxy.ts';
import type { Reading } from './reading.ts';
import { readBoolean, readDuration } from './scalars.ts';
import type { KubernetesConnection } from './types.ts';

/** What both ways to connect have. */
export type Common = Omit<KubernetesConnection, 'mode' | 'kubeconfig' | 'context'>;

export const readCommon = (reading: Reading): Common => {
  const certificateAuthority = readCertificates(reading, 'certificate-authority');
  const clientCertificate = readCertificates(reading, 'client-certificate');
  const clientKey = readPrivateKey(reading, 'client-key');
  const insecureSkipTlsVerify = readBoolean(reading, 'insecure-skip-tls-verify', false);
  if (reading.given('client-certificate') !== reading.given('client-key')) {
    const [has, lacks] = reading.given('client-key')
      ? ['client-key', 'client-certificate']
      : ['client-certificate', 'client-key'];
    reading.problem(has, undefined, `is given without ${lacks}`, 'Give both or none.');
  } else if (clientCertificate !== '' && clientKey !== '' && !belongTogether(clientCertificate, clientKey)) {
    reading.problem(
      'client-key',
      undefined,
      'does not belong to client-certificate',
      'Give the certificate and the key that were made together.',
    );
  }
  if (insecureSkipTlsVerify && reading.given('certificate-authority')) {
    reading.problem(
      'insecure-skip-tls-verify',
      'true',
      'is given together with certificate-authority, which would be ignored',
      'Remove insecure-skip-tls-verify; the certificate authority makes the connection trusted.',
    );
  }
  return {
    namespaces: readNamespaces(reading),
    certificateAuthority,
    clientCertificate,
    clientKey,
    headers: readHeaders(reading, 'headers'),
    insecureSkipTlsVerify,
    requestTimeoutMs: readDuration(
      reading,
      'request-timeout',
      { min: MIN_REQUEST_TIMEOUT_MS, max: MAX_REQUEST_TIMEOUT_MS },
      DEFAULT_REQUEST_TIMEOUT_MS,
    ),
    proxy: readProxy(reading),
  };
};
