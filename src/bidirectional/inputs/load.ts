import { readFileSync } from 'node:fs';
import { enumerate } from '../../lib/text.ts';
import { readCommon } from '../../sync/inputs/common-connection.ts';
import { readKubernetes } from '../../sync/inputs/kubernetes-connection.ts';
import { items, unique } from '../../sync/inputs/lists.ts';
import { type Environment, type Read, type ReadFile, Reading } from '../../sync/inputs/reading.ts';
import { readBoolean, readChoice, readInteger } from '../../sync/inputs/scalars.ts';
import { parseSelector } from '../../targets/label-selector.ts';
import { isKind, KINDS, type Kind } from '../entity.ts';
import type { InputProblem, InputResult, Inputs } from './types.ts';

/** Where Argo CD lives when nothing else is said. */
const DEFAULT_NAMESPACE = 'argocd';
export const DEFAULT_MAX_DELETIONS = 10;
const MOST_DELETIONS = 1000;

/**
 * Reads all inputs of this action, once. The only place that knows their names. Answers either everything or every problem;
 * `secrets` must be masked before anything else is printed, in both cases.
 */
export const loadInputs = (read: Read, env: Environment, readFile: ReadFile = readTextFile): InputResult => {
  const reading = new Reading(read, env, readFile);
  for (const name of ['github-token', 'webhook-secret']) reading.secret(reading.text(name));
  const common = readCommon(reading);
  const connection = readKubernetes(reading, common);
  const write = readChoice(reading, 'write', ['commit', 'pull-request'], 'commit');
  const direction = readChoice(reading, 'direction', ['both', 'to-platform', 'to-git'], 'both');
  const githubToken = reading.text('github-token') ?? '';
  const webhook = readWebhook(reading);
  const rest: Omit<Inputs, 'connection'> = {
    folder: readFolder(reading),
    branch: readBranch(reading),
    kinds: readKinds(reading),
    namespaces: common.namespaces === undefined ? [DEFAULT_NAMESPACE] : [common.namespaces].flat(),
    selector: readSelector(reading),
    direction,
    conflict: readChoice(reading, 'conflict', ['first', 'git', 'platform', 'fail'], 'first'),
    delete: readBoolean(reading, 'delete', false),
    maxDeletions: readInteger(reading, 'max-deletions', { min: 0, max: MOST_DELETIONS }, DEFAULT_MAX_DELETIONS),
    create: readBoolean(reading, 'create', true),
    write,
    githubToken,
    webhook,
    dryRun: readBoolean(reading, 'dry-run', false),
  };
  if (reading.given('max-deletions') && !rest.delete) {
    reading.problem(
      'max-deletions',
      reading.text('max-deletions'),
      'has no effect while delete is false',
      'Set delete to true, or leave it out.',
    );
  }
  if (write === 'pull-request' && direction === 'to-platform') {
    reading.problem(
      'write',
      write,
      'has no effect: direction to-platform writes nothing to Git',
      'Leave write out, or change direction.',
    );
  }
  if (githubToken === '' && (write === 'pull-request' || webhook !== undefined)) {
    const why = write === 'pull-request' ? 'write: pull-request' : 'webhook-url';
    reading.problem(
      'github-token',
      undefined,
      `is missing, and ${why} needs it`,
      'Give a token, for example secrets.GITHUB_TOKEN; docs/bidirectional.md names its rights.',
    );
  }
  const secrets = [...reading.secrets].sort((a, b) => b.length - a.length);
  const called = [...reading.called].map(
    ([input, value]) =>
      [input, HIDDEN.has(input) || secrets.some((secret) => value.includes(secret)) ? '***' : value] as const,
  );
  if (connection === undefined || reading.problems.length > 0) {
    const problems = reading.problems.map(forThisAction).map((problem) => withoutSecrets(problem, secrets));
    return { kind: 'invalid', problems, secrets, called };
  }
  return { kind: 'ok', inputs: { connection, ...rest }, secrets, called };
};

