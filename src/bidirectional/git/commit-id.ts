import { GitError } from './errors.ts';
import type { CommitId } from './port.ts';

const ID = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/** Throws `invalid` unless this is the full name of a commit: what is kept with an entity can be edited by anybody, and Git reads expressions. */
export const checkId = (commit: CommitId): void => {
  if (!ID.test(commit)) throw new GitError('invalid', `"${commit.slice(0, 80)}" is not the full name of a commit`);
};
