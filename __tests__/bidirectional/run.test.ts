import { describe, expect, test } from '@jest/globals';
import { AGREEMENT_ANNOTATION } from '../../src/bidirectional/diff/canonical.ts';
import { entityName } from '../../src/bidirectional/entity.ts';
import { type JsonRecord, record } from '../../src/lib/json.ts';
import { APP, appFile, type Trouble, World } from './world.ts';

const FILE = 'apps/web.yaml';
const told = ({ events }: { events: readonly { status: string; direction: string; action: string; name: string }[] }) =>
  events.map(({ status, direction, action, name }) => `${status} ${direction} ${action} ${name}`);
const edit = (fields: JsonRecord) => (object: JsonRecord | undefined) => ({
  ...object,
  spec: { ...record(object?.spec), ...fields },
});
const agreementOf = (world: World, name = 'web'): JsonRecord =>
  JSON.parse(
    String(record(record(world.objects.get(entityName(APP(name)))?.metadata).annotations)[AGREEMENT_ANNOTATION]),
  );

/** Both sides have `web` and agreed on it. */
const agreed = async (spec: Readonly<Record<string, number>> = { a: 1, b: 1 }): Promise<World> => {
  const world = new World();
  world.push({ [FILE]: `# web\n${appFile('web', spec)}` });
  await world.run();
  return world;
};

test('what is only in Git is made on the platform, and a further run changes nothing', async () => {
  const world = new World();
  world.push({ [FILE]: appFile('web', { a: 1 }) });
  const first = await world.run();
  expect(told(first)).toEqual(['SUCCESS to-platform create web']);
  expect(world.spec('Application', 'web')).toEqual({ a: 1 });
  expect(agreementOf(world)).toMatchObject({
    repository: 'acme/shop',
    branch: 'main',
    path: FILE,
    commit: world.branches.get('main'),
  });
  world.writes.length = 0;
  expect(await world.run()).toMatchObject({ result: 'succeeded', events: [], equal: 1 });
  expect(world.writes).toEqual([]);
});

test('what is only on the platform gets a file and one commit that names it', async () => {
  const world = new World();
  world.push({ 'README.md': '' });
  world.set('Application', 'web', () => ({
    metadata: { labels: { team: 'a' } },
    spec: { a: 1 },
    status: { x: 1 },
    operation: {},
  }));
  world.set('AppProject', 'shop', () => ({ spec: { b: 'on' } }));
  const report = await world.run();
  expect(told(report)).toEqual(['SUCCESS to-git create shop', 'SUCCESS to-git create web']);
  expect(world.file('apps/applications/argocd/web.yaml')).toBe(
    'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: web\n  namespace: argocd\n  labels:\n    team: a\nspec:\n  a: 1\n',
  );
  expect(world.file('apps/appprojects/argocd/shop.yaml')).toContain('b: "on"');
  const commit = world.commits.get(world.branches.get('main') ?? '');
  expect(commit?.subject).toBe('Sync 2 entities from Argo CD');
  expect(commit?.body).toBe('- AppProject argocd/shop: new\n- Application argocd/web: new');
  expect(commit?.trailers.get('gitopssync-run')).toEqual(['https://github.com/acme/shop/actions/runs/1']);
  world.writes.length = 0;
  await world.run();
  expect(world.writes).toEqual([]);
});

test('each side gets what the other changed, in one run', async () => {
  const world = await agreed();
  world.push({ [FILE]: (world.file(FILE) ?? '').replace('a: 1', 'a: 2 # new') });
  world.set('Application', 'web', edit({ b: 9 }));
  const report = await world.run();
  expect(told(report)).toEqual(['SUCCESS to-git update web', 'SUCCESS to-platform update web']);
  expect(world.file(FILE)).toContain('spec:\n  a: 2 # new\n  b: 9\n');
  expect(world.spec('Application', 'web')).toEqual({ a: 2, b: 9 });
});

