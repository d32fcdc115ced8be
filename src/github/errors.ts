/** Closed set of reasons why a call to GitHub did not do what was asked. */
export type GitHubErrorCode =
  /** The token is wrong or has expired. */
  | 'unauthenticated'
  /** The token may not do this. */
  | 'forbidden'
  /** No such thing, or it is hidden from this token. */
  | 'not-found'
  /** Too much was asked for: the hourly limit, or too much at once. */
  | 'rate-limited'
  /** GitHub will not do what was asked, whenever it is asked. */
  | 'invalid'
  /** Overloaded or out of order: 5xx. */
  | 'unavailable'
  /** No answer in time. */
  | 'timeout'
  /** The connection could not be made or broke. */
  | 'network'
  /** The call was stopped by us. */
  | 'aborted';

/** A call to GitHub failed. `message` is one line, fit for a log, without the token. */
export class GitHubError extends Error {
  override readonly name = 'GitHubError';
  readonly code: GitHubErrorCode;
  /** What to do next, as a sentence; `''` when there is nothing to add. */
  readonly hint: string;
  /** HTTP status, 0 without an answer. */
  readonly status: number;
  /** Milliseconds to wait before trying again, if GitHub says so. */
  readonly retryAfterMs: number | undefined;

  constructor(
    code: GitHubErrorCode,
    message: string,
    options: { readonly hint?: string; readonly status?: number; readonly retryAfterMs?: number | undefined } = {},
  ) {
    super(message);
    this.code = code;
    this.hint = options.hint ?? '';
    this.status = options.status ?? 0;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** What of an answer matters for telling what went wrong. */
export interface FailedAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, unknown>>;
  /** GitHub's own words, one line. */
  readonly message: string;
}

export interface CallDescription {
  /** What was attempted: `cannot create a deployment`. */
  readonly cannot: string;
  /** The line of a job's `permissions` that allows it, such as `deployments: write`. */
  readonly permission: string;
}

/** Reads an answer that is no success. `nowS`: seconds of the epoch. */
export function answered({ cannot, permission }: CallDescription, answer: FailedAnswer, nowS: number): GitHubError {
  const { status, headers, message } = answer;
  const said = `${cannot}: GitHub says ${status}${message === '' ? '' : `, ${message}`}`;
  const permit = `Add \`${permission}\` to the \`permissions:\` of the job; pull requests from forks get a token that only reads.`;
  if (status === 401) {
    return new GitHubError('unauthenticated', said, {
      status,
      hint: `Check \`github-token\`: \`\${{ github.token }}\` is the one of the job.`,
    });
  }
  if (status === 429 || (status === 403 && isRateLimit(headers, message))) {
    return new GitHubError('rate-limited', said, { status, retryAfterMs: waitOf(headers, nowS) ?? UNTOLD_WAIT_MS });
  }
  if (status === 403) return new GitHubError('forbidden', said, { status, hint: permit });
  if (status === 404) return new GitHubError('not-found', said, { status, hint: permit });
  if (status >= 500) return new GitHubError('unavailable', said, { status, retryAfterMs: waitOf(headers, nowS) });
  return new GitHubError('invalid', said, { status });
}

/** GitHub's advice where its answer does not say how long to wait. */
const UNTOLD_WAIT_MS = 60_000;

/** A 403 that is no matter of permissions. */
const isRateLimit = (headers: FailedAnswer['headers'], message: string): boolean =>
  headers['retry-after'] !== undefined || headers['x-ratelimit-remaining'] === '0' || /rate limit/i.test(message);

/** `retry-after` in seconds; else the time at which the hourly limit starts afresh. */
function waitOf(headers: FailedAnswer['headers'], nowS: number): number | undefined {
  const after = Number(headers['retry-after'] ?? Number.NaN);
  if (after >= 0) return after * 1000;
  const reset = Number(headers['x-ratelimit-reset'] ?? Number.NaN);
  if (headers['x-ratelimit-remaining'] === '0' && reset > nowS) return (reset - nowS) * 1000;
  return undefined;
}

/** What was asked for may have been carried out although no answer says so. */
export const isAmbiguous = ({ code }: GitHubError): boolean =>
  code === 'unavailable' || code === 'network' || code === 'timeout';

/** Refused for now, and worth asking again within so many milliseconds. */
export const isRefusedForNow = ({ code, retryAfterMs }: GitHubError, patienceMs: number): boolean =>
  code === 'rate-limited' && (retryAfterMs ?? 0) <= patienceMs;
