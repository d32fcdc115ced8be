import { isObject } from '../state/json.ts';
import type { Draft, StoredObject } from '../types.ts';
import { type AppSpec, part, REFRESH } from './application.ts';
import {
  compareContents,
  desiredContents,
  type Live,
  type Managed,
  resourceKey,
  type StatusResource,
} from './resources.ts';
import type { Health } from './script.ts';
import { checkSpec, resolveTargets, type Surroundings } from './target.ts';

/** What the controller believes is live. */
export interface Seen {
  readonly live: Live;
  readonly health: Health;
}

/** What one comparison found. */
export type Evaluation =
  | { readonly kind: 'invalid'; readonly message: string; readonly twice: boolean }
  | {
      readonly kind: 'failed';
      readonly message: string;
      readonly revisions: readonly string[];
      readonly health: Health;
      readonly resources: readonly StatusResource[];
    }
  | {
      readonly kind: 'compared';
      readonly status: 'Synced' | 'OutOfSync';
      readonly revisions: readonly string[];
      readonly health: Health;
      readonly resources: readonly StatusResource[];
      readonly images: readonly string[];
    };

/**
 * Compares what should be with what is seen.
 *
 * @param resources the Application's resources, hooks that are live included
 * @param revisions those of the last comparison, when only live objects have changed; else the targets are resolved
 */
export function evaluate(
  spec: AppSpec,
  resources: readonly Managed[],
  seen: Seen,
  surroundings: Surroundings,
  revisions?: readonly string[],
): Evaluation {
  const invalid = checkSpec(spec, surroundings);
  if (invalid !== undefined)
    return { kind: 'invalid', message: invalid.message, twice: invalid.reason !== 'permission' };
  const targets = resolveTargets(spec, undefined, surroundings.repositories);
  if (!targets.ok) {
    const live = compareContents(resources, seen.live, seen.live).resources;
    return {
      kind: 'failed',
      message: targets.message,
      revisions: spec.sources.map((source) => source.targetRevision),
      health: seen.live.size === 0 ? 'Healthy' : seen.health,
      resources: live.map(({ status: _, ...entry }) => ({ ...entry, status: 'Unknown' })),
    };
  }
  const used = revisions?.length === spec.sources.length ? revisions : targets.revisions;
  const desired = desiredContents(resources, spec, used, surroundings.repositories);
  const images = resources
    .filter((resource) => seen.live.has(resourceKey(resource)))
    .map((resource) => resource.image)
    .filter((image) => image !== undefined);
  return {
    kind: 'compared',
    ...compareContents(resources, desired, seen.live),
    revisions: used,
    health: seen.health,
    images: [...new Set(images)].sort(),
  };
}

/** Circumstances of writing a comparison into a status. */
export interface Writing {
  readonly spec: AppSpec;
  /** Now, as the controller's clock says. */
  readonly now: string;
  /** When the comparison began; undefined: only live objects changed, `reconciledAt` stays. */
  readonly reconciledAt: string | undefined;
  /** The refresh annotation was there when the comparison began, so it goes. */
  readonly refreshed: boolean;
  readonly controllerNamespace: string;
}

/** Writes a comparison into an Application. */
export function writeComparison(draft: Draft, found: Evaluation, writing: Writing): void {
  const { spec, now } = writing;
  const status = part(draft, 'status');
  if (writing.refreshed) removeAnnotation(draft, REFRESH);
  if (found.kind === 'invalid') {
    setCondition(status, 'InvalidSpecError', found.message, now);
    // What an earlier comparison found stays beside it.
    part(status, 'sync').status = 'Unknown';
    setHealth(status, 'Unknown', now);
    return;
  }
  setCondition(status, 'InvalidSpecError', undefined, now);
  setCondition(status, 'ComparisonError', found.kind === 'failed' ? found.message : undefined, now);
  status.controllerNamespace = writing.controllerNamespace;
  status.resourceHealthSource = 'appTree';
  if (found.resources.length > 0) status.resources = found.resources;
  else delete status.resources;
  if (spec.multiSource) status.sourceTypes = spec.sources.map(sourceType);
  else status.sourceType = sourceType(spec.sources[0]);
  if (found.kind === 'compared' && found.images.length > 0) status.summary = { images: found.images };
  const sources = spec.sources.map((source) => source.raw);
  status.sync = {
    comparedTo: {
      destination: spec.destination.raw,
      ...(spec.multiSource ? { sources } : { source: sources[0] ?? { repoURL: '' } }),
    },
    ...(spec.multiSource ? { revisions: found.revisions } : { revision: found.revisions[0] ?? '' }),
    status: found.kind === 'failed' ? 'Unknown' : found.status,
  };
  setHealth(status, found.health, now);
  if (writing.reconciledAt !== undefined) status.reconciledAt = writing.reconciledAt;
}

const sourceType = (source: AppSpec['sources'][number] | undefined): string =>
  source !== undefined && source.chart !== '' ? 'Helm' : 'Directory';

/** The first write for a project or cluster that is not there: the condition alone. */
export function writeConditionAlone(draft: Draft, message: string, now: string): void {
  setCondition(part(draft, 'status'), 'InvalidSpecError', message, now);
}

function setHealth(status: Draft, health: Health, now: string): void {
  const before = status.health;
  if (isObject(before) && before.status === health) return;
  status.health = { lastTransitionTime: now, status: health };
}

/** Adds, keeps or (without message) removes a condition. */
export function setCondition(status: Draft, type: string, message: string | undefined, now: string): void {
  const before = (Array.isArray(status.conditions) ? status.conditions : []).filter(isObject);
  const others = before.filter((condition) => condition.type !== type);
  const same = before.find((condition) => condition.type === type && condition.message === message);
  const own = message === undefined ? [] : [same ?? { lastTransitionTime: now, message, type }];
  const conditions = [...others, ...own];
  if (conditions.length > 0) status.conditions = conditions;
  else delete status.conditions;
}

export function removeAnnotation(draft: Draft, name: string): void {
  const metadata = part(draft, 'metadata');
  if (!isObject(metadata.annotations)) return;
  delete metadata.annotations[name];
  if (Object.keys(metadata.annotations).length === 0) delete metadata.annotations;
}

/** What the status says, for those who ask whether it says Synced and Healthy. */
export function shown(application: StoredObject): { readonly sync: string; readonly health: string } {
  const status = isObject(application.status) ? application.status : {};
  const of = (value: unknown): string => (isObject(value) && typeof value.status === 'string' ? value.status : '');
  return { sync: of(status.sync), health: of(status.health) };
}
