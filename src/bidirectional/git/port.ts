/**
 * The port: everything the second action asks of Git. One adapter, over the `git` program of the runner (`open.ts`).
 *
 * For all methods: failures are {@link import('./errors.ts').GitError}; an aborted signal ends them at once with code `aborted`,
 * and the program with them. Reads over the network retry transient failures by themselves; a push never does.
 * Nothing here touches the work tree, the index, HEAD, or a branch of the checkout: what is fetched lives under `refs/gitopssync/`.
 */

/** The full name of a commit, 40 or 64 hexadecimal digits. */
export type CommitId = string;
/** The full name of the content of a file. Equal content, equal name. */
export type BlobId = string;

export interface GitRepository {
  /** For people: which repository, for example `https://github.com/acme/shop (checkout in /home/runner/work/shop/shop)`. No secrets. */
  readonly description: string;

  /** The address of the remote, without credentials. */
  readonly url: string;

  /** The branch that the remote calls its default; undefined: it has none, or does not say. */
  defaultBranch(signal: AbortSignal): Promise<string | undefined>;

  /** Fetches the branch and answers its newest commit; undefined: the remote has no such branch. Code `invalid` when the name can be no branch. */
  fetchBranch(branch: string, signal: AbortSignal): Promise<CommitId | undefined>;

  /**
   * Makes the content of a commit readable, fetching it when it is missing. False: the remote does not have it (any more),
   * for example after the history was rewritten. Never false because the remote could not be asked.
   */
  ensureCommit(commit: CommitId, signal: AbortSignal): Promise<boolean>;

  /** Whether `ancestor` is in the history of `head` (or the same). A shallow history is deepened until that is known. */
  isAncestor(ancestor: CommitId, head: CommitId, signal: AbortSignal): Promise<boolean>;

  /** Everything below a folder of a commit, `''`: of the whole repository. Sorted by path as Git does (bytes). */
  listFiles(commit: CommitId, folder: string, signal: AbortSignal): Promise<FolderListing>;

  /** The contents of these blobs, in one go. Decide by {@link TreeFile.size} what is too large to read. */
  readBlobs(blobs: readonly BlobId[], signal: AbortSignal): Promise<ReadonlyMap<BlobId, Buffer>>;

  /**
   * Makes a commit on top of `base`, in the object store only. Answers undefined when nothing would differ from `base`.
   * Code `invalid` when a path cannot be written: it leaves the repository, is inside `.git`, leads through a symbolic link,
   * a submodule or a file, or a rename starts from nothing.
   */
  commit(
    base: CommitId,
    change: FileChange,
    message: CommitMessage,
    signal: AbortSignal,
  ): Promise<CommitId | undefined>;

  /** Puts a commit on a branch of the remote. Never throws for what the remote says: that is the result. */
  push(request: PushRequest, signal: AbortSignal): Promise<PushResult>;

  /**
   * What arrived on the branch after `from`, up to `to`, below a folder: newest first, along first parents, so a merge counts as
   * one change at the time of the merge. Renames are followed within each commit.
   */
  history(from: CommitId, to: CommitId, folder: string, signal: AbortSignal): Promise<History>;

  /** Files below a folder (either side of a rename) that differ between two commits, with renames found by similarity. */
  differences(from: CommitId, to: CommitId, folder: string, signal: AbortSignal): Promise<readonly FileDifference[]>;

  /** Removes what was made for the run: a temporary clone, references of ours. Never throws. */
  close(): Promise<void>;
}

export type FolderListing =
  | { readonly kind: 'folder'; readonly files: readonly TreeFile[] }
  /** The commit has nothing at this path. Git keeps no empty folders. */
  | { readonly kind: 'missing' }
  /** The path, or a part of it, is something else: never followed. */
  | { readonly kind: 'not-a-folder'; readonly path: string; readonly what: 'file' | 'symlink' | 'submodule' };

