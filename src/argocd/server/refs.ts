import { list, record, text } from '../../lib/json.ts';
import type { ArgoCdClient, Refs } from '../client.ts';
import { ArgoCdError } from '../errors.ts';
import type { Http } from '../http/http.ts';
import { refsPath } from './paths.ts';

/**
 * Reads branches and tags of repositories, each once. Whatever refuses it (no right to get repositories, a repository Argo CD
 * has no entry for, one that cannot be reached) means only that they are not known.
 */
export const createRefsReader = (http: Http): ArgoCdClient['refs'] => {
  const known = new Map<string, Promise<Refs | undefined>>();
  const read = async (repository: string, project: string, signal: AbortSignal): Promise<Refs | undefined> => {
    try {
      const call = { action: 'read branches and tags', method: 'GET', path: refsPath(repository, project) } as const;
      const answer = record(await http.send(call, signal));
      const refs = { branches: names(answer.branches), tags: names(answer.tags) };
      return refs.branches.length + refs.tags.length === 0 ? undefined : refs;
    } catch (error) {
      if (error instanceof ArgoCdError && error.code !== 'aborted') return undefined;
      throw error;
    }
  };
  return (repository, project, signal) => {
    const key = `${project} ${repository}`;
    const found = known.get(key) ?? read(repository, project, signal);
    known.set(key, found);
    return found;
  };
};

const names = (value: unknown): readonly string[] =>
  list(value)
    .map(text)
    .filter((name) => name !== '');
