import { type ApplicationRef, refKey } from '../argocd/application.ts';
import type { Candidate } from '../argocd/client.ts';
import { inOrder } from '../argocd/ref-order.ts';
import type { Verdict } from '../argocd/verdict.ts';
import type { Exclusion } from '../report/report.ts';
import type { TargetInputs } from '../sync/inputs/types.ts';
import {
  type Conditions,
  compileConditions,
  excludedBy,
  hiddenLabelReason,
  isAskedFor,
  isNamed,
  labelReasons,
  selectorReason,
  setName,
  specReasons,
  unselectedBy,
} from './conditions.ts';

/** An Application that was seen while looking. */
export interface Sighting {
  readonly candidate: Candidate;
  /** In a namespace that is looked at as a whole. False: seen only because an item `namespace/name` names its namespace. */
  readonly base: boolean;
  /**
   * What the server's label filter said, used where the labels themselves are not known:
   * `match`; `filtered`: the selector holds, service or environment does not; `unselected`: the selector does not hold.
   */
  readonly labels: 'match' | 'filtered' | 'unselected';
}

/** An Application that was asked for by its name and cannot be worked on. */
export interface FailedApplication {
  readonly ref: ApplicationRef;
  readonly verdict: Verdict;
}

/** What the conditions make of the Applications seen. Each sighting is in at most one of the three lists. */
export interface Selection {
  /** First those asked for by name, in that order; then the others by namespace and name. */
  readonly selected: readonly Candidate[];
  /** Names asked for exactly that do not exist (`not-found`), may not be read (`forbidden`) or fail a condition (`mismatch`). */
  readonly failed: readonly FailedApplication[];
  /** Asked for by a pattern and left out by a filter, or left out by `exclude`. By namespace and name. */
  readonly excluded: readonly Exclusion[];
  /** Everything the report is about, selected and failed, in its order. */
  readonly order: readonly ApplicationRef[];
}

/** Makes the failure of a name that was seen nowhere. */
export type NotSeen = (item: TargetInputs['names'][number]) => FailedApplication;

type Judgement =
  | { readonly kind: 'selected' }
  | { readonly kind: 'excluded'; readonly reason: string }
  | { readonly kind: 'failed'; readonly reasons: readonly string[] }
  | { readonly kind: 'unmatched' };

/**
 * Applies all conditions to what was seen. Pure; the order of `sightings` does not matter. `members`: keys of what the
 * ApplicationSet generated, undefined when it is no condition.
 */
export const select = (
  sightings: readonly Sighting[],
  targets: TargetInputs,
  notSeen: NotSeen,
  members?: ReadonlySet<string>,
): Selection => {
  const conditions = { ...compileConditions(targets), members };
  const sorted = inOrder(sightings, ({ candidate }) => candidate.ref, merge);
  const selected: Candidate[] = [];
  const excluded: Exclusion[] = [];
  const failures = new Map<string, FailedApplication>();
  for (const sighting of sorted) {
    const { ref } = sighting.candidate;
    const judgement = judge(sighting, conditions, targets);
    if (judgement.kind === 'selected') selected.push(sighting.candidate);
    else if (judgement.kind === 'excluded') excluded.push({ ref, reason: judgement.reason });
    else if (judgement.kind === 'failed') failures.set(refKey(ref), { ref, verdict: mismatch(judgement.reasons) });
  }
  return arrange(sorted, selected, excluded, failures, targets, notSeen);
};

const RANK = { match: 0, filtered: 1, unselected: 2 } as const;

/** Base sightings win over others of the same Application, label matches over misses. */
const merge = (a: Sighting, b: Sighting): Sighting => {
  const better = RANK[b.labels] < RANK[a.labels] ? b : a;
  return { ...better, base: a.base || b.base };
};

