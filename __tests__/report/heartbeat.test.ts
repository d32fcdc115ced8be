import { describe, expect, test } from '@jest/globals';
import { bar, heartbeatEveryMs, heartbeatLine } from '../../src/report/heartbeat.ts';

describe('a heartbeat', () => {
  test('tells progress, what is left and the time', () => {
    const counts = { total: 1000, passed: 612, failed: 3, queued: 0, syncing: 0, settling: 385 };
    expect(heartbeatLine(counts, 'healthy', 130_000, 600_000)).toBe(
      '[██████░░░░] 612/1000 healthy · 3 failed · 385 progressing · 2m10s of 10m',
    );
  });

  test.each([
    [0, 10, '[░░░░░░░░░░]'],
    [999, 1000, '[█████████░]'],
    [1000, 1000, '[██████████]'],
    [0, 0, '[░░░░░░░░░░]'],
    [5, 3, '[██████████]'],
  ])('draws %i of %i as %s', (done, total, expected) => {
    expect(bar(done, total)).toBe(expected);
  });

  test('comes less often in the long run', () => {
    const minutes = [0, 10, 11, 60, 61, 360, 361];
    expect(minutes.map((at) => heartbeatEveryMs(at * 60_000) / 1000)).toEqual([15, 15, 60, 60, 300, 300, 1800]);
  });
});
