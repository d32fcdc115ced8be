import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type Application,
  type HealthStatus,
  type HistoryEntry,
  type Operation,
  type OperationState,
  operationId,
  REFRESH_ANNOTATION,
} from '../../src/argocd/application.ts';
import { giveUp } from '../../src/operation/track/give-up.ts';
import type { SyncGoal } from '../../src/operation/track/goal.ts';
import { needs } from '../../src/operation/track/needs.ts';
import type { Track } from '../../src/operation/track/state.ts';
import { startTrack, track } from '../../src/operation/track.ts';
import { application, operation } from '../factories/application.ts';

/**
 * The reducer against a small model of a controller: random orders of its steps, rivals, lost, late and doubled news, reads
 * that are answered late. What the model knows to be true is what a verdict is measured against.
 */

const ID = 'c0ffee00-0000-4000-8000-000000000001';
/** The cluster cache of the controller lags, but not for long. */
const CACHE_LAG_MS = 400;
/** Stories told. */
const RUNS = 3_000;

const commit = (number: number): string => `${number}`.padStart(40, 'c');

/** A stored version of the Application, and what the model knows of it. */
interface Version {
  readonly application: Application;
  readonly sinceMs: number;
  /** What the comparison that made it saw running. */
  readonly seenLive: string;
  /** What ran when it was written. */
  readonly live: string;
}

/** A comparison under way. */
interface Comparison {
  readonly target: string;
  readonly live: string;
  readonly health: HealthStatus;
  readonly startedMs: number;
  readonly refreshing: boolean;
  /** Only the live objects changed: nothing new is resolved. */
  readonly recent: boolean;
}

interface Facts {
  /** Whether anybody but us and the controller has done anything that may spoil our sync. */
  rivals: boolean;
  removed: boolean;
  deleted: boolean;
  degraded: boolean;
  commits: boolean;
  /** Somebody's operation failed half-way; where OutOfSync may pass, or a dry run hides it, nothing tells of it. */
  halfWay: boolean;
  dryRun: boolean;
  /** How our operation ended, if it did. */
  own: { readonly phase: OperationState['phase']; readonly revisions: readonly string[] } | undefined;
}

class Model {
  nowMs = 0;
  readonly versions: Version[] = [];
  readonly facts: Facts = {
    rivals: false,
    removed: false,
    deleted: false,
    degraded: false,
    commits: false,
    halfWay: false,
    dryRun: false,
    own: undefined,
  };
  /** On their way to us, oldest first. */
  private news: Application[] = [];
  private target = 1;
  private live = commit(1);
  private health: HealthStatus = 'Healthy';
  private cache = { live: commit(1), health: 'Healthy' as HealthStatus, atMs: 0 };
  private comparison: Comparison | undefined;
  private applied = false;
  private historyId = 3;
  private number = 100;

  constructor(outOfSync: boolean) {
    if (outOfSync) this.target = 2;
    this.versions.push({
      application: application({
        resourceVersion: '100',
        sync: { status: outOfSync ? 'OutOfSync' : 'Synced', revisions: [commit(this.target)] },
        reconciledAt: this.stamp(),
      }),
      sinceMs: 0,
      seenLive: this.live,
      live: this.live,
    });
  }

  get stored(): Application {
    return this.last.application;
  }

  private get last(): Version {
    const last = this.versions.at(-1);
    if (last === undefined) throw new Error('there is always one');
    return last;
  }

  /** The controller's clock, in whole seconds. */
  private stamp(ms = this.nowMs): string {
    return new Date(Date.UTC(2026, 10, 20, 10) + ms).toISOString().replace(/\.\d+Z$/, 'Z');
  }

  private write(changes: Partial<Application>, seenLive = this.last.seenLive): void {
    this.number += 1;
    const version = String(this.number);
    const written: Application = { ...this.stored, ...changes, resourceVersion: version, version };
    this.versions.push({ application: written, sinceMs: this.nowMs, seenLive, live: this.live });
    this.news.push(written);
  }

