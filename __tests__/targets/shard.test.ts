import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type ApplicationRef, refKey } from '../../src/argocd/application.ts';
import type { Selection } from '../../src/targets/select.ts';
import { shardsFor, slice } from '../../src/targets/shard.ts';

const refs = (count: number): readonly ApplicationRef[] =>
  Array.from({ length: count }, (_, index) => ({ namespace: 'argocd', name: `app-${index}` }));

const selectionOf = (selected: readonly ApplicationRef[], failed: readonly ApplicationRef[] = []): Selection => ({
  selected: selected.map((ref) => ({ ref, project: undefined, application: undefined })),
  failed: failed.map((ref) => ({ ref, verdict: { name: 'not-found', message: '', hint: '' } })),
  excluded: [],
  order: [...failed, ...selected],
});

/** The slice of each Application. */
const places = (selection: Selection, of: number, capacity: number): ReadonlyMap<string, number> =>
  new Map(
    Array.from({ length: of }, (_, index) =>
      slice(selection, { index: index + 1, of }, capacity).order.map((ref) => [refKey(ref), index + 1] as const),
    ).flat(),
  );

const world = fc
  .record({ count: fc.integer({ min: 0, max: 120 }), of: fc.integer({ min: 1, max: 6 }), spare: fc.nat(20) })
  .map(({ count, of, spare }) => ({ selected: refs(count), of, capacity: Math.ceil(count / of) + spare || 1 }));

describe('slices', () => {
  test('have everything exactly once, none more than it has room for, all in the order of the selection', () => {
    fc.assert(
      fc.property(world, ({ selected, of, capacity }) => {
        const selection = selectionOf(selected, [{ namespace: '', name: 'typo' }]);
        const slices = Array.from({ length: of }, (_, index) => slice(selection, { index: index + 1, of }, capacity));
        const all = slices.flatMap(({ order }) => order.map(refKey));
        expect(all.toSorted()).toEqual(selection.order.map(refKey).toSorted());
        for (const part of slices) {
          expect(part.selected.length).toBeLessThanOrEqual(capacity);
          expect(part.order).toHaveLength(part.selected.length + part.failed.length);
          expect(part.order).toEqual(selection.order.filter((ref) => part.order.includes(ref)));
        }
      }),
    );
  });

  test('do not depend on the order in which Applications are listed', () => {
    fc.assert(
      fc.property(world, ({ selected, of, capacity }) => {
        expect(places(selectionOf(selected.toReversed()), of, capacity)).toEqual(
          new Map(places(selectionOf(selected), of, capacity)),
        );
      }),
    );
  });

  test('with room to spare none moves when others go', () => {
    const before = places(selectionOf(refs(1500)), 3, 1000);
    const after = places(selectionOf(refs(1500).filter((_, index) => index % 7 !== 0)), 3, 1000);
    for (const [key, place] of after) expect(before.get(key)).toBe(place);
  });

  test('without room at most one of each other slice moves when one goes', () => {
    fc.assert(
      fc.property(world, fc.nat(), ({ selected, of }, which) => {
        fc.pre(selected.length > 0);
        const capacity = Math.ceil(selected.length / of);
        const gone = selected[which % selected.length];
        const before = places(selectionOf(selected), of, capacity);
        const after = places(selectionOf(selected.filter((ref) => ref !== gone)), of, capacity);
        const moved = [...after].filter(([key, place]) => before.get(key) !== place);
        expect(moved.length).toBeLessThanOrEqual(of - 1);
      }),
    );
  });

  test('3,000 over three at the ceiling', () => {
    const selection = selectionOf(refs(3000));
    const sizes = [1, 2, 3].map((index) => slice(selection, { index, of: 3 }, 1000).selected.length);
    expect(sizes).toEqual([1000, 1000, 1000]);
  });

  test('are the same in every version: jobs of one matrix may run different ones', () => {
    const names = (index: number): readonly string[] =>
      slice(selectionOf(refs(9)), { index, of: 3 }, 1000).order.map(({ name }) => name);
    expect([names(1), names(2), names(3)]).toMatchInlineSnapshot(`
[
  [
    "app-0",
    "app-7",
  ],
  [
    "app-4",
    "app-5",
    "app-6",
  ],
  [
    "app-1",
    "app-2",
    "app-3",
    "app-8",
  ],
]
`);
  });
});

test.each([
  [0, []],
  [1, ['1/1']],
  [1000, ['1/1']],
  [1001, ['1/2', '2/2']],
  [3000, ['1/3', '2/3', '3/3']],
])('%i Applications need the shards %j', (count, expected) => {
  expect(shardsFor(count, 1000)).toEqual(expected);
});
