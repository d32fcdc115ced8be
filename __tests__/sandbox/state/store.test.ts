import { describe, expect, test } from '@jest/globals';
import { listAt } from '../../../sandbox/state/past.ts';
import { createStore, StoreError } from '../../../sandbox/state/store.ts';
import type { Draft, StoreEvent } from '../../../sandbox/types.ts';

const now = () => new Date('2026-11-20T11:30:00.750Z');

function app(name: string, more: Readonly<Draft> = {}, namespace = 'argocd'): Draft {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name, namespace },
    spec: { project: 'default' },
    ...more,
  };
}

function started(...names: readonly string[]) {
  const store = createStore({ now, startVersion: 10 });
  for (const name of names) store.create('applications', app(name));
  const events: StoreEvent[] = [];
  store.subscribe((event) => events.push(event));
  return { store, events };
}

describe('creating', () => {
  test('fills what the server decides and keeps the rest', () => {
    const { store } = started();
    const { metadata, spec } = store.create('applications', app('a'));
    expect(metadata).toEqual({
      name: 'a',
      namespace: 'argocd',
      uid: expect.stringMatching(/^[0-9a-f-]{36}$/),
      resourceVersion: '11',
      generation: 1,
      creationTimestamp: '2026-11-20T11:30:00Z',
    });
    expect(spec).toEqual({ project: 'default' });
  });

  test('makes a name from generateName', () => {
    const { store } = started();
    const made = store.create('events', {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { generateName: 'a.', namespace: 'argocd' },
    });
    expect(made.metadata.name).toMatch(/^a\.[a-z0-9]{5}$/);
  });

  test('refuses a name that is taken, in the same namespace only', () => {
    const { store } = started('a');
    expect(() => store.create('applications', app('a'))).toThrow(
      expect.objectContaining({ name: 'StoreError', reason: 'already-exists' }),
    );
    expect(store.create('applications', app('a', {}, 'team-b')).metadata.namespace).toBe('team-b');
  });

  test('does not let the caller change what is stored', () => {
    const { store } = started();
    const draft = app('a', { spec: { source: { path: 'x' } } });
    const stored = store.create('applications', draft);
    Object.assign(draft.spec as Draft, { source: 'changed' });
    expect(stored.spec).toEqual({ source: { path: 'x' } });
    expect(() => Object.assign(stored.spec as Draft, { y: 1 })).toThrow(TypeError);
  });
});

describe('updating', () => {
  test('raises the generation for everything but metadata', () => {
    const { store } = started('a');
    const labelled = store.update('applications', 'argocd', 'a', (draft) => {
      draft.metadata = { ...(draft.metadata as Draft), labels: { team: 'blue' } };
    });
    expect(labelled.metadata).toMatchObject({ generation: 1, resourceVersion: '12' });
    const operated = store.update('applications', 'argocd', 'a', (draft) => {
      draft.operation = { sync: {} };
    });
    expect(operated.metadata).toMatchObject({ generation: 2, resourceVersion: '13', labels: { team: 'blue' } });
  });

  test('keeps the version, and tells nobody, when nothing changes', () => {
    const { store, events } = started('a');
    const before = store.get('applications', 'argocd', 'a');
    const after = store.update('applications', 'argocd', 'a', (draft) => {
      draft.spec = { project: 'default' };
      draft.operation = undefined;
    });
    expect(after).toBe(before);
    expect(events).toEqual([]);
    expect(store.resourceVersion).toBe(11);
  });

  test('shares what did not change with the version before', () => {
    const { store } = started('a');
    const before = store.get('applications', 'argocd', 'a');
    const after = store.update('applications', 'argocd', 'a', (draft) => {
      draft.status = { health: { status: 'Healthy' } };
    });
    expect(after.spec).toBe(before?.spec);
  });

  test('does not let a writer touch what the server decides', () => {
    const { store } = started('a');
    const after = store.update('applications', 'argocd', 'a', (draft) => {
      draft.metadata = { name: 'b', uid: 'x', resourceVersion: '1', deletionTimestamp: 'now' };
    });
    expect(after).toBe(store.get('applications', 'argocd', 'a'));
    expect(after.metadata.name).toBe('a');
    expect(after.metadata.deletionTimestamp).toBeUndefined();
  });

  test('refuses another version than the expected one, and what is missing', () => {
    const { store } = started('a');
    expect(() => store.update('applications', 'argocd', 'a', () => undefined, '10')).toThrow(StoreError);
    expect(() => store.update('applications', 'argocd', 'b', () => undefined)).toThrow(
      expect.objectContaining({ reason: 'not-found' }),
    );
  });

  test('survives keys that objects inherit', () => {
    const { store } = started('a');
    const after = store.update('applications', 'argocd', 'a', (draft) => {
      draft.status = JSON.parse('{"__proto__": {"x": 1}, "constructor": 2}');
    });
    expect(JSON.stringify(after.status)).toBe('{"__proto__":{"x":1},"constructor":2}');
  });
});

