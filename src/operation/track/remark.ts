import { formatElapsed } from '../../lib/duration.ts';
import { explainHeld, isHeld } from '../messages.ts';
import { isParkedState, parked, parkedAtMs } from './parked.ts';
import { note, type Track } from './state.ts';

/** A controller that has not picked an operation up for this long is worth a word: it may be down, or its queue long. */
export const PICKUP_NOTE_MS = 60_000;
/** So is an operation that has waited for one thing for this long. */
export const HELD_NOTE_MS = 60_000;

/** Rules 10 and 23: what time alone makes worth saying, or ends. */
export function remark(state: Track, atMs: number): Track {
  const { goal, stage, at } = state;
  if (goal.kind !== 'sync') return state;
  if (isParkedState(state)) return parked(state, atMs);
  if (stage.kind === 'running' && isHeld(at.message) && atMs - at.sinceMs >= HELD_NOTE_MS) {
    return note(state, `${at.message} for ${formatElapsed(HELD_NOTE_MS)}: ${explainHeld(at.message)}`);
  }
  if (stage.kind !== 'requested' || atMs - state.stageSinceMs < PICKUP_NOTE_MS) return state;
  return note(
    state,
    `no controller has picked the operation up for ${formatElapsed(PICKUP_NOTE_MS)}: its queue may be long, or it may be down`,
  );
}

/** When time alone makes something worth saying. */
export function remarkAtMs(state: Track): number | undefined {
  const { goal, stage, stageSinceMs, at } = state;
  if (goal.kind !== 'sync') return undefined;
  if (isParkedState(state)) return parkedAtMs(state);
  if (stage.kind === 'requested') return stageSinceMs + PICKUP_NOTE_MS;
  return stage.kind === 'running' && isHeld(at.message) ? at.sinceMs + HELD_NOTE_MS : undefined;
}
