import type { Detail, ListScope, Namespaces } from '../argocd/client.ts';
import { MAX_DIRECT_READS } from '../lib/limits.ts';
import type { TargetInputs } from '../sync/inputs/types.ts';
import { needsSpec, serverSelector } from './conditions.ts';
import { compileGlob } from './glob.ts';

/** One Application to read: the item that names it, and the namespace to look in (`''`: the transport's default). */
export interface DirectRead {
  readonly item: TargetInputs['names'][number];
  readonly namespace: string;
}

/** How to look for the Applications that are meant. */
export type Lookup =
  /** Few exact names and nothing that could match more: read each, whole. */
  | { readonly kind: 'direct'; readonly reads: readonly DirectRead[] }
  | {
      readonly kind: 'list';
      /** What is looked at as a whole. */
      readonly base: ListScope;
      /** Namespaces beside, that only items `namespace/name` name. */
      readonly named: ListScope | undefined;
      readonly detail: Detail;
    };

/** The transport's default namespace in a direct read. Kubernetes needs one; Argo CD's server knows its own. */
const defaultNamespaces = (transport: 'kubernetes' | 'argocd'): readonly string[] =>
  transport === 'kubernetes' ? [DEFAULT_NAMESPACE] : [''];

/** Where Argo CD is installed unless somebody chose otherwise (contract 1.2). */
export const DEFAULT_NAMESPACE = 'argocd';

/**
 * Decides how to look. `namespaces` is the input, undefined for the transport's default.
 * The label conditions go to the server; the other filters are ours, so that every exclusion can have its reason.
 */
export const lookup = (
  targets: TargetInputs,
  namespaces: Namespaces | undefined,
  transport: 'kubernetes' | 'argocd',
): Lookup => {
  const reads = directReads(targets, namespaces, transport);
  if (reads !== undefined) return { kind: 'direct', reads };
  const scope = { selector: serverSelector(targets), projects: [] };
  const beside = namespaces === '*' ? [] : namespacesNamed(targets).filter((name) => !namespaces?.includes(name));
  return {
    kind: 'list',
    base: { namespaces, ...scope },
    named: beside.length === 0 ? undefined : { namespaces: beside, ...scope },
    detail: needsSpec(targets) ? 'spec' : 'names',
  };
};

const directReads = (
  targets: TargetInputs,
  namespaces: Namespaces | undefined,
  transport: 'kubernetes' | 'argocd',
): readonly DirectRead[] | undefined => {
  if (targets.names.length === 0 || targets.globs.length > 0) return undefined;
  if (namespaces === '*' && targets.names.some((item) => item.namespace === '')) return undefined;
  const base = namespaces === undefined || namespaces === '*' ? defaultNamespaces(transport) : namespaces;
  const reads = targets.names.flatMap((item) =>
    (item.namespace === '' ? base : [item.namespace]).map((namespace) => ({ item, namespace })),
  );
  return reads.length <= MAX_DIRECT_READS ? reads : undefined;
};

/** Namespaces that names and globs spell out. */
const namespacesNamed = (targets: TargetInputs): readonly string[] => {
  const found = [
    ...targets.names.map((item) => item.namespace),
    ...targets.globs.flatMap((pattern) => {
      const result = compileGlob(pattern);
      return result.kind === 'ok' ? result.glob.namespaces : [];
    }),
  ];
  return [...new Set(found)].filter((namespace) => namespace !== '').sort();
};
