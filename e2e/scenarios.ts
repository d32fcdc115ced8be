import type { RunningStep, StepResult } from '../sandbox/runner/step.ts';
import type { VerdictName } from '../src/argocd/verdict.ts';
import { record } from '../src/lib/json.ts';

/** What a scenario can do: make Applications of its own, and run the step as the runner would. */
export interface Stage {
  readonly transport: 'kubernetes' | 'argocd';
  /** The commits of the repository, oldest first; empty where this run did not push them. */
  readonly commits: readonly string[];
  /** Makes an Application that deploys a folder of the layout into a namespace of the scenario; answers its name. */
  create(folder: string): Promise<string>;
  /** The Application as it is stored. */
  stored(name: string): Promise<Readonly<Record<string, unknown>>>;
  start(inputs: Inputs): RunningStep;
  run(inputs: Inputs): Promise<StepResult>;
  remove(name: string): Promise<void>;
}

type Inputs = Readonly<Record<string, string>>;

export interface Scenario {
  readonly name: string;
  /** Throws when something is not as it should be. */
  play(stage: Stage): Promise<void>;
  /** True: needs both commits, so a repository that this run may push to. */
  readonly needsCommits?: true;
}

const HEALTHY = { 'wait-until-healthy': 'true', timeout: '3m' } as const;
/** Long enough for a slow installation to get there, short enough to wait for. */
const SHORT = '20s';

export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'fan-out',
    play: async (stage) => {
      const names: string[] = [];
      for (const folder of [1, 2, 3, 4, 5]) names.push(await stage.create(`fleet/${folder}`));
      const pattern = `${names[0]?.slice(0, -1)}[1-5]`;
      const step = await stage.run({ 'application-regex': pattern, ...HEALTHY });
      expectStep(step, 0, 'succeeded', Object.fromEntries(names.map((name) => [name, 'healthy'])));
      expect(step.outputs.names, JSON.stringify(names), 'output names');
      expect(JSON.parse(step.outputs.passed).length, names.length, 'names in output passed');
    },
  },
  {
    name: 'names',
    play: async (stage) => {
      const name = await stage.create('fleet/1');
      const absent = `${name}-absent`;
      const step = await stage.run({ applications: `${name}, ${absent}`, ...HEALTHY });
      expectStep(step, 1, 'failed', { [name]: 'healthy', [absent]: ['not-found', 'forbidden'] });
    },
  },
  {
    name: 'plan',
    play: async (stage) => {
      const name = await stage.create('fleet/1');
      expectStep(await stage.run({ applications: name, command: 'plan' }), 0, 'succeeded', { [name]: 'planned' });
      const { operation, status } = await stage.stored(name);
      expect(operation ?? record(status).operationState, undefined, 'operation after a plan');
    },
  },
  {
    name: 'wait',
    play: async (stage) => {
      const name = await stage.create('fleet/1');
      const waiting = await stage.run({ applications: name, command: 'wait', timeout: '5s' });
      expectStep(waiting, 1, 'timed-out', { [name]: 'timed-out' });
      expectStep(await stage.run({ applications: name }), 0, 'succeeded', { [name]: 'synced' });
      const settled = await stage.run({ applications: name, command: 'wait', timeout: '3m' });
      expectStep(settled, 0, 'succeeded', { [name]: 'healthy' });
    },
  },
  {
    name: 'dry-run',
    play: async (stage) => {
      const name = await stage.create('fleet/1');
      expectStep(await stage.run({ applications: name, 'dry-run': 'true' }), 0, 'succeeded', { [name]: 'synced' });
      expect(
        record(record((await stage.stored(name)).status).sync).status === 'Synced',
        false,
        'Synced after a dry run',
      );
    },
  },
  {
    name: 'sync-fails',
    play: async (stage) => {
      const name = await stage.create('fails');
      const step = await stage.run({ applications: name, ...HEALTHY });
      expectStep(step, 1, 'failed', { [name]: 'sync-failed' });
      expectText(step.applications[0]?.message ?? '', 'Bad_Name');
    },
  },
  {
    name: 'no-such-revision',
    play: async (stage) => {
      const name = await stage.create('fleet/1');
      const step = await stage.run({ applications: name, revision: 'no-such-branch', ...HEALTHY });
      expectStep(step, 1, 'failed', { [name]: 'sync-failed' });
      expectText(step.applications[0]?.message ?? '', 'no-such-branch');
    },
  },
  {
    name: 'older-commit',
    needsCommits: true,
    play: async (stage) => {
      const [older = '', newer = ''] = stage.commits;
      const name = await stage.create('moves');
      const newest = await stage.run({ applications: name, 'expected-revision': newer, ...HEALTHY });
      expectStep(newest, 0, 'succeeded', { [name]: 'healthy' });
      const step = await stage.run({ applications: name, revision: older, ...HEALTHY });
      expectStep(step, 0, 'succeeded', { [name]: 'healthy' });
      expect(step.applications[0]?.revisions.join(), older, 'revision');
      const mismatch = await stage.run({ applications: name, 'expected-revision': older, timeout: '2m' });
      expectStep(mismatch, 1, 'failed', { [name]: 'mismatch' });
    },
  },
  {
    name: 'degraded',
    play: async (stage) => {
      const name = await stage.create('degrades');
      const step = await stage.run({ applications: name, ...HEALTHY, 'degraded-timeout': '0s' });
      expectStep(step, 1, 'failed', { [name]: 'degraded' });
    },
  },
  {
    name: 'time-out',
    play: async (stage) => {
      const name = await stage.create('never-starts');
      const inputs = { applications: name, ...HEALTHY, timeout: SHORT };
      expectStep(await stage.run(inputs), 1, 'timed-out', { [name]: 'timed-out' });
      const warned = await stage.run({ ...inputs, timeout: '5s', 'fail-on-timeout': 'false' });
      expectStep(warned, 0, 'timed-out', { [name]: 'timed-out' });
    },
  },
  {
    name: 'suspended',
    play: async (stage) => {
      const name = await stage.create('suspended');
      const step = await stage.run({ applications: name, ...HEALTHY, suspended: 'pass' });
      expectStep(step, 0, 'succeeded', { [name]: 'healthy' });
      const waiting = await stage.run({ applications: name, command: 'wait', timeout: '5s' });
      expectStep(waiting, 1, 'timed-out', { [name]: 'timed-out' });
    },
  },
  {
    name: 'terminate',
    play: async (stage) => {
      const name = await stage.create('hook-hangs');
      const hanging = stage.start({ applications: name, ...HEALTHY });
      await hanging.logged(HOOK);
      const conflict = await stage.run({ applications: name, 'on-running-operation': 'fail' });
      expectStep(conflict, 1, 'failed', { [name]: 'conflict' });
      const ended = await stage.run({ applications: name, command: 'terminate', timeout: '1m' });
      expectStep(ended, 0, 'succeeded', { [name]: 'terminated' });
      expectStep(await hanging.done, 1, 'failed', { [name]: 'sync-failed' });
    },
  },
  {
    name: 'cancelled',
    play: async (stage) => {
      const name = await stage.create('hook-hangs');
      const step = stage.start({ applications: name, ...HEALTHY, 'on-cancel': 'terminate' });
      await step.logged(HOOK);
      const signalled = performance.now();
      step.process.kill('SIGINT');
      expectStep(await step.done, 1, 'cancelled', { [name]: 'cancelled' });
      const tookMs = performance.now() - signalled;
      if (tookMs > 5_000) throw new Error(`the report came ${Math.round(tookMs)} ms after the signal`);
      const after = await stage.run({ applications: name, command: 'terminate', timeout: '1m' });
      // Asked to end already; it may take the controller a moment.
      expectStep(after, 0, 'succeeded', { [name]: ['terminated', 'unchanged'] });
    },
  },
  {
    name: 'time-out-terminates',
    play: async (stage) => {
      const name = await stage.create('hook-hangs');
      const step = await stage.run({ applications: name, ...HEALTHY, timeout: SHORT, 'on-timeout': 'terminate' });
      expectStep(step, 1, 'timed-out', { [name]: 'timed-out' });
      const state = await untilEnded(stage, name);
      expectText(String(state.message), 'Operation terminated');
    },
  },
  {
    name: 'deleted',
    play: async (stage) => {
      const name = await stage.create('never-starts');
      const step = stage.start({ applications: name, ...HEALTHY });
      await step.logged('Succeeded');
      await stage.remove(name);
      expectStep(await step.done, 1, 'failed', { [name]: 'deleted' });
    },
  },
];