  pass(ms: number): void {
    this.nowMs += ms;
    if (this.nowMs - this.cache.atMs > CACHE_LAG_MS) this.fillCache();
  }

  fillCache(): void {
    this.cache = { live: this.live, health: this.health, atMs: this.nowMs };
  }

  push(): void {
    this.target += 1;
    this.facts.commits = true;
  }

  request(asked: Operation): void {
    this.write({ operation: asked, operationState: undefined });
  }

  rival(automated: boolean, revision: string, dryRun: boolean): void {
    if (this.stored.operation !== undefined) return;
    this.facts.rivals = true;
    this.facts.dryRun ||= dryRun;
    const by = operation('', { automated, initiatedBy: automated ? '' : 'rival' });
    this.request({ ...by, sync: { revision, revisions: [], prune: false, dryRun, partial: false } });
  }

  remove(): void {
    if (this.stored.operation === undefined || this.stored.operationState !== undefined) return;
    this.facts.removed = true;
    this.write({ operation: undefined });
  }

  pickUp(): void {
    const { operation: asked, operationState } = this.stored;
    if (asked === undefined || operationState !== undefined) return;
    this.applied = false;
    this.write({
      operationState: {
        operation: asked,
        phase: 'Running',
        message: '',
        startedAt: this.stamp(),
        finishedAt: '',
        retryCount: 0,
        syncResult: undefined,
      },
    });
  }

  private resolved(asked: Operation): string {
    return asked.sync?.revision === '' ? commit(this.target) : (asked.sync?.revision ?? commit(this.target));
  }

  private resolvedNow = '';

  apply(): void {
    const { operationState } = this.stored;
    if (operationState?.phase !== 'Running' || this.applied) return;
    this.applied = true;
    this.resolvedNow = this.resolved(operationState.operation);
    if (operationState.operation.sync?.dryRun === true || this.live === this.resolvedNow) return;
    this.live = this.resolvedNow;
    this.health = 'Progressing';
  }

  retry(): void {
    const { operationState } = this.stored;
    if (operationState?.phase !== 'Running') return;
    const retryCount = operationState.retryCount + 1;
    const message = `failed to apply. Retrying attempt #${retryCount} at ${this.stamp()}`;
    this.write({ operationState: { ...operationState, retryCount, finishedAt: this.stamp(), message } });
  }

  terminate(): void {
    const { operationState } = this.stored;
    if (operationState?.phase !== 'Running') return;
    this.facts.rivals = true;
    this.write({ operationState: { ...operationState, phase: 'Terminating' } });
  }

  finish(succeeds: boolean): void {
    const { operationState, history } = this.stored;
    if (operationState === undefined || this.stored.operation === undefined) return;
    if (operationState.phase === 'Running' && !this.applied) return;
    const phase = operationState.phase === 'Terminating' ? 'Failed' : succeeds ? 'Succeeded' : 'Failed';
    const revisions = this.applied ? [this.resolvedNow] : [];
    const dryRun = operationState.operation.sync?.dryRun === true;
    if (operationId(operationState.operation) === ID) this.facts.own = { phase, revisions };
    else if (phase === 'Failed' && this.applied) this.facts.halfWay = true;
    if (phase === 'Succeeded' && !dryRun) {
      const entry: HistoryEntry = {
        id: ++this.historyId,
        revisions,
        deployStartedAt: operationState.startedAt,
        initiatedBy: operationState.operation.initiatedBy,
        sources: [],
      };
      this.write({ history: [...history, entry] });
    }
    this.write({
      operation: undefined,
      operationState: {
        ...operationState,
        phase,
        message: phase === 'Succeeded' ? 'successfully synced (all tasks run)' : 'it did not work',
        finishedAt: this.stamp(),
        syncResult: { revisions, resources: [] },
      },
    });
  }

  become(health: HealthStatus): void {
    if (health === 'Degraded') this.facts.degraded = true;
    this.health = health;
  }

