import type { ApplicationRef } from '../argocd/application.ts';
import { ArgoCdError } from '../argocd/errors.ts';
import { formatElapsed } from '../lib/duration.ts';
import { COMPARED_WITHIN_MS, type ComparisonDeps, compareAgain } from './comparison.ts';
import { isIgnored } from './ignored.ts';

/**
 * Has it compared once, so that Argo CD knows the resources that the newest commit brought (rule 13). Answers why they may be
 * old, `''`: they are not. Never rejects.
 */
export async function compareFirst(ref: ApplicationRef, deps: ComparisonDeps): Promise<string> {
  const { client, limit, signal } = deps;
  try {
    const seen = await limit(() => client.get(ref, signal));
    // Nothing will be compared, and nothing will be synced.
    if (seen.deleting || isIgnored(seen)) return '';
    return (await compareAgain(seen, deps)) === undefined ? LATE : '';
  } catch (error) {
    return error instanceof ArgoCdError ? error.message : String(error);
  }
}

const LATE = `Argo CD has not compared it within ${formatElapsed(COMPARED_WITHIN_MS)}`;