describe('the first run', () => {
  const both = (): World => {
    const world = new World();
    world.push({ [FILE]: appFile('web', { a: 1 }) });
    world.set('Application', 'web', () => ({ spec: { a: 2 } }));
    return world;
  };

  test('equal is equal: only the agreement is kept', async () => {
    const world = both();
    world.set('Application', 'web', () => ({ spec: { a: 1 } }));
    expect(await world.run()).toMatchObject({ result: 'succeeded', events: [], equal: 1 });
    expect(agreementOf(world)).toMatchObject({ path: FILE });
  });

  test('different is a conflict that changes nothing', async () => {
    const world = both();
    const report = await world.run();
    expect(told(report)).toEqual(['CONFLICT none keep web']);
    expect(report.result).toBe('failed');
    expect(report.events[0]?.message).toContain('nothing is changed until a side is chosen');
    expect(world.writes.filter((line) => !line.includes('Remember'))).toEqual([]);
  });

  test.each([
    ['git', 1],
    ['platform', 2],
  ] as const)('until %s is chosen', async (conflict, value) => {
    const world = both();
    expect((await world.run({ conflict })).result).toBe('succeeded');
    expect(world.spec('Application', 'web')).toEqual({ a: value });
    expect(world.file(FILE)).toContain(`a: ${value}\n`);
  });
});

describe('both changed the same field', () => {
  const clash = async (first: 'git' | 'platform'): Promise<World> => {
    const world = await agreed();
    const git = () => world.push({ [FILE]: (world.file(FILE) ?? '').replace('a: 1', 'a: 2') });
    const platform = () => world.set('Application', 'web', edit({ a: 3, b: 5 }));
    for (const act of first === 'git' ? [git, platform] : [platform, git]) act();
    return world;
  };

  test.each(['git', 'platform'] as const)('first: %s was first; the other value is in the event', async (first) => {
    const world = await clash(first);
    const report = await world.run();
    const kept = first === 'git' ? 2 : 3;
    expect(report.result).toBe('succeeded');
    expect(world.spec('Application', 'web')).toEqual({ a: kept, b: 5 });
    expect(world.file(FILE)).toContain(`a: ${kept}\n  b: 5\n`);
    const event = report.events.find(({ status }) => status === 'CONFLICT');
    expect(event?.payload.fields).toEqual([{ path: '/spec/a', base: 1, git: 2, platform: 3, kept: first }]);
    const note = [...world.notes.values()].find(({ reason }) => reason === 'SyncConflict');
    expect(JSON.parse(note?.payload ?? '')).toEqual(event?.payload);
  });

  test('fail: neither is written, the other fields go on, and what was agreed on there is not undone later', async () => {
    const world = await clash('git');
    const report = await world.run({ conflict: 'fail' });
    expect(report.result).toBe('failed');
    expect(world.file(FILE)).toContain('a: 2\n  b: 5\n');
    expect(world.spec('Application', 'web')).toEqual({ a: 3, b: 5 });
    world.push({ [FILE]: (world.file(FILE) ?? '').replace('b: 5', 'b: 1') });
    await world.run({ conflict: 'fail' });
    expect(world.spec('Application', 'web')).toEqual({ a: 3, b: 1 });
    expect((await world.run({ conflict: 'platform' })).result).toBe('succeeded');
    expect(world.file(FILE)).toContain('a: 3\n  b: 1\n');
  });
});

