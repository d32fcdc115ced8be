/**
 * The words the parts of the sandbox share. The parts:
 *
 * - `state/`       one store of objects, with resource versions and a bounded history
 * - `http/`        the listener: TLS, bearer tokens with rights, faults, the list of requests
 * - `kubernetes/`  the Kubernetes API over the store
 * - `server/`      the Argo CD REST API over the same store
 * - `controller/`  works Applications through operation and health, as a script says
 * - `github/`      a GitHub REST API of its own, checked against GitHub's OpenAPI description
 * - `fleets/`      named sets of Applications with their scripts, as data
 * - `start.ts`     puts them together; `main.ts` is `npm run sandbox`; `demo/` is `npm run demo`
 */

import type { Controller } from './controller/controller.ts';

/** A resource the store knows, by its plural name. */
export type Resource = 'applications' | 'appprojects' | 'applicationsets' | 'events';

export interface ObjectMeta {
  readonly name: string;
  readonly namespace: string;
  readonly uid: string;
  /** Grows over all resources, as in etcd. */
  readonly resourceVersion: string;
  readonly generation: number;
  readonly creationTimestamp: string;
  readonly deletionTimestamp?: string;
  readonly deletionGracePeriodSeconds?: number;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly finalizers?: readonly string[];
  readonly ownerReferences?: readonly unknown[];
  readonly managedFields?: readonly unknown[];
  readonly generateName?: string;
}

/** An object as it is stored. Never changed in place: a write makes a new one. */
export interface StoredObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta;
  readonly [field: string]: unknown;
}

/** A JSON object that may be changed; what a writer edits before it is stored. */
export type Draft = { [field: string]: unknown };

export interface StoreEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly resource: Resource;
  readonly object: StoredObject;
  /** The object before a MODIFIED or DELETED event: selectors need it to tell who leaves a selection. */
  readonly previous?: StoredObject;
  readonly resourceVersion: number;
}

/** Why a write was refused; the APIs turn it into their own words. */
export type StoreRefusal = 'not-found' | 'already-exists' | 'conflict';

export interface Store {
  /** The newest resource version. */
  readonly resourceVersion: number;
  /** The oldest resource version after which every event is still kept. */
  readonly oldestVersion: number;
  /** All objects of a resource, sorted by namespace and name. */
  list(resource: Resource): readonly StoredObject[];
  get(resource: Resource, namespace: string, name: string): StoredObject | undefined;
  /**
   * Stores a new object; fills resourceVersion and generation, and uid and creationTimestamp where they are missing.
   * Throws {@link StoreError}.
   */
  create(resource: Resource, object: Draft): StoredObject;
  /**
   * Edits a copy and stores it. No event and no new version when nothing changed.
   * `expect` is the resourceVersion that must still hold. Throws {@link StoreError}.
   */
  update(
    resource: Resource,
    namespace: string,
    name: string,
    edit: (draft: Draft) => void,
    expect?: string,
  ): StoredObject;
  /** Deletes, or sets deletionTimestamp while finalizers remain (the controller then removes those). */
  delete(resource: Resource, namespace: string, name: string): StoredObject;
  /** Calls `listener` after every write, in order, synchronously. Returns the way to stop. */
  subscribe(listener: (event: StoreEvent) => void): () => void;
  /** Events after `version`, or `expired` when some of them are no longer kept. */
  since(version: number): readonly StoreEvent[] | 'expired';
  /** Forgets history up to `version` (default: all of it), as etcd compaction does. */
  compact(version?: number): void;
}

/** What an account may do. `*` stands for everything. */
export interface Rights {
  /** Kubernetes: verbs per resource, in these namespaces (`*`: cluster-wide) and only these names when given. */
  readonly kubernetes?: readonly {
    readonly resources: readonly string[];
    readonly verbs: readonly string[];
    readonly namespaces: readonly string[];
    readonly names?: readonly string[];
  }[];
  /** Argo CD: policies such as `{resource: 'applications', action: 'sync', object: 'default/*'}`. */
  readonly argocd?: readonly { readonly resource: string; readonly action: string; readonly object: string }[];
}

export interface Account {
  readonly name: string;
  /** What the Kubernetes API calls this user. Default: the name. */
  readonly kubernetesUser?: string;
  readonly token: string;
  /** For `POST /api/v1/session`. */
  readonly password?: string;
  readonly rights: Rights;
}

/** A request as the sandbox saw it; tests count and compare these. */
export interface SeenRequest {
  readonly api: 'kubernetes' | 'argocd' | 'github';
  readonly method: string;
  /** Path with query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Milliseconds since the sandbox started. */
  readonly atMs: number;
  /** 0 until answered, or when the connection was cut before an answer. */
  readonly status: number;
  readonly bytesSent: number;
}

/** Trouble to make, as data. A fault meets the requests that fit `when`, from the `skip`-th on, `times` times (default 1). */
export interface Fault {
  readonly when: {
    readonly api?: 'kubernetes' | 'argocd' | 'github';
    readonly method?: string;
    /** A JavaScript regular expression over path and query. */
    readonly path?: string;
  };
  readonly skip?: number;
  /** 0: for ever. */
  readonly times?: number;
  readonly effect:
    | {
        readonly kind: 'status';
        readonly status: number;
        readonly body?: string;
        readonly headers?: Readonly<Record<string, string>>;
      }
    | { readonly kind: 'html' }
    /** The connection is reset before anything is done. */
    | { readonly kind: 'reset' }
    /** The request is carried out, then the connection is reset: the answer is lost. */
    | { readonly kind: 'lose-answer' }
    | { readonly kind: 'delay'; readonly ms: number }
    /** No headers ever come. */
    | { readonly kind: 'hang' }
    /** A stream is cut after so many lines, or after so many milliseconds. */
    | { readonly kind: 'cut'; readonly afterLines?: number; readonly afterMs?: number }
    /** Everything a stream sends arrives so many milliseconds late. */
    | { readonly kind: 'lag'; readonly ms: number }
    /** A stream stays open, and after so many lines nothing more comes: a connection that is dead and does not know it. */
    | { readonly kind: 'mute'; readonly afterLines: number }
    /** A watch answers 200 with one ERROR line of reason Expired (410). */
    | { readonly kind: 'expire' };
}

/** A running sandbox. */
export interface Sandbox {
  readonly kubernetesUrl: string;
  readonly argocdUrl: string;
  /** PEM of the certificate authority that signed both servers; undefined without TLS. */
  readonly certificateAuthority: string | undefined;
  /** PEM of a client certificate for the account `admin`, and of its key. */
  readonly clientCertificate: { readonly certificate: string; readonly key: string };
  /** A kubeconfig (YAML) for one account; default: the admin. */
  kubeconfig(account?: string): string;
  token(account?: string): string;
  readonly store: Store;
  /** Pushes commits, plays other people's actions, knows the truth. */
  readonly controller: Controller;
  readonly requests: readonly SeenRequest[];
  clearRequests(): void;
  addFault(fault: Fault): void;
  clearFaults(): void;
  stop(): Promise<void>;
}
