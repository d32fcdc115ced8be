/**
 * An Argo CD Application as this project needs it: narrow, readonly, and the same over both transports.
 * `parse-application.ts` makes it from what a server sent.
 */

/** Names one Application. Two Applications of one name in two namespaces are two Applications (rule 1). */
export interface ApplicationRef {
  readonly namespace: string;
  readonly name: string;
}

/** The text form of a reference, unique and fit as a key of a map: `namespace/name`. */
export const refKey = (ref: ApplicationRef): string => `${ref.namespace}/${ref.name}`;

/** A reference for people: `namespace/name`, or the name alone where the namespace is the server's own. */
export const refText = (ref: ApplicationRef): string => (ref.namespace === '' ? ref.name : refKey(ref));

export type SyncStatus = 'Synced' | 'OutOfSync' | 'Unknown';

/** Best to worst, as Argo CD orders them. */
export const HEALTH_STATUSES = ['Healthy', 'Suspended', 'Progressing', 'Missing', 'Degraded', 'Unknown'] as const;
export type HealthStatus = (typeof HEALTH_STATUSES)[number];

export type OperationPhase = 'Running' | 'Terminating' | 'Succeeded' | 'Failed' | 'Error';

export const isTerminal = (phase: OperationPhase): phase is 'Succeeded' | 'Failed' | 'Error' =>
  phase === 'Succeeded' || phase === 'Failed' || phase === 'Error';

export interface Source {
  readonly repoURL: string;
  readonly targetRevision: string;
  /** `''` unless the source is a folder of a repository. */
  readonly path: string;
  /** `''` unless the source is a Helm chart; its revisions are versions, not commits. */
  readonly chart: string;
  /** The source's name in a multi-source Application, `''` without one. */
  readonly name: string;
  /** What stands before the version in the tags that its revision means. */
  readonly tagPrefix?: string;
}

export interface Destination {
  readonly server: string;
  readonly name: string;
  readonly namespace: string;
}

export interface RetryStrategy {
  /** 0: never; below 0: without end. */
  readonly limit?: number;
  readonly backoff?: {
    readonly duration?: string;
    readonly factor?: number;
    readonly maxDuration?: string;
  };
  readonly refresh?: boolean;
}

export interface SyncPolicy {
  /** Auto-sync is on: `automated` is present and `enabled` is not false. */
  readonly automated: boolean;
  readonly selfHeal: boolean;
  readonly syncOptions: readonly string[];
  readonly retry: RetryStrategy | undefined;
}

export interface Info {
  readonly name: string;
  readonly value: string;
}

/** What an operation asks for, as far as we compare it. */
export interface Operation {
  readonly info: readonly Info[];
  readonly initiatedBy: string;
  readonly automated: boolean;
  /** Undefined: not a sync, or nothing said. */
  readonly sync:
    | {
        readonly revision: string;
        readonly revisions: readonly string[];
        readonly prune: boolean;
        readonly dryRun: boolean;
        readonly partial: boolean;
      }
    | undefined;
}

/** What became of one resource in a sync. */
export interface ResourceResult {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** `Synced`, `SyncFailed`, `Pruned`, `PruneSkipped`; `''` for hooks. */
  readonly status: string;
  readonly message: string;
  /** `PreSync`, `Sync`, `PostSync`, `SyncFail`; `''` when it is no hook. */
  readonly hookType: string;
  readonly hookPhase: string;
}

export interface SyncResult {
  /** One for each source. */
  readonly revisions: readonly string[];
  readonly resources: readonly ResourceResult[];
}

export interface OperationState {
  readonly operation: Operation;
  readonly phase: OperationPhase;
  readonly message: string;
  /** Stamps of the controller's clock in whole seconds; never compared with ours (rule 41). `''`: absent. */
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly retryCount: number;
  readonly syncResult: SyncResult | undefined;
}

export interface Condition {
  readonly type: string;
  readonly message: string;
  readonly lastTransitionTime: string;
}

/** The state of one managed resource, from `status.resources`. */
export interface ManagedResource {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly status: SyncStatus;
  /** Undefined where Argo CD does not store it (`resourceHealthSource: appTree`). */
  readonly health: HealthStatus | undefined;
  readonly healthMessage: string;
  readonly hook: boolean;
  readonly requiresPruning: boolean;
}

export interface HistoryEntry {
  readonly id: number;
  /** One for each of its sources. */
  readonly revisions: readonly string[];
  /** As they were then; empty where they were not read. */
  readonly sources: readonly Source[];
  readonly deployStartedAt: string;
  readonly initiatedBy: string;
}

export interface Application {
  readonly ref: ApplicationRef;
  readonly uid: string;
  readonly project: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** For guarded writes over the Kubernetes API; `''` where the transport has none. */
  readonly resourceVersion: string;
  /** Opaque; comparable with what `versions` of the port says: another value means another state. */
  readonly version: string;
  readonly deleting: boolean;
  /** Argo CD's own namespace, where its AppProjects live; `''` until it has looked at the Application. */
  readonly controllerNamespace: string;
  readonly destination: Destination;
  readonly sources: readonly Source[];
  readonly multiSource: boolean;
  readonly syncPolicy: SyncPolicy;
  /** The operation that is asked for, until the controller has ended it. */
  readonly operation: Operation | undefined;
  readonly operationState: OperationState | undefined;
  readonly sync: {
    readonly status: SyncStatus;
    /** What the last comparison resolved from the sources; not what runs. */
    readonly revisions: readonly string[];
  };
  readonly health: { readonly status: HealthStatus; readonly message: string };
  /** Start of the last full comparison; `''`: none yet. */
  readonly reconciledAt: string;
  readonly resources: readonly ManagedResource[];
  readonly conditions: readonly Condition[];
  /** Oldest first. */
  readonly history: readonly HistoryEntry[];
}

/** The name under which our id travels in `operation.info` (rule 14). */
export const ID_INFO = 'gitopssync/id';

/** Our id in an operation, or undefined when it is none of ours. */
export const operationId = (operation: Operation | undefined): string | undefined =>
  operation?.info.find((item) => item.name === ID_INFO)?.value;

export const REFRESH_ANNOTATION = 'argocd.argoproj.io/refresh';
export const SKIP_RECONCILE_ANNOTATION = 'argocd.argoproj.io/skip-reconcile';
