import { type JsonRecord, list, number, record, text } from '../lib/json.ts';
import type { GitHubCall, GitHubClient } from './client.ts';
import { GitHubError, isAmbiguous } from './errors.ts';
import type { GitHubRepository } from './repository.ts';

const PERMISSION = 'pull-requests: write';
/** Of 100 comments each. */
const PAGES = 30;
/** To make a comment. */
const ATTEMPTS = 3;

/** The pull request a commit belongs to: an open one first, else the newest that was merged. Undefined: none. Throws {@link GitHubError}. */
export async function pullOf(
  client: GitHubClient,
  { owner, name }: GitHubRepository,
  commit: string,
  signal: AbortSignal,
): Promise<number | undefined> {
  const found = await client.send(
    {
      cannot: 'cannot look up the pull request of the commit',
      permission: 'contents: read` and `pull-requests: write',
      route: 'GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls',
      parameters: { owner, repo: name, commit_sha: commit },
    },
    signal,
  );
  const pulls = list(found).map(record);
  const open = pulls.filter(({ state }) => state === 'open');
  const merged = pulls.filter(({ merged_at }) => text(merged_at) !== '');
  const heads = open.filter(({ head }) => record(head).sha === commit);
  return newest(heads) ?? newest(open) ?? newest(merged);
}

const newest = (pulls: readonly JsonRecord[]): number | undefined => {
  const numbers = pulls.map((pull) => number(pull.number) ?? 0);
  return numbers.length === 0 ? undefined : Math.max(...numbers);
};

/** One comment on one pull request, known by a mark in its text. */
export interface StickyComment {
  readonly repository: GitHubRepository;
  readonly pull: number;
  /** What the text of the comment begins with. */
  readonly mark: string;
}

/** The id of the comment, undefined: there is none yet. Throws {@link GitHubError}. */
export async function findComment(
  client: GitHubClient,
  sticky: StickyComment,
  signal: AbortSignal,
): Promise<number | undefined> {
  const call = about(sticky, 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments', {
    issue_number: sticky.pull,
  });
  for await (const page of client.pages(call, signal, PAGES)) {
    const found = page.map(record).find((comment) => text(comment.body).startsWith(sticky.mark) && isTrusted(comment));
    if (found !== undefined) return number(found.id);
  }
  return undefined;
}

/**
 * A stranger could write a comment with our mark, have it filled by us and then change what it says: only those of apps and of people
 * who may write here are taken for ours.
 */
const isTrusted = ({ user, author_association: association }: JsonRecord): boolean =>
  record(user).type === 'Bot' || ['OWNER', 'MEMBER', 'COLLABORATOR'].includes(text(association));

/** Sets the text of the comment; makes it where there is none, or no longer. Throws {@link GitHubError}. */
export async function writeComment(
  client: GitHubClient,
  sticky: StickyComment,
  id: number | undefined,
  body: string,
  signal: AbortSignal,
): Promise<void> {
  if (id !== undefined) {
    try {
      const route = 'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}';
      await client.send(about(sticky, route, { comment_id: id, body }), signal);
      return;
    } catch (error) {
      if (!(error instanceof GitHubError) || error.code !== 'not-found') throw error;
    }
  }
  const route = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments';
  for (let attempt = 1; ; attempt++) {
    try {
      await client.send({ ...about(sticky, route, { issue_number: sticky.pull, body }), once: true }, signal);
      return;
    } catch (error) {
      if (!(error instanceof GitHubError) || !isAmbiguous(error) || attempt === ATTEMPTS) throw error;
      // It may be there although no answer came, and there must not be two.
      if ((await findComment(client, sticky, signal)) !== undefined) return;
    }
  }
}

const about = (
  { repository: { owner, name }, pull }: StickyComment,
  route: string,
  parameters: GitHubCall['parameters'],
): GitHubCall => ({
  cannot: `cannot comment on pull request #${pull}`,
  permission: PERMISSION,
  route,
  parameters: { owner, repo: name, ...parameters },
});
