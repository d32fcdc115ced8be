import type { JsonRecord } from '../../lib/json.ts';
import { type Content, hashOf } from '../diff/canonical.ts';
import type { EntityRef } from '../entity.ts';
import { type Agreement, baseOf } from '../merge/agreement.ts';

/** An entity as Git has it. */
export interface GitEntity {
  readonly path: string;
  readonly content: Content;
}

/** An entity as the platform has it. */
export interface PlatformEntity {
  readonly ref: EntityRef;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly content: Content;
  /** The annotation as it stands, `''`: none. */
  readonly agreementText: string;
  readonly agreement: Agreement | undefined;
  readonly deleting: boolean;
  /** As it was read, for what must be known beside the content: parents of fields, owners, who changed what when. */
  readonly object: JsonRecord;
}

/** What was last agreed on, as far as it can be known. */
export type Base =
  | { readonly kind: 'known'; readonly content: Content }
  /** The two sides never agreed. */
  | { readonly kind: 'none' }
  /** They did, and the content can no longer be read. */
  | { readonly kind: 'lost'; readonly reason: string };

/** What was agreed on for an entity that is gone from the platform, and with it what was kept there. */
export interface Remembered {
  readonly hash: string;
  readonly path: string;
}

/** Everything that is known of one entity. */
export interface Situation {
  readonly ref: EntityRef;
  readonly git: GitEntity | undefined;
  readonly platform: PlatformEntity | undefined;
  readonly base: Base;
  readonly remembered: Remembered | undefined;
  /** Why the entity is not to be touched on either side, `''`: it may be. */
  readonly leftAlone: string;
  /** Why nobody knows what Git says of it, `''`: it is known. */
  readonly unreadable: string;
}

/** The base where no commit has to be read for it; undefined: the commit of the agreement decides. */
export const baseAtHand = (
  git: Content | undefined,
  platform: Content | undefined,
  agreement: Agreement | undefined,
): Base | undefined => {
  if (agreement === undefined) return { kind: 'none' };
  for (const content of [git, platform]) {
    if (content !== undefined && hashOf(content) === agreement.hash) return { kind: 'known', content };
  }
  return undefined;
};

/** The base by what the commit of the agreement says; undefined: the entity is not there, or the commit is gone. */
export const baseByCommit = (atCommit: Content | undefined, agreement: Agreement): Base => {
  const short = agreement.commit.slice(0, 7);
  if (atCommit === undefined) {
    return { kind: 'lost', reason: `the last agreement, commit ${short}, is no longer in the repository` };
  }
  const content = baseOf(atCommit, agreement);
  return content === undefined
    ? { kind: 'lost', reason: `commit ${short} does not hold what was agreed on` }
    : { kind: 'known', content };
};
