import { Buffer } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { isRecord, list, record, text } from '../../lib/json.ts';
import { oneLine } from '../../lib/printable.ts';
import type { ClientDeps } from '../deps.ts';
import { ArgoCdError } from '../errors.ts';
import type { Credentials } from '../http/http.ts';
import type { KubeTarget } from './kubeconfig.ts';

/** At once where nothing has to be asked for. */
export type Authenticate = (signal: AbortSignal) => Credentials | Promise<Credentials>;

/** How long the content of a token file is used before it is read again, as client-go does it: such tokens rotate. */
const TOKEN_FILE_MS = 60_000;

/**
 * What authenticates a kubeconfig's user. Tokens, passwords and certificates are read here; exec, OIDC and the other plugins
 * go through the Kubernetes client library, which is loaded only for them. Every secret is registered before it is used.
 * The result throws `configuration` when a plugin or a file fails.
 */
export const authenticator = (target: KubeTarget, deps: ClientDeps): Authenticate => {
  const user = target.user.value;
  const secrets = new Set<string>();
  let registered: Credentials | undefined;
  const register = (credentials: Credentials): Credentials => {
    if (credentials === registered) return credentials;
    registered = credentials;
    for (const value of [credentials.headers.Authorization?.replace(/^\w+ /, '') ?? '', credentials.key]) {
      if (value !== '' && !secrets.has(value)) deps.registerSecret(value);
      secrets.add(value);
    }
    return credentials;
  };
  if (!isRecord(user.exec) && !isRecord(user['auth-provider'])) {
    const read = fixed(user, deps);
    return () => register(read());
  }
  const ask = plugin(target);
  let current: Promise<Credentials> | undefined;
  // Many requests at once start a plugin once.
  return () => {
    current ??= ask()
      .then(register)
      .finally(() => {
        current = undefined;
      });
    return current;
  };
};

/** PEM from the inline form (base64) or from a file, `''` without either. */
export const pemOf = (holder: Readonly<Record<string, unknown>>, field: string): string => {
  const data = text(holder[`${field}-data`]);
  if (data !== '') return Buffer.from(data, 'base64').toString('utf8');
  const file = text(holder[field]);
  return file === '' ? '' : readText(file, field);
};

const readText = (file: string, field: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new ArgoCdError('configuration', `the kubeconfig's ${field} ${file} cannot be read`, { cause });
  }
};

const impersonation = (user: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> => {
  const as = text(user.as);
  return as === '' ? {} : { 'Impersonate-User': as };
};

/** A token, a file with one, a password, a certificate: what stands in the kubeconfig. The same object as long as nothing has changed. */
const fixed = (user: Readonly<Record<string, unknown>>, deps: ClientDeps): (() => Credentials) => {
  const tokenFile = text(user.tokenFile);
  const username = text(user.username);
  let readAt = Number.NEGATIVE_INFINITY;
  const certificate = pemOf(user, 'client-certificate');
  const key = pemOf(user, 'client-key');
  const having = (token: string): Credentials => {
    const authorization =
      token !== ''
        ? `Bearer ${token}`
        : username === ''
          ? ''
          : `Basic ${Buffer.from(`${username}:${text(user.password)}`).toString('base64')}`;
    return {
      headers: { ...impersonation(user), ...(authorization === '' ? {} : { Authorization: authorization }) },
      certificate,
      key,
    };
  };
  let current = having(text(user.token));
  return () => {
    if (tokenFile !== '' && deps.now() - readAt > TOKEN_FILE_MS) {
      current = having(readText(tokenFile, 'tokenFile').trim());
      readAt = deps.now();
    }
    return current;
  };
};

/** What kubectl tells an exec plugin about the cluster. */
const execInfo = (target: KubeTarget, exec: Readonly<Record<string, unknown>>): string => {
  const cluster = target.cluster.value;
  const shown = ['server', 'tls-server-name', 'insecure-skip-tls-verify', 'certificate-authority-data', 'proxy-url'];
  return JSON.stringify({
    apiVersion: text(exec.apiVersion),
    kind: 'ExecCredential',
    spec: {
      interactive: false,
      ...(exec.provideClusterInfo === true
        ? { cluster: Object.fromEntries(shown.filter((name) => name in cluster).map((name) => [name, cluster[name]])) }
        : {}),
    },
  });
};

/** An exec or auth-provider plugin, run by the library; it keeps tokens until they expire. */
const plugin = (target: KubeTarget): (() => Promise<Credentials>) => {
  const { exec, ...rest } = target.user.value;
  const user = isRecord(exec)
    ? {
        ...rest,
        exec: {
          ...exec,
          env: [...list(exec.env), { name: 'KUBERNETES_EXEC_INFO', value: execInfo(target, exec) }],
        },
      }
    : target.user.value;
  const name = isRecord(exec)
    ? `the exec plugin ${oneLine(text(exec.command), 100)}`
    : `the auth provider ${oneLine(text(record(target.user.value['auth-provider']).name), 100)}`;
  let library: Promise<{ applyToHTTPSOptions(options: object): Promise<void> }> | undefined;
  const load = async (): Promise<{ applyToHTTPSOptions(options: object): Promise<void> }> => {
    const { KubeConfig } = await import('./auth-library.ts');
    const config = new KubeConfig();
    // TLS and proxy are ours; the library only needs to know whom to authenticate.
    config.loadFromString(
      JSON.stringify({
        clusters: [{ name: 'cluster', cluster: { server: 'https://cluster.invalid' } }],
        users: [{ name: 'user', user }],
        contexts: [{ name: 'context', context: { cluster: 'cluster', user: 'user' } }],
        'current-context': 'context',
      }),
    );
    return config;
  };
  return async () => {
    const options: Record<string, unknown> = {};
    try {
      library ??= load();
      await (await library).applyToHTTPSOptions(options);
    } catch (cause) {
      throw pluginError(name, cause);
    }
    const headers = record(options.headers);
    const authorization = text(headers.Authorization);
    return {
      headers: {
        ...impersonation(target.user.value),
        ...(authorization === '' ? {} : { Authorization: authorization }),
      },
      certificate: pem(options.cert),
      key: pem(options.key),
    };
  };
};

const pem = (value: unknown): string => (Buffer.isBuffer(value) ? value.toString('utf8') : text(value));

const pluginError = (name: string, cause: unknown): ArgoCdError => {
  const missing = isRecord(cause) && cause.code === 'ENOENT';
  if (missing) {
    return new ArgoCdError('configuration', `${name} is not installed`, {
      hint: 'Install it in an earlier step, or use a kubeconfig with a token.',
      cause,
    });
  }
  // What a plugin writes to its error output says why. What it printed may be a credential, and the message of a SyntaxError
  // quotes it: neither shown nor kept as the cause.
  if (cause instanceof SyntaxError) return new ArgoCdError('configuration', `${name} printed no ExecCredential`);
  const said = cause instanceof Error ? oneLine(cause.message, 200) : '';
  return new ArgoCdError('configuration', `${name} gave no credentials${said === '' ? '' : `: ${said}`}`, { cause });
};
