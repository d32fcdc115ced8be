import { describe, expect, test } from '@jest/globals';
import type { Application, ApplicationRef } from '../../src/argocd/application.ts';
import { refKey } from '../../src/argocd/application.ts';
import type { ArgoCdClient, Candidate, Generated, Namespaces } from '../../src/argocd/client.ts';
import { ArgoCdError } from '../../src/argocd/errors.ts';
import type { TargetInputs } from '../../src/sync/inputs/types.ts';
import { matchesSelector, parseSelector } from '../../src/targets/label-selector.ts';
import { type Resolution, resolve } from '../../src/targets/resolve.ts';
import { application } from '../factories/application.ts';
import { named, targets } from '../factories/targets.ts';

interface Fleet {
  readonly transport?: 'kubernetes' | 'argocd';
  readonly applications: readonly Application[];
  /** Why a read of this one fails. */
  readonly refuse?: (ref: ApplicationRef) => ArgoCdError | undefined;
  readonly refuseList?: ArgoCdError;
  readonly generated?: Generated;
}

const OWN = 'argocd';

/** Answers reads from data, in the way the port promises; everything that writes is out of the question. */
const clientOver = (fleet: Fleet) => {
  const requests: string[] = [];
  const never = (): never => {
    throw new Error('resolving only reads');
  };
  const client: ArgoCdClient = {
    transport: fleet.transport ?? 'kubernetes',
    description: 'test',
    uiUrl: never,
    prepare: never,
    prepareAll: never,
    syncWindow: never,
    refs: never,
    startSync: never,
    terminate: never,
    refresh: never,
    explain: never,
    versions: never,
    watch: never,
    close: never,
    applicationSet: async (name, namespaces) => {
      requests.push(`set ${name} ${String(namespaces ?? 'default')}`);
      return fleet.generated ?? { members: [], exists: false, trouble: '' };
    },
    get: async (ref) => {
      requests.push(`get ${refKey(ref)}`);
      const refused = fleet.refuse?.(ref);
      if (refused !== undefined) throw refused;
      const namespace = ref.namespace === '' ? OWN : ref.namespace;
      const found = fleet.applications.find((app) => app.ref.name === ref.name && app.ref.namespace === namespace);
      // The Argo CD API does not tell what is missing from what is hidden.
      if (found === undefined)
        throw new ArgoCdError(fleet.transport === 'argocd' ? 'forbidden' : 'not-found', 'not there');
      return found;
    },
    list: async (scope, detail) => {
      requests.push(`list ${detail} ${String(scope.namespaces ?? 'default')} ${scope.selector}`.trim());
      if (fleet.refuseList !== undefined) throw fleet.refuseList;
      const selector = parseSelector(scope.selector);
      const shown: Namespaces = scope.namespaces ?? (fleet.transport === 'argocd' ? '*' : [OWN]);
      const candidates = fleet.applications
        .filter(({ ref }) => shown === '*' || shown.includes(ref.namespace))
        .filter(({ labels }) => selector.kind === 'ok' && matchesSelector(selector.requirements, labels))
        .map((app): Candidate => {
          const known = detail === 'spec' || fleet.transport === 'argocd';
          return { ref: app.ref, project: app.project, application: known ? app : undefined };
        });
      return { candidates, position: new Map((shown === '*' ? ['*'] : shown).map((name) => [name, '7'])) };
    },
  };
  return { client, requests };
};

const app = (text: string, labels: Readonly<Record<string, string>> = {}, project = 'default'): Application => {
  const slash = text.indexOf('/');
  const ref = { namespace: slash < 0 ? OWN : text.slice(0, slash), name: text.slice(slash + 1) };
  return application({ ref, labels, project });
};

const run = async (fleet: Fleet, given: Partial<TargetInputs>, namespaces?: Namespaces) => {
  const { client, requests } = clientOver(fleet);
  const resolution = await resolve(client, targets(given), namespaces, new AbortController().signal);
  return { resolution, requests };
};

const resolved = (resolution: Resolution) => {
  if (resolution.kind === 'unresolved') throw new Error(resolution.problem.message);
  return resolution;
};

const keys = (resolution: Resolution): readonly string[] => resolved(resolution).selected.map(({ ref }) => refKey(ref));

