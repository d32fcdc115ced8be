import type { Application } from '../../argocd/application.ts';
import { closedWindowVerdict } from '../closed-window.ts';
import type { TriggerOptions } from './options.ts';
import type { Start } from './round.ts';

/** Between two looks at a sync window that is closed. */
export const WINDOW_RETRY_MS = 15_000;

/** Nothing was started: wait for the window, or say so. */
export function windowClosed(application: Application, options: TriggerOptions): Start {
  if (options.onSyncWindow === 'wait') {
    return { kind: 'again', afterMs: WINDOW_RETRY_MS, note: 'a sync window is closed; waiting for it to open' };
  }
  return { kind: 'verdict', application, verdict: closedWindowVerdict(options.onSyncWindow) };
}
