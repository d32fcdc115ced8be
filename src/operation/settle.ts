import {
  type Application,
  type Condition,
  type HealthStatus,
  type ManagedResource,
  REFRESH_ANNOTATION,
} from '../argocd/application.ts';
import type { Verdict } from '../argocd/verdict.ts';
import { formatElapsed } from '../lib/duration.ts';
import { isAnyLeft, isInSync, type LeftOver, nameResources, notKept, waitsForPruning } from './left-over.ts';
import { sameRevisions, shortRevisions } from './revisions.ts';

/**
 * The freshness gate and what follows it, as pure functions: when may a health status be believed, and how long must it hold.
 * Rules 30 to 36; the evidence is in the docs under "When is healthy healthy".
 */

/** What counts as settled. Durations in milliseconds. */
export interface SettleGoal {
  readonly requireSynced: boolean;
  readonly healthyForMs: number;
  /** Undefined: Degraded never ends the wait by itself. */
  readonly degradedAfterMs: number | undefined;
  readonly suspended: 'wait' | 'pass';
}

/** What the state is measured against: the end of an operation. Stamps of the controller's clock. */
export interface Reference {
  /** Null: there is no operation whose end must have been seen. */
  readonly finishedAt: string | null;
  readonly startedAt: string;
  /** What was synced, one for each source. */
  readonly revisions: readonly string[];
  /** What the last comparison had resolved before the operation was asked for. */
  readonly revisionsBefore: readonly string[];
  /** `reconciledAt` in the first state that showed the operation's end. */
  readonly reconciledAtFirst: string;
  /** The sync went to the Application's own target: Synced is then what success looks like. */
  readonly toTarget: boolean;
  /** Only some resources were synced: the whole need not be Synced (rule 28). */
  readonly partial: boolean;
  /** What the operation did not prune. */
  readonly leftOver: LeftOver;
  /** The operation said of every resource that it is unchanged: what is shown cannot be older than it. */
  readonly unchanged: boolean;
  /** Another operation tried another revision and failed half-way: only Synced of the very revision tells that ours runs. */
  readonly contested: boolean;
  /** The newest history entry then: what is newer was synced in full by others. */
  readonly historyId: number;
}

/** Why a state may be believed. */
export type Proof = 'revisions' | 'reconciled' | 'refresh' | 'no-operation';

export interface Settling {
  readonly reference: Reference;
  /** When the operation's end was first seen. Monotonic milliseconds, like every `…Ms` here. */
  readonly sinceMs: number;
  readonly proof: Proof | undefined;
  readonly refresh: Refresh;
  /** The health that was seen last. */
  readonly health: HealthStatus | undefined;
  /** The managed resources as they are now; undefined: what was seen last did not tell them. */
  readonly resources: readonly ManagedResource[] | undefined;
  /** Progressing began after the operation's end was seen: the rollout has reached what Argo CD shows. */
  readonly rolledOut: boolean;
  /** What is shown must have come after the operation; otherwise it only most likely did. */
  readonly sure: boolean;
  /** Since when everything wanted has held without a break. */
  readonly goodSinceMs: number | undefined;
  readonly degradedSinceMs: number | undefined;
  /** Since when a condition that never heals by itself has been shown. */
  readonly brokenSinceMs: number | undefined;
  /** Since when nothing but pruning has been missing. */
  readonly unprunedSinceMs: number | undefined;
  /** States may have been missed: whatever comes next, if it differs, was not continuous with what was seen. */
  readonly gapped: boolean;
  /** Until when everything is known to have been as it was seen. */
  readonly confirmedAtMs: number;
}

/** At most one refresh for each operation that ended (rule 31); another try when it could not be asked for. */
export type Refresh =
  | { readonly kind: 'unused' }
  /**
   * The request is under way: `asked` undefined; or was accepted, at `askedAtMs`. `shown`: an annotation was seen since, so
   * that its absence means it was consumed.
   */
  | { readonly kind: 'asked'; readonly askedAtMs: number | undefined; readonly shown: boolean; readonly tries: number }
  | { readonly kind: 'consumed' }
  | { readonly kind: 'failed'; readonly atMs: number; readonly tries: number };