describe('deleting', () => {
  test('takes an object away at once without finalizers', () => {
    const { store, events } = started('a');
    store.delete('applications', 'argocd', 'a');
    expect(store.get('applications', 'argocd', 'a')).toBeUndefined();
    expect(events).toMatchObject([
      { type: 'DELETED', resourceVersion: 12, object: { metadata: { resourceVersion: '12' } } },
    ]);
  });

  test('waits for the last finalizer', () => {
    const { store, events } = started();
    store.create('applications', app('a', { metadata: { name: 'a', namespace: 'argocd', finalizers: ['x'] } }));
    const held = store.delete('applications', 'argocd', 'a');
    expect(held.metadata).toMatchObject({ deletionTimestamp: '2026-11-20T11:30:00Z', generation: 2 });
    expect(store.delete('applications', 'argocd', 'a')).toBe(held);
    store.update('applications', 'argocd', 'a', (draft) => {
      draft.metadata = { ...(draft.metadata as Draft), finalizers: [] };
    });
    expect(store.list('applications')).toEqual([]);
    expect(events.map(({ type }) => type)).toEqual(['ADDED', 'MODIFIED', 'DELETED']);
  });
});

describe('listing', () => {
  test('goes by namespace and name, and never changes a list it gave', () => {
    const { store } = started('b', 'a');
    store.create('applications', app('a', {}, 'a-team'));
    const list = store.list('applications');
    expect(list.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`)).toEqual([
      'a-team/a',
      'argocd/a',
      'argocd/b',
    ]);
    store.create('applications', app('c'));
    expect(list).toHaveLength(3);
    expect(store.list('applications')).toHaveLength(4);
  });

  test('knows what was there at an earlier version', () => {
    const { store } = started('a', 'b');
    const names = (version: number) => {
      const past = listAt(store, 'applications', version);
      return past === 'expired' ? past : past.map(({ metadata, operation }) => metadata.name + (operation ? '!' : ''));
    };
    store.update('applications', 'argocd', 'a', (draft) => {
      draft.operation = { sync: {} };
    });
    store.delete('applications', 'argocd', 'b');
    store.create('applications', app('c'));
    expect([10, 11, 12, 13, 14, 15].map(names)).toEqual([[], ['a'], ['a', 'b'], ['a!', 'b'], ['a!'], ['a!', 'c']]);
    store.compact(13);
    expect([12, 13].map(names)).toEqual(['expired', ['a!', 'b']]);
  });
});

describe('history', () => {
  test('gives the events after a version until they are forgotten', () => {
    const store = createStore({ now, startVersion: 0, keep: 3 });
    const versions = (after: number) => {
      const events = store.since(after);
      return events === 'expired' ? events : events.map(({ resourceVersion }) => resourceVersion);
    };
    for (const name of ['a', 'b', 'c', 'd', 'e']) store.create('applications', app(name));
    expect([1, 2, 4, 5, 99].map(versions)).toEqual(['expired', [3, 4, 5], [5], [], []]);
    expect(store.oldestVersion).toBe(2);
    store.compact(4);
    expect([3, 4].map(versions)).toEqual(['expired', [5]]);
    store.compact();
    expect([4, 5].map(versions)).toEqual(['expired', []]);
    for (const name of ['f', 'g', 'h', 'i', 'j', 'k', 'l']) store.create('applications', app(name));
    expect([8, 9, 11].map(versions)).toEqual(['expired', [10, 11, 12], [12]]);
  });

  test('tells every listener in order, writes of listeners included', () => {
    const { store } = started('a');
    const seen: string[] = [];
    const note = (who: string) => (event: StoreEvent) => seen.push(`${who}${event.resourceVersion}`);
    store.subscribe((event) => {
      note('first')(event);
      if (event.resourceVersion === 12)
        store.update('applications', 'argocd', 'a', (draft) => {
          draft.operation = undefined;
          draft.status = {};
        });
    });
    const stop = store.subscribe(note('second'));
    store.update('applications', 'argocd', 'a', (draft) => {
      draft.operation = { sync: {} };
    });
    expect(seen).toEqual(['first12', 'second12', 'first13', 'second13']);
    stop();
    store.delete('applications', 'argocd', 'a');
    expect(seen.at(-1)).toBe('first14');
  });
});
