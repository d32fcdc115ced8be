import type { Application } from '../application.ts';

/** Applications that a list brings while the first of them are worked on already. */
export interface ListAhead {
  /** The Application of this key, once the list has brought it; undefined: it does not. Each is given once. */
  take(key: string): Promise<Application | undefined>;
}

/**
 * Begins a list, which hands over each Application as it comes. One that fails has brought what it has brought: whoever waits for
 * the others gets undefined, and has to read them. Never rejects.
 */
export function listAhead(
  list: (bring: (key: string, application: Application) => void) => Promise<unknown>,
): ListAhead {
  const brought = new Map<string, Application>();
  const taken = new Set<string>();
  let ended = false;
  let more = Promise.withResolvers<void>();
  let told = false;
  /** Many come at once; those who wait look once for all of them. */
  const tell = (): void => {
    if (told) return;
    told = true;
    setImmediate(() => {
      told = false;
      more.resolve();
      more = Promise.withResolvers();
    });
  };
  list((key, application) => {
    brought.set(key, application);
    tell();
  })
    .catch(() => {})
    .finally(() => {
      ended = true;
      tell();
    });
  return {
    async take(key) {
      while (!brought.has(key) && !taken.has(key) && !ended) await more.promise;
      const application = brought.get(key);
      brought.delete(key);
      taken.add(key);
      return application;
    },
  };
}
