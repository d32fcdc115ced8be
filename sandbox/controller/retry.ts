import type { AppOperation } from './application.ts';
import { stamp } from './clock.ts';

/** Milliseconds from the end of a try until the next one. `attempt` counts from 1. */
export const retryDelay = ({ backoff }: AppOperation, attempt: number): number =>
  Math.min(backoff.durationMs * backoff.factor ** attempt, backoff.maxMs);

/** `3:04PM`, as Argo CD writes the time of the next try. */
export function kitchen(ms: number): string {
  const [hours = 0, minutes = '00'] = stamp(ms).slice(11, 16).split(':');
  const hour = Number(hours);
  return `${hour % 12 === 0 ? 12 : hour % 12}:${minutes}${hour < 12 ? 'AM' : 'PM'}`;
}