const HOOK = 'waiting for completion of hook';

/** The operation's state, once no operation is left. */
const untilEnded = async (stage: Stage, name: string): Promise<Readonly<Record<string, unknown>>> => {
  const idle = await stage.run({ applications: name, command: 'terminate', timeout: '30s' });
  expect(idle.exitCode, 0, 'exit code of terminating what ends already');
  return record(record((await stage.stored(name)).status).operationState);
};

function expectStep(
  step: StepResult,
  exitCode: number,
  result: string,
  verdicts: Readonly<Record<string, VerdictName | readonly VerdictName[]>>,
): void {
  const are = Object.fromEntries(step.applications.map(({ name, verdict }) => [name, verdict]));
  const wanted = Object.entries(verdicts);
  expect(step.applications.length, wanted.length, 'Applications');
  for (const [name, verdict] of wanted) {
    const is = are[name];
    if (is === undefined || !([] as readonly string[]).concat(verdict).includes(is))
      throw new Error(`${name} is ${is ?? 'not reported'}, wanted ${[verdict].flat().join(' or ')}`);
  }
  expect(step.outputs.result, result, 'result');
  expect(step.exitCode, exitCode, 'exit code');
}

const expect = (is: unknown, wanted: unknown, what: string): void => {
  if (is !== wanted) throw new Error(`${what}: ${JSON.stringify(is)}, wanted ${JSON.stringify(wanted)}`);
};

const expectText = (text: string, part: string): void => {
  if (!text.includes(part)) throw new Error(`${JSON.stringify(text)} does not say ${JSON.stringify(part)}`);
};
