/** Closed set of reasons why Git did not do what was asked. */
export type GitErrorCode =
  /** The program is not there, or older than what is needed. */
  | 'no-git'
  /** What was asked makes no sense to Git: a name that can be no branch, a path that leaves the repository. */
  | 'invalid'
  /** The remote wants other credentials, or any. */
  | 'unauthenticated'
  /** The credentials are known, and may not do this. */
  | 'forbidden'
  /** No such repository, or it is hidden from these credentials. */
  | 'not-found'
  /** The remote could not be reached, or the connection broke. */
  | 'network'
  /** The certificate of the remote is not trusted. */
  | 'tls'
  /** No end within the time limit. */
  | 'timeout'
  /** The call was stopped by us. */
  | 'aborted'
  /** Anything else: a damaged repository, a full disk. */
  | 'failed';

/** Git did not do what was asked. Translated once, where the program is run; `message` is one line, fit for a log, without secrets. */
export class GitError extends Error {
  override readonly name = 'GitError';
  readonly code: GitErrorCode;
  /** What to do next, as a sentence; `''` when there is nothing to add. */
  readonly hint: string;

  constructor(code: GitErrorCode, message: string, options: { readonly hint?: string; readonly cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = options.hint ?? '';
  }
}
