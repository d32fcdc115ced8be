import { afterEach, describe, expect, test } from '@jest/globals';
import type { Fleet, FleetApplication } from '../../sandbox/fleets/fleet.ts';
import type { Account, Draft } from '../../sandbox/types.ts';
import { failure, fleetOf, MODES, never, type OpenOptions, shop, startWorld, type World } from './harness.ts';

const worlds: World[] = [];
afterEach(async () => {
  await Promise.all(worlds.splice(0).map((world) => world.close()));
});

const owned = (name: string, set: string, namespace = 'argocd'): FleetApplication =>
  shop(name, {
    namespace,
    ownerReferences: [
      { apiVersion: 'argoproj.io/v1alpha1', kind: 'ApplicationSet', name: set, uid: 'u-1', controller: true },
    ],
  });

const set = (name: string, status: Draft, namespace = 'argocd'): Draft => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'ApplicationSet',
  metadata: { name, namespace },
  spec: { generators: [], template: { metadata: { name: 'x' }, spec: { project: 'default' } } },
  status,
});

const listed = (...names: readonly string[]): Draft => ({
  resources: names.map((name) => ({ kind: 'Application', namespace: 'argocd', name, group: 'argoproj.io' })),
  resourcesCount: names.length,
});

const broken: Draft = {
  conditions: [{ type: 'ErrorOccurred', status: 'True', reason: 'RenderTemplateParamsError', message: 'no "n"' }],
};

/** What a pipeline usually may: Applications, and nothing else. */
const ONLY_APPLICATIONS: Account = {
  name: 'narrow',
  token: 'sandbox-token-narrow-9d2c11',
  rights: {
    kubernetes: [{ resources: ['applications'], verbs: ['get', 'list', 'watch', 'patch'], namespaces: ['argocd'] }],
    argocd: [{ resource: 'applications', action: '*', object: '*' }],
  },
};

const FLEET: Fleet = {
  ...fleetOf([
    owned('fleet-north', 'fleet'),
    owned('fleet-south', 'fleet'),
    owned('other-north', 'other'),
    owned('fleet-east', 'fleet', 'team-a'),
    owned('cut-one', 'cut'),
    owned('cut-two', 'cut'),
    owned('old-one', 'old'),
    owned('late-first', 'late'),
    owned('late-second', 'late'),
    shop('plain'),
  ]),
  applicationSets: [
    set('fleet', listed('fleet-north', 'fleet-south')),
    set('fleet', {}, 'team-a'),
    set('other', listed('other-north')),
    set('cut', { ...listed('cut-one'), resourcesCount: 2 }),
    set('old', {}),
    set('late', listed('late-first')),
    set('empty', listed()),
    set('broken', broken),
  ],
  accounts: [ONLY_APPLICATIONS],
};

describe.each(MODES)('ApplicationSets over %s', (mode) => {
  const opened = async (options: OpenOptions = {}, fleet = FLEET) => {
    const world = await startWorld(mode, { fleet });
    worlds.push(world);
    const client = await world.open(options);
    return {
      world,
      generated: async (name: string, namespaces?: readonly string[] | '*') => {
        const { members, ...rest } = await client.applicationSet(name, namespaces, never);
        return { ...rest, members: members.map((ref) => `${ref.namespace}/${ref.name}`) };
      },
      client,
    };
  };

  test('tell what they generated', async () => {
    const { generated } = await opened();
    expect(await generated('fleet')).toEqual({
      members: ['argocd/fleet-north', 'argocd/fleet-south'],
      exists: true,
      trouble: '',
    });
    expect((await generated('fleet', ['team-a'])).members).toEqual(['team-a/fleet-east']);
    expect((await generated('fleet', ['team-a', 'argocd'])).members).toHaveLength(3);
    expect((await generated('fleet', '*')).members).toEqual([
      'argocd/fleet-north',
      'argocd/fleet-south',
      'team-a/fleet-east',
    ]);
  });

  test('also where their status lists nothing, or not everything', async () => {
    const { generated } = await opened();
    expect((await generated('old')).members).toEqual(['argocd/old-one']);
    expect((await generated('cut')).members).toEqual(['argocd/cut-one', 'argocd/cut-two']);
  });

  test('also those that their status does not list yet (argo-cd issue 26512)', async () => {
    const { generated } = await opened();
    expect((await generated('late')).members).toEqual(['argocd/late-first', 'argocd/late-second']);
  });

  test('also where those are many', async () => {
    const names = Array.from({ length: 40 }, (_, index) => `late-${String(index).padStart(2, '0')}`);
    const { generated } = await opened(
      {},
      { ...fleetOf(names.map((name) => owned(name, 'late'))), applicationSets: [set('late', listed('late-00'))] },
    );
    expect((await generated('late')).members).toEqual(names.map((name) => `argocd/${name}`));
  });

  test('that are empty, broken or absent can be told apart', async () => {
    const { generated } = await opened();
    expect(await generated('empty')).toEqual({ members: [], exists: true, trouble: '' });
    expect(await generated('broken')).toEqual({ members: [], exists: true, trouble: 'no "n"' });
    expect(await generated('nope')).toEqual({ members: [], exists: false, trouble: '' });
    expect(await generated('nope', ['team-a', 'argocd'])).toEqual({ members: [], exists: false, trouble: '' });
  });

  test('need no right of their own over the Kubernetes API, and say which over the other', async () => {
    const { client, generated } = await opened({ account: 'narrow' });
    if (mode === 'kubernetes') {
      expect((await generated('fleet')).members).toHaveLength(2);
      expect(await generated('nope')).toEqual({ members: [], exists: undefined, trouble: '' });
    } else {
      const error = await failure(client.applicationSet('fleet', undefined, never));
      expect(error).toMatchObject({
        code: 'forbidden',
        message: 'cannot read ApplicationSet fleet: permission denied: applicationsets, get, default/fleet',
        hint: 'Add the policy "p, narrow, applicationsets, get, default/fleet, allow".',
      });
    }
  });

  test('cost light requests, and one for each Application that is as young as what they list', async () => {
    const earlier = { createdAt: '2026-01-02T03:04:05Z' };
    const { world, generated } = await opened(
      {},
      {
        ...fleetOf([owned('fleet-new', 'fleet'), owned('fleet-old', 'fleet'), shop('old', earlier), shop('new')]),
        applicationSets: [set('fleet', listed('fleet-new', 'fleet-old'))],
      },
    );
    const before = world.sandbox.requests.length;
    await generated('fleet');
    expect(world.sandbox.requests.slice(before).map(({ method, path }) => `${method} ${path}`)).toEqual(
      mode === 'kubernetes'
        ? [expect.stringMatching(/^GET \/apis\/argoproj\.io\/v1alpha1\/namespaces\/argocd\/applications\?limit=\d+$/)]
        : [
            'GET /api/v1/applicationsets/fleet',
            expect.stringMatching(/^GET \/api\/v1\/applications\?appNamespace=argocd&fields=[^&]*creationTimestamp$/),
            'GET /api/v1/applications/new?appNamespace=argocd',
          ],
    );
  });
});
