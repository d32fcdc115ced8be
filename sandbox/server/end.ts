import { isObject } from '../state/json.ts';
import { sendValue } from './answers.ts';
import { findApplication } from './application-lookup.ts';
import { statusOf } from './application-spec.ts';
import { applicationOf, type Call } from './call.ts';
import { enforce } from './rights.ts';
import { RpcError } from './rpc-error.ts';

/** `DELETE /api/v1/applications/{name}/operation`: the operation ends later, as Failed. */
export function terminateOperation(call: Call): void {
  const { server, account, reply } = call;
  const application = findApplication(server, account, 'sync', applicationOf(call));
  if (!isObject(application.operation) || !isObject(statusOf(application).operationState))
    throw new RpcError('InvalidArgument', 'Unable to terminate operation. No operation is in progress');
  const { namespace, name } = application.metadata;
  server.store.update('applications', namespace, name, ({ status }) => {
    if (isObject(status) && isObject(status.operationState)) status.operationState.phase = 'Terminating';
  });
  sendValue(reply, {});
}

/** `DELETE /api/v1/applications/{name}` */
export function deleteApplication(call: Call): void {
  const { server, account, reply } = call;
  const application = findApplication(server, account, 'get', applicationOf(call));
  enforce(account, 'applications', 'delete', server.rbacName(application), server.startedAt);
  server.store.delete('applications', application.metadata.namespace, application.metadata.name);
  sendValue(reply, {});
}
