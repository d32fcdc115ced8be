import { expect, test } from '@jest/globals';
import { broughtBy } from '../../../src/bidirectional/round/base.ts';
import type { Version } from '../../../src/bidirectional/round/versions.ts';

const version = (own: boolean, spec: Readonly<Record<string, number>> | undefined): Version =>
  ({ own, content: spec === undefined ? undefined : { spec } }) as unknown as Version;

test.each<[string, readonly Version[], unknown]>([
  ['nothing', [], undefined],
  ['what others wrote', [version(false, { a: 1 })], undefined],
  ['what we wrote', [version(true, { a: 1 })], { spec: { a: 1 } }],
  [
    'what we changed of what others wrote',
    [version(true, { a: 1 }), version(false, { a: 1, b: 1 })],
    { spec: { a: 1 } },
  ],
  [
    'what others deleted is still what was agreed on',
    [version(true, { a: 1 }), version(false, undefined)],
    { spec: { a: 1 } },
  ],
  ['what we deleted is not', [version(true, { a: 1 }), version(true, undefined)], undefined],
  [
    'nor what others made anew after that',
    [version(true, { a: 1 }), version(true, undefined), version(false, { a: 2 })],
    undefined,
  ],
  [
    'but what we made anew is',
    [version(true, { a: 1 }), version(true, undefined), version(true, { a: 3 })],
    { spec: { a: 3 } },
  ],
])('brought by us: %s', (_, versions, content) => {
  expect(broughtBy(versions, undefined)).toEqual(content);
});
