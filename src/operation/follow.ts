import pLimit from 'p-limit';
import { type Application, type ApplicationRef, refKey } from '../argocd/application.ts';
import type { ArgoCdClient, WatchEvent, WatchScope } from '../argocd/client.ts';
import { ArgoCdError } from '../argocd/errors.ts';
import type { Clock } from '../lib/clock.ts';
import type { Emit, RunEvent } from '../report/events.ts';
import type { Follower, FollowOptions } from './follow/follower.ts';
import { lookAtMs, lookBudget, lookForm, nameAtMs, sparingAtMs, spend } from './follow/look-plan.ts';
import { askForRefresh, messageOf, observeOne, type ReadDeps } from './follow/read.ts';
import { createSignsOfLife } from './follow/signs-of-life.ts';
import { giveUp } from './track/give-up.ts';
import { settleGoal } from './track/goal.ts';
import { isOwnOperation, isOwnState } from './track/identity.ts';
import { missing } from './track/missing.ts';
import { holdsUntilMs, isUnproven, needs } from './track/needs.ts';
import type { Observation, Track } from './track/state.ts';
import { startTrack, track } from './track.ts';

/** Looking at the versions instead of a watch that is not allowed: never slower than this. */
const POLLING_MS = 5_000;
/** An event that is on its way comes within this time; only then is it missing and the Application read. */
const BEHIND_MS = 1_000;
/** The same where the watch has said itself that events may be missing. */
const BEHIND_GAP_MS = 200;
/** Whoever has news within this time after a watch was opened has missed nothing that matters. */
const FIRST_NEWS_MS = 1_000;
/** Between two reads of one Application that only a read can decide. */
const REREAD_MS = 1_000;
/** A version over the Argo CD API does not tell whose operation waits; without a watch one that waits is read this often. */
const PENDING_REREAD_MS = 30_000;
/** Single reads, and refreshes, at a time. */
const READS = 10;

interface Entry {
  readonly ref: ApplicationRef;
  state: Track;
  readonly finish: (state: Track) => void;
  cancelTimer: () => void;
  /** For when that timer is set. */
  wakeAtMs: number;
  /** A read or refresh of this Application is under way. */
  reading: boolean;
  /** When the last read ended. */
  readMs: number;
  refreshing: boolean;
  /** When the request began that was accepted at once; undefined: not known (yet). */
  askedMs: number | undefined;
  /** The watch has shown our operation. */
  shown: boolean;
  /** News of it may have been missed, and nothing was seen of it since: signs of life of others say nothing of it. */
  unsure: boolean;
  /** It was looked at by name to confirm it. */
  lookedAtByName: boolean;
  /** What people were told last. */
  told: Pick<Changed, 'syncStatus' | 'healthStatus' | 'phase' | 'message'> | undefined;
  notesTold: number;
}

type Changed = Extract<RunEvent, { readonly kind: 'changed' }>;

/** Health was waited for after an operation that succeeded; whether it still is makes no difference. */
const endedWell = ({ stage, goal, latest }: Track): boolean =>
  stage.kind === 'settling' ||
  (stage.kind === 'done' && latest?.operationState?.phase === 'Succeeded' && settleGoal(goal) !== undefined);

const LOOK_AT_MS = { 'by-name': nameAtMs, 'all-sparing-names': sparingAtMs, all: lookAtMs } as const;

interface LookOptions {
  /** How long news may take that a look has found to be missing. */
  readonly behindMs?: number;
  /** Undefined: all that are followed. */
  readonly only?: readonly Entry[] | undefined;
  /** It is none of the looks that are counted. */
  readonly free?: boolean;
}

const scopeByName = (waiting: readonly Entry[]): WatchScope => ({ kind: 'refs', refs: waiting.map(({ ref }) => ref) });

/**
 * Feeds the reducer: one watch for all, a slow look at the versions beside it, single reads where something is behind.
 * Watches are hints (rule 39): nothing here depends on one event arriving.
 */
