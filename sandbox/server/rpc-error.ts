/** gRPC status codes by name, as far as this server answers with them. */
const CODES = {
  Unknown: { code: 2, status: 500 },
  InvalidArgument: { code: 3, status: 400 },
  NotFound: { code: 5, status: 404 },
  PermissionDenied: { code: 7, status: 403 },
  FailedPrecondition: { code: 9, status: 400 },
  Internal: { code: 13, status: 500 },
  Unauthenticated: { code: 16, status: 401 },
} as const;

export type RpcCode = keyof typeof CODES;

/** A call that was refused, with the gRPC code that decides the HTTP status. */
export class RpcError extends Error {
  readonly code: number;
  /** The HTTP status that goes with the code. */
  readonly status: number;

  constructor(code: RpcCode, message: string) {
    super(message);
    this.name = 'RpcError';
    this.code = CODES[code].code;
    this.status = CODES[code].status;
  }
}

/** Any error as one that can be answered: what is not an {@link RpcError} is an internal one. */
export function asRpcError(error: unknown): RpcError {
  if (error instanceof RpcError) return error;
  return new RpcError('Internal', error instanceof Error ? error.message : String(error));
}
