import { sameValue } from '../diff/field.ts';
import type { EntityPlan } from '../plan/entity.ts';
import type { PlatformEntity, Situation } from '../plan/situation.ts';
import { objectOf } from '../platform/kubernetes.ts';
import { patchOf } from '../platform/patch.ts';
import type { Platform, WriteResult } from '../platform/port.ts';
import type { Scope } from './gather.ts';
import { agreementText, type Prepared } from './prepare.ts';

/** The controller writes the status of an Application often; each write makes a new version. */
const ATTEMPTS = 5;

/**
 * Carries out the platform's part of a plan, with the agreement in the same write. `commit` has what Git says. A write that met a newer
 * version is repeated as long as the entity itself still says what was planned from.
 */
export const writePlatform = async (
  { situation, plan, path }: Prepared,
  { commit, gitSays }: { readonly commit: string; readonly gitSays: boolean },
  platform: Platform,
  scope: Scope,
  signal: AbortSignal,
): Promise<WriteResult> => {
  const { ref } = situation;
  if (plan.kind === 'create' && plan.on === 'platform') {
    const agreement = agreementText({ content: plan.content, inGit: plan.content }, scope, commit, path);
    return platform.create(objectOf(ref, plan.content, agreement), ref, false, signal);
  }
  if (situation.platform === undefined) return { kind: 'done', uid: '' };
  const write = writerOf(situation, plan, { commit, gitSays, path }, platform, scope, signal);
  if (write === undefined) return { kind: 'done', uid: '' };
  let entity = situation.platform;
  for (let attempt = 1; ; attempt += 1) {
    const result = await write(entity);
    if (result.kind !== 'stale' || attempt === ATTEMPTS) return result;
    const now = await platform.get(ref, signal);
    if (now === undefined || !sameValue(now.content, entity.content) || now.agreementText !== entity.agreementText) {
      return result;
    }
    entity = now;
  }
};

/** How to write a plan over a version of the entity; undefined: there is nothing to write. */
const writerOf = (
  { ref }: Situation,
  plan: EntityPlan,
  { commit, gitSays, path }: { readonly commit: string; readonly gitSays: boolean; readonly path: string },
  platform: Platform,
  scope: Scope,
  signal: AbortSignal,
): ((entity: PlatformEntity) => Promise<WriteResult>) | undefined => {
  switch (plan.kind) {
    case 'update': {
      const agreement = plan.agreement === undefined ? undefined : agreementText(plan.agreement, scope, commit, path);
      const { differences } = plan.platform;
      if (differences.length === 0 && agreement === undefined) return undefined;
      return (entity) =>
        platform.patch(ref, patchOf(entity.object, entity.resourceVersion, differences, agreement), false, signal);
    }
    case 'create': {
      if (plan.on === 'platform' || !gitSays) return undefined;
      const agreement = agreementText({ content: plan.content, inGit: plan.content }, scope, commit, path);
      return (entity) =>
        platform.patch(ref, patchOf(entity.object, entity.resourceVersion, [], agreement), false, signal);
    }
    case 'delete':
      return plan.on === 'git' ? undefined : (entity) => platform.remove(entity, signal);
    default:
      return undefined;
  }
};
