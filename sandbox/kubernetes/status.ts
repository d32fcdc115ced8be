/** One cause in the details of a Status. */
export interface Cause {
  readonly reason: string;
  readonly message: string;
  readonly field?: string;
}

export interface StatusDetails {
  readonly name?: string;
  readonly group?: string;
  readonly kind?: string;
  readonly causes?: readonly Cause[];
  readonly retryAfterSeconds?: number;
}

/** The body of a failed call, with the fields in the order of the API server. */
export interface Status {
  readonly kind: 'Status';
  readonly apiVersion: 'v1';
  readonly metadata: { readonly continue?: string };
  readonly status: 'Failure';
  readonly message: string;
  readonly reason?: string;
  readonly details?: StatusDetails;
  readonly code: number;
}

/** A refusal. Thrown by the parts of the API, sent as a Status. */
export class StatusError extends Error {
  readonly status: Status;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: number,
    reason: string | undefined,
    message: string,
    more: {
      readonly details?: StatusDetails;
      readonly continueToken?: string;
      readonly headers?: Readonly<Record<string, string>>;
    } = {},
  ) {
    super(message);
    this.name = 'StatusError';
    this.headers = more.headers ?? {};
    this.status = {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: more.continueToken === undefined ? {} : { continue: more.continueToken },
      status: 'Failure',
      message,
      ...(reason === undefined ? {} : { reason }),
      ...(more.details === undefined ? {} : { details: more.details }),
      code,
    };
  }
}

/** What an object is called in details: the name first, then the group. */
export function objectDetails(name: string | undefined, group: string, kind: string): StatusDetails {
  return { ...(name === undefined ? {} : { name }), ...(group === '' ? {} : { group }), kind };
}

export function badRequest(message: string): StatusError {
  return new StatusError(400, 'BadRequest', message);
}

/** 422. `what` is `Kind.group "name"`; one cause reads as it is, several in brackets. */
export function invalid(
  name: string,
  group: string,
  kind: string,
  causes: readonly (Cause & { readonly field: string })[],
): StatusError {
  const what = `${kind}${group === '' ? '' : `.${group}`} ${JSON.stringify(name)}`;
  // The API server counts equal complaints once in the message, but lists them all.
  const lines = [...new Set(causes.map(({ field, message }) => `${field}: ${message}`))];
  const text = lines.length === 1 ? lines[0] : `[${lines.join(', ')}]`;
  return new StatusError(422, 'Invalid', `${what} is invalid: ${text}`, {
    details: {
      ...objectDetails(name === '' ? undefined : name, group, kind),
      causes: causes.map(({ reason, message, field }) => ({ reason, message, field })),
    },
  });
}
