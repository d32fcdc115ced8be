import { ID_INFO, type Info } from './application.ts';
import type { SyncRequest } from './client.ts';

/** Parts of a sync request that both APIs write in the same way. */

/** The request's info, our id in it (Rule 14). */
export const infoOf = (request: SyncRequest): readonly Info[] =>
  request.info.some((item) => item.name === ID_INFO)
    ? request.info
    : [{ name: ID_INFO, value: request.id }, ...request.info];

/** Undefined for what is the default: apply with hooks, without force. Only one of both may be set. */
export const strategyOf = (request: SyncRequest): object | undefined => {
  const { kind, force } = request.strategy;
  if (kind === 'apply') return { apply: force ? { force } : {} };
  return force ? { hook: { force } } : undefined;
};

/** What is synced of a partial sync; an empty group or namespace is left out, as Argo CD writes it. */
export const resourcesOf = (request: SyncRequest): readonly object[] =>
  request.resources.map(({ group, kind, namespace, name }) => ({
    ...(group === '' ? {} : { group }),
    kind,
    name,
    ...(namespace === '' ? {} : { namespace }),
  }));
