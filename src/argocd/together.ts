/**
 * Runs all of them until they end, as one: when one fails, the others are told to stop by the signal that each gets, and its error is thrown.
 */
export const together = async (
  runs: readonly ((signal: AbortSignal) => Promise<void>)[],
  signal: AbortSignal,
): Promise<void> => {
  const stop = new AbortController();
  const both = AbortSignal.any([signal, stop.signal]);
  const running = runs.map((run) => run(both));
  try {
    await Promise.all(running);
  } finally {
    stop.abort();
    await Promise.allSettled(running);
  }
};
