import { afterEach, describe, expect, test } from '@jest/globals';
import type { SandboxOptions } from '../../sandbox/start.ts';
import type { Application } from '../../src/argocd/application.ts';
import type { Explanation } from '../../src/argocd/explanation.ts';
import { failure, fleetOf, MODES, never, ref, shop, startWorld, type World } from './harness.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

const BROKEN = {
  script: {
    start: {
      runs: 'target',
      compared: 'current',
      health: 'Degraded',
      healthMessage: 'Deployment "web" exceeded its progress deadline',
    },
  },
} as const;

describe.each(MODES)('explaining over %s', (mode) => {
  const kubernetes = mode === 'kubernetes';

  const world = async (options: SandboxOptions = {}): Promise<World> => {
    const started = await startWorld(mode, { fleet: fleetOf([shop('web', BROKEN), shop('fine')]), ...options });
    closers.push(() => started.close());
    return started;
  };

  /** The Pod of an Application, whose events are written. */
  const podOf = (at: World, name: string) => {
    const pod = at.sandbox.controller.resourceTree('argocd', name).find(({ kind }) => kind === 'Pod');
    if (pod === undefined) throw new Error(`no Pod in ${name}`);
    return pod;
  };

  const event = (
    at: World,
    { kind, name, uid }: { readonly kind: string; readonly name: string; readonly uid?: string },
    rest: Readonly<Record<string, unknown>> = {},
  ): void => {
    const { length } = at.sandbox.store.list('events');
    at.sandbox.store.create('events', {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { namespace: 'web', name: `${name}.${length}` },
      involvedObject: { kind, name, namespace: 'web', ...(uid === undefined ? {} : { uid }) },
      reason: 'BackOff',
      message: 'Back-off restarting failed container main',
      type: 'Warning',
      count: 3,
      lastTimestamp: `2026-11-20T10:00:0${length % 10}Z`,
      ...rest,
    });
  };

  const explained = async (
    at: World,
    account: string,
    name = 'web',
    change: Partial<Application> = {},
  ): Promise<Explanation> => {
    const client = await at.open({ account });
    const seen = await client.get(ref(name), never);
    at.sandbox.clearRequests();
    // Argo CD 3 stores the health of resources in the Application only when it is told to.
    const resources = seen.resources.map((one) =>
      name === 'web' && one.kind === 'Deployment'
        ? { ...one, health: 'Degraded' as const, healthMessage: 'Deployment "web" exceeded its progress deadline' }
        : one,
    );
    return client.explain({ ...seen, resources, ...change }, never);
  };

  test('names what is not well, and the last warnings about it', async () => {
    const at = await world();
    const { name, uid } = podOf(at, 'web');
    event(at, { kind: 'Pod', name, uid });
    event(at, { kind: 'Pod', name, uid }, { reason: 'Unhealthy', message: 'Readiness probe failed' });
    event(at, { kind: 'Pod', name, uid }, { type: 'Normal', message: 'Started container main' });
    event(at, { kind: 'Pod', name, uid }, { message: 'old news', lastTimestamp: '2026-11-20T08:00:00Z' });
    event(at, { kind: 'Pod', name: 'another-bcdfg-hjklm', uid: 'another' }, { message: 'not of this Application' });
    const { unhealthy, events } = await explained(at, 'admin');
    expect(unhealthy[0]).toEqual({
      group: 'apps',
      kind: 'Deployment',
      namespace: 'web',
      name: 'web',
      health: 'Degraded',
      message: 'Deployment "web" exceeded its progress deadline',
    });
    expect(
      events.map(({ reason, message, count, ...about }) => [about.kind, about.name, reason, message, count]),
    ).toEqual([
      ['Pod', name, 'Unhealthy', 'Readiness probe failed', 3],
      ['Pod', name, 'BackOff', 'Back-off restarting failed container main', 3],
    ]);
    expect(at.sandbox.requests.length).toBeLessThanOrEqual(kubernetes ? 2 : 6);
  });

  test('has nothing to say of what is well', async () => {
    expect(await explained(await world(), 'admin', 'fine')).toEqual({ unhealthy: [], events: [] });
  });

  test('needs no right that a sync does not need, and is silent where it has none', async () => {
    const at = await world();
    event(at, podOf(at, 'web'));
    const { unhealthy, events } = await explained(at, 'deployer');
    expect(unhealthy[0]?.name).toBe('web');
    // Events are the cluster's; the Argo CD API gives them to who may get the Application.
    expect(events).toHaveLength(kubernetes ? 0 : 1);
    expect(at.sandbox.requests.map(({ status }) => status)).toEqual(
      kubernetes ? [403] : at.sandbox.requests.map(() => 200),
    );
  });

  test('gives up on whatever fails, and does not try again', async () => {
    const at = await world({
      faults: [
        {
          when: { path: kubernetes ? '/events' : '/resource-tree' },
          times: 0,
          effect: { kind: 'status', status: 503 },
        },
      ],
    });
    expect((await explained(at, 'admin')).events).toEqual([]);
    expect(at.sandbox.requests).toHaveLength(1);
  });

  test('ends at once when it is stopped', async () => {
    const at = await world({
      faults: [{ when: { path: kubernetes ? '/events' : '/resource-tree' }, times: 0, effect: { kind: 'hang' } }],
    });
    const client = await at.open();
    const seen = await client.get(ref('web'), never);
    const stop = new AbortController();
    const explaining = failure(client.explain(seen, stop.signal));
    stop.abort();
    expect((await explaining).code).toBe('aborted');
  });

  if (kubernetes) {
    test('asks nothing of this cluster about what runs in another', async () => {
      const at = await world();
      const destination = { server: 'https://elsewhere.example.com', name: '', namespace: 'web' };
      expect((await explained(at, 'admin', 'web', { destination })).events).toEqual([]);
      expect(at.sandbox.requests).toEqual([]);
    });

    test('takes all resources for possible causes where Argo CD does not store their health', async () => {
      const at = await world();
      event(at, podOf(at, 'web'));
      const client = await at.open();
      const seen = await client.get(ref('web'), never);
      expect(seen.resources.every(({ health }) => health === undefined)).toBe(true);
      const { unhealthy, events } = await client.explain(seen, never);
      expect([unhealthy.length, events.length]).toEqual([0, 1]);
    });

    test.each([
      ['Deployment', 'web-7d4b9c8f6d', true],
      ['Deployment', 'web-7d4b9c8f6d-x2c7d', true],
      ['Deployment', 'web-db-0', false],
      ['Deployment', 'webshop', false],
      ['StatefulSet', 'web-0', true],
      ['StatefulSet', 'web-x2c7d', false],
      ['DaemonSet', 'web-x2c7d', true],
      ['Job', 'web-x2c7d', true],
      ['CronJob', 'web-29384756-x2c7d', true],
      ['ConfigMap', 'web-x2c7d', false],
    ])('of a %s web, %s: %p', async (kind, name, isOurs) => {
      const at = await world();
      event(at, { kind: 'Pod', name });
      const client = await at.open();
      const seen = await client.get(ref('web'), never);
      const resources = seen.resources.slice(0, 1).map((one) => ({ ...one, kind, name: 'web', health: undefined }));
      const { events } = await client.explain({ ...seen, resources }, never);
      expect(events).toHaveLength(isOurs ? 1 : 0);
    });
  }
});
