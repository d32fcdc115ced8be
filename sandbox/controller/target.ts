import { isObject } from '../state/json.ts';
import type { StoredObject } from '../types.ts';
import type { AppOperation, AppSpec } from './application.ts';
import type { Cluster } from './controller.ts';
import { globMatches } from './glob.ts';
import type { Repositories } from './repository.ts';

/** What a comparison or an operation needs to know of the world. */
export interface Surroundings {
  readonly repositories: Repositories;
  readonly clusters: readonly Cluster[];
  project(name: string): StoredObject | undefined;
}

/** Why an Application cannot be compared at all; Argo CD's words. */
export interface InvalidSpec {
  readonly reason: 'project' | 'cluster' | 'permission';
  /** In the condition. */
  readonly message: string;
  /** In an operation. */
  readonly operationMessage: string;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Checks project, cluster and permitted destinations and sources. */
export function checkSpec(spec: AppSpec, surroundings: Surroundings): InvalidSpec | undefined {
  const project = surroundings.project(spec.project);
  if (project === undefined && spec.project !== 'default')
    return {
      reason: 'project',
      message: `Application referencing project ${spec.project} which does not exist`,
      operationMessage: `Failed to load application project: error getting app project "${spec.project}": appproject.argoproj.io "${spec.project}" not found`,
    };
  const { name, server, namespace } = spec.destination;
  const cluster = surroundings.clusters.find((one) => (name === '' ? one.server === server : one.name === name));
  if (name !== '' && cluster === undefined)
    return {
      reason: 'cluster',
      message: `there are no clusters with this name: ${name}`,
      operationMessage: `there are no clusters with this name: ${name}`,
    };
  const refuse = (message: string): InvalidSpec => ({
    reason: 'permission',
    message,
    operationMessage: `InvalidSpecError: ${message}`,
  });
  const rules = isObject(project?.spec) ? project.spec : undefined;
  if (rules === undefined) return undefined;
  const at = server || cluster?.server || '';
  const destinations = (Array.isArray(rules.destinations) ? rules.destinations : []).filter(isObject);
  const fits = destinations.some(
    (rule) =>
      globMatches(text(rule.namespace) || '*', namespace) &&
      (globMatches(text(rule.server), at) ||
        (text(rule.name) !== '' && globMatches(text(rule.name), cluster?.name ?? ''))),
  );
  if (!fits)
    return refuse(
      `application destination server '${at}' and namespace '${namespace}' do not match any of the allowed destinations in project '${spec.project}'`,
    );
  const repos = (Array.isArray(rules.sourceRepos) ? rules.sourceRepos : []).map(text);
  const foreign = spec.sources.find((source) => !repos.some((glob) => globMatches(glob, source.repoURL)));
  return foreign === undefined
    ? undefined
    : refuse(`application repo ${foreign.repoURL} is not permitted in project '${spec.project}'`);
}

/** The name and the URL of the cluster an Application goes to, as far as they are known. */
export function clusterNames(spec: AppSpec, clusters: readonly Cluster[]): readonly string[] {
  const { name, server } = spec.destination;
  const found = clusters.find((one) => (name === '' ? one.server === server : one.name === name));
  return found === undefined ? [] : [found.name, found.server];
}

/** One revision for each source, or the message of a ComparisonError. */
export type Targets =
  | { readonly ok: true; readonly revisions: readonly string[] }
  | { readonly ok: false; readonly message: string };

/**
 * Resolves what is to be compared or synced. An operation's `revisions` count only when they are as many as the sources;
 * `revision` only for a single source; `''` means the source's target revision.
 */
export function resolveTargets(
  spec: AppSpec,
  operation: AppOperation | undefined,
  repositories: Repositories,
): Targets {
  const revisions: string[] = [];
  const asked = operation?.revisions.length === spec.sources.length && spec.multiSource ? operation.revisions : [];
  for (const [index, source] of spec.sources.entries()) {
    const own = spec.multiSource ? asked[index] : operation?.revision;
    const found = repositories.resolve(source.repoURL, own || source.targetRevision, source.chart);
    const missing =
      found.ok && source.chart === '' && !repositories.pathExists(source.repoURL, source.path)
        ? `${source.path}: app path does not exist`
        : undefined;
    if (found.ok && missing === undefined) revisions.push(found.revision);
    else
      return {
        ok: false,
        message: `Failed to load target state: failed to generate manifest for source ${index + 1} of ${spec.sources.length}: rpc error: code = Unknown desc = ${found.ok ? missing : found.error}`,
      };
  }
  return { ok: true, revisions };
}