/** How long a proof may take to come by itself before a refresh is asked for. The window was at most 1.6 s under load. */
export const REFRESH_AFTER_MS = 3_000;
/** A refresh that could not be asked for is tried again after this, but not for ever: a token may lack the right. */
export const REFRESH_AGAIN_MS = 20_000;
const REFRESH_TRIES = 3;
/** An accepted refresh shows within this time, as an annotation or as its end; otherwise events were lost. */
const REFRESH_SHOWS_MS = 5_000;
/** A comparison that began this long after an operation sees what the operation did. By the controller's stamps. */
const WELL_AFTER_MS = 15_000;
/** How long what is only likely must hold: what the cluster really runs reaches Argo CD late, at most 1.6 s as far as was seen. */
export const LIKELY_HOLD_MS = 10_000;
/** Repository servers fail for moments; a condition must stay this long to count (rule 36). */
export const CONDITION_GRACE_MS = 20_000;
/** Self-heal, or a person, may prune what the sync has left; after this nobody will. */
export const PRUNING_GRACE_MS = 20_000;

export function startSettling(reference: Reference, atMs: number): Settling {
  return {
    reference,
    sinceMs: atMs,
    proof: reference.finishedAt === null ? 'no-operation' : undefined,
    refresh: { kind: 'unused' },
    health: undefined,
    resources: undefined,
    rolledOut: false,
    sure: false,
    goodSinceMs: undefined,
    degradedSinceMs: undefined,
    brokenSinceMs: undefined,
    unprunedSinceMs: undefined,
    gapped: false,
    confirmedAtMs: atMs,
  };
}

/** A state is about to be taken in. Health that was not seen all the time did not hold (rule 32). */
export const bridge = (settling: Settling, differs: boolean, missed: boolean): Settling => ({
  ...settling,
  gapped: settling.gapped && !differs,
  goodSinceMs: differs && (missed || settling.gapped) ? undefined : settling.goodSinceMs,
});

/** Takes in a state of the Application that is newer than all before it. `readAtMs`: when it was asked for; undefined: a watch brought it. */
export function observe(
  settling: Settling,
  application: Application,
  goal: SettleGoal,
  atMs: number,
  readAtMs: number | undefined,
): Settling {
  const refresh = observeRefresh(settling.refresh, application, readAtMs);
  // Over the Argo CD API a stream leaves them out, as they are most of an Application; a read tells them.
  const resources = application.resources.length > 0 || readAtMs !== undefined ? application.resources : undefined;
  const proof = settling.proof ?? findProof({ ...settling, resources }, application, refresh);
  const health = application.health.status;
  const began = settling.health !== undefined && settling.health !== 'Progressing' && health === 'Progressing';
  const seen: Settling = { ...settling, refresh, resources, proof, health, rolledOut: settling.rolledOut || began };
  const believed = belief(seen, application);
  const sure = believed === 'sure';
  // What was only likely until now is measured from now on.
  const before = sure && !settling.sure ? { goodSinceMs: undefined, degradedSinceMs: undefined } : settling;
  const good = believed !== 'none' && isGood(seen, application, goal);
  const degraded = believed !== 'none' && health === 'Degraded';
  const broken = isBroken(seen, application);
  const unpruned = isUnpruned(seen, application, goal);
  return {
    ...seen,
    sure,
    goodSinceMs: good ? (before.goodSinceMs ?? atMs) : undefined,
    degradedSinceMs: degraded ? (before.degradedSinceMs ?? atMs) : undefined,
    brokenSinceMs: broken ? (settling.brokenSinceMs ?? atMs) : undefined,
    unprunedSinceMs: unpruned ? (settling.unprunedSinceMs ?? atMs) : undefined,
    // An answer is as old as its question at most; an event may have been on its way for long, with others right behind it.
    confirmedAtMs: Math.max(settling.confirmedAtMs, readAtMs ?? settling.confirmedAtMs),
  };
}

