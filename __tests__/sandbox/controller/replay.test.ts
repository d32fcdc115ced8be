import { describe, expect, test } from '@jest/globals';
import { SCENES, sceneOf } from '../../../sandbox/fleets/scenes.ts';
import { type Line, lines, play, type Recording, readRecording } from './replay.ts';

/** How far into a second the recording began is not known, and decides which stamps are equal. */
const OFFSETS = Array.from({ length: 20 }, (_, index) => index * 50);

const common = (a: readonly Line[], b: readonly Line[]): number => {
  const index = a.findIndex((line, i) => line.digest !== b[i]?.digest);
  return index === -1 ? a.length : index;
};

/** The play that agrees longest with the recording. */
function bestPlay(name: string, recording: Recording): Recording['events'] {
  const wanted = lines(recording.events);
  let best: { readonly events: Recording['events']; readonly agrees: number } | undefined;
  for (const offset of OFFSETS) {
    const events = play(sceneOf(name), recording, offset);
    const agrees = common(wanted, lines(events));
    if (best === undefined || agrees > best.agrees) best = { events, agrees };
    if (agrees === wanted.length && lines(events).length === wanted.length) return events;
  }
  return best?.events ?? [];
}

describe('scenes replay what a real Argo CD showed on the watch', () => {
  test.each(Object.keys(SCENES))('%s', (name) => {
    const recording = readRecording(name);
    const events = bestPlay(name, recording);
    expect(lines(events).map((line) => line.digest)).toEqual(lines(recording.events).map((line) => line.digest));
    // Neither silent writes nor fewer than the real controller makes, but for the ones that show nothing.
    expect(events.length).toBeLessThanOrEqual(recording.events.length);
    const versions = events.map((event) =>
      Number((event.object.metadata as { resourceVersion: string }).resourceVersion),
    );
    expect(versions).toEqual([...versions].sort((a, b) => a - b));
    expect(new Set(versions).size).toBe(versions.length);
  });

  test('a sync takes the seven writes that were recorded', () => {
    const recording = readRecording('flow-rollout-stale-health-compared');
    const events = bestPlay('flow-rollout-stale-health-compared', recording);
    expect(events).toHaveLength(7);
  });
});
