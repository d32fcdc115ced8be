import { PerformanceObserver } from 'node:perf_hooks';
import v8 from 'node:v8';
import vm from 'node:vm';

const MIB = 1024 * 1024;
/** Room for new objects: enough for speed, and little beside what a run keeps. */
const ROOM_BYTES = 16 * MIB;
/** Bytes of buffers that may wait to be collected. V8 alone would let it be 64 MiB and more. */
const BUFFERS_BYTES = 16 * MIB;

/**
 * Keeps V8 from taking memory that a run does not need: one of 1000 Applications then fits a small runner.
 *
 * New objects would be given more and more room, up to 128 MiB, while events stream in, though nearly all of them are garbage a
 * moment later. The flag is read when that room is about to grow, and only then, so it may be set while the process runs.
 *
 * Buffers of what was received live outside of the heap, and many are promoted to the old objects before they are done with.
 * Those are collected when V8 thinks that the heap is large, which it is not; a collection of such a heap takes some 10 ms.
 */
export function boundMemory(): void {
  let collect: (() => void) | undefined;
  let bounded = false;
  const observer = new PerformanceObserver(() => {
    if (!bounded) {
      const room = v8.getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space');
      if (room === undefined || room.space_size >= ROOM_BYTES) {
        v8.setFlagsFromString('--semi-space-growth-factor=1');
        bounded = true;
      }
    }
    if (v8.getHeapStatistics().external_memory < BUFFERS_BYTES) return;
    collect ??= collector();
    collect();
  });
  observer.observe({ entryTypes: ['gc'] });
}

/** What `node --expose-gc` gives, without the flag, which nobody can give to an action. */
function collector(): () => void {
  v8.setFlagsFromString('--expose-gc');
  const collect: unknown = vm.runInNewContext('gc');
  return typeof collect === 'function' ? () => void collect() : () => {};
}
