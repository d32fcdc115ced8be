import type { Caller, IncomingRequest, Reply } from '../http/exchange.ts';
import type { Account, Draft } from '../types.ts';
import type { ApplicationReference } from './application-lookup.ts';
import type { Server } from './server.ts';

/** One request to a known route. */
export interface OpenCall {
  readonly server: Server;
  readonly request: IncomingRequest;
  readonly reply: Reply;
  readonly caller: Caller;
  /** The variable parts of the path, decoded. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The body of a call that has one, checked. */
  readonly body: Readonly<Draft>;
}

/** A call of somebody who is logged in. */
export interface Call extends OpenCall {
  readonly account: Account;
}

/** The application that path and query name. */
export function applicationOf(call: OpenCall): ApplicationReference {
  const { query } = call.request;
  return {
    name: call.parameters.name ?? '',
    namespace: query.get('appNamespace') ?? '',
    project: query.get('project') ?? '',
  };
}
