import type { Application, Source } from '../argocd/application.ts';
import type { ArgoCdClient, Refs, SyncRequest } from '../argocd/client.ts';
import type { Verdict } from '../argocd/verdict.ts';
import { nearest } from '../lib/nearest.ts';
import { counted, enumerate } from '../lib/text.ts';
import { isGit } from './revisions.ts';

/** A revision that does not exist: one wording, whoever finds out, and whenever. */

const HINT = 'Check `revision`, `sources` and the target revision of the Application.';

/**
 * Refuses what is known not to exist before anything is asked for: branches and tags that the repository does not have.
 * Commits, ranges of versions and other refs cannot be checked that way and are let through, as is everything where the
 * repository's refs cannot be read. Undefined: nothing is known against it.
 */
export async function refuseMissingRevision(
  client: ArgoCdClient,
  application: Application,
  request: SyncRequest,
  signal: AbortSignal,
): Promise<Verdict | undefined> {
  const { multiSource, project, sources } = application;
  for (const [index, source] of sources.entries()) {
    const revision = (multiSource ? request.revisions[index] : request.revision) ?? '';
    if (!isGit(source) || !isName(revision)) continue;
    const refs = await client.refs(source.repoURL, project, signal);
    if (refs === undefined || refs.branches.includes(revision) || refs.tags.includes(revision)) continue;
    return missing(revision, source.repoURL, refs);
  }
  return undefined;
}

/** What Argo CD resolves otherwise than as a branch or tag: HEAD, commits, ranges of versions, refs of other kinds. */
const OTHERWISE = [
  /^$/,
  /^HEAD$/,
  /^[0-9a-f]{7,40}$/i,
  /[*^~<>=|,\s]/,
  /(?:^|\.)x(?:\.|$)/i,
  /^(?:refs|pull|pull-requests|merge-requests|changes)\//,
];

const isName = (revision: string): boolean => !OTHERWISE.some((form) => form.test(revision));

const NAMED = 3;

function missing(revision: string, repository: string, refs: Refs): Verdict {
  const near = nearest(revision, new Set([...refs.branches, ...refs.tags]), NAMED);
  const suggestion = near.length === 0 ? '' : `; did you mean ${enumerate(near, 'or')}?`;
  const branches = refs.branches.length === 1 ? '1 branch' : `${refs.branches.length} branches`;
  return {
    name: 'sync-failed',
    message: `${words(revision, repository)}${suggestion}`,
    hint: near.length === 0 ? `The repository has ${branches} and ${counted(refs.tags.length, 'tag')}. ${HINT}` : HINT,
  };
}

/** What Argo CD says when it cannot find a revision: a name or short commit, a full commit. */
const ARGOCD_WORDS = [
  /unable to resolve '([^']*)' to a commit SHA/,
  /Failed to checkout revision ([0-9a-f]{40})\b/,
  /not our ref ([0-9a-f]{40})\b/,
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
