import type { Clock } from '../lib/clock.ts';
import { list, record, text } from '../lib/json.ts';
import type { GitHubCall, GitHubClient } from './client.ts';
import { GitHubError } from './errors.ts';
import { type GitHubRepository, repositoryAt } from './repository.ts';

/** What GitHub knows of a revision. */
export type RevisionAnswer =
  | { readonly kind: 'exists' }
  /** `names`: branches and tags that may have been meant; not all of them where there are very many. */
  | { readonly kind: 'missing'; readonly names: readonly string[] }
  /** It cannot be known. `why` says what people should know about it, `''`: nothing, or it has been said before. */
  | { readonly kind: 'unknown'; readonly why: string };

export interface RevisionReader {
  /**
   * Whether a repository has a branch, a tag or a commit, as Argo CD would find it. Each is asked for once. Never rejects but with
   * the signal's reason.
   */
  find(repository: string, revision: string, signal: AbortSignal): Promise<RevisionAnswer>;
}

/** Branches and tags that are read for suggestions, in pages of 100 each. */
const PAGES = 5;

/** How long one revision may take to be looked up: a sync must not wait for GitHub. */
export const LOOKUP_MS = 15_000;

const COMMIT = /^[0-9a-f]{40}$/i;
/** As in Argo CD: what looks like it and is no branch or tag is taken for one. */
const SHORT_COMMIT = /^[0-9a-f]{7,39}$/i;
/** GitHub also knows the commits of forks, so that a short commit that is unambiguous for Argo CD may be ambiguous there. */
const UNAMBIGUOUS_LENGTH = 12;

const UNKNOWN: RevisionAnswer = { kind: 'unknown', why: '' };
const EXISTS: RevisionAnswer = { kind: 'exists' };

/**
 * Looks revisions up over the API of the GitHub at `serverUrl`. Sources elsewhere are not asked for. After one failure that
 * concerns GitHub as a whole nothing more is asked.
 */
export function createRevisionReader(client: GitHubClient, serverUrl: string, clock: Clock): RevisionReader {
  const answers = new Map<string, Promise<RevisionAnswer>>();
  const allNames = new Map<string, Promise<readonly string[]>>();
  const hidden = new Set<string>();
  let outOfOrder = false;

  const failed = (error: unknown, { owner, name }: GitHubRepository): RevisionAnswer => {
    if (!(error instanceof GitHubError)) throw error;
    const known = `${owner}/${name}`.toLowerCase();
    const before = outOfOrder || hidden.has(known);
    if (error.code === 'not-found' || error.code === 'forbidden') hidden.add(known);
    else if (error.code !== 'invalid') outOfOrder = true;
    return before ? UNKNOWN : { kind: 'unknown', why: error.message.replace(/stopped$/, 'GitHub took too long') };
  };

  const ask = async (repository: GitHubRepository, revision: string, ended: AbortSignal): Promise<RevisionAnswer> => {
    const stop = new AbortController();
    const signal = AbortSignal.any([ended, stop.signal]);
    const cancelTimer = clock.schedule(LOOKUP_MS, () => stop.abort(new Error('no time left')));
    const at = { client, repository, signal };
    try {
      const sha = revision.toLowerCase();
      if (COMMIT.test(revision)) {
        return (await isCommit(at, sha)) || (await isTagObject(at, sha)) ? EXISTS : { kind: 'missing', names: [] };
      }
      const refs = revision.startsWith('refs/') ? [revision] : [`refs/heads/${revision}`, `refs/tags/${revision}`];
      const found = (await Promise.all(refs.map((ref) => refsBeginning(at, ref)))).flat();
      if (found.some((ref) => refs.includes(ref))) return EXISTS;
      if (SHORT_COMMIT.test(revision)) {
        if (await isCommit(at, sha)) return EXISTS;
        return revision.length < UNAMBIGUOUS_LENGTH ? UNKNOWN : { kind: 'missing', names: [] };
      }
      const key = `${repository.owner}/${repository.name}`;
      const reading = allNames.get(key) ?? namesOf(at);
      allNames.set(key, reading);
      return { kind: 'missing', names: [...new Set([...found.map(nameOf), ...(await reading)])] };
    } catch (error) {
      if (ended.aborted) throw error;
      return failed(error, repository);
    } finally {
      cancelTimer();
    }
  };

  return {
    async find(address, revision, signal) {
      const repository = repositoryAt(address, serverUrl);
      if (repository === undefined) return UNKNOWN;
      const known = `${repository.owner}/${repository.name}`.toLowerCase();
      const key = `${known} ${revision}`;
      const asked = answers.get(key);
      if (asked !== undefined) return silent(await asked);
      if (outOfOrder || hidden.has(known)) return UNKNOWN;
      const asking = ask(repository, revision, signal);
      answers.set(key, asking);
      return asking;
    },
  };
}

/** Said to who asked first. */
const silent = (answer: RevisionAnswer): RevisionAnswer => (answer.kind === 'unknown' ? UNKNOWN : answer);

interface At {
  readonly client: GitHubClient;
  readonly repository: GitHubRepository;
  readonly signal: AbortSignal;
}

const call = (
  { repository: { owner, name } }: At,
  route: string,
  parameters: Readonly<Record<string, string>> = {},
  accept?: string,
): GitHubCall => ({
  cannot: `cannot look up revisions of ${owner}/${name}`,
  permission: 'contents: read',
  route: `GET /repos/{owner}/{repo}${route}`,
  parameters: { owner, repo: name, ...parameters },
  ...(accept === undefined ? {} : { accept }),
});

/** 422 is GitHub's answer for what is no commit; 404 would be the repository. */
async function isCommit(at: At, ref: string): Promise<boolean> {
  return known(at.client.send(call(at, '/commits/{ref}', { ref }, 'application/vnd.github.sha'), at.signal), 422);
}

/** `git rev-parse` of an annotated tag gives the tag itself, which git checks out as well as a commit. */
async function isTagObject(at: At, sha: string): Promise<boolean> {
  return known(at.client.send(call(at, '/git/tags/{tag_sha}', { tag_sha: sha }), at.signal), 404);
}

async function known(answer: Promise<unknown>, otherwise: number): Promise<boolean> {
  try {
    await answer;
    return true;
  } catch (error) {
    if (error instanceof GitHubError && error.status === otherwise) return false;
    throw error;
  }
}

/** All refs that begin with the text, and so the one that is meant. */
async function refsBeginning(at: At, ref: string): Promise<readonly string[]> {
  const parameters = { ref: ref.replace(/^refs\//, '') };
  const found = await at.client.send(call(at, '/git/matching-refs/{ref}', parameters), at.signal);
  return list(found).map((one) => text(record(one).ref));
}

const nameOf = (ref: string): string => ref.replace(/^refs\/(?:heads|tags)\//, '');

/** Only for suggestions: a failure means that there are none. */
async function namesOf(at: At): Promise<readonly string[]> {
  const read = async (kind: 'branches' | 'tags'): Promise<readonly string[]> => {
    const names: string[] = [];
    try {
      for await (const page of at.client.pages(call(at, `/${kind}`), at.signal, PAGES)) {
        names.push(...page.map((one) => text(record(one).name)));
      }
    } catch (error) {
      if (error instanceof GitHubError && error.code === 'aborted') throw error;
    }
    return names;
  };
  return (await Promise.all([read('branches'), read('tags')])).flat();
}
