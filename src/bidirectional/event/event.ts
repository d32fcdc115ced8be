import type { CommitId } from '../git/port.ts';

/** What the event that started the workflow means to a sync. */
export type SyncEvent =
  /** Look at this branch. */
  | {
      readonly kind: 'sync';
      readonly name: string;
      /** `''`: the event names none, take the default branch of the repository. */
      readonly branch: string;
      /** The commit that the event speaks of; undefined: none. The branch may be further by now. */
      readonly commit: CommitId | undefined;
      /** Where the branch was before; undefined: unknown, or it is new. */
      readonly before: CommitId | undefined;
      /** For people: what happened, for example `push of 3 commits to main by octocat`. */
      readonly summary: string;
    }
  /** A pull request that is not merged: nothing may be changed, only shown. */
  | {
      readonly kind: 'preview';
      readonly name: string;
      /** The branch that it would change. */
      readonly base: string;
      /** The branch with the changes; of another repository when `fork`. */
      readonly head: string;
      readonly commit: CommitId | undefined;
      readonly number: number;
      readonly fork: boolean;
      readonly summary: string;
    }
  /** There is nothing to do. `reason` is a sentence. */
  | { readonly kind: 'ignored'; readonly name: string; readonly reason: string };

/** What the runner says about the event: `GITHUB_EVENT_NAME`, `GITHUB_REF`, `GITHUB_SHA`, and the JSON at `GITHUB_EVENT_PATH`. */
export interface EventSource {
  readonly name: string;
  readonly ref: string;
  readonly sha: string;
  /** Parsed, but not believed: every field may be missing or of another type. */
  readonly payload: unknown;
}
