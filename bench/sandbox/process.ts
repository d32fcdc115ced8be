/** The sandbox's own process: opens one fleet after another as it is told, and says what it saw. Ends with its parent. */
import { uniform } from '../../sandbox/fleets/uniform.ts';
import { shownManagedFields } from '../../sandbox/kubernetes/managed-fields.ts';
import { startSandbox } from '../../sandbox/start.ts';
import type { Sandbox, SeenRequest, StoredObject } from '../../sandbox/types.ts';
import { record } from '../../src/lib/json.ts';
import type { Answer, FleetSize, Order, Seen } from './protocol.ts';

interface Open {
  readonly sandbox: Sandbox;
  readonly goodAtMs: Map<string, number>;
}

let open: Open | undefined;

async function openFleet(size: FleetSize): Promise<Open> {
  const health =
    size.progressingMs === 0
      ? ([{ afterMs: 0, health: 'Healthy' }] as const)
      : ([
          { afterMs: 0, health: 'Progressing' },
          { afterMs: size.progressingMs, health: 'Healthy' },
        ] as const);
  const settings = { statusBytes: size.statusBytes, health };
  const picked = uniform(size.selected, { ...settings, prefix: 'pick' });
  const rest = uniform(size.total - size.selected, { ...settings, prefix: 'rest' });
  const fleet = { ...picked, applications: [...picked.applications, ...rest.applications] };
  const sandbox = await startSandbox({ fleet, timing: 'instant' });
  // An API server keeps them with an object; the sandbox makes them up when it shows an object for the first time, once for each. Only
  // who lists whole objects would have to wait for that.
  for (const object of sandbox.store.list('applications')) shownManagedFields(object);
  const goodAtMs = new Map<string, number>();
  sandbox.store.subscribe(({ resource, object }) => {
    if (resource !== 'applications') return;
    const { name } = object.metadata;
    if (!isGood(object)) goodAtMs.delete(name);
    else if (!goodAtMs.has(name)) goodAtMs.set(name, performance.timeOrigin + performance.now());
  });
  return { sandbox, goodAtMs };
}

/** The operation has succeeded, and what it brought is Synced and Healthy. */
function isGood(object: StoredObject): boolean {
  const status = record(object.status);
  return (
    record(status.operationState).phase === 'Succeeded' &&
    record(status.sync).status === 'Synced' &&
    record(status.health).status === 'Healthy'
  );
}

const kindOf = ({ method, path }: SeenRequest): string => {
  const streams = path.includes('watch=1') || path.includes('/stream/');
  const plain = path.replace(/\?.*/, '').replace(/(applications|appprojects)\/[^/]+/, '$1/{name}');
  return `${streams ? 'STREAM' : method} ${plain}`;
};

function see({ sandbox, goodAtMs }: Open): Seen {
  const kinds: Record<string, number> = {};
  const bytesByKind: Record<string, number> = {};
  for (const request of sandbox.requests) {
    const kind = kindOf(request);
    kinds[kind] = (kinds[kind] ?? 0) + 1;
    bytesByKind[kind] = (bytesByKind[kind] ?? 0) + request.bytesSent;
  }
  return {
    requests: sandbox.requests.length,
    kinds,
    bytes: Object.values(bytesByKind).reduce((sum, bytes) => sum + bytes, 0),
    bytesByKind,
    goodAtMs: Object.fromEntries(goodAtMs),
  };
}

async function carryOut(order: Order): Promise<Answer> {
  if (order.kind === 'open') {
    await open?.sandbox.stop();
    open = undefined;
    // What the fleet before has left must not be collected while the next one is measured.
    globalThis.gc?.();
    open = await openFleet(order.fleet);
    const { sandbox } = open;
    return {
      kind: 'opened',
      access: {
        kubernetesUrl: sandbox.kubernetesUrl,
        argocdUrl: sandbox.argocdUrl,
        certificateAuthority: sandbox.certificateAuthority ?? '',
        kubeconfig: sandbox.kubeconfig(),
        token: sandbox.token(),
      },
    };
  }
  return open === undefined ? { kind: 'failed', reason: 'no fleet is open' } : { kind: 'seen', seen: see(open) };
}

process.on('message', (order: Order) => {
  carryOut(order).then(
    (answer) => process.send?.(answer),
    (error: unknown) => process.send?.({ kind: 'failed', reason: String(error) } satisfies Answer),
  );
});
process.on('disconnect', () => process.exit());
