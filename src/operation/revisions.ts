import type { Source } from '../argocd/application.ts';

/** Whether two lists of revisions name the same, position by position. Empty lists and empty entries say nothing. */
export const sameRevisions = (a: readonly string[], b: readonly string[]): boolean =>
  a.length > 0 && a.length === b.length && a.every((revision, index) => revision !== '' && revision === b[index]);

/** Revisions as people read them: commits cut to seven digits, versions whole. */
export const shortRevisions = (revisions: readonly string[]): string =>
  revisions.map((revision) => (/^[0-9a-f]{40}$/.test(revision) ? revision.slice(0, 7) : revision || '?')).join(' + ');

/** The target revision of each source, as it is written. */
export const targetsOf = (sources: readonly Source[]): readonly string[] =>
  sources.map(({ targetRevision }) => targetRevision || 'HEAD');

/** Whether a source's revisions are commits. Those of Helm charts and OCI artifacts are versions and digests. */
export const isGit = ({ chart, repoURL }: Source): boolean => chart === '' && !/^oci:\/\//i.test(repoURL);

/**
 * Whether a commit that was expected is among what was synced. Only Git sources have commits (rule 27). With several of them
 * one must be at the commit.
 */
export function hasExpected(sources: readonly Source[], revisions: readonly string[], expected: string): boolean {
  return revisions.some((revision, index) => {
    const source = sources[index];
    return (source === undefined || isGit(source)) && revision.startsWith(expected);
  });
}
