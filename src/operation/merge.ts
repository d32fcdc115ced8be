import type { RetryStrategy } from '../argocd/application.ts';

/** The key of a sync option: what stands before `=`. */
export const optionKey = (option: string): string => option.split('=', 1)[0] ?? option;

/**
 * Merges sync options by key: the Application's own, in their order, each replaced where the user gave the same key; then
 * the user's new ones. Never wipes the Application's (rule 16).
 */
export function mergeSyncOptions(own: readonly string[], given: readonly string[]): readonly string[] {
  const byKey = new Map<string, string>();
  for (const option of [...own, ...given]) byKey.set(optionKey(option), option);
  return [...byKey.values()];
}

/** Merges retry strategies field by field: what the user did not give is the Application's own (rule 16). Undefined: neither has one. */
export function mergeRetry(
  own: RetryStrategy | undefined,
  given: RetryStrategy | undefined,
): RetryStrategy | undefined {
  if (own === undefined || given === undefined) return given ?? own;
  const backoff =
    own.backoff === undefined && given.backoff === undefined ? undefined : { ...own.backoff, ...given.backoff };
  return { ...own, ...given, ...(backoff === undefined ? {} : { backoff }) };
}
