import { REFRESH_ANNOTATION } from '../application.ts';
import type { Unversioned } from '../parse-application.ts';

/**
 * The version of a state over the Argo CD API: what a list, a get and a stream all tell, on any server. Not in it because a
 * list cannot tell them: revisions, reconciledAt, messages.
 */
export const stateVersion = (application: Unversioned): string =>
  [
    application.sync.status,
    application.health.status,
    application.operationState?.phase ?? '',
    application.operationState?.startedAt ?? '',
    application.operationState?.finishedAt ?? '',
    application.operation?.sync === undefined ? '' : 'requested',
    REFRESH_ANNOTATION in application.annotations ? 'refreshing' : '',
    application.deleting ? 'deleting' : '',
  ].join(' ');