  compare(recent: boolean): void {
    this.comparison ??= {
      target: recent ? (this.stored.sync.revisions[0] ?? commit(this.target)) : commit(this.target),
      live: this.cache.live,
      health: this.cache.health,
      startedMs: this.nowMs,
      refreshing: this.stored.annotations[REFRESH_ANNOTATION] !== undefined,
      recent,
    };
  }

  compared(): void {
    const { comparison } = this;
    if (comparison === undefined) return;
    this.comparison = undefined;
    const { [REFRESH_ANNOTATION]: asked, ...annotations } = this.stored.annotations;
    this.write(
      {
        sync: {
          status: comparison.live === comparison.target ? 'Synced' : 'OutOfSync',
          revisions: [comparison.target],
        },
        health: { status: comparison.health, message: '' },
        ...(comparison.recent ? {} : { reconciledAt: this.stamp(comparison.startedMs) }),
        ...(comparison.refreshing && !comparison.recent ? { annotations } : {}),
      },
      comparison.live,
    );
  }

  refresh(): void {
    if (this.stored.annotations[REFRESH_ANNOTATION] !== undefined) return;
    this.write({ annotations: { ...this.stored.annotations, [REFRESH_ANNOTATION]: 'normal' } });
  }

  remake(): void {
    this.facts.deleted = true;
    this.write({ uid: 'uid-of-another', operation: undefined, operationState: undefined, history: [] });
  }

  arrive(doubled: boolean): Application | undefined {
    return doubled ? this.news[0] : this.news.shift();
  }

  lose(): void {
    this.news = [];
  }

  /** What was stored at some time from then on, up to the version of that index. */
  since(fromMs: number, last: number): readonly Version[] {
    return this.versions
      .slice(0, last + 1)
      .filter((_, index) => index === last || (this.versions[index + 1]?.sinceMs ?? 0) > fromMs);
  }
}

/** An answer that is on its way. */
interface Answer {
  readonly kind: 'read' | 'look';
  readonly askedMs: number;
  /** The index of the version that is answered. */
  readonly index: number;
  readonly application: Application;
}

/** Drives the reducer over the model, as the follower does. */
class Driver {
  state: Track;
  readonly model: Model;
  readonly goal: SyncGoal;
  private readonly baseline: Application;
  private answers: Answer[] = [];
  private accepted = false;
  private refreshing = false;

  constructor(model: Model, goal: SyncGoal, revision: string) {
    this.model = model;
    this.goal = goal;
    const seen = model.stored;
    this.state = startTrack(goal, seen, 0);
    const asked = operation(ID, {
      sync: { revision, revisions: [], prune: false, dryRun: goal.dryRun, partial: false },
    });
    model.request(asked);
    this.baseline = {
      ...seen,
      operation: asked,
      operationState: undefined,
      resourceVersion: model.stored.resourceVersion,
    };
  }

  private feed(...observation: Parameters<typeof track> extends [Track, ...infer Rest] ? Rest : never): void {
    const before = this.state;
    this.state = track(this.state, ...observation);
    if (before.stage.kind === 'done') {
      if (this.state !== before) throw new Error('a verdict changed');
      return;
    }
    this.check();
    const wanted = needs(this.state, this.model.nowMs);
    if (wanted.refresh && !this.refreshing) {
      this.state = track(this.state, { kind: 'refresh-sent', atMs: this.model.nowMs });
      this.refreshing = true;
      this.model.refresh();
    }
    if (wanted.read && !this.answers.some(({ kind }) => kind === 'read')) this.ask('read');
  }

  accept(): void {
    if (this.accepted) return;
    this.accepted = true;
    this.feed({ kind: 'accepted', application: this.baseline, atMs: this.model.nowMs });
  }

  deliver(doubled: boolean): void {
    const application = this.model.arrive(doubled);
    if (application === undefined) return;
    this.feed({ kind: 'application', application, readAtMs: undefined, atMs: this.model.nowMs });
  }

  /** A stream that breaks loses what is on its way, and says so. */
  lose(): void {
    this.model.lose();
    this.feed({ kind: 'gap' });
  }

