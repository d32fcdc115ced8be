import type { Application } from '../application.ts';

/** Applications that a list brings while the first of them are worked on already. */
export interface ListAhead {
  /** The Application of this key, once the list has brought it; undefined: it does not. Each is given once. */
  take(key: string): Promise<Application | undefined>;
  /** What came first has been put to use: the rest may follow. */
  goOn(): void;
}

/** When fewer than these have not been taken yet, more are asked for, which come before these are used up. */
const FEW = 100;

/**
 * Begins a list, which hands over each Application as it comes. One that fails has brought what it has brought: whoever waits for
 * the others gets undefined, and has to read them. Never rejects.
 *
 * A part of a list is large, and is not to be in the way of what the part before it is for. So the list has to wait for `next` before it asks for another:
 * until {@link ListAhead.goOn} was called and few are left, or until somebody waits for what has not come.
 */
export function listAhead(
  list: (bring: (key: string, application: Application) => void, next: () => Promise<void>) => Promise<unknown>,
): ListAhead {
  const brought = new Map<string, Application>();
  const taken = new Set<string>();
  let inUse = false;
  let waiting = 0;
  let ended = false;
  let more = Promise.withResolvers<void>();
  let told = false;
  /** Many come at once; those who wait look once for all of them. */
  const tell = (): void => {
    if (told) return;
    told = true;
    setImmediate(() => {
      told = false;
      // Whoever does not find it waits again.
      waiting = 0;
      more.resolve();
      more = Promise.withResolvers();
    });
  };
  /** Lists that wait to ask for more: one for each namespace. */
  let held: (() => void)[] = [];
  const goOnIfWanted = (): void => {
    if (waiting === 0 && !(inUse && brought.size < FEW)) return;
    for (const go of held) go();
    held = [];
  };
  list(
    (key, application) => {
      brought.set(key, application);
      tell();
    },
    () =>
      new Promise((resolve) => {
        held.push(resolve);
        // Whoever waited for this part takes it first; it may have brought nothing that anybody waits for.
        tell();
        setImmediate(goOnIfWanted);
      }),
  )
    .catch(() => {})
    .finally(() => {
      ended = true;
      tell();
    });
  return {
    async take(key) {
      while (!brought.has(key) && !taken.has(key) && !ended) {
        waiting += 1;
        goOnIfWanted();
        await more.promise;
      }
      const application = brought.get(key);
      brought.delete(key);
      taken.add(key);
      goOnIfWanted();
      return application;
    },
    goOn: () => {
      inUse = true;
      goOnIfWanted();
    },
  };
}
