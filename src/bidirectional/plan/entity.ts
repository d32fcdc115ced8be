import { type Content, hashOf } from '../diff/canonical.ts';
import { type Difference, differences, pointerOf, sameValue } from '../diff/field.ts';
import { openFields } from '../merge/agreement.ts';
import { type Choice, type Decision, type FieldChange, merge } from '../merge/merge.ts';
import type { Situation } from './situation.ts';

/** What may be done, as the inputs say. */
export interface Rules {
  readonly writePlatform: boolean;
  /** `proposed`: in a pull request, so that Git says it only after the merge. */
  readonly writeGit: 'no' | 'committed' | 'proposed';
  /** One way to the platform: what Git has is made there, also where it was deleted. */
  readonly gitDecides: boolean;
  readonly conflict: 'first' | 'git' | 'platform' | 'fail';
  readonly delete: boolean;
  readonly create: boolean;
}

/** For `conflict: first`: who was first, by the pointer of a field; `''` stands for the entity. Absent: nobody knows. */
export type Firsts = ReadonlyMap<string, 'git' | 'platform'>;

/** A conflict of one entity. */
export interface Conflict {
  readonly decisions: readonly Decision[];
  readonly message: string;
  /** False: it is still there after this run. */
  readonly resolved: boolean;
}

/** What both sides agree on after a plan is carried out. */
export interface NextAgreement {
  /** The base; its hash is kept. */
  readonly content: Content;
  /** What Git then says at the path. */
  readonly inGit: Content;
}

export type EntityPlan =
  | { readonly kind: 'nothing' }
  /** `change` tells whether a change of somebody is not carried over; otherwise the sides only go their own ways. */
  | { readonly kind: 'left'; readonly reason: string; readonly change: boolean }
  | {
      readonly kind: 'update';
      readonly platform: { readonly content: Content; readonly differences: readonly Difference[] };
      readonly git: { readonly content: Content; readonly differences: readonly Difference[] };
      /** Undefined: what is kept with the entity stays. */
      readonly agreement: NextAgreement | undefined;
      readonly conflict: Conflict | undefined;
      /** Changes that are not carried over, because the inputs do not allow it. */
      readonly held: readonly Decision[];
    }
  | {
      readonly kind: 'create';
      readonly on: 'git' | 'platform';
      readonly content: Content;
      readonly conflict?: Conflict;
    }
  | {
      readonly kind: 'delete';
      readonly on: 'git' | 'platform';
      readonly content: Content;
      readonly conflict?: Conflict;
    }
  /** Nothing changes until somebody decides. */
  | { readonly kind: 'undecided'; readonly conflict: Conflict };

const NOTHING: EntityPlan = { kind: 'nothing' };
const left = (reason: string, change = false): EntityPlan => ({ kind: 'left', reason, change });

/** Decides what becomes of one entity. Pure: the same situation gives the same plan. */
export const planEntity = (situation: Situation, rules: Rules, firsts: Firsts): EntityPlan => {
  const { git, platform, leftAlone, unreadable } = situation;
  if (git === undefined && platform === undefined) return NOTHING;
  if (unreadable !== '') return left(unreadable);
  const different =
    git !== undefined && platform !== undefined ? !sameValue(git.content, platform.content) : platform === undefined;
  if (leftAlone !== '') return left(leftAlone, different);
  if (git !== undefined && platform !== undefined) {
    return situation.base.kind === 'known'
      ? threeWay(situation.base.content, git.content, platform.content, situation, rules, firsts)
      : withoutBase(git.content, platform.content, situation, rules);
  }
  if (git !== undefined) return missingOnPlatform(git.content, situation, rules);
  if (platform !== undefined) return missingInGit(platform.content, situation, rules, firsts);
  return NOTHING;
};

// --- on both sides ---------------------------------------------------------------------------------------------------

/** Whose change is carried over, if the inputs allow to write where it has to go. */
const chooser =
  (rules: Rules, firsts: Firsts) =>
  (change: FieldChange): Choice => {
    const wish = change.changedBy === 'both' ? decide(rules, firsts.get(pointerOf(change.path))) : change.changedBy;
    return allowed(wish, rules);
  };

const decide = ({ conflict }: Rules, first: 'git' | 'platform' | undefined): Choice => {
  switch (conflict) {
    case 'git':
    case 'platform':
      return conflict;
    case 'first':
      return first ?? 'hold';
    case 'fail':
      return 'hold';
  }
};