const readTextFile: ReadFile = (path) => readFileSync(path, 'utf8');

/** Never shown: secrets as a whole, or texts that may hold one. */
const HIDDEN: ReadonlySet<string> = new Set([
  'kubeconfig',
  'certificate-authority',
  'client-certificate',
  'client-key',
  'headers',
  'github-token',
  'webhook-secret',
]);

/** A secret that was put into the wrong input is not shown either. */
const withoutSecrets = (problem: InputProblem, secrets: readonly string[]): InputProblem =>
  secrets.some((secret) => problem.value?.includes(secret)) ? { ...problem, value: undefined } : problem;

/** The other action has a second way to connect. */
const forThisAction = (problem: InputProblem): InputProblem =>
  problem.input === 'kubeconfig' && problem.problem.startsWith('is missing')
    ? {
        ...problem,
        problem: 'is missing, and there is no KUBECONFIG, no ~/.kube/config and no service account of a pod',
        remedy: 'Give kubeconfig. An empty secret is often one that this event or environment may not read.',
      }
    : problem;

/** A folder of the repository, never above it and never Git's own. */
const readFolder = (reading: Reading): string => {
  const given = reading.text('folder');
  if (given === undefined) return '';
  const parts = given.split('/').filter((part) => part !== '' && part !== '.');
  const bad =
    given.startsWith('/') ||
    given.includes('\\') ||
    parts.includes('..') ||
    parts.some((part) => part.toLowerCase() === '.git');
  if (bad) {
    reading.problem(
      'folder',
      given,
      'is no folder of the repository',
      'Give a path from its root, such as apps or clusters/prod.',
    );
  }
  return parts.join('/');
};

const readBranch = (reading: Reading): string => {
  const given = reading.text('branch')?.replace(/^refs\/heads\//, '') ?? '';
  // What Git itself refuses (git check-ref-format); anything else is asked of the remote.
  if (/^[-/]|[/.]$|\.\.|@\{|\/\/|\.lock(?:\/|$)|[\s~^:?*[\\\p{Cc}]/u.test(given) || given.startsWith('refs/')) {
    reading.problem('branch', given, 'cannot be the name of a branch', 'Give the plain name, such as main.');
  }
  return given;
};

const readKinds = (reading: Reading): readonly Kind[] => {
  const given = unique(items(reading.text('kinds')));
  for (const kind of given.filter((one) => !isKind(one))) {
    reading.problem('kinds', kind, 'is not one of the kinds', `Say ${enumerate(KINDS, 'or')}.`);
  }
  return given.length === 0 ? KINDS : KINDS.filter((kind) => given.includes(kind));
};

const readSelector = (reading: Reading): string => {
  const given = reading.text('selector') ?? '';
  const parsed = parseSelector(given);
  if (parsed.kind === 'invalid') {
    reading.problem(
      'selector',
      given,
      `is no label selector: ${parsed.problem}, at character ${parsed.position}`,
      'For example team=web,tier!=test.',
    );
  }
  return given;
};

const readWebhook = (reading: Reading): Inputs['webhook'] => {
  const url = reading.text('webhook-url');
  const scope = readChoice(reading, 'webhook-scope', ['repository', 'organization'], 'repository');
  const secret = reading.text('webhook-secret') ?? '';
  if (url === undefined) {
    for (const name of ['webhook-scope', 'webhook-secret'].filter((input) => reading.given(input))) {
      reading.problem(name, undefined, 'is given without webhook-url', 'Give both or none.');
    }
    return undefined;
  }
  const parsed = URL.parse(url);
  if (parsed === null || (parsed.protocol !== 'https:' && parsed.protocol !== 'http:') || parsed.username !== '') {
    reading.problem(
      'webhook-url',
      undefined,
      'is no http or https address without a user name',
      'Give for example https://argocd.example.com/api/webhook.',
    );
  }
  return { url, scope, secret };
};
