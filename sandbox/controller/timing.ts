/** How long the controller takes for its own work, in milliseconds. */
export interface Timing {
  /** From an operation being set until its Running state. */
  readonly pickupMs: number;
  /** One pass: compare and apply. */
  readonly passMs: number;
  /** A pass with little to do: dry runs, errors, filters that match nothing. */
  readonly shortPassMs: number;
  /** From the history entry to the terminal phase. */
  readonly finishMs: number;
  /** After every wave and hook phase but the last; the worker is held. */
  readonly waveMs: number;
  /** One comparison. */
  readonly compareMs: number;
  /** From the end of an operation until its comparison is written. */
  readonly staleCompareMs: number;
  /** How far the cache of live objects lags; see `StaleWindow.cacheMs`. */
  readonly staleCacheMs: number;
  /** From a live change until the status shows it, when no operation is involved. */
  readonly liveMs: number;
  /** How often an operation that a sync window blocks is looked at again. */
  readonly windowMs: number;
  /** Removing what an Application with a finalizer manages. */
  readonly deleteMs: number;
  /** Multiplies all times of scripts, and of an operation's retry strategy. */
  readonly scriptFactor: number;
}

/** About what was recorded on an idle machine. */
export const REAL: Timing = {
  pickupMs: 10,
  passMs: 160,
  shortPassMs: 20,
  finishMs: 6,
  waveMs: 2000,
  compareMs: 20,
  staleCompareMs: 20,
  staleCacheMs: 40,
  liveMs: 20,
  windowMs: 43_000,
  deleteMs: 30,
  scriptFactor: 1,
};

/** No time at all for the controller's own work; scripts keep theirs. */
export const INSTANT: Timing = {
  pickupMs: 0,
  passMs: 0,
  shortPassMs: 0,
  finishMs: 0,
  waveMs: 0,
  compareMs: 0,
  staleCompareMs: 0,
  staleCacheMs: 0,
  liveMs: 0,
  windowMs: 20,
  deleteMs: 0,
  scriptFactor: 1,
};

/** A profile by name, or a profile with some numbers of one's own; `factor` multiplies every time, the scripts' too. */
export type TimingChoice =
  | 'real'
  | 'instant'
  | (Partial<Timing> & { readonly profile?: 'real' | 'instant'; readonly factor?: number });

export function timingOf(choice: TimingChoice | undefined): Timing {
  if (choice === undefined || choice === 'instant') return INSTANT;
  if (choice === 'real') return REAL;
  const { profile, factor = 1, ...own } = choice;
  const base = { ...(profile === 'real' ? REAL : INSTANT), ...own };
  return {
    pickupMs: base.pickupMs * factor,
    passMs: base.passMs * factor,
    shortPassMs: base.shortPassMs * factor,
    finishMs: base.finishMs * factor,
    waveMs: base.waveMs * factor,
    compareMs: base.compareMs * factor,
    staleCompareMs: base.staleCompareMs * factor,
    staleCacheMs: base.staleCacheMs * factor,
    liveMs: base.liveMs * factor,
    windowMs: base.windowMs * factor,
    deleteMs: base.deleteMs * factor,
    scriptFactor: base.scriptFactor * factor,
  };
}
