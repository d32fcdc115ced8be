import { X509Certificate } from 'node:crypto';
import tls from 'node:tls';
import type { Dispatcher } from 'undici';
import { bypassesProxy } from '../../lib/no-proxy.ts';
import { ArgoCdError } from '../errors.ts';
import { Agent, ProxyAgent } from './undici.ts';

/** How to reach a server. PEM everywhere. */
export interface TlsSettings {
  /** Authorities to trust. */
  readonly authorities: readonly string[];
  /** True: beside those that Node.js trusts. False: only these, when there are any. */
  readonly trustPublic: boolean;
  readonly certificate: string;
  readonly key: string;
  readonly insecureSkipVerify: boolean;
  /** Name the certificate must be for, `''`: the host name. */
  readonly serverName: string;
}

export interface ProxySettings {
  readonly https: string;
  readonly http: string;
  readonly no: string;
}

/** The proxy for this address, or undefined to connect directly. Throws `configuration` when it is no URL. */
export const proxyFor = (base: URL, proxy: ProxySettings): URL | undefined => {
  const value = base.protocol === 'https:' ? proxy.https : proxy.http;
  if (value === '' || bypassesProxy(base, proxy.no)) return undefined;
  const url = URL.parse(value.includes('://') ? value : `http://${value}`);
  if (url === null || !['http:', 'https:', 'socks5:', 'socks:'].includes(url.protocol)) {
    throw new ArgoCdError('configuration', 'the address of the proxy is not a URL', {
      hint: `Write ${base.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY'} as http://host:port.`,
    });
  }
  return url;
};

/** What TLS needs, read once for all connections; undefined without TLS. Throws `configuration`. */
export const createSecureContext = (base: URL, settings: TlsSettings): tls.SecureContext | undefined => {
  if (base.protocol !== 'https:') return undefined;
  const given = settings.authorities.filter((pem) => pem.trim() !== '');
  for (const pem of given) {
    try {
      new X509Certificate(pem);
    } catch (cause) {
      throw new ArgoCdError('configuration', 'the certificate authority is not a PEM certificate', {
        hint: 'Give the whole block from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----.',
        cause,
      });
    }
  }
  try {
    return tls.createSecureContext({
      ...(given.length === 0
        ? {}
        : { ca: settings.trustPublic ? [...tls.getCACertificates('default'), ...given] : given }),
      ...(settings.certificate === '' ? {} : { cert: settings.certificate }),
      ...(settings.key === '' ? {} : { key: settings.key }),
    });
  } catch (cause) {
    throw new ArgoCdError('configuration', 'the client certificate and its key cannot be used', {
      hint: 'Both must be PEM, and the key must belong to the certificate.',
      cause,
    });
  }
};

/**
 * Connections to one server: kept alive, never the global ones, settings never taken from the process.
 * `connections`: how many at once, undefined for no limit.
 */
export const createDispatcher = (
  context: tls.SecureContext | undefined,
  settings: TlsSettings,
  proxy: URL | undefined,
  connectTimeoutMs: number,
  connections: number | undefined,
): Dispatcher => {
  const common = {
    connections: connections ?? null,
    // HTTP/1.1 with a connection for each request in flight: no stream can block another.
    allowH2: false,
    pipelining: 1,
    keepAliveTimeout: 20_000,
    // Time-outs are the caller's, over headers and body together; streams have none.
    headersTimeout: 0,
    bodyTimeout: 0,
  };
  const target =
    context === undefined
      ? {}
      : {
          secureContext: context,
          rejectUnauthorized: !settings.insecureSkipVerify,
          ...(settings.serverName === '' ? {} : { servername: settings.serverName }),
        };
  if (proxy === undefined) return new Agent({ ...common, connect: { ...target, timeout: connectTimeoutMs } });
  return new ProxyAgent({ ...common, uri: proxy.href, requestTls: target, connectTimeout: connectTimeoutMs });
};
