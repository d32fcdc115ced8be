import type { Played } from './play.ts';

/** How often everything came up. */
export interface Totals {
  readonly stories: number;
  readonly applications: number;
  readonly verdicts: Readonly<Record<string, number>>;
  readonly rivals: Readonly<Record<string, number>>;
  readonly faults: Readonly<Record<string, number>>;
}

export const NOTHING: Totals = { stories: 0, applications: 0, verdicts: {}, rivals: {}, faults: {} };

const count = (names: readonly string[]): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
};

const sum = (
  a: Readonly<Record<string, number>>,
  b: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = { ...a };
  for (const [name, n] of Object.entries(b)) counts[name] = (counts[name] ?? 0) + n;
  return counts;
};

export const totalsOf = ({ story, report }: Played): Totals => ({
  stories: 1,
  applications: story.applications.length,
  verdicts: count((report?.applications ?? []).map(({ verdict }) => verdict)),
  rivals: count(
    story.applications.flatMap(({ automated, rivals }) => [
      ...rivals.map(({ who }) => who),
      ...(automated === 'off' ? [] : [`auto-sync ${automated}`]),
    ]),
  ),
  faults: count(story.faults.map(({ effect }) => (effect.kind === 'status' ? String(effect.status) : effect.kind))),
});

export const add = (a: Totals, b: Totals): Totals => ({
  stories: a.stories + b.stories,
  applications: a.applications + b.applications,
  verdicts: sum(a.verdicts, b.verdicts),
  rivals: sum(a.rivals, b.rivals),
  faults: sum(a.faults, b.faults),
});

/** One line: `10000 stories, 41234 Applications; verdicts: healthy 12000, …; rivals: …; faults: …`. */
export function describeTotals(totals: Totals): string {
  const list = (counts: Readonly<Record<string, number>>): string =>
    Object.entries(counts)
      .sort(([, a], [, b]) => b - a)
      .map(([name, n]) => `${name} ${n}`)
      .join(', ') || 'none';
  return `${totals.stories} stories, ${totals.applications} Applications; verdicts: ${list(totals.verdicts)}; rivals: ${list(totals.rivals)}; faults: ${list(totals.faults)}`;
}