  ask(kind: Answer['kind']): void {
    this.answers.push({
      kind,
      askedMs: this.model.nowMs,
      index: this.model.versions.length - 1,
      application: this.model.stored,
    });
  }

  answer(): void {
    const answer = this.answers.shift();
    if (answer === undefined) return;
    this.confirmed = answer;
    const atMs = this.model.nowMs;
    if (answer.kind === 'read') {
      this.feed({ kind: 'application', application: answer.application, readAtMs: answer.askedMs, atMs });
    } else if (this.state.latest?.version === answer.application.version) {
      this.feed({ kind: 'confirmed', atMs: answer.askedMs });
    } else {
      this.ask('read');
    }
  }

  refreshAnswered(): void {
    if (!this.refreshing) return;
    this.refreshing = false;
    this.feed({ kind: 'refresh-asked', atMs: this.model.nowMs });
  }

  tick(): void {
    this.feed({ kind: 'tick', atMs: this.model.nowMs });
  }

  private check(): void {
    const { state, goal, model } = this;
    const { facts } = model;
    const given = giveUp(state, 'timed-out', model.nowMs).stage;
    // Not by `expect`, which is slow: this is asked after every step.
    if (state.notes.length > 20) throw new Error('too many notes');
    if (given.kind !== 'done' || given.verdict.message === '') throw new Error('a verdict without a cause');
    if (state.stage.kind !== 'done') return;
    const { name } = state.stage.verdict;
    switch (name) {
      case 'healthy':
        this.checkHealthy();
        return;
      case 'synced':
        expect(goal.dryRun || goal.settle === undefined).toBe(true);
        expect(facts.own?.phase).toBe('Succeeded');
        return;
      case 'sync-failed':
        expect(facts.own?.phase).toBe('Failed');
        return;
      case 'conflict':
        expect(facts.rivals || facts.removed).toBe(true);
        return;
      case 'deleted':
        expect(facts.deleted).toBe(true);
        return;
      case 'degraded':
        expect(facts.degraded).toBe(true);
        expect(facts.own?.phase).toBe('Succeeded');
        return;
      default:
        throw new Error(`no reason for ${name}`);
    }
  }

  private checkHealthy(): void {
    const { state, goal, model } = this;
    const { facts } = model;
    expect(facts.own?.phase).toBe('Succeeded');
    expect(state.ended?.revisions).toEqual(facts.own?.revisions);
    const synced = facts.own?.revisions[0];
    const settle = goal.settle;
    if (settle === undefined) throw new Error('healthy was not asked for');
    const { confirmed } = this;
    if (confirmed === undefined) throw new Error('nothing was asked');
    const held = model.since(confirmed.askedMs - settle.healthyForMs, confirmed.index);
    for (const { application: stored, seenLive, live } of held) {
      expect(stored.operation).toBeUndefined();
      expect(stored.health.status).toBe('Healthy');
      if (settle.requireSynced && goal.toTarget) expect(stored.sync.status).toBe('Synced');
      if (facts.halfWay && (facts.dryRun || !settle.requireSynced || !goal.toTarget)) continue;
      // What ran, and what the comparison looked at, is what was synced; a newer target may have been deployed on top only
      // by somebody else, which is a conflict.
      expect(live).toBe(synced);
      expect(seenLive).toBe(synced);
    }
  }

  /** The answer that was taken in last. */
  private confirmed: Answer | undefined;

