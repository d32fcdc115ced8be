import { isRecord, list, record, text } from '../../lib/json.ts';
import type { Application } from '../application.ts';
import type { Candidate, Detail, Listing, ListScope, Namespaces } from '../client.ts';
import type { Http } from '../http/http.ts';
import { METADATA_PER_PAGE, toListing } from '../listing.ts';
import { parseApplication } from '../parse-application.ts';
import { APPLICATION } from '../unneeded.ts';
import { readPages } from './list.ts';
import { ACCEPT, collections, ROWS_PER_PAGE } from './paths.ts';

/** Whole objects are large. */
const OBJECTS_PER_PAGE = 250;
/** Enough to begin with, and to go on with until the next page has come. */
const FIRST_OBJECTS = 30;

/**
 * Lists in the lightest form that tells enough: rows of cells, which name no namespace, for one namespace; metadata over all
 * namespaces; whole objects when their spec is wanted. Sorted, each Application once.
 */
export const listApplications = async (
  http: Http,
  fallback: Namespaces | undefined,
  scope: ListScope,
  detail: Detail,
  signal: AbortSignal,
): Promise<Listing> => {
  const parts = await Promise.all(
    collections(scope, fallback).map(async (namespace) => {
      const { values, resourceVersion } = await readPages(
        http,
        {
          namespace,
          selector: scope.selector,
          without: APPLICATION,
          ...(detail === 'spec'
            ? { accept: 'application/json', limit: OBJECTS_PER_PAGE }
            : namespace === '*'
              ? { accept: ACCEPT.metadataList, limit: METADATA_PER_PAGE }
              : { accept: ACCEPT.table, limit: ROWS_PER_PAGE, includeObject: 'None' }),
        },
        {
          item: (item) => ofItem(item, detail),
          ...(detail === 'names' && namespace !== '*'
            ? { row: (row, columns): readonly Candidate[] => ofRow(row, columns, namespace) }
            : {}),
        },
        signal,
      );
      return { namespace, values, resourceVersion };
    }),
  );
  return toListing(
    parts.flatMap(({ values }) => values),
    new Map(parts.map(({ namespace, resourceVersion }) => [namespace, resourceVersion])),
  );
};

/** Lists whole Applications and hands over each as it comes, in the order of their names; one that comes again is newer. Waits for `next` after each page. */
export const bringApplications = async (
  http: Http,
  fallback: Namespaces | undefined,
  scope: ListScope,
  bring: (application: Application) => void,
  next: () => Promise<void>,
  signal: AbortSignal,
): Promise<void> => {
  const item = (value: unknown): readonly never[] => {
    const application = parseApplication(value);
    if (application !== undefined) bring(light(application));
    return [];
  };
  await Promise.all(
    collections(scope, fallback).map((namespace) =>
      readPages(
        http,
        {
          namespace,
          selector: scope.selector,
          accept: 'application/json',
          limit: OBJECTS_PER_PAGE,
          firstLimit: FIRST_OBJECTS,
          without: APPLICATION,
        },
        { item, next },
        signal,
      ),
    ),
  );
};

const ofRow = (row: unknown, columns: ReadonlyMap<string, number>, namespace: string): readonly Candidate[] => {
  const cells = list(record(row).cells);
  const cell = (column: string): string => text(cells[columns.get(column) ?? -1]);
  const name = cell('Name');
  // Older definitions of the resource have no column for the project.
  return name === ''
    ? []
    : [{ ref: { namespace, name }, project: cell('Project') || undefined, application: undefined }];
};

const ofItem = (item: unknown, detail: Detail): readonly Candidate[] => {
  const application = parseApplication(item);
  if (application === undefined) return [];
  const whole = detail === 'spec' || isRecord(record(item).spec);
  return [
    {
      ref: application.ref,
      project: whole ? application.project : undefined,
      application: whole ? light(application) : undefined,
    },
  ];
};

/** Without what makes an Application large and no sync of the whole needs to know beforehand. */
const light = (application: Application): Application => ({
  ...application,
  resources: [],
  history: application.history.map((entry) => ({ ...entry, sources: [] })),
  operationState:
    application.operationState === undefined ? undefined : { ...application.operationState, syncResult: undefined },
});
