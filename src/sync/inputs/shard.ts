import { MAX_SHARDS } from '../../lib/limits.ts';
import type { Reading } from './reading.ts';
import type { Shard } from './types.ts';

/** `i/n`: the slice `i` of `n`, counted from 1; undefined when not given. */
export const readShard = (reading: Reading, input: string): Shard | undefined => {
  const value = reading.text(input);
  if (value === undefined) return undefined;
  const [, first = '', last = ''] = /^(\d{1,9})\s*\/\s*(\d{1,9})$/.exec(value) ?? [];
  if (first === '') {
    reading.problem(input, value, 'is not i/n', 'Say for example 1/3 for the first of three slices.');
    return undefined;
  }
  const [index, of] = [Number(first), Number(last)];
  if (of < 1 || of > MAX_SHARDS) {
    reading.problem(
      input,
      value,
      `has ${of} slices`,
      `Say i/n with n from 1 to ${MAX_SHARDS}, as many jobs as a matrix can have.`,
    );
    return undefined;
  }
  if (index < 1 || index > of) {
    reading.problem(
      input,
      value,
      `is no slice of ${of}`,
      index === 0 ? `Slices count from 1: the first is 1/${of}.` : `The last slice is ${of}/${of}.`,
    );
    return undefined;
  }
  return { index, of };
};
