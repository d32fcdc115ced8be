import type { Application, ApplicationRef, Info, RetryStrategy } from './application.ts';
import type { ArgoCdError } from './errors.ts';
import type { Explanation } from './explanation.ts';

/**
 * The port: everything this project asks of an Argo CD, whichever way it is reached.
 * Two adapters: `kubernetes/` (the custom resources) and `server/` (the REST API). Code above the port cannot tell which.
 *
 * For all methods: failures are {@link ArgoCdError}; an aborted signal ends them at once with code `aborted`.
 * Reads retry transient failures by themselves (rule 42); writes never do.
 */
export interface ArgoCdClient {
  readonly transport: 'kubernetes' | 'argocd';
  /** For people: what is connected to, for example `Kubernetes API https://10.0.0.1:6443 (context prod)`. No secrets. */
  readonly description: string;
  /** What people should know about this server before anything is asked of it; `''` or undefined: nothing. */
  readonly warning?: string;
  /** Where people see Argo CD, `''` when unknown. The server's own `url` setting, or the address of the Argo CD API. */
  uiUrl(signal: AbortSignal): Promise<string>;

  /** Every visible Application in scope, in the lightest form that has what `detail` asks for. Sorted by namespace and name. */
  list(scope: ListScope, detail: Detail, signal: AbortSignal): Promise<Listing>;

  /**
   * What the ApplicationSets of this name have generated, by owner reference, in `namespaces` (undefined: the transport's
   * default). A set generates into its own namespace, so there may be one in each. Codes `forbidden`, and those of {@link list}.
   */
  applicationSet(name: string, namespaces: Namespaces | undefined, signal: AbortSignal): Promise<Generated>;

  /** One Application, whole and fresh. Codes `not-found`, `forbidden`. */
  get(ref: ApplicationRef, signal: AbortSignal): Promise<Application>;

  /**
   * The state to check before a sync, as fresh as this transport needs it: over the Kubernetes API a read or what a
   * list said a moment ago, over the Argo CD API what the list said (its server checks again by itself).
   */
  prepare(candidate: Candidate, signal: AbortSignal): Promise<Application>;

  /**
   * Whether the sync windows of its AppProject let a sync through now (rule 10). `unknown`: they may not be read. `before-sync`
   * is also `unknown` where the server decides by itself when a sync is asked for, with code `blocked`: asking would be in vain.
   */
  syncWindow(
    application: Application,
    purpose: 'plan' | 'before-sync',
    signal: AbortSignal,
  ): Promise<'open' | 'closed' | 'unknown'>;

  /**
   * The branches and tags of a Git repository; undefined: they cannot be read this way, or by this account. Never fails but
   * with code `aborted`. `project` is the AppProject of the Application that asks.
   */
  refs(repository: string, project: string, signal: AbortSignal): Promise<Refs | undefined>;

  /**
   * These candidates, most of what is in this scope, will be prepared: where {@link prepare} would read each of them, one list may do it for
   * all; what else they all need may be asked for beside it. Returns at once; a list that fails has spared nothing.
   */
  prepareAll(scope: ListScope, candidates: readonly Candidate[], signal: AbortSignal): void;

  /**
   * Asks for one sync operation, guarded: it never overwrites another operation.
   * `seen` is what {@link prepare} or {@link get} gave. Answers the state the operation starts from (baseline).
   * Codes: `conflict` (the Application changed since `seen`: look again), `busy`, `blocked`, `deleting`, `invalid`, `forbidden`, `not-found`;
   * with `ambiguous` when the request may have been carried out.
   */
  startSync(seen: Application, request: SyncRequest, signal: AbortSignal): Promise<Application>;

  /**
   * Ends the operation that `seen` shows: removes it while it is not picked up, otherwise sets it Terminating (rules 45 to 47).
   * `removed`: it will never run. `terminating`: it ends later. `idle`: there was nothing to end. Code `conflict`: look again.
   */
  terminate(seen: Application, signal: AbortSignal): Promise<'removed' | 'terminating' | 'idle'>;

  /**
   * Asks for a new comparison (rule 31). `pending`: asked, consumed when the annotation is gone. `consumed`: a comparison that
   * started after the request has ended (the Argo CD API answers only then); `application` is its result.
   */
  refresh(
    ref: ApplicationRef,
    signal: AbortSignal,
  ): Promise<{ readonly kind: 'pending' } | { readonly kind: 'consumed'; readonly application: Application }>;

