import fc from 'fast-check';

/** What a user asks for, as far as stories vary it. Durations in milliseconds. */
export interface StoryInputs {
  readonly command: 'sync' | 'wait' | 'terminate' | 'plan';
  readonly waitUntilHealthy: boolean;
  readonly timeoutMs: number;
  readonly healthyForMs: number;
  /** Null: until the time-out. */
  readonly degradedTimeoutMs: number | null;
  readonly suspended: 'wait' | 'pass';
  readonly requireSynced: boolean;
  readonly onRunningOperation: 'wait' | 'join' | 'terminate' | 'fail';
  readonly onSyncWindow: 'fail' | 'wait' | 'skip';
  /** `older`: the first commit, by its id; `tag`: the tag that points there. */
  readonly revision: '' | 'main' | 'older' | 'tag' | 'unknown';
  readonly expected: '' | 'newest' | 'older';
  readonly prune: boolean;
  readonly dryRun: boolean;
  readonly applyOnly: boolean;
  readonly retryLimit: number | null;
  readonly watch: boolean;
  readonly pollIntervalMs: number;
  readonly concurrency: number;
  readonly failFast: boolean;
  readonly async: boolean;
  readonly failOnTimeout: boolean;
  readonly onCancel: 'leave' | 'terminate';
  readonly onTimeout: 'leave' | 'terminate';
  readonly requestTimeoutMs: number;
}

const rarely = <T>(usual: T, other: T, weight: number): fc.Arbitrary<T> =>
  fc.oneof({ weight, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constant(other) });

export const choices: fc.Arbitrary<StoryInputs> = fc
  .record<StoryInputs>({
    command: fc.oneof(
      { weight: 16, arbitrary: fc.constant('sync' as const) },
      { weight: 3, arbitrary: fc.constant('wait' as const) },
      { weight: 2, arbitrary: fc.constant('terminate' as const) },
      { weight: 1, arbitrary: fc.constant('plan' as const) },
    ),
    waitUntilHealthy: rarely(true, false, 4),
    timeoutMs: fc.oneof(
      { weight: 4, arbitrary: fc.integer({ min: 30_000, max: 120_000 }) },
      { weight: 1, arbitrary: fc.integer({ min: 1000, max: 30_000 }) },
    ),
    healthyForMs: fc.constantFrom(3000, 1000, 1500, 8000),
    degradedTimeoutMs: fc.constantFrom(null, null, 0, 1000, 5000),
    suspended: fc.constantFrom('wait', 'pass'),
    requireSynced: rarely(true, false, 4),
    onRunningOperation: fc.constantFrom('wait', 'wait', 'join', 'terminate', 'fail'),
    onSyncWindow: fc.constantFrom('fail', 'wait', 'skip'),
    revision: fc.oneof(
      { weight: 10, arbitrary: fc.constant('' as const) },
      { weight: 4, arbitrary: fc.constantFrom('main' as const, 'older' as const, 'tag' as const) },
      { weight: 1, arbitrary: fc.constant('unknown' as const) },
    ),
    expected: fc.oneof(
      { weight: 8, arbitrary: fc.constant('' as const) },
      { weight: 1, arbitrary: fc.constantFrom('newest' as const, 'older' as const) },
    ),
    prune: fc.boolean(),
    dryRun: rarely(false, true, 15),
    applyOnly: rarely(false, true, 8),
    retryLimit: fc.constantFrom(null, null, 0, 1, 2),
    watch: rarely(true, false, 6),
    pollIntervalMs: fc.constantFrom(5000, 15_000, 1000),
    concurrency: fc.constantFrom(10, 1, 3),
    failFast: rarely(false, true, 8),
    async: rarely(false, true, 15),
    failOnTimeout: rarely(true, false, 3),
    onCancel: fc.constantFrom('leave', 'terminate'),
    onTimeout: fc.constantFrom('leave', 'terminate'),
    requestTimeoutMs: fc.constantFrom(30_000, 5000, 2000),
  })
  .map(consistent);

/** Combinations that the inputs themselves refuse do not come so far. */
function consistent(given: StoryInputs): StoryInputs {
  const syncs = given.command === 'sync';
  const waits = given.command === 'wait' || (syncs && given.waitUntilHealthy && !given.async);
  return {
    ...given,
    async: syncs && given.async,
    failFast: syncs && given.failFast,
    waitUntilHealthy: waits,
    healthyForMs: Math.max(1000, Math.min(given.healthyForMs, given.timeoutMs - 1)),
  };
}
