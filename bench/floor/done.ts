import { record } from '../../src/lib/json.ts';

/** Takes in states of Applications until `names` are all Synced and Healthy after a sync. */
export interface Done {
  see(application: unknown): void;
  readonly all: Promise<void>;
}

export function untilDone(names: readonly string[]): Done {
  const waiting = new Set(names);
  const { promise, resolve } = Promise.withResolvers<void>();
  return {
    all: promise,
    see(value) {
      const application = record(value);
      const status = record(application.status);
      const good =
        record(status.operationState).phase === 'Succeeded' &&
        record(status.sync).status === 'Synced' &&
        record(status.health).status === 'Healthy';
      if (!good) return;
      waiting.delete(String(record(application.metadata).name));
      if (waiting.size === 0) resolve();
    },
  };
}
