import type { Application, ManagedResource, ResourceResult } from '../argocd/application.ts';

/**
 * What a sync left in the cluster although the sources no longer have it (rule 28). Such resources keep an Application OutOfSync:
 * those that may not be pruned are meant to stay, so they count for nothing; the others wait for somebody to prune them.
 */
export interface LeftOver {
  /** May not be pruned: `Prune=false`. */
  readonly kept: readonly string[];
  /** Would have been pruned, had the sync been asked to. */
  readonly unpruned: readonly string[];
}

export const NOTHING_LEFT: LeftOver = { kept: [], unpruned: [] };

interface Named {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

const keyOf = ({ group, kind, namespace, name }: Named): string => [group, kind, namespace, name].join('/');

/** Read from the results of the operation: `ignored (no prune)` and `ignored (requires pruning)`. */
export function leftOverOf(results: readonly ResourceResult[]): LeftOver {
  const skipped = results.filter(({ status }) => status === 'PruneSkipped');
  const mayNot = (result: ResourceResult): boolean => result.message.includes('no prune');
  return {
    kept: skipped.filter(mayNot).map(keyOf),
    unpruned: skipped.filter((result) => !mayNot(result)).map(keyOf),
  };
}

/** Whether the operation found everything as it should be, by its own words for each resource. A hook may have changed anything. */
export const changedNothing = (results: readonly ResourceResult[]): boolean =>
  results.length > 0 &&
  results.every(
    ({ hookType, message, status }) => hookType === '' && (status === 'PruneSkipped' || message.endsWith(' unchanged')),
  );

/** Only that can tell whether anything else is OutOfSync. */
export const isAnyLeft = ({ kept, unpruned }: LeftOver): boolean => kept.length + unpruned.length > 0;

/** What is OutOfSync and not meant to be. */
export const notKept = (resources: readonly ManagedResource[], { kept }: LeftOver): readonly ManagedResource[] =>
  resources.filter((resource) => resource.status === 'OutOfSync' && !resource.hook && !kept.includes(keyOf(resource)));

/** Synced, but for what is meant to stay. `resources`: the managed ones, undefined where they are not known. */
export function isInSync(
  application: Application,
  left: LeftOver,
  resources: readonly ManagedResource[] | undefined,
): boolean {
  const { status } = application.sync;
  if (status !== 'OutOfSync' || left.kept.length === 0 || resources === undefined) return status === 'Synced';
  return resources.some((resource) => resource.status === 'OutOfSync') && notKept(resources, left).length === 0;
}

/** What has to be pruned before the Application is Synced, when nothing else is in the way; otherwise empty. */
export function waitsForPruning(
  application: Application,
  left: LeftOver,
  resources: readonly ManagedResource[] | undefined,
): readonly ManagedResource[] {
  if (application.sync.status !== 'OutOfSync' || left.unpruned.length === 0 || resources === undefined) return [];
  const others = notKept(resources, left);
  return others.every((resource) => left.unpruned.includes(keyOf(resource))) ? others : [];
}

const NAMED = 3;

/** `ConfigMap/a, ConfigMap/b and 2 more`. */
export function nameLeft(keys: readonly string[]): string {
  const names = keys.slice(0, NAMED).map((key) => {
    const [, kind, , name] = key.split('/');
    return `${kind}/${name}`;
  });
  return `${names.join(', ')}${keys.length > NAMED ? ` and ${keys.length - NAMED} more` : ''}`;
}

export const nameResources = (resources: readonly ManagedResource[]): string => nameLeft(resources.map(keyOf));
