import { type Failure, playBatch } from './batch.ts';
import type { Totals } from './totals.ts';

/** A process of its own: gets batches, gives totals and failures back. */

export interface Batch {
  readonly seed: number;
  readonly runs: number;
}

export type FromWorker =
  | { readonly kind: 'played'; readonly totals: Totals }
  | { readonly kind: 'done'; readonly totals: Totals; readonly failure: Failure | undefined };

/** How often progress is told, in stories. */
const TELL_EVERY = 20;

const isBatch = (message: unknown): message is Batch =>
  typeof message === 'object' && message !== null && 'seed' in message && 'runs' in message;

const tell = (message: FromWorker): void => {
  process.send?.(message);
};

process.on('message', (message) => {
  if (!isBatch(message)) return;
  let latest: Totals | undefined;
  playBatch(message.seed, message.runs, (totals) => {
    latest = totals;
    if (totals.stories % TELL_EVERY === 0) tell({ kind: 'played', totals });
  }).then(
    (failure) => {
      if (latest !== undefined) tell({ kind: 'done', totals: latest, failure });
    },
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
