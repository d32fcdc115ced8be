import type { StoryApplication } from './applications.ts';
import type { StoryInputs } from './choices.ts';
import { clampLag } from './lag.ts';
import type { Story } from './story.ts';

/** The plainest story: what a smaller one goes towards. */
const PLAIN: Omit<Story, 'applications' | 'inputs'> = {
  transport: 'kubernetes',
  twoNamespaces: false,
  targeting: 'names',
  pace: 'instant',
  workers: 10,
  clockOffsetMs: 0,
  historySize: 0,
  faults: [],
  cancelAtMs: null,
  seed: 0,
  beginMs: 0,
};

const PLAIN_INPUTS: StoryInputs = {
  command: 'sync',
  waitUntilHealthy: true,
  timeoutMs: 60_000,
  healthyForMs: 3000,
  degradedTimeoutMs: null,
  suspended: 'wait',
  requireSynced: true,
  onRunningOperation: 'wait',
  onSyncWindow: 'fail',
  revision: '',
  expected: '',
  prune: false,
  dryRun: false,
  applyOnly: false,
  retryLimit: null,
  watch: true,
  pollIntervalMs: 15_000,
  concurrency: 10,
  failFast: false,
  async: false,
  failOnTimeout: true,
  onCancel: 'leave',
  onTimeout: 'leave',
  requestTimeoutMs: 30_000,
};

const PLAIN_APPLICATION: StoryApplication = {
  sources: 1,
  automated: 'off',
  project: 'default',
  target: 'main',
  path: 'own',
  ignored: false,
  skipReconcile: false,
  finalizer: false,
  namespaceExists: true,
  createNamespace: false,
  retryLimit: 0,
  resources: 'usual',
  runs: 'previous',
  compared: 'current',
  startHealth: 'Healthy',
  comparedMsAgo: 60_000,
  syncs: [{}],
  rivals: [],
};

/** Each one with one field as in the plain one. */
function* plainer<T extends object>(value: T, plain: T): Generator<T> {
  for (const key of Object.keys(plain) as (keyof T)[])
    if (JSON.stringify(value[key]) !== JSON.stringify(plain[key])) yield { ...value, [key]: plain[key] };
}

/** Each one without one item, larger parts first. */
function* without<T>(list: readonly T[]): Generator<readonly T[]> {
  for (let size = Math.floor(list.length / 2); size > 1; size = Math.floor(size / 2))
    for (let from = 0; from < list.length; from += size) yield [...list.slice(0, from), ...list.slice(from + size)];
  for (let index = 0; index < list.length; index += 1) yield list.filter((_, at) => at !== index);
}

/** Each one with one item changed. */
function* changed<T>(list: readonly T[], simpler: (item: T) => Iterable<T>): Generator<readonly T[]> {
  for (const [index, item] of list.entries())
    for (const next of simpler(item)) yield list.map((one, at) => (at === index ? next : one));
}

/** Each one without one of its fields, and with rounder numbers. */
function* lighter<T extends object>(value: T, optional: boolean): Generator<T> {
  for (const [key, field] of Object.entries(value)) {
    if (optional) {
      const { [key as keyof T]: _, ...rest } = value;
      yield rest as T;
    }
    if (typeof field === 'number' && key !== 'status')
      for (const next of rounder(field)) yield { ...value, [key]: next };
    if (Array.isArray(field) && field.length > 1) for (const next of without(field)) yield { ...value, [key]: next };
    if (typeof field === 'object' && field !== null && !Array.isArray(field))
      for (const next of lighter(field, optional)) yield { ...value, [key]: next };
  }
}

function* rounder(value: number): Generator<number> {
  for (const step of [10_000, 1000, 500, 100, 10]) {
    const next = Math.round(value / step) * step;
    if (next !== value && String(next).length <= String(value).length) yield next;
  }
}

function* plainerApplication(application: StoryApplication): Generator<StoryApplication> {
  for (const rivals of without(application.rivals)) yield { ...application, rivals };
  if (application.syncs.length > 1) for (const syncs of without(application.syncs)) yield { ...application, syncs };
  yield* plainer(application, PLAIN_APPLICATION);
  for (const syncs of changed(application.syncs, (sync) => lighter(sync, true))) yield { ...application, syncs };
  for (const rivals of changed(application.rivals, (rival) => lighter(rival, false))) yield { ...application, rivals };
}

function* plainerStory(story: Story): Generator<Story> {
  if (story.applications.length > 1)
    for (const applications of without(story.applications)) yield { ...story, applications };
  for (const faults of without(story.faults)) yield { ...story, faults };
  yield* plainer<Story>(story, { ...PLAIN, applications: story.applications, inputs: story.inputs });
  for (const inputs of plainer(story.inputs, PLAIN_INPUTS)) yield { ...story, inputs };
  for (const applications of changed(story.applications, plainerApplication)) yield { ...story, applications };
  for (const faults of changed(story.faults, (fault) => lighter(fault, false))) yield { ...story, faults };
}

/**
 * The plainest story that still fails, as far as it is found before `isOver`. Greedy: takes every simplification that keeps the
 * failure, until none does.
 */
export async function shrink(
  story: Story,
  fails: (one: Story) => Promise<boolean>,
  isOver: () => boolean,
): Promise<Story> {
  let smallest = story;
  for (let found = true; found && !isOver(); ) {
    found = false;
    for (const next of plainerStory(smallest)) {
      if (isOver()) break;
      const clamped = clampLag(next);
      if (JSON.stringify(clamped) === JSON.stringify(smallest) || !(await fails(clamped))) continue;
      smallest = clamped;
      found = true;
      break;
    }
  }
  return smallest;
}
