import type { Application, ResourceResult } from '../../argocd/application.ts';
import type { Verdict } from '../../argocd/verdict.ts';
import type { Settling } from '../settle/state.ts';
import type { Goal } from './goal.ts';

/** What is known of one Application on its way to its verdict, and the steps from one stage to the next. */

export interface Baseline {
  /** Tells an Application from one that was made anew under its name; `''`: unknown. */
  readonly uid: string;
  /** What the last comparison had resolved. */
  readonly revisions: readonly string[];
  /** The newest history entry, -1: none. */
  readonly historyId: number;
  readonly initiatedBy: string;
  /** The target revision of each source. */
  readonly targets: readonly string[];
}

export type Stage =
  /** The request is being sent, or its answer was lost. */
  | { readonly kind: 'asking' }
  /** Accepted, not picked up yet (rule 23). */
  | { readonly kind: 'requested' }
  | { readonly kind: 'running'; readonly startedAt: string }
  /** Our id was there and is gone (rule 24); a read decides. */
  | { readonly kind: 'overtaken'; readonly startedAt: string }
  | { readonly kind: 'settling'; readonly settling: Settling; readonly rival: string }
  | { readonly kind: 'done'; readonly verdict: Verdict; readonly again: boolean };

export interface Track {
  readonly goal: Goal;
  readonly baseline: Baseline;
  readonly stage: Stage;
  /** When the stage was entered. Monotonic milliseconds. */
  readonly stageSinceMs: number;
  readonly latest: Application | undefined;
  /** What the running operation says it is at, and since when. */
  readonly at: { readonly message: string; readonly sinceMs: number };
  /** Why it could not be read lately, `''`: it could. */
  readonly trouble: string;
  /** The end of our operation, once seen. */
  readonly ended: { readonly revisions: readonly string[]; readonly resources: readonly ResourceResult[] } | undefined;
  /** Said to people once each. */
  readonly notes: readonly string[];
}

export type Observation =
  /** A state. `readAtMs`: when it was asked for, so it cannot be older than that; undefined: a watch brought it. */
  | {
      readonly kind: 'application';
      readonly application: Application;
      readonly readAtMs: number | undefined;
      readonly atMs: number;
    }
  | { readonly kind: 'deleted'; readonly atMs: number }
  /** Our request was accepted; `application` is the state it starts from. */
  | { readonly kind: 'accepted'; readonly application: Application; readonly atMs: number }
  /** A refresh is about to be asked for. */
  | { readonly kind: 'refresh-sent'; readonly atMs: number }
  | { readonly kind: 'refresh-asked'; readonly atMs: number }
  | { readonly kind: 'refresh-consumed'; readonly application: Application; readonly atMs: number }
  | { readonly kind: 'refresh-failed'; readonly reason: string; readonly atMs: number }
  /** A read was refused for good: nothing more will be known of it. */
  | { readonly kind: 'refused'; readonly verdict: Verdict; readonly atMs: number }
  /** A read failed for a reason that may pass. */
  | { readonly kind: 'unread'; readonly reason: string; readonly atMs: number }
  /** Events may have been lost. */
  | { readonly kind: 'gap' }
  /** Everything on the server is as last seen. */
  | { readonly kind: 'confirmed'; readonly atMs: number }
  | { readonly kind: 'tick'; readonly atMs: number };

/** More than this is said of no Application: a retry without end would say something each time. */
const MAX_NOTES = 20;

export const enter = (state: Track, stage: Stage, atMs: number): Track => ({ ...state, stage, stageSinceMs: atMs });

export const done = (state: Track, verdict: Verdict, atMs: number, again = false): Track =>
  enter(state, { kind: 'done', verdict, again }, atMs);

/** Said once. */
export const note = (state: Track, text: string): Track =>
  state.notes.includes(text) || state.notes.length === MAX_NOTES ? state : { ...state, notes: [...state.notes, text] };

export const withSettling = (state: Track, change: (settling: Settling) => Settling): Track =>
  state.stage.kind === 'settling'
    ? { ...state, stage: { ...state.stage, settling: change(state.stage.settling) } }
    : state;

export const withGap = (state: Track): Track => withSettling(state, (settling) => ({ ...settling, gapped: true }));

export const newestHistoryId = (application: Application | undefined): number =>
  Math.max(-1, ...(application?.history ?? []).map((entry) => entry.id));
