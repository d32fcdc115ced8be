/**
 * When to look at the versions, so that what has held long enough is confirmed soon and a server is not asked all the time.
 * Pure. Times and durations are milliseconds of one clock that never goes back.
 */

/** How long to wait for a sign of life on the watch, while something is expected on it, before looking. */
const SIGN_WITHIN_MS = 150;
/** What falls due within this time is confirmed together. */
const TOGETHER_MS = 80;
/** The same by name. */
const NAMES_TOGETHER_MS = 5;
/** Timers may fire a little early, and the last one must be due by then. */
const SLACK_MS = 2;
/** Nobody waits longer than this for a look that could be made. */
const AT_MOST_MS = 1_000;
/** One more look may be made each time this is over. */
const REGAINED_EVERY_MS = 2_000;
/** A look that takes this long counts twice, and so on: of a large fleet it is several requests. */
const HEAVY_MS = 250;
/** With fewer looks left none is spent to spare names. */
const TO_SPARE = 3;
/** So many times as long as a look took, the next one waits: a slow server is not asked all the time. */
const REST = { whileSomeAreLeft: 1, later: 5 };
/** But no longer than this. */
const REST_AT_MOST_MS = 5_000;

/** Looks that may be made. */
export interface LookBudget {
  /** So many may follow each other closely. */
  readonly most: number;
  /** So many are left, as of `asOfMs`. */
  readonly left: number;
  readonly asOfMs: number;
  /** None before this time. */
  readonly earliestMs: number;
}

export const lookBudget = (most: number): LookBudget => ({
  most,
  left: most,
  asOfMs: Number.NEGATIVE_INFINITY,
  earliestMs: Number.NEGATIVE_INFINITY,
});

const leftAt = ({ most, left, asOfMs }: LookBudget, atMs: number): number =>
  Math.min(most, left + (atMs - asOfMs) / REGAINED_EVERY_MS);

/** The budget after a look that began and ended at these times. */
export function spend(budget: LookBudget, startedMs: number, endedMs: number): LookBudget {
  const tookMs = endedMs - startedMs;
  const left = Math.max(0, leftAt(budget, startedMs) - Math.max(1, tookMs / HEAVY_MS));
  const rest = left >= 1 ? REST.whileSomeAreLeft : REST.later;
  return {
    most: budget.most,
    left,
    asOfMs: startedMs,
    earliestMs: Math.max(
      startedMs + Math.max(0, 1 - left) * AT_MOST_MS,
      endedMs + Math.min(REST_AT_MOST_MS, rest * tookMs),
    ),
  };
}

/** Who waits to be confirmed. */
export interface Waiting {
  /** Since when the first one waits. */
  readonly sinceMs: number;
  /** When the last one falls due that is good now, maybe in the past. */
  readonly lastDueMs: number;
  /** Others still change, which gives signs of life for nothing. */
  readonly newsExpected: boolean;
}

/** When to look. What falls due one after the other shares the looks that are left, evenly. */
export function lookAtMs({ sinceMs, lastDueMs, newsExpected }: Waiting, budget: LookBudget): number {
  const spreadMs = lastDueMs > sinceMs ? lastDueMs - sinceMs + SLACK_MS : 0;
  const share = spreadMs / Math.max(1, Math.floor(leftAt(budget, sinceMs)));
  const apartMs = Math.min(AT_MOST_MS, spreadMs, Math.max(TOGETHER_MS, share));
  return Math.max(sinceMs + Math.max(apartMs, newsExpected ? SIGN_WITHIN_MS : 0), budget.earliestMs);
}

/** When to look by name, which costs little: whoever falls due in the same moment comes along. */
export const nameAtMs = ({ sinceMs, lastDueMs, newsExpected }: Waiting): number =>
  sinceMs + (newsExpected ? SIGN_WITHIN_MS : Math.min(NAMES_TOGETHER_MS, Math.max(0, lastDueMs - sinceMs) + SLACK_MS));

/** When to look at all so that names are spared: nobody waits for long, for what falls due later is looked at by name. */
export const sparingAtMs = (waiting: Waiting, budget: LookBudget): number => {
  const lastDueMs = Math.min(waiting.lastDueMs, waiting.sinceMs + TOGETHER_MS);
  return Math.max(nameAtMs(waiting), lookAtMs({ ...waiting, lastDueMs }, budget));
};

/** What a choice between a look by name and a look at all depends on. */
export interface LookChoice {
  /** Who waits and was not looked at by name before. */
  readonly waiting: number;
  /** Who has no verdict yet, those who wait included. */
  readonly followed: number;
  /** So many may still be looked at by name, so many of them at a time. */
  readonly namesLeft: number;
  readonly atATime: number;
}

/**
 * How to look. Names go to those who come last, for a look at all versions takes long where there are many, and at the end the whole run
 * would wait for it: while names do not last for all, a look at all that can be spared takes some of the others. Nobody waits for the rest of
 * a slow server, though.
 */
export function lookForm(
  { waiting, followed, namesLeft, atATime }: LookChoice,
  budget: LookBudget,
  nowMs: number,
): 'by-name' | 'all-sparing-names' | 'all' {
  if (waiting === 0 || waiting > Math.min(atATime, namesLeft)) return 'all';
  const canSpare = budget.earliestMs <= nowMs && leftAt(budget, nowMs) >= TO_SPARE;
  return namesLeft < followed && canSpare ? 'all-sparing-names' : 'by-name';
}
