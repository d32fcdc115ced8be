import { expect, test } from '@jest/globals';
import { together } from '../../src/argocd/together.ts';

const until = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

test('ends when all have ended', async () => {
  const ended: string[] = [];
  const run = (name: string) => async () => {
    await Promise.resolve();
    ended.push(name);
  };
  await together([run('a'), run('b')], new AbortController().signal);
  expect(ended).toEqual(['a', 'b']);
});

test('when one fails the others are stopped and waited for, and its error is thrown', async () => {
  let stopped = false;
  const endless = async (signal: AbortSignal): Promise<void> => {
    await until(signal);
    await Promise.resolve();
    stopped = true;
  };
  const failing = async (): Promise<void> => {
    throw new Error('broken');
  };
  await expect(together([endless, failing], new AbortController().signal)).rejects.toThrow('broken');
  expect(stopped).toBe(true);
});

test('the signal stops all of them', async () => {
  const controller = new AbortController();
  const both = together([until, until], controller.signal);
  controller.abort();
  await both;
});
