/** A repository of the GitHub that this run belongs to. */
export interface GitHubRepository {
  readonly owner: string;
  readonly name: string;
}

const PART = /^[A-Za-z0-9_.-]+$/;

/**
 * The repository an address names, when it is one of the GitHub at `serverUrl` (`https://github.com` or an Enterprise Server);
 * undefined otherwise. The token of a run is for that GitHub, and is sent nowhere else.
 */
export function repositoryAt(address: string, serverUrl: string): GitHubRepository | undefined {
  const home = hostOf(serverUrl);
  const text = address.trim();
  const url = /^(?:https?|ssh|git):\/\/(?:[^@/]*@)?([^/]+)\/(.+)$/i.exec(text);
  const short = /^(?:[^@/\s]+@)?([^:/\s]+):(?!\/\/)(.+)$/.exec(text);
  const [, host = '', path = ''] = url ?? short ?? [];
  if (home === '' || !isHome(host.toLowerCase(), home)) return undefined;
  const [owner = '', name = '', ...more] = path
    .replace(/^\/+|\/+$/g, '')
    .replace(/\.git$/i, '')
    .split('/');
  return more.length === 0 && PART.test(owner) && PART.test(name) ? { owner, name } : undefined;
}

const hostOf = (serverUrl: string): string => (URL.canParse(serverUrl) ? new URL(serverUrl).host.toLowerCase() : '');

/** With or without the port of a scheme; `ssh.github.com` is GitHub's way through firewalls. */
const isHome = (host: string, home: string): boolean => {
  const bare = host.replace(/:(?:22|443|80)$/, '');
  return host === home || bare === home || bare === `ssh.${home}` || bare === `www.${home}`;
};
