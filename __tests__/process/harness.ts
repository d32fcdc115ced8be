import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, jest } from '@jest/globals';
import { type RunningStep, type StepResult, startStep } from '../../sandbox/runner/step.ts';
import { type SandboxOptions, startSandbox } from '../../sandbox/start.ts';
import type { Draft, Sandbox, SeenRequest, StoredObject } from '../../sandbox/types.ts';
import { isRecord } from '../../src/lib/json.ts';
import type { ApplicationReport } from '../../src/report/report.ts';

export type Transport = 'kubernetes' | 'argocd';
export const TRANSPORTS: readonly Transport[] = ['kubernetes', 'argocd'];

export type StepInputs = Readonly<Record<string, string>>;

/** A step starts in a third of a second on a machine of its own, and in many on a busy one. */
jest.setTimeout(90_000);

/** What a test that fails leaves behind. */
const leftOver = { steps: new Set<RunningStep>(), sandboxes: new Set<Sandbox>() };
afterAll(async () => {
  for (const { process: child } of leftOver.steps) child.kill('SIGKILL');
  for (const sandbox of leftOver.sandboxes) await sandbox.stop();
});

/** A sandbox that is stopped at the end of the file at the latest. */
export async function openSandbox(options: SandboxOptions): Promise<Sandbox> {
  const sandbox = await startSandbox(options);
  leftOver.sandboxes.add(sandbox);
  return sandbox;
}

/** The inputs that connect to a sandbox with a token. */
export const connection = (sandbox: Sandbox, transport: Transport, account = 'admin'): StepInputs =>
  transport === 'kubernetes'
    ? { kubeconfig: sandbox.kubeconfig(account) }
    : {
        'argocd-server': sandbox.argocdUrl,
        'argocd-auth-token': sandbox.token(account),
        ...(sandbox.certificateAuthority === undefined
          ? {}
          : { 'certificate-authority': sandbox.certificateAuthority }),
      };

/** Waits for health as briefly as is allowed. */
export const UNTIL_HEALTHY: StepInputs = { 'wait-until-healthy': 'true', 'healthy-for': '1s', timeout: '60s' };

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Runs as with debug logging on. */
  readonly debug?: boolean;
}

export interface Finished extends StepResult {
  /** What the sandbox was asked meanwhile. */
  readonly requests: readonly SeenRequest[];
  /** The verdict of each Application by name. */
  readonly verdicts: Readonly<Record<string, string>>;
  /** The report's entry of an Application. */
  application(name: string): ApplicationReport;
  /** The lines of the log without colours. */
  readonly lines: readonly string[];
}

export interface Started extends Omit<RunningStep, 'done'> {
  readonly done: Promise<Finished>;
}

/**
 * Starts the committed bundle as the runner would. At its end nothing it wrote may hold one of the secrets it was given:
 * neither its inputs, nor what the sandbox was shown as credentials.
 */
export function start(sandbox: Sandbox | undefined, inputs: StepInputs, options: RunOptions = {}): Started {
  const folder = mkdtempSync(join(tmpdir(), 'process-'));
  const before = sandbox?.requests.length ?? 0;
  const env = { ...options.env, ...(options.debug === true ? { RUNNER_DEBUG: '1' } : {}) };
  const running = startStep(inputs, { folder, env });
  leftOver.steps.add(running);
  const finish = async (): Promise<Finished> => {
    try {
      const result = await running.done;
      const requests = sandbox?.requests.slice(before) ?? [];
      const written = readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
      expectNoSecret(secretsOf(inputs, env, requests), [withoutMasks(result.log), ...written]);
      return {
        ...result,
        requests,
        lines: withoutColours(result.log).split('\n'),
        verdicts: Object.fromEntries(result.applications.map(({ name, verdict }) => [name, verdict])),
        application(name) {
          const found = result.report.applications.find((one) => one.name === name);
          if (found === undefined) throw new Error(`${name} is not in the report:\n${result.log}`);
          return found;
        },
      };
    } finally {
      leftOver.steps.delete(running);
      rmSync(folder, { recursive: true, force: true });
    }
  };
  const done = finish();
  // A test that fails before it awaits the end is told of its own failure, not of this one.
  done.catch(() => {});
  return { ...running, done };
}

export const run = (sandbox: Sandbox | undefined, inputs: StepInputs, options: RunOptions = {}): Promise<Finished> =>
  start(sandbox, inputs, options).done;

const withoutMasks = (log: string): string =>
  log
    .split('\n')
    .filter((line) => !line.startsWith('::add-mask::'))
    .join('\n');