export function createFollower(client: ArgoCdClient, options: FollowOptions, clock: Clock, emit: Emit): Follower {
  const entries = new Map<string, Entry>();
  const stopping = new AbortController();
  const reading: ReadDeps = { client, clock, signal: stopping.signal };
  const reads = pLimit(READS);
  // Apart from the reads: over the Argo CD API a refresh is answered only when its comparison has ended.
  const refreshes = pLimit(READS);
  const background = new Set<Promise<void>>();
  /** Those whose hold is over and who need a sign of life, and since when. */
  const unconfirmed = new Map<Entry, number>();
  const timers = new Set<() => void>();
  let watching = options.watch;
  let budget = lookBudget(options.looks.atOnce);
  let namesLeft = options.looks.byName;
  let looking = false;
  let lookAgain = false;
  let lookTrouble = '';
  /** Set once everything was given up; what is followed from then on is given up at once. */
  let givenUp: 'timed-out' | 'cancelled' | undefined;
  let cancelLook = (): void => {};
  let cancelConfirm: (() => void) | undefined;
  let intervalMs = options.pollIntervalMs;

  const inBackground = (work: () => Promise<void>): void => {
    const task = work()
      .catch(() => {})
      .finally(() => background.delete(task));
    background.add(task);
  };

  /** A timer that ends with the run (rule 38). */
  function later(ms: number, run: () => void): void {
    // An answer may come in the moment of the end.
    if (stopping.signal.aborted) return;
    const cancel = clock.schedule(ms, () => {
      timers.delete(cancel);
      run();
    });
    timers.add(cancel);
  }

  function apply(entry: Entry, observation: Observation): void {
    if (entries.get(refKey(entry.ref)) !== entry) return;
    // A read may have been asked for before the news was missed.
    if (observation.kind === 'application' && observation.readAtMs === undefined) entry.unsure = false;
    entry.state = track(entry.state, observation);
    settle(entry);
  }

  /** What follows from the new state: tell people, finish, or arrange the next look. */
  function settle(entry: Entry): void {
    tell(entry);
    if (entry.state.stage.kind === 'done') {
      entry.cancelTimer();
      unconfirmed.delete(entry);
      entries.delete(refKey(entry.ref));
      entry.finish(entry.state);
      return;
    }
    const now = clock.now();
    let wanted = needs(entry.state, now);
    if (wanted.refresh && !entry.refreshing) {
      entry.state = track(entry.state, { kind: 'refresh-sent', atMs: now });
      refresh(entry);
      wanted = needs(entry.state, now);
    }
    const rereadAtMs = entry.readMs + REREAD_MS;
    if (wanted.read && now >= rereadAtMs) read(entry);
    if (!wanted.confirm) {
      unconfirmed.delete(entry);
    } else if (!unconfirmed.has(entry)) {
      unconfirmed.set(entry, now);
      confirmSoon();
    }
    const times = [wanted.wakeAtMs, wanted.read ? rereadAtMs : undefined].filter((time) => time !== undefined);
    wakeAt(entry, Math.min(...times.filter((time) => time > now)), now);
  }

  /** `Infinity`: not at all. Most news changes nothing of it. */
  function wakeAt(entry: Entry, atMs: number, now: number): void {
    if (atMs === entry.wakeAtMs) return;
    entry.cancelTimer();
    entry.cancelTimer = () => {};
    entry.wakeAtMs = atMs;
    if (!Number.isFinite(atMs)) return;
    // Timers may fire a little early; one more millisecond spares a second wake-up.
    entry.cancelTimer = clock.schedule(atMs - now + 1, () => {
      entry.wakeAtMs = Number.POSITIVE_INFINITY;
      apply(entry, { kind: 'tick', atMs: clock.now() });
    });
  }

  function abandonAs(entry: Entry, name: 'timed-out' | 'cancelled'): void {
    entry.state = giveUp(entry.state, name, clock.now());
    settle(entry);
  }

  function tell(entry: Entry): void {
    const { state, ref } = entry;
    for (const text of state.notes.slice(entry.notesTold)) emit({ kind: 'note', ref, text });
    entry.notesTold = state.notes.length;
    const application = state.latest;
    if (application === undefined || state.goal.kind === 'idle' || state.stage.kind === 'asking') return;
    // Accepted and not picked up yet: nothing has changed for people to see.
    if (state.goal.kind === 'sync' && state.stage.kind === 'requested') return;
    const operationState = application.operationState;
    const change = {
      kind: 'changed',
      ref,
      syncStatus: application.sync.status,
      healthStatus: application.health.status,
      phase: operationState?.phase,
      // Once the operation has ended well, its words have been said.
      message: endedWell(state) ? '' : (operationState?.message ?? ''),
    } as const;
    const { told } = entry;
    const isSame =
      told?.syncStatus === change.syncStatus &&
      told.healthStatus === change.healthStatus &&
      told.phase === change.phase &&
      told.message === change.message;
    if (isSame) return;
    entry.told = change;
    // What a running operation is at is in its phase and message.
    emit({ ...change, wanted: state.stage.kind === 'running' ? '' : missing(state, clock.now()) });
  }

  function read(entry: Entry): void {
    if (entry.reading) return;
    entry.reading = true;
    inBackground(async () => {
      const observation = await reads(() => observeOne(entry.ref, reading));
      entry.reading = false;
      entry.readMs = clock.now();
      apply(entry, observation);
    });
  }

  function refresh(entry: Entry): void {
    entry.refreshing = true;
    inBackground(async () => {
      const observation = await refreshes(() => askForRefresh(entry.ref, reading));
      entry.refreshing = false;
      apply(entry, observation);
    });
  }

  /** Looks for all that wait for it together, as the plan of looks says; signs of life on the watch may spare that. */
  function confirmSoon(): void {
    if (cancelConfirm !== undefined || looking || stopping.signal.aborted) return;
    const [sinceMs] = unconfirmed.values();
    if (sinceMs === undefined) return;
    const now = clock.now();
    const holding = [...entries.values()].map(({ state }) => holdsUntilMs(state));
    const waiting = {
      sinceMs,
      lastDueMs: holding.reduce<number>((last, dueMs) => Math.max(last, dueMs ?? 0), 0),
      // A name has a stream of its own, on which the others give no sign of life.
      newsExpected: watching && options.scope.kind === 'scope' && holding.includes(undefined),
    };
    // Each at most once: where that did not do, something is the matter, and it has to wait like all others.
    const fresh = [...unconfirmed.keys()].filter((entry) => !entry.lookedAtByName);
    const choice = { waiting: fresh.length, followed: entries.size, namesLeft, atATime: options.looks.atATime };
    const form = lookForm(choice, budget, now);
    const leftMs = LOOK_AT_MS[form](waiting, budget) - now;
    if (leftMs <= 0) {
      if (form === 'by-name') lookByName(fresh);
      else look({ only: waiting.lastDueMs <= now && unconfirmed.size === 1 ? [...unconfirmed.keys()] : undefined });
      return;
    }
    // Whole milliseconds: less than the clock can tell would never be over.
    cancelConfirm = clock.schedule(Math.ceil(leftMs), () => {
      cancelConfirm = undefined;
      confirmSoon();
    });
  }

  /** Everything of this namespace is known to be as it was seen, until this time. */
  function confirm(namespace: string, atMs: number): void {
    for (const [entry, sinceMs] of [...unconfirmed]) {
      if (sinceMs <= atMs && entry.ref.namespace === namespace && !entry.unsure)
        apply(entry, { kind: 'confirmed', atMs });
    }
  }
  const signs = createSignsOfLife(clock, later, confirm);

  /**
   * Our own operation on the watch is the surest sign of life: it was made after we asked for it, so whatever happened before
   * that has been told.
   */
  function confirmByOwn(entry: Entry): void {
    if (entry.shown && entry.askedMs !== undefined) confirm(entry.ref.namespace, entry.askedMs);
  }

  /** What an event says of the others of its stream; a few Applications by name have a stream each. */
  function takeAsSign(entry: Entry | undefined, { ref, operation, operationState }: Application, atMs: number): void {
    if (options.scope.kind !== 'scope') return;
    signs.event(ref.namespace, atMs);
    if (entry === undefined || entry.shown || entry.state.goal.kind !== 'sync') return;
    const { identity } = entry.state.goal;
    if (!isOwnOperation(identity, operation) && !isOwnState(identity, operationState)) return;
    entry.shown = true;
    confirmByOwn(entry);
  }

  /** Reads what is behind, unless the watch brings it soon. */
  function readIfBehind(entry: Entry, waitMs: number): void {
    if (!watching) {
      read(entry);
      return;
    }
    const seen = entry.state.latest?.version;
    later(waitMs, () => {
      if (entry.state.stage.kind !== 'done' && entry.state.latest?.version === seen) read(entry);
    });
  }

  /** By name, only those that are still waited for. */
  const scopeOf = (waiting: readonly Entry[]): WatchScope =>
    options.scope.kind === 'refs' ? scopeByName(waiting) : options.scope;

  function lookByName(fresh: readonly Entry[]): void {
    namesLeft -= fresh.length;
    for (const entry of fresh) entry.lookedAtByName = true;
    look({ only: fresh, free: true });
  }

  /** One look at all versions, or at a few by name; what is not as last seen is read. */
  function look({ behindMs = BEHIND_MS, only, free = false }: LookOptions = {}): void {
    if (stopping.signal.aborted) return;
    if (looking) {
      lookAgain = true;
      return;
    }
    looking = true;
    const startedMs = clock.now();
    inBackground(async () => {
      try {
        const before = new Map((only ?? [...entries.values()]).map((entry) => [entry, entry.state.latest?.version]));
        const looked = [...before.keys()];
        const versions = await client.versions(
          only === undefined ? scopeOf(looked) : scopeByName(looked),
          stopping.signal,
          new Set(looked.map(({ ref }) => refKey(ref))),
        );
        for (const [entry, seen] of before) {
          // News that came meanwhile is newer than what was looked at.
          if (entry.state.stage.kind === 'asking' || entry.state.latest?.version !== seen) continue;
          const version = versions.get(refKey(entry.ref));
          if (version !== undefined && version === seen) {
            entry.unsure = false;
            apply(entry, { kind: 'confirmed', atMs: startedMs });
            // A version need not change with everything that proves freshness; without a watch only a read tells.
            if (!watching && (isUnproven(entry.state) || mayBeReplaced(entry, startedMs))) read(entry);
          } else {
            readIfBehind(entry, behindMs);
          }
        }
        lookTrouble = '';
      } catch (error) {
        if (!stopping.signal.aborted) notLooked(messageOf(error));
      } finally {
        looking = false;
        if (!free) budget = spend(budget, startedMs, clock.now());
        if (lookAgain) {
          lookAgain = false;
          look();
        } else {
          confirmSoon();
        }
      }
    });
  }

  /** After an event of its own nobody needs to know what came before it. */
  function lookForUnsure(): void {
    if ([...entries.values()].some(({ unsure }) => unsure)) look({ behindMs: BEHIND_GAP_MS });
  }

  /** Somebody else's operation in the place of ours looks the same. */
  const mayBeReplaced = ({ state, readMs }: Entry, atMs: number): boolean =>
    client.transport === 'argocd' &&
    state.goal.kind === 'sync' &&
    state.stage.kind === 'requested' &&
    atMs - Math.max(readMs, state.stageSinceMs) >= PENDING_REREAD_MS;

  /** Said once, and again at the end of each wait that it spoilt. */
  function notLooked(reason: string): void {
    if (lookTrouble === '')
      emit({ kind: 'warning', text: `cannot look at the Applications (${reason}); trying again` });
    lookTrouble = reason;
    for (const entry of entries.values()) {
      entry.state = track(entry.state, { kind: 'unread', reason, atMs: clock.now() });
    }
  }

  function lookRegularly(): void {
    cancelLook();
    if (stopping.signal.aborted) return;
    cancelLook = clock.schedule(intervalMs, () => {
      if (entries.size > 0) look();
      lookRegularly();
    });
  }

  function take(event: WatchEvent): void {
    if (stopping.signal.aborted) return;
    if (event.kind === 'gap') {
      for (const entry of entries.values()) {
        entry.state = track(entry.state, { kind: 'gap' });
        entry.unsure = true;
      }
      if (event.begins) later(FIRST_NEWS_MS, lookForUnsure);
      else if (entries.size > 0) look({ behindMs: BEHIND_GAP_MS });
      return;
    }
    const now = clock.now();
    const entry = entries.get(refKey(event.kind === 'deleted' ? event.ref : event.application.ref));
    if (entry !== undefined) {
      apply(
        entry,
        event.kind === 'deleted'
          ? { kind: 'deleted', atMs: now }
          : { kind: 'application', application: event.application, readAtMs: undefined, atMs: now },
      );
    }
    if (event.kind === 'application') takeAsSign(entry, event.application, now);
  }

  async function watch(): Promise<void> {
    try {
      await client.watch(options.scope, options.position, take, stopping.signal);
    } catch (error) {
      if (stopping.signal.aborted) return;
      watching = false;
      intervalMs = Math.min(intervalMs, POLLING_MS);
      emit({ kind: 'warning', text: `no watch (${messageOf(error)}); looking every ${intervalMs / 1000} s instead` });
      lookRegularly();
    }
  }

  if (options.watch) inBackground(watch);
  lookRegularly();

  return {
    follow(ref, goal, seen) {
      let finish: (state: Track) => void = () => {};
      const done = new Promise<Track>((resolve) => {
        finish = resolve;
      });
      const entry: Entry = {
        ref,
        state: startTrack(goal, seen, clock.now()),
        finish,
        cancelTimer: () => {},
        wakeAtMs: Number.POSITIVE_INFINITY,
        reading: false,
        readMs: Number.NEGATIVE_INFINITY,
        refreshing: false,
        askedMs: undefined,
        shown: false,
        unsure: false,
        lookedAtByName: false,
        told: undefined,
        notesTold: 0,
      };
      entries.set(refKey(ref), entry);
      if (givenUp !== undefined) {
        abandonAs(entry, givenUp);
      } else if (goal.kind !== 'sync') {
        // Nothing was asked for that would bring an event: look at once.
        if (seen === undefined) read(entry);
        else apply(entry, { kind: 'application', application: seen, readAtMs: undefined, atMs: clock.now() });
      }
      return {
        done,
        state: () => entry.state,
        accepted(application, askedMs) {
          apply(entry, { kind: 'accepted', application, atMs: clock.now() });
          entry.askedMs = askedMs;
          confirmByOwn(entry);
        },
        observe: (application, readAtMs) =>
          apply(entry, { kind: 'application', application, readAtMs, atMs: clock.now() }),
        abandon() {
          entry.cancelTimer();
          unconfirmed.delete(entry);
          if (entries.get(refKey(ref)) === entry) entries.delete(refKey(ref));
        },
      };
    },
    giveUp(name) {
      givenUp ??= name;
      for (const entry of [...entries.values()]) abandonAs(entry, givenUp);
    },
    tracks: () => [...entries.values()].map((entry) => ({ ref: entry.ref, state: entry.state })),
    async stop() {
      stopping.abort(new ArgoCdError('aborted', 'stopped'));
      cancelLook();
      cancelConfirm?.();
      for (const cancel of timers) cancel();
      for (const entry of entries.values()) entry.cancelTimer();
      entries.clear();
      await Promise.allSettled([...background]);
    },
  };
}
