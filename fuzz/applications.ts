import fc from 'fast-check';
import type {
  Action,
  Health,
  HealthStep,
  Hook,
  StaleWindow,
  SyncScript,
  TimedAction,
} from '../sandbox/controller/script.ts';

/** One Application of a story. Its name follows from its position: `app-0`, `app-1`, … */
export interface StoryApplication {
  readonly sources: 1 | 2 | 3;
  readonly automated: 'off' | 'on' | 'self-heal';
  /** `closed`: its AppProject has a sync window that is always closed. */
  readonly project: 'default' | 'closed';
  readonly target: 'main' | 'HEAD' | 'v1' | 'no-such-branch';
  readonly path: 'own' | 'missing';
  readonly ignored: boolean;
  readonly skipReconcile: boolean;
  readonly finalizer: boolean;
  readonly namespaceExists: boolean;
  readonly createNamespace: boolean;
  readonly retryLimit: number;
  /** `waves`: two workloads in two waves. `leftover`: one resource is gone from the newest commit. */
  readonly resources: 'usual' | 'waves' | 'leftover' | 'confirm' | 'no-workload';
  readonly runs: 'nothing' | 'target' | 'previous';
  readonly compared: 'never' | 'current' | 'before';
  readonly startHealth: Health;
  readonly comparedMsAgo: number;
  readonly syncs: readonly SyncScript[];
  readonly rivals: readonly Rival[];
}

/** What somebody else does, by a name for the totals. */
export interface Rival {
  readonly who: RivalKind;
  readonly on: TimedAction['on'];
  readonly nth: number;
  readonly afterMs: number;
  readonly variant: number;
}

export const RIVALS = [
  'pipeline',
  'pipeline-older',
  'pipeline-dry-run',
  'pipeline-partial',
  'terminates',
  'removes-operation',
  'deletes',
  'edits-spec',
  'edits-path',
  'edits-labels',
  'edits-automation',
  'skips-reconcile',
  'refreshes',
  'pushes',
  'pushes-quietly',
  'changes-live',
  'removes-live',
  'opens-window',
  'approves',
  'health',
] as const;
export type RivalKind = (typeof RIVALS)[number];

const upTo = (max: number): fc.Arbitrary<number> =>
  fc.oneof(
    { weight: 2, arbitrary: fc.constant(0) },
    { weight: 3, arbitrary: fc.integer({ min: 1, max: Math.ceil(max / 20) }) },
    { weight: 3, arbitrary: fc.integer({ min: 1, max }) },
  );

const health: fc.Arbitrary<Health> = fc.oneof(
  { weight: 5, arbitrary: fc.constant<Health>('Healthy') },
  { weight: 4, arbitrary: fc.constant<Health>('Progressing') },
  { weight: 2, arbitrary: fc.constant<Health>('Degraded') },
  { weight: 1, arbitrary: fc.constantFrom<Health>('Suspended', 'Missing', 'Unknown') },
);

/** Health over time, from a moment on. */
export const timeline: fc.Arbitrary<readonly HealthStep[]> = fc
  .record({
    first: health,
    later: fc.array(fc.record({ gapMs: fc.integer({ min: 1, max: 9000 }), health }), { maxLength: 4 }),
    well: fc.integer({ min: 0, max: 3 }),
  })
  .map(({ first, later, well }) => {
    let at = 0;
    const steps: HealthStep[] = [{ afterMs: 0, health: first }];
    for (const step of later) {
      at += step.gapMs;
      steps.push({ afterMs: at, health: step.health });
    }
    // Most rollouts end well.
    return well === 0 ? steps : [...steps, { afterMs: at + 200 * well, health: 'Healthy' as const }];
  });

const stale: fc.Arbitrary<StaleWindow> = fc.record(
  {
    order: fc.constantFrom('compare-first', 'cache-first', 'together', 'before-end'),
    compareMs: upTo(12_000),
    cacheMs: upTo(8000),
    sameSecond: fc.boolean(),
  },
  { requiredKeys: [] },
);

