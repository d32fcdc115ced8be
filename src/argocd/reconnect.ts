import type { ClientDeps } from './deps.ts';
import type { ArgoCdError, ErrorCode } from './errors.ts';

/** A watch that fails like this fails the next time too. */
const FINAL: ReadonlySet<ErrorCode> = new Set([
  'unauthenticated',
  'forbidden',
  'not-found',
  'invalid',
  'not-the-api',
  'configuration',
  'aborted',
]);

export const isFinal = (error: ArgoCdError): boolean => FINAL.has(error.code);

const FIRST_MS = 1000;
const LONGEST_MS = 30_000;

/**
 * Milliseconds to wait before a watch is opened again, after so many failures in a row: next to nothing after the first,
 * then 1, 2, 4 seconds and so on up to half a minute, each half to one and a half of that, or longer when the server asks for it.
 */
export const reconnectDelayMs = (failures: number, error: ArgoCdError | undefined, deps: ClientDeps): number => {
  const wait = failures <= 1 ? FIRST_MS / 10 : Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures - 2, 10));
  return Math.max(Math.round(wait * (0.5 + deps.random())), Math.min(error?.retryAfterMs ?? 0, 60_000));
};
