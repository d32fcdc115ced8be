import type { ApplicationRef, HealthStatus, OperationPhase, SyncStatus } from '../argocd/application.ts';
import type { Verdict } from '../argocd/verdict.ts';
import type { Exclusion } from './report.ts';

/** The phases of a run; the log makes a group of each. */
export type Phase = 'connect' | 'resolve' | 'plan' | 'sync' | 'terminate' | 'wait' | 'report';

/** What happens during a run, as it happens. `run` emits these; the log renders them. Data only, no text that a rendering would have to parse. */
export type RunEvent =
  | { readonly kind: 'phase'; readonly phase: Phase }
  | { readonly kind: 'connected'; readonly description: string }
  | {
      readonly kind: 'selected';
      readonly refs: readonly ApplicationRef[];
      readonly excluded: readonly Exclusion[];
      readonly looked: string;
    }
  /** What will be asked for one Application, before it is asked: `main → all sources, prune, CreateNamespace=true`. */
  | { readonly kind: 'planned'; readonly ref: ApplicationRef; readonly wanted: string }
  /** The sync was accepted. */
  | { readonly kind: 'triggered'; readonly ref: ApplicationRef; readonly id: string }
  /** Something about one Application changed that people want to see. `wanted` says what is still missing, `''`: nothing. */
  | {
      readonly kind: 'changed';
      readonly ref: ApplicationRef;
      readonly syncStatus: SyncStatus;
      readonly healthStatus: HealthStatus;
      readonly phase: OperationPhase | undefined;
      readonly message: string;
      readonly wanted: string;
    }
  /** Said once: a retry, a joined operation, a refresh that was needed, a wait for another operation. */
  | { readonly kind: 'note'; readonly ref: ApplicationRef; readonly text: string }
  | {
      readonly kind: 'verdict';
      readonly ref: ApplicationRef;
      readonly verdict: Verdict;
      readonly passed: boolean;
      readonly durationMs: number;
    }
  /** Emitted every 15 s while waiting. */
  | {
      readonly kind: 'heartbeat';
      readonly counts: Counts;
      readonly elapsedMs: number;
      readonly timeoutMs: number;
      /** Up to three Applications that take longest, with what is missing. */
      readonly waitingFor: readonly { readonly ref: ApplicationRef; readonly wanted: string }[];
    }
  /** Concerns the whole run: watches not allowed, time-out reached, signal received. */
  | { readonly kind: 'warning'; readonly text: string };

export interface Counts {
  readonly total: number;
  readonly passed: number;
  readonly failed: number;
  /** Not yet triggered. */
  readonly queued: number;
  /** Operation asked for or running. */
  readonly syncing: number;
  /** Operation done, health awaited. */
  readonly settling: number;
}

export type Emit = (event: RunEvent) => void;
