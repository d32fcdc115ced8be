import type { Draft, Store, StoredObject } from '../types.ts';
import type { Clock, Timer } from './clock.ts';
import type { AppState } from './state.ts';
import type { Surroundings } from './target.ts';
import type { Timing } from './timing.ts';

/** What the parts of the controller share. */
export interface Engine extends Surroundings {
  readonly store: Store;
  readonly clock: Clock;
  readonly timing: Timing;
  /** Argo CD's own namespace. */
  readonly namespace: string;
  /** Now on the controller's clock, which may be wrong: milliseconds. */
  nowMs(): number;
  /** Now as a stamp in whole seconds. */
  now(): string;
  /** The Application as it is stored; undefined when it is gone. */
  read(state: AppState): StoredObject | undefined;
  /** Writes it; undefined when it is gone. */
  write(state: AppState, edit: (draft: Draft) => void): StoredObject | undefined;
  /** Work of the controller: stands still while it is paused. */
  work(state: AppState, ms: number, run: () => void): Timer;
  /** What happens anyway: health, hooks, other people. */
  world(state: AppState, ms: number, run: () => void): Timer;
  /** Whether nobody works this Application now. */
  ignores(state: AppState, application: StoredObject): boolean;
}
