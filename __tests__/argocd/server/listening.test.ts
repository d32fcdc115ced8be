import { describe, expect, test } from '@jest/globals';
import { createListening } from '../../../src/argocd/server/listening.ts';

const never = new AbortController().signal;

/** Whether it has resolved by now. */
const isOver = async (waiting: Promise<void>): Promise<boolean> => {
  const later = new Promise<boolean>((resolve) => setImmediate(() => resolve(false)));
  return Promise.race([waiting.then(() => true), later]);
};

describe('waiting for streams to be asked for', () => {
  test('without any there is nothing to wait for', async () => {
    expect(await isOver(createListening().wait(never))).toBe(true);
  });

  test('lasts until the last of them has been', async () => {
    const listening = createListening();
    const [first, second] = [listening.begin(), listening.begin()];
    const waiting = listening.wait(never);
    first();
    first();
    expect(await isOver(waiting)).toBe(false);
    second();
    expect(await isOver(waiting)).toBe(true);
    expect(await isOver(listening.wait(never))).toBe(true);
  });

  test('ends with the signal', async () => {
    const listening = createListening();
    listening.begin();
    const stop = new AbortController();
    const waiting = listening.wait(stop.signal);
    expect(await isOver(waiting)).toBe(false);
    stop.abort();
    expect(await isOver(waiting)).toBe(true);
    expect(await isOver(listening.wait(stop.signal))).toBe(true);
  });
});