const allowed = (choice: Choice, rules: Rules): Choice => {
  if (choice === 'git') return rules.writePlatform ? 'git' : 'hold';
  if (choice === 'platform') return rules.writeGit === 'no' ? 'hold' : 'platform';
  return 'hold';
};

const threeWay = (
  base: Content,
  git: Content,
  platform: Content,
  situation: Situation,
  rules: Rules,
  firsts: Firsts,
): EntityPlan => {
  const choose = chooser(rules, firsts);
  const wanted = merge(base, git, platform, choose);
  const conflicts = wanted.decisions.filter(({ changedBy }) => changedBy === 'both');
  const held = wanted.decisions.filter(({ choice, changedBy }) => choice === 'hold' && changedBy !== 'both');
  // What is only proposed is not agreed on before it is merged.
  const now =
    rules.writeGit === 'proposed'
      ? merge(base, git, platform, (change) => {
          const choice = choose(change);
          return choice === 'platform' ? 'hold' : choice;
        })
      : wanted;
  return update(
    situation,
    { git, platform },
    { git: wanted.git, platform: now.platform },
    { content: now.base, inGit: now.git },
    conflicts.length === 0 ? undefined : fieldConflict(conflicts, rules),
    held,
  );
};

const fieldConflict = (decisions: readonly Decision[], rules: Rules): Conflict => {
  const open = decisions.filter(({ choice }) => choice === 'hold');
  const fields = decisions.map(({ path }) => pointerOf(path)).join(', ');
  const message =
    open.length === 0
      ? `both sides changed ${fields}: kept ${keptWords(decisions)}`
      : `both sides changed ${open.map(({ path }) => pointerOf(path)).join(', ')}: ${undecidedWords(rules)}`;
  return { decisions, message, resolved: open.length === 0 };
};

const keptWords = (decisions: readonly Decision[]): string => {
  const sides = new Set(decisions.map(({ choice }) => (choice === 'git' ? 'what Git says' : 'what the platform says')));
  const [first] = decisions;
  if (decisions.length !== 1 || first === undefined) return [...sides].join(' and ');
  const [kept, other] = first.choice === 'git' ? [first.git, first.platform] : [first.platform, first.git];
  return `${[...sides].join()}${isShort(kept) && isShort(other) ? `, ${JSON.stringify(kept)} and not ${JSON.stringify(other)}` : ''}`;
};

const MAX_SHOWN = 60;

/** Whether a value can be told in a sentence. */
const isShort = (value: unknown): boolean =>
  typeof value === 'number' || typeof value === 'boolean' || (typeof value === 'string' && value.length <= MAX_SHOWN);

const undecidedWords = ({ conflict, writeGit, writePlatform }: Rules): string => {
  if (conflict === 'fail') return 'neither is written while `conflict` is `fail`';
  if (conflict === 'first')
    return 'who was first is not known; set `conflict` to `git` or `platform`, or make both sides equal';
  return !writePlatform || writeGit === 'no'
    ? '`direction` does not allow to write the one that is chosen'
    : 'undecided';
};

/** Both have it, and nothing is known that they agreed on. */
const withoutBase = (git: Content, platform: Content, situation: Situation, rules: Rules): EntityPlan => {
  if (sameValue(git, platform)) {
    return update(situation, { git, platform }, { git, platform }, { content: git, inGit: git }, undefined, []);
  }
  const side = rules.conflict === 'git' || rules.conflict === 'platform' ? rules.conflict : 'hold';
  const choice = allowed(side, rules);
  const { decisions } = merge({}, git, platform, () => choice);
  const why =
    situation.base.kind === 'lost' ? situation.base.reason : 'both sides have it, and they never agreed on anything';
  if (choice === 'hold') {
    const how =
      side === 'hold'
        ? 'nothing is changed until a side is chosen: set `conflict` to `git` or `platform`, or make both sides equal'
        : '`direction` does not allow to write the side that is not chosen';
    return { kind: 'undecided', conflict: { decisions, message: `${why}; ${how}`, resolved: false } };
  }
  const content = choice === 'git' ? git : platform;
  const conflict: Conflict = { decisions, message: `${why}; kept what ${sideName(choice)} says`, resolved: true };
  if (choice === 'platform' && rules.writeGit === 'proposed') {
    return update(situation, { git, platform }, { git: content, platform }, undefined, conflict, []);
  }
  return update(
    situation,
    { git, platform },
    { git: content, platform: content },
    { content, inGit: content },
    conflict,
    [],
  );
};

const sideName = (side: 'git' | 'platform'): string => (side === 'git' ? 'Git' : 'the platform');

