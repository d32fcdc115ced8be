import fc from 'fast-check';
import { type Violation, violations } from './invariants.ts';
import { type Played, play } from './play.ts';
import { shrink } from './shrink.ts';
import { type Story, story } from './story.ts';
import { add, NOTHING, type Totals, totalsOf } from './totals.ts';

/** A story that broke a rule, made as small as could be. */
export interface Failure {
  readonly seed: number;
  readonly story: Story;
  readonly violations: readonly Violation[];
}

/** How long a failing story is made smaller, in real milliseconds. */
const SHRINK_MS = 30_000;
const shrinkMs = (): number => Number(process.env.FUZZ_SHRINK_SECONDS ?? SHRINK_MS / 1000) * 1000;

/**
 * Plays `runs` stories that follow from `seed`; stops at the first that breaks a rule and makes it smaller.
 * @param onPlayed told after every story
 */
export async function playBatch(
  seed: number,
  runs: number,
  onPlayed: (totals: Totals) => void = () => {},
): Promise<Failure | undefined> {
  let totals: Totals = NOTHING;
  let failing: { readonly story: Story; readonly violations: readonly Violation[] } | undefined;
  await fc.check(
    fc.asyncProperty(story, async (one) => {
      const { played, found } = await replay(one);
      totals = add(totals, totalsOf(played));
      onPlayed(totals);
      if (found.length === 0) return;
      failing ??= { story: one, violations: found };
      throw new Error(found[0]?.what);
    }),
    // Made smaller below: field by field it goes faster than value by value.
    { seed, numRuns: runs, endOnFailure: true },
  );
  if (failing === undefined) return undefined;
  const started = performance.now();
  // Another rule would be another story.
  const [first] = failing.violations;
  const smallest = await shrink(
    failing.story,
    async (one) => (await replay(one)).found.some(({ rule }) => rule === first?.rule),
    () => performance.now() - started > shrinkMs(),
  );
  const { found } = await replay(smallest);
  return { seed, story: smallest, violations: found };
}

/** Plays one story again. */
export async function replay(one: Story): Promise<{ readonly played: Played; readonly found: readonly Violation[] }> {
  const played = await play(one);
  return { played, found: violations(played) };
}
