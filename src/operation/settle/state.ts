import type { HealthStatus, ManagedResource } from '../../argocd/application.ts';
import type { Reference } from './reference.ts';
import type { Refresh } from './refresh.ts';

/** Why a state may be believed. */
export type Proof = 'revisions' | 'turned-synced' | 'reconciled' | 'refresh' | 'no-operation';

export interface Settling {
  readonly reference: Reference;
  /** When the operation's end was first seen. Monotonic milliseconds, like every `…Ms` here. */
  readonly sinceMs: number;
  readonly proof: Proof | undefined;
  readonly refresh: Refresh;
  /** The health that was seen last. */
  readonly health: HealthStatus | undefined;
  /** The managed resources as they are now; undefined: what was seen last did not tell them. */
  readonly resources: readonly ManagedResource[] | undefined;
  /** Progressing began after the operation's end was seen: the rollout has reached what Argo CD shows. */
  readonly rolledOut: boolean;
  /** What is shown must have come after the operation; otherwise it only most likely did. */
  readonly sure: boolean;
  /** Since when everything wanted has held without a break. */
  readonly goodSinceMs: number | undefined;
  readonly degradedSinceMs: number | undefined;
  /** Since when a condition that never heals by itself has been shown. */
  readonly brokenSinceMs: number | undefined;
  /** Since when nothing but pruning has been missing. */
  readonly unprunedSinceMs: number | undefined;
  /** States may have been missed: whatever comes next, if it differs, was not continuous with what was seen. */
  readonly gapped: boolean;
  /** Until when everything is known to have been as it was seen. */
  readonly confirmedAtMs: number;
}

export function startSettling(reference: Reference, atMs: number): Settling {
  return {
    reference,
    sinceMs: atMs,
    proof: reference.finishedAt === null ? 'no-operation' : undefined,
    refresh: { kind: 'unused' },
    health: undefined,
    resources: undefined,
    rolledOut: false,
    sure: false,
    goodSinceMs: undefined,
    degradedSinceMs: undefined,
    brokenSinceMs: undefined,
    unprunedSinceMs: undefined,
    gapped: false,
    confirmedAtMs: atMs,
  };
}