  /**
   * What is wrong with the resources of an Application in trouble, as far as this account may see it. A few requests; for
   * people, so no verdict may depend on it. Never fails but with code `aborted`.
   */
  explain(application: Application, signal: AbortSignal): Promise<Explanation>;

  /**
   * The current version of every visible Application in scope: one light request (per namespace). Beside the watch, and instead of it.
   * By name, what cannot be read is left out while others can. `wanted`: what is not among these keys may be left out; of thousands that
   * are listed, most are not waited for.
   */
  versions(scope: WatchScope, signal: AbortSignal, wanted?: ReadonlySet<string>): Promise<ReadonlyMap<string, string>>;

  /**
   * Tells changes as they happen, from `position` on, reconnecting by itself; resolves when the signal aborts. A hint: `gap` says that events
   * may have been missed, so look at {@link versions}. Throws only when a watch is not possible at all (`forbidden`, `unauthenticated`, …).
   */
  watch(
    scope: WatchScope,
    position: Position,
    onEvent: (event: WatchEvent) => void,
    signal: AbortSignal,
  ): Promise<void>;

  /** Frees connections. */
  close(): Promise<void>;
}

/** Namespaces to look at: a list, `*` for all, or undefined for the transport's default. */
export type Namespaces = readonly string[] | '*';

export interface ListScope {
  readonly namespaces: Namespaces | undefined;
  /** Kubernetes label selector, `''`: none. */
  readonly selector: string;
  /** Only these AppProjects; a hint for the server, checked again by the caller. */
  readonly projects: readonly string[];
}

/** What to follow: a few Applications by name (each its own narrow watch), or a scope. */
export type WatchScope =
  | { readonly kind: 'refs'; readonly refs: readonly ApplicationRef[] }
  | ({ readonly kind: 'scope' } & ListScope);

/** How much of each Application a list must tell. `names`: name and namespace (and whatever is free). `spec`: also project, labels, destination and sources. */
export type Detail = 'names' | 'spec';

/** An Application as a list told it. Fields that the form did not carry are undefined. */
export interface Candidate {
  readonly ref: ApplicationRef;
  readonly project: string | undefined;
  /** The whole of what the list told, when it told at least the spec. Without status details over the Argo CD API. */
  readonly application: Application | undefined;
}

/** Opaque: where a watch must start to miss nothing after a list or get. */
export type Position = ReadonlyMap<string, string>;

export interface Listing {
  readonly candidates: readonly Candidate[];
  readonly position: Position;
}

/** The Applications that belong to the ApplicationSets of one name. */
export interface Generated {
  /** By namespace and name. */
  readonly members: readonly ApplicationRef[];
  /** Whether there is such an ApplicationSet; undefined: it may not be read. Always true when there are members. */
  readonly exists: boolean | undefined;
  /** What the ApplicationSet says went wrong while it generated, in one line; `''`: nothing, or not known. */
  readonly trouble: string;
}

export type WatchEvent =
  | { readonly kind: 'application'; readonly application: Application }
  | { readonly kind: 'deleted'; readonly ref: ApplicationRef }
  /**
   * Events may have been missed. `error` says why when it was no plain end. `begins`: only those of the moment in which the watch was
   * opened.
   */
  | { readonly kind: 'gap'; readonly error: ArgoCdError | undefined; readonly begins?: true };

export interface Refs {
  readonly branches: readonly string[];
  readonly tags: readonly string[];
}

/** One sync, complete: nothing is inherited that is not said here, except where `overrides` says so. */
export interface SyncRequest {
  /** Unique for each Application and trigger; also the value of {@link ID_INFO} in `info`. */
  readonly id: string;
  readonly info: readonly Info[];
  readonly initiatedBy: string;
  /** Single-source: branch, tag or commit; `''`: the target revision. */
  readonly revision: string;
  /** Multi-source: one for each source, `''`: its target revision. Empty: all their target revisions. */
  readonly revisions: readonly string[];
  readonly prune: boolean;
  readonly dryRun: boolean;
  readonly strategy: { readonly kind: 'hook' | 'apply'; readonly force: boolean };
  /** Already merged with the Application's own (rule 16). */
  readonly syncOptions: readonly string[];
  readonly retry: RetryStrategy | undefined;
  /** What the user changed: a transport that inherits by itself sends only these. */
  readonly overrides: { readonly syncOptions: boolean; readonly retry: boolean };
  /** A partial sync of exactly these; empty: everything. */
  readonly resources: readonly {
    readonly group: string;
    readonly kind: string;
    readonly namespace: string;
    readonly name: string;
  }[];
}
