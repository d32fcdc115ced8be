import { createHash } from 'node:crypto';
import type { AppSpec } from './application.ts';
import type { Repositories } from './repository.ts';
import type { Hook, Script, ScriptResource } from './script.ts';

/** A managed resource with every default filled in. */
export interface Managed {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly source: number;
  readonly file: string;
  readonly wave: number;
  readonly hook: boolean;
  readonly prune: 'false' | 'confirm' | undefined;
  readonly image: string | undefined;
  readonly from: string | undefined;
  readonly until: string | undefined;
}

/** Live objects: what content each has, by {@link resourceKey}. Replaced, never changed. */
export type Live = ReadonlyMap<string, string>;

const WORKLOADS = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Pod', 'Job', 'CronJob', 'Rollout']);
const GROUPS: Readonly<Record<string, string>> = {
  Deployment: 'apps',
  StatefulSet: 'apps',
  DaemonSet: 'apps',
  ReplicaSet: 'apps',
  Job: 'batch',
  CronJob: 'batch',
  Ingress: 'networking.k8s.io',
  Rollout: 'argoproj.io',
};

/** Whether a kind has a health of its own that a rollout moves. */
export const isWorkload = (resource: { readonly kind: string }): boolean => WORKLOADS.has(resource.kind);

export const resourceKey = (resource: {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}): string => `${resource.group}/${resource.kind}/${resource.namespace}/${resource.name}`;

/** The resources of an Application, as its script says, sorted as Argo CD lists them. */
export function managedResources(script: Script, appName: string, spec: AppSpec): readonly Managed[] {
  const given: readonly ScriptResource[] = script.resources ?? [
    { kind: 'Deployment', name: appName, image: `${appName}:1` },
    { kind: 'Service', name: appName },
  ];
  return given.map((resource) => fill(resource, spec)).sort(byIdentity);
}

function fill(resource: ScriptResource, spec: AppSpec): Managed {
  const source = resource.source ?? 0;
  const path = spec.sources[source]?.path ?? '';
  return {
    group: resource.group ?? GROUPS[resource.kind] ?? '',
    version: resource.version ?? 'v1',
    kind: resource.kind,
    name: resource.name,
    namespace: resource.namespace ?? spec.destination.namespace,
    source,
    file: resource.file ?? `${path}/${resource.kind.toLowerCase()}-${resource.name}.yaml`,
    wave: resource.wave ?? 0,
    hook: false,
    prune: resource.prune,
    image: resource.image,
    from: resource.from,
    until: resource.until,
  };
}

/** A hook as a resource. */
export const hookResource = (hook: Hook, spec: AppSpec): Managed => ({
  group: hook.group ?? GROUPS[hook.kind ?? 'Job'] ?? '',
  version: 'v1',
  kind: hook.kind ?? 'Job',
  name: hook.name,
  namespace: spec.destination.namespace,
  source: 0,
  file: '',
  wave: 0,
  hook: true,
  prune: undefined,
  image: undefined,
  from: undefined,
  until: undefined,
});

const byIdentity = (a: Managed, b: Managed): number =>
  compareText(a.group, b.group) ||
  compareText(a.kind, b.kind) ||
  compareText(a.namespace, b.namespace) ||
  compareText(a.name, b.name);

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** What each resource should be at these revisions (one for each source). */
export function desiredContents(
  resources: readonly Managed[],
  spec: AppSpec,
  revisions: readonly string[],
  repositories: Repositories,
): Live {
  const contents = new Map<string, string>();
  for (const resource of resources) {
    // A hook is never part of the target state.
    if (resource.hook) continue;
    const source = spec.sources[resource.source];
    const revision = revisions[resource.source];
    if (source === undefined || revision === undefined) continue;
    if (!isThere(resource, source.repoURL, revision, repositories)) continue;
    contents.set(resourceKey(resource), repositories.content(source.repoURL, revision, resource.file));
  }
  return contents;
}

function isThere(resource: Managed, url: string, revision: string, repositories: Repositories): boolean {
  if (resource.from !== undefined && !reaches(url, revision, resource.from, repositories)) return false;
  return resource.until === undefined || !reaches(url, revision, resource.until, repositories);
}

/** Whether `sha` is `revision` or one of its ancestors. */
function reaches(url: string, revision: string, sha: string, repositories: Repositories): boolean {
  let at: string | undefined = revision;
  while (at !== undefined) {
    if (at === sha) return true;
    at = repositories.parent(url, at);
  }
  return false;
}

/** One entry of `status.resources`. */
export interface StatusResource {
  readonly [field: string]: unknown;
  readonly kind: string;
  readonly name: string;
  readonly status?: 'Synced' | 'OutOfSync' | 'Unknown';
}

/** Compares what should be with what is. */
export function compareContents(
  resources: readonly Managed[],
  desired: Live,
  live: Live,
): { readonly status: 'Synced' | 'OutOfSync'; readonly resources: readonly StatusResource[] } {
  const entries: StatusResource[] = [];
  let status: 'Synced' | 'OutOfSync' = 'Synced';
  for (const resource of resources) {
    const key = resourceKey(resource);
    const wanted = desired.get(key);
    const is = live.get(key);
    if (wanted === undefined && is === undefined) continue;
    const entry = {
      ...(resource.group === '' ? {} : { group: resource.group }),
      ...(resource.hook ? { hook: true } : {}),
      kind: resource.kind,
      name: resource.name,
      ...(resource.namespace === '' ? {} : { namespace: resource.namespace }),
      ...(wanted === undefined ? { requiresPruning: true } : {}),
      ...(resource.wave === 0 ? {} : { syncWave: resource.wave }),
      version: resource.version,
    };
    if (resource.hook) entries.push(entry);
    else {
      const own = wanted === is ? 'Synced' : 'OutOfSync';
      if (own === 'OutOfSync') status = 'OutOfSync';
      entries.push({ ...entry, status: own });
    }
  }
  return { status, resources: entries };
}

/** A UID that is the same for the same object every time. */
export function stableUid(...names: readonly string[]): string {
  const hex = createHash('sha1').update(names.join('\n')).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
