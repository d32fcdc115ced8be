import type { ResourceResult } from '../argocd/application.ts';
import { resourceName } from '../argocd/failing-resources.ts';

/** What a dry run would do to a resource. */
export type DryRunAction = 'create' | 'configure' | 'replace' | 'prune' | 'keep' | 'leave';

/** kubectl's own words, which Argo CD repeats: `configmap/cart configured (dry run)`. */
const ACTIONS: readonly (readonly [words: RegExp, action: DryRunAction])[] = [
  [/ unchanged\b/, 'leave'],
  [/ created\b/, 'create'],
  [/ (?:configured|serverside-applied)\b/, 'configure'],
  [/ replaced\b/, 'replace'],
];

export function dryRunAction({ status, message }: ResourceResult): DryRunAction | undefined {
  if (status === 'Pruned') return 'prune';
  if (status === 'PruneSkipped') return 'keep';
  return ACTIONS.find(([words]) => words.test(message))?.[1];
}

const WORDS: Readonly<Record<Exclude<DryRunAction, 'leave'>, string>> = {
  create: 'would be created',
  configure: 'would be configured',
  replace: 'would be replaced',
  prune: 'would be pruned',
  keep: 'is no longer in Git, and would be kept',
};

/** More are in the report, with everything that Argo CD said of them. */
const MAX_LINES = 15;

/** What would change, one line for each resource: `would be configured: Deployment shop/web`. Unchanged ones are only counted. */
export function describeDryRun(resources: readonly ResourceResult[]): {
  readonly lines: readonly string[];
  readonly summary: string;
} {
  const acted = resources.map((resource) => ({ resource, action: dryRunAction(resource) }));
  const changes = acted.flatMap(({ resource, action }) => {
    if (action === 'leave') return [];
    return [
      `${action === undefined ? resource.message || 'nothing is said' : WORDS[action]}: ${resourceName(resource)}`,
    ];
  });
  const shown = changes.length > MAX_LINES ? changes.slice(0, MAX_LINES) : changes;
  const hidden = changes.length - shown.length;
  const more = hidden === 0 ? [] : [`and ${hidden} more; the report has all`];
  const count = (action: DryRunAction): number => acted.filter((one) => one.action === action).length;
  const counts = [
    [count('create'), 'to create'],
    [count('configure'), 'to configure'],
    [count('replace'), 'to replace'],
    [count('prune'), 'to prune'],
    [count('keep'), 'no longer in Git'],
    [count('leave'), 'unchanged'],
  ] as const;
  const summary = counts
    .filter(([number]) => number > 0)
    .map(([number, words]) => `${number} ${words}`)
    .join(', ');
  return { lines: [...shown, ...more], summary };
}
