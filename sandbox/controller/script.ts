/**
 * What one Application does when it is synced, compared, refreshed or left alone. Scripts are plain JSON data.
 * All times are milliseconds; the controller's timing stretches or squeezes them.
 */

import type { Commit } from './repository.ts';

export type Health = 'Healthy' | 'Suspended' | 'Progressing' | 'Missing' | 'Degraded' | 'Unknown';

export interface Script {
  /** What the Application consists of. Default: a Deployment and a Service of the Application's name. */
  readonly resources?: readonly ScriptResource[];
  /** The state before anything happens. Default: never synced and not yet compared. */
  readonly start?: Start;
  /** The first sync, the second, …; the last one repeats. Default: a sync that succeeds. */
  readonly syncs?: readonly SyncScript[];
  /** How long a comparison takes, over the timing's. */
  readonly compareMs?: number;
  /** Nobody works this Application: a namespace that is not enabled, a shard without controller. */
  readonly ignored?: boolean;
  /** The destination namespace exists (default true); else it is created by `CreateNamespace=true`, or the sync fails. */
  readonly namespaceExists?: boolean;
  /** What others do. */
  readonly actions?: readonly TimedAction[];
}

/** One object the Application manages. */
export interface ScriptResource {
  readonly group?: string;
  /** Default `v1`. */
  readonly version?: string;
  readonly kind: string;
  readonly name: string;
  /** Default: the destination namespace; `''` for a cluster-wide kind. */
  readonly namespace?: string;
  /** Which source it comes from, counted from 0. */
  readonly source?: number;
  /** Its file in the repository; a commit that touches it changes the resource. Default: `<path>/<kind>-<name>.yaml`. */
  readonly file?: string;
  /** Sync wave; default 0. */
  readonly wave?: number;
  /** The commit from which on it is there; default: always. */
  readonly from?: string;
  /** The commit from which on it is gone: pruned, or left over. */
  readonly until?: string;
  /** The resource's own `Prune=false` or `Prune=confirm`. */
  readonly prune?: 'false' | 'confirm';
  readonly image?: string;
}

/** How things stand when the sandbox starts. */
export interface Start {
  /** What runs: nothing (default), the commit the target points at, the one before it, or these revisions by source. */
  readonly runs?: 'nothing' | 'target' | 'previous' | readonly string[];
  /**
   * `never` (default): no status at all. `current`: Argo CD compared with the newest commit.
   * `before`: it last compared when what runs was the newest, so it says Synced although there is a newer commit.
   */
  readonly compared?: 'never' | 'current' | 'before';
  /** Default Healthy, when something runs. */
  readonly health?: Health;
  readonly healthMessage?: string;
  /** How many history entries; default 1 when something runs. */
  readonly history?: number;
  /** How long ago that comparison was; default a minute. */
  readonly comparedMsAgo?: number;
  /** The hooks of the first sync are still there from an earlier one. */
  readonly hooks?: boolean;
  /** Leaves the state of an earlier operation in the status (default true when something runs). */
  readonly operationState?: boolean;
}

/** The health of what runs, from the moment it was applied. */
export interface HealthStep {
  readonly afterMs: number;
  readonly health: Health;
  readonly message?: string;
  /** What it really is, where the resource says something better of itself than it is. */
  readonly truly?: Health;
}

/** How one sync goes. Everything left out goes well. */
export interface SyncScript {
  /** The operation is never picked up. */
  readonly never?: boolean;
  /** Time until it is picked up, over the timing's. */
  readonly pickupMs?: number;
  /** Time of a pass (compare and apply), over the timing's. */
  readonly passMs?: number;
  /** The pass ends in phase Error with this message. */
  readonly error?: string;
  /** How many tries `error` holds; default: all. */
  readonly errorAttempts?: number;
  /** Resources the cluster refuses. */
  readonly refusals?: readonly Refusal[];
  /** Another sync creates the namespace in the same moment: fails with "namespaces … already exists". */
  readonly namespaceRace?: boolean;
  readonly hooks?: readonly Hook[];
  /** Health after the apply; default Progressing, Healthy after 300 ms. Only when a workload changed, or with `always`. */
  readonly health?: readonly HealthStep[];
  /** Plays `health` even when nothing changed. */
  readonly always?: boolean;
  readonly stale?: StaleWindow;
  /** No comparison follows the operation. */
  readonly noComparison?: boolean;
}

