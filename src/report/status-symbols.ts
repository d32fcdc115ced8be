import type { HealthStatus, SyncStatus } from '../argocd/application.ts';
import type { VerdictName } from '../argocd/verdict.ts';
import type { Result } from './report.ts';
import { standingOf } from './standing.ts';

/** The nearest to Argo CD's own: heart, circle, broken heart, pause, ghost, question mark. */
export const HEALTH_SYMBOLS: Readonly<Record<HealthStatus, string>> = {
  Healthy: '💚',
  Suspended: '⏸️',
  Progressing: '🔄',
  Missing: '👻',
  Degraded: '💔',
  Unknown: '❔',
};

/** As Argo CD shows them: a green tick, an upward arrow, a question. */
export const SYNC_SYMBOLS: Readonly<Record<SyncStatus, string>> = {
  Synced: '✅',
  OutOfSync: '⬆️',
  Unknown: '❔',
};

export const RESULT_SYMBOLS: Readonly<Record<Result, string>> = {
  succeeded: '✅',
  failed: '❌',
  'timed-out': '⏱️',
  cancelled: '🚫',
};

export const verdictSymbol = (name: VerdictName): string => {
  if (name === 'cancelled') return '🚫';
  if (name === 'skipped') return '⏭️';
  return { passed: '✅', failed: '❌', 'timed-out': '⏱️' }[standingOf(name)];
};
