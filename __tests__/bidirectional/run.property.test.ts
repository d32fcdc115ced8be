import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isRecord, type JsonRecord, record } from '../../src/lib/json.ts';
import { appFile, type Trouble, World } from './world.ts';

/**
 * People edit both sides at random, runs fail at random between any two writes. Then everything calms down. Every value that
 * somebody wrote is unique, so that each can be followed: it is there at the end, or somebody replaced it while seeing it, or
 * a conflict tells it.
 */

const NAMES = ['web', 'api'];
const FIELDS = ['a', 'b', 'c'];

type Action =
  | { readonly kind: 'git' | 'platform'; readonly name: string; readonly field: string }
  | { readonly kind: 'move'; readonly name: string; readonly to: number }
  | { readonly kind: 'delete-git' | 'delete-platform'; readonly name: string }
  | { readonly kind: 'break'; readonly name: string }
  | { readonly kind: 'mend' }
  | {
      readonly kind: 'run';
      readonly troubles: readonly (Omit<Trouble, 'act'> & { readonly rival: Action | undefined })[];
    };

const name = fc.constantFrom(...NAMES);
const editing = fc.record({
  kind: fc.constantFrom('git' as const, 'platform' as const),
  name,
  field: fc.constantFrom(...FIELDS),
});
const trouble = fc.record({
  at: fc.integer({ min: 1, max: 8 }),
  kind: fc.constantFrom(
    'kill-before' as const,
    'kill-after' as const,
    'lose-answer' as const,
    'refuse' as const,
    'rival' as const,
  ),
  rival: editing,
});
const deleting = fc.record({ kind: fc.constantFrom('delete-git' as const, 'delete-platform' as const), name });
const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 6, arbitrary: editing },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('run' as const), troubles: fc.array(trouble, { maxLength: 2 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('move' as const), name, to: fc.integer({ min: 0, max: 2 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('break' as const), name }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('mend' as const) }) },
);

/** A world whose every edit is remembered. */
class Story {
  readonly world = new World();
  /** Values that somebody replaced on the side where they saw them. */
  readonly replaced = new Set<string>();
  readonly written: string[] = [];
  /** Everything that conflicts told. */
  told = '';
  #next = 0;

  pathOf(entity: string): string | undefined {
    return [...this.world.files()].find(([, text]) => text.includes(`name: ${entity}\n`))?.[0];
  }

