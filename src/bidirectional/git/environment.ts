/** What the program is told through its environment: no argument and no address ever holds a secret. */
export interface GitSettings {
  /** Variables of the runner. */
  readonly inherited: Readonly<Record<string, string | undefined>>;
  /** Configuration for this run only, later ones win: `http.<url>.extraheader`, `safe.directory`. */
  readonly config: readonly (readonly [key: string, value: string])[];
}

/** Variables of Git that say how a remote is reached or where configuration is. The others redirect the program or make it talk. */
const KEPT = new Set([
  'GIT_CONFIG_GLOBAL',
  'GIT_CONFIG_NOSYSTEM',
  'GIT_CONFIG_SYSTEM',
  'GIT_EXEC_PATH',
  'GIT_PROXY_SSL_CAINFO',
  'GIT_PROXY_SSL_CERT',
  'GIT_PROXY_SSL_KEY',
  'GIT_SSH',
  'GIT_SSH_COMMAND',
  'GIT_SSH_VARIANT',
  'GIT_SSL_CAINFO',
  'GIT_SSL_CAPATH',
  'GIT_SSL_CERT',
  'GIT_SSL_KEY',
  'GIT_SSL_NO_VERIFY',
]);

/**
 * Settings of users and machines that would change what a command does. How a remote is reached stays theirs: proxies,
 * certificates, credential helpers, `url.<base>.insteadOf`.
 */
const FIXED: readonly (readonly [string, string])[] = [
  // No hook of a checkout or of a machine runs in our name.
  ['core.hooksPath', '/dev/null'],
  ['core.fsmonitor', 'false'],
  ['core.ignoreCase', 'false'],
  ['core.sparseCheckout', 'false'],
  ['core.splitIndex', 'false'],
  ['index.sparse', 'false'],
  ['gc.auto', '0'],
  ['maintenance.auto', 'false'],
  ['fetch.prune', 'false'],
  ['fetch.pruneTags', 'false'],
  ['fetch.recurseSubmodules', 'false'],
  ['fetch.writeCommitGraph', 'false'],
  ['submodule.recurse', 'false'],
  ['push.followTags', 'false'],
  ['push.gpgSign', 'false'],
  ['push.recurseSubmodules', 'no'],
  ['push.useForceIfIncludes', 'false'],
  ['log.showSignature', 'false'],
  ['log.mailmap', 'false'],
  ['log.follow', 'false'],
  ['diff.orderFile', '/dev/null'],
  ['diff.relative', 'false'],
  ['diff.ignoreSubmodules', 'none'],
  ['color.ui', 'false'],
  ['i18n.commitEncoding', 'UTF-8'],
  ['i18n.logOutputEncoding', 'UTF-8'],
  // A connection over which nothing comes for a minute is dead.
  ['http.lowSpeedLimit', '1'],
  ['http.lowSpeedTime', '60'],
];

/**
 * The environment for the program: the runner's without inputs and tokens of the workflow, without variables that redirect Git,
 * in English, never asking anybody, paths taken literally.
 */
export const gitEnvironment = ({ inherited, config }: GitSettings): Record<string, string> => {
  const kept = Object.entries(inherited).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && isKept(entry[0]),
  );
  const all = [...inheritedConfig(inherited), ...FIXED, ...config];
  return {
    ...Object.fromEntries(kept),
    LC_ALL: 'C',
    LANGUAGE: '',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ASKPASS: '',
    SSH_ASKPASS: '',
    SSH_ASKPASS_REQUIRE: 'never',
    GCM_INTERACTIVE: 'never',
    GIT_LITERAL_PATHSPECS: '1',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_CONFIG_COUNT: String(all.length),
    ...Object.fromEntries(
      all.flatMap(([key, value], at) => [
        [`GIT_CONFIG_KEY_${at}`, key],
        [`GIT_CONFIG_VALUE_${at}`, value],
      ]),
    ),
  };
};

const isKept = (name: string): boolean => {
  const upper = name.toUpperCase();
  if (upper.startsWith('GIT_')) return KEPT.has(upper);
  return (
    !upper.startsWith('INPUT_') && !upper.startsWith('ACTIONS_') && upper !== 'GITHUB_TOKEN' && upper !== 'GH_TOKEN'
  );
};

/** Configuration that the workflow gives by environment stays valid. */
const inheritedConfig = (env: GitSettings['inherited']): readonly (readonly [string, string])[] => {
  const count = Number(env.GIT_CONFIG_COUNT ?? '0');
  if (!Number.isInteger(count) || count < 0 || count > 1000) return [];
  return Array.from(
    { length: count },
    (_, at) => [env[`GIT_CONFIG_KEY_${at}`] ?? '', env[`GIT_CONFIG_VALUE_${at}`] ?? ''] as const,
  ).filter(([key]) => key !== '');
};
