import type {
  ApplicationRef,
  HealthStatus,
  OperationPhase,
  ResourceResult,
  SyncStatus,
} from '../argocd/application.ts';
import type { UnhealthyResource, WarningEvent } from '../argocd/explanation.ts';
import type { VerdictName } from '../argocd/verdict.ts';

/** The one object that a run makes. Outputs, log, summary, annotations and the report file are renderings of it. */
export interface Report {
  readonly schemaVersion: 1;
  readonly command: 'sync' | 'wait' | 'terminate' | 'plan';
  readonly result: Result;
  /** One line: what happened, with counts. */
  readonly headline: string;
  /** Times of the runner's clock, ISO 8601 with milliseconds. */
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly durationMs: number;
  /** What was connected to, `''` when it did not come to that. */
  readonly connection: string;
  /** Why nothing or not everything could be done, when that concerns no single Application: bad inputs, no connection, empty selection. */
  readonly problems: readonly Problem[];
  /** What people should know, and what fails nothing: fields of a Harness step that are not honoured, a selection for several jobs. */
  readonly warnings: readonly string[];
  readonly selection: Selection;
  /** In the order of the selection. */
  readonly applications: readonly ApplicationReport[];
}

export type Result = 'succeeded' | 'failed' | 'timed-out' | 'cancelled';

/** A failure of the step as a whole. */
export interface Problem {
  readonly title: string;
  readonly message: string;
  /** What to do next, `''` when there is nothing to add. */
  readonly hint: string;
  /** Messages of the underlying errors, outermost first. */
  readonly causes: readonly string[];
}

export interface Selection {
  /** What was looked at, for people: `14 Applications in namespace argocd`. */
  readonly looked: string;
  readonly excluded: readonly Exclusion[];
  /** Values of `shard` by which jobs can share the selection; the own one where `shard` is given. */
  readonly shards: readonly string[];
}

export interface Exclusion {
  readonly ref: ApplicationRef;
  readonly reason: string;
}

export interface ApplicationReport {
  readonly name: string;
  readonly namespace: string;
  readonly project: string;
  /** Destination cluster, by name or server URL. */
  readonly cluster: string;
  readonly verdict: VerdictName;
  /** One line: the cause. */
  readonly message: string;
  /** What to do next, `''` when there is nothing to add. */
  readonly hint: string;
  /** Null where it never became known. */
  readonly syncStatus: SyncStatus | null;
  readonly healthStatus: HealthStatus | null;
  readonly phase: OperationPhase | null;
  /** What was synced, one for each source; without a finished operation what was last compared. */
  readonly revisions: readonly string[];
  /** The id of the operation this step started or joined, `''`: none. */
  readonly operationId: string;
  /** Runner's clock, ISO 8601; null when nothing was started for it. */
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  readonly durationMs: number;
  /** When its operation was accepted, and first seen to have ended; runner's clock, null where that was not seen. */
  readonly syncStartedAt: string | null;
  readonly syncFinishedAt: string | null;
  /** The Application in Argo CD's UI, `''` when its address is unknown. */
  readonly url: string;
  /** What the operation did to each resource. */
  readonly resources: readonly ResourceResult[];
  /** Resources that are not well, worst first; looked up for the first Applications that did not pass, where they may be read. */
  readonly unhealthy: readonly UnhealthyResource[];
  /** The last warnings of the cluster about these, newest first. */
  readonly events: readonly WarningEvent[];
  readonly conditions: readonly { readonly type: string; readonly message: string }[];
  /** Things said on the way: retries, refreshes, joined operations. */
  readonly notes: readonly string[];
}
