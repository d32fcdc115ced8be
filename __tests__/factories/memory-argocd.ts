import { type Application, type ApplicationRef, refKey } from '../../src/argocd/application.ts';
import type { ArgoCdClient, SyncRequest, WatchEvent } from '../../src/argocd/client.ts';
import { ArgoCdError } from '../../src/argocd/errors.ts';
import { UNEXPLAINED } from '../../src/argocd/explanation.ts';
import { application } from './application.ts';

type Changes = { readonly [Field in keyof Application]?: Application[Field] };

/** An Argo CD of a few lines, without a controller: states change when a test says so. */
export interface MemoryArgoCd {
  readonly client: ArgoCdClient;
  /** Every call as `method namespace/name`. */
  readonly calls: readonly string[];
  /** How often a method was called. */
  count(method: keyof ArgoCdClient): number;
  state(ref?: ApplicationRef): Application;
  /** Writes a new state; watches hear of it unless it is `silent`. */
  write(changes: Changes, options?: { readonly ref?: ApplicationRef; readonly silent?: boolean }): Application;
  /** Deletes it. */
  remove(options?: { readonly ref?: ApplicationRef; readonly silent?: boolean }): void;
  /** Tells watches whatever a test wants, old news among it. */
  tell(event: WatchEvent): void;
  /** Replaces methods of the client. */
  readonly on: { -readonly [Method in keyof ArgoCdClient]?: ArgoCdClient[Method] };
}

const SHOP: ApplicationRef = { namespace: 'argocd', name: 'shop' };

export function memoryArgoCd(...first: readonly Changes[]): MemoryArgoCd {
  let version = 100;
  const applications = new Map<string, Application>();
  const streams = new Set<(event: WatchEvent) => void>();
  const calls: string[] = [];
  const on: MemoryArgoCd['on'] = {};

  const find = (ref: ApplicationRef): Application => {
    const found = applications.get(refKey(ref));
    if (found === undefined) throw new ArgoCdError('not-found', `Application ${refKey(ref)} does not exist`);
    return found;
  };
  const tell = (event: WatchEvent): void => {
    for (const stream of streams) stream(event);
  };
  const write: MemoryArgoCd['write'] = (changes, { ref = SHOP, silent = false } = {}) => {
    version += 1;
    const before = applications.get(refKey(ref)) ?? application({ ref });
    const written: Application = { ...before, ...changes, resourceVersion: String(version), version: String(version) };
    applications.set(refKey(ref), written);
    if (!silent) tell({ kind: 'application', application: written });
    return written;
  };
  for (const changes of first.length === 0 ? [{}] : first) write(changes, { ref: changes.ref ?? SHOP });

  const called = <T>(method: keyof ArgoCdClient, subject: string, signal: AbortSignal, run: () => T): T => {
    calls.push(`${method} ${subject}`);
    if (signal.aborted) throw new ArgoCdError('aborted', 'stopped');
    return run();
  };
  const requested = (request: SyncRequest): Changes => ({
    operation: {
      info: request.info,
      initiatedBy: request.initiatedBy,
      automated: false,
      sync: {
        revision: request.revision,
        revisions: request.revisions,
        prune: request.prune,
        dryRun: request.dryRun,
        partial: false,
      },
    },
    operationState: undefined,
  });

  const own: ArgoCdClient = {
    transport: 'kubernetes',
    description: 'memory',
    uiUrl: async () => '',
    list: async () => ({
      candidates: [...applications.values()].map(({ ref, project }) => ({ ref, project, application: undefined })),
      position: new Map(),
    }),
    applicationSet: async () => ({ members: [], exists: false, trouble: '' }),
    get: async (ref) => find(ref),
    prepare: async ({ ref }) => find(ref),
    prepareAll: () => {},
    syncWindow: async () => 'unknown',
    refs: async () => undefined,
    startSync: async (seen, request) => {
      const present = find(seen.ref);
      if (present.resourceVersion !== seen.resourceVersion) throw new ArgoCdError('conflict', 'it changed');
      return write(requested(request), { ref: seen.ref });
    },
    terminate: async (seen) => {
      const present = find(seen.ref);
      if (present.operation === undefined) return 'idle';
      if (present.operationState === undefined) {
        write({ operation: undefined }, { ref: seen.ref });
        return 'removed';
      }
      write({ operationState: { ...present.operationState, phase: 'Terminating' } }, { ref: seen.ref });
      return 'terminating';
    },
    refresh: async () => ({ kind: 'pending' }),
    explain: async () => UNEXPLAINED,
    versions: async () => new Map([...applications].map(([key, { version: now }]) => [key, now])),
    watch: (_scope, _position, onEvent, signal) => events(streams, onEvent, signal),
    close: async () => {},
  };
  const pick = <Method extends keyof ArgoCdClient>(method: Method): ArgoCdClient[Method] => on[method] ?? own[method];
  const client: ArgoCdClient = {
    ...own,
    uiUrl: async (signal) => called('uiUrl', '', signal, () => pick('uiUrl')(signal)),
    list: async (scope, detail, signal) => called('list', '', signal, () => pick('list')(scope, detail, signal)),
    get: async (ref, signal) => called('get', refKey(ref), signal, () => pick('get')(ref, signal)),
    prepare: async (candidate, signal) =>
      called('prepare', refKey(candidate.ref), signal, () => pick('prepare')(candidate, signal)),
    startSync: async (seen, request, signal) =>
      called('startSync', refKey(seen.ref), signal, () => pick('startSync')(seen, request, signal)),
    terminate: async (seen, signal) =>
      called('terminate', refKey(seen.ref), signal, () => pick('terminate')(seen, signal)),
    refresh: async (ref, signal) => called('refresh', refKey(ref), signal, () => pick('refresh')(ref, signal)),
    explain: async (seen, signal) => called('explain', refKey(seen.ref), signal, () => pick('explain')(seen, signal)),
    versions: async (scope, signal) => called('versions', '', signal, () => pick('versions')(scope, signal)),
    watch: (scope, position, onEvent, signal) => pick('watch')(scope, position, onEvent, signal),
  };
  return {
    client,
    calls,
    count: (method) => calls.filter((call) => call.startsWith(`${method} `)).length,
    state: (ref = SHOP) => find(ref),
    write,
    remove({ ref = SHOP, silent = false } = {}) {
      applications.delete(refKey(ref));
      if (!silent) tell({ kind: 'deleted', ref });
    },
    tell,
    on,
  };
}

async function events(
  streams: Set<(event: WatchEvent) => void>,
  onEvent: (event: WatchEvent) => void,
  signal: AbortSignal,
): Promise<void> {
  // Never in the moment in which somebody else is still at work with the Application.
  const listen = (event: WatchEvent): void => queueMicrotask(() => onEvent(event));
  streams.add(listen);
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
  streams.delete(listen);
}
