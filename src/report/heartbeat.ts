import { formatElapsed } from '../lib/duration.ts';
import type { Counts } from './events.ts';

const CELLS = 10;

/** `[██████░░░░]`; full only when everything is done. */
export const bar = (done: number, total: number): string => {
  const share = total > 0 ? Math.min(1, Math.max(0, done / total)) : 0;
  const full = Math.floor(share * CELLS);
  return `[${'█'.repeat(full)}${'░'.repeat(CELLS - full)}]`;
};

/**
 * One line for a long wait: `[██████░░░░] 612/1000 healthy · 3 failed · 385 progressing · 2m10s of 10m`.
 * @param goal what Applications become when they pass
 */
export const heartbeatLine = (counts: Counts, goal: string, elapsedMs: number, timeoutMs: number): string =>
  [
    `${bar(counts.passed, counts.total)} ${counts.passed}/${counts.total} ${goal}`,
    ...(
      [
        [counts.failed, 'failed'],
        [counts.queued, 'queued'],
        [counts.syncing, 'syncing'],
        [counts.settling, 'progressing'],
      ] as const
    )
      .filter(([count]) => count > 0)
      .map(([count, word]) => `${count} ${word}`),
    `${formatElapsed(elapsedMs)} of ${formatElapsed(timeoutMs)}`,
  ].join(' · ');

/**
 * How far apart heartbeats are written, so that a wait of many hours stays readable. Milliseconds.
 * @param elapsedMs time since the start of the step
 */
export const heartbeatEveryMs = (elapsedMs: number): number => {
  const minutes = elapsedMs / 60_000;
  if (minutes <= 10) return 15_000;
  if (minutes <= 60) return 60_000;
  return minutes <= 6 * 60 ? 5 * 60_000 : 30 * 60_000;
};
