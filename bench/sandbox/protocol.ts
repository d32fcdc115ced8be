/** What the benchmark and the sandbox's own process say to each other. Plain data: it goes through the process channel. */

/** A fleet to open: `total` Applications, of which the first `selected` are named `pick-…`, the others `rest-…`. */
export interface FleetSize {
  readonly total: number;
  readonly selected: number;
  /** About how large each status is, in bytes of JSON. */
  readonly statusBytes: number;
  /** Milliseconds of Progressing after a sync; 0: Healthy at once. */
  readonly progressingMs: number;
}

/** What a client needs to reach the sandbox. */
export interface Access {
  readonly kubernetesUrl: string;
  readonly argocdUrl: string;
  readonly certificateAuthority: string;
  readonly kubeconfig: string;
  readonly token: string;
}

/** What the sandbox saw of one run. */
export interface Seen {
  readonly requests: number;
  /** By method and kind of path; names of Applications are left out. */
  readonly kinds: Readonly<Record<string, number>>;
  /** Bodies of answers as they were sent (compressed where they were), without headers and TLS. */
  readonly bytes: number;
  /** The part of {@link bytes} that each kind had. */
  readonly bytesByKind: Readonly<Record<string, number>>;
  /** When each Application became Synced and Healthy after its operation. Milliseconds since 1970, with fractions. */
  readonly goodAtMs: Readonly<Record<string, number>>;
}

export type Order =
  | { readonly kind: 'open'; readonly fleet: FleetSize }
  /** What was seen since the fleet was opened. */
  | { readonly kind: 'seen' };

export type Answer =
  | { readonly kind: 'opened'; readonly access: Access }
  | { readonly kind: 'seen'; readonly seen: Seen }
  | { readonly kind: 'failed'; readonly reason: string };
