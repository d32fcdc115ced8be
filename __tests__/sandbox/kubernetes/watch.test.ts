import { afterEach, describe, expect, test } from '@jest/globals';
import { isObject } from '../../../sandbox/state/json.ts';
import type { Draft } from '../../../sandbox/types.ts';
import { plainApplications } from './objects.ts';
import { at, type Exchange, recordedLines, recording } from './recording.ts';
import { Replay } from './replay.ts';
import { startTestApi, type TestApi } from './test-api.ts';

const PLAIN = '/apis/argoproj.io/v1alpha1/namespaces/plain/applications';

let api: TestApi | undefined;
afterEach(async () => api?.stop());

const isWatch = ({ path }: Exchange) => /[?&]watch=/.test(path);
const short = (line: { readonly type: string; readonly object: unknown } | undefined) => {
  const metadata = isObject(line?.object) && isObject(line.object.metadata) ? line.object.metadata : {};
  return { type: line?.type, name: metadata.name, labels: metadata.labels, annotations: metadata.annotations };
};

describe('watches', () => {
  test('show a change as recorded, by version, initial state, label and name', async () => {
    const running = await startTestApi(plainApplications());
    api = running;
    running.store.update('applications', 'plain', 'shop-a', (draft) => {
      if (isObject(draft.metadata)) draft.metadata.annotations = { note: 'seen' };
    });
    const replay = new Replay(running);
    const exchanges = recording('k8s-watch');
    replay.learn('426', String(running.store.resourceVersion));
    const watches = await Promise.all(
      exchanges.filter(isWatch).map(async (exchange) => ({
        exchange,
        watch: await running.watch({ path: replay.adapt(exchange.path) }),
      })),
    );
    for (const exchange of exchanges) if (!isWatch(exchange) && exchange.method !== 'GET') await replay.check(exchange);
    for (const { exchange, watch } of watches) {
      const expected = recordedLines(exchange).filter(({ type }) => type !== 'BOOKMARK');
      const lines = await watch.take(expected.length);
      expect({ path: exchange.path, lines: lines.map(short) }).toEqual({
        path: exchange.path,
        lines: expected.map(short),
      });
      await watch.close();
    }
  });

  test('begin with initial events and say where those end', async () => {
    api = await startTestApi(plainApplications());
    const exchanges = recording('k8s-watch-initial-events');
    const table = at(exchanges, 3);
    for (const exchange of [at(exchanges, 0), at(exchanges, 2), table]) {
      const expected = recordedLines(exchange);
      const watch = await api.watch({
        path: exchange.path,
        headers: exchange.headers.accept ? { accept: exchange.headers.accept } : {},
      });
      const lines = await watch.take(expected.length);
      expect(lines.map(({ type }) => type)).toEqual(expected.map(({ type }) => type));
      const last = lines.at(-1)?.object;
      const recordedLast = expected.at(-1)?.object;
      new Replay(api).compare(recordedLast, last);
      if (exchange === table) {
        const cells = (object: unknown) =>
          isObject(object) && Array.isArray(object.rows) && isObject(object.rows[0]) ? object.rows[0].cells : undefined;
        expect(lines.map(({ object }) => cells(object))).toEqual(expected.map(({ object }) => cells(object)));
        expect(lines.map(({ object }) => object.columnDefinitions === null)).toEqual(
          lines.map((_, index) => index > 0),
        );
      }
      await watch.close();
    }
    const answer = await api.call({ path: at(exchanges, 1).path });
    const recorded = at(exchanges, 1).answer;
    expect(answer.status).toBe(422);
    expect([{ json: answer.json }]).toMatchObject(
      Array.isArray(recorded) ? recorded.map(({ json }) => ({ json })) : [],
    );
  });

  test('from versions that are gone, malformed or still to come', async () => {
    api = await startTestApi(plainApplications());
    api.store.compact();
    const old = await api.watch({ path: `${PLAIN}?watch=1&resourceVersion=2` });
    expect(old.status).toBe(200);
    expect(await old.take(2)).toEqual([
      {
        type: 'ERROR',
        object: expect.objectContaining({ code: 410, reason: 'Expired', message: 'too old resource version: 2 (107)' }),
      },
    ]);
    const malformed = await api.call({ path: `${PLAIN}?watch=1&resourceVersion=abc` });
    expect(malformed.json).toEqual(at(recording('k8s-watch-expired'), 2).answer);
    const future = await api.watch({ path: `${PLAIN}?watch=1&resourceVersion=109` });
    for (const value of ['1', '2', '3'])
      api.store.update('applications', 'plain', 'shop-a', (draft) => {
        draft.operation = { info: [{ name: 'n', value }] };
      });
    const [line] = await future.take(1);
    expect(line?.object.metadata).toMatchObject({ resourceVersion: '110' });
  });

  test('send bookmarks, and end in silence when their time is up', async () => {
    api = await startTestApi(plainApplications(), { bookmarkInterval: 5 });
    const watch = await api.watch({ path: `${PLAIN}?watch=1&resourceVersion=107&allowWatchBookmarks=true` });
    expect(await watch.take(2)).toEqual(
      [0, 1].map(() => ({
        type: 'BOOKMARK',
        object: { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata: { resourceVersion: '107' } },
      })),
    );
    const brief = await api.watch({ path: `${PLAIN}?watch=1&resourceVersion=107&timeoutSeconds=1` });
    expect(await brief.take(1)).toEqual([]);
  });

  test('carry one event for every write in each of the five recorded forms', async () => {
    const running = await startTestApi([]);
    api = running;
    const watches = recording('k8s-watch-table').filter(isWatch);
    const states = recordedLines(at(watches, 0))
      .map(({ object }) => object)
      .filter(isObject);
    running.store.create('applications', { ...at(states, 0), status: {}, operation: undefined });
    const version = String(running.store.resourceVersion);
    const open = await Promise.all(
      watches.map(async (exchange) => ({
        exchange,
        watch: await running.watch({
          path: exchange.path.replace('resourceVersion=645', `resourceVersion=${version}`),
          headers: exchange.headers.accept === undefined ? {} : { accept: exchange.headers.accept },
        }),
      })),
    );
    for (const [index, state] of states.entries())
      running.store.update('applications', 'argocd', 'tab', (draft) => {
        draft.operation = state.operation;
        draft.status = isObject(state.status) ? { ...state.status, step: index } : { step: index };
      });
    for (const { exchange, watch } of open) {
      const expected = recordedLines(exchange);
      const lines = await watch.take(expected.length);
      expect({ path: exchange.path, forms: lines.map(({ object }) => formOf(object)) }).toEqual({
        path: exchange.path,
        forms: expected.map(({ object }) => formOf(object)),
      });
      await watch.close();
    }
  });
});

/** What a line shows, without what differs from run to run. */
function formOf(object: unknown): Draft {
  if (!isObject(object)) return {};
  const [row]: unknown[] = Array.isArray(object.rows) ? object.rows : [];
  return {
    kind: object.kind,
    apiVersion: object.apiVersion,
    fields: Object.keys(object).filter((key) => key !== 'operation'),
    columns: object.columnDefinitions,
    cells: isObject(row) ? row.cells : undefined,
    carried: isObject(row) && isObject(row.object) ? row.object.kind : undefined,
  };
}
