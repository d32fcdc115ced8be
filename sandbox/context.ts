import type { Account, Store } from './types.ts';

/** What both APIs are built on. */
export interface ApiContext {
  readonly store: Store;
  readonly accounts: readonly Account[];
  readonly now: () => Date;
}
