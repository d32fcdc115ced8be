import type { JsonRecord } from '../../src/lib/json.ts';
import type { Needs, Token } from './access.ts';
import type { GitHubState, Repository } from './state.ts';

/** One admitted request to a known operation. */
export interface Call {
  readonly state: GitHubState;
  /** Undefined: nobody in particular. */
  readonly who: Token | undefined;
  /** The variable parts of the path, decoded. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Checked; empty when there was none. */
  readonly body: JsonRecord;
  readonly accept: string;
  /** Where the API is, without a slash at the end. */
  readonly apiUrl: string;
  /** Path and query as they came, behind {@link apiUrl}. */
  readonly target: string;
}

export interface RepositoryCall extends Call {
  readonly repository: Repository;
}

export interface Answer {
  readonly status: number;
  /** Undefined: none. A string is sent as it is, everything else as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Route =
  | { readonly of: 'repository'; readonly needs: Needs; readonly answer: (call: RepositoryCall) => Answer }
  | { readonly of: 'organization'; readonly needs: Needs; readonly answer: (call: Call) => Answer };

/** Routes by the id of GitHub's operation. */
export type Routes = Readonly<Record<string, Route>>;

export const inRepository = (needs: Needs, answer: (call: RepositoryCall) => Answer): Route => ({
  of: 'repository',
  needs,
  answer,
});
