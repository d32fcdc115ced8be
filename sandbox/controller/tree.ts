import type { ResourceHealth, TreeNode } from './controller.ts';
import { isWorkload, type Managed, resourceKey, stableUid } from './resources.ts';
import type { AppState } from './state.ts';

/** The health of one managed resource; undefined for kinds without. The first live workload has the Application's. */
export function healthOf(
  state: AppState,
  resources: readonly Managed[],
  resource: Managed,
): ResourceHealth | undefined {
  if (!isWorkload(resource) || !state.seen.live.has(resourceKey(resource))) return undefined;
  const first = resources.find((one) => isWorkload(one) && !one.hook && state.seen.live.has(resourceKey(one)));
  if (first === undefined || resourceKey(first) !== resourceKey(resource)) return { status: 'Healthy' };
  const message = state.seen.health === state.health ? state.healthMessage : undefined;
  return { status: state.seen.health, ...(message === undefined ? {} : { message }) };
}

/** The resource tree: what is live, with a ReplicaSet and a Pod below each Deployment. */
export function resourceTree(
  state: AppState,
  resources: readonly Managed[],
  createdAt: string,
  resourceVersion: string,
): readonly TreeNode[] {
  const live = resources.filter((resource) => state.seen.live.has(resourceKey(resource)));
  return live.flatMap((resource) => {
    const health = healthOf(state, resources, resource);
    const uid = stableUid(state.key, resourceKey(resource));
    const node: TreeNode = {
      ...(resource.group === '' ? {} : { group: resource.group }),
      version: resource.version,
      kind: resource.kind,
      ...(resource.namespace === '' ? {} : { namespace: resource.namespace }),
      name: resource.name,
      uid,
      resourceVersion,
      ...(health === undefined ? {} : { health }),
      createdAt,
    };
    return resource.kind === 'Deployment' ? [node, ...pods(node, resource.image)] : [node];
  });
}

function pods(deployment: TreeNode, image: string | undefined): readonly TreeNode[] {
  const hash = podTemplateHash(deployment.uid);
  const common = {
    version: 'v1',
    ...(deployment.namespace === undefined ? {} : { namespace: deployment.namespace }),
    resourceVersion: deployment.resourceVersion,
    createdAt: deployment.createdAt,
    ...(deployment.health === undefined ? {} : { health: deployment.health }),
  };
  const replicaSet: TreeNode = {
    ...common,
    group: 'apps',
    kind: 'ReplicaSet',
    name: `${deployment.name}-${hash}`,
    uid: stableUid(deployment.uid, 'ReplicaSet'),
    parentRefs: [reference(deployment)],
  };
  const pod: TreeNode = {
    ...common,
    kind: 'Pod',
    name: `${replicaSet.name}-x2c7d`,
    uid: stableUid(deployment.uid, 'Pod'),
    parentRefs: [reference(replicaSet)],
    ...(image === undefined ? {} : { images: [image] }),
  };
  return [replicaSet, pod];
}

/** Kubernetes names Pods without vowels, 0, 1 and 3. */
const podTemplateHash = (uid: string): string =>
  [...uid.replaceAll('-', '').slice(0, 9)].map((digit) => 'bcdfghjklmnpqrst'[Number.parseInt(digit, 16)]).join('');

const reference = ({ group, version, kind, namespace, name, uid }: TreeNode) => ({
  ...(group === undefined ? {} : { group }),
  version,
  kind,
  ...(namespace === undefined ? {} : { namespace }),
  name,
  uid,
});