  run(step: Step): void {
    const { model } = this;
    switch (step.kind) {
      case 'pass':
        model.pass(step.ms);
        break;
      case 'accept':
        this.accept();
        break;
      case 'deliver':
        this.deliver(step.doubled);
        break;
      case 'deliver all':
        for (let news = 0; news < 200; news++) this.deliver(false);
        break;
      case 'lose':
        this.lose();
        break;
      case 'read':
      case 'look':
        this.ask(step.kind);
        break;
      case 'answer':
        this.answer();
        break;
      case 'refresh answered':
        this.refreshAnswered();
        break;
      case 'tick':
        this.tick();
        break;
      case 'pick up':
        model.pickUp();
        break;
      case 'apply':
        model.apply();
        break;
      case 'finish':
        model.finish(step.succeeds);
        break;
      case 'retry':
        model.retry();
        break;
      case 'become':
        model.become(step.health);
        break;
      case 'cache':
        model.fillCache();
        break;
      case 'compare':
        model.compare(step.recent);
        break;
      case 'compared':
        model.compared();
        break;
      case 'push':
        model.push();
        break;
      case 'rival':
        model.rival(step.automated, step.revision, step.dryRun);
        break;
      case 'remove':
        model.remove();
        break;
      case 'terminate':
        model.terminate();
        break;
      case 'refresh':
        model.refresh();
        break;
      case 'remake':
        model.remake();
        break;
    }
  }

  /** Everybody does what is left to do, nobody disturbs, and time passes. */
  drain(): void {
    const { model } = this;
    const round: readonly Step[] = [
      { kind: 'pick up' },
      { kind: 'apply' },
      { kind: 'finish', succeeds: true },
      { kind: 'become', health: 'Healthy' },
      { kind: 'pass', ms: 500 },
      { kind: 'cache' },
      { kind: 'compared' },
      { kind: 'compare', recent: false },
      { kind: 'compared' },
      { kind: 'accept' },
    ];
    for (let rounds = 0; rounds < 3; rounds++) for (const step of round) this.run(step);
    for (let seconds = 0; seconds < 40 && this.state.stage.kind !== 'done'; seconds++) {
      this.run({ kind: 'deliver all' });
      this.run({ kind: 'refresh answered' });
      this.run({ kind: 'tick' });
      this.run({ kind: 'compare', recent: false });
      this.run({ kind: 'compared' });
      this.run({ kind: 'deliver all' });
      for (let answers = 0; answers < 60; answers++) this.run({ kind: 'answer' });
      model.pass(1_000);
      this.run({ kind: 'look' });
      for (let answers = 0; answers < 4; answers++) this.run({ kind: 'answer' });
    }
  }
}

type Step =
  | { readonly kind: 'pass'; readonly ms: number }
  | { readonly kind: 'deliver'; readonly doubled: boolean }
  | { readonly kind: 'finish'; readonly succeeds: boolean }
  | { readonly kind: 'become'; readonly health: HealthStatus }
  | { readonly kind: 'compare'; readonly recent: boolean }
  | { readonly kind: 'rival'; readonly automated: boolean; readonly revision: string; readonly dryRun: boolean }
  | { readonly kind: PlainKind };

type PlainKind =
  | 'accept'
  | 'deliver all'
  | 'lose'
  | 'read'
  | 'look'
  | 'answer'
  | 'refresh answered'
  | 'tick'
  | 'pick up'
  | 'apply'
  | 'retry'
  | 'cache'
  | 'compared'
  | 'push'
  | 'remove'
  | 'terminate'
  | 'refresh'
  | 'remake';

const plain = (...kinds: readonly PlainKind[]): fc.Arbitrary<Step> =>
  fc.constantFrom(...kinds).map((kind): Step => ({ kind }));

/** One thing happens; then news arrive, time passes, and somebody looks. */
const scene = (happens: fc.Arbitrary<readonly Step[]>): fc.Arbitrary<readonly Step[]> =>
  fc
    .record({
      happens,
      news: fc.constantFrom<readonly Step[]>(ALL_NEWS, ALL_NEWS, [{ kind: 'deliver', doubled: false }], []),
      ms: fc.constantFrom(0, 10, 10, 200, 450, 1_100, 1_600, 3_200),
      look: fc.constantFrom<readonly Step[]>(
        [],
        [{ kind: 'tick' }],
        [{ kind: 'tick' }, { kind: 'look' }, { kind: 'answer' }],
        [{ kind: 'tick' }, { kind: 'look' }, { kind: 'answer' }],
        [{ kind: 'tick' }, { kind: 'look' }],
        [{ kind: 'answer' }, { kind: 'answer' }],
        [{ kind: 'refresh answered' }],
        [{ kind: 'read' }, { kind: 'answer' }],
      ),
    })
    .map((drawn) => [...drawn.happens, ...drawn.news, { kind: 'pass', ms: drawn.ms }, ...drawn.look]);

