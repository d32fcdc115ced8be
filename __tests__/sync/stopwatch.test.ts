import { expect, test } from '@jest/globals';
import type { OperationPhase } from '../../src/argocd/application.ts';
import type { RunEvent } from '../../src/report/events.ts';
import { createStopwatch } from '../../src/sync/stopwatch.ts';

const ref = { namespace: 'argocd', name: 'shop' };
const triggered: RunEvent = { kind: 'triggered', ref, id: '1' };
const changed = (phase: OperationPhase | undefined): RunEvent => ({
  kind: 'changed',
  ref,
  syncStatus: 'Synced',
  healthStatus: 'Healthy',
  phase,
  message: '',
  wanted: '',
});

/** Each event comes a second after the one before. */
const lapOf = (...events: readonly RunEvent[]) => {
  let now = 0;
  const passedOn: RunEvent[] = [];
  const { emit, lapOf: lap } = createStopwatch(
    () => now,
    (event) => void passedOn.push(event),
  );
  for (const event of events) {
    now += 1;
    emit(event);
  }
  expect(passedOn).toEqual(events);
  return [lap(ref).syncStartedMs, lap(ref).syncFinishedMs];
};

test.each([
  [
    'from the acceptance to the first sight of its end',
    [triggered, changed('Running'), changed('Succeeded'), changed('Succeeded')],
    [1, 3],
  ],
  ['not begun', [changed(undefined)], [undefined, undefined]],
  ['that ended before this run', [changed('Succeeded')], [undefined, undefined]],
  ['that was joined', [changed('Running'), changed('Failed')], [1, 2]],
  ['that is not seen to end', [triggered, changed('Terminating')], [1, undefined]],
  ['that was asked for once more', [triggered, changed('Failed'), triggered, changed('Succeeded')], [3, 4]],
] as const)('an operation %s', (_, events, expected) => {
  expect(lapOf(...events)).toEqual(expected);
});
