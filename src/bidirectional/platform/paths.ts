import { API_GROUP, type EntityRef, type Kind } from '../entity.ts';

export const PLURALS: Readonly<Record<Kind, string>> = {
  Application: 'applications',
  AppProject: 'appprojects',
  ApplicationSet: 'applicationsets',
};

/** The entities of a kind in a namespace, or in all (`*`). */
export const collectionPath = (kind: Kind, namespace: string): string => {
  const scope = namespace === '*' ? '' : `/namespaces/${encodeURIComponent(namespace)}`;
  return `/apis/${API_GROUP}/v1alpha1${scope}/${PLURALS[kind]}`;
};

export const objectPath = ({ kind, namespace, name }: EntityRef): string =>
  `${collectionPath(kind, namespace)}/${encodeURIComponent(name)}`;

export const eventsPath = (namespace: string): string => `/api/v1/namespaces/${encodeURIComponent(namespace)}/events`;

export const withQuery = (path: string, query: Readonly<Record<string, string>>): string => {
  const parameters = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== ''));
  return parameters.size === 0 ? path : `${path}?${parameters.toString()}`;
};
