import type { Application, ManagedResource } from '../argocd/application.ts';
import type { SyncRequest } from '../argocd/client.ts';
import type { Verdict } from '../argocd/verdict.ts';
import { nearest } from '../lib/nearest.ts';
import { counted, enumerate } from '../lib/text.ts';
import { fitsWildcard } from '../lib/wildcard.ts';

/** One line of `resources`: `group:kind:[namespace/]name`, `!` before it to exclude, `*` for any characters. */
export interface ResourceFilter {
  /** As it was written, `!` included. */
  readonly text: string;
  readonly exclude: boolean;
  /** `''`: the core group. */
  readonly group: string;
  readonly kind: string;
  /** `''`: any, cluster-wide resources included. */
  readonly namespace: string;
  readonly name: string;
}

export type Expanded =
  | { readonly kind: 'expanded'; readonly resources: SyncRequest['resources']; readonly notes: readonly string[] }
  | { readonly kind: 'empty'; readonly verdict: Verdict };

/**
 * The resources of an Application that a partial sync is asked for (rule 13), exactly as Argo CD takes them: it knows neither
 * wildcards nor excludes. With excludes only, everything else is meant. Hooks are never part of a partial sync.
 */
export function expandResources(application: Application, filters: readonly ResourceFilter[]): Expanded {
  const known = application.resources.filter((resource) => !resource.hook);
  const includes = filters.filter((filter) => !filter.exclude);
  const excludes = filters.filter((filter) => filter.exclude);
  const chosen = known.filter(
    (resource) =>
      (includes.length === 0 || includes.some((filter) => fits(filter, resource))) &&
      !excludes.some((filter) => fits(filter, resource)),
  );
  const unmatched = filters.filter((filter) => !known.some((resource) => fits(filter, resource)));
  if (chosen.length === 0) return { kind: 'empty', verdict: nothingChosen(known, filters, unmatched) };
  return {
    kind: 'expanded',
    resources: chosen.map(({ group, kind, namespace, name }) => ({ group, kind, namespace, name })),
    notes: [
      'a partial sync: Argo CD skips hooks and writes no history',
      ...(unmatched.length === 0 ? [] : [`no resource of it fits ${enumerate(unmatched.map(({ text }) => text))}`]),
    ],
  };
}

const fits = (filter: ResourceFilter, resource: ManagedResource): boolean =>
  fitsWildcard(filter.group, resource.group) &&
  fitsWildcard(filter.kind, resource.kind) &&
  fitsWildcard(filter.name, resource.name) &&
  (filter.namespace === '' || fitsWildcard(filter.namespace, resource.namespace));

/** In the form of `resources`, so that it can be copied from there. */
const textOf = ({ group, kind, namespace, name }: SyncRequest['resources'][number]): string =>
  `${group}:${kind}:${namespace === '' ? '' : `${namespace}/`}${name}`;

const NAMED = 3;

function nothingChosen(
  known: readonly ManagedResource[],
  filters: readonly ResourceFilter[],
  unmatched: readonly ResourceFilter[],
): Verdict {
  const asked = enumerate(filters.map(({ text }) => text));
  if (known.length === 0) {
    return {
      name: 'error',
      message: `\`resources\` matches nothing: Argo CD knows of no resources of it`,
      hint: 'Without `resources` everything is synced.',
    };
  }
  const texts = [...new Set(known.flatMap((resource) => [textOf(resource), textOf({ ...resource, namespace: '' })]))];
  const near = unmatched
    .filter((filter) => !filter.exclude)
    .flatMap(({ text }) => nearest(text, texts, 1))
    .slice(0, NAMED);
  const examples = known.slice(0, NAMED).map(textOf);
  const all =
    known.length > NAMED
      ? `It has ${counted(known.length, 'resource')}, among them ${enumerate(examples)}.`
      : `It has ${enumerate(examples)}.`;
  return {
    name: 'error',
    message: `\`resources\` matches none of its ${counted(known.length, 'resource')}: ${asked}`,
    hint: near.length === 0 ? all : `Did you mean ${enumerate(near, 'or')}? Case counts.`,
  };
}

/** `3 resources (apps:Deployment:shop/web, …)`, for the log. */
export function describeResources(resources: SyncRequest['resources']): string {
  const named = resources.slice(0, NAMED).map(textOf);
  return `${counted(resources.length, 'resource')} (${named.join(' ')}${resources.length > NAMED ? ' …' : ''})`;
}
