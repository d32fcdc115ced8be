import { isRecord, record, text } from '../../lib/json.ts';
import type { ApplicationRef } from '../application.ts';
import type { WatchEvent } from '../client.ts';
import type { ClientDeps } from '../deps.ts';
import { ArgoCdError } from '../errors.ts';
import type { Http } from '../http/http.ts';
import { parseApplication } from '../parse-application.ts';
import { isFinal, reconnectDelayMs } from '../reconnect.ts';
import { streamError } from './errors.ts';
import { STREAM_FIELDS } from './fields.ts';
import { type Query, streamPath } from './paths.ts';
import { stateVersion } from './state-version.ts';

export interface StreamTarget {
  /** For messages: `Applications`, `Application argocd/shop`. */
  readonly what: string;
  readonly query: Query;
  /** One Application by name. */
  readonly named: boolean;
  /** The server filters by less than we are asked for. */
  readonly wanted: (ref: ApplicationRef) => boolean;
  /** Told when the first request has gone out or failed: what happens later is heard, or there is nothing to wait for. */
  readonly onAsked: () => void;
}

/** Server-sent events carry a comment every 15 s once they have begun; they begin with the first event. */
const INACTIVITY_MS = 60_000;
/** A stream that ends sooner than this without a word counts as failed. */
const SHORT_MS = 1000;

/**
 * Streams changes until the signal aborts. The server sends nothing, not even headers, before there is a first event; with it
 * the first connection is known to hear what happens, and a `gap` says to look at what happened before. Later connections tell
 * the present state of everything first, because a resource version is no replay here. Every end is a `gap`, told once, and once
 * more with the error when the second try failed too.
 */
export const streamApplications = async (
  http: Http,
  target: StreamTarget,
  deps: ClientDeps,
  onEvent: (event: WatchEvent) => void,
  signal: AbortSignal,
): Promise<void> => {
  const action = `watch ${target.what}`;
  const call = {
    action,
    method: 'GET',
    path: streamPath([...target.query, ['fields', STREAM_FIELDS]]),
    accept: 'text/event-stream',
  } as const;
  // With any version a server does not begin with the whole fleet: the list has just told it.
  let begin = target.named
    ? call.path
    : streamPath([...target.query, ['resourceVersion', '0'], ['fields', STREAM_FIELDS]]);
  let late = !target.named;
  let failures = 0;
  while (!signal.aborted) {
    const startedAt = deps.now();
    let heard = false;
    let failure: ArgoCdError | undefined;
    try {
      const take = (line: string): void => {
        const event = parseLine(line);
        if (event === undefined) return;
        if (event.error !== undefined) throw streamError(action, event.error);
        if (late) onEvent({ kind: 'gap', error: undefined, begins: true });
        late = false;
        heard = true;
        failures = 0;
        const told = toWatchEvent(event.result, target);
        if (told !== undefined) onEvent(told);
      };
      const options = { promptHeaders: false, inactivityMs: INACTIVITY_MS, onSent: target.onAsked };
      await http.lines({ ...call, path: begin }, options, take, signal);
    } catch (error) {
      target.onAsked();
      if (!(error instanceof ArgoCdError)) throw error;
      if (signal.aborted) return;
      if (isFinal(error)) throw error;
      failure = error;
    }
    if (signal.aborted) return;
    begin = call.path;
    late = false;
    failures = failure === undefined && (heard || deps.now() - startedAt >= SHORT_MS) ? 0 : failures + 1;
    if (failures <= 2) onEvent({ kind: 'gap', error: failures === 2 ? failure : undefined });
    try {
      await deps.delay(reconnectDelayMs(failures, failure, deps), signal);
    } catch {
      return;
    }
  }
};

interface StreamLine {
  readonly result: Readonly<Record<string, unknown>>;
  readonly error: unknown;
}

/** One event, as a line of JSON or as the data of a server-sent event; undefined for comments and broken lines. */
const parseLine = (line: string): StreamLine | undefined => {
  const json = line.startsWith('data:') ? line.slice('data:'.length) : line;
  if (!json.trimStart().startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(json);
    return isRecord(value) ? { result: record(value.result), error: value.error ?? undefined } : undefined;
  } catch {
    // A stream that was cut may end within a line.
    return undefined;
  }
};

const toWatchEvent = (result: Readonly<Record<string, unknown>>, target: StreamTarget): WatchEvent | undefined => {
  const application = parseApplication(result.application, stateVersion);
  if (application === undefined || !target.wanted(application.ref)) return undefined;
  return text(result.type) === 'DELETED'
    ? { kind: 'deleted', ref: application.ref }
    : { kind: 'application', application };
};