function observeRefresh(refresh: Refresh, application: Application, readAtMs: number | undefined): Refresh {
  if (refresh.kind !== 'asked') return refresh;
  const annotated = application.annotations[REFRESH_ANNOTATION] !== undefined;
  if (annotated) return refresh.shown ? refresh : { ...refresh, shown: true };
  // A watch may still deliver a state from before our request: absence counts only after presence, or in a later read.
  const { askedAtMs } = refresh;
  const readLater = readAtMs !== undefined && askedAtMs !== undefined && readAtMs >= askedAtMs;
  return refresh.shown || readLater ? { kind: 'consumed' } : refresh;
}

/** A refresh is about to be asked for. */
export const refreshSent = (refresh: Refresh): Refresh => ({
  kind: 'asked',
  askedAtMs: undefined,
  shown: false,
  tries: refresh.kind === 'failed' ? refresh.tries : 0,
});

/** It was accepted, unless it was consumed already, or belongs to an operation before this one. */
export const refreshAccepted = (refresh: Refresh, atMs: number): Refresh =>
  refresh.kind === 'asked' ? { ...refresh, askedAtMs: atMs } : refresh;

/** The answer says that it was consumed. */
export const refreshConsumed = (refresh: Refresh): Refresh =>
  refresh.kind === 'asked' ? { kind: 'consumed' } : refresh;

export const refreshFailed = (refresh: Refresh, atMs: number): Refresh =>
  refresh.kind === 'asked' ? { kind: 'failed', atMs, tries: refresh.tries + 1 } : refresh;

/** When a refresh may be asked for; undefined: not (again). */
function refreshDueMs({ refresh, sinceMs }: Settling): number | undefined {
  if (refresh.kind === 'unused') return sinceMs + REFRESH_AFTER_MS;
  return refresh.kind === 'failed' && refresh.tries < REFRESH_TRIES ? refresh.atMs + REFRESH_AGAIN_MS : undefined;
}

/** When an accepted refresh of which nothing was seen is to be looked after. */
const refreshLookMs = ({ refresh }: Settling): number | undefined =>
  refresh.kind === 'asked' && !refresh.shown && refresh.askedAtMs !== undefined
    ? refresh.askedAtMs + REFRESH_SHOWS_MS
    : undefined;

/** Whether only a read tells what became of our refresh, or what else is OutOfSync beside what was not pruned. */
export const needsRead = (settling: Settling, application: Application, goal: SettleGoal, atMs: number): boolean => {
  const dueMs = refreshLookMs(settling);
  if (dueMs !== undefined && atMs >= dueMs) return true;
  return (
    settling.resources === undefined &&
    application.sync.status === 'OutOfSync' &&
    isFinalHealth(application.health.status) &&
    isAnyLeft(settling.reference.leftOver) &&
    wantsSynced(goal, settling.reference)
  );
};

/**
 * Rule 30. A consumed refresh is read from the annotation, never from a moved `reconciledAt`. A compared revision proves
 * something only beside Synced: a comparison from before the operation may have resolved it too, but must say OutOfSync.
 */
function findProof(settling: Settling, application: Application, refresh: Refresh): Proof | undefined {
  const { reference, resources } = settling;
  const compared = application.sync.revisions;
  if (
    isInSync(application, reference.leftOver, resources) &&
    sameRevisions(compared, reference.revisions) &&
    differs(reference.revisionsBefore, compared)
  ) {
    return 'revisions';
  }
  const { reconciledAt } = application;
  if (
    reference.finishedAt !== null &&
    reconciledAt !== '' &&
    reconciledAt !== reference.reconciledAtFirst &&
    reconciledAt >= reference.finishedAt
  ) {
    return 'reconciled';
  }
  return refresh.kind === 'consumed' ? 'refresh' : undefined;
}

/** Whether the earlier comparison is known and named something else. */
const differs = (before: readonly string[], now: readonly string[]): boolean =>
  before.length > 0 && !sameRevisions(before, now);

/**
 * Whether what is shown of health came after the operation (rule 30). A comparison that began after it may still see objects
 * as they were before: then it says OutOfSync of the synced revision, or Synced of another one that ran before. So those two
 * need more: a rollout that was seen to begin, or much time between; a refresh makes them likely, and then they must hold longer.
 */
