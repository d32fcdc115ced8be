import type { Clock } from '../lib/clock.ts';
import { isRecord, list, record, text } from '../lib/json.ts';
import { oneLine } from '../lib/printable.ts';
import { retry } from '../lib/retry.ts';
import { answered, type CallDescription, GitHubError, isAmbiguous, isRefusedForNow } from './errors.ts';

export interface GitHubCall extends CallDescription {
  /** As GitHub's reference writes it: `GET /repos/{owner}/{repo}`. */
  readonly route: string;
  /** Of path, query and body. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Default: GitHub's JSON. */
  readonly accept?: string;
  /** Not sent again while it may have been carried out although no answer came. */
  readonly once?: boolean;
}

/** GitHub's REST API, as far as it is used here. Every call throws only {@link GitHubError}. */
export interface GitHubClient {
  /** The body of the answer. Tries again after what passes by itself. */
  send(call: GitHubCall, signal: AbortSignal): Promise<unknown>;
  /** The items of a list, page by page, `per_page` 100; stops after so many pages. */
  pages(call: GitHubCall, signal: AbortSignal, atMost: number): AsyncGenerator<readonly unknown[]>;
}

export interface GitHubClientDeps {
  readonly clock: Clock;
  /** One line for each request, for debugging. */
  /** Lines for the debug log; undefined: nobody reads it. */
  readonly log: ((line: string) => void) | undefined;
}

/** How long one request may take. */
const REQUEST_TIMEOUT_MS = 10_000;
/** What is waited for at most when GitHub asks to. */
const PATIENCE_MS = 20_000;
const PAGE_SIZE = 100;
const MESSAGE_MAX = 300;

type Octokit = ReturnType<typeof import('./octokit.ts')['getOctokit']>;

/**
 * A client for the API at `apiUrl`. The toolkit is loaded with the first call; it heeds `HTTPS_PROXY` and `NO_PROXY`. The token must be
 * masked before.
 */
export function createGitHubClient(token: string, apiUrl: string, deps: GitHubClientDeps): GitHubClient {
  const { clock, log } = deps;
  let loading: Promise<Octokit> | undefined;
  const load = async (): Promise<Octokit> => {
    const { getOctokit } = await import('./octokit.ts');
    const silent = (): void => {};
    return getOctokit(token, {
      baseUrl: apiUrl,
      userAgent: 'gitopssync',
      // It would write to the console, where server text could form workflow commands.
      log: { debug: silent, info: silent, warn: silent, error: silent },
    });
  };

  const once = async (call: GitHubCall, signal: AbortSignal) => {
    const { cannot, route, parameters, accept } = call;
    const stop = new AbortController();
    let late = false;
    const cancelTimer = clock.schedule(REQUEST_TIMEOUT_MS, () => {
      late = true;
      stop.abort(new Error('no answer in time'));
    });
    const onAbort = (): void => stop.abort(new Error('stopped'));
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    const startedMs = clock.now();
    const told = (status: unknown): void =>
      log?.(`GitHub ${route} → ${status} in ${Math.round(clock.now() - startedMs)} ms`);
    try {
      loading ??= load();
      const octokit = await loading;
      const answer = await octokit.request(route, {
        ...parameters,
        headers: { accept: accept ?? 'application/vnd.github+json', 'x-github-api-version': '2022-11-28' },
        request: { signal: stop.signal },
      });
      told(answer.status);
      return answer;
    } catch (error) {
      told(record(record(error).response).status ?? 'no answer');
      if (signal.aborted) throw new GitHubError('aborted', `${cannot}: stopped`);
      if (late) {
        throw new GitHubError('timeout', `${cannot}: no answer from GitHub within ${REQUEST_TIMEOUT_MS / 1000} s`);
      }
      throw translate(call, error, clock.date().getTime() / 1000);
    } finally {
      cancelTimer();
      signal.removeEventListener('abort', onAbort);
    }
  };

  const patiently = async (call: GitHubCall, signal: AbortSignal) => {
    try {
      return await retry(() => once(call, signal), {
        decide: (error) => ({
          again:
            error instanceof GitHubError &&
            (isRefusedForNow(error, PATIENCE_MS) || (call.once !== true && isAmbiguous(error))),
          afterMs: error instanceof GitHubError ? error.retryAfterMs : undefined,
        }),
        delay: (ms, at) => clock.delay(ms, at),
        random: () => clock.random(),
        signal,
        onRetry: (error, attempt) => log?.(`try ${attempt}: ${error instanceof Error ? error.message : String(error)}`),
      });
    } catch (error) {
      throw error instanceof GitHubError ? error : new GitHubError('aborted', `${call.cannot}: stopped`);
    }
  };

  return {
    async send(call, signal) {
      return (await patiently(call, signal)).data;
    },
    async *pages(call, signal, atMost) {
      for (let page = 1; page <= atMost; page++) {
        const parameters = { ...call.parameters, per_page: PAGE_SIZE, page };
        const { data, headers } = await patiently({ ...call, parameters }, signal);
        yield list(data);
        if (!/rel="next"/.test(text(headers.link))) return;
      }
    },
  };
}

/** What the toolkit threw as one of ours. Its errors hold whole requests and answers, of which nothing may be shown. */
function translate(call: GitHubCall, error: unknown, nowS: number): GitHubError {
  const answer = record(record(error).response);
  if (typeof answer.status === 'number') {
    const { status } = answer;
    return answered(call, { status, headers: record(answer.headers), message: wordsOf(answer.data) }, nowS);
  }
  const cause = innermost(error);
  const why = oneLine(cause instanceof Error ? cause.message : String(cause), MESSAGE_MAX);
  return new GitHubError('network', `${call.cannot}: GitHub cannot be reached${why === '' ? '' : `, ${why}`}`);
}

const innermost = (error: unknown): unknown =>
  error instanceof Error && error.cause instanceof Error ? innermost(error.cause) : error;

/** GitHub's message with its details; nothing of an answer in another form, which may be a page of a proxy. */
function wordsOf(data: unknown): string {
  if (!isRecord(data)) return '';
  const details = list(data.errors).map((item) => (typeof item === 'string' ? item : text(record(item).message)));
  return oneLine([text(data.message), ...details].filter((part) => part !== '').join('; '), MESSAGE_MAX);
}
