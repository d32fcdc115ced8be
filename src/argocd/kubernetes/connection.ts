import process from 'node:process';
import { text } from '../../lib/json.ts';
import type { KubernetesConnection } from '../../sync/inputs/types.ts';
import type { ClientDeps } from '../deps.ts';
import { ArgoCdError } from '../errors.ts';
import { type Credentials, createHttp, type Http } from '../http/http.ts';
import { authenticator, pemOf } from './credentials.ts';
import { kubernetesMeaning } from './errors.ts';
import { inClusterKubeconfig, parseKubeconfig, readKubeconfigs, resolveContext } from './kubeconfig.ts';

/** Makes the connection that a kubeconfig describes. Sends nothing to the server. Throws `configuration`. */
export const openConnection = async (
  connection: KubernetesConnection,
  deps: ClientDeps,
  signal: AbortSignal,
): Promise<{ readonly http: Http; readonly server: string; readonly description: string }> => {
  const { kubeconfig } = connection;
  const config =
    kubeconfig.kind === 'content'
      ? parseKubeconfig(kubeconfig.yaml, '`kubeconfig`', process.cwd())
      : kubeconfig.kind === 'path'
        ? readKubeconfigs(kubeconfig.paths)
        : inClusterKubeconfig(process.env);
  const target = resolveContext(config, connection.context);
  const cluster = target.cluster.value;
  const server = URL.parse(text(cluster.server));
  if (server === null || (server.protocol !== 'https:' && server.protocol !== 'http:')) {
    throw new ArgoCdError('configuration', `the cluster of context "${target.context}" has no usable server address`);
  }
  const base = server.href.replace(/\/$/, '');
  const proxyUrl = text(cluster['proxy-url']);
  const authenticate = authenticator(target, deps);
  const http = createHttp(
    {
      base,
      tls: {
        authorities: [pemOf(cluster, 'certificate-authority'), connection.certificateAuthority],
        trustPublic: false,
        insecureSkipVerify: connection.insecureSkipTlsVerify || cluster['insecure-skip-tls-verify'] === true,
        serverName: text(cluster['tls-server-name']),
      },
      proxy: proxyUrl === '' ? connection.proxy : { https: proxyUrl, http: proxyUrl, no: '' },
      headers: connection.headers,
      requestTimeoutMs: connection.requestTimeoutMs,
      authenticate: (signal) => {
        const credentials = authenticate(signal);
        if (connection.clientCertificate === '') return credentials;
        const certified = (given: Credentials): Credentials => ({
          ...given,
          certificate: connection.clientCertificate,
          key: connection.clientKey,
        });
        return credentials instanceof Promise ? credentials.then(certified) : certified(credentials);
      },
      explain: kubernetesMeaning,
      wrongServerHint: 'Check the server address of the kubeconfig: this is not a Kubernetes API.',
    },
    deps,
  );
  try {
    // A plugin that fails, or a certificate that is none, is told before anything is sent.
    await http.prepare(signal);
  } catch (error) {
    await http.close();
    throw error;
  }
  const context = kubeconfig.kind === 'in-cluster' ? 'in-cluster' : `context ${target.context}`;
  return {
    http,
    server: base,
    description: `Kubernetes API ${server.origin}${server.pathname.replace(/\/$/, '')} (${context})`,
  };
};