function belief(
  { reference, proof, refresh, rolledOut, resources }: Settling,
  application: Application,
): 'none' | 'likely' | 'sure' {
  if (proof === undefined) return 'none';
  if (proof === 'no-operation' || isWellAfter(application.reconciledAt, reference.finishedAt)) return 'sure';
  const shown = isInSync(application, reference.leftOver, resources) ? isAtTarget(application, reference) : rolledOut;
  // What runs after another operation may be neither, and look like ours for as long as the old objects are seen.
  if (shown && !reference.contested) return 'sure';
  if (refresh.kind !== 'consumed') return 'none';
  return reference.unchanged ? 'sure' : 'likely';
}

const isWellAfter = (reconciledAt: string, finishedAt: string | null): boolean =>
  finishedAt !== null && Date.parse(reconciledAt) - Date.parse(finishedAt) >= WELL_AFTER_MS;

/** What is compared is what was synced. */
const isAtTarget = (application: Application, reference: Reference): boolean =>
  reference.toTarget || sameRevisions(application.sync.revisions, reference.revisions);

const isElsewhere = (application: Application, reference: Reference): boolean =>
  !sameRevisions(application.sync.revisions, reference.revisions);

/** Rules 33 and 35, and the older commit of rule 30. */
function isGood({ reference, resources }: Settling, application: Application, goal: SettleGoal): boolean {
  if (!isWantedHealth(application, goal)) return false;
  if (application.sync.status === 'Unknown') return false; // Healthy beside Unknown is worth nothing.
  if (reference.contested && isElsewhere(application, reference)) return false;
  if (isInSync(application, reference.leftOver, resources)) return true;
  // When the target is another revision than the one synced, OutOfSync is what the truth looks like.
  return !goal.requireSynced || reference.partial || !isAtTarget(application, reference);
}

/** Rule 28: it will not be Synced by itself any more. */
const isUnpruned = ({ reference, proof, resources }: Settling, application: Application, goal: SettleGoal): boolean =>
  proof !== undefined &&
  wantsSynced(goal, reference) &&
  isFinalHealth(application.health.status) &&
  waitsForPruning(application, reference.leftOver, resources).length > 0;

/** Whether nothing but Synced will do. */
export const wantsSynced = (goal: SettleGoal, reference: Reference): boolean =>
  goal.requireSynced && reference.toTarget && !reference.partial;

const isWantedHealth = ({ health }: Application, goal: SettleGoal): boolean =>
  health.status === 'Healthy' || (health.status === 'Suspended' && goal.suspended === 'pass');

/** A condition that says the state cannot be known, and is newer than the operation. */
export function findCondition(application: Application, reference: Reference): Condition | undefined {
  return application.conditions.find(
    (condition) =>
      (condition.type === 'ComparisonError' ||
        condition.type === 'InvalidSpecError' ||
        condition.type === 'UnknownError') &&
      (reference.startedAt === '' ||
        condition.lastTransitionTime >= reference.startedAt ||
        application.sync.status === 'Unknown'),
  );
}

/** An old condition beside a state that may be old says nothing of the operation (rule 36). */
function isBroken(settling: Settling, application: Application): boolean {
  const condition = findCondition(application, settling.reference);
  if (condition === undefined) return false;
  return settling.proof !== undefined || condition.lastTransitionTime >= settling.reference.startedAt;
}

/** How long something must last to count, where `ms` is what was asked for. */
const holdOf = ({ sure }: Settling, ms: number): number => (sure ? ms : Math.max(ms, LIKELY_HOLD_MS));

