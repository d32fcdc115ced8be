import { formatDuration } from '../../lib/duration.ts';
import { enumerate } from '../../lib/text.ts';
import type { Reading } from './reading.ts';
import type { Inputs, WaitingInputs } from './types.ts';

type Command = Inputs['command'];

/** Inputs that only some commands heed. What is not listed is heeded by all. */
const HEEDED_BY: readonly (readonly [inputs: readonly string[], commands: readonly Command[]])[] = [
  [
    [
      'revision',
      'sources',
      'resources',
      'prune',
      'dry-run',
      'apply-only',
      'force',
      'sync-options',
      'retry-limit',
      'retry-backoff-duration',
      'retry-backoff-factor',
      'retry-backoff-max-duration',
      'on-running-operation',
      'on-sync-window',
      'info',
      'only-out-of-sync',
    ],
    ['sync', 'plan'],
  ],
  [['expected-revision'], ['sync', 'wait', 'plan']],
  [['fail-fast', 'async', 'on-cancel', 'on-timeout'], ['sync']],
  [
    ['deployment', 'environment-url', 'comment'],
    ['sync', 'wait'],
  ],
  [
    ['wait-until-healthy', 'fail-on-timeout', 'degraded-timeout', 'healthy-for', 'require-synced', 'suspended'],
    ['sync', 'wait'],
  ],
  [
    ['poll-interval', 'watch'],
    ['sync', 'wait', 'terminate'],
  ],
];

/** Switches that are off by default: set to false they ask for nothing, so that a workflow may pass its own input through. */
const OFF_BY_DEFAULT = new Set([
  'only-out-of-sync',
  'prune',
  'dry-run',
  'apply-only',
  'force',
  'fail-fast',
  'async',
  'wait-until-healthy',
  'comment',
]);

/** Inputs that say how to wait for health. */
const NEED_WAITING = ['fail-on-timeout', 'degraded-timeout', 'healthy-for', 'require-synced', 'suspended'] as const;

/** Nothing declared is ignored: reports inputs that are given but would have no effect beside the others. */
export const checkCombinations = (reading: Reading, command: Command, waiting: WaitingInputs, async: boolean): void => {
  const unheeded = new Set<string>();
  for (const [inputs, commands] of HEEDED_BY) {
    if (commands.includes(command)) continue;
    for (const name of inputs.filter((input) => asksForSomething(reading, input))) {
      unheeded.add(name);
      reading.problem(
        name,
        shown(reading, name),
        `has no effect with command: ${command}`,
        `Leave it out; it belongs to command: ${enumerate(commands, 'or')}.`,
      );
    }
  }
  if (reading.given('revision') && reading.given('sources')) {
    reading.problem(
      'revision',
      shown(reading, 'revision'),
      'is given together with sources: one is for Applications with one source, the other for those with several',
      'Choose one; sources takes a revision for each source, as in 2=v1.4.0.',
    );
  }
  if (command === 'sync' && reading.given('deployment') && asksForSomething(reading, 'dry-run')) {
    reading.problem(
      'deployment',
      shown(reading, 'deployment'),
      'is given together with dry-run, which deploys nothing',
      'Leave one of them out.',
    );
  }
  if (!waiting.waitUntilHealthy) {
    for (const name of NEED_WAITING.filter((input) => reading.given(input) && !unheeded.has(input))) {
      reading.problem(
        name,
        shown(reading, name),
        `is given, but wait-until-healthy is not true, so it would have no effect`,
        `Set wait-until-healthy: true, or leave ${name} out.`,
      );
    }
  } else if (reading.given('healthy-for') && waiting.healthyForMs >= waiting.timeoutMs) {
    // A time-out shorter than the default hold is an honest way to ask for a time-out.
    reading.problem(
      'healthy-for',
      shown(reading, 'healthy-for'),
      `cannot be reached: healthy-for must be shorter than timeout (timeout is ${formatDuration(waiting.timeoutMs)})`,
      'Give a longer timeout or a shorter healthy-for.',
    );
  }
  if (async && waiting.waitUntilHealthy && command === 'sync') {
    reading.problem(
      'async',
      'true',
      'is given together with wait-until-healthy: not to wait, and to wait',
      'Choose one: async: true, or wait-until-healthy: true.',
    );
  }
};

/** Whether a command heeds an input. */
export const isHeeded = (input: string, command: Command): boolean =>
  HEEDED_BY.every(([inputs, commands]) => !inputs.includes(input) || commands.includes(command));

const asksForSomething = (reading: Reading, name: string): boolean => {
  const value = reading.text(name);
  return value !== undefined && !(OFF_BY_DEFAULT.has(name) && value.toLowerCase() === 'false');
};

/** No input of these is a secret. */
const shown = (reading: Reading, name: string): string | undefined => reading.text(name);
