/** Closed set of reasons why a call to Argo CD or Kubernetes did not do what was asked. */
export type ErrorCode =
  /** No or an invalid token, or a wrong password. */
  | 'unauthenticated'
  /** The token may not do this. */
  | 'forbidden'
  /** No such object, or it is hidden from this token. */
  | 'not-found'
  /** The object changed in between (409 with a stale resourceVersion). */
  | 'conflict'
  /** Another operation is in progress. */
  | 'busy'
  /** A sync window is closed. */
  | 'blocked'
  /** The application is being deleted. */
  | 'deleting'
  /** The server will not do what was asked, whenever it is asked. */
  | 'invalid'
  /** Overloaded or restarting: 408, 429, 5xx. */
  | 'unavailable'
  /** No answer within the request timeout. */
  | 'timeout'
  /** The connection could not be made or broke. */
  | 'network'
  /** The server's certificate is not trusted, or ours not accepted. */
  | 'tls'
  /** Something else than the API answered: HTML, a redirect, another content type. */
  | 'not-the-api'
  /** The list or watch position is no longer kept (410). */
  | 'expired'
  /** The connection's settings cannot be used: kubeconfig, certificate, proxy. */
  | 'configuration'
  /** The call was stopped by us. */
  | 'aborted';

/** The server does not take an object because the object itself is not valid, and not because of rights, policies or times. */
export interface InvalidObject {
  /** As the server names them, such as `spec.sources[0].repoURL`; empty: it names none. */
  readonly fields: readonly string[];
  /** The server's words on one line. */
  readonly reason: string;
}

/** A call to the outside failed. Translated once, where the outside is touched; `message` is one line, fit for a log. */
export class ArgoCdError extends Error {
  override readonly name = 'ArgoCdError';
  readonly code: ErrorCode;
  /** What to do next, as a sentence; `''` when there is nothing to add. */
  readonly hint: string;
  /** HTTP status, 0 without an answer. */
  readonly status: number;
  /** Milliseconds the server asked to wait (Retry-After), if it did. */
  readonly retryAfterMs: number | undefined;
  /** A write may have been carried out although it failed: no answer came, or a 5xx (rule 19). */
  readonly ambiguous: boolean;
  /** Undefined: this is not about an object that was sent. */
  readonly invalid: InvalidObject | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options: {
      readonly hint?: string;
      readonly status?: number;
      readonly retryAfterMs?: number | undefined;
      readonly ambiguous?: boolean;
      readonly invalid?: InvalidObject | undefined;
      readonly cause?: unknown;
    } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = options.hint ?? '';
    this.status = options.status ?? 0;
    this.retryAfterMs = options.retryAfterMs;
    this.ambiguous = options.ambiguous ?? false;
    this.invalid = options.invalid;
  }
}

/** Reads may be sent again after these (rule 42); writes only after looking (rule 19). */
export const isTransient = (error: ArgoCdError): boolean =>
  error.code === 'unavailable' || error.code === 'timeout' || error.code === 'network';
