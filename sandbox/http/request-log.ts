import type { SeenRequest } from '../types.ts';

/** A request in the log, which can still be told how it ended. */
export interface LoggedRequest extends SeenRequest {
  status: number;
  bytesSent: number;
}

/** The requests in the order in which they came in. */
export interface RequestLog {
  readonly requests: readonly SeenRequest[];
  add(request: Omit<SeenRequest, 'status' | 'bytesSent' | 'atMs'>): LoggedRequest;
  clear(): void;
}

/** An empty log. `elapsed` gives the milliseconds since the start. */
export function createRequestLog(elapsed: () => number): RequestLog {
  let requests: LoggedRequest[] = [];
  return {
    get requests() {
      return requests;
    },
    add(request) {
      const logged = { ...request, atMs: elapsed(), status: 0, bytesSent: 0 };
      requests.push(logged);
      return logged;
    },
    clear() {
      requests = [];
    },
  };
}
