import {
  DEFAULT_HEALTHY_FOR_MS,
  DEFAULT_POLL_INTERVAL_MS,
  DEFAULT_POLL_INTERVAL_WITHOUT_WATCH_MS,
  DEFAULT_TIMEOUT_MS,
  MAX_HEALTHY_FOR_MS,
  MAX_POLL_INTERVAL_MS,
  MAX_TIMEOUT_MS,
  MIN_HEALTHY_FOR_MS,
  MIN_POLL_INTERVAL_MS,
  MIN_TIMEOUT_MS,
} from '../../lib/limits.ts';
import type { Reading } from './reading.ts';
import { readBoolean, readChoice, readDuration } from './scalars.ts';
import type { Inputs, WaitingInputs } from './types.ts';

/** Contract 1.5. `command: wait` gates on health unless it is told not to. */
export const readWaiting = (reading: Reading, command: Inputs['command']): WaitingInputs => {
  const watch = readBoolean(reading, 'watch', true);
  return {
    waitUntilHealthy: readBoolean(reading, 'wait-until-healthy', command === 'wait'),
    failOnTimeout: readBoolean(reading, 'fail-on-timeout', true),
    timeoutMs: readDuration(reading, 'timeout', { min: MIN_TIMEOUT_MS, max: MAX_TIMEOUT_MS }, DEFAULT_TIMEOUT_MS),
    degradedTimeoutMs: readDuration(reading, 'degraded-timeout', { min: 0, max: MAX_TIMEOUT_MS }, undefined),
    healthyForMs: readDuration(
      reading,
      'healthy-for',
      {
        min: MIN_HEALTHY_FOR_MS,
        max: MAX_HEALTHY_FOR_MS,
        why: 'A shorter moment of Healthy may still be the state from before the sync.',
      },
      DEFAULT_HEALTHY_FOR_MS,
    ),
    pollIntervalMs: readDuration(
      reading,
      'poll-interval',
      { min: MIN_POLL_INTERVAL_MS, max: MAX_POLL_INTERVAL_MS },
      watch ? DEFAULT_POLL_INTERVAL_MS : DEFAULT_POLL_INTERVAL_WITHOUT_WATCH_MS,
    ),
    watch,
    requireSynced: readBoolean(reading, 'require-synced', true),
    suspended: readChoice(reading, 'suspended', ['wait', 'pass'], 'wait'),
    onCancel: readChoice(reading, 'on-cancel', ['leave', 'terminate'], 'leave'),
    onTimeout: readChoice(reading, 'on-timeout', ['leave', 'terminate'], 'leave'),
  };
};
