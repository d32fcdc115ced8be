import type { StoreRefusal } from '../types.ts';

/** A write the store refused. */
export class StoreError extends Error {
  readonly reason: StoreRefusal;

  constructor(reason: StoreRefusal, message: string) {
    super(message);
    this.name = 'StoreError';
    this.reason = reason;
  }
}
