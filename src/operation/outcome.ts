import type { Application, ResourceResult } from '../argocd/application.ts';
import type { Verdict } from '../argocd/verdict.ts';

/** What became of one Application. */
export interface Outcome {
  readonly verdict: Verdict;
  /** The newest state that was seen. */
  readonly application: Application | undefined;
  /** The operation that was started or joined, `''`: none, or one without an id. */
  readonly operationId: string;
  /** The operation is this run's own. */
  readonly own: boolean;
  readonly revisions: readonly string[];
  readonly resources: readonly ResourceResult[];
  readonly notes: readonly string[];
  /** Monotonic milliseconds; undefined: nothing was started. */
  readonly startedMs: number | undefined;
}
