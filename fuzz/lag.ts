import type { StaleWindow, SyncScript } from '../sandbox/controller/script.ts';
import type { StoryApplication } from './applications.ts';
import type { Story } from './story.ts';

/**
 * How long the controller's cache of live objects may be behind an operation. Without end where a comparison cannot lie: the
 * synced commit compared with old live objects is OutOfSync. Elsewhere a lag longer than what was measured (1.6 s at most)
 * cannot be told from the truth by anybody; there it is bounded:
 *
 * - a sync that changes nothing in Git but restarts workloads, a rival that syncs another commit, a target that is edited,
 *   workloads that change by themselves: by half of `healthy-for`
 * - an older commit on purpose, or `require-synced: false`: by 3.9 s, since a refresh is asked for after 3 s and the hold is at least 1 s
 */
export function maxLagMs(story: Story, application: StoryApplication, sync: SyncScript | undefined): number {
  const { inputs } = story;
  const murky =
    inputs.command === 'wait' ||
    inputs.onRunningOperation === 'join' ||
    sync?.always === true ||
    application.automated !== 'off' ||
    application.rivals.some(
      ({ who }) =>
        who.startsWith('pipeline') ||
        who.startsWith('edits') ||
        who.startsWith('pushes') ||
        who.endsWith('live') ||
        who === 'health',
    );
  if (murky) return inputs.healthyForMs / 2;
  const older = inputs.revision === 'older' || inputs.revision === 'tag' || inputs.revision === 'main';
  return older || !inputs.requireSynced ? 3900 : Number.POSITIVE_INFINITY;
}

/** The story with all lags within their bounds. */
export function clampLag(story: Story): Story {
  return {
    ...story,
    applications: story.applications.map((application) => ({
      ...application,
      syncs: application.syncs.map((sync) => {
        if (sync.stale === undefined) return sync;
        return { ...sync, stale: clampWindow(sync.stale, maxLagMs(story, application, sync)) };
      }),
    })),
  };
}

function clampWindow(window: StaleWindow, maxMs: number): StaleWindow {
  if (!Number.isFinite(maxMs)) return window;
  const compareMs = Math.min(window.compareMs ?? 0, maxMs);
  return {
    ...window,
    ...(window.compareMs === undefined ? {} : { compareMs }),
    ...(window.cacheMs === undefined ? {} : { cacheMs: Math.max(0, Math.min(window.cacheMs, maxMs - compareMs)) }),
  };
}
