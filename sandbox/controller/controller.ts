import type { StoredObject } from '../types.ts';
import type { Clock } from './clock.ts';
import type { Commit, Refs, Repository, Resolution } from './repository.ts';
import type { Action, Health, Script } from './script.ts';
import type { TimingChoice } from './timing.ts';

/** A cluster Argo CD deploys to. */
export interface Cluster {
  readonly name: string;
  readonly server: string;
}

export interface ControllerOptions {
  readonly repositories?: readonly Repository[];
  /** Scripts by `namespace/name`; an Application without one does what the default script says. */
  readonly scripts?: ReadonlyMap<string, Script>;
  /** Default: `in-cluster` at https://kubernetes.default.svc. */
  readonly clusters?: readonly Cluster[];
  /** Default `instant`. */
  readonly timing?: TimingChoice;
  readonly clock?: Clock;
  /** Added to every stamp the controller writes, in milliseconds: a clock that is wrong. */
  readonly clockOffsetMs?: number;
  /** How many operations are worked on at once; default 10. */
  readonly operationWorkers?: number;
  /** Argo CD's own namespace, where AppProjects live; default `argocd`. */
  readonly namespace?: string;
  /** Compares every Application that often; default: never. */
  readonly reconcileEveryMs?: number;
  /** Told after every change of what is live and of its health, whether or not a status shows it yet. */
  readonly onWorld?: (namespace: string, name: string) => void;
}

/** What really is, whatever the status says. */
export interface Truth {
  /** What runs, one for each source; `''`: nothing yet. */
  readonly revisions: readonly string[];
  /** What the target revisions are now, one for each source; empty: they do not exist. */
  readonly target: readonly string[];
  readonly health: Health;
  /** What runs equals what the target revisions say now. */
  readonly synced: boolean;
  /** What is live is exactly what `revisions` say: nobody changed, removed or left anything. */
  readonly intact: boolean;
  /** Since when health and live objects are as they are: milliseconds of the controller's clock. */
  readonly since: number;
}

export interface ResourceHealth {
  readonly status: Health;
  readonly message?: string;
}

export interface SyncWindow {
  readonly kind: string;
  readonly schedule: string;
  readonly duration: string;
  readonly manualSync: boolean;
}

export interface SyncWindowState {
  readonly active: readonly SyncWindow[];
  readonly assigned: readonly SyncWindow[];
  /** Whether a person may sync now. */
  readonly canSync: boolean;
}

/** A node of the resource tree, as the REST API shows it. */
export interface TreeNode {
  readonly group?: string;
  readonly version: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  readonly uid: string;
  readonly parentRefs?: readonly {
    readonly group?: string;
    readonly version?: string;
    readonly kind: string;
    readonly namespace?: string;
    readonly name: string;
    readonly uid: string;
  }[];
  readonly images?: readonly string[];
  readonly health?: ResourceHealth;
  readonly resourceVersion: string;
  readonly createdAt: string;
}

/** A result of comparing now, without writing anything. */
export type Comparison =
  | {
      readonly ok: true;
      readonly status: 'Synced' | 'OutOfSync';
      /** One for each source. */
      readonly revisions: readonly string[];
      readonly health: Health;
    }
  | { readonly ok: false; readonly condition: 'ComparisonError' | 'InvalidSpecError'; readonly message: string };

/** The running controller. */
export interface Controller {
  stop(): void;
  readonly clock: Clock;
  readonly clusters: readonly Cluster[];
  readonly repositories: readonly Repository[];
  /** What comparing the Application would say now. */
  compare(application: StoredObject): Comparison;
  /** Branch, tag, commit or chart version to something concrete, or the words why not. */
  resolveRevision(repoURL: string, revision: string, chart?: string): Resolution;
  refs(repoURL: string): Refs | undefined;
  commit(repoURL: string, sha: string): Commit | undefined;
  /** A new commit on a branch. Nobody is told; see `announce`. */
  push(repoURL: string, branch: string, commit: Commit): void;
  /** What a webhook does: compares every Application that uses the repository. */
  announce(repoURL: string): void;
  syncWindows(application: StoredObject): SyncWindowState;
  resourceTree(namespace: string, name: string): readonly TreeNode[];
  /** The health of one managed resource, as the REST API joins it into `status.resources`; undefined for kinds without. */
  resourceHealth(
    namespace: string,
    name: string,
    resource: { readonly group?: string; readonly kind: string; readonly namespace?: string; readonly name: string },
  ): ResourceHealth | undefined;
  /** Undefined when there is no such Application. */
  truth(namespace: string, name: string): Truth | undefined;
  /** Gives an Application another script; its syncs count from one again. */
  setScript(namespace: string, name: string, script: Script): void;
  /** Does now what a script's action would do. */
  act(namespace: string, name: string, action: Action): void;
  /** A dead controller: nothing is taken up any more, what runs stands still. */
  pause(): void;
  resume(): void;
}
