import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { constants, createGzip } from 'node:zlib';
import { record } from '../../src/lib/json.ts';
import { untilDone } from '../floor/done.ts';
import { each } from '../floor/each.ts';
import { type BareHttp, createBareHttp } from '../floor/http.ts';
import { type Figure, figure } from '../report/result.ts';
import type { Case } from './bench.ts';

const COLLECTION = '/apis/argoproj.io/v1alpha1/namespaces/argocd/applications';
const TABLE = 'application/json;as=Table;g=meta.k8s.io;v=v1';
const METADATA = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1';
const METADATA_LIST = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';
const SIZES = [2000, 10_000, 30_000] as const;
const TOTAL = 1000;
const SELECTED = 100;
/** What a client that is only woken up has to read of each: before the sync, at the end of the operation, at the end of the rollout. */
const READS = 3;

/** The same syncs in every form that could be listed or watched, so that the lighter ones can be weighed. */
export const forms: Case = {
  about: `What each form of watching and listing costs: ${SELECTED} of ${TOTAL} synced by bare requests, with all watches open beside each other. KiB for each sync, or for the whole list.`,
  run: async ({ sandbox, tell }) => {
    const figures: Figure[] = [];
    for (const statusBytes of SIZES) {
      const access = await sandbox.open({ total: TOTAL, selected: SELECTED, statusBytes, progressingMs: 50 });
      const common = { certificateAuthority: access.certificateAuthority, token: access.token, connections: 10 };
      const kubernetes = createBareHttp({ ...common, base: access.kubernetesUrl });
      const argocd = createBareHttp({ ...common, base: access.argocdUrl });
      const label = `${statusBytes / 1000} KB`;
      const kib = (what: string, bytes: number): void =>
        void figures.push(figure(`${label}: ${what}`, 'KiB', bytes / 1024));

      const read = Buffer.byteLength(JSON.stringify(await kubernetes.send('GET', `${COLLECTION}/pick-0001`)));
      const lists = {
        'list, whole': ['', 'application/json'],
        'list, metadata only': ['', METADATA_LIST],
        'list, Table of cells': ['?includeObject=None', TABLE],
      } as const;
      for (const [what, [query, accept]] of Object.entries(lists)) {
        const before = (await sandbox.seen()).bytes;
        await kubernetes.send('GET', `${COLLECTION}${query}`, { accept, 'accept-encoding': 'identity' });
        const plain = (await sandbox.seen()).bytes;
        await kubernetes.send('GET', `${COLLECTION}${query}`, { accept });
        kib(what, plain - before);
        kib(`${what}, gzip`, (await sandbox.seen()).bytes - plain);
      }

      const names = Array.from({ length: SELECTED }, (_, index) => `pick-${String(index + 1).padStart(4, '0')}`);
      const done = untilDone(names);
      const version = String(
        record(record(await kubernetes.send('GET', `${COLLECTION}?limit=1`, { accept: METADATA_LIST })).metadata)
          .resourceVersion,
      );
      const watch = `${COLLECTION}?watch=1&resourceVersion=${version}`;
      const whole = await count(kubernetes, watch, 'application/json', (line) =>
        done.see(record(JSON.parse(line)).object),
      );
      const metadata = await count(kubernetes, watch, METADATA);
      const table = await count(kubernetes, `${watch}&includeObject=None`, TABLE);
      const gzip = createGzip({ flush: constants.Z_SYNC_FLUSH });
      let zipped = 0;
      gzip.on('data', (chunk: Buffer) => {
        zipped += chunk.length;
      });
      // The stream of the Argo CD API does not answer before there is something to tell.
      const streams = [
        count(argocd, '/api/v1/stream/applications?resourceVersion=0', 'application/json', (line) => {
          if (!gzip.writableEnded) gzip.write(`${line}\n`);
        }),
      ];
      await each(names, 10, (name) =>
        kubernetes.send(
          'PATCH',
          `${COLLECTION}/${name}`,
          { accept: METADATA, 'content-type': 'application/merge-patch+json' },
          '{"operation":{"sync":{}}}',
        ),
      );
      await done.all;
      // The other streams are as far soon after.
      await delay(300);
      const [stream] = await Promise.all(streams);
      gzip.end();
      await once(gzip, 'end');
      const a = (bytes: number): number => bytes / SELECTED;
      kib('one Application, whole', read);
      kib('watch, whole', a(whole.bytes));
      kib('watch, metadata only', a(metadata.bytes));
      kib('watch, Table of cells', a(table.bytes));
      kib('watch, whole, with the read before the sync', a(whole.bytes) + read);
      kib(`watch, Table of cells, with ${READS} reads`, a(table.bytes) + READS * read);
      kib('stream of the Argo CD API, whole', a(stream?.bytes ?? 0));
      kib('stream of the Argo CD API, whole, if it were gzip', a(zipped));
      tell(`${label}: done`);
    }
    return { figures };
  },
};

/** Opens a stream and counts the bytes of its lines. */
async function count(
  http: BareHttp,
  path: string,
  accept: string,
  onLine: (line: string) => void = () => {},
): Promise<{ readonly bytes: number }> {
  const counted = { bytes: 0 };
  await http.stream(path, { accept }, (line) => {
    counted.bytes += Buffer.byteLength(line) + 1;
    if (line !== '') onLine(line);
  });
  return counted;
}
