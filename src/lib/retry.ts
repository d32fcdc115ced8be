import pRetry from 'p-retry';

export interface RetryOptions {
  /** Whether to try again after this error, and how long the other side asked to wait (milliseconds), if it did. */
  readonly decide: (error: unknown) => { readonly again: boolean; readonly afterMs?: number | undefined };
  /** Waits; rejects at once when the signal aborts. */
  readonly delay: (ms: number, signal: AbortSignal) => Promise<void>;
  /** From 0 to below 1. */
  readonly random: () => number;
  readonly signal: AbortSignal;
  /** Told before each wait. `attempt` counts from 1. */
  readonly onRetry?: (error: unknown, attempt: number, waitMs: number) => void;
}

/** Tries in all. */
export const MAX_ATTEMPTS = 5;
/** The waits between them are about 0.5, 1.5, 4 and 8 seconds, each half to one and a half of that. */
const WAITS_MS = [500, 1500, 4000, 8000] as const;
/** What is honoured at most when the other side asks to wait. */
export const MAX_RETRY_AFTER_MS = 60_000;

/**
 * Runs a read again while it fails for reasons that pass (Rule 42): up to {@link MAX_ATTEMPTS} tries over about 15 seconds,
 * with jitter, longer when the other side asks for it. Throws the last error, or the signal's reason.
 */
export const retry = <T>(run: () => Promise<T>, options: RetryOptions): Promise<T> =>
  pRetry(run, {
    retries: MAX_ATTEMPTS - 1,
    // The waiting is done below, where the delay can be injected.
    minTimeout: 0,
    signal: options.signal,
    onFailedAttempt: async ({ error, attemptNumber, retriesLeft }) => {
      const { again, afterMs } = options.decide(error);
      if (!again || retriesLeft === 0) throw error;
      const jittered = (WAITS_MS[attemptNumber - 1] ?? 8000) * (0.5 + options.random());
      const waitMs = Math.round(Math.max(jittered, Math.min(afterMs ?? 0, MAX_RETRY_AFTER_MS)));
      options.onRetry?.(error, attemptNumber, waitMs);
      await options.delay(waitMs, options.signal);
    },
    shouldRetry: () => true,
  });
