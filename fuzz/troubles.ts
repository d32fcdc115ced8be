import fc from 'fast-check';
import type { Fault } from '../sandbox/types.ts';

const anyWhere: Fault['when'] = {};
const WHERE: readonly Fault['when'][] = [
  anyWhere,
  { method: 'GET' },
  { method: 'PATCH' },
  { method: 'POST' },
  { method: 'DELETE' },
  { path: '[?&]watch=1' },
  { path: '/stream/' },
  { path: '/applications/[^?]*$' },
];

const STREAMS: readonly Fault['when'][] = [anyWhere, { path: 'app-0' }];

const busy = (seconds: number): Fault['effect'] => ({
  kind: 'status',
  status: 429,
  body: JSON.stringify({ kind: 'Status', code: 429, message: 'too many requests', error: 'too many requests' }),
  headers: { 'retry-after': String(seconds) },
});
const broken = (status: number): Fault['effect'] => ({
  kind: 'status',
  status,
  body: JSON.stringify({ kind: 'Status', code: status, message: 'etcdserver: leader changed', error: 'upstream' }),
});

const requestEffect: fc.Arbitrary<Fault['effect']> = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(0, 1, 5).map(busy) },
  { weight: 3, arbitrary: fc.constantFrom(500, 502, 503, 504).map(broken) },
  { weight: 3, arbitrary: fc.constant<Fault['effect']>({ kind: 'reset' }) },
  { weight: 4, arbitrary: fc.constant<Fault['effect']>({ kind: 'lose-answer' }) },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 9000 }).map((ms) => ({ kind: 'delay', ms }) as const) },
  { weight: 1, arbitrary: fc.constant<Fault['effect']>({ kind: 'hang' }) },
  { weight: 2, arbitrary: fc.constant<Fault['effect']>({ kind: 'expire' }) },
);

const streamEffect: fc.Arbitrary<Fault['effect']> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.integer({ min: 0, max: 12 }).map((afterLines) => ({ kind: 'cut', afterLines }) as const),
  },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 15_000 }).map((afterMs) => ({ kind: 'cut', afterMs }) as const) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 2500 }).map((ms) => ({ kind: 'lag', ms }) as const) },
  {
    weight: 2,
    arbitrary: fc.integer({ min: 0, max: 12 }).map((afterLines) => ({ kind: 'mute', afterLines }) as const),
  },
);

const fault: fc.Arbitrary<Fault> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      when: fc.constantFrom(...WHERE),
      skip: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 25 })),
      times: fc.constantFrom(1, 1, 2, 4),
      effect: requestEffect,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      when: fc.constantFrom(...STREAMS),
      skip: fc.integer({ min: 0, max: 3 }),
      times: fc.constantFrom(1, 2, 0),
      effect: streamEffect,
    }),
  },
);

/** Nothing goes wrong in most stories. */
export const faults: fc.Arbitrary<readonly Fault[]> = fc.oneof(
  { weight: 4, arbitrary: fc.constant([]) },
  { weight: 3, arbitrary: fc.array(fault, { minLength: 1, maxLength: 4 }) },
);
