import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Draft } from '../../../sandbox/types.ts';
import { at, exchange, type Json, recording, streamLines } from './recording.ts';
import { comparable, startTestServer, type TestServer } from './test-server.ts';

const STREAM = '/api/v1/stream/applications';

let server: TestServer;

beforeEach(async () => {
  server = await startTestServer({ keepAliveMs: 20 });
});
afterEach(() => server.stop());

/** Brings the stored application to the state that a recorded line shows. */
function become(application: Json | undefined, name: string): void {
  const { spec, status, operation, metadata } = application as Draft;
  const labels = (metadata as Draft).labels;
  if (server.store.get('applications', 'argocd', name) === undefined) {
    server.application(name, { ...(spec === undefined ? {} : { spec }), status, operation, metadata: { labels } });
    return;
  }
  server.store.update('applications', 'argocd', name, (draft) => {
    draft.status = status;
    draft.operation = operation;
    draft.metadata = { ...(draft.metadata as Draft), labels };
  });
}

const json = (lines: readonly string[]): readonly Json[] => lines.map((line) => JSON.parse(line) as Json);
const linesOf = (text: string): readonly string[] => text.split('\n').slice(0, -1);

/** A line without what the store decides. */
function comparableLine(line: Json | undefined): unknown {
  const application = at(line, 'result', 'application') as Draft;
  const metadata = application.metadata as Draft;
  return {
    type: at(line, 'result', 'type'),
    application: { ...application, metadata: { name: metadata.name, labels: metadata.labels } },
  };
}

describe('lines of JSON during one sync', () => {
  const recorded = json(streamLines(exchange('rest-stream', 0)));
  const states = recorded.map((line) => at(line, 'result', 'application'));

  test('by name, by selector and from a version, line by line', async () => {
    become(states[0], 'rstream');
    const version = server.store.resourceVersion;
    const byName = server.stream(`${STREAM}?name=rstream`);
    const bySelector = server.stream(`${STREAM}?selector=w%3Dstream`);
    const fromVersion = server.stream(`${STREAM}?selector=w%3Dstream&resourceVersion=${version}`);
    const byNameFromVersion = server.stream(`${STREAM}?name=rstream&resourceVersion=${version}`);
    await Promise.all([byName.until(1), bySelector.until(1), byNameFromVersion.until(1)]);
    // An answered request shows that the third has been taken up too.
    await server.get('/api/version');
    expect(fromVersion.head).toBeUndefined();

    for (const state of states.slice(1)) become(state, 'rstream');
    await Promise.all([byName.until(9), bySelector.until(8), fromVersion.until(7), byNameFromVersion.until(9)]);
    const seen = json(linesOf(byName.text));
    expect(seen.map(comparableLine)).toEqual(recorded.map(comparableLine));
    expect(comparable(byName.head?.headers ?? {})).toEqual(comparable(exchange('rest-stream', 0).response.headers));
    // The last change leaves the selection: nothing tells of it.
    const types = (text: string) => json(linesOf(text)).map((line) => at(line, 'result', 'type'));
    expect(types(bySelector.text)).toEqual(['ADDED', ...Array.from({ length: 7 }, () => 'MODIFIED')]);
    expect(types(fromVersion.text)).toEqual(Array.from({ length: 7 }, () => 'MODIFIED'));
    expect(json(linesOf(bySelector.text)).map(comparableLine)).toEqual(recorded.slice(0, 8).map(comparableLine));
  });

  test('a deletion is told', async () => {
    server.application('gone');
    const stream = server.stream(`${STREAM}?name=gone`);
    await stream.until(1);
    server.store.delete('applications', 'argocd', 'gone');
    await stream.until(2);
    expect(at(json(linesOf(stream.text))[1], 'result', 'type')).toBe('DELETED');
  });

  test('the health of resources is joined in', async () => {
    server.world.health = { Deployment: 'Degraded' };
    server.application('joined', {
      status: { resourceHealthSource: 'appTree', resources: [{ kind: 'Deployment', name: 'x' }] },
    });
    const path = `${STREAM}?name=joined`;
    const whole = server.stream(path);
    const part = server.stream(`${path}&fields=result.application.status.resources.health`);
    await Promise.all([whole.until(1), part.until(1)]);
    expect(at(json(linesOf(whole.text))[0], 'result', 'application', 'status', 'resources', 0, 'health')).toEqual({
      status: 'Degraded',
    });
    expect(json(linesOf(part.text))).toEqual([
      { result: { application: { status: { resources: [{ health: { status: 'Degraded' } }] } } } },
    ]);
  });
});

