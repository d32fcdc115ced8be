import { sendValue } from './answers.ts';
import type { Call, OpenCall } from './call.ts';
import type { Shape } from './request-body.ts';
import { allows } from './rights.ts';
import { RpcError } from './rpc-error.ts';

/** The body of a login. */
export const SESSION_REQUEST: Shape = {
  struct: 'SessionCreateRequest',
  type: 'session.SessionCreateRequest',
  fields: { username: 'string', password: 'string', token: 'string' },
};

/** `POST /api/v1/session`: the account's token for its name and password. */
export function createSession({ server, body, reply }: OpenCall): void {
  const { username, password } = body;
  if (!username || !password) throw new RpcError('Unauthenticated', 'no credentials supplied');
  const account = server.accounts.find((one) => one.name === username && one.password === password);
  if (account === undefined) throw new RpcError('Unauthenticated', 'Invalid username or password');
  sendValue(
    reply,
    { token: account.token },
    { 'set-cookie': `argocd.token=${account.token}; path=/; SameSite=lax; httpOnly` },
  );
}

/** `DELETE /api/v1/session`: a bearer token goes on working. */
export function deleteSession({ reply }: OpenCall): void {
  sendValue(reply, {}, { 'set-cookie': 'argocd.token=; path=/; SameSite=lax; httpOnly' });
}

/** `GET /api/v1/session/userinfo`: an empty object for who is not logged in. */
export function getUserInfo({ caller, reply }: OpenCall): void {
  sendValue(reply, caller.kind === 'account' ? { loggedIn: true, username: caller.account.name, iss: 'argocd' } : {});
}

const RESOURCES = [
  'clusters',
  'projects',
  'applications',
  'applicationsets',
  'repositories',
  'write-repositories',
  'certificates',
  'accounts',
  'gpgkeys',
  'logs',
  'exec',
  'extensions',
];
const ACTIONS = ['get', 'create', 'update', 'delete', 'sync', 'override', 'action', 'invoke'];

/** `GET /api/v1/account/can-i/{resource}/{action}/{object…}` */
export function canI({ account, parameters, reply }: Call): void {
  const { resource = '', action = '', object = '' } = parameters;
  if (!RESOURCES.includes(resource))
    throw new RpcError('InvalidArgument', `[${RESOURCES.join(' ')}] does not contain ${resource}`);
  if (!ACTIONS.includes(action) && !action.startsWith('action/'))
    throw new RpcError('InvalidArgument', `[${ACTIONS.join(' ')}] does not contain ${action}`);
  sendValue(reply, { value: allows(account, resource, action, object) ? 'yes' : 'no' });
}
