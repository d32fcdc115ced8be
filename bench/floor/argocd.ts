import { list, record } from '../../src/lib/json.ts';
import { untilDone } from './done.ts';
import { each } from './each.ts';
import type { BareHttp } from './http.ts';
import { isPicked } from './settings.ts';

const JSON_BODY = { 'content-type': 'application/json' };

/** What a selection and a sync need to know beforehand. */
const LIST_FIELDS = ['name', 'namespace'].map((field) => `items.metadata.${field}`).join(',');
/** What tells how a sync ended, what came of each resource, and whether what is shown is newer than it. */
const STREAM_FIELDS = [
  'metadata.name',
  'metadata.namespace',
  'operation.info',
  'status.operationState',
  'status.sync.status',
  'status.sync.revision',
  'status.sync.revisions',
  'status.health',
  'status.reconciledAt',
  'status.conditions',
]
  .map((path) => `result.application.${path}`)
  .join(',');

/** A list of names, one stream of selected fields, one sync request for each. */
export async function argocdFloor(http: BareHttp, concurrency: number, selected: number): Promise<void> {
  const answer = record(await http.send('GET', `/api/v1/applications?fields=${LIST_FIELDS}`));
  const picked = list(answer.items)
    .map((item) => String(record(record(item).metadata).name))
    .filter(isPicked);
  if (picked.length !== selected) throw new Error(`${picked.length} Applications, not ${selected}`);

  const done = untilDone(picked);
  await http.stream(
    `/api/v1/stream/applications?fields=result.type,${STREAM_FIELDS}`,
    { accept: 'text/event-stream' },
    (line) => {
      if (line.startsWith('data:')) done.see(record(record(JSON.parse(line.slice('data:'.length))).result).application);
    },
  );
  await each(picked, concurrency, (name) => http.send('POST', `/api/v1/applications/${name}/sync`, JSON_BODY, '{}'));
  await done.all;
}
