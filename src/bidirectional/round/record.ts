import type { JsonRecord } from '../../lib/json.ts';
import { hashOf } from '../diff/canonical.ts';
import { type Difference, pointerOf } from '../diff/field.ts';
import type { Decision } from '../merge/merge.ts';
import type { Situation } from '../plan/situation.ts';
import type { EventPayload, EventStatus, FieldPayload, SyncEventRecord } from '../report/report.ts';

/** What happened, without what every event of an entity has in common. */
export interface Happening {
  readonly direction: SyncEventRecord['direction'];
  readonly action: SyncEventRecord['action'];
  readonly status: EventStatus;
  readonly message: string;
  readonly hint?: string;
  readonly file?: string;
  readonly commit?: string;
  readonly payload?: EventPayload;
}

export const NO_PAYLOAD: EventPayload = { fields: [], content: null };

/** The event of a happening. Its id follows from what both sides said and last agreed on, so that a repeated run gives it again. */
export const recordOf = (situation: Situation, happening: Happening, at: Date): SyncEventRecord => {
  const { ref, git, platform } = situation;
  const { direction, action, status, message } = happening;
  const id = hashOf([
    ref.kind,
    ref.namespace,
    ref.name,
    direction,
    action,
    status,
    platform?.agreementText ?? '',
    git === undefined ? '' : hashOf(git.content),
    platform === undefined ? '' : hashOf(platform.content),
  ]).slice(0, 16);
  return {
    id,
    time: at.toISOString(),
    direction,
    action,
    ...ref,
    file: happening.file ?? git?.path ?? platform?.agreement?.path ?? '',
    commit: happening.commit ?? '',
    status,
    message,
    hint: happening.hint ?? '',
    payload: happening.payload ?? NO_PAYLOAD,
  };
};

/** What changes, by the side that gets it. */
export const changePayload = (changes: readonly Difference[], to: 'git' | 'platform'): EventPayload => ({
  content: null,
  fields: changes.map(({ path, before, after }) => ({
    path: pointerOf(path),
    git: to === 'git' ? before : after,
    platform: to === 'git' ? after : before,
    kept: to === 'git' ? 'platform' : 'git',
  })),
});

/** What both sides and the base say, and what was decided. */
export const decisionPayload = (decisions: readonly Decision[]): EventPayload => ({
  content: null,
  fields: decisions.map(
    ({ path, base, git, platform, choice }): FieldPayload => ({
      path: pointerOf(path),
      base,
      git,
      platform,
      kept: choice === 'hold' ? 'both' : choice,
    }),
  ),
});

export const contentPayload = (content: JsonRecord): EventPayload => ({ fields: [], content });

/** `/spec/a, /spec/b and 3 more`. */
export const fieldNames = (changes: readonly { readonly path: readonly string[] }[]): string => {
  const names = changes.map(({ path }) => pointerOf(path));
  const shown = names.slice(0, 5).join(', ');
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
};
