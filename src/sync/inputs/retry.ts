import type { RetryStrategy } from '../../argocd/application.ts';
import type { Reading } from './reading.ts';
import { readInteger } from './scalars.ts';

const LIMITS = { min: -1, max: 1000, why: '0 means no retry, -1 without end.' };
const FACTORS = { min: 1, max: 100 };

/** The operation's retry strategy: only what was given; what is not given is the Application's own. */
export const readRetry = (reading: Reading): RetryStrategy | undefined => {
  const limit = readInteger(reading, 'retry-limit', LIMITS, undefined);
  const factor = readInteger(reading, 'retry-backoff-factor', FACTORS, undefined);
  const duration = readGoDuration(reading, 'retry-backoff-duration');
  const maxDuration = readGoDuration(reading, 'retry-backoff-max-duration');
  if (duration !== undefined && maxDuration !== undefined && duration.ms > maxDuration.ms) {
    reading.problem(
      'retry-backoff-duration',
      duration.text,
      `is longer than retry-backoff-max-duration (${maxDuration.text})`,
      'Give a first pause that is not longer than the longest.',
    );
  }
  const backoff = {
    ...(duration === undefined ? {} : { duration: duration.text }),
    ...(factor === undefined ? {} : { factor }),
    ...(maxDuration === undefined ? {} : { maxDuration: maxDuration.text }),
  };
  if (limit === undefined && Object.keys(backoff).length === 0) return undefined;
  return { ...(limit === undefined ? {} : { limit }), ...(Object.keys(backoff).length === 0 ? {} : { backoff }) };
};

const UNIT_MS: Readonly<Record<string, number>> = {
  h: 3_600_000,
  m: 60_000,
  s: 1000,
  ms: 1,
  us: 0.001,
  µs: 0.001,
  ns: 0.000001,
};

/**
 * A duration as Argo CD itself reads it: Go's form, or a bare number of seconds. Other than for the step's own durations
 * there is nothing to guess: Argo CD says what a bare number means.
 */
const readGoDuration = (reading: Reading, name: string): { readonly text: string; readonly ms: number } | undefined => {
  const given = reading.text(name);
  if (given === undefined) return undefined;
  const text = /^\d{1,9}$/.test(given) ? `${Number(given)}s` : given.replace(/\s+/g, '');
  const parts = [...text.matchAll(/(\d{1,9}(?:\.\d{1,9})?)(ns|us|µs|ms|s|m|h)/g)];
  if (parts.length === 0 || parts.map((part) => part[0]).join('') !== text) {
    reading.problem(
      name,
      given,
      'is no duration that Argo CD reads',
      'Say for example 5s, 1m30s or 500ms; a bare number means seconds.',
    );
    return undefined;
  }
  return { text, ms: parts.reduce((sum, part) => sum + Number(part[1]) * (UNIT_MS[part[2] ?? ''] ?? 0), 0) };
};
