/** Lets a sync wait for the streams that are to hear of it. */
export interface Listening {
  /** There will be another stream; to be called when its request has gone out, or failed. */
  begin(): () => void;
  /** Resolves when each has been asked for, at once where there is none to wait for, and when the signal aborts. Never rejects. */
  wait(signal: AbortSignal): Promise<void>;
}

export const createListening = (): Listening => {
  const missing = new Set<Promise<void>>();
  return {
    begin() {
      const { promise, resolve } = Promise.withResolvers<void>();
      missing.add(promise);
      return () => {
        missing.delete(promise);
        resolve();
      };
    },
    async wait(signal) {
      if (missing.size === 0 || signal.aborted) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      const stop = (): void => resolve();
      signal.addEventListener('abort', stop, { once: true });
      await Promise.race([Promise.all(missing), promise]);
      signal.removeEventListener('abort', stop);
    },
  };
};