const ALL_NEWS: readonly Step[] = [{ kind: 'deliver all' }];
const NOTHING = fc.constant<readonly Step[]>([]);
const COMPARE: readonly Step[] = [{ kind: 'compare', recent: false }, { kind: 'compared' }];
const RECENT: readonly Step[] = [{ kind: 'compare', recent: true }, { kind: 'compared' }];

const health = (...statuses: readonly HealthStatus[]): fc.Arbitrary<readonly Step[]> =>
  fc.constantFrom(...statuses).map((status) => [{ kind: 'become', health: status }]);

/** What goes on all the time. */
const ordinary: fc.Arbitrary<readonly Step[]> = fc.oneof(
  { weight: 3, arbitrary: NOTHING },
  { weight: 4, arbitrary: fc.constantFrom(COMPARE, COMPARE, RECENT) },
  { weight: 2, arbitrary: fc.boolean().map((recent): readonly Step[] => [{ kind: 'compare', recent }]) },
  { weight: 2, arbitrary: plain('compared', 'cache').map((step) => [step]) },
  { weight: 2, arbitrary: health('Healthy', 'Progressing') },
  { weight: 1, arbitrary: fc.constantFrom<readonly Step[]>([{ kind: 'accept' }], [{ kind: 'refresh answered' }]) },
);

const rival = fc
  .record({ automated: fc.boolean(), revision: fc.constantFrom('', commit(1), commit(2)), dryRun: fc.boolean() })
  .map((asked): Step => ({ kind: 'rival', ...asked }));

/** What goes wrong. */
const trouble: fc.Arbitrary<readonly Step[]> = fc.oneof(
  { weight: 1, arbitrary: fc.constant<readonly Step[]>([{ kind: 'deliver', doubled: true }]) },
  { weight: 1, arbitrary: health('Degraded') },
  { weight: 4, arbitrary: plain('lose', 'lose', 'read', 'push', 'refresh').map((step) => [step]) },
  { weight: 1, arbitrary: plain('retry', 'remove', 'terminate', 'remake').map((step) => [step]) },
  { weight: 2, arbitrary: rival.map((step) => [step]) },
  { weight: 2, arbitrary: plain('pick up', 'apply').map((step) => [step]) },
  {
    weight: 3,
    arbitrary: fc
      .record({ first: rival, succeeds: fc.boolean() })
      .map(({ first, succeeds }): readonly Step[] => [
        first,
        { kind: 'pick up' },
        { kind: 'apply' },
        { kind: 'finish', succeeds },
      ]),
  },
);

/** From the request to the end of the operation, with whatever comes between. */
const operationOf = (between: Scenes, succeeds: fc.Arbitrary<boolean>): Scenes =>
  fc
    .tuple(
      scene(fc.constantFrom<readonly Step[]>([{ kind: 'accept' }], [])),
      fc.array(scene(between), { maxLength: 2 }),
      scene(fc.constant<readonly Step[]>([{ kind: 'pick up' }])),
      fc.array(scene(between), { maxLength: 2 }),
      scene(fc.constant<readonly Step[]>([{ kind: 'apply' }])),
      fc.array(scene(between), { maxLength: 1 }),
      succeeds.chain((ends) => scene(fc.constant<readonly Step[]>([{ kind: 'finish', succeeds: ends }]))),
    )
    .map((scenes) => scenes.flat(2));

/** All within one second, and within the lag of the cache: what misleads most. */
const quickOperation: Scenes = fc
  .record({
    begin: fc.constantFrom(0, 1_100, 2_000),
    before: fc.constantFrom<readonly Step[]>([], COMPARE, [...COMPARE, { kind: 'push' }]),
    end: scene(
      fc.constant<readonly Step[]>([{ kind: 'pick up' }, { kind: 'apply' }, { kind: 'finish', succeeds: true }]),
    ),
    after: fc.constantFrom<readonly Step[]>([], COMPARE, RECENT),
    last: scene(NOTHING),
  })
  .map(({ begin, before, end, after, last }) => [
    { kind: 'accept' },
    { kind: 'pass', ms: begin },
    ...before,
    ...end,
    ...after,
    ...last,
  ]);