describe('by name', () => {
  test('one read each, and nothing else', async () => {
    const { resolution, requests } = await run({ applications: [app('a'), app('b')] }, { names: named('b', 'a') });
    expect(requests).toEqual(['get argocd/b', 'get argocd/a']);
    expect(keys(resolution)).toEqual(['argocd/b', 'argocd/a']);
    expect(resolved(resolution)).toMatchObject({
      looked: '2 Applications by name in namespace argocd',
      watchScope: { kind: 'refs', refs: [{ name: 'b' }, { name: 'a' }] },
    });
  });

  test('one that is missing is failed, with the nearest names', async () => {
    const { resolution, requests } = await run(
      { applications: [app('shop-eu'), app('cart')] },
      { names: named('shop-ue', 'cart') },
    );
    expect(requests).toEqual(['get argocd/shop-ue', 'get argocd/cart', 'list names default']);
    expect(keys(resolution)).toEqual(['argocd/cart']);
    expect(resolved(resolution).failed).toEqual([
      {
        ref: { namespace: 'argocd', name: 'shop-ue' },
        verdict: {
          name: 'not-found',
          message: 'There is no Application "shop-ue" in namespace argocd',
          hint: 'Nearest names: shop-eu.',
        },
      },
    ]);
    expect(resolved(resolution).order.map((ref) => ref.name)).toEqual(['shop-ue', 'cart']);
  });

  test('a list for the hint may fail', async () => {
    const refuseList = new ArgoCdError('forbidden', 'no list');
    const { resolution } = await run({ applications: [], refuseList }, { names: named('a') });
    expect(resolved(resolution).failed[0]?.verdict).toMatchObject({ name: 'not-found', hint: '' });
  });

  test('one that may not be read is failed as forbidden', async () => {
    const refuse = (ref: ApplicationRef) =>
      ref.name === 'a' ? new ArgoCdError('forbidden', 'may not get', { hint: 'Grant get.' }) : undefined;
    const { resolution } = await run({ applications: [app('a'), app('b')], refuse }, { names: named('a', 'b') });
    expect(keys(resolution)).toEqual(['argocd/b']);
    expect(resolved(resolution).failed[0]?.verdict).toEqual({
      name: 'forbidden',
      message: 'may not get',
      hint: 'Grant get.',
    });
  });

  test('one that Argo CD cannot read is failed, and the others go on', async () => {
    const refuse = (ref: ApplicationRef) =>
      ref.name === 'a' ? new ArgoCdError('invalid', 'its project does not exist') : undefined;
    const { resolution } = await run({ applications: [app('a'), app('b')], refuse }, { names: named('a', 'b') });
    expect(keys(resolution)).toEqual(['argocd/b']);
    expect(resolved(resolution).failed[0]?.verdict).toMatchObject({
      name: 'error',
      message: 'its project does not exist',
    });
  });

  test('any other failure ends the looking', async () => {
    const refuse = () => new ArgoCdError('unauthenticated', 'who are you');
    await expect(run({ applications: [app('a')], refuse }, { names: named('a') })).rejects.toThrow('who are you');
  });

  test('filters are applied to what was read', async () => {
    const { resolution } = await run(
      { applications: [app('a', { 'harness.io/envRef': 'prod' }), app('b')] },
      { names: named('a', 'b'), environment: 'prod' },
    );
    expect(keys(resolution)).toEqual(['argocd/a']);
    expect(resolved(resolution).failed[0]?.verdict.name).toBe('mismatch');
  });

  test('over the Argo CD API a name in another namespace is found where the server shows it', async () => {
    const { resolution, requests } = await run(
      { transport: 'argocd', applications: [app('team-a/shop'), app('cart')] },
      { names: named('shop', 'cart') },
    );
    expect(requests).toEqual(['get /shop', 'get /cart', 'list spec default']);
    expect(keys(resolution)).toEqual(['team-a/shop', 'argocd/cart']);
    expect(resolved(resolution).failed).toEqual([]);
  });

  test('over the Argo CD API missing rights look like a missing Application (rule 2)', async () => {
    const { resolution } = await run(
      { transport: 'argocd', applications: [app('shop-eu')] },
      { names: named('shop-ue') },
    );
    expect(resolved(resolution).failed[0]?.verdict).toMatchObject({
      name: 'not-found',
      hint: expect.stringMatching(/Nearest names: shop-eu\..*looks like one that does not exist/),
    });
  });

  test('over the Argo CD API an account that sees nothing at all is told so', async () => {
    const { resolution } = await run({ transport: 'argocd', applications: [] }, { names: named('shop') });
    expect(resolved(resolution).failed[0]?.verdict.name).toBe('forbidden');
  });
});

