import type { Application } from '../application.ts';
import type { SyncRequest } from '../client.ts';
import { infoOf, resourcesOf, strategyOf } from '../request-parts.ts';

/**
 * The body of a sync request. The server fills in the Application's own sync options and retry strategy unless the user changed
 * them (Rule 16); positions of sources count from 1, and only sources that move are named (Rule 11).
 */
export const syncBody = (seen: Application, request: SyncRequest): object => {
  const strategy = strategyOf(request);
  const moved = request.revisions
    .map((revision, index) => ({ revision, position: index + 1 }))
    .filter(({ revision }) => revision !== '');
  return {
    appNamespace: seen.ref.namespace,
    ...(seen.project === '' ? {} : { project: seen.project }),
    infos: infoOf(request),
    ...(seen.multiSource || request.revision === '' ? {} : { revision: request.revision }),
    ...(seen.multiSource && moved.length > 0
      ? {
          revisions: moved.map(({ revision }) => revision),
          sourcePositions: moved.map(({ position }) => position),
        }
      : {}),
    prune: request.prune,
    dryRun: request.dryRun,
    ...(strategy === undefined ? {} : { strategy }),
    ...(request.resources.length === 0 ? {} : { resources: resourcesOf(request) }),
    ...(request.overrides.syncOptions ? { syncOptions: { items: request.syncOptions } } : {}),
    ...(request.overrides.retry && request.retry !== undefined ? { retryStrategy: request.retry } : {}),
  };
};
