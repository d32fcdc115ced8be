import { record } from '../../lib/json.ts';
import type { Application } from '../application.ts';
import { ArgoCdError } from '../errors.ts';
import type { Http } from '../http/http.ts';
import { applicationPath } from './paths.ts';

/** What the server says of the sync windows of an Application: whether it would let a manual sync through now (rule 10). */
export async function readSyncWindow(
  http: Http,
  { ref, project }: Application,
  signal: AbortSignal,
): Promise<'open' | 'closed' | 'unknown'> {
  try {
    const path = applicationPath(ref, project, '/syncwindows');
    const { canSync } = record(await http.read({ action: 'read the sync windows', method: 'GET', path }, signal));
    return typeof canSync === 'boolean' ? (canSync ? 'open' : 'closed') : 'unknown';
  } catch (error) {
    if (error instanceof ArgoCdError && error.code !== 'aborted') return 'unknown';
    throw error;
  }
}
