import { expect, jest } from '@jest/globals';
import type { Truth } from '../../../sandbox/controller/controller.ts';
import type { Action } from '../../../sandbox/controller/script.ts';
import {
  alwaysClosed,
  application,
  commit,
  DEPLOY_URL,
  gitRepository,
  IN_CLUSTER,
  PROD_EU,
  project,
  sha,
} from '../../../sandbox/fleets/builders.ts';
import type { Fleet, FleetApplication } from '../../../sandbox/fleets/fleet.ts';
import { type SandboxOptions, startSandbox } from '../../../sandbox/start.ts';
import type { Draft, Fault, Sandbox, SeenRequest, StoredObject } from '../../../sandbox/types.ts';
import '../../../src/argocd/kubernetes/auth-library.ts';
import { createKubernetesClient } from '../../../src/argocd/kubernetes/client.ts';
import { createServerClient } from '../../../src/argocd/server/client.ts';
import { isRecord } from '../../../src/lib/json.ts';
import type { RunEvent } from '../../../src/report/events.ts';
import type { ApplicationReport, Report } from '../../../src/report/report.ts';
import type {
  ConnectionInputs,
  Inputs,
  OperationInputs,
  TargetInputs,
  WaitingInputs,
} from '../../../src/sync/inputs/types.ts';
import { run } from '../../../src/sync/run.ts';
import { named, targets } from '../../factories/targets.ts';
import type { Mode } from '../harness.ts';
import { fastTime } from './fast-time.ts';

/** Commits of the repository, oldest first. Branch `main` is at the second one, tag `v1` at the first. */
export const ONE = sha('one');
export const TWO = sha('two');

/** The first commit runs and Argo CD knows of the second one. */
export const OUTDATED = { runs: 'previous', compared: 'current' } as const;
/** The first commit runs, and Argo CD takes it for the newest: Synced and Healthy. */
export const UNAWARE = { runs: 'previous', compared: 'before' } as const;
/** The newest commit runs, Synced and Healthy. */
export const CURRENT = { runs: 'target', compared: 'current' } as const;

/** An Application one commit behind whose sync goes well, unless the script says otherwise. */
export const app = (name: string, more: Partial<Parameters<typeof application>[0]> = {}): FleetApplication =>
  application({ name, ...more, script: { start: OUTDATED, ...more.script } });

/** What is waited for and has not come so long after the step never comes. */
const PATIENCE_MS = 120_000;
// On a busy machine stories take longer; nothing in them becomes wrong by that.
jest.setTimeout(120_000);

/** Seconds that pass in one second. */
const FACTOR = 20;

/** What a user gives beside the connection; what is left out is as short as it may be. */
export interface Given {
  readonly command?: Inputs['command'];
  /** Names, comma-separated; default: every Application of the story. */
  readonly applications?: string;
  readonly targets?: Partial<TargetInputs>;
  readonly operation?: Partial<OperationInputs>;
  readonly waiting?: Partial<WaitingInputs>;
  readonly connection?: Partial<Pick<ConnectionInputs, 'namespaces' | 'requestTimeoutMs' | 'proxy'>>;
  readonly account?: string;
}

export interface Setting extends Given {
  readonly applications?: string;
  readonly fleet: readonly FleetApplication[];
  readonly more?: Partial<Fleet>;
  readonly sandbox?: Omit<SandboxOptions, 'fleet' | 'clock'>;
  readonly faults?: readonly Fault[];
  /** Before the step begins. */
  readonly before?: (scene: Scene) => Promise<unknown> | unknown;
  /** While it runs. */
  readonly meanwhile?: (scene: Scene) => Promise<unknown> | unknown;
  /** Before the curtain falls. */
  readonly after?: (scene: Scene, told: Told) => Promise<unknown> | unknown;
}