describe('fields', () => {
  // The first call selects most, resource versions among them, so its lines are all there were.
  const states = streamLines(exchange('rest-stream-sse', 0))
    .filter((line) => line.startsWith('data: '))
    .map((line) => at(JSON.parse(line.slice('data: '.length)), 'result', 'application'));

  async function replay(index: number): Promise<{ readonly text: string; readonly recorded: string }> {
    const recorded = exchange('rest-stream-sse', index);
    const first = states[0] as Draft;
    become({ ...first, metadata: { labels: { w: 'sse' } } } as Json, 'rsse');
    const stream = server.stream(recorded.path, { accept: recorded.headers.accept ?? 'application/json' });
    await stream.until(1);
    for (const state of states.slice(1))
      become({ ...(state as Draft), metadata: { labels: { w: 'sse' } } } as Json, 'rsse');
    const lines = streamLines(recorded);
    const last = lines.filter((line) => line !== '' && line !== ':').at(-1) ?? '';
    await stream.until(1, last);
    expect(comparable(stream.head?.headers ?? {})).toEqual(comparable(recorded.response.headers));
    return { text: stream.text, recorded: `${lines.join('\n')}\n` };
  }

  const withoutComments = (text: string) => text.replaceAll(/^:\n/gm, '');

  test.each([1, 4])('events of call %i, character by character', async (index) => {
    const { text, recorded } = await replay(index);
    expect(withoutComments(text)).toBe(withoutComments(recorded));
  });

  test('lines of call 2, character by character', async () => {
    const { text, recorded } = await replay(2);
    expect(text).toBe(recorded);
  });

  test('every change shows when resource versions are selected', async () => {
    const application = { status: { health: { status: 'Healthy' } } };
    server.application('rsse', application);
    const fields = 'result.application.metadata.resourceVersion,result.application.status.health';
    const stream = server.stream(`${STREAM}?name=rsse&fields=${fields}`);
    await stream.until(1);
    for (const count of [1, 2, 3])
      server.store.update('applications', 'argocd', 'rsse', (draft) => {
        draft.status = { ...application.status, count };
      });
    await stream.until(4);
    expect(new Set(linesOf(stream.text)).size).toBe(4);
  });

  test('of two with one name each hides what the other has just shown', async () => {
    const spec = { project: 'teams', source: {} };
    server.application('twin', { status: { health: { status: 'Healthy' } } });
    server.application('twin', { spec, status: { health: { status: 'Healthy' } } }, 'team-a');
    server.application('other', { status: { health: { status: 'Missing' } } });
    const stream = server.stream(`${STREAM}?fields=result.application.status.health`);
    await stream.until(2);
    server.application('last', { status: { health: { status: 'Degraded' } } });
    await stream.until(1, 'Degraded');
    expect(linesOf(stream.text).map((line) => /"status":"(\w+)"/.exec(line)?.[1])).toEqual([
      'Missing',
      'Healthy',
      'Degraded',
    ]);
  });

  test('a field brings along those whose names begin it', async () => {
    server.application('one');
    const stream = server.stream(`${STREAM}?name=one&fields=result.application.metadata.namespace`);
    await stream.until(1);
    expect(stream.text).toBe('{"result":{"application":{"metadata":{"name":"one","namespace":"argocd"}}}}\n');
  });

  test('the form that excludes', async () => {
    server.application('one', { spec: { project: 'default' } });
    const fields = '-result.application.metadata,result.application.status';
    const stream = server.stream(`${STREAM}?name=one&fields=${fields}`);
    await stream.until(1);
    expect(stream.text).toBe('{"result":{"application":{"spec":{"project":"default"}},"type":"ADDED"}}\n');
  });
});

describe('silence', () => {
  const calls = recording('rest-stream-silent');

  test.each(calls.filter(({ response }) => response.status === null))(
    '$index $as $path: no headers while nothing happens',
    async (recorded) => {
      server.application('first', { metadata: { labels: { team: 'a' } } });
      const path = recorded.path.replace('resourceVersion=2569', `resourceVersion=${server.store.resourceVersion}`);
      const accept = recorded.headers.accept;
      const stream = server.stream(path, { as: recorded.as, ...(accept === undefined ? {} : { accept }) });
      // Beside it a stream that has something to say, comments included.
      const loud = server.stream(`${STREAM}?name=first`, { accept: 'text/event-stream' });
      await loud.until(1, '\n:');
      expect(stream.head).toBeUndefined();
    },
  );

  test.each(calls.filter(({ response }) => response.status !== null))(
    '$index $as $path: an error',
    async (recorded) => {
      const answer = await server.send(recorded);
      expect(answer.status).toBe(recorded.response.status);
      expect(comparable(answer.headers)).toEqual(comparable(recorded.response.headers));
      expect(answer.text.trimEnd()).toBe(streamLines(recorded).join('\n').trimEnd());
    },
  );

  test('an event stream is kept alive by comments, lines of JSON are not', async () => {
    server.application('first');
    const events = server.stream(`${STREAM}?name=first`, { accept: 'text/event-stream' });
    const lines = server.stream(`${STREAM}?name=first`);
    await lines.until(1);
    await events.until(3, '\n:\n');
    expect(linesOf(lines.text)).toHaveLength(1);
  });
});

describe('load', () => {
  test('a burst beyond the buffer loses changes, later ones come again', async () => {
    const small = await startTestServer({ streamBuffer: 2 });
    try {
      small.application('busy', { status: { count: 0 } });
      const fields = 'fields=result.application.status.count';
      const stream = small.stream(`${STREAM}?name=busy&${fields}`);
      await stream.until(1);
      const count = (value: number) =>
        small.store.update('applications', 'argocd', 'busy', (draft) => {
          draft.status = { count: value };
        });
      for (let value = 1; value <= 5; value += 1) count(value);
      await stream.until(3);
      count(6);
      await stream.until(1, '"count":6');
      expect(linesOf(stream.text).map((line) => /"count":(\d)/.exec(line)?.[1])).toEqual(['0', '1', '2', '6']);
    } finally {
      await small.stop();
    }
  });

  test('a stream whose client has gone is let go', async () => {
    server.application('first');
    const stream = server.stream(`${STREAM}?name=first`);
    await stream.until(1);
    stream.close();
    const other = server.stream(`${STREAM}?name=first`);
    await other.until(1);
    server.store.update('applications', 'argocd', 'first', (draft) => {
      draft.status = { seen: true };
    });
    await other.until(2);
    expect(linesOf(stream.text)).toHaveLength(1);
  });
});
