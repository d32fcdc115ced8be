import { pathOf, pointerOf, sameValue, valueAt } from '../diff/field.ts';
import type { EntityPlan, Firsts } from '../plan/entity.ts';
import type { Situation } from '../plan/situation.ts';
import { FIELD_MANAGER } from '../platform/kubernetes.ts';
import { writtenAt } from '../platform/managed.ts';
import { type Past, readVersions, type Version } from './versions.ts';

/**
 * Who changed the fields of a conflict first: the time of the commit in which Git first said something else than what was agreed
 * on, against the time the platform keeps for the field. Both have whole seconds; in the same second Git was first. A field
 * whose time nobody keeps is not in the answer.
 */
export const readFirsts = async (past: Past, situation: Situation, plan: EntityPlan): Promise<Firsts> => {
  const { ref, platform } = situation;
  const agreement = platform?.agreement;
  const pointers = conflictPointers(plan);
  if (pointers.length === 0 || platform === undefined || agreement === undefined) return new Map();
  if (!(await past.has(agreement.commit))) return new Map();
  const versions = await readVersions(past, ref, agreement);
  if (versions === undefined) return new Map();
  const firsts = new Map<string, 'git' | 'platform'>();
  for (const pointer of pointers) {
    const path = pathOf(pointer);
    const asBefore = ({ content }: Version): boolean =>
      pointer === '' ? content !== undefined : sameValue(valueAt(content, path), baseValue(situation, pointer));
    const inGit = versions[versions.findLastIndex(asBefore) + 1]?.at;
    const onPlatform =
      pointer === ''
        ? newest(changedPointers(situation).map((one) => timeOf(situation, one)))
        : timeOf(situation, pointer);
    if (inGit === undefined || onPlatform === undefined) continue;
    firsts.set(pointer, inGit.getTime() <= onPlatform.getTime() ? 'git' : 'platform');
  }
  return firsts;
};

/** The fields for which a plan needs to know who was first; `''`: the entity as a whole. */
export const conflictPointers = (plan: EntityPlan): readonly string[] => {
  const conflict = 'conflict' in plan ? plan.conflict : undefined;
  return (conflict?.decisions ?? []).filter(({ changedBy }) => changedBy === 'both').map(({ path }) => pointerOf(path));
};

const baseValue = ({ base }: Situation, pointer: string): unknown =>
  base.kind === 'known' ? valueAt(base.content, pathOf(pointer)) : undefined;

const timeOf = ({ platform }: Situation, pointer: string): Date | undefined => {
  if (platform === undefined) return undefined;
  const path = pathOf(pointer);
  return writtenAt(platform, path, valueAt(platform.content, path) === undefined, FIELD_MANAGER);
};

/** What the platform can have changed, where the base is not at hand: the parts that people write. */
const changedPointers = ({ platform }: Situation): readonly string[] =>
  platform === undefined ? [] : ['/spec', '/metadata/labels', '/metadata/annotations'];

const newest = (times: readonly (Date | undefined)[]): Date | undefined => {
  const known = times.filter((time) => time !== undefined).map((time) => time.getTime());
  return known.length === 0 ? undefined : new Date(Math.max(...known));
};
