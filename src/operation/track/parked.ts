import { isWindowBlocked } from '../messages.ts';
import { done, type Track } from './state.ts';

/**
 * How long an operation must be shown as blocked by a sync window before that is believed. The pass of the controller that
 * starts an operation does not see yet who asked for it, and takes everybody for auto-sync: where only `manualSync` lets a sync
 * through, each one is shown as blocked first and goes on in the next pass, 1 to 3 s later, behind a long queue also much later.
 */
export const PARKED_AFTER_MS = 60_000;

/** A sync window is said to hold our operation, and nobody wants to wait for it to open (rule 10). */
export const isParkedState = ({ goal, stage, at }: Track): boolean =>
  goal.kind === 'sync' && goal.onSyncWindow !== 'wait' && stage.kind === 'running' && isWindowBlocked(at.message);

export const parkedAtMs = ({ at }: Track): number => at.sinceMs + PARKED_AFTER_MS;

/** Ends the wait for an operation that has been held for long enough. */
export function parked(state: Track, atMs: number): Track {
  if (state.goal.kind !== 'sync' || atMs < parkedAtMs(state)) return state;
  const skipped = state.goal.onSyncWindow === 'skip';
  return done(
    state,
    {
      name: skipped ? 'skipped' : 'blocked',
      message: 'a sync window is closed, and Argo CD parked the operation',
      hint: skipped ? '' : '`on-sync-window: wait` waits for the window, `skip` passes.',
    },
    atMs,
  );
}
