import { isObject } from '../state/json.ts';
import type { StoredObject } from '../types.ts';
import { sendValue } from './answers.ts';
import { findApplication } from './application-lookup.ts';
import { applicationOf, type Call } from './call.ts';
import { healthOf, restApplication } from './rest-form.ts';
import { RpcError } from './rpc-error.ts';

const REFRESH = 'argocd.argoproj.io/refresh';
const HYDRATE = 'argocd.argoproj.io/hydrate';

/**
 * `GET /api/v1/applications/{name}`: the whole application, with the health of its resources.
 * With `refresh` it asks the controller for a comparison and answers when that has been taken up, however long it takes.
 */
export async function getApplication(call: Call): Promise<void> {
  const { server, account, request, reply } = call;
  if (request.query.getAll('project').length > 1)
    throw new RpcError(
      'InvalidArgument',
      'multiple projects specified - the get endpoint accepts either zero or one project',
    );
  const found = findApplication(server, account, 'get', applicationOf(call));
  const application = request.query.has('refresh') ? await refreshed(call, found) : found;
  if (application === undefined) return;
  sendValue(reply, restApplication(application, healthOf(server, application)));
}

/** Asks for a refresh and waits for the annotation to go. Undefined when the client has gone first. */
function refreshed({ server, request, reply }: Call, application: StoredObject): Promise<StoredObject | undefined> {
  const { namespace, name } = application.metadata;
  const level = request.query.get('refresh') === 'hard' ? 'hard' : 'normal';
  return new Promise((resolve) => {
    // First listen, then ask: a controller may answer at once.
    const stop = server.store.subscribe(({ resource, type, object }) => {
      if (resource !== 'applications' || type === 'DELETED') return;
      if (object.metadata.namespace !== namespace || object.metadata.name !== name) return;
      if (object.metadata.annotations?.[REFRESH] !== undefined) return;
      stop();
      resolve(object);
    });
    reply.onClose(() => {
      stop();
      resolve(undefined);
    });
    server.store.update('applications', namespace, name, ({ metadata }) => {
      if (!isObject(metadata)) return;
      const annotations = isObject(metadata.annotations) ? metadata.annotations : {};
      metadata.annotations = { ...annotations, [REFRESH]: level, [HYDRATE]: level };
    });
  });
}
