import { type Content, hashOf } from '../diff/canonical.ts';
import { differences, sameValue, withValue } from '../diff/field.ts';
import type { CommitId } from '../git/port.ts';
import type { Agreement } from '../merge/agreement.ts';
import { type Base, baseAtHand, baseByCommit, type Situation } from '../plan/situation.ts';
import { isOwn, type Past, readVersions, type Version } from './versions.ts';

export type Sides = Pick<Situation, 'ref' | 'git' | 'platform'>;

/**
 * The base of an entity: the last agreement, and what commits of ours brought to Git after it. There are such commits when a run was killed before
 * it could keep the agreement; the platform said the same then.
 *
 * @param known a commit of the branch that an earlier run knew, `''`: none. For entities with which nothing is kept yet
 */
export const readBase = async (sides: Sides, known: CommitId | '', past: Past): Promise<Base> => {
  const { git, platform } = sides;
  const agreement = platform?.agreement;
  if (agreement === undefined) return withoutAgreement(sides, known, past);
  if (git === undefined || hashOf(git.content) === agreement.hash) {
    return baseAtHand(git?.content, platform?.content, agreement) ?? byCommit(sides, agreement, past);
  }
  const base = baseAtHand(undefined, platform?.content, agreement) ?? (await byCommit(sides, agreement, past));
  if (base.kind !== 'known' || !(await past.has(agreement.commit))) return base;
  const history = await past.history(agreement.commit);
  if (history.kind === 'unrelated' || !history.commits.some(isOwn)) return base;
  const versions = await readVersions(past, sides.ref, agreement);
  return { kind: 'known', content: broughtBy(versions ?? [], base.content) ?? base.content };
};

const byCommit = async ({ ref }: Sides, agreement: Agreement, past: Past): Promise<Base> =>
  baseByCommit(
    (await past.has(agreement.commit)) ? await past.read(agreement.commit, agreement.path, ref) : undefined,
    agreement,
  );

/** Nothing is kept with it. If a commit of ours brought it to Git, that is what was agreed on. */
const withoutAgreement = async ({ ref, git, platform }: Sides, known: CommitId | '', past: Past): Promise<Base> => {
  const equal = git === undefined || platform === undefined || sameValue(git.content, platform.content);
  if (equal || known === '' || !(await past.has(known))) return { kind: 'none' };
  // What was in Git before was not brought by us.
  if ((await past.read(known, git.path, ref)) !== undefined) return { kind: 'none' };
  const versions = await readVersions(past, ref, { commit: known, path: '' });
  const content = broughtBy(versions ?? [], undefined);
  return content === undefined ? { kind: 'none' } : { kind: 'known', content };
};

/**
 * The base with what our own commits changed of an entity; undefined: none. Where a commit of ours deleted it, what was agreed on ended:
 * what has its name after that is another one.
 */
export const broughtBy = (versions: readonly Version[], base: Content | undefined): Content | undefined =>
  versions.reduce<Content | undefined>((now, { content, own }, index) => {
    if (!own) return now;
    if (content === undefined) return undefined;
    const before = versions[index - 1]?.content;
    if (before === undefined || now === undefined) return content;
    return differences(before, content).reduce<Content>((all, { path, after }) => withValue(all, path, after), now);
  }, base);
