import type { StoryApplication } from './applications.ts';
import { maxLagMs } from './lag.ts';
import type { Story } from './story.ts';

/**
 * What no client can be better than, in milliseconds. Everything that is checked against the truth allows for these and for
 * nothing else.
 */

/** The run confirms a hold within this when nothing goes wrong. */
const CONFIRM_MS = 500;
/** A change in the cluster until the status shows it, by the controller's pace. */
const STATUS_LAG_MS = { instant: 50, real: 150, slow: 400 } as const;

/** From what the server shows until the run can know it: slow answers and late streams included. */
export function deliveryMs({ faults }: Story): number {
  let ms = CONFIRM_MS;
  for (const { effect } of faults) if (effect.kind === 'delay' || effect.kind === 'lag') ms += effect.ms;
  return ms;
}

/** From the cluster until the status shows it. A cache that lags counts where nobody can tell (see `lag.ts`). */
export function lagMs(story: Story, application: StoryApplication): number {
  // What no controller looks at is shown as it was; a sync of it is never picked up, so only a plain wait believes that.
  if (application.ignored && story.inputs.command === 'wait') return Number.POSITIVE_INFINITY;
  const cache = application.syncs.map((sync) => {
    if (!Number.isFinite(maxLagMs(story, application, sync))) return 0;
    return (sync.stale?.compareMs ?? 0) + (sync.stale?.cacheMs ?? 0);
  });
  return STATUS_LAG_MS[story.pace] + Math.max(0, ...cache);
}

/** Without an unbroken stream, states between two looks go unseen. */
export const mayMissStates = (story: Story): boolean =>
  !story.inputs.watch || story.historySize > 0 || story.faults.some(({ effect }) => effect.kind !== 'delay');
