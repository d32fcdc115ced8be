import { isRecord, list, record, text } from '../../lib/json.ts';
import type { Without } from '../../lib/json-without.ts';
import { ArgoCdError } from '../errors.ts';
import type { Http } from '../http/http.ts';
import { collectionPath, where, withQuery } from './paths.ts';

/** What is made of one entry of a list; nothing, where it is not to be used. */
export interface Reading<T> {
  readonly item: (item: unknown) => readonly T[];
  /** Of a Table, where one is asked for: `columns` has the place of each column by its name. */
  readonly row?: (row: unknown, columns: ReadonlyMap<string, number>) => readonly T[];
  /** Waited for before another page is asked for. */
  readonly next?: () => Promise<void>;
}

export interface ListQuery {
  readonly namespace: string;
  readonly selector: string;
  readonly accept: string;
  readonly limit: number;
  /** The same for the first page, where somebody waits for it. */
  readonly firstLimit?: number;
  readonly includeObject?: 'None';
  /** What of an item is not needed. */
  readonly without: Without;
}

/** How often a list is begun again before its position's loss is an error. */
const MAX_RESTARTS = 3;

/**
 * Reads a list page by page and entry by entry. When the position in it is no longer kept
 * (410), the whole list begins again (Rule 4). Answers what was read and the version to watch from.
 */
export const readPages = async <T>(
  http: Http,
  query: ListQuery,
  reading: Reading<T>,
  signal: AbortSignal,
): Promise<{ readonly values: readonly T[]; readonly resourceVersion: string }> => {
  for (let restarts = 0; ; restarts += 1) {
    try {
      return await readOnce(http, query, reading, signal);
    } catch (error) {
      if (!(error instanceof ArgoCdError) || error.code !== 'expired' || restarts >= MAX_RESTARTS) throw error;
    }
  }
};

const readOnce = async <T>(
  http: Http,
  query: ListQuery,
  reading: Reading<T>,
  signal: AbortSignal,
): Promise<{ readonly values: readonly T[]; readonly resourceVersion: string }> => {
  const values: T[] = [];
  let resourceVersion = '';
  let position = '';
  do {
    if (position !== '') await reading.next?.();
    const answer = record(
      await http.read(
        {
          action: `list Applications ${where(query.namespace)}`,
          method: 'GET',
          path: withQuery(collectionPath(query.namespace), {
            limit: String(position === '' ? (query.firstLimit ?? query.limit) : query.limit),
            labelSelector: query.selector,
            includeObject: query.includeObject ?? '',
            continue: position,
          }),
          accept: query.accept,
          // Rows are small, and what a server gives instead of a Table has no place that is known beforehand.
          ...(reading.row === undefined
            ? { each: { member: 'items', without: query.without, keep: reading.item } }
            : { without: { items: query.without } }),
        },
        signal,
      ),
    );
    const metadata = record(answer.metadata);
    if (resourceVersion === '') resourceVersion = text(metadata.resourceVersion);
    values.push(...entriesOf(answer, reading));
    position = text(metadata.continue);
  } while (position !== '');
  return { values, resourceVersion };
};

const entriesOf = <T>(answer: Readonly<Record<string, unknown>>, { item, row }: Reading<T>): readonly T[] => {
  if (row === undefined) return (list(answer.items) as readonly (readonly T[])[]).flat();
  if (answer.kind !== 'Table') return list(answer.items).flatMap(item);
  const columns = new Map(
    list(answer.columnDefinitions)
      .filter(isRecord)
      .map((column, index) => [text(column.name), index]),
  );
  return list(answer.rows).flatMap((one) => row(one, columns));
};

/** A version to watch from that is newer than everything that happened before the call. One light request. */
export const currentPosition = async (
  http: Http,
  query: Pick<ListQuery, 'namespace' | 'selector'>,
  accept: string,
  signal: AbortSignal,
): Promise<string> => {
  const answer = await http.read(
    {
      action: `list Applications ${where(query.namespace)}`,
      method: 'GET',
      path: withQuery(collectionPath(query.namespace), { limit: '1', labelSelector: query.selector }),
      accept,
    },
    signal,
  );
  return text(record(record(answer).metadata).resourceVersion);
};
