import type { Moment } from './play.ts';

/** A stretch of time in which something held. `endMs` is exclusive; open at the end of the story. */
export interface Stretch {
  readonly startMs: number;
  readonly endMs: number;
}

/** How things stood at a time: the last moment up to it. Before the first moment: the first. */
function at(moments: readonly Moment[], ms: number): Moment | undefined {
  return moments.findLast((moment) => moment.atMs <= ms) ?? moments[0];
}

/** Whether something held at `fromMs` or at any moment until `toMs`, however short. */
export function wasSeen(
  moments: readonly Moment[],
  fromMs: number,
  toMs: number,
  holds: (moment: Moment) => boolean,
): boolean {
  const before = at(moments, fromMs);
  if (before !== undefined && holds(before)) return true;
  return moments.some((moment) => moment.atMs >= fromMs && moment.atMs <= toMs && holds(moment));
}

/** When something held; moments of no length do not break it. */
export function stretches(moments: readonly Moment[], holds: (moment: Moment) => boolean): readonly Stretch[] {
  const found: { startMs: number; endMs: number }[] = [];
  moments.forEach((moment, index) => {
    const endMs = moments[index + 1]?.atMs ?? Number.POSITIVE_INFINITY;
    if (endMs === moment.atMs || !holds(moment)) return;
    const last = found.at(-1);
    if (last !== undefined && last.endMs === moment.atMs) last.endMs = endMs;
    // What is there at the beginning was there before.
    else found.push({ startMs: index === 0 ? Number.NEGATIVE_INFINITY : moment.atMs, endMs });
  });
  return found;
}

/** The same, with gaps shorter than `dipMs` closed. */
export function smooth(list: readonly Stretch[], dipMs: number): readonly Stretch[] {
  const found: { startMs: number; endMs: number }[] = [];
  for (const { startMs, endMs } of list) {
    const last = found.at(-1);
    if (last !== undefined && startMs - last.endMs <= dipMs) last.endMs = endMs;
    else found.push({ startMs, endMs });
  }
  return found;
}

/** Whether something held all the time from `fromMs` to `toMs`. */
export const covers = (list: readonly Stretch[], fromMs: number, toMs: number): boolean =>
  list.some((stretch) => stretch.startMs <= fromMs && toMs <= stretch.endMs);

/** Whether something held at some time from `fromMs` to `toMs`. */
export const touches = (list: readonly Stretch[], fromMs: number, toMs: number): boolean =>
  list.some((stretch) => stretch.startMs <= toMs && fromMs < stretch.endMs);
