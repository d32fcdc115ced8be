import { randomBytes } from 'node:crypto';
import { mkdir, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Commands, createCommands } from './commands.ts';
import { gitEnvironment } from './environment.ts';
import { GitError } from './errors.ts';
import type { GitRepository } from './port.ts';
import { type RunGit, runGit } from './program.ts';
import { withoutCredentials } from './reasons.ts';
import { createRemote } from './remote.ts';
import { createRepository } from './repository.ts';

export interface OpenOptions {
  /** `GITHUB_WORKSPACE`: used when it is a checkout. `''`: there is none. */
  readonly workspace: string;
  /** `GITHUB_SERVER_URL`. The token is only ever sent there. */
  readonly serverUrl: string;
  /** `GITHUB_REPOSITORY`: what is cloned, without files, where there is no checkout. */
  readonly repository: string;
  /** Input `github-token`, `''`: none. For remotes for which nothing is configured. The caller has masked it. */
  readonly token: string;
  /** A folder for what lives as long as the run: `RUNNER_TEMP`. */
  readonly temp: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Told of what must never show, before it is used. */
  readonly registerSecret: (secret: string) => void;
  readonly redact: (text: string) => string;
  readonly delay: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly random: () => number;
  /** Milliseconds for one command: on the machine (default 1 minute), over the network (default 10 minutes). */
  readonly localTimeoutMs?: number;
  readonly remoteTimeoutMs?: number;
  /** Replaced in tests of what cannot be made to happen. */
  readonly run?: RunGit;
}

const DEFAULT_LOCAL_TIMEOUT_MS = 60_000;
const DEFAULT_REMOTE_TIMEOUT_MS = 600_000;
const ORIGIN = 'origin';
/** `GIT_CONFIG_COUNT` came with this version. */
const NEEDED = [2, 31] as const;

/**
 * Opens the repository to work with: the checkout in the workspace, shallow or not, or else a clone of the workflow's repository without files,
 * made in `temp`. Credentials: what the checkout has configured for its remote (actions/checkout does), else `token`, given through the
 * environment. Throws {@link GitError}.
 */
export const openRepository = async (options: OpenOptions, signal: AbortSignal): Promise<GitRepository> => {
  await checkVersion(options, signal);
  const found = await findCheckout(options, signal);
  return found === undefined ? cloneBare(options, signal) : useCheckout(options, found, signal);
};

interface Checkout {
  readonly folder: string;
  readonly remoteName: string;
  readonly url: string;
}

type Config = readonly (readonly [string, string])[];

const commandsIn = (
  options: OpenOptions,
  cwd: string,
  config: Config,
  env: Readonly<Record<string, string>> = {},
): Commands =>
  createCommands({
    run: options.run ?? runGit,
    cwd,
    env: { ...gitEnvironment({ inherited: options.env, config }), ...env },
    localTimeoutMs: options.localTimeoutMs ?? DEFAULT_LOCAL_TIMEOUT_MS,
    remoteTimeoutMs: options.remoteTimeoutMs ?? DEFAULT_REMOTE_TIMEOUT_MS,
    redact: options.redact,
  });

/** Before anything else: an older Git would ignore the configuration it is given, the credentials too. */
const checkVersion = async (options: OpenOptions, signal: AbortSignal): Promise<void> => {
  const { stdout } = await commandsIn(options, options.temp, []).tryLocal(['version'], signal);
  const [, major = '0', minor = '0'] = /(\d+)\.(\d+)/.exec(stdout.toString('utf8')) ?? [];
  if (Number(major) > NEEDED[0] || (Number(major) === NEEDED[0] && Number(minor) >= NEEDED[1])) return;
  throw new GitError('no-git', `Git ${major}.${minor} is too old`, {
    hint: `Install Git ${NEEDED.join('.')} or newer on the runner.`,
  });
};

/** A checkout in the workspace itself, not in a folder above it, with a remote. */
const findCheckout = async (options: OpenOptions, signal: AbortSignal): Promise<Checkout | undefined> => {
  if (options.workspace === '') return undefined;
  const folder = await realpath(options.workspace).catch(() => undefined);
  if (folder === undefined) return undefined;
  const commands = commandsIn(options, folder, safe(folder), { GIT_CEILING_DIRECTORIES: dirname(folder) });
  const inside = await commands.tryLocal(['rev-parse', '--git-dir'], signal);
  if (inside.exitCode !== 0) {
    if (/not a git repository/i.test(inside.stderr)) return undefined;
    throw new GitError('failed', `The checkout in ${folder} cannot be used`, { cause: new Error(inside.stderr) });
  }
  const remotes = lines(await commands.local('The remotes cannot be read', ['remote'], signal));
  const remoteName = remotes.includes(ORIGIN) ? ORIGIN : remotes.length === 1 ? remotes[0] : undefined;
  if (remoteName === undefined || remoteName.startsWith('-')) return undefined;
  const url = lines(
    await commands.local('The remote cannot be read', ['remote', 'get-url', '--end-of-options', remoteName], signal),
  )[0];
  return url === undefined ? undefined : { folder, remoteName, url };
};

