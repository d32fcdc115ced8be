import { list, record, text } from '../../lib/json.ts';
import { nearest } from '../../lib/nearest.ts';
import { readYaml } from '../../lib/yaml.ts';
import type { Reading } from './reading.ts';

/** One kubeconfig text with the name under which people know it: the input, or a file. */
export interface KubeconfigText {
  readonly source: string;
  readonly content: string;
}

/** What several kubeconfig files say together, as far as it is checked here. */
interface Known {
  readonly contexts: readonly string[];
  readonly current: string;
}

/**
 * Content or a path? A path is one line without `key: value` in it; everything else is content.
 */
export const isKubeconfigContent = (value: string): boolean =>
  /[\r\n]|:\s/.test(value) || /\b(?:apiVersion|clusters|contexts)["']?\s*:/.test(value) || value.startsWith('{');

/** Whether a value looks so much like a path that showing it gives nothing away. */
export const looksLikePath = (value: string): boolean =>
  value.length <= 255 &&
  /^(?:~?\/|\.{1,2}[\\/]|[A-Za-z]:[\\/]|[\w.-]{1,64}[\\/]|[\w.-]+\.(?:ya?ml|conf|config|kubeconfig)$)/.test(value);

/**
 * Checks kubeconfig texts (as files listed in KUBECONFIG: the first that names something wins) for what a user can get
 * wrong: YAML, shape, contexts. Registers tokens, passwords and keys. Reports under `input`, and never shows content.
 */
export const checkKubeconfig = (
  reading: Reading,
  input: string,
  texts: readonly KubeconfigText[],
  context: string | undefined,
): void => {
  const known: Known[] = [];
  for (const { source, content } of texts) {
    const parsed = parse(content);
    const where = source === input ? '' : `${source}: `;
    if (parsed.kind === 'invalid') {
      reading.problem(input, undefined, `${where}${parsed.problem}`, parsed.remedy);
      continue;
    }
    for (const secret of kubeconfigSecrets(parsed.value)) reading.secret(secret);
    known.push({
      contexts: list(record(parsed.value).contexts)
        .map((item) => text(record(item).name))
        .filter((name) => name !== ''),
      current: text(record(parsed.value)['current-context']),
    });
  }
  if (known.length < texts.length) return;
  const contexts = [...new Set(known.flatMap((item) => item.contexts))];
  const current = known.find((item) => item.current !== '')?.current ?? '';
  const choose =
    contexts.length === 0 ? 'It has no contexts at all.' : `Its contexts: ${contexts.slice(0, 10).join(', ')}.`;
  if (context !== undefined && !contexts.includes(context)) {
    const [near] = nearest(context, contexts, 1);
    reading.problem(
      'context',
      context,
      `is no context of ${input}`,
      near === undefined ? choose : `Did you mean ${near}? ${choose}`,
    );
  } else if (context === undefined && current === '') {
    reading.problem(input, undefined, 'has no current-context', `Set context. ${choose}`);
  } else if (context === undefined && !contexts.includes(current)) {
    reading.problem(
      input,
      undefined,
      `names a current-context "${current}" that it does not have`,
      `Set context. ${choose}`,
    );
  }
};

type Parsed =
  | { readonly kind: 'ok'; readonly value: unknown }
  | { readonly kind: 'invalid'; readonly problem: string; readonly remedy: string };

const parse = (content: string): Parsed => {
  const read = readYaml(content);
  if (read.kind === 'invalid') {
    return {
      kind: 'invalid',
      problem: `is not valid YAML${read.place === '' ? '' : ` (${read.place})`}`,
      remedy: 'Give the kubeconfig unchanged: kubectl config view --raw --flatten --minify.',
    };
  }
  const { value } = read;
  const config = record(value);
  if (list(config.clusters).length === 0 && list(config.contexts).length === 0) {
    return {
      kind: 'invalid',
      problem: 'is YAML, but no kubeconfig: it has neither clusters nor contexts',
      remedy: 'Give the output of kubectl config view --raw --flatten --minify, or the path of a kubeconfig file.',
    };
  }
  return { kind: 'ok', value };
};

const SECRET_NAMES = /token|password|secret|key|credential/i;
const PROVIDER_SECRETS = ['access-token', 'id-token', 'refresh-token', 'client-secret'];

/** Everything in a parsed kubeconfig that must not be seen, base64 data both as written and decoded. */
const kubeconfigSecrets = (config: unknown): readonly string[] =>
  list(record(config).users).flatMap((entry) => {
    const user = record(record(entry).user);
    const provider = record(record(user['auth-provider']).config);
    const key = text(user['client-key-data']);
    return [
      text(user.token),
      text(user.password),
      key,
      key === '' ? '' : Buffer.from(key, 'base64').toString('utf8'),
      ...PROVIDER_SECRETS.map((name) => text(provider[name])),
      ...list(record(user.exec).env)
        .map(record)
        .filter((variable) => SECRET_NAMES.test(text(variable.name)))
        .map((variable) => text(variable.value)),
    ];
  });
