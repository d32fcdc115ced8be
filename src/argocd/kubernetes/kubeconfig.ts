import { readFileSync } from 'node:fs';
import path from 'node:path';
import { isRecord, list, record, text } from '../../lib/json.ts';
import { nearest } from '../../lib/nearest.ts';
import { enumerate } from '../../lib/text.ts';
import { readYaml } from '../../lib/yaml.ts';
import { ArgoCdError } from '../errors.ts';

/** A kubeconfig as it was read, with paths made absolute. Entries keep their own form: plugins know more of them than we do. */
export interface Kubeconfig {
  readonly clusters: readonly NamedEntry[];
  readonly users: readonly NamedEntry[];
  readonly contexts: readonly NamedEntry[];
  readonly currentContext: string;
}

export interface NamedEntry {
  readonly name: string;
  readonly value: Readonly<Record<string, unknown>>;
}

/** What one context names. */
export interface KubeTarget {
  readonly context: string;
  readonly cluster: NamedEntry;
  readonly user: NamedEntry;
}

const unusable = (message: string, hint = '', cause?: unknown): ArgoCdError =>
  new ArgoCdError('configuration', message, { hint, cause });

/**
 * Reads a kubeconfig's text. `folder` is what relative paths in it mean; `source` names it in messages. Throws `configuration`
 * in one line without any of its content.
 */
export const parseKubeconfig = (yaml: string, source: string, folder: string): Kubeconfig => {
  const read = readYaml(yaml);
  if (read.kind === 'invalid') {
    throw unusable(
      `${source} is not valid YAML${read.place === '' ? '' : `: ${read.place}`}`,
      looksEncoded(yaml) ? ENCODED_HINT : 'Give the content of a kubeconfig file, or the path to one.',
    );
  }
  const content = read.value;
  if (!isRecord(content) || !Array.isArray(content.clusters) || !Array.isArray(content.contexts)) {
    throw unusable(
      `${source} is not a kubeconfig: it has no clusters and contexts`,
      looksEncoded(yaml) ? ENCODED_HINT : 'Give the content of a kubeconfig file, or the path to one.',
    );
  }
  const absolute = (entry: NamedEntry): NamedEntry => ({ ...entry, value: withAbsolutePaths(entry.value, folder) });
  return {
    clusters: entries(content.clusters, 'cluster').map(absolute),
    users: entries(content.users, 'user').map(absolute),
    contexts: entries(content.contexts, 'context'),
    currentContext: text(content['current-context']),
  };
};

const ENCODED_HINT = 'It looks base64-encoded: decode it first.';

const looksEncoded = (value: string): boolean => /^[A-Za-z0-9+/\s]{100,}={0,2}\s*$/.test(value);

const entries = (value: unknown, field: string): readonly NamedEntry[] =>
  list(value)
    .filter(isRecord)
    .map((entry) => ({ name: text(entry.name), value: record(entry[field]) }))
    .filter((entry) => entry.name !== '');

const PATHS = ['certificate-authority', 'client-certificate', 'client-key', 'tokenFile'] as const;

const withAbsolutePaths = (
  value: Readonly<Record<string, unknown>>,
  folder: string,
): Readonly<Record<string, unknown>> => {
  const changed = PATHS.map((name) => [name, text(value[name])] as const)
    .filter(([, file]) => file !== '' && !path.isAbsolute(file))
    .map(([name, file]) => [name, path.join(folder, file)] as const);
  return { ...value, ...Object.fromEntries(changed) };
};

/**
 * Reads one or more files as the variable `KUBECONFIG` means them: the first to say something wins, and of several a missing
 * one is passed over.
 */
