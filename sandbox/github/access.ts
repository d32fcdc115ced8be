import { refuse } from './refusal.ts';
import type { Repository } from './state.ts';

/** Permissions of a token as GitHub names them in its API. `metadata: read` comes with every repository a token can see. */
export type Permission =
  | 'contents'
  | 'deployments'
  | 'issues'
  | 'pull_requests'
  | 'repository_hooks'
  | 'organization_hooks';
export type Level = 'read' | 'write';

export interface Token {
  readonly token: string;
  /** Who writes with it. Default `github-actions[bot]`. */
  readonly login?: string;
  /** Default `Bot`. */
  readonly type?: 'Bot' | 'User';
  /** What it may do, by `owner/name`, or by the login of an organization. */
  readonly permissions: Readonly<Record<string, Partial<Record<Permission, Level>>>>;
}

/** What an operation needs: any one of these. Empty: to see the repository is enough. */
export type Needs = readonly (readonly [permission: Permission, level: Level])[];

/** Who sends a request; undefined: nobody in particular. Refuses wrong credentials. */
export function identify(authorization: string | undefined, tokens: readonly Token[]): Token | undefined {
  if (authorization === undefined) return undefined;
  const given = /^(?:token|bearer) +(\S+)$/i.exec(authorization)?.[1];
  const found = tokens.find(({ token }) => token === given);
  if (found === undefined) refuse(401, 'Bad credentials');
  return found;
}

/** Refuses as GitHub does: what may not be seen does not exist, what may not be done is forbidden. */
export function admit(who: Token | undefined, repository: Repository | undefined, needs: Needs): Repository {
  if (repository === undefined) return refuse(404, 'Not Found');
  const granted = permissionsOf(who, `${repository.owner}/${repository.name}`);
  if (repository.private && granted === undefined) refuse(404, 'Not Found');
  const reads = needs.every(([, level]) => level === 'read');
  // What is public can be read by everybody, with any token and without one; webhooks are nobody's business.
  if (needs.length === 0 || (!repository.private && reads && !needs.some(([name]) => name.endsWith('_hooks')))) {
    return repository;
  }
  if (!holds(granted, needs)) forbid(who, needs);
  return repository;
}

/** The same for what belongs to an organization. */
export function admitToOrganization(who: Token | undefined, login: string, needs: Needs): void {
  const granted = permissionsOf(who, login);
  if (granted === undefined) refuse(404, 'Not Found');
  if (!holds(granted, needs)) forbid(who, needs);
}

const permissionsOf = (who: Token | undefined, name: string): Partial<Record<Permission, Level>> | undefined =>
  Object.entries(who?.permissions ?? {}).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];

const holds = (granted: Partial<Record<Permission, Level>> | undefined, needs: Needs): boolean =>
  needs.some(([name, level]) => granted?.[name] === 'write' || granted?.[name] === level);

function forbid(who: Token | undefined, needs: Needs): never {
  if (who === undefined) return refuse(401, 'Requires authentication');
  const by = (who.type ?? 'Bot') === 'Bot' ? 'integration' : 'personal access token';
  return refuse(403, `Resource not accessible by ${by}`, {
    headers: { 'x-accepted-github-permissions': needs.map(([name, level]) => `${name}=${level}`).join('; ') },
  });
}
