import { expect, test } from '@jest/globals';
import { UNEXPLAINED } from '../../src/argocd/explanation.ts';
import { FAILING, PASSING } from '../../src/argocd/verdict.ts';
import type { Outcome } from '../../src/operation/outcome.ts';
import { createExplainer, withCause } from '../../src/sync/explain.ts';
import { application } from '../factories/application.ts';
import { testClock } from '../factories/clock.ts';
import { memoryArgoCd } from '../factories/memory-argocd.ts';

const outcome = (name: Outcome['verdict']['name'], message = ''): Outcome => ({
  verdict: { name, message, hint: '' },
  application: application({ health: { status: 'Degraded', message: '' } }),
  operationId: '',
  own: false,
  revisions: [],
  resources: [],
  notes: [],
  startedMs: undefined,
});
const never = new AbortController().signal;
const resource = { group: '', kind: 'Pod', namespace: 'a', name: 'b', health: 'Degraded', message: 'why' } as const;

test('ten Applications are explained, and only where a resource may be at fault', async () => {
  const memory = memoryArgoCd();
  const explain = createExplainer({ client: memory.client, clock: testClock(), cancelled: never });
  const asked: string[] = [];
  for (const name of [...PASSING, ...FAILING]) {
    await explain(outcome(name));
    if (memory.count('explain') > asked.length) asked.push(name);
  }
  expect(asked).toEqual(['sync-failed', 'degraded', 'timed-out']);
  for (let index = 0; index < 20; index += 1) await explain(outcome('degraded'));
  expect(memory.count('explain')).toBe(10);
});

test('what was never seen is not explained', async () => {
  const memory = memoryArgoCd();
  const explain = createExplainer({ client: memory.client, clock: testClock(), cancelled: never });
  expect(await explain({ ...outcome('timed-out'), application: undefined })).toBe(UNEXPLAINED);
  expect(memory.count('explain')).toBe(0);
});

test.each([
  ['Degraded', 'Degraded: Pod/b Degraded (why)'],
  ['Degraded: why', 'Degraded: why: Pod/b Degraded'],
  ['Degraded: Pod/b Degraded (why)', 'Degraded: Pod/b Degraded (why)'],
])('%p becomes %p: nothing is said twice', (message, expected) => {
  expect(withCause(outcome('degraded', message), { unhealthy: [resource], events: [] }).message).toBe(expected);
});

test('a sync that failed has its cause already', () => {
  expect(withCause(outcome('sync-failed', 'no'), { unhealthy: [resource], events: [] }).message).toBe('no');
});
