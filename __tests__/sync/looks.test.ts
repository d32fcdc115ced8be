import { expect, test } from '@jest/globals';
import { looksFor } from '../../src/sync/looks.ts';

const followed = { transport: 'kubernetes', count: 1000, isSpared: false, isNarrow: false, listed: 1000 } as const;

test.each([
  ['a read of each: none are left', {}, { byName: 0, atATime: 20 }],
  ['reads were spared', { isSpared: true }, { byName: 980, atATime: 98 }],
  ['few were spared', { isSpared: true, count: 25 }, { byName: 24, atATime: 20 }],
  ['few of many', { isNarrow: true, count: 100 }, { byName: 100, atATime: 100 }],
  [
    'a look over the Argo CD API is one request',
    { transport: 'argocd', isSpared: true, isNarrow: true },
    { byName: 0 },
  ],
] as const)('%s', (_, given, allowed) => {
  expect(looksFor({ ...followed, ...given })).toMatchObject({ atOnce: 6, ...allowed });
});

test.each([
  ['kubernetes', 5_000, 6],
  ['kubernetes', 5_001, 3],
  ['kubernetes', 10_000, 3],
  ['kubernetes', 100_000, 1],
  ['argocd', 10_000, 6],
] as const)(
  'over the %s API, where a look at %i is as many requests as there are pages: %i at once',
  (transport, listed, atOnce) => {
    expect(looksFor({ ...followed, transport, listed }).atOnce).toBe(atOnce);
  },
);
