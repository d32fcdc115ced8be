import type { ApiContext } from '../context.ts';
import type { StoredObject } from '../types.ts';

/** Branches and tags of a repository. */
export interface Refs {
  readonly branches: readonly string[];
  readonly tags: readonly string[];
}

/** A sync window as the syncwindows call shows it. */
export interface SyncWindow {
  readonly kind: string;
  readonly schedule: string;
  readonly duration: string;
  readonly manualSync: boolean;
}

/** The sync windows of an application, now. */
export interface SyncWindows {
  readonly active: readonly SyncWindow[];
  readonly assigned: readonly SyncWindow[];
  /** Whether a manual sync is allowed. */
  readonly canSync: boolean;
}

/** The health of a resource. */
export interface ResourceHealth {
  readonly status: string;
  readonly message?: string;
}

/** A resource as the status of an application names it. */
export interface ResourceName {
  readonly group?: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

export interface Cluster {
  readonly name: string;
  readonly server: string;
}

/** A revision made concrete, or git's words why not. */
export type Resolution =
  | { readonly ok: true; readonly revision: string }
  | { readonly ok: false; readonly error: string };

/** What this server must know that is not in the store: repositories, windows, live resources. The controller knows it. */
export interface ArgoCdBackend {
  readonly clusters: readonly Cluster[];
  /** Branch, tag or chart version to a commit or version. */
  resolveRevision(repoURL: string, revision: string, chart?: string): Resolution;
  /** Undefined when the repository is not known. */
  refs(repoURL: string): Refs | undefined;
  syncWindows(application: StoredObject): SyncWindows;
  /** The live resources of an application, as this API shows them. */
  resourceTree(namespace: string, name: string): readonly object[];
  /** Undefined for kinds without health. */
  resourceHealth(namespace: string, name: string, resource: ResourceName): ResourceHealth | undefined;
}

/** One Argo CD API server: what it stands on and how it is set up. */
export interface ArgoCdContext extends ApiContext {
  readonly backend: ArgoCdBackend;
  /** The control-plane namespace. Default `argocd`. */
  readonly namespace?: string;
  /** Globs of further namespaces that may hold Applications. Default: all. */
  readonly applicationNamespaces?: readonly string[];
  /** Path prefix of everything, such as `/argocd`. Default: none. */
  readonly rootPath?: string;
  /** Where people see this Argo CD. Default `https://argocd.example.com`. */
  readonly url?: string;
  /** Default `v3.5.1`. */
  readonly version?: string;
  /** Milliseconds between the comments of an event stream. Default 15 000. */
  readonly keepAliveMs?: number;
  /**
   * How many changes a stream holds for a slow reader before it drops further ones. Default: no limit.
   * A real server holds 1000.
   */
  readonly streamBuffer?: number;
}
