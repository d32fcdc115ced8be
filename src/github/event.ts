import { flag, number, record, text } from '../lib/json.ts';
import type { GitHubRepository } from './repository.ts';

/** What of the run that this step belongs to matters at GitHub. */
export interface GitHubRun {
  readonly apiUrl: string;
  readonly serverUrl: string;
  /** Undefined outside of a runner. */
  readonly repository: GitHubRepository | undefined;
  /** The commit that is deployed, `''` outside of a runner. */
  readonly commit: string;
  /** Of the pull request that the event is about; undefined: it is about none. */
  readonly pull: number | undefined;
}

/**
 * Reads the run from the runner's variables and the event's payload. The commit is `GITHUB_SHA`, but for a pull request its head, as
 * GITHUB_SHA is then a merge that nobody made; for one that was merged the commit it became.
 * `readFile` gives a file's text or throws.
 */
export function readRun(
  env: Readonly<Record<string, string | undefined>>,
  readFile: (path: string) => string,
): GitHubRun {
  const [owner = '', name = ''] = (env.GITHUB_REPOSITORY ?? '').split('/');
  const event = readEvent(env.GITHUB_EVENT_PATH ?? '', readFile);
  const pull = record(event.pull_request);
  const issue = record(event.issue);
  const merged = flag(pull.merged) ? text(pull.merge_commit_sha) : '';
  return {
    apiUrl: (env.GITHUB_API_URL || 'https://api.github.com').replace(/\/+$/, ''),
    serverUrl: env.GITHUB_SERVER_URL || 'https://github.com',
    repository: owner === '' || name === '' ? undefined : { owner, name },
    commit: merged || text(record(pull.head).sha) || (env.GITHUB_SHA ?? ''),
    pull: number(pull.number) ?? (issue.pull_request === undefined ? undefined : number(issue.number)),
  };
}

/** What cannot be read says nothing; the variables are enough for most. */
function readEvent(path: string, readFile: (path: string) => string): Readonly<Record<string, unknown>> {
  if (path === '') return {};
  try {
    return record(JSON.parse(readFile(path)));
  } catch {
    return {};
  }
}
