import type { Application, Source } from '../argocd/application.ts';
import type { ArgoCdClient, Refs, SyncRequest } from '../argocd/client.ts';
import type { Verdict } from '../argocd/verdict.ts';
import type { RevisionReader } from '../github/revisions.ts';
import { nearest } from '../lib/nearest.ts';
import { counted, enumerate } from '../lib/text.ts';
import type { Wish } from './plan.ts';
import { isGit } from './revisions.ts';

/** A revision that does not exist: one wording, whoever finds out, and whenever. */

const HINT = 'Check `revision`, `sources` and the target revision of the Application.';

/** Who can tell whether a revision exists. */
export interface RevisionSources {
  readonly client: ArgoCdClient;
  /** Asked where Argo CD cannot tell; undefined: there is nobody to ask. */
  readonly revisions: RevisionReader | undefined;
}

/**
 * Refuses what is known not to exist before anything is asked for: branches and tags that the repository does not have by Argo CD's
 * own list of them, and by `revisions` commits too. Ranges of versions and other refs cannot be checked that way and are let through, as
 * is everything that nobody can tell. Undefined: nothing is known against it. `tell` is for people: why something could not be looked up.
 */
export async function refuseMissingRevision(
  { client, revisions }: RevisionSources,
  application: Application,
  { request, wish }: { readonly request: SyncRequest; readonly wish: Pick<Wish, 'revision' | 'sources'> },
  signal: AbortSignal,
  tell: (note: string) => void,
): Promise<Verdict | undefined> {
  const { multiSource, project, sources } = application;
  // Sources that are held back stay at commits they run already.
  const wished = new Set([wish.revision, ...wish.sources.map((source) => source.revision)]);
  for (const [index, source] of sources.entries()) {
    const revision = (multiSource ? request.revisions[index] : request.revision) ?? '';
    if (!isGit(source) || isElsewhere(source, revision) || !wished.has(revision)) continue;
    if (!isCommit(revision)) {
      const refs = await client.refs(source.repoURL, project, signal);
      if (refs !== undefined) {
        if (has(refs, revision)) continue;
        return missing(revision, source.repoURL, [...refs.branches, ...refs.tags], sizeOf(refs));
      }
    }
    const answer = await revisions?.find(source.repoURL, revision, signal);
    if (answer?.kind === 'missing') return missing(revision, source.repoURL, answer.names, '');
    if (answer?.kind === 'unknown' && answer.why !== '') tell(`${answer.why}; going on without`);
  }
  return undefined;
}

/** What Argo CD resolves otherwise than as a branch, tag or commit: HEAD, ranges of versions, refs of other kinds. */
const OTHERWISE = [
  /^$/,
  /^HEAD$/,
  /[*^~<>=|,\s]/,
  /(?:^|\.)x(?:\.|$)/i,
  /^refs\/(?!heads\/|tags\/)/,
  /^(?:pull|pull-requests|merge-requests|changes)\//,
];

/** With a prefix a version means another tag than it says. */
const isElsewhere = ({ tagPrefix }: Source, revision: string): boolean =>
  OTHERWISE.some((form) => form.test(revision)) || (tagPrefix !== undefined && !isCommit(revision));

/** Argo CD takes 7 digits or more for a commit when there is no branch or tag of that name. */
const isCommit = (revision: string): boolean => /^[0-9a-f]{7,40}$/i.test(revision);

const has = ({ branches, tags }: Refs, revision: string): boolean => {
  const [, kind = '', name = ''] = /^refs\/(heads|tags)\/(.+)$/.exec(revision) ?? [];
  if (kind !== '') return (kind === 'heads' ? branches : tags).includes(name);
  return branches.includes(revision) || tags.includes(revision);
};

const sizeOf = ({ branches, tags }: Refs): string =>
  `The repository has ${branches.length === 1 ? '1 branch' : `${branches.length} branches`} and ${counted(tags.length, 'tag')}. `;

const NAMED = 3;

/** `size` says how large the repository is, for where no name is near. */
function missing(revision: string, repository: string, names: readonly string[], size: string): Verdict {
  const near = nearest(revision.replace(/^refs\/(?:heads|tags)\//, ''), new Set(names), NAMED);
  const suggestion = near.length === 0 ? '' : `; did you mean ${enumerate(near, 'or')}?`;
  return {
    name: 'sync-failed',
    message: `${words(revision, repository)}${suggestion}`,
    hint: near.length === 0 ? `${size}${HINT}` : HINT,
  };
}

/**
 * What Argo CD says when it cannot find a revision: a name, a full commit, a short one. "Failed to checkout revision" alone does not say
 * so: any failure of `git fetch` stands behind it, a network that is down or a password that is wrong too.
 */
const ARGOCD_WORDS = [
  /unable to resolve '([^']*)' to a commit SHA/,
  /not our ref ([0-9a-f]{40})\b/,
  /couldn't find remote ref ([0-9a-f]{7,40})\b/i,
];

/** The verdict for a message of Argo CD that means a missing revision; undefined: it means something else. */
export function explainMissingRevision(message: string, sources: readonly Source[]): Verdict | undefined {
  const found = ARGOCD_WORDS.map((form) => form.exec(message)?.[1]).find((revision) => revision !== undefined);
  if (found === undefined) return undefined;
  return { name: 'sync-failed', message: words(found || 'HEAD', repositoryOf(message, sources)), hint: HINT };
}

/** Argo CD names the source by its position, or not at all. `''`: not known. */
function repositoryOf(message: string, sources: readonly Source[]): string {
  const position = /\bsource (\d+) of \d+/.exec(message)?.[1];
  if (position !== undefined) return sources[Number(position) - 1]?.repoURL ?? '';
  const git = new Set(sources.filter(isGit).map(({ repoURL }) => repoURL));
  const [only, ...more] = git;
  return more.length === 0 ? (only ?? '') : '';
}

/** Addresses may hold a user and a password. */
const words = (revision: string, repository: string): string => {
  const shown = repository.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^@/]*@/i, '$1');
  return `revision ${revision} does not exist in ${shown === '' ? 'its repository' : shown}`;
};
