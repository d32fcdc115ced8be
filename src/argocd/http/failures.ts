import { isRecord, text } from '../../lib/json.ts';
import type { ErrorCode } from '../errors.ts';

/** What our side of the network layer has to say, in the form that Node.js uses. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** A proxy has let us through; what went wrong lies behind it. */
export class BehindProxyError extends Error {
  override readonly name = 'BehindProxyError';

  constructor(cause: unknown) {
    super('behind the proxy', { cause });
  }
}

/** Why no answer came. */
export interface NetworkFailure {
  readonly code: ErrorCode;
  /** A plain sentence without a subject: `connection refused by 10.0.0.1:6443`. */
  readonly reason: string;
  readonly hint: string;
  /** The request may have reached the server. */
  readonly sent: boolean;
}

const UNTRUSTED = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_UNTRUSTED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_CHAIN_TOO_LONG',
  'INVALID_CA',
]);

const TRUST_HINT =
  'Give the PEM of the authority that signed it as `certificate-authority`. `insecure-skip-tls-verify: true` connects without proof of who answers.';

/**
 * Turns what the network layer threw into a plain sentence. `server` is whom we wanted to speak to (`host:port`), `proxy` who is
 * on the way.
 */
export const networkFailure = (error: unknown, server: string, proxy: string | undefined): NetworkFailure => {
  const proxied = proxy !== undefined && !(error instanceof BehindProxyError);
  const peer = proxied ? proxy : server;
  const code = causeCode(error);
  const who = proxied ? `the proxy ${peer}` : peer;
  const proxyHint = proxied ? 'Check HTTPS_PROXY, HTTP_PROXY and NO_PROXY.' : '';
  const failed = (reason: string, hint = proxyHint): NetworkFailure => ({ code: 'network', reason, hint, sent: false });
  const tls = (reason: string, hint: string): NetworkFailure => ({ code: 'tls', reason, hint, sent: false });

  if (UNTRUSTED.has(code))
    return tls(
      `the certificate of ${who} is signed by an authority that is not trusted (${code})`,
      proxied ? 'Make Node.js trust it with NODE_EXTRA_CA_CERTS.' : TRUST_HINT,
    );
  switch (code) {
    case 'ECONNREFUSED':
      return failed(`connection refused by ${who}`);
    case 'ENOTFOUND':
      return failed(`the host name of ${who} does not exist`);
    case 'EAI_AGAIN':
      return failed(`the host name of ${who} could not be looked up`);
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return failed(`there is no route to ${who}`);
    case 'ETIMEDOUT':
      return { code: 'timeout', reason: `no connection to ${who} in time`, hint: proxyHint, sent: false };
    case 'CERT_HAS_EXPIRED':
    case 'CERT_NOT_YET_VALID':
      return tls(
        `the certificate of ${who} is ${code === 'CERT_HAS_EXPIRED' ? 'expired' : 'not valid yet'}`,
        'Renew it, or check the clock of this machine.',
      );
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return tls(
        `the certificate of ${who} is for another host name`,
        proxyHint || 'Use a host name that the certificate is for.',
      );
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
    case 'ERR_SSL_PACKET_LENGTH_TOO_LONG':
      return tls(`${who} does not speak TLS`, 'If it serves plain HTTP, write the address with `http://`.');
    case 'PROXY_REFUSED':
      return failed(`${who} refused the connection`);
    case 'PROXY_AUTHENTICATION':
      return failed(`${who} asks for a user name and a password`);
    case 'HPE_INVALID_CONSTANT':
    case 'HPE_INVALID_VERSION':
      return {
        code: 'not-the-api',
        reason: `${peer} does not speak HTTP`,
        hint: 'Check scheme and port of the address.',
        sent: true,
      };
  }
  if (/^ERR_SSL_.*(?:CERTIFICATE|HANDSHAKE|UNKNOWN_CA|ACCESS_DENIED)/.test(code)) {
    return tls(
      `${peer} did not accept our side of the TLS handshake (${code})`,
      'Check `client-certificate` and `client-key`.',
    );
  }
  if (code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_') || code === 'EPROTO') {
    return tls(`the TLS handshake with ${peer} failed (${code})`, '');
  }
  return {
    code: 'network',
    reason: `the connection to ${who} broke${code === '' ? '' : ` (${code})`}`,
    hint: '',
    sent: true,
  };
};

/** The code of the innermost cause that has one. */
const causeCode = (error: unknown): string => {
  let found = '';
  let current: unknown = error;
  for (let depth = 0; depth < 10 && isRecord(current); depth += 1) {
    if (text(current.code) !== '')
      found = text(current.code) === 'EPROTO' ? openSslCode(text(current.message)) : text(current.code);
    const errors = current.errors;
    current = current.cause ?? (Array.isArray(errors) ? errors[0] : undefined);
  }
  return found;
};

/** What OpenSSL said while something was being written, named as Node.js names it elsewhere. */
const openSslCode = (message: string): string => {
  const reason = /:SSL routines:[^:]*:([^:]+):/.exec(message)?.[1];
  return reason === undefined ? 'EPROTO' : `ERR_SSL_${reason.toUpperCase().replace(/[^A-Z0-9]+/g, '_')}`;
};