export interface TreeFile {
  /** From the root of the repository, with `/`. */
  readonly path: string;
  /**
   * `symlink`: its blob is where it points to; never follow it. `submodule`: there is no blob here, only a commit of another repository.
   * `unnameable`: the name is not UTF-8 (shown with replacement characters); it cannot be written again under this path.
   */
  readonly kind: 'file' | 'symlink' | 'submodule' | 'unnameable';
  readonly executable: boolean;
  readonly blob: BlobId;
  /** Bytes; 0 for a submodule. */
  readonly size: number;
}

/** Applied in this order: renames (all at once), deletions, writes. Paths from the root of the repository. Deleting what is not there is no error. */
export interface FileChange {
  readonly writes: readonly FileWrite[];
  readonly deletions: readonly string[];
  readonly renames: readonly { readonly from: string; readonly to: string }[];
}

export interface FileWrite {
  readonly path: string;
  /** Written byte for byte: no line-end conversion, no filters. A file that exists keeps its mode. */
  readonly content: string | Uint8Array;
}

export interface Identity {
  readonly name: string;
  readonly email: string;
}

export interface CommitMessage {
  /** First line. */
  readonly subject: string;
  /** Paragraphs below it; `''`: none. */
  readonly body: string;
  /** Last paragraph, `Name: value`, for example `GitOpsSync-Run`. */
  readonly trailers: readonly { readonly name: string; readonly value: string }[];
  readonly author: Identity;
  readonly committer: Identity;
  /** For author and committer. */
  readonly date: Date;
}

export interface PushRequest {
  readonly branch: string;
  readonly commit: CommitId;
  /** The newest commit of the branch last seen, undefined: there was no such branch. Anything else there now is `moved`. */
  readonly expected: CommitId | undefined;
  /**
   * `fast-forward`: `commit` must descend from `expected`, and Git is not asked to force anything. `replace`: only for the branch
   * of the pull request, which is ours: whatever `expected` is, and only that, is replaced (`--force-with-lease`).
   */
  readonly mode: 'fast-forward' | 'replace';
}

export type PushResult =
  /** The branch has it. `answered` false: the answer to the push was lost, the branch itself says so. */
  | { readonly kind: 'pushed'; readonly answered: boolean }
  /** Somebody else was faster: fetch and plan again. `head` undefined: the branch is gone. */
  | { readonly kind: 'moved'; readonly head: CommitId | undefined }
  /** The remote will not take it, whenever it is asked. */
  | { readonly kind: 'refused'; readonly cause: RefusalCause; readonly message: string; readonly hint: string }
  /** It was not carried out, or (`ambiguous`) nobody knows: the next run must look. */
  | { readonly kind: 'failed'; readonly ambiguous: boolean; readonly message: string; readonly hint: string };

export type RefusalCause =
  /** A branch protection rule or ruleset. */
  | 'protected-branch'
  /** The token may not write here, or not to this path (workflow files). */
  | 'permission'
  /** A hook on the server said no. */
  | 'hook'
  /** The repository is archived, over its quota, or says something we do not know. */
  | 'other';

export type History =
  | { readonly kind: 'known'; readonly commits: readonly HistoryCommit[] }
  /** `from` is not in the history of `to`: it was rewritten, or `from` is another branch. */
  | { readonly kind: 'unrelated' };

export interface HistoryCommit {
  readonly commit: CommitId;
  readonly author: Identity;
  readonly committer: Identity;
  /** When it was written. */
  readonly authoredAt: Date;
  /** When it became this commit: after a rebase or merge, the later one. Both are claims of whoever made the commit. */
  readonly committedAt: Date;
  readonly subject: string;
  /** Values by lower-case name, for example `gitopssync-run`. */
  readonly trailers: ReadonlyMap<string, readonly string[]>;
  readonly changes: readonly FileDifference[];
}

export type FileDifference =
  | { readonly kind: 'added' | 'modified' | 'deleted'; readonly path: string }
  /** `similarity` in percent, 100: moved without a change. */
  | { readonly kind: 'renamed'; readonly path: string; readonly from: string; readonly similarity: number };