type Scenes = fc.Arbitrary<readonly Step[]>;

const story = (between: Scenes, succeeds: fc.Arbitrary<boolean>): Scenes =>
  fc
    .tuple(
      fc.oneof({ weight: 2, arbitrary: operationOf(between, succeeds) }, { weight: 1, arbitrary: quickOperation }),
      fc.array(scene(between), { minLength: 2, maxLength: 14 }),
    )
    .map(([before, after]) => [...before, ...after.flat()]);

const goals: fc.Arbitrary<SyncGoal> = fc
  .record({
    dryRun: fc.oneof({ weight: 6, arbitrary: fc.constant(false) }, fc.constant(true)),
    toTarget: fc.boolean(),
    onSyncWindow: fc.constantFrom('fail', 'wait', 'skip'),
    settle: fc.option(
      fc.record({
        requireSynced: fc.boolean(),
        healthyForMs: fc.constantFrom(1_000, 3_000),
        degradedAfterMs: fc.constantFrom(undefined, 0, 2_000),
        suspended: fc.constantFrom('wait', 'pass'),
      }),
      { nil: undefined, freq: 8 },
    ),
  })
  .map((goal) => ({
    kind: 'sync',
    identity: { kind: 'id', id: ID },
    partial: false,
    createsNamespace: false,
    expectedRevision: '',
    ...goal,
  }));

/** Runs the steps; answers the driver at the end. */
function play(goal: SyncGoal, outOfSync: boolean, steps: readonly Step[]): Driver {
  const model = new Model(outOfSync);
  // An older commit than the target, which is what runs already or what ran before.
  const driver = new Driver(model, goal, goal.toTarget ? '' : commit(1));
  if (!goal.toTarget) model.push();
  for (const step of steps) driver.run(step);
  return driver;
}

describe('following an operation, whatever happens', () => {
  test('no verdict without its reason, none that changes, and Healthy only where it is true and has held', () => {
    const disturbed = story(
      fc.oneof({ weight: 3, arbitrary: ordinary }, { weight: 1, arbitrary: trouble }),
      fc.oneof({ weight: 9, arbitrary: fc.constant(true) }, fc.constant(false)),
    );
    const names: string[] = [];
    fc.assert(
      fc.property(goals, fc.boolean(), disturbed, (goal, outOfSync, steps) => {
        const driver = play(goal, outOfSync, steps);
        if (driver.state.stage.kind === 'done') names.push(driver.state.stage.verdict.name);
      }),
      { numRuns: RUNS },
    );
    // The stories are worth something only if they come to all kinds of ends by themselves.
    for (const name of ['healthy', 'synced', 'sync-failed', 'conflict', 'deleted', 'degraded']) {
      expect(names).toContain(name);
    }
    expect(names.filter((name) => name === 'healthy').length).toBeGreaterThan(RUNS / 75);
  });

  test('an operation that nobody disturbs comes to its verdict, whatever is lost or late', () => {
    const undisturbed = story(
      fc.oneof(
        { weight: 8, arbitrary: ordinary },
        { weight: 1, arbitrary: plain('lose', 'read', 'refresh').map((step) => [step]) },
      ),
      fc.constant(true),
    );
    fc.assert(
      fc.property(goals, fc.boolean(), undisturbed, (goal, outOfSync, steps) => {
        const driver = play(goal, outOfSync, steps);
        driver.drain();
        const name = goal.dryRun || goal.settle === undefined ? 'synced' : 'healthy';
        expect(driver.state.stage).toMatchObject({ kind: 'done', verdict: { name } });
      }),
      { numRuns: RUNS / 4 },
    );
  });
});
