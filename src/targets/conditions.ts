import type { Application, ApplicationRef, Source } from '../argocd/application.ts';
import { enumerate } from '../lib/text.ts';
import type { TargetInputs } from '../sync/inputs/types.ts';
import { clusterName, matchesCluster } from './cluster.ts';
import { compileGlob, type Glob } from './glob.ts';
import { type Labels, matchesSelector, parseSelector, type Requirement } from './label-selector.ts';
import { compileRegex, type NameTest } from './regex.ts';
import { normalizeRepository } from './repository.ts';

/** The conditions of a run, compiled once. All of them must hold. */
export interface Conditions {
  readonly names: TargetInputs['names'];
  readonly globs: readonly Glob[];
  readonly regex: NameTest | undefined;
  readonly requirements: readonly Requirement[];
  readonly exclude: readonly Glob[];
  /** Keys of what the ApplicationSet generated; undefined: it is no condition. */
  readonly members?: ReadonlySet<string> | undefined;
}

/** Compiles patterns that `loadInputs` has proven valid; throws an Error for others. */
export const compileConditions = (targets: TargetInputs): Conditions => {
  const selector = parseSelector(targets.selector);
  if (selector.kind === 'invalid') throw new Error(`selector: ${selector.problem}`);
  return {
    names: targets.names,
    globs: targets.globs.map(compiled),
    regex: targets.regex === '' ? undefined : compileRegex(targets.regex),
    requirements: selector.requirements,
    exclude: targets.exclude.map(compiled),
  };
};

const compiled = (pattern: string): Glob => {
  const result = compileGlob(pattern);
  if (result.kind === 'invalid') throw new Error(`${pattern} ${result.problem}`);
  return result.glob;
};

/** Whether an item of `applications` names exactly this one. Without a namespace it means those in the namespaces looked at (`base`). */
export const isNamed = (item: TargetInputs['names'][number], ref: ApplicationRef, base: boolean): boolean =>
  item.name === ref.name && (item.namespace === '' ? base : item.namespace === ref.namespace);

/** Whether the name is one of those asked for: by `applications`, or by all of them when it was left out. */
export const isAskedFor = (conditions: Conditions, ref: ApplicationRef, base: boolean): boolean => {
  if (conditions.names.length === 0 && conditions.globs.length === 0) return base;
  return (
    conditions.names.some((item) => isNamed(item, ref, base)) ||
    conditions.globs.some((glob) => (base ? glob.matches(ref) : glob.matchesQualified(ref)))
  );
};

/** The ApplicationSet as it was given, `''`: none. */
export const setName = ({ applicationSet: set }: TargetInputs): string => {
  if (set === undefined) return '';
  return set.namespace === '' ? set.name : `${set.namespace}/${set.name}`;
};

/** `matches exclude "legacy-*"`, or undefined. */
export const excludedBy = (conditions: Conditions, ref: ApplicationRef): string | undefined => {
  const glob = conditions.exclude.find((candidate) => candidate.matches(ref));
  return glob === undefined ? undefined : `matches exclude "${glob.pattern}"`;
};

/** `does not match selector "team=a"`, or undefined. */
export const unselectedBy = (conditions: Conditions, targets: TargetInputs, labels: Labels): string | undefined =>
  matchesSelector(conditions.requirements, labels) ? undefined : selectorReason(targets);

export const selectorReason = (targets: TargetInputs): string => `does not match selector "${targets.selector}"`;

/** Label filters that are given: service, environment. */
export const labelFilters = (targets: TargetInputs): readonly { readonly label: string; readonly value: string }[] =>
  [
    { label: targets.serviceLabel, value: targets.service },
    { label: targets.environmentLabel, value: targets.environment },
  ].filter((filter) => filter.value !== '');

/** The label conditions as one selector, for the server to filter by; `''`: none. */
export const serverSelector = (targets: TargetInputs): string =>
  [targets.selector, ...labelFilters(targets).map((filter) => `${filter.label}=${filter.value}`)]
    .filter((part) => part !== '')
    .join(',');

/** What service and environment say about labels: a reason for each that does not hold. */
export const labelReasons = (targets: TargetInputs, labels: Labels): readonly string[] =>
  labelFilters(targets).flatMap(({ label, value }) => {
    const actual = Object.hasOwn(labels, label) ? labels[label] : undefined;
    if (actual === value) return [];
    if (actual === undefined) return [`has no label ${label}, and "${value}" is wanted`];
    return [`has label ${label}="${actual}" instead of "${value}"`];
  });

/** The reason where only the server knows the labels. */
export const hiddenLabelReason = (targets: TargetInputs): string => {
  const wanted = labelFilters(targets).map((filter) => `${filter.label}=${filter.value}`);
  return wanted.length === 1
    ? `does not have label ${wanted.join('')}`
    : `does not have both labels ${wanted.join(' and ')}`;
};

/** Whether a filter is given that needs an Application's spec. */
export const needsSpec = (targets: TargetInputs): boolean =>
  [targets.project, targets.cluster, targets.destinationNamespace, targets.repository].some((filter) => filter !== '');

/** What the filters over project, destination and sources say: a reason for each that does not hold, in a fixed order. */
export const specReasons = (targets: TargetInputs, application: Application): readonly string[] => {
  const { destination, project, sources } = application;
  const reasons: string[] = [];
  if (targets.project !== '' && project !== targets.project) {
    reasons.push(`is in project "${project}" instead of "${targets.project}"`);
  }
  if (targets.cluster !== '' && !matchesCluster(targets.cluster, destination)) {
    reasons.push(`goes to cluster "${clusterName(destination)}" instead of "${targets.cluster}"`);
  }
  if (targets.destinationNamespace !== '' && destination.namespace !== targets.destinationNamespace) {
    reasons.push(`goes to namespace "${destination.namespace}" instead of "${targets.destinationNamespace}"`);
  }
  if (targets.repository !== '' && !hasRepository(targets.repository, sources)) {
    reasons.push(`${repositories(sources)} instead of "${targets.repository}"`);
  }
  return reasons;
};

const hasRepository = (wanted: string, sources: readonly Source[]): boolean => {
  const repository = normalizeRepository(wanted);
  return sources.some((source) => source.repoURL !== '' && normalizeRepository(source.repoURL) === repository);
};

const repositories = (sources: readonly Source[]): string => {
  const found = [...new Set(sources.map((source) => withoutCredentials(source.repoURL)).filter((url) => url !== ''))];
  if (found.length === 0) return 'has no repository';
  return `comes from ${enumerate(found.map((url) => `"${url}"`))}`;
};

/** Some write tokens into repository URLs; a reason is printed. */
const withoutCredentials = (url: string): string => url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^@/]*@/i, '$1');
