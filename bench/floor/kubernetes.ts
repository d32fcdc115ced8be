import { list, record } from '../../src/lib/json.ts';
import { untilDone } from './done.ts';
import { each } from './each.ts';
import type { BareHttp } from './http.ts';
import { isPicked } from './settings.ts';

const COLLECTION = '/apis/argoproj.io/v1alpha1/namespaces/argocd/applications';
const TABLE = { accept: 'application/json;as=Table;g=meta.k8s.io;v=v1' };
const PATCH = {
  accept: 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1',
  'content-type': 'application/merge-patch+json',
};
const OPERATION = JSON.stringify({ operation: { initiatedBy: { username: 'floor' }, sync: {} } });

/** A Table of names, one watch of whole objects, one merge patch for each that is answered with metadata. */
export async function kubernetesFloor(http: BareHttp, concurrency: number, selected: number): Promise<void> {
  const names: string[] = [];
  let version = '';
  let position = '';
  do {
    const page = record(
      await http.send(
        'GET',
        `${COLLECTION}?includeObject=None&limit=5000&continue=${encodeURIComponent(position)}`,
        TABLE,
      ),
    );
    for (const row of list(page.rows)) names.push(String(list(record(row).cells)[0]));
    const metadata = record(page.metadata);
    version ||= String(metadata.resourceVersion);
    position = String(metadata.continue ?? '');
  } while (position !== '');
  const picked = names.filter(isPicked);
  if (picked.length !== selected) throw new Error(`${picked.length} Applications, not ${selected}`);

  const done = untilDone(picked);
  await http.stream(`${COLLECTION}?watch=1&resourceVersion=${version}`, {}, (line) => {
    if (line !== '') done.see(record(JSON.parse(line)).object);
  });
  await each(picked, concurrency, (name) => http.send('PATCH', `${COLLECTION}/${name}`, PATCH, OPERATION));
  await done.all;
}