const judge = (sighting: Sighting, conditions: Conditions, targets: TargetInputs): Judgement => {
  const { candidate, base } = sighting;
  const { ref } = candidate;
  if (!isAskedFor(conditions, ref, base)) return { kind: 'unmatched' };
  const named = conditions.names.some((item) => isNamed(item, ref, base));
  const unmatched = selectingReasons(sighting, conditions, targets);
  if (unmatched.length > 0 && !named) return { kind: 'unmatched' };
  // Whoever writes both a name and an exclude that fits it wants it left out, not failed.
  const exclude = excludedBy(conditions, ref);
  if (exclude !== undefined) return { kind: 'excluded', reason: exclude };
  const reasons = [...unmatched, ...filterReasons(sighting, targets)];
  if (reasons.length === 0) return { kind: 'selected' };
  return named ? { kind: 'failed', reasons } : { kind: 'excluded', reason: reasons.join('; ') };
};

/** Conditions that select, beside the name list: regular expression, ApplicationSet and label selector. */
const selectingReasons = (sighting: Sighting, conditions: Conditions, targets: TargetInputs): readonly string[] => {
  const { ref, application } = sighting.candidate;
  const reasons: string[] = [];
  if (conditions.regex !== undefined && !conditions.regex(ref.name)) {
    reasons.push(`does not match application-regex "${targets.regex}"`);
  }
  if (conditions.members?.has(refKey(ref)) === false) {
    reasons.push(`was not generated by ApplicationSet "${setName(targets)}"`);
  }
  const unselected =
    application === undefined
      ? sighting.labels === 'unselected'
        ? selectorReason(targets)
        : undefined
      : unselectedBy(conditions, targets, application.labels);
  if (unselected !== undefined) reasons.push(unselected);
  return reasons;
};

/** Conditions that narrow: service, environment, project, destination, repository. */
const filterReasons = (sighting: Sighting, targets: TargetInputs): readonly string[] => {
  const { application } = sighting.candidate;
  if (application === undefined) return sighting.labels === 'filtered' ? [hiddenLabelReason(targets)] : [];
  return [...labelReasons(targets, application.labels), ...specReasons(targets, application)];
};

const mismatch = (reasons: readonly string[]): Verdict => ({
  name: 'mismatch',
  message: `Asked for by name, but it ${reasons.join('; ')}`,
  hint: 'Correct the condition, or take the name out of applications.',
});

const arrange = (
  sorted: readonly Sighting[],
  selected: readonly Candidate[],
  excluded: readonly Exclusion[],
  failures: ReadonlyMap<string, FailedApplication>,
  targets: TargetInputs,
  notSeen: NotSeen,
): Selection => {
  // Only what is asked for by name has a place of its own, or fails.
  if (targets.names.length === 0) {
    return { selected, failed: [], excluded, order: selected.map(({ ref }) => ref) };
  }
  const chosen = new Map(selected.map((candidate) => [refKey(candidate.ref), candidate]));
  const order = new Map<string, ApplicationRef>();
  const failed = new Map<string, FailedApplication>();
  const byName = Map.groupBy(sorted, ({ candidate }) => candidate.ref.name);
  for (const item of targets.names) {
    const found = (byName.get(item.name) ?? []).filter(({ candidate, base }) => isNamed(item, candidate.ref, base));
    for (const { candidate } of found) {
      const key = refKey(candidate.ref);
      const failure = failures.get(key);
      if (failure !== undefined) failed.set(key, failure);
      if (failure !== undefined || chosen.has(key)) order.set(key, candidate.ref);
    }
    if (found.length === 0) {
      const failure = notSeen(item);
      const key = refKey(failure.ref);
      failed.set(key, failure);
      order.set(key, failure.ref);
    }
  }
  for (const candidate of selected) order.set(refKey(candidate.ref), candidate.ref);
  return {
    selected: [...order.keys()].flatMap((key) => chosen.get(key) ?? []),
    failed: [...failed.values()],
    excluded,
    order: [...order.values()],
  };
};
