import { formatDuration, parseDuration } from '../../lib/duration.ts';
import { nearest } from '../../lib/nearest.ts';
import { enumerate } from '../../lib/text.ts';
import type { Reading } from './reading.ts';

const TRUE = ['true', 'True', 'TRUE'];
const FALSE = ['false', 'False', 'FALSE'];

/** YAML 1.2 core forms only: `yes`, `1` and the like are refused instead of guessed. */
export const readBoolean = (reading: Reading, name: string, fallback: boolean): boolean => {
  const value = reading.text(name);
  if (value === undefined) return fallback;
  if (TRUE.includes(value)) return true;
  if (FALSE.includes(value)) return false;
  reading.problem(name, value, 'is not a boolean', 'Say true or false.');
  return fallback;
};

/** One of a closed set of words, in lower case. */
export const readChoice = <const Choice extends string>(
  reading: Reading,
  name: string,
  choices: readonly Choice[],
  fallback: Choice,
): Choice => {
  const value = reading.text(name);
  if (value === undefined) return fallback;
  const choice = choices.find((candidate) => candidate === value);
  if (choice !== undefined) return choice;
  const [near] = nearest(value, choices, 1);
  const all = `${enumerate(choices, 'or')}`;
  reading.problem(
    name,
    value,
    'is not one of its values',
    near === undefined ? `Say ${all}.` : `Did you mean ${near}? Allowed: ${all}.`,
  );
  return fallback;
};

/** A whole number between `min` and `max`, both included. `why` ends the remedy where the bound needs a reason. */
export const readInteger = <Fallback extends number | undefined>(
  reading: Reading,
  name: string,
  bounds: { readonly min: number; readonly max: number; readonly why?: string },
  fallback: Fallback,
): number | Fallback => {
  const value = reading.text(name);
  if (value === undefined) return fallback;
  const why = bounds.why === undefined ? '' : ` ${bounds.why}`;
  const remedy = `Say a whole number from ${bounds.min} to ${bounds.max}.${why}`;
  if (!/^[+-]?\d{1,15}$/.test(value)) {
    reading.problem(name, value, 'is not a whole number', remedy);
    return fallback;
  }
  const number = Number(value);
  if (number < bounds.min || number > bounds.max) {
    reading.problem(name, value, `is ${number < bounds.min ? 'too small' : 'too large'}`, remedy);
    return fallback;
  }
  return number;
};

/** A duration in milliseconds between `min` and `max`, both included. */
export const readDuration = <Fallback extends number | undefined>(
  reading: Reading,
  name: string,
  bounds: { readonly min: number; readonly max: number; readonly why?: string },
  fallback: Fallback,
): number | Fallback => {
  const value = reading.text(name);
  if (value === undefined) return fallback;
  if (/^\d+(?:\.\d+)?$/.test(value)) {
    reading.problem(name, value, 'is a number without a unit', `Say ${value}s for seconds or ${value}m for minutes.`);
    return fallback;
  }
  const duration = parseDuration(value);
  if (duration === undefined) {
    reading.problem(name, value, 'is not a duration', 'Say for example 90s, 5m, 1h30m or 500ms.');
    return fallback;
  }
  if (duration < bounds.min || duration > bounds.max) {
    const why = bounds.why === undefined ? '' : ` ${bounds.why}`;
    reading.problem(
      name,
      value,
      `is too ${duration < bounds.min ? 'short' : 'long'}`,
      `Say a duration from ${formatDuration(bounds.min)} to ${formatDuration(bounds.max)}.${why}`,
    );
    return fallback;
  }
  return duration;
};
