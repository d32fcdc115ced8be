import type { Application } from '../../argocd/application.ts';
import type { SyncRequest } from '../../argocd/client.ts';
import type { Verdict } from '../../argocd/verdict.ts';
import type { Following } from '../follow/follower.ts';

/** One round of trying to start: what it knows, and what comes of it. */

export interface Round {
  /** 0: the first, which may trust what the list said. */
  readonly number: number;
  readonly id: string;
  /** The stuck operation that may be replaced, as it was described; `''`: none. */
  readonly recover: string;
  /** What was sent before under this id without a clear answer. */
  readonly sent: Sent | undefined;
  /** Says what will be asked for, once. */
  readonly announce: (wanted: string) => void;
  /** Says what people should know about it, once. */
  readonly tell: (note: string) => void;
}

/** A request that was sent and may yet be carried out, and the state it was sent from. */
export interface Sent {
  readonly seen: Application;
  readonly request: SyncRequest;
  /** How often. */
  readonly times: number;
}

/** One round of trying to start. */
export type Start =
  /** `answered` false: the run ended while the request was under way; it may have been accepted. */
  | {
      readonly kind: 'started';
      readonly following: Following;
      readonly answered: boolean;
      readonly application: Application;
    }
  | { readonly kind: 'busy'; readonly application: Application; readonly what: string }
  | { readonly kind: 'stuck'; readonly application: Application; readonly what: string }
  /** Look again, after so many milliseconds. */
  | { readonly kind: 'again'; readonly afterMs: number; readonly note: string; readonly sent?: Sent }
  | { readonly kind: 'verdict'; readonly verdict: Verdict; readonly application: Application | undefined };