const withoutColours = (log: string): string =>
  log.replaceAll(new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g'), '');

/** Shorter ones are no secrets: single words of a header, ends of PEM blocks. */
const SHORTEST = 8;

/** Everything that may stand nowhere: tokens, passwords, certificates and keys, also line by line and decoded. */
function secretsOf(inputs: StepInputs, env: StepInputs, requests: readonly SeenRequest[]): ReadonlySet<string> {
  const { kubeconfig = '' } = inputs;
  const data = [...kubeconfig.matchAll(/(?:-data|token|password): "?([^\s"]+)/g)].map((match) => match[1] ?? '');
  const decoded = data
    .map((text) => Buffer.from(text, 'base64').toString('utf8'))
    .filter((text) => text.includes('BEGIN'));
  const proxyPasswords = Object.values(env).map((value) => URL.parse(value)?.password ?? '');
  const blocks = ['client-certificate', 'client-key', 'certificate-authority'].map((name) => inputs[name] ?? '');
  const lines = [...blocks, ...decoded].flatMap((pem) => pem.split('\n')).filter((line) => !line.startsWith('-----'));
  const credentials = requests.map(({ headers }) => (headers.authorization ?? '').replace(/^\w+ /, ''));
  return new Set(
    [
      inputs['argocd-auth-token'] ?? '',
      inputs['argocd-password'] ?? '',
      inputs['github-token'] ?? '',
      ...headerValues(inputs.headers ?? ''),
      env.ARGOCD_AUTH_TOKEN ?? '',
      ...data,
      ...lines,
      ...proxyPasswords,
      ...credentials,
    ].filter((secret) => secret.length >= SHORTEST),
  );
}

/** The values of the input `headers`. */
const headerValues = (headers: string): readonly string[] =>
  headers.split('\n').map((line) => line.slice(line.indexOf(':') + 1).trim());

function expectNoSecret(secrets: ReadonlySet<string>, texts: readonly string[]): void {
  const found = [...secrets].filter((secret) => texts.some((text) => text.includes(secret)));
  expect(found).toEqual([]);
}

// --- looking at the sandbox ----------------------------------------------------------------------------------------

/** What an Application is now. */
export function stored(sandbox: Sandbox, name: string, namespace = 'argocd'): StoredObject {
  const object = sandbox.store.get('applications', namespace, name);
  if (object === undefined) throw new Error(`the sandbox has no Application ${namespace}/${name}`);
  return object;
}

/** Resolves when the Application is as told. */
export function until(sandbox: Sandbox, name: string, fits: (object: StoredObject) => boolean): Promise<StoredObject> {
  return new Promise((resolve) => {
    const now = sandbox.store.get('applications', 'argocd', name);
    if (now !== undefined && fits(now)) return resolve(now);
    const stop = sandbox.store.subscribe(({ resource, object }) => {
      if (resource !== 'applications' || object.metadata.name !== name || !fits(object)) return;
      stop();
      resolve(object);
    });
  });
}

/** A part of an object by its path; undefined where there is none. */
export const at = (object: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((value, key) => (isRecord(value) ? value[key] : undefined), object);

/** Every operation that was set on an Application since the sandbox started, in order, as it reached the store. */
export function operationsOf(sandbox: Sandbox, name: string): readonly Draft[] {
  const history = sandbox.store.since(sandbox.store.oldestVersion);
  const events = (history === 'expired' ? [] : history).filter(
    ({ resource, object }) => resource === 'applications' && object.metadata.name === name,
  );
  if (events[0]?.type !== 'ADDED') throw new Error('the history of the sandbox is too short');
  return events
    .filter(({ object, previous }) => isRecord(object.operation) && !isRecord(previous?.operation))
    .map(({ object }) => ({ ...(isRecord(object.operation) ? object.operation : {}) }));
}

/** The ids that this action gave its operations. */
export const idsOf = (operations: readonly Draft[]): readonly string[] =>
  operations.flatMap(({ info }) =>
    (Array.isArray(info) ? info : []).filter(({ name }) => name === 'gitopssync/id').map(({ value }) => String(value)),
  );

/** How often each kind of request was made; names of Applications are left out. */
export function countRequests(requests: readonly SeenRequest[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { method, path, status } of requests) {
    const kind = path.includes('watch=1') || path.includes('/stream/') ? 'stream' : 'request';
    const key = `${method} ${path.replace(/\?.*/, '').replace(/(applications)\/[^/]+/, '$1/…')} ${kind} ${status}`;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}
