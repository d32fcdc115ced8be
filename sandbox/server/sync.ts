import { randomBytes } from 'node:crypto';
import { isObject } from '../state/json.ts';
import { timestamp } from '../state/store.ts';
import type { StoredObject } from '../types.ts';
import { sendValue } from './answers.ts';
import { findApplication } from './application-lookup.ts';
import { isAutomated } from './application-spec.ts';
import type { Call } from './call.ts';
import { restApplication } from './rest-form.ts';
import { enforce } from './rights.ts';
import { RpcError } from './rpc-error.ts';
import type { Server } from './server.ts';
import { planSync } from './sync-operation.ts';

/**
 * `POST /api/v1/applications/{name}/sync`. Everything is in the body; the query is not read.
 * The checks come in the order of the real server: visible, sync window, right to sync, deletion, revisions, and last
 * whether another operation is there.
 */
export function syncApplication({ server, account, parameters, body, reply }: Call): void {
  const application = findApplication(server, account, 'get', {
    name: parameters.name ?? '',
    namespace: text(body.appNamespace),
    project: text(body.project),
  });
  if (!server.backend.syncWindows(application).canSync)
    throw new RpcError('PermissionDenied', 'cannot sync: blocked by sync window');
  enforce(account, 'applications', 'sync', server.rbacName(application), server.startedAt);
  if (Array.isArray(body.manifests) && body.manifests.length > 0) {
    enforce(account, 'applications', 'override', server.rbacName(application), server.startedAt);
    if (isAutomated(application) && body.dryRun !== true)
      throw new RpcError(
        'FailedPrecondition',
        'cannot use local sync when Automatic Sync Policy is enabled unless for dry run',
      );
  }
  if (application.metadata.deletionTimestamp !== undefined)
    throw new RpcError('FailedPrecondition', 'application is deleting');

  const { operation, display } = planSync(application, body, account.name, (...asked) =>
    server.backend.resolveRevision(...asked),
  );
  const { namespace, name } = application.metadata;
  const stored = server.store.update('applications', namespace, name, (draft) => {
    if (isObject(draft.operation)) throw new RpcError('FailedPrecondition', 'another operation is already in progress');
    draft.operation = operation;
    // What the last operation left would mix with what this one writes.
    if (isObject(draft.status)) draft.status.operationState = undefined;
  });
  const partial = Array.isArray(body.resources) && body.resources.length > 0 ? 'partial ' : '';
  recordStart(server, stored, `${account.name} initiated ${partial}sync to ${display}`);
  sendValue(reply, restApplication(stored));
}

/** The audit event of an operation. */
function recordStart({ store, now }: Server, application: StoredObject, message: string): void {
  const { namespace, name, uid, resourceVersion } = application.metadata;
  const at = timestamp(now());
  store.create('events', {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { namespace, name: `${name}.${randomBytes(8).toString('hex')}` },
    involvedObject: {
      kind: application.kind,
      namespace,
      name,
      uid,
      apiVersion: application.apiVersion,
      resourceVersion,
    },
    reason: 'OperationStarted',
    message,
    source: { component: 'argocd-server' },
    firstTimestamp: at,
    lastTimestamp: at,
    count: 1,
    type: 'Normal',
    eventTime: null,
    reportingComponent: '',
    reportingInstance: '',
  });
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
