import { createHash } from 'node:crypto';
import { type ApplicationRef, refKey } from '../argocd/application.ts';
import type { Shard } from '../sync/inputs/types.ts';
import type { Selection } from './select.ts';

/**
 * The slice of a selection that belongs to one job of a matrix. Every Application is in exactly one slice, and none has more
 * than `capacity` selected ones.
 *
 * The slice of an Application follows from its namespace and name alone, so that none moves when others come and go between
 * the moments at which the jobs look. Only what its slice has no room for goes to the next one: when an Application comes
 * or goes then, at most `of - 1` others move. `selection` must not have more than `of * capacity` selected.
 */
export const slice = (selection: Selection, shard: Shard, capacity: number): Selection => {
  const mine = new Set<string>();
  const taken = Array.from({ length: shard.of }, () => 0);
  const selected = selection.selected.map(({ ref }) => ({ key: refKey(ref), place: placeOf(ref) }));
  for (const { key, place } of selected.sort((a, b) => a.place - b.place || (a.key < b.key ? -1 : 1))) {
    const home = place % shard.of;
    const index = withRoom(taken, home, capacity);
    taken[index] = (taken[index] ?? 0) + 1;
    if (index + 1 === shard.index) mine.add(key);
  }
  // What failed before anything is started takes no room.
  for (const { ref } of selection.failed) if (placeOf(ref) % shard.of === shard.index - 1) mine.add(refKey(ref));
  const isMine = ({ ref }: { readonly ref: ApplicationRef }): boolean => mine.has(refKey(ref));
  return {
    selected: selection.selected.filter(isMine),
    failed: selection.failed.filter(isMine),
    excluded: selection.excluded,
    order: selection.order.filter((ref) => mine.has(refKey(ref))),
  };
};

/** 48 bits of a hash that is the same everywhere and for ever. */
const placeOf = (ref: ApplicationRef): number => createHash('sha256').update(refKey(ref)).digest().readUIntBE(0, 6);

/** The first slice with room, from `home` on. */
const withRoom = (taken: readonly number[], home: number, capacity: number): number => {
  for (let step = 0; step < taken.length; step++) {
    const index = (home + step) % taken.length;
    if ((taken[index] ?? 0) < capacity) return index;
  }
  return home;
};

/** The values of `shard` that a selection of so many needs: `1/3`, `2/3`, `3/3`. None for an empty one. */
export const shardsFor = (count: number, capacity: number): readonly string[] => {
  const needed = Math.ceil(count / capacity);
  return Array.from({ length: needed }, (_, index) => `${index + 1}/${needed}`);
};
