import { record, text } from '../../lib/json.ts';
import type { ServerConnection } from '../../sync/inputs/types.ts';
import type { ClientDeps } from '../deps.ts';
import { ArgoCdError } from '../errors.ts';
import { createHttp, type Http } from '../http/http.ts';
import { argocdMeaning } from './errors.ts';

/** Only this content type is accepted for writes, without anything after it (Rule 21). */
export const JSON_TYPE = 'application/json';

/**
 * Connects: asks for the server's version without a token, so that what is no Argo CD never sees one, then logs in when there
 * is a password instead of a token.
 */
export const openConnection = async (
  connection: ServerConnection,
  deps: ClientDeps,
  signal: AbortSignal,
): Promise<{ readonly http: Http; readonly version: string }> => {
  const base = URL.parse(connection.server);
  if (base === null || (base.protocol !== 'https:' && base.protocol !== 'http:')) {
    throw new ArgoCdError('configuration', 'the address of the Argo CD server is not a URL', {
      hint: 'Write `argocd-server` as https://host, with port and root path where there are any.',
    });
  }
  let token = connection.credentials.kind === 'token' ? connection.credentials.token : '';
  const authenticated = (): Readonly<Record<string, string>> => {
    if (token === '') return {};
    // A proxy in front may want the header for itself; Argo CD also reads its cookie.
    const taken = connection.headers.some(([name]) => name.toLowerCase() === 'authorization');
    return taken ? { Cookie: `argocd.token=${token}` } : { Authorization: `Bearer ${token}` };
  };
  const http = createHttp(
    {
      base: connection.server.replace(/\/+$/, ''),
      tls: {
        authorities: [connection.certificateAuthority],
        trustPublic: true,
        insecureSkipVerify: connection.insecureSkipTlsVerify,
        serverName: '',
      },
      proxy: connection.proxy,
      headers: connection.headers,
      requestTimeoutMs: connection.requestTimeoutMs,
      authenticate: () => ({
        headers: authenticated(),
        certificate: connection.clientCertificate,
        key: connection.clientKey,
      }),
      explain: argocdMeaning,
      wrongServerHint:
        'Check `argocd-server`: scheme, host and root path. A login page in front of Argo CD needs `headers` that let this pass.',
    },
    deps,
  );
  try {
    const version = await readVersion(http, signal);
    if (connection.credentials.kind === 'password') {
      token = await logIn(http, connection.credentials, signal);
      deps.registerSecret(token);
    }
    return { http, version };
  } catch (error) {
    await http.close();
    throw error;
  }
};

const readVersion = async (http: Http, signal: AbortSignal): Promise<string> => {
  const action = 'reach the Argo CD API';
  const answer = await http.read({ action, method: 'GET', path: '/api/version', anonymous: true }, signal);
  const version = text(record(answer).Version);
  if (version === '') {
    throw new ArgoCdError('not-the-api', `cannot ${action}: another API answered`, {
      hint: 'Check `argocd-server`: scheme, host and root path.',
    });
  }
  return version;
};

const logIn = async (
  http: Http,
  credentials: { readonly username: string; readonly password: string },
  signal: AbortSignal,
): Promise<string> => {
  const action = 'log in to Argo CD';
  const { username, password } = credentials;
  const answer = await http.read(
    {
      action,
      method: 'POST',
      path: '/api/v1/session',
      contentType: JSON_TYPE,
      body: { username, password },
      anonymous: true,
    },
    signal,
  );
  const token = text(record(answer).token);
  if (token === '') throw new ArgoCdError('unauthenticated', `cannot ${action}: the server gave no token`);
  return token;
};
