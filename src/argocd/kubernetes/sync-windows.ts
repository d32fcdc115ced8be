import { type Application, refKey } from '../application.ts';
import type { ArgoCdClient } from '../client.ts';
import type { ClientDeps } from '../deps.ts';
import { ArgoCdError } from '../errors.ts';
import type { Http } from '../http/http.ts';
import { allowsSync, parseSyncWindows, type SyncWindow } from '../sync-window.ts';
import { projectPath } from './paths.ts';

/**
 * An AppProject that was read this long ago is read again: its windows may have been edited. One that opens is waited for; one
 * that closes is noticed otherwise too, and a large run must not read its projects again and again.
 */
const FRESH_MS = { open: 120_000, closed: 10_000 } as const;

/**
 * Looks at the sync windows of AppProjects, each read once for all its Applications. Argo CD would not refuse an operation that
 * is written past it, but park it until the window opens; so it is better not written at all. Without the right to read
 * AppProjects the answer is `unknown`.
 */
export const createSyncWindowReader = (http: Http, deps: Pick<ClientDeps, 'now'>): ArgoCdClient['syncWindow'] => {
  const known = new Map<
    string,
    { readonly atMs: number; readonly windows: Promise<readonly SyncWindow[] | undefined> }
  >();
  let refused = false;

  const read = async (application: Application, signal: AbortSignal): Promise<readonly SyncWindow[] | undefined> => {
    const { controllerNamespace, project } = application;
    try {
      const action = `read AppProject ${project || 'default'}`;
      const path = projectPath(controllerNamespace, project || 'default');
      return parseSyncWindows(await http.read({ action, method: 'GET', path }, signal));
    } catch (error) {
      if (!(error instanceof ArgoCdError) || error.code === 'aborted') throw error;
      refused ||= error.code === 'forbidden';
      return undefined;
    }
  };

  return async (application, _purpose, signal) => {
    if (refused) return 'unknown';
    const key = refKey({ namespace: application.controllerNamespace, name: application.project });
    const found = known.get(key);
    if (found !== undefined) {
      const state = stateOf(await found.windows, application);
      if (deps.now() - found.atMs < FRESH_MS[state === 'open' ? 'open' : 'closed']) return state;
    }
    // Somebody else may have begun to read it meanwhile.
    const newer = known.get(key);
    const entry =
      newer !== undefined && newer !== found ? newer : { atMs: deps.now(), windows: read(application, signal) };
    known.set(key, entry);
    return stateOf(await entry.windows, application);
  };
};

const stateOf = (
  windows: readonly SyncWindow[] | undefined,
  application: Application,
): 'open' | 'closed' | 'unknown' => {
  if (windows === undefined) return 'unknown';
  return allowsSync(windows, application, new Date()) ? 'open' : 'closed';
};
