import { expect, test } from '@jest/globals';
import { looksFor } from '../../src/sync/looks.ts';

const followed = {
  transport: 'kubernetes',
  count: 1000,
  isSpared: false,
  isNarrow: false,
  listed: 1000,
  lists: 1,
} as const;

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
  ['kubernetes', 5_000, 1, 6],
  ['kubernetes', 5_001, 1, 3],
  ['kubernetes', 10_000, 1, 3],
  ['kubernetes', 100_000, 1, 1],
  ['kubernetes', 200, 3, 2],
  ['kubernetes', 200, 20, 1],
  ['kubernetes', 0, 0, 6],
  ['argocd', 10_000, 0, 6],
] as const)(
  'over the %s API, where a look at %i takes a request for each page, in %i namespaces: %i at once',
  (transport, listed, lists, atOnce) => {
    expect(looksFor({ ...followed, transport, listed, lists }).atOnce).toBe(atOnce);
  },
);
