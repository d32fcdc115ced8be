import { isRecord, type JsonRecord, record, text } from '../../lib/json.ts';
import type { Content } from '../diff/canonical.ts';
import { hashOf } from '../diff/canonical.ts';
import { differences, pathOf, pointerOf, withValue } from '../diff/field.ts';

/** The last content on which both sides agreed: where it can be read again, and how to know it. */
export interface Agreement {
  /** `owner/name`, or the address of the remote. */
  readonly repository: string;
  readonly branch: string;
  /** The entity in this commit, at this path, with {@link open} over it, is the content agreed on. */
  readonly commit: string;
  readonly path: string;
  /** Of the content agreed on. */
  readonly hash: string;
  /**
   * Fields on which the sides do not agree since: pointer → the value of the last agreement, undefined where there was none.
   * They keep their own base, so that what was agreed on meanwhile in other fields is not taken for a change again.
   */
  readonly open: ReadonlyMap<string, unknown>;
}

/** What is kept in an annotation must stay small. */
const MAX_OPEN_BYTES = 32 * 1024;

/** An agreement cannot be kept because too much is open. */
export class AgreementTooLargeError extends Error {}

/** The annotation's text. Throws {@link AgreementTooLargeError}. */
export const writeAgreement = ({ open, ...rest }: Agreement): string => {
  const value = JSON.stringify({
    ...rest,
    ...(open.size === 0
      ? {}
      : {
          open: Object.fromEntries([...open].map(([pointer, base]) => [pointer, base === undefined ? {} : { base }])),
        }),
  });
  if (Buffer.byteLength(value) > MAX_OPEN_BYTES) throw new AgreementTooLargeError();
  return value;
};

/** The agreement of an annotation, undefined when there is none that can be understood: then there is no base. */
export const readAgreement = (annotation: unknown): Agreement | undefined => {
  if (typeof annotation !== 'string') return undefined;
  let value: unknown;
  try {
    value = JSON.parse(annotation);
  } catch {
    return undefined;
  }
  if (!isRecord(value)) return undefined;
  const agreement: Agreement = {
    repository: text(value.repository),
    branch: text(value.branch),
    commit: text(value.commit),
    path: text(value.path),
    hash: text(value.hash),
    open: new Map(Object.entries(record(value.open)).map(([pointer, item]) => [pointer, record(item).base])),
  };
  const complete = /^[0-9a-f]{40,64}$/.test(agreement.commit) && /^[0-9a-f]{64}$/.test(agreement.hash);
  return complete && agreement.path !== '' ? agreement : undefined;
};

/** What must be kept beside the content at the commit so that together they are the base: the fields in which they differ. */
export const openFields = (base: Content, atCommit: Content): ReadonlyMap<string, unknown> =>
  new Map(differences(atCommit, base).map(({ path, after }) => [pointerOf(path), after]));

/** The base: what the commit says, with the open fields over it. Undefined when it is not what was agreed on. */
export const baseOf = (atCommit: Content, { open, hash }: Pick<Agreement, 'open' | 'hash'>): Content | undefined => {
  const base = [...open].reduce<JsonRecord>(
    (content, [pointer, value]) => withValue(content, pathOf(pointer), value),
    atCommit,
  );
  return hashOf(base) === hash ? base : undefined;
};
