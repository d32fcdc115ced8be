import { isRecord } from '../../lib/json.ts';
import type { Content } from '../diff/canonical.ts';
import { type FieldPath, keysOf, sameValue, valueAt } from '../diff/field.ts';

/** A field that is not the same on both sides. Undefined where it is absent. */
export interface FieldChange {
  readonly path: FieldPath;
  /** Who changed it since the last agreement. */
  readonly changedBy: 'git' | 'platform' | 'both';
  readonly base: unknown;
  readonly git: unknown;
  readonly platform: unknown;
}

/** Whose value both sides get; `hold`: each keeps its own, and the field stays open. */
export type Choice = 'git' | 'platform' | 'hold';

export interface Merged {
  /** What each side should say. The same, but for what is held. */
  readonly git: Content;
  readonly platform: Content;
  /** The new base: what is agreed on, and for fields that are held what was agreed on before. */
  readonly base: Content;
  readonly decisions: readonly Decision[];
}

export interface Decision extends FieldChange {
  readonly choice: Choice;
}

/**
 * Three-way, per field. A field that only one side changed since the base is that side's; one that both changed in the same
 * way is agreed on; `choose` is asked for every field that is not the same on both sides.
 */
export const merge = (
  base: Content,
  git: Content,
  platform: Content,
  choose: (change: FieldChange) => Choice,
): Merged => {
  const decisions: Decision[] = [];
  const merged = mergeValue([], base, git, platform, (change) => {
    const choice = choose(change);
    decisions.push({ ...change, choice });
    return choice;
  });
  return {
    git: isRecord(merged.git) ? merged.git : {},
    platform: isRecord(merged.platform) ? merged.platform : {},
    base: isRecord(merged.base) ? merged.base : {},
    decisions,
  };
};

/** A value on both sides and in the base; undefined: absent. */
interface Triple {
  readonly base: unknown;
  readonly git: unknown;
  readonly platform: unknown;
}

const mergeValue = (
  path: FieldPath,
  base: unknown,
  git: unknown,
  platform: unknown,
  choose: (change: FieldChange) => Choice,
): Triple => {
  if (sameValue(git, platform)) return { base: git, git, platform };
  if (isRecord(git) && isRecord(platform) && (base === undefined || isRecord(base))) {
    const children = keysOf(git, platform, base).map((key) => {
      const of = (side: unknown): unknown => valueAt(side, [key]);
      return [key, mergeValue([...path, key], of(base), of(git), of(platform), choose)] as const;
    });
    const assemble = (side: keyof Triple): Content =>
      Object.fromEntries(
        children.flatMap(([key, child]) => (child[side] === undefined ? [] : [[key, child[side]] as const])),
      );
    const newBase = assemble('base');
    return {
      // Where there was nothing and nothing is agreed on, there is nothing still.
      base: base === undefined && Object.keys(newBase).length === 0 ? undefined : newBase,
      git: assemble('git'),
      platform: assemble('platform'),
    };
  }
  const changedBy = sameValue(git, base) ? 'platform' : sameValue(platform, base) ? 'git' : 'both';
  switch (choose({ path, changedBy, base, git, platform })) {
    case 'git':
      return { base: git, git, platform: git };
    case 'platform':
      return { base: platform, git: platform, platform };
    case 'hold':
      return { base, git, platform };
  }
};
