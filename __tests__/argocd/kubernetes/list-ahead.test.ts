import { expect, test } from '@jest/globals';
import type { Application } from '../../../src/argocd/application.ts';
import { listAhead } from '../../../src/argocd/kubernetes/list-ahead.ts';
import { application } from '../../factories/application.ts';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A list of two parts, of these keys; `asked` tells whether the second one was asked for. */
const twoParts = (first: readonly string[], second: readonly string[]) => {
  const state = { asked: false };
  const ahead = listAhead(async (bring, rest) => {
    await turn();
    for (const key of first) bring(key, application({ uid: key }));
    await rest();
    state.asked = true;
    await turn();
    for (const key of second) bring(key, application({ uid: key }));
  });
  return { state, ahead };
};

const uid = async (taken: Promise<Application | undefined>): Promise<string | undefined> => (await taken)?.uid;

test('the first part is given at once, and the rest is asked for when that was put to use', async () => {
  const { state, ahead } = twoParts(['a', 'b'], ['c']);
  expect(await Promise.all([uid(ahead.take('a')), uid(ahead.take('b'))])).toEqual(['a', 'b']);
  for (let count = 0; count < 5; count += 1) await turn();
  expect(state.asked).toBe(false);
  ahead.goOn();
  expect(await uid(ahead.take('c'))).toBe('c');
});

test.each([[['a']], [[]]])('the rest is asked for when somebody waits for it (first part: %j)', async (first) => {
  const { ahead } = twoParts(first, ['c']);
  expect(await uid(ahead.take('c'))).toBe('c');
  expect(await uid(ahead.take('d'))).toBeUndefined();
});

test('each is given once; a list that fails gives what it has brought', async () => {
  const ahead = listAhead(async (bring) => {
    bring('a', application({ uid: 'a' }));
    throw new Error('broken');
  });
  expect(await uid(ahead.take('a'))).toBe('a');
  expect(await uid(ahead.take('a'))).toBeUndefined();
  expect(await uid(ahead.take('b'))).toBeUndefined();
});
