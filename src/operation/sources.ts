import type { Application, Source } from '../argocd/application.ts';
import type { Verdict } from '../argocd/verdict.ts';
import { nearest } from '../lib/nearest.ts';
import { counted, enumerate } from '../lib/text.ts';
import { shortRevisions } from './revisions.ts';

/** One source of multi-source Applications that is to move. */
export interface SourceWish {
  /** As it was written: a position, counted from 1, or a name. */
  readonly key: string;
  /** `''`: the source's target revision. */
  readonly revision: string;
}

/** What each source is synced to, or why that cannot be said. */
export type Picked =
  | {
      readonly kind: 'picked';
      /** One for each source, `''`: its target revision. */
      readonly revisions: readonly string[];
      readonly notes: readonly string[];
    }
  | { readonly kind: 'refused'; readonly verdict: Verdict };

/**
 * Only the wished sources move (rules 11 and 12): each of the others stays at what it runs, which is what the last entry of
 * the history says of it. Where that says nothing, its target revision is synced, and a note says so.
 */
export function pickSources(application: Application, wishes: readonly SourceWish[]): Picked {
  const { sources } = application;
  if (!application.multiSource) {
    return refuse('has one source; `sources` is for Applications with several', 'Sync it in a step without `sources`.');
  }
  const moved = new Map<number, SourceWish>();
  for (const wish of wishes) {
    const found = findSource(sources, wish.key);
    if (found.kind === 'none') return refuse(found.message, found.hint);
    const earlier = moved.get(found.index);
    if (earlier !== undefined) {
      return refuse(
        `source ${describeSource(sources, found.index)} is asked for twice: as ${earlier.key} and as ${wish.key}`,
        'Name each source once in `sources`.',
      );
    }
    moved.set(found.index, wish);
  }
  const notes: string[] = [];
  const revisions = sources.map((source, index) => {
    const wish = moved.get(index);
    if (wish !== undefined) return wish.revision;
    const runs = whatRuns(application, index);
    if (runs === '') {
      notes.push(
        `what source ${describeSource(sources, index)} runs is not in the history: it is synced to its target ${targetOf(source)}`,
      );
    }
    return runs;
  });
  return { kind: 'picked', revisions, notes };
}

export const targetOf = (source: Source | undefined): string => source?.targetRevision || 'HEAD';

/** `2 (values)`, or `2` for a source without a name. */
export const describeSource = (sources: readonly Source[], index: number): string => {
  const name = sources[index]?.name ?? '';
  return name === '' ? String(index + 1) : `${index + 1} (${name})`;
};

/** `main + 1.2.3`: what each source of a multi-source Application is synced to. */
export const describeRevisions = (sources: readonly Source[], revisions: readonly string[]): string =>
  shortRevisions(sources.map((source, index) => revisions[index] || targetOf(source)));

type Found =
  | { readonly kind: 'source'; readonly index: number }
  | { readonly kind: 'none'; readonly message: string; readonly hint: string };

function findSource(sources: readonly Source[], key: string): Found {
  const all = sources.map((_, index) => describeSource(sources, index));
  const hint = `Its sources: ${enumerate(all)}.`;
  const none = (message: string): Found => ({ kind: 'none', message, hint });
  if (/^\d+$/.test(key)) {
    const index = Number(key) - 1;
    if (sources[index] !== undefined) return { kind: 'source', index };
    return none(`has ${counted(sources.length, 'source')}; there is no source ${key}`);
  }
  const places = sources.flatMap((source, index) => (source.name === key ? [index] : []));
  const [index, ...more] = places;
  if (index !== undefined && more.length === 0) return { kind: 'source', index };
  if (index !== undefined) {
    return none(`has ${places.length} sources named ${key}: ${enumerate(places.map((place) => String(place + 1)))}`);
  }
  const names = sources.map(({ name }) => name).filter((name) => name !== '');
  if (names.length === 0) return none(`has no source named ${key}: its sources have no names, only positions`);
  const [near] = nearest(key, names, 1);
  return none(`has no source named ${key}${near === undefined ? '' : `; did you mean ${near}?`}`);
}

const refuse = (message: string, hint: string): Picked => ({
  kind: 'refused',
  verdict: { name: 'error', message, hint },
});

/** What a source runs, `''`: not known. The spec may have changed since: then the source is found by what it is. */
function whatRuns({ sources, history }: Application, index: number): string {
  const last = history.at(-1);
  const source = sources[index];
  if (last === undefined || source === undefined) return '';
  if (last.sources.length === 0) return last.revisions.length === sources.length ? (last.revisions[index] ?? '') : '';
  const same = last.sources.flatMap((other, place) => (isSame(source, other) ? [place] : []));
  const place = same.includes(index) ? index : same.length === 1 ? same[0] : undefined;
  return place === undefined ? '' : (last.revisions[place] ?? '');
}

/** One source at two times; its target revision may have changed, and it may have got a name. */
const isSame = (a: Source, b: Source): boolean =>
  a.repoURL === b.repoURL &&
  a.path === b.path &&
  a.chart === b.chart &&
  (a.name === b.name || a.name === '' || b.name === '');
