import { isObject } from '../state/json.ts';
import type { Account, StoredObject } from '../types.ts';
import { projectOf } from './application-spec.ts';
import { globMatcher } from './glob.ts';
import { allows, permissionDenied } from './rights.ts';
import { RpcError } from './rpc-error.ts';
import type { Server } from './server.ts';

/** Which application a call names. */
export interface ApplicationReference {
  readonly name: string;
  /** Empty: the control plane's. */
  readonly namespace: string;
  /** Empty: not said. */
  readonly project: string;
}

/**
 * The application a call names, when the account may do `action` with it.
 * A missing one and a forbidden one look the same, unless the caller proves to know its project.
 * @throws {RpcError} PermissionDenied; NotFound with the right to the named project; InvalidArgument when the project
 * does not exist or does not admit the application's namespace
 */
export function findApplication(
  server: Server,
  account: Account,
  action: string,
  reference: ApplicationReference,
): StoredObject {
  const namespace = reference.namespace || server.namespace;
  const notFound = () => new RpcError('NotFound', `applications.argoproj.io "${reference.name}" not found`);

  if (reference.project !== '') {
    const place = namespace === server.namespace ? reference.project : `${reference.project}/${namespace}`;
    if (!allows(account, 'applications', action, `${place}/${reference.name}`)) throw permissionDenied();
  }
  if (!server.serves(namespace)) throw permissionDenied();
  const application = server.store.get('applications', namespace, reference.name);
  if (application === undefined) throw reference.project === '' ? permissionDenied() : notFound();
  if (!allows(account, 'applications', action, server.rbacName(application)))
    throw reference.project === '' ? permissionDenied() : notFound();
  if (reference.project !== '' && projectOf(application) !== reference.project) throw notFound();
  checkProject(server, application);
  return application;
}

/** @throws {RpcError} InvalidArgument */
function checkProject(server: Server, application: StoredObject): void {
  const name = projectOf(application);
  const project = server.store.get('appprojects', server.namespace, name);
  if (application.metadata.namespace === server.namespace) {
    // Every installation has the default project, also where the store was not given one.
    if (project !== undefined || name === 'default') return;
  } else if (project !== undefined && admits(project, application.metadata.namespace)) return;
  throw new RpcError(
    'InvalidArgument',
    `app is not allowed in project ${JSON.stringify(name)}, or the project does not exist`,
  );
}

function admits(project: StoredObject, namespace: string): boolean {
  const patterns =
    isObject(project.spec) && Array.isArray(project.spec.sourceNamespaces) ? project.spec.sourceNamespaces : [];
  return patterns.some((pattern) => typeof pattern === 'string' && globMatcher(pattern)(namespace));
}
