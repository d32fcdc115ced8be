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

test('once in use, the next part is asked for when few are left', async () => {
  const keys = Array.from({ length: 300 }, (_, index) => `k${index}`);
  const { state, ahead } = twoParts(keys, ['last']);
  ahead.goOn();
  let count = 0;
  for (const key of keys) {
    await ahead.take(key);
    await turn();
    count += 1;
    if (state.asked) break;
  }
  // Neither at once nor only when all are used up.
  expect(count).toBeGreaterThan(100);
  expect(count).toBeLessThan(250);
  expect(await uid(ahead.take('last'))).toBe('last');
});

test('each of several lists goes on', async () => {
  const ahead = listAhead(async (bring, next) => {
    const one = async (name: string): Promise<void> => {
      for (let part = 0; part < 3; part += 1) {
        if (part > 0) await next();
        await turn();
        bring(`${name}${part}`, application({ uid: `${name}${part}` }));
      }
    };
    await Promise.all([one('a'), one('b')]);
  });
  const keys = ['a0', 'b0', 'a1', 'b1', 'a2', 'b2'];
  expect(await Promise.all(keys.map((key) => uid(ahead.take(key))))).toEqual(keys);
  expect(await uid(ahead.take('c'))).toBeUndefined();
});
