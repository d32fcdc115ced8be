import { describe, expect, test } from '@jest/globals';
import type { Application, Source } from '../../src/argocd/application.ts';
import { asksForTarget } from '../../src/operation/plan.ts';
import { pickSources, type SourceWish } from '../../src/operation/sources.ts';
import { application, COMMIT_A, COMMIT_B } from '../factories/application.ts';

const source = (name: string, more: Partial<Source> = {}): Source => ({
  repoURL: 'https://git.example.com/deploy.git',
  targetRevision: 'main',
  path: `apps/${name}`,
  chart: '',
  name,
  ...more,
});
const SOURCES = [source('web'), source('api'), source('chart', { path: '', chart: 'shop', targetRevision: '1.*' })];
const RUNS = [COMMIT_A, COMMIT_B, '1.2.0'];

const entry = (revisions: readonly string[], sources: readonly Source[]): Application['history'][number] => ({
  id: 1,
  revisions,
  sources,
  deployStartedAt: '',
  initiatedBy: '',
});
const app = (sources: readonly Source[], ...history: Application['history']): Application =>
  application({ multiSource: true, sources, history });
const wish = (key: string, revision = ''): SourceWish => ({ key, revision });
const picked = (of: Application, ...wishes: readonly SourceWish[]) => pickSources(of, wishes);

describe('the sources that are not named', () => {
  test('stay at what the last entry of the history says', () => {
    const of = app(SOURCES, entry(['x', 'y', 'z'], SOURCES), entry(RUNS, SOURCES));
    expect(picked(of, wish('2', 'v1'))).toEqual({ kind: 'picked', revisions: [COMMIT_A, 'v1', '1.2.0'], notes: [] });
  });

  test('are found by position where the history does not tell its sources', () => {
    expect(picked(app(SOURCES, entry(RUNS, [])), wish('web'))).toMatchObject({ revisions: ['', COMMIT_B, '1.2.0'] });
    // As many revisions as sources, or nothing is known.
    expect(picked(app(SOURCES, entry([COMMIT_A], [])), wish('web'))).toMatchObject({ revisions: ['', '', ''] });
  });

  test('are found by what they are when the spec has changed since', () => {
    const of = app([source('new'), ...SOURCES.toReversed()], entry(RUNS, SOURCES));
    expect(picked(of, wish('new'))).toMatchObject({ revisions: ['', '1.2.0', COMMIT_B, COMMIT_A] });
  });

  test('are still known when their target has changed, or they got a name', () => {
    const before = SOURCES.map((one) => ({ ...one, name: '', targetRevision: 'old' }));
    expect(picked(app(SOURCES, entry(RUNS, before)), wish('web'))).toMatchObject({
      revisions: ['', COMMIT_B, '1.2.0'],
    });
  });

  test('go to their target when nothing is known of them, which is said for each', () => {
    expect(picked(app(SOURCES), wish('web'))).toEqual({
      kind: 'picked',
      revisions: ['', '', ''],
      notes: [
        'what source 2 (api) runs is not in the history: it is synced to its target main',
        'what source 3 (chart) runs is not in the history: it is synced to its target 1.*',
      ],
    });
    const other = [source('web'), source('other'), source('chart', { chart: 'bank' })];
    expect(picked(app(SOURCES, entry(RUNS, other)), wish('web'))).toMatchObject({ revisions: ['', '', ''] });
  });

  test('twins are told apart by position, or not at all', () => {
    const twins = [source('', { path: 'same' }), source('', { path: 'same' })];
    expect(picked(app(twins, entry([COMMIT_A, COMMIT_B], twins)), wish('1'))).toMatchObject({
      revisions: ['', COMMIT_B],
    });
    expect(picked(app([source('new'), ...twins], entry([COMMIT_A, COMMIT_B], twins)), wish('new'))).toMatchObject({
      revisions: ['', COMMIT_B, ''],
    });
  });
});

describe('what is refused', () => {
  const refused = (of: Application, ...wishes: readonly SourceWish[]) => {
    const found = pickSources(of, wishes);
    return found.kind === 'refused' ? found.verdict.message : found;
  };

  test.each([
    [[wish('4')], 'has 3 sources; there is no source 4'],
    [[wish('wbe')], 'has no source named wbe; did you mean web?'],
    [[wish('something')], 'has no source named something'],
    [[wish('2'), wish('api', 'v1')], 'source 2 (api) is asked for twice: as 2 and as api'],
  ])('%j', (wishes, message) => {
    expect(refused(app(SOURCES), ...wishes)).toBe(message);
  });

  test('names that say nothing', () => {
    expect(refused(app([source('web'), source('web')]), wish('web'))).toBe('has 2 sources named web: 1 and 2');
    expect(refused(app([source(''), source('')]), wish('web'))).toBe(
      'has no source named web: its sources have no names, only positions',
    );
  });

  test('an Application with one source', () => {
    expect(refused(application(), wish('1'))).toBe('has one source; `sources` is for Applications with several');
  });
});

test('is a sync to the target only when every source goes there (rule 30)', () => {
  const of = app(SOURCES);
  const asks = (...revisions: readonly string[]): boolean => asksForTarget(of, { revision: '', revisions });
  expect(asks()).toBe(true);
  expect(asks('', '', '')).toBe(true);
  expect(asks('main', '', '1.*')).toBe(true);
  expect(asks('', '', '1.2.0')).toBe(false);
  expect(asks('', COMMIT_B, '')).toBe(false);
});