describe('deletions', () => {
  test.each([false, true])('in Git, with delete %s', async (wanted) => {
    const world = await agreed();
    world.push({ [FILE]: undefined, 'apps/other.yaml': '' });
    expect(told(await world.run({ delete: wanted }))).toEqual([
      wanted ? 'SUCCESS to-platform delete web' : 'SKIPPED none keep web',
    ]);
    expect(world.spec('Application', 'web') === undefined).toBe(wanted);
  });

  test.each([false, true])('on the platform, with delete %s', async (wanted) => {
    const world = await agreed();
    world.set('Application', 'web', () => undefined);
    expect(told(await world.run({ delete: wanted }))).toEqual([
      wanted ? 'SUCCESS to-git delete web' : 'SKIPPED none keep web',
    ]);
    expect(world.file(FILE) === undefined).toBe(wanted);
    world.writes.length = 0;
    await world.run({ delete: wanted });
    expect(world.writes).toEqual([]);
  });

  test('never more than max-deletions: then none', async () => {
    const world = new World();
    world.push(Object.fromEntries(['a', 'b', 'c'].map((name) => [`apps/${name}.yaml`, appFile(name, { x: 1 })])));
    await world.run();
    world.push({ 'apps/a.yaml': undefined, 'apps/b.yaml': undefined });
    const report = await world.run({ delete: true, maxDeletions: 1 });
    expect(told(report)).toEqual(['FAILED to-platform delete a', 'FAILED to-platform delete b']);
    expect(world.objects.size).toBe(3);
  });

  test('never because the folder is gone, a file is invalid, or became a link', async () => {
    const world = await agreed();
    world.push({ [FILE]: 'apiVersion: [' });
    expect(await world.run({ delete: true })).toMatchObject({
      result: 'failed',
      events: [],
      invalid: [{ path: FILE, title: 'Invalid YAML Detected' }],
    });
    world.push({ [FILE]: undefined });
    expect(told(await world.run({ delete: true }))).toEqual(['FAILED to-platform delete web']);
    expect(world.spec('Application', 'web')).toEqual({ a: 1, b: 1 });
  });

  test('deleted in Git and changed on the platform is a conflict: who was first', async () => {
    const world = await agreed();
    world.push({ [FILE]: undefined, 'apps/x.yaml': '' });
    world.set('Application', 'web', edit({ a: 9 }));
    const report = await world.run({ delete: true });
    expect(told(report)).toEqual(['CONFLICT to-platform keep web', 'SUCCESS to-platform delete web']);
    expect(report.events[0]?.payload.fields[0]?.platform).toMatchObject({ spec: { a: 9 } });
  });

  test('deleted in Git and changed on the platform: the platform is chosen, its file comes back', async () => {
    const world = await agreed();
    world.push({ [FILE]: undefined, 'apps/x.yaml': '' });
    world.set('Application', 'web', edit({ a: 9 }));
    await world.run({ delete: true, conflict: 'platform' });
    expect(world.file(FILE)).toContain('a: 9');
  });
});

test('an invalid file stays out, platform edits wait, and both go on when it is mended', async () => {
  const world = await agreed();
  world.push({ [FILE]: `${world.file(FILE)}  b: 2\n`, 'apps/ok.yaml': appFile('ok', { a: 1 }) });
  world.set('Application', 'web', edit({ a: 7 }));
  const report = await world.run();
  expect(report.invalid).toMatchObject([
    { path: FILE, position: { line: 9, column: 3 }, message: 'Map keys must be unique' },
  ]);
  expect(told(report)).toEqual(['SUCCESS to-platform create ok']);
  world.push({ [FILE]: appFile('web', { a: 1, b: 2 }) });
  expect((await world.run()).result).toBe('succeeded');
  expect(world.file(FILE)).toContain('a: 7\n  b: 2\n');
  expect(world.spec('Application', 'web')).toEqual({ a: 7, b: 2 });
});

test('a file that is moved, renamed or split is followed', async () => {
  const world = await agreed();
  const text = world.file(FILE) ?? '';
  world.push({
    [FILE]: undefined,
    'apps/team/shop.yaml': `${text.replace('a: 1', 'a: 4')}---\n${appFile('api', { a: 1 })}`,
  });
  world.set('Application', 'web', edit({ b: 8 }));
  await world.run({ delete: true });
  expect(world.file('apps/team/shop.yaml')).toContain('a: 4\n  b: 8\n');
  expect(world.spec('Application', 'web')).toEqual({ a: 4, b: 8 });
  expect(agreementOf(world).path).toBe('apps/team/shop.yaml');
});

