import pLimit from 'p-limit';
import { ArgoCdError } from '../../argocd/errors.ts';
import { record, textMap } from '../../lib/json.ts';
import { matchesSelector, parseSelector } from '../../targets/label-selector.ts';
import { compareEntities, type EntityRef, entityName, type Kind } from '../entity.ts';
import { isInFolder } from '../folder/new-file.ts';
import type { FolderState } from '../folder/read.ts';
import type { Memory } from '../memory/memory.ts';
import type { GitEntity, PlatformEntity, Situation } from '../plan/situation.ts';
import { generatedBy, healsItself, trackedBy } from '../platform/managed.ts';
import type { Platform } from '../platform/port.ts';
import { readBase } from './base.ts';
import type { Past } from './versions.ts';

/** What this sync looks after. */
export interface Scope {
  readonly repository: string;
  /** The branch that agreements are about. */
  readonly branch: string;
  readonly folder: string;
  readonly kinds: readonly Kind[];
  readonly namespaces: readonly string[];
  readonly selector: string;
}

/** Reads at a time. */
const CONCURRENCY = 8;

/**
 * Everything that is known of every entity on either side, in the order of {@link compareEntities}. Throws when a side cannot be read: then
 * nothing is known, and nothing may be concluded.
 */
export const gather = async (
  platform: Platform,
  past: Past,
  folder: FolderState,
  memory: Memory,
  scope: Scope,
  signal: AbortSignal,
): Promise<readonly Situation[]> => {
  const lists = await Promise.all(scope.kinds.map((kind) => platform.list(kind, signal)));
  const onPlatform = new Map(lists.flat().map((entity) => [entityName(entity.ref), entity]));
  const listed: ReadonlySet<string> = new Set(onPlatform.keys());
  const limit = pLimit(CONCURRENCY);
  // What a list does not show may be there all the same, without the labels that are asked for.
  const unseen = [...folder.entities.values()].filter(
    ({ ref }) => !listed.has(entityName(ref)) && outside(ref, scope) === '',
  );
  await Promise.all(
    unseen.map(({ ref }) =>
      limit(async () => {
        const entity = await platform.get(ref, signal);
        if (entity !== undefined) onPlatform.set(entityName(ref), entity);
      }),
    ),
  );
  const refs = new Map([...folder.entities.values(), ...onPlatform.values()].map(({ ref }) => [entityName(ref), ref]));
  const parents = createParents(platform, onPlatform, signal);
  return Promise.all(
    [...refs.values()].sort(compareEntities).map((ref) =>
      limit(async (): Promise<Situation> => {
        const name = entityName(ref);
        const inGit = folder.entities.get(name);
        const entity = onPlatform.get(name);
        const leftAlone = await whyLeftAlone(ref, inGit, entity, listed.has(name), scope, parents);
        return {
          ref,
          git: inGit,
          platform: entity,
          base:
            leftAlone === ''
              ? await readBase({ ref, git: inGit, platform: entity }, memory.head, past)
              : { kind: 'none' },
          remembered: memory.entities.get(name),
          leftAlone,
          unreadable: inGit === undefined ? whyUnreadable(ref, entity, folder) : '',
        };
      }),
    ),
  );
};

/** A file that cannot be read may have it: then it is not missing. */
const whyUnreadable = (ref: EntityRef, entity: PlatformEntity | undefined, folder: FolderState): string => {
  const path = folder.mayHold(ref, entity?.agreement?.path ?? '');
  return path === '' ? '' : `${path} cannot be read and may have it: the platform keeps what it has`;
};

const outside = (ref: EntityRef, { namespaces }: Scope): string =>
  namespaces.includes('*') || namespaces.includes(ref.namespace)
    ? ''
    : `the namespace ${ref.namespace} is not one of \`namespace\``;

const whyLeftAlone = async (
  ref: EntityRef,
  inGit: GitEntity | undefined,
  entity: PlatformEntity | undefined,
  listed: boolean,
  scope: Scope,
  parents: (ref: EntityRef) => Promise<PlatformEntity | undefined>,
): Promise<string> => {
  const far = outside(ref, scope);
  if (far !== '') return far;
  const selector = parseSelector(scope.selector);
  if (inGit !== undefined && entity === undefined && selector.kind === 'ok') {
    const labels = textMap(record(inGit.content.metadata).labels);
    if (!matchesSelector(selector.requirements, labels)) return 'its labels do not fit `selector`';
  }
  if (entity === undefined) return '';
  if (!listed) return 'on the platform its labels do not fit `selector`';
  if (entity.deleting) return 'it is being deleted on the platform';
  const generator = generatedBy(entity);
  if (generator !== '') return `the ApplicationSet ${generator} makes it, and would undo every change`;
  const { agreement } = entity;
  if (agreement !== undefined) {
    if (agreement.repository !== scope.repository || agreement.branch !== scope.branch) {
      return `it is kept in ${agreement.repository}, branch ${agreement.branch}`;
    }
    if (inGit === undefined && !isInFolder(agreement.path, scope.folder))
      return `it is kept in ${agreement.path}, outside of \`folder\``;
  }
  const by = trackedBy(entity);
  if (by === undefined) return '';
  try {
    const parent = await parents(by);
    return parent !== undefined && healsItself(parent)
      ? `the Application ${by.namespace}/${by.name} manages it with self-heal, and would undo every change`
      : '';
  } catch (error) {
    if (!(error instanceof ArgoCdError) || error.code !== 'forbidden') throw error;
    return `the Application ${by.namespace}/${by.name} manages it, and whether with self-heal may not be read`;
  }
};

/** Applications that manage others, each read once. */
const createParents = (
  platform: Platform,
  known: ReadonlyMap<string, PlatformEntity>,
  signal: AbortSignal,
): ((ref: EntityRef) => Promise<PlatformEntity | undefined>) => {
  const asked = new Map<string, Promise<PlatformEntity | undefined>>();
  return (ref) => {
    const name = entityName(ref);
    const answer = asked.get(name) ?? Promise.resolve(known.get(name) ?? platform.get(ref, signal));
    asked.set(name, answer);
    return answer;
  };
};