/** The stage a story is played on. Times are those of the story, in milliseconds. */
export interface Scene {
  readonly sandbox: Sandbox;
  readonly mode: Mode;
  /** Everything that was said so far. */
  readonly events: readonly RunEvent[];
  stored(name: string, namespace?: string): StoredObject;
  act(name: string, action: Action): void;
  /** Resolves when the Application is as told. */
  until(name: string, fits: (object: StoredObject) => boolean): Promise<StoredObject>;
  /** Resolves when such an event was emitted. */
  said(fits: (event: RunEvent) => boolean): Promise<RunEvent>;
  /** Resolves when such a request came. */
  asked(fits: (request: SeenRequest) => boolean): Promise<void>;
  pass(ms: number): Promise<void>;
  /** What the runner does to a workflow that is cancelled. */
  cancel(signal: 'SIGINT' | 'SIGTERM'): void;
  /** The step again, or another one at the same time. */
  run(given?: Given): Promise<Told>;
}

/** What came of it. */
export interface Told {
  readonly report: Report;
  readonly events: readonly RunEvent[];
  readonly warnings: readonly string[];
  readonly verdicts: Readonly<Record<string, string>>;
  /** How long it took, in milliseconds of the story. */
  readonly tookMs: number;
  application(name: string): ApplicationReport;
  /** What was asked of both APIs from the beginning of the step. */
  readonly requests: readonly SeenRequest[];
  /** Every operation anybody set on the Application since the sandbox started, in order. */
  operations(name: string): readonly Draft[];
  /** Those of this project. */
  ours(name: string): readonly Draft[];
  readonly scene: Scene;
}