describe('by pattern', () => {
  test('one list; the watch starts where it ended', async () => {
    const applications = ['a', 'b', 'c', 'd', 'e', 'f', 'x'].map((name) => app(name));
    const { resolution, requests } = await run({ applications }, { regex: '[a-f]' });
    expect(requests).toEqual(['list names default']);
    expect(resolved(resolution)).toMatchObject({
      // Most of them are selected: whole ones by a list instead of a read for each.
      together: { namespaces: undefined, selector: '', projects: [] },
      looked: '7 Applications in namespace argocd',
      position: new Map([['argocd', '7']]),
      watchScope: { kind: 'scope', namespaces: undefined, selector: '', projects: [] },
    });
  });

  test('fewer than half are not listed again', async () => {
    const applications = Array.from({ length: 20 }, (_, index) => app(`${index < 8 ? 'a' : 'b'}${index}`));
    const { resolution, requests } = await run({ applications }, { regex: 'a.*' });
    expect(requests).toEqual(['list names default']);
    expect(resolved(resolution).together).toBeUndefined();
  });

  test.each([
    ['a{1,3}', 4, 150, true],
    ['a{1,4}', 4, 199, false],
    ['a{1,4}', 4, 200, true],
  ])('%s of %i among %i is a small part: %p', async (regex, _, among, isNarrow) => {
    const names = ['a', 'aa', 'aaa', 'aaaa', ...Array.from({ length: among - 4 }, (_, index) => `b${index}`)];
    const { resolution } = await run({ applications: names.map((name) => app(name)) }, { regex });
    expect(resolved(resolution).isNarrow).toBe(isNarrow);
  });

  test('few of many are watched one by one', async () => {
    const { resolution } = await run({ applications: ['a', 'b', 'c'].map((name) => app(name)) }, { globs: ['a'] });
    expect(resolved(resolution).watchScope).toEqual({ kind: 'refs', refs: [{ namespace: 'argocd', name: 'a' }] });
  });

  test('labels are filtered by the server; what service and environment leave out is named all the same', async () => {
    const applications = [app('a', { 'harness.io/envRef': 'prod', team: 'x' }), app('b', { team: 'x' }), app('c')];
    const { resolution, requests } = await run({ applications }, { selector: 'team=x', environment: 'prod' });
    expect(requests).toEqual(['list names default team=x,harness.io/envRef=prod', 'list names default team=x']);
    expect(keys(resolution)).toEqual(['argocd/a']);
    expect(resolved(resolution).excluded).toEqual([
      { ref: { namespace: 'argocd', name: 'b' }, reason: 'does not have label harness.io/envRef=prod' },
    ]);
  });

  test('a name that the selector leaves out is a mismatch, one that does not exist is not found', async () => {
    const applications = ['a', 'b', 'c', 'd', 'e'].map((name) => app(name, name === 'a' ? {} : { team: 'x' }));
    const { resolution, requests } = await run(
      { applications },
      { names: named('a', 'b', 'c', 'd', 'e', 'f'), selector: 'team=x' },
    );
    expect(requests).toEqual(['list names default team=x', 'list names default']);
    expect(resolved(resolution).failed.map(({ ref, verdict }) => `${refKey(ref)} ${verdict.name}`)).toEqual([
      'argocd/a mismatch',
      'argocd/f not-found',
    ]);
  });

  test('nearest names are looked up for the first missing ones only', async () => {
    const given = Array.from({ length: 30 }, (_, index) => `shop-${String(index).padStart(2, '0')}x`);
    const applications = given.map((name) => app(name.slice(0, -1)));
    const { resolution } = await run({ applications }, { names: named(...given) });
    const hints = resolved(resolution).failed.map(({ verdict }) => verdict.hint);
    expect(hints.filter((hint) => hint !== '')).toHaveLength(20);
    expect(hints).toHaveLength(30);
  });

  test('namespaces that items name are looked at beside, for these items only', async () => {
    const applications = [app('shop'), app('team-a/shop'), app('team-a/cart'), app('team-b/cart')];
    const { resolution, requests } = await run({ applications }, { globs: ['s*', 'team-a/c*'] });
    expect(requests).toEqual(['list names default', 'list names team-a']);
    expect(keys(resolution)).toEqual(['argocd/shop', 'team-a/cart']);
    expect(resolved(resolution).position).toEqual(
      new Map([
        ['argocd', '7'],
        ['team-a', '7'],
      ]),
    );
  });
});

