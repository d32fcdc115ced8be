import type { Draft, StoredObject } from '../types.ts';
import { type AppSpec, isCompleted, readOperationState } from './application.ts';
import type { Evaluation } from './comparison.ts';

/** Self-heal waits longer after every attempt: 2 s, 6 s, 18 s, … at most 5 minutes. */
const backoffMs = (attempts: number): number => (attempts === 0 ? 0 : Math.min(300_000, 2000 * 3 ** (attempts - 1)));

export type AutoSync =
  | { readonly kind: 'none' }
  | { readonly kind: 'later'; readonly afterMs: number }
  | { readonly kind: 'operation'; readonly operation: Draft };

/**
 * The automatic operation a comparison leads to, if any: a full one for a revision that was not tried yet, a partial one
 * (self-heal) when it was and succeeded. One that failed is not tried again.
 */
export function autoSync(application: StoredObject, spec: AppSpec, found: Evaluation, nowMs: number): AutoSync {
  const none: AutoSync = { kind: 'none' };
  if (!spec.automated || found.kind !== 'compared' || found.status !== 'OutOfSync') return none;
  if (application.operation !== undefined || application.metadata.deletionTimestamp !== undefined) return none;
  const outOfSync = found.resources.filter((resource) => resource.status === 'OutOfSync');
  if (!spec.autoPrune && outOfSync.every((resource) => resource.requiresPruning === true)) return none;

  const last = readOperationState(application);
  if (last !== undefined && !isCompleted(last.phase)) return none;
  const tried =
    last?.synced !== undefined &&
    last.synced.length === found.revisions.length &&
    last.synced.every((revision, index) => revision === found.revisions[index]);
  const sources = spec.sources.map((source) => source.raw);
  const sync: Draft = {
    ...(spec.autoPrune ? { prune: true } : {}),
    ...(spec.multiSource
      ? { revisions: found.revisions, sources }
      : { revision: found.revisions[0], source: sources[0] }),
    ...(spec.syncOptions.length === 0 ? {} : { syncOptions: spec.syncOptions }),
  };
  const operation: Draft = { initiatedBy: { automated: true }, retry: spec.retry ?? { limit: 5 }, sync };
  if (!tried) return { kind: 'operation', operation };
  if (last.phase !== 'Succeeded' || !spec.selfHeal) return none;

  const attempts = last.operation?.selfHealAttempts ?? 0;
  const due = Date.parse(last.finishedAt) + backoffMs(attempts);
  if (due > nowMs) return { kind: 'later', afterMs: due - nowMs };
  sync.autoHealAttemptsCount = attempts + 1;
  sync.resources = outOfSync.map(({ group, kind, name }) => ({
    ...(group === undefined ? {} : { group }),
    kind,
    name,
  }));
  return { kind: 'operation', operation };
}