const hook: fc.Arbitrary<Hook> = fc.record(
  {
    type: fc.constantFrom('PreSync', 'Sync', 'PostSync'),
    name: fc.constantFrom('migrate', 'notify'),
    takesMs: fc.oneof(
      { weight: 8, arbitrary: fc.integer({ min: 0, max: 6000 }) },
      { weight: 1, arbitrary: fc.constant('forever' as const) },
    ),
    ends: fc.constantFrom('Succeeded', 'Succeeded', 'Failed'),
  },
  { requiredKeys: ['type', 'name', 'takesMs'] },
);

const rarely = <T>(arbitrary: fc.Arbitrary<T>, weight = 12): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });

/** One sync; what is undefined is left out. */
const sync: fc.Arbitrary<SyncScript> = fc
  .record({
    never: rarely(fc.constant(true), 25),
    pickupMs: fc.option(upTo(6000), { nil: undefined }),
    passMs: fc.option(upTo(4000), { nil: undefined }),
    error: rarely(fc.constantFrom('rpc error: code = Unavailable', 'ComparisonError: no such chart')),
    errorAttempts: fc.option(fc.integer({ min: 1, max: 2 }), { nil: undefined }),
    refusals: rarely(
      fc.array(
        fc.record(
          {
            kind: fc.constantFrom('Service', 'Deployment'),
            name: fc.constant('self'),
            message: fc.constant('admission webhook denied the request'),
            attempts: fc.integer({ min: 1, max: 2 }),
          },
          { requiredKeys: ['kind', 'name', 'message'] },
        ),
        { minLength: 1, maxLength: 2 },
      ),
      8,
    ),
    namespaceRace: rarely(fc.constant(true), 6),
    hooks: rarely(fc.uniqueArray(hook, { minLength: 1, maxLength: 2, selector: ({ name }) => name }), 4),
    health: fc.option(timeline, { nil: undefined, freq: 4 }),
    always: rarely(fc.constant(true), 6),
    stale: fc.option(stale, { nil: undefined, freq: 4 }),
    noComparison: rarely(fc.constant(true)),
  })
  .map((given) => JSON.parse(JSON.stringify(given)) as SyncScript);

const rival: fc.Arbitrary<Rival> = fc.record({
  who: fc.constantFrom(...RIVALS),
  on: fc.constantFrom('start', 'asked', 'running', 'terminal', 'healthy'),
  nth: fc.constantFrom(1, 1, 1, 2, 0),
  afterMs: upTo(15_000),
  variant: fc.nat({ max: 5 }),
});

export const applicationStory: fc.Arbitrary<StoryApplication> = fc.record<StoryApplication>({
  sources: fc.constantFrom(1, 1, 1, 2, 3),
  automated: fc.constantFrom('off', 'off', 'off', 'off', 'on', 'self-heal'),
  project: fc.oneof(
    { weight: 12, arbitrary: fc.constant('default' as const) },
    { weight: 1, arbitrary: fc.constant('closed' as const) },
  ),
  target: fc.oneof(
    { weight: 14, arbitrary: fc.constant('main' as const) },
    { weight: 3, arbitrary: fc.constantFrom('HEAD' as const, 'v1' as const) },
    { weight: 1, arbitrary: fc.constant('no-such-branch' as const) },
  ),
  path: fc.oneof(
    { weight: 20, arbitrary: fc.constant('own' as const) },
    { weight: 1, arbitrary: fc.constant('missing' as const) },
  ),
  ignored: fc.oneof({ weight: 40, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  skipReconcile: fc.oneof({ weight: 40, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  finalizer: fc.boolean(),
  namespaceExists: fc.oneof({ weight: 5, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
  createNamespace: fc.boolean(),
  retryLimit: fc.constantFrom(0, 0, 0, 1, 2),
  resources: fc.constantFrom('usual', 'usual', 'usual', 'waves', 'leftover', 'confirm', 'no-workload'),
  runs: fc.constantFrom('previous', 'previous', 'target', 'nothing'),
  compared: fc.constantFrom('current', 'before', 'never'),
  startHealth: fc.oneof({ weight: 5, arbitrary: fc.constant<Health>('Healthy') }, { weight: 1, arbitrary: health }),
  comparedMsAgo: fc.constantFrom(60_000, 0, 400, 5000),
  syncs: fc.array(sync, { minLength: 1, maxLength: 3 }),
  rivals: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 2, arbitrary: fc.array(rival, { minLength: 1, maxLength: 3 }) },
  ),
});

export type { Action };
