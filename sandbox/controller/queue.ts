import type { Engine } from './engine.ts';
import type { AppState } from './state.ts';

/** The queue of operations, and the workers that take from it. */
export interface Queue {
  /** The Application waits for a worker. */
  enqueue(state: AppState): void;
  /** What the operation waited for has come: it waits for a worker again. */
  wake(state: AppState): void;
  /** Ends a pass; the Application waits for something, or is done with. */
  release(state: AppState, next: 'idle' | 'waiting'): void;
  /** The Application is gone; a worker that was busy with it is free. */
  forget(state: AppState): void;
}

/** @param begin what a worker does with the Application it takes; ends with `release` */
export function createQueue(engine: Engine, workers: number, begin: (state: AppState) => void): Queue {
  const queue: AppState[] = [];
  let busy = 0;

  function wake(state: AppState): void {
    if (state.work !== 'waiting') return;
    state.work = 'queued';
    enqueue(state);
  }

  function enqueue(state: AppState): void {
    queue.push(state);
    pump();
  }

  function pump(): void {
    while (busy < workers) {
      const state = queue.shift();
      if (state === undefined) return;
      if (state.gone) continue;
      busy += 1;
      state.work = 'working';
      begin(state);
    }
  }

  function release(state: AppState, next: 'idle' | 'waiting'): void {
    if (state.work !== 'working') return;
    state.work = next;
    busy -= 1;
    engine.work(state, 0, pump);
  }

  function forget(state: AppState): void {
    if (state.work === 'working') busy -= 1;
    state.work = 'idle';
    pump();
  }

  return { enqueue, wake, release, forget };
}