/** Plays a story to its end. Every Healthy of it is checked against what really ran. */
export async function tell(mode: Mode, setting: Setting): Promise<Told> {
  const time = fastTime(FACTOR);
  const fleet: Fleet = {
    name: 'story',
    repositories: [
      gitRepository(DEPLOY_URL, [commit('one'), commit('two')], { tags: { v1: ONE }, branches: { old: ONE } }),
    ],
    clusters: [IN_CLUSTER, PROD_EU],
    projects: [
      project({ name: 'default', sourceNamespaces: ['*'] }),
      project({ name: 'closed', syncWindows: [alwaysClosed(['*'])] }),
    ],
    ...setting.more,
    applications: setting.fleet,
  };
  const sandbox = await startSandbox({
    tls: false,
    timing: 'real',
    historySize: 100_000,
    ...setting.sandbox,
    fleet,
    clock: time.controller,
    faults: setting.faults ?? [],
  });
  // A look at each starts its clock: what it is, it has been since then.
  for (const { metadata } of sandbox.store.list('applications')) {
    sandbox.controller.truth(metadata.namespace, metadata.name);
  }
  const closing = new AbortController();
  const cancelling = new AbortController();
  const everything: RunEvent[] = [];
  const listeners = new Set<() => void>();
  const when = <T>(find: () => T | undefined, subscribe: (look: () => void) => () => void): Promise<T> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const found = find();
        if (found === undefined) return;
        stop();
        resolve(found);
      };
      const stop = subscribe(look);
      closing.signal.addEventListener('abort', () => reject(new Error('it never came to that')), { once: true });
      look();
    });
  const onEvent = (look: () => void): (() => void) => {
    listeners.add(look);
    return () => listeners.delete(look);
  };
  const scene: Scene = {
    sandbox,
    mode,
    events: everything,
    stored: (name, namespace = 'argocd') => {
      const object = sandbox.store.get('applications', namespace, name);
      if (object === undefined) throw new Error(`no Application ${namespace}/${name}`);
      return object;
    },
    act: (name, action) => sandbox.controller.act('argocd', name, action),
    until: (name, fits) =>
      when(
        () => {
          const object = sandbox.store.get('applications', 'argocd', name);
          return object !== undefined && fits(object) ? object : undefined;
        },
        (look) => sandbox.store.subscribe(look),
      ),
    said: (fits) => when(() => everything.find(fits), onEvent),
    asked: async (fits) => {
      while (!sandbox.requests.some(fits)) {
        if (closing.signal.aborted) throw new Error('it was never asked');
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
    pass: (ms) => time.step.delay(ms, closing.signal),
    cancel: (signal) => cancelling.abort(signal),
    run: async (given = {}) => perform({ ...setting, ...given }),
  };

  async function perform(given: Given): Promise<Told> {
    const events: RunEvent[] = [];
    const begunMs = time.step.now();
    const firstRequest = sandbox.requests.length;
    const inputs = inputsFor(sandbox, mode, given, setting.fleet);
    const lies: string[] = [];
    const report = await run(inputs, {
      connect: (connection, signal) =>
        connection.mode === 'kubernetes'
          ? createKubernetesClient(connection, time.step, signal)
          : createServerClient(connection, time.step, signal),
      clock: time.step,
      emit: (event) => {
        if (event.kind === 'verdict' && event.verdict.name === 'healthy') {
          const lie = untrue(
            sandbox.controller.truth(event.ref.namespace, event.ref.name),
            inputs,
            time.controller.now(),
          );
          if (lie !== '') lies.push(`${event.ref.name} was called healthy, and ${lie}`);
        }
        events.push(event);
        everything.push(event);
        for (const look of [...listeners]) look();
      },
      newId: counter(),
      runUrl: 'https://github.example.com/shop/deploy/actions/runs/7',
      cancelled: cancelling.signal,
    });
    expect(lies).toEqual([]);
    return {
      report,
      events,
      warnings: events.flatMap((event) => (event.kind === 'warning' ? [event.text] : [])),
      verdicts: Object.fromEntries(report.applications.map(({ name, verdict }) => [name, verdict])),
      tookMs: time.step.now() - begunMs,
      application(name) {
        const found = report.applications.find((one) => one.name === name);
        if (found === undefined) throw new Error(`${name} is not in the report: ${JSON.stringify(report.problems)}`);
        return found;
      },
      requests: sandbox.requests.slice(firstRequest),
      operations: (name) => operationsOf(sandbox, name),
      ours: (name) => operationsOf(sandbox, name).filter((operation) => ids([operation]).length > 0),
      scene,
    };
  }

  try {
    await setting.before?.(scene);
    const [told] = await Promise.all([
      perform(setting).finally(() => time.step.schedule(PATIENCE_MS, () => closing.abort())),
      setting.meanwhile?.(scene),
    ]);
    await setting.after?.(scene, told);
    return told;
  } finally {
    closing.abort();
    await sandbox.stop();
    time.stop();
  }
}

/** Ids in the order in which they were asked for; unique over all stories. */
let count = 0;
const counter = () => (): string => {
  count += 1;
  return `${count.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`;
};

/** Why an Application is not Healthy, `''` when it is. */
function untrue(truth: Truth | undefined, inputs: Inputs, nowMs: number): string {
  if (truth === undefined) return 'it does not exist';
  const wanted = inputs.waiting.suspended === 'pass' ? ['Healthy', 'Suspended'] : ['Healthy'];
  if (!wanted.includes(truth.health)) return `it is ${truth.health}`;
  const heldMs = nowMs - truth.since;
  return heldMs >= inputs.waiting.healthyForMs ? '' : `for ${heldMs} ms only`;
}

function inputsFor(sandbox: Sandbox, mode: Mode, given: Given, fleet: readonly FleetApplication[]): Inputs {
  const account = given.account ?? 'admin';
  const common = {
    namespaces: undefined,
    certificateAuthority: '',
    clientCertificate: '',
    clientKey: '',
    headers: [],
    insecureSkipTlsVerify: false,
    requestTimeoutMs: 5000,
    proxy: { https: '', http: '', no: '' },
    ...given.connection,
  };
  const all = fleet.map(({ object }) => (isRecord(object.metadata) ? String(object.metadata.name) : ''));
  const names = given.applications === undefined ? all : given.applications.split(/\s*,\s*/);
  return {
    command: given.command ?? 'sync',
    connection:
      mode === 'kubernetes'
        ? { ...common, mode, kubeconfig: { kind: 'content', yaml: sandbox.kubeconfig(account) }, context: '' }
        : {
            ...common,
            mode,
            server: sandbox.argocdUrl,
            credentials: { kind: 'token', token: sandbox.token(account) },
          },
    targets: targets({ names: given.targets === undefined ? named(...new Set(names)) : [], ...given.targets }),
    operation: {
      revision: '',
      sources: [],
      resources: [],
      expectedRevision: '',
      prune: false,
      dryRun: false,
      applyOnly: false,
      force: false,
      syncOptions: [],
      retry: undefined,
      onRunningOperation: 'wait',
      onSyncWindow: 'fail',
      info: [],
      concurrency: 10,
      failFast: false,
      async: false,
      ...given.operation,
    },
    waiting: {
      waitUntilHealthy: true,
      failOnTimeout: true,
      timeoutMs: 120_000,
      degradedTimeoutMs: undefined,
      healthyForMs: 1000,
      pollIntervalMs: 15_000,
      watch: true,
      requireSynced: true,
      suspended: 'wait',
      onCancel: 'leave',
      onTimeout: 'leave',
      ...given.waiting,
    },
    reporting: {
      summary: false,
      argocdUrl: '',
      format: 'json',
      github: { token: '', deployment: '', environmentUrl: '', comment: false },
    },
  };
}

// --- looking at the sandbox ----------------------------------------------------------------------------------------

/** A part of an object by its path; undefined where there is none. */
export const at = (object: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((value, key) => (isRecord(value) ? value[key] : undefined), object);

export const phaseOf = (object: StoredObject): unknown => at(object, 'status', 'operationState', 'phase');

function operationsOf(sandbox: Sandbox, name: string): readonly Draft[] {
  const history = sandbox.store.since(sandbox.store.oldestVersion);
  if (history === 'expired') throw new Error('the history of the sandbox is too short');
  return history
    .filter(({ resource, object }) => resource === 'applications' && object.metadata.name === name)
    .filter(({ object, previous }) => isRecord(object.operation) && !isRecord(previous?.operation))
    .map(({ object }) => ({ ...(isRecord(object.operation) ? object.operation : {}) }));
}

/** The ids this project gave to operations. */
export const ids = (operations: readonly Draft[]): readonly string[] =>
  operations.flatMap(({ info }) =>
    (Array.isArray(info) ? info : []).filter((item) => item.name === 'gitopssync/id').map((item) => String(item.value)),
  );

/** Whether the state of the last operation is that of one of ours. */
export const isOurs = (object: StoredObject): boolean =>
  ids([{ info: at(object, 'status', 'operationState', 'operation', 'info') }]).length > 0;

/** Every phase an Application's operation has shown, without repetition. */
export function phases({ sandbox }: Scene, name: string): readonly unknown[] {
  const events = sandbox.store.since(sandbox.store.oldestVersion);
  const shown = (events === 'expired' ? [] : events)
    .filter(({ resource, object }) => resource === 'applications' && object.metadata.name === name)
    .map(({ object }) => phaseOf(object));
  return shown.filter((phase, index) => phase !== undefined && phase !== shown[index - 1]);
}

/** Requests that change something. */
export const writes = (requests: readonly SeenRequest[]): readonly SeenRequest[] =>
  requests.filter(({ method }) => method !== 'GET');

/** Somebody else's operation. */
export const somebody = (sync: Readonly<Record<string, unknown>> = {}): Action => ({
  do: 'operation',
  operation: { initiatedBy: { username: 'somebody' }, sync },
});

/** Somebody starts a sync, and it runs. */
export const occupied =
  (name: string, sync: Readonly<Record<string, unknown>> = {}) =>
  async (scene: Scene): Promise<void> => {
    scene.act(name, somebody(sync));
    await scene.until(name, (object) => phaseOf(object) === 'Running');
  };
