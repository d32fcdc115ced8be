import type { Application, Operation } from '../application.ts';
import type { SyncRequest } from '../client.ts';
import { infoOf, resourcesOf, strategyOf } from '../request-parts.ts';

/**
 * One merge patch that asks for an operation (Rules 15 to 18): guarded by the version that was seen, complete because nothing
 * is inherited, never automated, and with the state of the last operation removed, whose fields would show up in the new one.
 */
export const syncPatch = (seen: Application, request: SyncRequest): object => {
  const strategy = strategyOf(request);
  return {
    metadata: { resourceVersion: seen.resourceVersion },
    operation: {
      initiatedBy: { username: request.initiatedBy },
      info: infoOf(request),
      ...(request.retry === undefined ? {} : { retry: request.retry }),
      sync: {
        ...(seen.multiSource || request.revision === '' ? {} : { revision: request.revision }),
        ...(seen.multiSource && request.revisions.length > 0 ? { revisions: request.revisions } : {}),
        prune: request.prune,
        ...(request.dryRun ? { dryRun: true } : {}),
        ...(strategy === undefined ? {} : { syncStrategy: strategy }),
        ...(request.syncOptions.length === 0 ? {} : { syncOptions: request.syncOptions }),
        ...(request.resources.length === 0 ? {} : { resources: resourcesOf(request) }),
      },
    },
    status: { operationState: null },
  };
};

/** The operation as it stands in the Application after {@link syncPatch}. */
export const requestedOperation = (seen: Application, request: SyncRequest): Operation => ({
  info: infoOf(request),
  initiatedBy: request.initiatedBy,
  automated: false,
  sync: {
    revision: seen.multiSource ? '' : request.revision,
    revisions: seen.multiSource ? request.revisions : [],
    prune: request.prune,
    dryRun: request.dryRun,
    partial: request.resources.length > 0,
  },
});