/** The verdict that the state amounts to at `atMs`, if it amounts to one. */
export function conclude(
  settling: Settling,
  application: Application,
  goal: SettleGoal,
  atMs: number,
): Verdict | undefined {
  const { goodSinceMs, degradedSinceMs, brokenSinceMs, unprunedSinceMs } = settling;
  if (goodSinceMs !== undefined && settling.confirmedAtMs - goodSinceMs >= holdOf(settling, goal.healthyForMs)) {
    return { name: 'healthy', message: describeGood(application, settling.reference), hint: '' };
  }
  // What lasted long enough by our clock may have ended in an event that was lost: all of these need to be confirmed.
  if (
    goal.degradedAfterMs !== undefined &&
    degradedSinceMs !== undefined &&
    (holdOf(settling, goal.degradedAfterMs) === 0 ||
      settling.confirmedAtMs - degradedSinceMs >= holdOf(settling, goal.degradedAfterMs))
  ) {
    const since = goal.degradedAfterMs === 0 ? '' : ` for ${formatElapsed(atMs - degradedSinceMs)}`;
    return {
      name: 'degraded',
      message: `Degraded${since}${worstResources(application)}`,
      hint: 'Look at the failing resources in Argo CD; `degraded-timeout` gives more time to recover.',
    };
  }
  if (brokenSinceMs !== undefined && settling.confirmedAtMs - brokenSinceMs >= CONDITION_GRACE_MS) {
    const condition = findCondition(application, settling.reference);
    if (condition !== undefined) {
      return {
        name: 'error',
        message: `${condition.type}: ${condition.message}`,
        hint: 'Argo CD cannot compare it; mend the cause and sync again.',
      };
    }
  }
  if (unprunedSinceMs !== undefined && settling.confirmedAtMs - unprunedSinceMs >= PRUNING_GRACE_MS) {
    const left = waitsForPruning(application, settling.reference.leftOver, settling.resources);
    return {
      name: 'sync-failed',
      message: `synced, but not everything was pruned, so it stays OutOfSync: ${nameResources(left)}`,
      hint: '`prune: true` removes what the sources no longer have; `require-synced: false` lets it stay.',
    };
  }
  return undefined;
}

const describeGood = (application: Application, reference: Reference): string => {
  const revisions = reference.revisions.length > 0 ? reference.revisions : application.sync.revisions;
  const at = revisions.length === 0 ? '' : ` at ${shortRevisions(revisions)}`;
  const target = application.sync.status === 'Synced' ? 'Synced' : application.sync.status;
  return `${application.health.status} and ${target}${at}`;
};

/** When each of the things that must last has lasted long enough. */
const dueTimes = (settling: Settling, goal: SettleGoal): readonly number[] => {
  const { goodSinceMs, degradedSinceMs, brokenSinceMs, unprunedSinceMs } = settling;
  const { healthyForMs, degradedAfterMs } = goal;
  return [
    ...(goodSinceMs === undefined ? [] : [goodSinceMs + holdOf(settling, healthyForMs)]),
    ...(degradedSinceMs === undefined || degradedAfterMs === undefined
      ? []
      : [degradedSinceMs + holdOf(settling, degradedAfterMs)]),
    ...(brokenSinceMs === undefined ? [] : [brokenSinceMs + CONDITION_GRACE_MS]),
    ...(unprunedSinceMs === undefined ? [] : [unprunedSinceMs + PRUNING_GRACE_MS]),
  ];
};

/** When after `atMs` time alone can change the next action. Undefined: only news can. */
export function settleWakeAt(
  settling: Settling,
  application: Application,
  goal: SettleGoal,
  atMs: number,
): number | undefined {
  const later = [
    ...dueTimes(settling, goal),
    wantsRefresh(settling, application) ? refreshDueMs(settling) : undefined,
    refreshLookMs(settling),
  ].filter((time): time is number => time !== undefined && time > atMs);
  return later.length === 0 ? undefined : Math.min(...later);
}

/** Something has lasted long enough by our clock, but that long ago it was seen last: look once more before saying so. */
export const needsConfirmation = (settling: Settling, goal: SettleGoal, atMs: number): boolean =>
  dueTimes(settling, goal).some((dueMs) => atMs >= dueMs && settling.confirmedAtMs < dueMs);

/** Whether to ask for a comparison now (rule 31): no proof came by itself, and nobody else's request is on its way. */
export function needsRefresh(settling: Settling, application: Application, atMs: number): boolean {
  const dueMs = refreshDueMs(settling);
  if (dueMs === undefined || atMs < dueMs) return false;
  if (application.annotations[REFRESH_ANNOTATION] !== undefined) return false;
  return wantsRefresh(settling, application);
}