describe('left alone, with the reason', () => {
  test.each<[string, JsonRecord, string]>([
    ['managed with self-heal', { labels: { 'app.kubernetes.io/instance': 'parent' } }, 'manages it with self-heal'],
    [
      'made by an ApplicationSet',
      { ownerReferences: [{ kind: 'ApplicationSet', name: 'set' }] },
      'the ApplicationSet set makes it',
    ],
    ['being deleted', { deletionTimestamp: '2026-01-01T00:00:00Z' }, 'it is being deleted'],
    [
      'kept elsewhere',
      {
        annotations: {
          [AGREEMENT_ANNOTATION]: JSON.stringify({
            repository: 'acme/other',
            branch: 'main',
            commit: 'a'.repeat(40),
            path: 'x',
            hash: 'b'.repeat(64),
          }),
        },
      },
      'it is kept in acme/other, branch main',
    ],
  ])('%s', async (_, metadata, reason) => {
    const world = new World();
    world.push({
      [FILE]: appFile('web', { a: 1 }),
      'apps/parent.yaml': appFile('parent', { syncPolicy: '{automated: {selfHeal: true}}' }),
    });
    world.set('Application', 'parent', () => ({ spec: { syncPolicy: { automated: { selfHeal: true } } } }));
    world.set('Application', 'web', () => ({ metadata, spec: { a: 2 } }));
    const report = await world.run({ conflict: 'git' });
    expect(report.leftAlone).toEqual([{ entity: 'Application argocd/web', reason: expect.stringContaining(reason) }]);
    expect(told(report)).toEqual(['SKIPPED none keep web']);
    expect(world.spec('Application', 'web')).toEqual({ a: 2 });
  });
});

describe('one way only', () => {
  test('to-platform: Git is read, never written', async () => {
    const world = await agreed();
    world.set('Application', 'web', edit({ b: 9 }));
    world.push({ [FILE]: (world.file(FILE) ?? '').replace('a: 1', 'a: 2') });
    const head = world.branches.get('main');
    const report = await world.run({ direction: 'to-platform' });
    expect(told(report)).toEqual(['SKIPPED none keep web', 'SUCCESS to-platform update web']);
    expect([world.spec('Application', 'web'), world.branches.get('main')]).toEqual([{ a: 2, b: 9 }, head]);
  });

  test('to-git: the platform gets nothing but the agreement', async () => {
    const world = await agreed();
    world.set('Application', 'web', edit({ b: 9 }));
    world.push({ [FILE]: (world.file(FILE) ?? '').replace('a: 1', 'a: 2') });
    await world.run({ direction: 'to-git' });
    expect(world.spec('Application', 'web')).toEqual({ a: 1, b: 9 });
    expect(world.file(FILE)).toContain('a: 2\n  b: 9\n');
    await world.run({ direction: 'to-git' });
    expect(world.file(FILE)).toContain('a: 2\n  b: 9\n');
    await world.run();
    expect(world.spec('Application', 'web')).toEqual({ a: 2, b: 9 });
  });
});

test('a dry run says everything and writes nothing', async () => {
  const world = await agreed();
  world.set('Application', 'web', edit({ b: 9 }));
  world.push({ 'apps/new.yaml': appFile('new', { a: 1 }) });
  world.writes.length = 0;
  const report = await world.run({ dryRun: true });
  expect(report.events.map(({ message }) => message)).toEqual([
    'would change: made on the platform',
    'would change: /spec/b as on the platform',
  ]);
  expect(world.writes).toEqual([]);
});

