import type { Reply } from '../http/exchange.ts';
import type { Store, StoredObject, StoreEvent } from '../types.ts';
import { type Selection, versionComplaint } from './list.ts';
import { createWatchRenderer, type RenderOptions } from './render.ts';
import type { ServedResource } from './resources.ts';
import { invalid, type Status, StatusError } from './status.ts';

export interface WatchOptions {
  readonly store: Store;
  readonly served: ServedResource;
  readonly selection: Selection;
  readonly query: URLSearchParams;
  readonly render: RenderOptions;
  readonly headers: Readonly<Record<string, string>>;
  /** Answer as if the resource version were too old. */
  readonly expired: boolean;
  /** Milliseconds between bookmarks. */
  readonly bookmarkInterval: number;
}

/** How long a watch lasts for clients that do not say, in seconds. */
const DEFAULT_TIMEOUT = 1800;
/** A watch that times out says where it is this long before, in milliseconds. */
const LAST_BOOKMARK = 2000;

/** Streams the changes of a selection until the client goes or the time is up. Throws before the stream begins. */
export function serveWatch(options: WatchOptions, reply: Reply): void {
  const { store, query, selection, served } = options;
  const version = query.get('resourceVersion') ?? '';
  if (version !== '' && !/^\d+$/.test(version)) throw new StatusError(500, undefined, versionComplaint(version));
  const initialEvents = wantsInitialEvents(query, version);
  const bookmarks = isTrue(query.get('allowWatchBookmarks'));
  const renderer = createWatchRenderer(served, options.render);

  const stream = reply.stream(200, { ...options.headers, 'content-type': 'application/json' });
  const line = (type: string, object: unknown) => stream.write(`${JSON.stringify({ type, object })}\n`);

  const past = initialEvents ? [] : store.since(Number(version));
  if (options.expired || past === 'expired') {
    line('ERROR', tooOld(version, store.oldestVersion));
    stream.end();
    return;
  }

  const isIn = (object: StoredObject) =>
    (selection.namespace === undefined || object.metadata.namespace === selection.namespace) &&
    (selection.matches === undefined || selection.matches(object));
  const deliver = (event: StoreEvent) => {
    if (event.resource !== selection.resource || event.resourceVersion <= Number(version)) return;
    const shown = seenThrough(event, isIn);
    if (shown !== undefined) line(shown.type, renderer.object(shown.object));
  };

  if (initialEvents) {
    for (const object of store.list(selection.resource)) if (isIn(object)) line('ADDED', renderer.object(object));
    if (bookmarks && isTrue(query.get('sendInitialEvents')))
      line('BOOKMARK', renderer.bookmark(String(store.resourceVersion), true));
  } else for (const event of past) deliver(event);

  const unsubscribe = store.subscribe(deliver);
  const bookmark = () => line('BOOKMARK', renderer.bookmark(String(store.resourceVersion), false));
  const timeout = 1000 * (Number(query.get('timeoutSeconds') ?? '') || DEFAULT_TIMEOUT);
  const timers = [setTimeout(() => stream.end(), timeout)];
  const interval = bookmarks ? setInterval(bookmark, options.bookmarkInterval) : undefined;
  // A watch shorter than that ends without a word.
  if (bookmarks && timeout > 2 * LAST_BOOKMARK) timers.push(setTimeout(bookmark, timeout - LAST_BOOKMARK));
  reply.onClose(() => {
    unsubscribe();
    clearInterval(interval);
    for (const timer of timers) clearTimeout(timer);
  });
}

/** Whether to begin with everything that is there. Throws 422 for combinations that are not allowed. */
function wantsInitialEvents(query: URLSearchParams, version: string): boolean {
  const asked = query.get('sendInitialEvents');
  const match = query.get('resourceVersionMatch') ?? '';
  const refuse = (message: string) =>
    invalid('', 'meta.k8s.io', 'ListOptions', [
      { reason: 'FieldValueForbidden', message: `Forbidden: ${message}`, field: 'resourceVersionMatch' },
    ]);
  if (asked === null) {
    if (match !== '') throw refuse('resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided');
    return version === '' || version === '0';
  }
  if (match !== 'NotOlderThan') throw refuse('sendInitialEvents requires setting resourceVersionMatch to NotOlderThan');
  return isTrue(asked);
}

/** How a watch with a selection sees an event: what leaves the selection is deleted, what enters it is new. */
function seenThrough(
  event: StoreEvent,
  isIn: (object: StoredObject) => boolean,
): { readonly type: StoreEvent['type']; readonly object: StoredObject } | undefined {
  const { type, object, previous } = event;
  if (type === 'ADDED') return isIn(object) ? { type, object } : undefined;
  const was = previous !== undefined && isIn(previous);
  if (type === 'DELETED') return was ? { type, object } : undefined;
  if (isIn(object)) return { type: was ? 'MODIFIED' : 'ADDED', object };
  if (!was || previous === undefined) return undefined;
  // As it was when it was last selected, with the version of the event.
  const { resourceVersion } = object.metadata;
  return { type: 'DELETED', object: { ...previous, metadata: { ...previous.metadata, resourceVersion } } };
}

function tooOld(version: string, oldest: number): Status {
  return new StatusError(410, 'Expired', `too old resource version: ${version || '0'} (${oldest})`).status;
}

function isTrue(value: string | null): boolean {
  return value === 'true' || value === '1';
}