/** Nothing is proven, or what is shown would count if only it could be believed. */
const wantsRefresh = (settling: Settling, application: Application): boolean =>
  settling.proof === undefined ||
  (belief(settling, application) === 'none' && isFinalHealth(application.health.status));

/** Health that rests; Progressing moves on by itself. */
const isFinalHealth = (status: HealthStatus): boolean =>
  status === 'Healthy' || status === 'Suspended' || status === 'Degraded';

/** What is still missing, for people: `health Progressing, wanted Healthy`. `''`: nothing but time. */
export function describeMissing(settling: Settling, application: Application, goal: SettleGoal, atMs: number): string {
  const parts: string[] = [];
  const condition = findCondition(application, settling.reference);
  if (condition !== undefined) parts.push(`${condition.type}: ${condition.message}`);
  const asked = settling.refresh.kind === 'asked' ? ' (refresh asked)' : '';
  const { status } = application.health;
  if (settling.proof === undefined) {
    parts.push(`Argo CD has not compared it since its operation ended${asked}`);
  } else if (!isWantedHealth(application, goal)) {
    const { degradedSinceMs } = settling;
    const since = degradedSinceMs === undefined ? '' : ` for ${formatElapsed(atMs - degradedSinceMs)}`;
    parts.push(`${status}${since}, wanted Healthy${worstResources(application)}`);
  }
  const needSynced =
    settling.proof !== undefined &&
    goal.requireSynced &&
    isAtTarget(application, settling.reference) &&
    !settling.reference.partial &&
    !isInSync(application, settling.reference.leftOver, settling.resources);
  const unknown = application.sync.status === 'Unknown' && settling.proof !== undefined;
  if (unknown || (needSynced && application.sync.status === 'OutOfSync')) {
    parts.push(`${application.sync.status}, wanted Synced${outOfSyncCause(settling, application)}`);
  }
  const { contested, revisions } = settling.reference;
  if (parts.length === 0 && contested && isElsewhere(application, settling.reference)) {
    const now = shortRevisions(application.sync.revisions);
    parts.push(
      `${application.sync.status} at ${now}, which another operation tried to sync, wanted ${shortRevisions(revisions)}`,
    );
  }
  if (parts.length > 0) return parts.join('; ');
  if (settling.goodSinceMs === undefined) {
    return `${status}, but Argo CD may not have looked at it since its operation ended${asked}`;
  }
  return `${status} for ${formatElapsed(atMs - settling.goodSinceMs)}, to hold for ${formatElapsed(holdOf(settling, goal.healthyForMs))}`;
}

function outOfSyncCause({ reference, resources = [] }: Settling, application: Application): string {
  const others = notKept(resources, reference.leftOver);
  const pruning = others.filter((resource) => resource.requiresPruning);
  if (pruning.length > 0) {
    return `: ${pruning.length} resource${pruning.length === 1 ? ' requires' : 's require'} pruning (\`prune: true\`, or \`require-synced: false\`)`;
  }
  const { revisions } = application.sync;
  if (reference.revisions.length > 0 && revisions.length > 0 && !sameRevisions(revisions, reference.revisions)) {
    return `: its target moved from ${shortRevisions(reference.revisions)} to ${shortRevisions(revisions)}`;
  }
  return others.length === 0 ? '' : `: ${nameResources(others)}`;
}

/** Up to three resources whose health is worst, where Argo CD tells. */
function worstResources(application: Application): string {
  const bad = application.resources
    .filter(
      (resource) => resource.health !== undefined && resource.health !== 'Healthy' && resource.health !== 'Suspended',
    )
    .slice(0, 3)
    .map(
      (resource) =>
        `${resource.kind}/${resource.name} ${resource.health}${resource.healthMessage === '' ? '' : ` (${resource.healthMessage})`}`,
    );
  if (bad.length > 0) return `: ${bad.join(', ')}`;
  return application.health.message === '' ? '' : `: ${application.health.message}`;
}
