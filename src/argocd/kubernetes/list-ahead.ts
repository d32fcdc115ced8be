import type { Application } from '../application.ts';

/** Applications that a list brings while the first of them are worked on already. */
export interface ListAhead {
  /** The Application of this key, once the list has brought it; undefined: it does not. Each is given once. */
  take(key: string): Promise<Application | undefined>;
  /** What came first has been put to use: the rest may follow. */
  goOn(): void;
}

/**
 * Begins a list, which hands over each Application as it comes. One that fails has brought what it has brought: whoever waits for
 * the others gets undefined, and has to read them. Never rejects.
 *
 * What comes after the first part is large. It is not to be in the way of what the first part is for, so the list has to wait for `rest`: until
 * {@link ListAhead.goOn}, or until somebody waits for what did not come with the first part.
 */
export function listAhead(
  list: (bring: (key: string, application: Application) => void, rest: () => Promise<void>) => Promise<unknown>,
): ListAhead {
  const rest = Promise.withResolvers<void>();
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
  /** The first part is there. */
  let begun = false;
  list(
    (key, application) => {
      brought.set(key, application);
      tell();
    },
    () => {
      begun = true;
      // It may have brought nothing that anybody waits for.
      tell();
      return rest.promise;
    },
  )
    .catch(() => {})
    .finally(() => {
      ended = true;
      tell();
    });
  return {
    async take(key) {
      while (!brought.has(key) && !taken.has(key) && !ended) {
        if (begun) rest.resolve();
        await more.promise;
      }
      const application = brought.get(key);
      brought.delete(key);
      taken.add(key);
      return application;
    },
    goOn: () => rest.resolve(),
  };
}