const useCheckout = async (
  options: OpenOptions,
  { folder, remoteName, url }: Checkout,
  signal: AbortSignal,
): Promise<GitRepository> => {
  const plain = commandsIn(options, folder, safe(folder));
  const configured = await plain.tryLocal(['config', '--get-urlmatch', 'http.extraheader', url], signal);
  const header = configured.exitCode === 0 ? configured.stdout.toString('utf8').trim() : '';
  if (header !== '') registerHeader(header, options);
  const password = URL.parse(url)?.password ?? '';
  if (password !== '') options.registerSecret(decodeURIComponent(password));
  const config = header === '' && password === '' ? tokenConfig(url, options) : [];
  const commands = config.length === 0 ? plain : commandsIn(options, folder, [...safe(folder), ...config]);
  const shown = withoutCredentials(url);
  return assemble(options, commands, {
    description: `${shown} (checkout in ${folder})`,
    url: shown,
    remoteName,
    depth: undefined,
    ownFolder: undefined,
  });
};

const cloneBare = async (options: OpenOptions, signal: AbortSignal): Promise<GitRepository> => {
  if (options.repository === '') {
    throw new GitError('not-found', 'there is no checkout, and no repository to clone', {
      hint: 'Add a step with actions/checkout before this one.',
    });
  }
  const url = `${options.serverUrl.replace(/\/+$/, '')}/${options.repository}`;
  const folder = join(options.temp, `gitopssync-${randomBytes(8).toString('hex')}.git`);
  await mkdir(folder, { recursive: true });
  const commands = commandsIn(options, folder, [...safe(await realpath(folder)), ...tokenConfig(url, options)]);
  await commands.local('A folder for the clone cannot be made', ['init', '--quiet', '--bare', '--template='], signal);
  await commands.local('The remote cannot be set', ['config', '--local', `remote.${ORIGIN}.url`, url], signal);
  return assemble(options, commands, {
    description: `${withoutCredentials(url)} (no checkout)`,
    url: withoutCredentials(url),
    remoteName: ORIGIN,
    depth: 1,
    ownFolder: folder,
  });
};

const assemble = (
  options: OpenOptions,
  commands: Commands,
  parts: {
    readonly description: string;
    readonly url: string;
    readonly remoteName: string;
    readonly depth: number | undefined;
    readonly ownFolder: string | undefined;
  },
): GitRepository => {
  const { delay, random, temp } = options;
  const remote = createRemote({ commands, name: parts.remoteName, depth: parts.depth, delay, random });
  return createRepository({ ...parts, commands, remote, temp, delay });
};

/** A checkout of another user (a container of the job) is the workflow's own all the same. */
const safe = (folder: string): Config => [['safe.directory', folder]];

/** The token as actions/checkout would persist it, for the server of the workflow and for no other. */
const tokenConfig = (url: string, { token, serverUrl, registerSecret }: OpenOptions): Config => {
  const remote = URL.parse(url);
  const server = URL.parse(serverUrl);
  if (token === '' || remote === null || server === null || remote.origin !== server.origin) return [];
  if (remote.protocol !== 'https:' && remote.protocol !== 'http:') return [];
  const basic = Buffer.from(`x-access-token:${token}`).toString('base64');
  registerSecret(basic);
  return [[`http.${remote.origin}/.extraheader`, `AUTHORIZATION: basic ${basic}`]];
};

/** What a checkout has persisted shows in no message, neither as it is nor decoded. */
const registerHeader = (header: string, { registerSecret }: OpenOptions): void => {
  const value = /^authorization:\s*(?:basic|bearer|token)\s+(\S+)$/i.exec(header)?.[1];
  if (value === undefined) return;
  registerSecret(value);
  const [, password = ''] = /^[^:]*:(.*)$/s.exec(Buffer.from(value, 'base64').toString('utf8')) ?? [];
  if (/^[\x21-\x7e]{8,}$/.test(password)) registerSecret(password);
};

const lines = (output: Buffer): readonly string[] =>
  output
    .toString('utf8')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
