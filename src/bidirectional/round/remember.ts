import { hashOf } from '../diff/canonical.ts';
import { sameValue } from '../diff/field.ts';
import { entityName } from '../entity.ts';
import type { FolderState } from '../folder/read.ts';
import { formatMemory, type Memory } from '../memory/memory.ts';
import type { Remembered } from '../plan/situation.ts';
import type { Prepared } from './prepare.ts';

/** How the round ended. */
export interface Ending {
  /** Names of the entities that could not be written. */
  readonly failed: ReadonlySet<string>;
  /** Whether Git says by now what was planned for it. */
  readonly gitSays: boolean;
  readonly folder: FolderState;
}

/** What is to be remembered after a round; `before` is what was. */
export const memoryAfter = (
  ready: readonly Prepared[],
  before: Memory,
  { failed, gitSays, folder }: Ending,
): Memory => {
  const after = new Map<string, Remembered>();
  for (const one of ready) {
    const name = entityName(one.situation.ref);
    const keep = failed.has(name) || one.situation.leftAlone !== '' || one.situation.unreadable !== '';
    const remembered = keep ? before.entities.get(name) : rememberedAfter(one, gitSays);
    if (remembered !== undefined) after.set(name, remembered);
  }
  // One that is on neither side may be in a file that cannot be read.
  const met: ReadonlySet<string> = new Set(ready.map(({ situation }) => entityName(situation.ref)));
  for (const [name, remembered] of before.entities) {
    if (!met.has(name) && folder.problems.some(({ path }) => path === remembered.path)) after.set(name, remembered);
  }
  // The commit only moves on with what is remembered: a run that changes nothing must not write.
  const same = formatMemory({ head: before.head, entities: after }) === formatMemory(before);
  const stays = same || ready.some((one) => hasOnlyOurCommit(one, failed));
  return { head: stays && before.head !== '' ? before.head : folder.commit, entities: after };
};

/**
 * Whether a commit of ours may be all that tells what was agreed on for an entity: the agreement could not be kept with it. Then that commit must stay
 * among those that arrived after the one we remember.
 */
const hasOnlyOurCommit = ({ situation, plan }: Prepared, failed: ReadonlySet<string>): boolean => {
  const { ref, git, platform, base, leftAlone, unreadable } = situation;
  if (platform === undefined || platform.agreement !== undefined || leftAlone !== '') return false;
  if (unreadable !== '') return true;
  // Where they differ and nothing is known, no commit of ours brought it.
  if (git === undefined || !(base.kind === 'known' || sameValue(git.content, platform.content))) return false;
  return plan.kind !== 'update' || plan.agreement === undefined || failed.has(entityName(ref));
};

/** What is to be remembered of an entity after its plan; undefined: nothing. */
const rememberedAfter = ({ situation, plan, path }: Prepared, gitSays: boolean): Remembered | undefined => {
  const { remembered, platform } = situation;
  const before =
    platform?.agreement === undefined ? remembered : { hash: platform.agreement.hash, path: platform.agreement.path };
  switch (plan.kind) {
    case 'update':
      return plan.agreement === undefined ? before : { hash: hashOf(plan.agreement.content), path };
    case 'create':
      return plan.on === 'git' && !gitSays ? before : { hash: hashOf(plan.content), path };
    case 'delete':
      return plan.on === 'git' && !gitSays ? before : undefined;
    default:
      return before;
  }
};
