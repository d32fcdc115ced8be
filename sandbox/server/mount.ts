import type { Handler, IncomingRequest, Reply } from '../http/exchange.ts';
import { sendError, sendInvalidContentType, sendPlain } from './answers.ts';
import type { ArgoCdContext } from './backend.ts';
import { readBody } from './request-body.ts';
import { matchRoute } from './routes.ts';
import { asRpcError, RpcError } from './rpc-error.ts';
import { type Server, serverOf } from './server.ts';
import { sendStreamError, streamForm } from './stream-writer.ts';

/** The Argo CD REST API over a store, with the checks in the order of the real server. */
export function mountArgoCd(context: ArgoCdContext): Handler {
  const server = serverOf(context);
  return async (request, reply) => {
    const path = withoutRoot(server, request.path);
    if (path === '/healthz') reply.send(200, 'ok\n', { 'content-type': 'text/plain; charset=utf-8' });
    else if (path === undefined) sendPlain(reply, 404, '404 page not found');
    else if (path.startsWith('/api/')) await answerCall(server, request, reply, path);
    // The user interface answers everything else, a wrong path prefix too.
    else reply.send(200, USER_INTERFACE, { 'content-type': 'text/html; charset=utf-8', vary: 'Accept-Encoding' });
  };
}

/** The path behind the root path; undefined when it is not below that. Health is told without it too. */
function withoutRoot(server: Server, path: string): string | undefined {
  if (path === '/healthz' || server.rootPath === '') return path;
  return path.startsWith(`${server.rootPath}/`) ? path.slice(server.rootPath.length) : undefined;
}

async function answerCall(server: Server, request: IncomingRequest, reply: Reply, path: string): Promise<void> {
  const { method, headers } = request;
  if (method !== 'GET' && headers['content-type'] !== 'application/json') {
    sendInvalidContentType(reply);
    return;
  }
  const match = matchRoute(method, path);
  if (match.kind !== 'found') {
    if (match.kind === 'unknown') sendPlain(reply, 404, 'Not Found');
    else sendPlain(reply, 405, 'Method Not Allowed');
    return;
  }
  const { route, parameters } = match;
  try {
    // The body comes before the session: nonsense is nonsense whoever sends it.
    const body = route.body === undefined ? {} : readBody(request.body, route.body);
    const call = { server, request, reply, caller: request.caller, parameters, body };
    if (route.open) await route.answer(call);
    else if (request.caller.kind === 'account') await route.answer({ ...call, account: request.caller.account });
    else throw new RpcError('Unauthenticated', 'no session information');
  } catch (error) {
    if (route.streams === true) sendStreamError(reply, streamForm(headers.accept), asRpcError(error));
    else sendError(reply, asRpcError(error));
  }
}

const USER_INTERFACE = `<!doctype html>
<html lang="en"><head><meta charset="UTF-8"><title>Argo CD</title><base href="/"></head>
<body><noscript><p>Your browser does not support JavaScript.</p></noscript><div id="app"></div></body></html>
`;
