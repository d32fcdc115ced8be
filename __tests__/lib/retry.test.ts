import { describe, expect, test } from '@jest/globals';
import { MAX_ATTEMPTS, MAX_RETRY_AFTER_MS, type RetryOptions, retry } from '../../src/lib/retry.ts';

const options = (rest: Partial<RetryOptions> = {}): RetryOptions & { readonly waits: number[] } => {
  const waits: number[] = [];
  return {
    waits,
    decide: () => ({ again: true }),
    delay: async (ms) => {
      waits.push(ms);
    },
    random: () => 0.5,
    signal: new AbortController().signal,
    ...rest,
  };
};

const failing = (times: number): { run: () => Promise<string>; readonly calls: () => number } => {
  let calls = 0;
  return {
    calls: () => calls,
    run: async () => {
      calls += 1;
      if (calls <= times) throw new Error(`failure ${calls}`);
      return 'done';
    },
  };
};

describe('retry (Rule 42)', () => {
  test('tries again until it works', async () => {
    const used = options();
    const { run, calls } = failing(2);
    expect(await retry(run, used)).toBe('done');
    expect(calls()).toBe(3);
    expect(used.waits).toEqual([500, 1500]);
  });

  test('gives up after the last try with its error, without waiting for another', async () => {
    const used = options();
    const { run, calls } = failing(99);
    await expect(retry(run, used)).rejects.toThrow(`failure ${MAX_ATTEMPTS}`);
    expect(calls()).toBe(MAX_ATTEMPTS);
    expect(used.waits).toEqual([500, 1500, 4000, 8000]);
  });

  test('does not try again what does not pass', async () => {
    const used = options({ decide: () => ({ again: false }) });
    const { run, calls } = failing(1);
    await expect(retry(run, used)).rejects.toThrow('failure 1');
    expect(calls()).toBe(1);
  });

  test('waits as long as the other side asks, up to a limit', async () => {
    const asked = [7000, 900_000];
    const used = options({ decide: () => ({ again: true, afterMs: asked.shift() }) });
    await retry(failing(2).run, used);
    expect(used.waits).toEqual([7000, MAX_RETRY_AFTER_MS]);
  });

  test('spreads its waits', async () => {
    const early = options({ random: () => 0 });
    const late = options({ random: () => 0.999 });
    await retry(failing(1).run, early);
    await retry(failing(1).run, late);
    expect(early.waits).toEqual([250]);
    expect(late.waits).toEqual([750]);
  });

  test('stops at once when aborted while waiting', async () => {
    const controller = new AbortController();
    const used = options({
      signal: controller.signal,
      delay: (_, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason));
          controller.abort(new Error('stopped'));
        }),
    });
    const { run, calls } = failing(99);
    await expect(retry(run, used)).rejects.toThrow('stopped');
    expect(calls()).toBe(1);
  });
});
