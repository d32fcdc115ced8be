import { DEFAULT_CONCURRENCY, MAX_CONCURRENCY } from '../../lib/limits.ts';
import { readInfo } from './info.ts';
import type { Reading } from './reading.ts';
import { readResources } from './resources.ts';
import { readRetry } from './retry.ts';
import { readExpectedRevision, readRevision } from './revisions.ts';
import { readBoolean, readChoice, readInteger } from './scalars.ts';
import { readSources } from './sources.ts';
import { readSyncOptions } from './sync-options.ts';
import type { OperationInputs } from './types.ts';

/** Contract 1.4. */
export const readOperation = (reading: Reading): OperationInputs => ({
  revision: readRevision(reading, 'revision'),
  sources: readSources(reading, 'sources'),
  expectedRevision: readExpectedRevision(reading, 'expected-revision'),
  resources: readResources(reading, 'resources'),
  prune: readBoolean(reading, 'prune', false),
  dryRun: readBoolean(reading, 'dry-run', false),
  applyOnly: readBoolean(reading, 'apply-only', false),
  force: readBoolean(reading, 'force', false),
  syncOptions: readSyncOptions(reading, 'sync-options'),
  retry: readRetry(reading),
  onRunningOperation: readChoice(reading, 'on-running-operation', ['wait', 'join', 'terminate', 'fail'], 'wait'),
  onSyncWindow: readChoice(reading, 'on-sync-window', ['fail', 'wait', 'skip'], 'fail'),
  info: readInfo(reading, 'info'),
  concurrency: readInteger(reading, 'concurrency', { min: 1, max: MAX_CONCURRENCY }, DEFAULT_CONCURRENCY),
  failFast: readBoolean(reading, 'fail-fast', false),
  async: readBoolean(reading, 'async', false),
});
