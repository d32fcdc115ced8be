import { PerformanceObserver } from 'node:perf_hooks';
import v8 from 'node:v8';

/** Room for new objects: enough for speed, and little beside what a run keeps. */
const ROOM_BYTES = 8 * 1024 * 1024;

/**
 * Keeps V8 from giving new objects more and more room, up to 128 MiB, while events stream in: nearly all of them are garbage a
 * moment later. A run of 1000 Applications then fits the memory of a small runner. The flag is read when that room is about
 * to grow, and only then, so it may be set while the process runs.
 */
export function boundYoungObjects(): void {
  const observer = new PerformanceObserver(() => {
    const room = v8.getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space');
    if (room !== undefined && room.space_size < ROOM_BYTES) return;
    observer.disconnect();
    v8.setFlagsFromString('--semi-space-growth-factor=1');
  });
  observer.observe({ entryTypes: ['gc'] });
}
