import type { EntityPlan } from '../plan/entity.ts';
import type { SyncEventRecord } from '../report/report.ts';
import type { Prepared } from './prepare.ts';
import { changePayload, contentPayload, decisionPayload, fieldNames, type Happening } from './record.ts';

/** What a plan is about to do on one side; undefined: nothing that people would call a change. */
export const changeOf = ({ plan, path }: Prepared, on: 'git' | 'platform'): Omit<Happening, 'status'> | undefined => {
  const direction: SyncEventRecord['direction'] = on === 'git' ? 'to-git' : 'to-platform';
  switch (plan.kind) {
    case 'update': {
      const { differences } = plan[on];
      if (differences.length === 0) return undefined;
      const message = `${fieldNames(differences)} ${on === 'git' ? 'as on the platform' : 'as in Git'}`;
      return { direction, action: 'update', message, payload: changePayload(differences, on) };
    }
    case 'create':
      if (plan.on !== on) return undefined;
      return {
        direction,
        action: 'create',
        message: on === 'git' ? `new file ${path}` : 'made on the platform',
        file: path,
        payload: contentPayload(plan.content),
      };
    case 'delete':
      if (plan.on !== on) return undefined;
      return {
        direction,
        action: 'delete',
        message: on === 'git' ? 'taken out of Git, as it was deleted on the platform' : 'deleted, as it was in Git',
        payload: contentPayload(plan.content),
      };
    default:
      return undefined;
  }
};

/** What is told of a plan beside its changes: conflicts, and what is not carried over. */
export const tidingsOf = (plan: EntityPlan): readonly Happening[] => {
  const happenings: Happening[] = [];
  const conflict = 'conflict' in plan ? plan.conflict : undefined;
  if (conflict !== undefined) {
    const kept = new Set(conflict.decisions.map(({ choice }) => choice));
    happenings.push({
      direction: !conflict.resolved || kept.size > 1 ? 'none' : kept.has('git') ? 'to-platform' : 'to-git',
      action: 'keep',
      status: 'CONFLICT',
      message: conflict.message,
      hint: conflict.resolved ? '' : 'Both values are in the payload of this event.',
      payload: decisionPayload(conflict.decisions),
    });
  }
  if (plan.kind === 'update' && plan.held.length > 0) {
    happenings.push({
      direction: 'none',
      action: 'keep',
      status: 'SKIPPED',
      message: `${fieldNames(plan.held)}: not carried over, because ${heldBecause(plan.held)}`,
      payload: decisionPayload(plan.held),
    });
  }
  if (plan.kind === 'left' && plan.change) {
    happenings.push({ direction: 'none', action: 'keep', status: 'SKIPPED', message: plan.reason });
  }
  return happenings;
};

const heldBecause = (held: readonly { readonly changedBy: string }[]): string =>
  held.some(({ changedBy }) => changedBy === 'platform') ? 'Git is not written' : 'the platform is not written';

/** Whether both sides say the same of an entity when its plan is carried out. */
export const endsEqual = (plan: EntityPlan): boolean => {
  switch (plan.kind) {
    case 'nothing':
      return true;
    case 'update':
      return plan.held.length === 0 && plan.conflict?.resolved !== false;
    case 'create':
      return true;
    default:
      return false;
  }
};
