import type { ApplicationRef } from '../application.ts';

const APPLICATIONS = '/api/v1/applications';

/** Names and values of a query; empty values are left out. */
export type Query = readonly (readonly [name: string, value: string])[];

const withQuery = (path: string, query: Query): string => {
  const parameters = new URLSearchParams();
  for (const [name, value] of query) if (value !== '') parameters.append(name, value);
  return parameters.size === 0 ? path : `${path}?${parameters.toString()}`;
};

/**
 * The path of one Application or of something below it. Its namespace goes into the query here and nowhere else; only a sync
 * takes it from the body. `project`: known, or `''`.
 */
export const applicationPath = (ref: ApplicationRef, project: string, below = '', query: Query = []): string =>
  withQuery(`${APPLICATIONS}/${encodeURIComponent(ref.name)}${below}`, [
    ['appNamespace', ref.namespace],
    ['project', project],
    ...query,
  ]);

export const syncPath = (ref: ApplicationRef): string => `${APPLICATIONS}/${encodeURIComponent(ref.name)}/sync`;

export const listPath = (query: Query): string => withQuery(APPLICATIONS, query);

/** All ApplicationSets that the account may get. */
export const applicationSetsPath = '/api/v1/applicationsets';

/** One ApplicationSet. `namespace` `''`: the server's own. */
export const applicationSetPath = (name: string, namespace: string): string =>
  withQuery(`${applicationSetsPath}/${encodeURIComponent(name)}`, [['appsetNamespace', namespace]]);

/** Branches and tags of a repository, by its address. */
export const refsPath = (repository: string, project: string): string =>
  withQuery(`/api/v1/repositories/${encodeURIComponent(repository)}/refs`, [['appProject', project]]);

export const streamPath = (query: Query): string => withQuery('/api/v1/stream/applications', query);
