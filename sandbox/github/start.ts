import { record } from '../../src/lib/json.ts';
import type { IncomingRequest } from '../http/exchange.ts';
import { createFaultPlan } from '../http/faults.ts';
import { startListener } from '../http/listener.ts';
import { createRequestLog } from '../http/request-log.ts';
import type { Fault, SeenRequest } from '../types.ts';
import { admit, admitToOrganization, identify, type Token } from './access.ts';
import type { Answer, Call } from './call.ts';
import { loadOpenApi, type Operation } from './openapi.ts';
import { Refusal, refuse } from './refusal.ts';
import { ROUTES } from './routes.ts';
import { createState, type GitHubState, type RepositorySeed } from './state.ts';

export interface GitHubOptions {
  readonly repositories?: readonly RepositorySeed[];
  readonly tokens?: readonly Token[];
  readonly faults?: readonly Fault[];
  /** What the API is below: `''` as github.com, `/api/v3` as GitHub Enterprise Server. Default `''`. */
  readonly root?: string;
  readonly now?: () => Date;
}

export interface GitHub {
  /** For `GITHUB_API_URL`. */
  readonly apiUrl: string;
  readonly state: GitHubState;
  readonly requests: readonly SeenRequest[];
  /**
   * Where a request was not as GitHub describes its API, or an answer of this stand-in could not be GitHub's. A test that
   * leaves some behind must fail.
   */
  readonly violations: readonly string[];
  addFault(fault: Fault): void;
  clearFaults(): void;
  stop(): Promise<void>;
}

/**
 * Starts a GitHub REST API on 127.0.0.1: repositories, refs, pull requests, comments and deployments in memory. Every request
 * is checked against GitHub's published OpenAPI description, and so is every answer.
 */
export async function startGitHub(options: GitHubOptions = {}): Promise<GitHub> {
  const started = performance.now();
  const openApi = loadOpenApi();
  const { root = '', tokens = [] } = options;
  const state = createState(options.repositories ?? [], options.now ?? (() => new Date()));
  const faults = createFaultPlan(options.faults);
  const log = createRequestLog(() => performance.now() - started);
  const violations: string[] = [];

  /** Checks a request as GitHub does: its form, who asks, whether that is allowed, and only then carries it out. */
  const answer = (request: IncomingRequest, operation: Operation, apiUrl: string): Answer => {
    const { query, headers } = request;
    if ((headers['user-agent'] ?? '') === '') refuse(403, 'Request forbidden by administrative rules.');
    const who = identify(headers.authorization, tokens);
    const body = parse(request.body);
    const wrong = openApi.checkRequest(operation, query, body);
    violations.push(...wrong);
    if (wrong.length > 0) refuse(422, 'Validation Failed', { errors: wrong });
    const route = ROUTES[operation.id];
    if (route === undefined) {
      violations.push(`${operation.id} is not built in this stand-in`);
      return refuse(501, 'Not Implemented');
    }
    const { parameters } = operation;
    const target = request.path.slice(root.length) + (query.size === 0 ? '' : `?${query}`);
    const accept = headers.accept ?? '';
    const call: Call = { state, who, parameters, query, body: record(body), accept, apiUrl, target };
    if (route.of === 'organization') {
      admitToOrganization(who, parameters.org ?? '', route.needs);
      return route.answer(call);
    }
    const found = state.repositories.get(`${parameters.owner}/${parameters.repo}`.toLowerCase());
    return route.answer({ ...call, repository: admit(who, found, route.needs) });
  };

  const listener = await startListener({
    api: 'github',
    accounts: [],
    faults,
    log,
    bodyLimit: 25 * 1024 * 1024,
    handler(request, reply) {
      const apiUrl = `http://${request.headers.host}${root}`;
      const path = request.path.startsWith(root) ? request.path.slice(root.length) : '';
      const operation = openApi.find(request.method, path);
      try {
        if (operation === undefined) {
          violations.push(`${request.method} ${request.path} is no operation of the description`);
          return refuse(404, 'Not Found');
        }
        const { status, body, headers } = answer(request, operation, apiUrl);
        if (typeof body === 'string') {
          reply.send(status, body, { 'content-type': 'application/vnd.github.sha; charset=utf-8', ...headers });
          return;
        }
        violations.push(...openApi.checkAnswer(operation, status, body));
        if (body === undefined) reply.send(status, '', headers);
        else reply.json(status, body, { ...HEADERS, ...headers });
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        reply.json(error.status, error.body, { ...HEADERS, ...error.headers });
      }
    },
  });
  return {
    apiUrl: `${listener.url}${root}`,
    state,
    violations,
    get requests() {
      return log.requests;
    },
    addFault: (fault) => faults.add(fault),
    clearFaults: () => faults.clear(),
    stop: () => listener.stop(),
  };
}

const HEADERS = {
  'content-type': 'application/json; charset=utf-8',
  'x-github-media-type': 'github.v3; format=json',
  'x-ratelimit-limit': '1000',
  'x-ratelimit-remaining': '999',
};

/** Undefined: none. */
function parse(body: string): unknown {
  if (body === '') return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return refuse(400, 'Problems parsing JSON');
  }
}
