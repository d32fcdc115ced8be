import { expect, test } from '@jest/globals';
import { looksFor } from '../../src/sync/looks.ts';

const followed = { transport: 'kubernetes', count: 1000, isSpared: false, isNarrow: false } as const;

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
