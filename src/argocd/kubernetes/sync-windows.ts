import { type Application, refKey } from '../application.ts';
import type { ArgoCdClient } from '../client.ts';
import type { ClientDeps } from '../deps.ts';
import { ArgoCdError } from '../errors.ts';
import type { Http } from '../http/http.ts';
import { allowsSync, parseSyncWindows, type SyncWindow } from '../sync-window.ts';
import { DEFAULT_NAMESPACE, projectPath } from './paths.ts';

/**
 * An AppProject that was read this long ago is read again: its windows may have been edited. One that opens is waited for; one
 * that closes is noticed otherwise too, and a large run must not read its projects again and again.
 */
const FRESH_MS = { open: 120_000, closed: 10_000 } as const;

/** The windows of an AppProject; or why they are not known: it may not be read, or could not be. */
type Answer = readonly SyncWindow[] | 'forbidden' | 'unreadable';

export interface SyncWindowReader {
  readonly syncWindow: ArgoCdClient['syncWindow'];
  /** Begins to read the AppProject that will be asked for. Returns at once; where it is another one, nothing is lost but the request. */
  readonly ahead: (project: ProjectRef, signal: AbortSignal) => void;
}

/** Namespace `''`: where Argo CD lives when nothing else is said. Name `''`: the project `default`. */
type ProjectRef = Readonly<Record<'namespace' | 'name', string>>;

/**
 * Looks at the sync windows of AppProjects, each read once for all its Applications. Argo CD would not refuse an operation that
 * is written past it, but park it until the window opens; so it is better not written at all. Without the right to read
 * AppProjects the answer is `unknown`.
 */
export const createSyncWindowReader = (http: Http, deps: Pick<ClientDeps, 'now'>): SyncWindowReader => {
  interface Entry {
    readonly atMs: number;
    readonly answer: Promise<Answer>;
  }
  const known = new Map<string, Entry>();
  let refused = false;

  const keyOf = ({ namespace, name }: ProjectRef): string =>
    refKey({ namespace: namespace || DEFAULT_NAMESPACE, name: name || 'default' });

  const read = async ({ namespace, name }: ProjectRef, signal: AbortSignal): Promise<Answer> => {
    try {
      const action = `read AppProject ${name || 'default'}`;
      const path = projectPath(namespace, name || 'default');
      return parseSyncWindows(await http.read({ action, method: 'GET', path }, signal));
    } catch (error) {
      if (!(error instanceof ArgoCdError) || error.code === 'aborted') throw error;
      return error.code === 'forbidden' ? 'forbidden' : 'unreadable';
    }
  };

  const begin = (project: ProjectRef, signal: AbortSignal): Entry => {
    const entry = { atMs: deps.now(), answer: read(project, signal) };
    known.set(keyOf(project), entry);
    return entry;
  };

  const stateOf = async (entry: Entry, application: Application): Promise<'open' | 'closed' | 'unknown'> => {
    const answer = await entry.answer;
    refused ||= answer === 'forbidden';
    if (answer === 'forbidden' || answer === 'unreadable') return 'unknown';
    return allowsSync(answer, application, new Date()) ? 'open' : 'closed';
  };

  return {
    syncWindow: async (application, _purpose, signal) => {
      if (refused) return 'unknown';
      const project = { namespace: application.controllerNamespace, name: application.project };
      const found = known.get(keyOf(project));
      if (found !== undefined) {
        const state = await stateOf(found, application);
        if (deps.now() - found.atMs < FRESH_MS[state === 'open' ? 'open' : 'closed']) return state;
      }
      // Somebody else may have begun to read it meanwhile.
      const newer = known.get(keyOf(project));
      return stateOf(newer !== undefined && newer !== found ? newer : begin(project, signal), application);
    },
    ahead: (project, signal) => {
      // Whoever asks for it gets what is thrown.
      if (!known.has(keyOf(project))) begin(project, signal).answer.catch(() => {});
    },
  };
};