export const readKubeconfigs = (files: readonly string[]): Kubeconfig => {
  const found: Kubeconfig[] = [];
  for (const file of files) {
    const content = readIfThere(file);
    if (content !== undefined)
      found.push(parseKubeconfig(content, `the kubeconfig ${file}`, path.dirname(path.resolve(file))));
  }
  if (found.length === 0) {
    throw unusable(
      `the kubeconfig ${enumerate(files, 'or')} does not exist`,
      'Write the file in an earlier step, or give its content as `kubeconfig`.',
    );
  }
  return {
    clusters: firstOfEachName(found.flatMap((config) => config.clusters)),
    users: firstOfEachName(found.flatMap((config) => config.users)),
    contexts: firstOfEachName(found.flatMap((config) => config.contexts)),
    currentContext: found.find((config) => config.currentContext !== '')?.currentContext ?? '',
  };
};

const readIfThere = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const code = isRecord(cause) ? text(cause.code) : '';
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw unusable(`the kubeconfig ${file} cannot be read (${code})`, '', cause);
  }
};

const firstOfEachName = (all: readonly NamedEntry[]): readonly NamedEntry[] => {
  const byName = new Map<string, NamedEntry>();
  for (const entry of all) if (!byName.has(entry.name)) byName.set(entry.name, entry);
  return [...byName.values()];
};

/** Where a pod finds its service account. */
const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';

/** What a pod is given, as a kubeconfig. Throws `configuration` outside of a cluster. */
export const inClusterKubeconfig = (
  environment: Readonly<Record<string, string | undefined>>,
  folder: string = SERVICE_ACCOUNT,
): Kubeconfig => {
  const host = environment.KUBERNETES_SERVICE_HOST ?? '';
  const port = environment.KUBERNETES_SERVICE_PORT ?? '';
  if (host === '' || port === '') {
    throw unusable(
      'no kubeconfig was given, and this does not run in a Kubernetes cluster',
      'Set `kubeconfig`, or the variable KUBECONFIG, or `argocd-server`.',
    );
  }
  return {
    clusters: [
      {
        name: 'in-cluster',
        value: {
          server: `https://${host.includes(':') ? `[${host}]` : host}:${port}`,
          'certificate-authority': path.join(folder, 'ca.crt'),
        },
      },
    ],
    users: [{ name: 'in-cluster', value: { tokenFile: path.join(folder, 'token') } }],
    contexts: [{ name: 'in-cluster', value: { cluster: 'in-cluster', user: 'in-cluster' } }],
    currentContext: 'in-cluster',
  };
};

/** What a context names; `''`: the current one. Throws `configuration` with the nearest names. */
export const resolveContext = (config: Kubeconfig, wanted: string): KubeTarget => {
  const name = wanted === '' ? config.currentContext : wanted;
  const names = config.contexts.map((context) => context.name);
  if (name === '') {
    throw unusable('the kubeconfig has no current context', `Set \`context\` to one of ${quoted(names)}.`);
  }
  const context = config.contexts.find((entry) => entry.name === name);
  if (context === undefined) {
    const near = nearest(name, names, 3);
    throw unusable(
      `the kubeconfig has no context "${name}"`,
      names.length === 0 ? 'It has none at all.' : `Set \`context\` to ${quoted(near.length > 0 ? near : names)}.`,
    );
  }
  const clusterName = text(context.value.cluster);
  const cluster = config.clusters.find((entry) => entry.name === clusterName);
  if (cluster === undefined) throw unusable(`context "${name}" names a cluster that the kubeconfig does not have`);
  const userName = text(context.value.user);
  const user = config.users.find((entry) => entry.name === userName);
  if (user === undefined && userName !== '') {
    throw unusable(`context "${name}" names a user that the kubeconfig does not have`);
  }
  return { context: name, cluster, user: user ?? { name: '', value: {} } };
};

const MAX_NAMES = 10;

const quoted = (names: readonly string[]): string =>
  names.length > MAX_NAMES
    ? `${names
        .slice(0, MAX_NAMES)
        .map((name) => `"${name}"`)
        .join(', ')}, …`
    : enumerate(
        names.map((name) => `"${name}"`),
        'or',
      );