interface Both {
  readonly git: Content;
  readonly platform: Content;
}

const update = (
  { git, platform }: Situation,
  now: Both,
  then: Both,
  agreement: NextAgreement | undefined,
  conflict: Conflict | undefined,
  held: readonly Decision[],
): EntityPlan => {
  const toPlatform = differences(now.platform, then.platform);
  const toGit = differences(now.git, then.git);
  const kept = platform?.agreement;
  const known =
    agreement === undefined ||
    (kept !== undefined &&
      kept.path === git?.path &&
      kept.hash === hashOf(agreement.content) &&
      sameOpen(kept.open, openFields(agreement.content, agreement.inGit)));
  if (toPlatform.length === 0 && toGit.length === 0 && known && conflict === undefined && held.length === 0) {
    return NOTHING;
  }
  return {
    kind: 'update',
    platform: { content: then.platform, differences: toPlatform },
    git: { content: then.git, differences: toGit },
    agreement: known ? undefined : agreement,
    conflict,
    held,
  };
};

const sameOpen = (a: ReadonlyMap<string, unknown>, b: ReadonlyMap<string, unknown>): boolean =>
  a.size === b.size && [...a].every(([pointer, value]) => b.has(pointer) && sameValue(value, b.get(pointer)));

// --- on one side -----------------------------------------------------------------------------------------------------

const whole = (decision: Omit<Decision, 'path' | 'changedBy'>): readonly Decision[] => [
  { path: [], changedBy: 'both', ...decision },
];

const missingOnPlatform = (git: Content, { remembered }: Situation, rules: Rules): EntityPlan => {
  if (remembered === undefined || rules.gitDecides) {
    if (!rules.writePlatform) return left('only Git has it, and `direction` is `to-git`', true);
    if (!rules.create) return left('only Git has it, and `create` is false', true);
    return { kind: 'create', on: 'platform', content: git };
  }
  if (rules.writeGit === 'no') return left('it was deleted on the platform, and Git cannot be written', true);
  const unchanged = hashOf(git) === remembered.hash;
  if (!rules.delete) {
    return left(
      'it was deleted on the platform, and `delete` is false: the file stays, and it is not made again',
      true,
    );
  }
  if (unchanged) return { kind: 'delete', on: 'git', content: git };
  const side = rules.conflict === 'git' || rules.conflict === 'platform' ? rules.conflict : 'hold';
  const choice = allowed(side, rules);
  const decisions = whole({ base: undefined, git, platform: undefined, choice });
  const what = 'it was deleted on the platform and changed in Git';
  if (choice === 'git') {
    return {
      kind: 'create',
      on: 'platform',
      content: git,
      conflict: { decisions, message: `${what}: made again`, resolved: true },
    };
  }
  if (choice === 'platform') {
    return {
      kind: 'delete',
      on: 'git',
      content: git,
      conflict: { decisions, message: `${what}: deleted in Git`, resolved: true },
    };
  }
  return {
    kind: 'undecided',
    conflict: { decisions, message: `${what}; set \`conflict\` to \`git\` or \`platform\` to decide`, resolved: false },
  };
};

const missingInGit = (platform: Content, situation: Situation, rules: Rules, firsts: Firsts): EntityPlan => {
  const agreement = situation.platform?.agreement;
  if (agreement === undefined) {
    if (rules.writeGit === 'no') return left('only the platform has it, and `direction` is `to-platform`');
    if (!rules.create) return left('only the platform has it, and `create` is false');
    return { kind: 'create', on: 'git', content: platform };
  }
  if (!rules.writePlatform) return left('it was deleted in Git, and `direction` is `to-git`', true);
  if (!rules.delete) return left('it was deleted in Git, and `delete` is false: the platform keeps it', true);
  if (hashOf(platform) === agreement.hash) return { kind: 'delete', on: 'platform', content: platform };
  const choice = allowed(decide(rules, firsts.get('')), rules);
  const decisions = whole({ base: undefined, git: undefined, platform, choice });
  const what = 'it was deleted in Git and changed on the platform';
  if (choice === 'git') {
    return {
      kind: 'delete',
      on: 'platform',
      content: platform,
      conflict: { decisions, message: `${what}: deleted`, resolved: true },
    };
  }
  if (choice === 'platform') {
    return {
      kind: 'create',
      on: 'git',
      content: platform,
      conflict: { decisions, message: `${what}: its file is made again`, resolved: true },
    };
  }
  return {
    kind: 'undecided',
    conflict: { decisions, message: `${what}: ${undecidedWords(rules)}`, resolved: false },
  };
};
