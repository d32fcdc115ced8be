import { isRecord, record, text } from '../../lib/json.ts';
import type { ApplicationRef } from '../application.ts';
import type { WatchEvent } from '../client.ts';
import type { ClientDeps } from '../deps.ts';
import { ArgoCdError } from '../errors.ts';
import type { Http } from '../http/http.ts';
import { parseApplication } from '../parse-application.ts';
import { isFinal, reconnectDelayMs } from '../reconnect.ts';
import { WATCHED } from '../unneeded.ts';
import { statusError } from './errors.ts';
import { collectionPath, where, withQuery } from './paths.ts';

export interface WatchTarget {
  readonly namespace: string;
  readonly selector: string;
  /** Only this Application, `''`: all. */
  readonly name: string;
  /** Where to start; `''`: at the present state, which is told first. */
  readonly resourceVersion: string;
}

/** What a watch has to ask beside its stream. */
export interface WatchReads {
  /** A version to watch from that is fresh. */
  readonly position: (signal: AbortSignal) => Promise<string>;
  /** How things stand with one Application: deleted, or in which state. */
  readonly look: (ref: ApplicationRef, signal: AbortSignal) => Promise<WatchEvent>;
}

/** The server ends a watch after this; the next goes on where it ended. */
const WATCH_SECONDS = 590;
/** Bookmarks come about once a minute; a stream that is silent longer is dead or has nothing to lose by a new connection. */
const INACTIVITY_MS = 90_000;
/** A stream that ends sooner than this without a word counts as failed. */
const SHORT_MS = 1000;

/**
 * Watches one collection, or one Application in it, until the signal aborts (Rule 40). Goes on from the last version after an
 * end, an error or silence; when that version is no longer kept (410), takes a fresh one and says so with a `gap`. Failures
 * that pass are values, told when the second try failed too; the others are thrown.
 */
export const watchCollection = async (
  http: Http,
  target: WatchTarget,
  { position, look }: WatchReads,
  deps: ClientDeps,
  onEvent: (event: WatchEvent) => void,
  signal: AbortSignal,
): Promise<void> => {
  const action = `watch ${target.name === '' ? 'Applications' : `Application ${target.name}`} ${where(target.namespace)}`;
  let version = target.resourceVersion;
  let failures = 0;
  const inOrder = createOrder(onEvent);
  while (!signal.aborted) {
    const startedAt = deps.now();
    let heard = false;
    let failure: ArgoCdError | undefined;
    try {
      const call = {
        action,
        method: 'GET',
        path: withQuery(collectionPath(target.namespace), {
          watch: '1',
          allowWatchBookmarks: 'true',
          timeoutSeconds: String(WATCH_SECONDS),
          labelSelector: target.selector,
          fieldSelector: target.name === '' ? '' : `metadata.name=${target.name}`,
          resourceVersion: version,
        }),
        without: WATCHED,
      } as const;
      const take = (line: string): void => {
        const event = parseEvent(line);
        if (event === undefined) throw new CutError();
        if (event.type === 'ERROR') throw statusError(action, event.object);
        heard = true;
        failures = 0;
        const seen = text(record(event.object.metadata).resourceVersion);
        if (seen !== '') version = seen;
        const told = toWatchEvent(event);
        if (told === undefined) return;
        // Whatever no longer fits the selector looks deleted.
        inOrder.tell(told.kind === 'deleted' && target.selector !== '' ? () => look(told.ref, signal) : told);
      };
      await http.lines(call, { promptHeaders: true, inactivityMs: INACTIVITY_MS }, take, signal);
    } catch (error) {
      if (!(error instanceof CutError)) failure = passing(error, signal);
    }
    await inOrder.told();
    if (failure?.code === 'expired') {
      try {
        version = target.name === '' ? await position(signal) : '';
        failure = undefined;
        onEvent({ kind: 'gap', error: undefined });
      } catch (error) {
        failure = passing(error, signal);
      }
    }
    if (signal.aborted) return;
    if (failure === undefined && (heard || deps.now() - startedAt >= SHORT_MS)) continue;
    failures += 1;
    if (failure !== undefined && failures === 2) onEvent({ kind: 'gap', error: failure });
    try {
      await deps.delay(reconnectDelayMs(failures, failure, deps), signal);
    } catch {
      return;
    }
  }
};

/** A stream that was cut may end within a line. */
class CutError extends Error {}

type LookUp = () => Promise<WatchEvent>;

/** Tells events one after another, also where one has to be looked up first: one at a time, so that other requests find room. */
const createOrder = (onEvent: (event: WatchEvent) => void) => {
  /** Set while something is looked up: all else waits behind it. */
  let last: Promise<void> | undefined;
  const wait = async (before: Promise<void> | undefined, event: WatchEvent | LookUp): Promise<void> => {
    await before;
    onEvent(typeof event === 'function' ? await event() : event);
  };
  return {
    tell(event: WatchEvent | LookUp): void {
      if (last === undefined && typeof event !== 'function') {
        onEvent(event);
        return;
      }
      const mine = wait(last, event).then(() => {
        if (last === mine) last = undefined;
      });
      // Whoever ends the stream waits for it.
      mine.catch(() => {});
      last = mine;
    },
    /** Resolves when all that was told has arrived; rejects where that is not possible. */
    told: async (): Promise<void> => last,
  };
};

/** The error, when another try may do better or we were stopped; otherwise throws it. */
const passing = (error: unknown, signal: AbortSignal): ArgoCdError => {
  if (error instanceof ArgoCdError && (signal.aborted || !isFinal(error))) return error;
  throw error;
};

interface RawEvent {
  readonly type: string;
  readonly object: Readonly<Record<string, unknown>>;
}

const parseEvent = (line: string): RawEvent | undefined => {
  try {
    const value: unknown = JSON.parse(line);
    return isRecord(value) ? { type: text(value.type), object: record(value.object) } : undefined;
  } catch {
    return undefined;
  }
};

const toWatchEvent = (event: RawEvent): WatchEvent | undefined => {
  if (event.type !== 'ADDED' && event.type !== 'MODIFIED' && event.type !== 'DELETED') return undefined;
  const application = parseApplication(event.object);
  if (application === undefined) return undefined;
  return event.type === 'DELETED' ? { kind: 'deleted', ref: application.ref } : { kind: 'application', application };
};
