import type { ApplicationRef } from '../application.ts';
import type { ListScope, Namespaces } from '../client.ts';

/** Where Argo CD lives when nothing else is said. */
export const DEFAULT_NAMESPACE = 'argocd';

const GROUP = '/apis/argoproj.io/v1alpha1';

/** The Applications of one namespace, or of all (`*`). */
export const collectionPath = (namespace: string): string =>
  namespace === '*' ? `${GROUP}/applications` : `${GROUP}/namespaces/${encodeURIComponent(namespace)}/applications`;

export const objectPath = (ref: ApplicationRef): string =>
  `${collectionPath(ref.namespace)}/${encodeURIComponent(ref.name)}`;

/** The ApplicationSets of one namespace, or of all (`*`). */
export const applicationSetPath = (namespace: string): string =>
  namespace === '*'
    ? `${GROUP}/applicationsets`
    : `${GROUP}/namespaces/${encodeURIComponent(namespace)}/applicationsets`;

/** Path with a query of what is not empty. */
export const withQuery = (path: string, query: Readonly<Record<string, string>>): string => {
  const parameters = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== ''));
  return parameters.size === 0 ? path : `${path}?${parameters.toString()}`;
};

/** The collections to ask for a scope: one for each namespace, or the one of all (`*`). `fallback`: the connection's own. */
export const collections = (scope: ListScope, fallback: Namespaces | undefined): readonly string[] => {
  const given = scope.namespaces === undefined || scope.namespaces.length === 0 ? fallback : scope.namespaces;
  if (given === undefined || given.length === 0) return [DEFAULT_NAMESPACE];
  return given === '*' || given.includes('*') ? ['*'] : [...new Set(given)].toSorted();
};

/** `in namespace argocd`, for messages. */
export const where = (namespace: string): string =>
  namespace === '*' ? 'in all namespaces' : `in namespace ${namespace}`;

/** `Accept` for the forms of an answer; a server that does not know a form gives the full one. */
export const ACCEPT = {
  table: 'application/json;as=Table;g=meta.k8s.io;v=v1,application/json',
  metadata: 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json',
  metadataList: 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json',
} as const;

/** An AppProject, which lives beside Argo CD. */
export const projectPath = (namespace: string, name: string): string =>
  `${GROUP}/namespaces/${encodeURIComponent(namespace || DEFAULT_NAMESPACE)}/appprojects/${encodeURIComponent(name)}`;

/** A row of a Table has about 200 bytes. */
export const ROWS_PER_PAGE = 5_000;
