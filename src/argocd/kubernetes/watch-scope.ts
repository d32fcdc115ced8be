import type { Application, ApplicationRef } from '../application.ts';
import type { Namespaces, Position, WatchEvent, WatchScope } from '../client.ts';
import type { ClientDeps } from '../deps.ts';
import { ArgoCdError } from '../errors.ts';
import type { Http } from '../http/http.ts';
import { together } from '../together.ts';
import { currentPosition } from './list.ts';
import { ACCEPT, collections } from './paths.ts';
import { type WatchReads, watchCollection } from './watch.ts';

export interface ScopeToWatch {
  readonly scope: WatchScope;
  /** Where to look when the scope does not say. */
  readonly fallback: Namespaces | undefined;
  readonly position: Position;
  readonly read: (ref: ApplicationRef, signal: AbortSignal) => Promise<Application>;
}

/** One watch for each name, or for each namespace of a scope, told as one. */
export const watchScope = (
  http: Http,
  { scope, fallback, position, read }: ScopeToWatch,
  deps: ClientDeps,
  onEvent: (event: WatchEvent) => void,
  signal: AbortSignal,
): Promise<void> => {
  const known = (namespace: string): string => position.get(namespace) ?? position.get('*') ?? '';
  const open = (namespace: string, selector: string, name: string): ((both: AbortSignal) => Promise<void>) => {
    const reads: WatchReads = {
      position: (until) => currentPosition(http, { namespace, selector }, ACCEPT.metadataList, until),
      look: (ref, until) => look(read, ref, until),
    };
    const target = { namespace, selector, name, resourceVersion: known(namespace) };
    // Without a version a watch tells all objects first: right for one, too much for a scope.
    const run = target.resourceVersion === '' && name === '' ? fromNow : watchCollection;
    return (both) => run(http, target, reads, deps, onEvent, both);
  };
  const runs =
    scope.kind === 'refs'
      ? scope.refs.map(({ namespace, name }) => open(namespace, '', name))
      : collections(scope, fallback).map((namespace) => open(namespace, scope.selector, ''));
  return together(runs, signal);
};

/** Starts at a fresh version; what was before, `versions` tells in a lighter way. */
const fromNow: typeof watchCollection = async (http, target, reads, deps, onEvent, signal) => {
  let resourceVersion: string;
  try {
    resourceVersion = await reads.position(signal);
  } catch (error) {
    if (signal.aborted) return;
    throw error;
  }
  onEvent({ kind: 'gap', error: undefined });
  await watchCollection(http, { ...target, resourceVersion }, reads, deps, onEvent, signal);
};

const look = async (read: ScopeToWatch['read'], ref: ApplicationRef, signal: AbortSignal): Promise<WatchEvent> => {
  try {
    return { kind: 'application', application: await read(ref, signal) };
  } catch (error) {
    if (!(error instanceof ArgoCdError)) throw error;
    return error.code === 'not-found' ? { kind: 'deleted', ref } : { kind: 'gap', error };
  }
};