describe('no selection to work on', () => {
  const many = (count: number) => ({
    applications: Array.from({ length: count }, (_, index) => app(`shop-${index}`)),
  });

  test('1000 are selected, 1001 are an error that names both numbers', async () => {
    expect(keys((await run(many(1000), { globs: ['*'] })).resolution)).toHaveLength(1000);
    const { resolution } = await run(many(1001), { globs: ['*'] });
    expect(resolution).toMatchObject({ kind: 'unresolved', problem: { title: 'Too many Applications' } });
    expect(resolution.kind === 'unresolved' && resolution.problem.message).toContain(
      '1,001 Applications are selected, and max-applications allows 1,000. Nothing was touched.',
    );
  });

  test('a lower limit can be raised', async () => {
    const { resolution } = await run(many(3), { globs: ['*'], maxApplications: 2 });
    expect(resolution.kind === 'unresolved' && resolution.problem.hint).toContain(
      'raise max-applications (up to 1000)',
    );
  });

  test('none says what was looked at, for what, and what fell last', async () => {
    const fleet = { applications: [app('shop', {}, 'a'), app('cart', {}, 'a')] };
    const { resolution } = await run(fleet, { globs: ['sh*'], project: 'b' });
    expect(resolution).toEqual({
      kind: 'unresolved',
      looked: '2 Applications in namespace argocd',
      excluded: [{ ref: { namespace: 'argocd', name: 'shop' }, reason: 'is in project "a" instead of "b"' }],
      problem: {
        title: 'No Application is selected',
        message:
          'None fulfils all conditions: applications "sh*", project "b". Looked at 2 Applications in namespace argocd. ' +
          '1 Application matched and was left out, for example shop: it is in project "a" instead of "b"',
        hint: 'Correct the conditions or the namespace, or say allow-empty: true if an empty selection is fine.',
        causes: [],
      },
    });
  });

  test('none over the Argo CD API may be a matter of rights (rule 2)', async () => {
    const { resolution } = await run({ transport: 'argocd', applications: [] }, { globs: ['*'] });
    expect(resolution.kind === 'unresolved' && resolution.problem.hint).toContain(
      'shows only what this account may get',
    );
  });

  test('none is fine with allow-empty', async () => {
    const { resolution } = await run({ applications: [] }, { globs: ['*'], allowEmpty: true });
    expect(resolved(resolution)).toMatchObject({ selected: [], order: [], watchScope: { kind: 'refs', refs: [] } });
  });

  test('failed names alone are no empty selection', async () => {
    const { resolution } = await run({ applications: [] }, { names: named('a') });
    expect(resolved(resolution).failed).toHaveLength(1);
  });
});