  #value(): string {
    this.#next += 1;
    const value = `v${this.#next}x`;
    this.written.push(value);
    return value;
  }

  act(step: Action): void {
    const { world } = this;
    switch (step.kind) {
      case 'git': {
        const path = this.pathOf(step.name);
        const text = path === undefined ? undefined : world.file(path);
        if (path === undefined || text === undefined || text.includes('[')) return;
        const before = new RegExp(`^  ${step.field}: (\\S+)`, 'm').exec(text)?.[1];
        if (before !== undefined) this.replaced.add(before);
        const line = `  ${step.field}: ${this.#value()}`;
        const after =
          before === undefined ? `${text}${line}\n` : text.replace(new RegExp(`^  ${step.field}: \\S+`, 'm'), line);
        world.push({ [path]: after });
        return;
      }
      case 'platform':
        if (world.spec('Application', step.name) === undefined) return;
        world.set('Application', step.name, (object) => {
          const spec = record(object?.spec);
          const before = spec[step.field];
          if (typeof before === 'string') this.replaced.add(before);
          return { ...object, spec: { ...spec, [step.field]: this.#value() } };
        });
        return;
      case 'delete-git': {
        const path = this.pathOf(step.name);
        for (const value of valuesIn(path === undefined ? '' : world.file(path))) this.replaced.add(value);
        if (path !== undefined) world.push({ [path]: undefined, 'apps/.keep': '' });
        return;
      }
      case 'delete-platform':
        if (world.spec('Application', step.name) === undefined) return;
        for (const value of valuesIn(JSON.stringify(world.spec('Application', step.name)))) this.replaced.add(value);
        world.set('Application', step.name, () => undefined);
        return;
      case 'move': {
        const path = this.pathOf(step.name);
        const to = `apps/place-${step.to}/${step.name}.yaml`;
        if (path !== undefined && path !== to) world.push({ [path]: undefined, [to]: world.file(path) });
        return;
      }
      case 'break': {
        const path = this.pathOf(step.name);
        const text = path === undefined ? '' : (world.file(path) ?? '');
        if (path !== undefined && !text.includes('[')) world.push({ [path]: `${text}  broken: [\n` });
        return;
      }
      case 'mend': {
        for (const [path, text] of world.files()) {
          if (text.includes('[')) world.push({ [path]: text.replace('  broken: [\n', '') });
        }
        return;
      }
      case 'run':
        throw new Error('not an edit');
    }
  }

  async run(conflict: 'first' | 'git' | 'platform', step?: Extract<Action, { kind: 'run' }>): Promise<void> {
    const troubles = (step?.troubles ?? []).map((one): Trouble => {
      const { at, kind, rival } = one;
      return kind === 'rival'
        ? { at, kind, act: () => rival !== undefined && this.act(rival) }
        : ({ at, kind } as Trouble);
    });
    const report = await this.world.run({ conflict, delete: true }, troubles);
    this.told += JSON.stringify(report.events.filter(({ status }) => status === 'CONFLICT'));
  }
}

/** With `first`, a deletion on the platform against a change in Git waits for people: nobody keeps its time. */
test.each([
  ['first', false],
  ['git', false],
  ['platform', false],
  ['git', true],
  ['platform', true],
] as const)(
  'with conflict %s (deletions: %s) both sides end equal, nothing is lost, nothing is written twice, and then nothing is written',
  async (conflict, deletes) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(deletes ? fc.oneof({ weight: 12, arbitrary: action }, { weight: 1, arbitrary: deleting }) : action, {
          maxLength: 25,
        }),
        fc.boolean(),
        async (steps, born) => {
          const story = new Story();
          const { world } = story;
          world.push({ 'apps/web.yaml': `# the web\n${appFile('web', { a: 'v0x' })}` });
          if (born) world.set('Application', 'api', () => ({ spec: { a: 'v0x' } }));
          for (const step of steps) await (step.kind === 'run' ? story.run(conflict, step) : story.act(step));
          story.act({ kind: 'mend' });
          await story.run(conflict);
          await story.run(conflict);

          world.writes.length = 0;
          const last = await world.run({ conflict, delete: true });
          expect(world.writes).toEqual([]);
          expect(last).toMatchObject({ result: 'succeeded', events: [] });
          for (const entity of NAMES) {
            const path = story.pathOf(entity);
            expect(path === undefined).toBe(world.spec('Application', entity) === undefined);
            if (path !== undefined) expect(specIn(world.file(path) ?? '')).toEqual(world.spec('Application', entity));
          }
          // The comment of the file was never touched.
          if (!deletes) expect(world.file(story.pathOf('web') ?? '')).toContain('# the web\n');

          const notes = [...world.notes.values()].filter(({ reason }) => reason === 'SyncConflict');
          const told = story.told + notes.map(({ payload }) => payload).join();
          const now = JSON.stringify([
            ...world.files().values(),
            ...NAMES.map((one) => world.spec('Application', one)),
          ]);
          const lost = story.written.filter(
            (value) => !now.includes(value) && !story.replaced.has(value) && !told.includes(`"${value}"`),
          );
          expect(lost).toEqual([]);
          // What is deleted and made again may bring the same value twice.
          if (!deletes) expect(carriedTwice(world)).toEqual([]);
        },
      ),
      { numRuns: 100 },
    );
  },
  60_000,
);

const valuesIn = (text: string | undefined): readonly string[] => text?.match(/\bv\d+x\b/g) ?? [];

const specIn = (text: string): JsonRecord =>
  Object.fromEntries([...text.matchAll(/^ {2}([abc]): (\S+)/gm)].map(([, key, value]) => [key ?? '', value]));

/** Values that commits of ours brought to Git more than once: each commit is compared with the one before. */
const carriedTwice = (world: World): readonly string[] => {
  const seen = new Map<string, number>();
  for (let at = world.branches.get('main') ?? ''; at !== ''; at = world.commits.get(at)?.parent ?? '') {
    const commit = world.commits.get(at);
    if (commit === undefined || commit.trailers.size === 0) continue;
    const before = [...(world.commits.get(commit.parent)?.files.values() ?? [])].join();
    const after = [...commit.files.values()].join();
    for (const [value] of after.matchAll(/\bv[1-9]\d*x\b/g))
      if (!before.includes(value)) seen.set(value, (seen.get(value) ?? 0) + 1);
  }
  return [...seen].filter(([, count]) => count > 1).map(([value]) => value);
};

test('the story itself writes what it says', () => {
  const story = new Story();
  story.world.push({ 'apps/web.yaml': appFile('web', { a: 'v0x' }) });
  story.act({ kind: 'git', name: 'web', field: 'a' });
  expect(story.world.file('apps/web.yaml')).toContain('a: v1x');
  expect([...story.replaced]).toEqual(['v0x']);
  expect(isRecord(story.world.spec('Application', 'web'))).toBe(false);
});
