import { expect, test } from '@jest/globals';
import { createFollower } from '../../src/operation/follow.ts';
import { terminateOne } from '../../src/operation/terminate.ts';
import { operation, operationState } from '../factories/application.ts';
import { testClock } from '../factories/clock.ts';
import { memoryArgoCd } from '../factories/memory-argocd.ts';

const ID = 'c0ffee00-0000-4000-8000-000000000001';
const SHOP = { namespace: 'argocd', name: 'shop' };

function begin() {
  const clock = testClock();
  const memory = memoryArgoCd({ operation: operation(ID), operationState: operationState(ID, 'Running') });
  const follower = createFollower(
    memory.client,
    {
      scope: { kind: 'refs', refs: [SHOP] },
      position: new Map(),
      pollIntervalMs: 15_000,
      looks: { atOnce: 6, byName: 0, atATime: 0 },
      watch: true,
    },
    clock,
    () => {},
  );
  const limit = (<T>(run: () => T) => run()) as never;
  const { signal } = new AbortController();
  const ending = terminateOne(SHOP, { client: memory.client, follower, limit, clock, emit: () => {}, signal });
  return { clock, memory, follower, ending };
}

const ENDED = { operation: undefined, operationState: operationState(ID, 'Failed') };

test('an operation whose controller writes over the end it was told is told again (Rule 46)', async () => {
  const { clock, memory, follower, ending } = begin();
  await clock.advance(0);
  expect(memory.state().operationState?.phase).toBe('Terminating');
  memory.write({ operationState: operationState(ID, 'Running') });
  await clock.advance(1_100);
  expect(memory.state().operationState?.phase).toBe('Terminating');
  expect(memory.count('terminate')).toBe(2);
  memory.write(ENDED);
  await clock.advance(0);
  expect((await ending).verdict.name).toBe('terminated');
  await follower.stop();
  await clock.advance(5_000);
  expect(memory.count('terminate')).toBe(2);
});

test('one that takes its time to end is told once, and another that follows it never', async () => {
  const { clock, memory, follower, ending } = begin();
  await clock.advance(20_000);
  expect(memory.count('terminate')).toBe(1);
  const other = 'c0ffee00-0000-4000-8000-000000000002';
  memory.write(ENDED);
  memory.write({ operation: operation(other), operationState: operationState(other, 'Running') });
  await clock.advance(5_000);
  expect((await ending).verdict.name).toBe('terminated');
  expect(memory.count('terminate')).toBe(1);
  await follower.stop();
});