export interface Refusal {
  readonly kind: string;
  readonly name: string;
  /** The API server's words. */
  readonly message: string;
  /** How many tries it is refused; default: all. */
  readonly attempts?: number;
}

export interface Hook {
  readonly type: 'PreSync' | 'Sync' | 'PostSync';
  /** Default `Job` of group `batch`. */
  readonly kind?: string;
  readonly group?: string;
  readonly name: string;
  /** How long it runs; `forever`: it never ends. */
  readonly takesMs: number | 'forever';
  /** Default Succeeded. */
  readonly ends?: 'Succeeded' | 'Failed';
  readonly message?: string;
}

/**
 * What the status says between the end of an operation and the truth. The comparison that follows every operation moves
 * `reconciledAt` and finds the revision; the controller's cache of live objects catches up on its own.
 *
 * - `compare-first` (default): Synced or OutOfSync with the OLD health and `reconciledAt` at or after `finishedAt`, then the truth
 * - `cache-first`: the truth about health with `reconciledAt` still before `finishedAt`, then `reconciledAt` moves
 * - `together`: one event with both
 * - `before-end`: the cache catches up while the operation still runs: no stale event at all
 */
export interface StaleWindow {
  readonly order?: 'compare-first' | 'cache-first' | 'together' | 'before-end';
  /** From the end of the operation (or, with `cache-first`, from the cache) until the comparison is written. */
  readonly compareMs?: number;
  /** From the end of the operation (or, with `compare-first`, from the comparison) until the cache has caught up. */
  readonly cacheMs?: number;
  /** The Application was compared in the very second before: the first terminal event has `reconciledAt` = `finishedAt`. */
  readonly sameSecond?: boolean;
}

/** What somebody else does to the Application, and when. */
export interface TimedAction {
  /**
   * From when `afterMs` counts: the start of the sandbox, an operation being set (by anybody but an action), its Running state,
   * its end, or the status showing Synced and Healthy after an operation.
   */
  readonly on: 'start' | 'asked' | 'running' | 'terminal' | 'healthy';
  /** Which occurrence, counted from 1 (default); 0: every one. */
  readonly nth?: number;
  readonly afterMs?: number;
  readonly act: Action;
}

export type Action =
  /** Sets an operation; the state of the last one is wiped unless `keepState`. */
  | { readonly do: 'operation'; readonly operation: Readonly<Record<string, unknown>>; readonly keepState?: boolean }
  /** Sets the phase Terminating, if one runs. */
  | { readonly do: 'terminate' }
  | { readonly do: 'remove-operation' }
  | { readonly do: 'delete' }
  /** Merges into the Application: a changed spec, a label, an annotation. */
  | { readonly do: 'patch'; readonly patch: Readonly<Record<string, unknown>> }
  /** Merges into an AppProject, for instance to open a sync window: `{spec: {syncWindows: null}}`. */
  | { readonly do: 'patch-project'; readonly project: string; readonly patch: Readonly<Record<string, unknown>> }
  | { readonly do: 'refresh'; readonly kind?: 'normal' | 'hard' }
  /** Approves pruning or deletion that waits for a confirmation. */
  | { readonly do: 'approve' }
  /** A new commit; Argo CD learns of it at its next comparison, or at once with `announced`. */
  | {
      readonly do: 'commit';
      readonly repository: string;
      readonly branch: string;
      readonly commit: Commit;
      readonly announced?: boolean;
    }
  /** Somebody changes a live object by hand, or deletes it; health goes as said. */
  | {
      readonly do: 'live';
      readonly kind: string;
      readonly name: string;
      readonly gone?: boolean;
      readonly health?: readonly HealthStep[];
    }
  /** The health of what runs changes by itself. */
  | { readonly do: 'health'; readonly health: readonly HealthStep[] };
