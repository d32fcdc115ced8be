import type { Content } from '../diff/canonical.ts';
import type { EntityRef } from '../entity.ts';
import type { ParseOptions } from '../folder/parse.ts';
import { readEntityAt } from '../folder/read.ts';
import type { CommitId, GitRepository, History, HistoryCommit } from '../git/port.ts';

/** Every commit of ours says which run made it. */
export const RUN_TRAILER = 'GitOpsSync-Run';

/** The past of the branch up to the commit that is looked at. */
export interface Past {
  /** What arrived after a commit; each is asked for once. */
  history(from: CommitId): Promise<History>;
  /** Whether the commit can be read. */
  has(commit: CommitId): Promise<boolean>;
  /** What an entity was in a file of a commit; undefined: it was not there. */
  read(commit: CommitId, path: string, ref: EntityRef): Promise<Content | undefined>;
}

export const createPast = (git: GitRepository, head: CommitId, options: ParseOptions, signal: AbortSignal): Past => {
  const histories = new Map<CommitId, Promise<History>>();
  return {
    history(from) {
      const asked = histories.get(from) ?? git.history(from, head, '', signal);
      histories.set(from, asked);
      return asked;
    },
    has: (commit) => git.ensureCommit(commit, signal),
    read: async (commit, path, ref) => (await readEntityAt(git, commit, path, ref, options, signal))?.content,
  };
};

/** What Git said of an entity after a commit that touched its file. */
export interface Version {
  readonly at: Date;
  /** Undefined: Git had it no longer, or not yet. */
  readonly content: Content | undefined;
  /** The commit is one of ours: it brought to Git what the platform said. */
  readonly own: boolean;
}

/** Older changes are not looked for. */
const MAX_COMMITS = 500;

export const isOwn = ({ trailers }: HistoryCommit): boolean => trailers.has(RUN_TRAILER.toLowerCase());

/**
 * What Git said of an entity from a commit on, that one included, oldest first; it is followed to other files. Undefined: the commit
 * is not in the history.
 */
export const readVersions = async (
  past: Past,
  ref: EntityRef,
  from: { readonly commit: CommitId; readonly path: string },
): Promise<readonly Version[] | undefined> => {
  const history = await past.history(from.commit);
  if (history.kind === 'unrelated') return undefined;
  let at = from.path;
  const versions: Version[] = [
    { at: new Date(0), content: at === '' ? undefined : await past.read(from.commit, at, ref), own: false },
  ];
  for (const one of [...history.commits].reverse().slice(0, MAX_COMMITS)) {
    const { commit, committedAt, changes } = one;
    const touched = changes.find((change) => change.path === at || (change.kind === 'renamed' && change.from === at));
    if (touched === undefined && versions.at(-1)?.content !== undefined) continue;
    if (touched?.kind === 'renamed') at = touched.path;
    let content = touched === undefined ? undefined : await past.read(commit, at, ref);
    // It may be in another file by now.
    for (const change of content === undefined ? changes : []) {
      if (change.kind === 'deleted' || change.path === at || !/\.ya?ml$/i.test(change.path)) continue;
      content = await past.read(commit, change.path, ref);
      if (content === undefined) continue;
      at = change.path;
      break;
    }
    versions.push({ at: committedAt, content, own: isOwn(one) });
  }
  return versions;
};
