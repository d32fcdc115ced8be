import type { Application, ApplicationRef } from '../../argocd/application.ts';
import type { Position, WatchScope } from '../../argocd/client.ts';
import type { Goal } from '../track/goal.ts';
import type { Track } from '../track/state.ts';

/** Follows Applications to their verdicts. */
export interface Follower {
  /** Begins to follow an Application; before the request is sent, so that no event of it is missed. `seen`: its state until now. */
  follow(ref: ApplicationRef, goal: Goal, seen: Application | undefined): Following;
  /** Ends the wait for everything that has no verdict yet. */
  giveUp(name: 'timed-out' | 'cancelled'): void;
  /** Everything that is followed now. */
  tracks(): readonly { readonly ref: ApplicationRef; readonly state: Track }[];
  /** Stops the watch and all timers. */
  stop(): Promise<void>;
}

export interface Following {
  /** Resolves with a state whose stage is `done`. Never rejects. */
  readonly done: Promise<Track>;
  state(): Track;
  /** The request was accepted. `askedMs`: when it was sent, where it was sent once only. */
  accepted(application: Application, askedMs?: number): void;
  /** A state that was read by somebody else; `readAtMs`: when it was asked for. */
  observe(application: Application, readAtMs: number): void;
  /** Follow no further: the request was refused. */
  abandon(): void;
}

/** Requests that may be spent on confirming what has held long enough, where the watch is quiet. */
export interface LookAllowance {
  /** So many looks at all versions may follow each other closely. */
  readonly atOnce: number;
  /** So many Applications may be looked at by name, each as soon as it has held long enough. */
  readonly byName: number;
  /** More that wait at one time are looked at together with all others. */
  readonly atATime: number;
}

export interface FollowOptions {
  readonly scope: WatchScope;
  readonly position: Position;
  readonly looks: LookAllowance;
  /** Milliseconds between looks at the versions. */
  readonly pollIntervalMs: number;
  /** False: no watch, only looks at the versions. */
  readonly watch: boolean;
}
