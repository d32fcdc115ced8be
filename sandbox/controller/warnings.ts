import { isObject } from '../state/json.ts';
import { timestamp } from '../state/store.ts';
import type { Store, StoredObject } from '../types.ts';
import type { TreeNode } from './controller.ts';

/**
 * Writes what a cluster writes when a workload breaks: a warning about its Pod, at the moment in which its Application
 * becomes Degraded. Returns the way to stop.
 */
export function startWarnings(
  store: Store,
  treeOf: (namespace: string, name: string) => readonly TreeNode[],
  now: () => Date,
): () => void {
  return store.subscribe(({ type, resource, object, previous }) => {
    if (type !== 'MODIFIED' || resource !== 'applications') return;
    if (healthOf(object).status !== 'Degraded' || healthOf(previous).status === 'Degraded') return;
    // A write of its own: everybody hears of the present one first.
    queueMicrotask(() => {
      const pod = treeOf(object.metadata.namespace, object.metadata.name).find(({ kind }) => kind === 'Pod');
      if (pod === undefined) return;
      const stamp = timestamp(now());
      store.create('events', {
        apiVersion: 'v1',
        kind: 'Event',
        metadata: { namespace: pod.namespace ?? 'default', name: `${pod.name}.${store.resourceVersion.toString(16)}` },
        involvedObject: { apiVersion: 'v1', kind: 'Pod', namespace: pod.namespace, name: pod.name, uid: pod.uid },
        reason: 'BackOff',
        message: healthOf(object).message ?? `Back-off restarting failed container main in pod ${pod.name}`,
        source: { component: 'kubelet' },
        firstTimestamp: stamp,
        lastTimestamp: stamp,
        count: 1,
        type: 'Warning',
        eventTime: null,
      });
    });
  });
}

function healthOf(object: StoredObject | undefined): { readonly status?: unknown; readonly message?: string } {
  const status = object?.status;
  const health = isObject(status) ? status.health : undefined;
  if (!isObject(health)) return {};
  return { status: health.status, ...(typeof health.message === 'string' ? { message: health.message } : {}) };
}