describe('an ApplicationSet', () => {
  const fleet = ['north', 'south', 'other'].map((name) => app(name));
  const generated = { members: [app('north').ref, app('south').ref], exists: true, trouble: '' } as const;
  const applicationSet = { namespace: '', name: 'fleet' };

  test('selects what it generated, and composes with everything else', async () => {
    const { resolution, requests } = await run({ applications: fleet, generated }, { applicationSet });
    expect(resolved(resolution).selected.map(({ ref }) => ref.name)).toEqual(['north', 'south']);
    expect(resolved(resolution).excluded).toEqual([]);
    expect(requests).toEqual(['set fleet default', 'list names default']);
    const narrowed = await run({ applications: fleet, generated }, { applicationSet, globs: ['s*', 'other'] });
    expect(resolved(narrowed.resolution).selected.map(({ ref }) => ref.name)).toEqual(['south']);
    const excluded = await run({ applications: fleet, generated }, { applicationSet, exclude: ['north'] });
    expect(resolved(excluded.resolution).excluded).toEqual([
      { ref: app('north').ref, reason: 'matches exclude "north"' },
    ]);
  });

  test('a name that it did not generate is a mismatch', async () => {
    const { resolution } = await run(
      { applications: fleet, generated },
      { applicationSet, names: named('north', 'other') },
    );
    expect(resolved(resolution).failed).toMatchObject([
      {
        ref: { name: 'other' },
        verdict: {
          name: 'mismatch',
          message: 'Asked for by name, but it was not generated by ApplicationSet "fleet"',
        },
      },
    ]);
  });

  test('its own namespace is all that is looked at', async () => {
    const set = { namespace: 'team-a', name: 'fleet' };
    const members = [{ namespace: 'team-a', name: 'north' }];
    const { resolution, requests } = await run(
      { applications: [app('team-a/north'), app('north')], generated: { ...generated, members } },
      { applicationSet: set },
      '*',
    );
    expect(resolved(resolution).selected.map(({ ref }) => ref)).toEqual(members);
    expect(requests).toEqual(['set fleet team-a', 'list names team-a']);
  });

  test('a member that nobody shows is an exclusion with its reason', async () => {
    const members = [...generated.members, { namespace: OWN, name: 'gone' }];
    const { resolution } = await run({ applications: fleet, generated: { ...generated, members } }, { applicationSet });
    expect(resolved(resolution).excluded).toEqual([
      {
        ref: { namespace: OWN, name: 'gone' },
        reason: 'is listed by ApplicationSet "fleet", but does not exist any more or may not be seen',
      },
    ]);
  });

  test.each([
    [{ exists: false, trouble: '' }, {}, 'There is no such ApplicationSet'],
    [{ exists: true, trouble: '' }, {}, 'The ApplicationSet has generated nothing'],
    [{ exists: undefined, trouble: '' }, {}, 'No Application of the ApplicationSet was found'],
    [{ exists: false, trouble: '' }, { allowEmpty: true }, 'There is no such ApplicationSet'],
    [{ exists: true, trouble: 'bad generator' }, { allowEmpty: true }, 'The ApplicationSet has generated nothing'],
  ])('%j with %j is a problem: %s', async (more, given, title) => {
    const { resolution } = await run(
      { applications: fleet, generated: { members: [], ...more } },
      { applicationSet, ...given },
    );
    expect(resolution).toMatchObject({ kind: 'unresolved', problem: { title } });
    if (resolution.kind === 'unresolved') {
      expect(resolution.problem.message).toContain(more.trouble);
      expect(resolution.problem.message).toContain('ApplicationSet "fleet"');
    }
  });

  test('one that is still empty may be allowed', async () => {
    const { resolution } = await run(
      { applications: fleet, generated: { members: [], exists: true, trouble: '' } },
      { applicationSet, allowEmpty: true },
    );
    expect(resolved(resolution).order).toEqual([]);
  });
});

describe('a shard', () => {
  const fleet = { applications: Array.from({ length: 30 }, (_, index) => app(`app-${index}`)) };

  test('is a slice of the selection, and says so', async () => {
    const parts = await Promise.all(
      [1, 2, 3].map(async (index) => {
        const { resolution } = await run(fleet, { globs: ['*'], shard: { index, of: 3 }, maxApplications: 10 });
        return resolved(resolution);
      }),
    );
    expect(parts.map(({ selected }) => selected.length)).toEqual([10, 10, 10]);
    expect(new Set(parts.flatMap(({ order }) => order.map(refKey))).size).toBe(30);
    expect(parts[1]?.looked).toBe('30 Applications in namespace argocd; shard 2/3 has 10 Applications of 30 selected');
    expect(parts[1]?.shards).toEqual(['2/3']);
  });

  test('one that stays empty is no empty selection', async () => {
    const { resolution } = await run({ applications: [app('one')] }, { globs: ['*'], shard: { index: 1, of: 200 } });
    expect(resolved(resolution).order).toEqual([]);
    const none = await run({ applications: [] }, { globs: ['*'], shard: { index: 1, of: 2 } });
    expect(none.resolution).toMatchObject({ kind: 'unresolved', problem: { title: 'No Application is selected' } });
  });

  test('more than all shards hold is refused', async () => {
    const { resolution } = await run(fleet, { globs: ['*'], shard: { index: 2, of: 2 }, maxApplications: 10 });
    expect(resolution).toMatchObject({
      kind: 'unresolved',
      problem: {
        title: 'Too many Applications',
        message: expect.stringContaining('30 Applications are selected, and 2 shards of at most 10 do not hold them'),
        hint: expect.stringContaining('Use 3 shards: shard: 2/3'),
      },
    });
  });

  test('a plan may be about more, and says which shards it takes', async () => {
    const { resolution } = await run(fleet, { globs: ['*'], maxApplications: 10, enforceMax: false });
    const { shards, warnings, selected } = resolved(resolution);
    expect(selected).toHaveLength(30);
    expect(shards).toEqual(['1/3', '2/3', '3/3']);
    expect(warnings).toEqual([expect.stringContaining('share them among 3 jobs')]);
  });
});