test('a branch that moves is read and planned again; one that moves for ever is told', async () => {
  const world = await agreed();
  world.set('Application', 'web', edit({ b: 9 }));
  const rival = (at: number) => ({
    at,
    kind: 'rival' as const,
    act: () => void world.push({ other: String(world.tick()) }),
  });
  const report = await world.run({}, [rival(1), rival(2)]);
  expect(report.result).toBe('succeeded');
  expect(world.file(FILE)).toContain('b: 9');
  world.set('Application', 'web', edit({ b: 10 }));
  const stuck = await world.run({}, [1, 2, 3, 4, 5, 6].map(rival));
  expect(stuck.problems).toMatchObject([{ title: 'Changed too often' }]);
  expect((await world.run()).result).toBe('succeeded');
});

test('an entity that changes while it is written keeps that change', async () => {
  const world = await agreed();
  world.push({ [FILE]: (world.file(FILE) ?? '').replace('a: 1', 'a: 2') });
  await world.run({}, [{ at: 1, kind: 'rival', act: () => world.set('Application', 'web', edit({ b: 6 })) }]);
  await world.run();
  expect(world.spec('Application', 'web')).toEqual({ a: 2, b: 6 });
  expect(world.file(FILE)).toContain('a: 2\n  b: 6\n');
});

test('what the API server refuses fails that entity alone', async () => {
  const world = await agreed();
  world.push({ [FILE]: (world.file(FILE) ?? '').replace('a: 1', 'a: 2'), 'apps/ok.yaml': appFile('ok', { a: 1 }) });
  const report = await world.run({}, [{ at: 1, kind: 'refuse' }]);
  expect(report.result).toBe('failed');
  expect(told(report).sort()).toEqual(['FAILED to-platform create ok', 'SUCCESS to-platform update web']);
  expect((await world.run()).result).toBe('succeeded');
});

test('a push that is refused holds what it would have brought, and only that', async () => {
  const world = await agreed();
  world.push({ [FILE]: (world.file(FILE) ?? '').replace('a: 1', 'a: 2') });
  world.set('Application', 'web', edit({ b: 6 }));
  const report = await world.run({}, [{ at: 1, kind: 'refuse' }]);
  expect(told(report)).toEqual(['FAILED to-git update web', 'SUCCESS to-platform update web']);
  expect(world.spec('Application', 'web')).toEqual({ a: 2, b: 6 });
  expect((await world.run()).result).toBe('succeeded');
  expect(world.file(FILE)).toContain('a: 2\n  b: 6\n');
});

test('in a pull request nothing is agreed on before it is merged, and it is proposed once', async () => {
  const world = await agreed();
  world.set('Application', 'web', edit({ b: 6 }));
  const before = agreementOf(world);
  const inputs = { write: 'pull-request' as const };
  const report = await world.run(inputs);
  expect(report.pullRequest).toMatchObject({ number: 1 });
  expect(world.proposals).toMatchObject([
    { head: 'gitopssync/sync/main', base: 'main', title: 'Sync Application argocd/web from Argo CD' },
  ]);
  expect(world.file(FILE)).toContain('b: 1');
  expect(world.file(FILE, 'gitopssync/sync/main')).toContain('b: 6');
  expect(agreementOf(world)).toEqual(before);
  world.writes.length = 0;
  await world.run(inputs);
  expect(world.writes).toEqual([]);
  world.push({ [FILE]: world.file(FILE, 'gitopssync/sync/main') });
  await world.run(inputs);
  expect(agreementOf(world).hash).not.toBe(before.hash);
});

test('when the commit of the agreement is gone there is no base, and that is said', async () => {
  const world = await agreed();
  world.push({ [FILE]: (world.file(FILE) ?? '').replace('a: 1', 'a: 2') });
  world.set('Application', 'web', edit({ b: 6 }));
  world.commits.delete(String(agreementOf(world).commit));
  const report = await world.run();
  expect(report.events[0]?.message).toContain(
    'is no longer in the repository; nothing is changed until a side is chosen',
  );
});

