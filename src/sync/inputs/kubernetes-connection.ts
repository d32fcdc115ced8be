import { delimiter } from 'node:path';
import type { Common } from './common-connection.ts';
import { checkKubeconfig, isKubeconfigContent, looksLikePath } from './kubeconfig.ts';
import type { Reading } from './reading.ts';
import type { KubernetesConnection } from './types.ts';

export const KUBERNETES_INPUTS = ['kubeconfig', 'context'] as const;

/** The kubeconfig: input, then KUBECONFIG, then ~/.kube/config, then the pod's service account. Undefined when a problem was reported. */
export const readKubernetes = (reading: Reading, common: Common): KubernetesConnection | undefined => {
  const context = reading.text('context');
  const kubeconfig = findKubeconfig(reading, context);
  return kubeconfig === undefined ? undefined : { ...common, mode: 'kubernetes', kubeconfig, context: context ?? '' };
};

const findKubeconfig = (
  reading: Reading,
  context: string | undefined,
): KubernetesConnection['kubeconfig'] | undefined => {
  const given = reading.text('kubeconfig');
  if (given !== undefined && isKubeconfigContent(given)) {
    checkKubeconfig(reading, 'kubeconfig', [{ source: 'kubeconfig', content: given }], context);
    return { kind: 'content', yaml: given };
  }
  if (given !== undefined) return fromPaths(reading, 'kubeconfig', splitPaths(reading, given), context, 'all');
  const variable = reading.variable('KUBECONFIG');
  if (variable !== undefined) return fromPaths(reading, 'KUBECONFIG', splitPaths(reading, variable), context, 'some');
  const home = homePath(reading, '.kube/config');
  if (home !== undefined && canRead(reading, home)) return fromPaths(reading, home, [home], context, 'all');
  return inCluster(reading, context);
};

/** `all`: every file must exist. `some`: missing files are left out, as kubectl does with KUBECONFIG. */
const fromPaths = (
  reading: Reading,
  input: string,
  paths: readonly string[],
  context: string | undefined,
  required: 'all' | 'some',
): KubernetesConnection['kubeconfig'] | undefined => {
  const found = paths.map((path) => ({ path, content: tryRead(reading, path) }));
  const missing = found.filter((file) => typeof file.content !== 'string');
  const texts = found.flatMap((file) =>
    typeof file.content === 'string' ? [{ source: file.path, content: file.content }] : [],
  );
  if (required === 'all' || texts.length === 0) {
    for (const { path, content } of missing) {
      const shown = looksLikePath(path) ? path : undefined;
      reading.problem(input, shown, pathProblem(content), pathRemedy(input, path));
    }
    if (missing.length > 0) return undefined;
  }
  checkKubeconfig(reading, input, texts, context);
  return { kind: 'path', paths: texts.map((file) => file.source) };
};

const pathProblem = (failure: unknown): string => {
  const code = failure instanceof Error && 'code' in failure ? failure.code : undefined;
  if (code === 'EACCES' || code === 'EPERM') return 'is a file that may not be read';
  if (code === 'EISDIR') return 'is a directory';
  return 'is neither kubeconfig content nor a file that exists';
};

const pathRemedy = (input: string, path: string): string => {
  const decoded = /^[A-Za-z0-9+/=]{40,}$/.test(path) ? Buffer.from(path, 'base64').toString('utf8') : '';
  if (isKubeconfigContent(decoded)) return 'It is base64 of a kubeconfig: decode it first (base64 -d).';
  return input === 'kubeconfig'
    ? 'Give the whole content of a kubeconfig, or the path of a file on the runner.'
    : `Let ${input} name a file on the runner, or give the kubeconfig input.`;
};

/** The content, or the failure. */
const tryRead = (reading: Reading, path: string): unknown => {
  try {
    return reading.readFile(path);
  } catch (failure) {
    return failure;
  }
};

const canRead = (reading: Reading, path: string): boolean => typeof tryRead(reading, path) === 'string';

/** Files as in KUBECONFIG, `~/` opened out: no shell does that for an input. */
const splitPaths = (reading: Reading, value: string): readonly string[] =>
  value
    .split(delimiter)
    .map((path) => path.trim())
    .filter((path) => path !== '')
    .map((path) => (path.startsWith('~/') ? (homePath(reading, path.slice(2)) ?? path) : path));

const homePath = (reading: Reading, path: string): string | undefined => {
  const home = reading.variable('HOME') ?? reading.variable('USERPROFILE');
  return home === undefined ? undefined : `${home.replace(/[\\/]+$/, '')}/${path}`;
};

const SERVICE_ACCOUNT_TOKEN = '/var/run/secrets/kubernetes.io/serviceaccount/token';

const inCluster = (reading: Reading, context: string | undefined): KubernetesConnection['kubeconfig'] | undefined => {
  const token = tryRead(reading, SERVICE_ACCOUNT_TOKEN);
  if (reading.variable('KUBERNETES_SERVICE_HOST') === undefined || typeof token !== 'string') {
    reading.problem(
      'kubeconfig',
      undefined,
      'is missing, and nothing else says how to connect (no argocd-server, ARGOCD_SERVER, KUBECONFIG, ~/.kube/config, and this is no pod with a service account)',
      'Give kubeconfig (Kubernetes API), or argocd-server and argocd-auth-token (Argo CD API). An empty secret is often one that this event or environment may not read.',
    );
    return undefined;
  }
  reading.secret(token);
  if (context !== undefined) {
    reading.problem(
      'context',
      context,
      'has no effect: there is no kubeconfig, only the service account of this pod',
      'Leave it out, or give kubeconfig.',
    );
  }
  return { kind: 'in-cluster' };
};