describe('killed right after the push', () => {
  test.each([
    ['changed once more', 7],
    ['changed back', 1],
  ])('and %s on the platform: that is carried over, and is no conflict with our own commit', async (_, value) => {
    const world = await agreed();
    world.set('Application', 'web', edit({ b: 6 }));
    const killed = await world.run({}, [{ at: 1, kind: 'kill-after' }]);
    expect(killed.result).toBe('failed');
    expect(world.file(FILE)).toContain('b: 6');
    world.set('Application', 'web', edit({ b: value }));
    expect(told(await world.run())).toEqual(['SUCCESS to-git update web']);
    expect(world.file(FILE)).toContain(`b: ${value}\n`);
    expect(world.spec('Application', 'web')).toEqual({ a: 1, b: value });
  });

  test('also where the entity was new, in the very first run', async () => {
    const world = new World();
    world.push({ 'README.md': '' });
    world.set('Application', 'web', () => ({ spec: { a: 1 } }));
    await world.run({}, [{ at: 2, kind: 'kill-after' }]);
    expect(world.file('apps/applications/argocd/web.yaml')).toContain('a: 1');
    world.set('Application', 'web', edit({ a: 2 }));
    expect(told(await world.run())).toEqual(['SUCCESS to-git update web']);
  });

  const API = 'apps/applications/argocd/api.yaml';
  const web = { [FILE]: appFile('web', { a: 1 }) };
  test.each<[string, (world: World) => void, readonly Trouble[]]>([
    ['its agreement is refused', (world) => world.push(web), [{ at: 1, kind: 'refuse' }]],
    ['its file cannot be read', (world) => world.push({ ...web, [API]: `${world.file(API)}  broken: [\n` }), []],
  ])('and in the next run %s, while something else is agreed on', async (_, meanwhile, troubles) => {
    const world = new World();
    world.push({ 'README.md': '' });
    world.set('Application', 'api', () => ({ spec: { a: 1 } }));
    await world.run({}, [{ at: 2, kind: 'kill-after' }]);
    meanwhile(world);
    expect(await world.run({}, troubles)).toMatchObject({ result: 'failed' });
    expect(world.spec('Application', 'web')).toEqual({ a: 1 });

    world.push({ [API]: appFile('api', { a: 2 }) });
    expect(told(await world.run())).toEqual(['SUCCESS to-platform update api']);
    expect(world.spec('Application', 'api')).toEqual({ a: 2 });
  });
});

test('our very first commit is found again, though the memory could not be written before it', async () => {
  const world = new World();
  world.push({ 'README.md': '' });
  world.set('Application', 'web', () => ({ spec: { a: 1 } }));
  const changeIt = (): void => world.set('Application', 'web', edit({ a: 2 }));
  await world.run({}, [
    { at: 1, kind: 'refuse-any' },
    { at: 3, kind: 'rival', act: changeIt },
    { at: 4, kind: 'refuse' },
  ]);
  expect(world.file('apps/applications/argocd/web.yaml')).toContain('a: 1');
  expect(told(await world.run())).toEqual(['SUCCESS to-git update web']);
});

test('what never was agreed on does not keep the memory from going on', async () => {
  const world = new World();
  world.push({ [FILE]: appFile('web', { a: 1 }) });
  world.set('Application', 'web', () => ({ spec: { a: 2 } }));
  const refuseWeb = (object: JsonRecord) =>
    record(object.metadata).name === 'web'
      ? ({ kind: 'refused', message: 'no', hint: '', invalid: undefined } as const)
      : undefined;
  world.admit = refuseWeb;
  const headOf = (): unknown => {
    const branch = [...world.branches.keys()].find((name) => name.startsWith('gitopssync/agreed/')) ?? '';
    return JSON.parse(world.file('agreed.json', branch) ?? '{}').head;
  };
  for (const name of ['api', 'shop']) {
    const head = world.push({ [`apps/${name}.yaml`]: appFile(name, { a: 1 }) });
    await world.run({ conflict: 'git' });
    expect(headOf()).toBe(head);
  }
});

test('a secret of this run that the platform holds is not committed', async () => {
  const world = await agreed();
  world.set('Application', 'web', edit({ b: 'hunter22' }));
  const report = await world.run();
  expect(told(report)).toEqual(['FAILED to-git update web']);
  expect(report.events[0]?.message).toContain('it would hold a secret of this run');
  expect([...world.commits.values()].some(({ files }) => [...files.values()].join().includes('hunter22'))).toBe(false);
});

describe('what the API server does not take', () => {
  const refuses = (field: string, invalid: boolean) => (object: JsonRecord) =>
    record(object.spec)[field] === 'bad'
      ? ({
          kind: 'refused',
          message: 'cannot try it: not that',
          hint: '',
          invalid: invalid ? { fields: [`spec.${field}`], reason: 'not that' } : undefined,
        } as const)
      : undefined;

  test('for not being a valid entity is invalid YAML at its place; the platform keeps its own, the rest syncs', async () => {
    const world = await agreed();
    world.admit = refuses('a', true);
    world.push({
      [FILE]: (world.file(FILE) ?? '').replace('a: 1', 'a: bad'),
      'apps/new.yaml': `---\n${appFile('new', { a: 'bad' })}`,
      'apps/fine.yaml': appFile('fine', { a: 1 }),
    });
    for (const dryRun of [true, false]) {
      const report = await world.run({ dryRun });
      expect(report.result).toBe('failed');
      expect(report.invalid.map(({ path, position, title }) => [title, path, position.line, position.column])).toEqual([
        ['Invalid YAML Detected', 'apps/new.yaml', 7, 3],
        ['Invalid YAML Detected', FILE, 7, 3],
      ]);
      expect(told(report).sort()).toEqual([
        'FAILED to-platform create new',
        'FAILED to-platform update web',
        `${dryRun ? 'SKIPPED' : 'SUCCESS'} to-platform create fine`,
      ]);
      expect(report.leftAlone).toEqual([]);
    }
    expect(world.spec('Application', 'web')).toEqual({ a: 1, b: 1 });
    expect(world.spec('Application', 'new')).toBeUndefined();
    expect(world.spec('Application', 'fine')).toEqual({ a: 1 });
    world.push({ [FILE]: (world.file(FILE) ?? '').replace('a: bad', 'a: 2'), 'apps/new.yaml': undefined });
    expect(await world.run()).toMatchObject({ result: 'succeeded', invalid: [] });
    expect(world.spec('Application', 'web')).toEqual({ a: 2, b: 1 });
  });

  test.each([
    ['for another reason', 'a', false],
    ['for a field that does not come from Git', 'b', true],
  ])('%s is a failed event alone', async (_, field, invalid) => {
    const world = await agreed();
    world.set('Application', 'web', edit(field === 'b' ? { b: 'bad' } : {}));
    world.push({ [FILE]: (world.file(FILE) ?? '').replace('a: 1', field === 'a' ? 'a: bad' : 'a: 2') });
    world.admit = refuses(field, invalid);
    const report = await world.run();
    expect(told(report)).toContain('FAILED to-platform update web');
    expect(report).toMatchObject({ result: 'failed', invalid: [] });
  });
});

test('what is made on the platform gets its Kubernetes Event, too', async () => {
  const world = await agreed();
  const { uid } = record(world.objects.get(entityName(APP('web')))?.metadata);
  expect(uid).toMatch(/^uid-/);
  expect([...world.notes.values()]).toMatchObject([
    { ref: APP('web'), uid, type: 'Normal', reason: 'SyncSuccess', message: 'to-platform: made on the platform' },
  ]);
});

test('files that are refused are told although the run ends before it is through', async () => {
  const world = await agreed();
  world.push({ 'apps/bad.yaml': 'kind: [', [FILE]: (world.file(FILE) ?? '').replace('a: 1', 'a: 2') });
  const report = await world.run({}, [{ at: 1, kind: 'kill-before' }]);
  expect(report.problems).not.toEqual([]);
  expect(report.invalid).toMatchObject([{ path: 'apps/bad.yaml', title: 'Invalid YAML Detected' }]);
});
