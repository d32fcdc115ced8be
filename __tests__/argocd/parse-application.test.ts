import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Application } from '../../src/argocd/application.ts';
import { parseApplication } from '../../src/argocd/parse-application.ts';

const METADATA = { name: 'shop', namespace: 'argocd' };

const parse = (rest: object): Application => {
  const application = parseApplication({ metadata: METADATA, ...rest });
  if (application === undefined) throw new Error('not parsed');
  return application;
};

describe('parseApplication', () => {
  test('reads what a bare object lacks as empty (Rule 3)', () => {
    expect(parse({})).toEqual({
      ref: { namespace: 'argocd', name: 'shop' },
      uid: '',
      controllerNamespace: '',
      project: '',
      labels: {},
      annotations: {},
      resourceVersion: '',
      version: '',
      deleting: false,
      destination: { server: '', name: '', namespace: '' },
      sources: [],
      multiSource: false,
      syncPolicy: { automated: false, selfHeal: false, syncOptions: [], retry: undefined },
      operation: undefined,
      operationState: undefined,
      sync: { status: 'Unknown', revisions: [] },
      health: { status: 'Unknown', message: '' },
      reconciledAt: '',
      resources: [],
      conditions: [],
      history: [],
    });
  });

  test.each([[{}], [{ metadata: { name: 'shop' } }], [{ metadata: { namespace: 'argocd' } }], [null], ['x'], [[]]])(
    'is undefined without a name and a namespace: %j',
    (value) => {
      expect(parseApplication(value)).toBeUndefined();
    },
  );

  test('uses revisions of a multi-source Application although revision is there, empty (H10)', () => {
    const revisions = ['aaa', 'bbb'];
    const application = parse({
      spec: { sources: [{ repoURL: 'one' }, { repoURL: 'two' }] },
      status: {
        sync: { status: 'Synced', revision: '', revisions },
        operationState: { phase: 'Succeeded', syncResult: { revision: '', revisions } },
        history: [{ id: 3, revision: '', revisions }],
      },
    });
    expect(application.multiSource).toBe(true);
    expect(application.sync.revisions).toEqual(revisions);
    expect(application.operationState?.syncResult?.revisions).toEqual(revisions);
    expect(application.history[0]?.revisions).toEqual(revisions);
  });

  test('puts the revision of a single source into a list', () => {
    expect(parse({ status: { sync: { status: 'Synced', revision: 'aaa' } } }).sync.revisions).toEqual(['aaa']);
  });

  test('keeps the positions of sources and revisions where an entry is empty or broken (H29)', () => {
    const application = parse({
      spec: { sources: [{ repoURL: 'one' }, null, { repoURL: 'three', name: 'values' }] },
      status: { sync: { revisions: ['aaa', null, 'ccc'] } },
      operation: { sync: { revisions: ['', 'bbb', 7] } },
    });
    expect(application.sources.map((source) => source.repoURL)).toEqual(['one', '', 'three']);
    expect(application.sync.revisions).toEqual(['aaa', '', 'ccc']);
    expect(application.operation?.sync?.revisions).toEqual(['', 'bbb', '']);
  });

  test('survives fields of wrong types and unknown values (H15)', () => {
    const application = parse({
      metadata: { ...METADATA, labels: { good: 'yes', bad: 3 }, annotations: 'none' },
      spec: 'nothing',
      status: {
        sync: { status: 'Sideways' },
        health: { status: 'Radiant' },
        resources: [{ kind: 'Rollout', status: 'Synced', health: { status: 'Fancy' } }, 'x', { kind: 'ConfigMap' }],
        conditions: { type: 'x' },
        history: [null, { id: 'one' }],
        operationState: { phase: 'Running', retryCount: 'many', operation: 3 },
      },
    });
    expect(application.labels).toEqual({ good: 'yes' });
    expect(application.sync.status).toBe('Unknown');
    expect(application.health.status).toBe('Unknown');
    expect(application.resources.map((resource) => resource.health)).toEqual(['Unknown', undefined]);
    expect(application.history).toEqual([{ id: 0, revisions: [], sources: [], deployStartedAt: '', initiatedBy: '' }]);
    expect(application.operationState?.retryCount).toBe(0);
  });

  test.each([
    ['still asked for', { operation: { sync: {} }, finishedAt: '2026-11-20T10:00:00Z' }, 'Running'],
    ['not finished', { operation: undefined, finishedAt: undefined }, 'Running'],
    ['finished and gone', { operation: undefined, finishedAt: '2026-11-20T10:00:00Z' }, 'Error'],
  ])('takes an unknown phase of an operation that is %s for %s', (_, { operation, finishedAt }, phase) => {
    const status = { operationState: { phase: 'Pondering', finishedAt } };
    expect(parse({ operation, status }).operationState?.phase).toBe(phase);
  });

  test.each([
    [undefined, false],
    [null, false],
    [{}, true],
    [{ enabled: true }, true],
    [{ enabled: false }, false],
  ])('automated %j means %s', (automated, expected) => {
    expect(parse({ spec: { syncPolicy: { automated } } }).syncPolicy.automated).toBe(expected);
  });

  test('takes the source of a hydrated Application from where it is synced', () => {
    const spec = {
      sourceHydrator: {
        drySource: { repoURL: 'repo', targetRevision: 'main', path: 'dry' },
        syncSource: { targetBranch: 'env/prod', path: 'wet' },
      },
    };
    expect(parse({ spec }).sources).toEqual([
      { repoURL: 'repo', targetRevision: 'env/prod', path: 'wet', chart: '', name: '' },
    ]);
  });

  test('never throws, whatever JSON it is given', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        parseApplication(value);
      }),
    );
  });

  test('never throws, whatever stands where an Application has something', () => {
    const junk = fc.jsonValue({ maxDepth: 2 });
    const either = (shape: object): fc.Arbitrary<unknown> =>
      fc.oneof(junk, fc.record(shape as Record<string, fc.Arbitrary<unknown>>, { requiredKeys: [] }));
    const some = (item: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
      fc.oneof(junk, fc.array(item, { maxLength: 3 }));
    const revisions = { revision: junk, revisions: some(junk) };
    const operation = either({
      sync: either({ ...revisions, prune: junk, dryRun: junk, resources: some(junk) }),
      info: some(either({ name: junk, value: junk })),
      initiatedBy: either({ username: junk, automated: junk }),
    });
    const resource = either({ kind: junk, status: junk, health: either({ status: junk }), hook: junk });
    const object = fc.record({
      spec: either({
        project: junk,
        source: either({ repoURL: junk, path: junk }),
        sources: some(either({ repoURL: junk })),
        sourceHydrator: either({ drySource: junk, syncSource: junk }),
        destination: junk,
        syncPolicy: either({ automated: junk, syncOptions: some(junk), retry: either({ limit: junk, backoff: junk }) }),
      }),
      operation,
      status: either({
        sync: either({ status: junk, ...revisions }),
        health: either({ status: junk }),
        operationState: either({
          operation,
          phase: junk,
          finishedAt: junk,
          syncResult: either({ ...revisions, resources: some(resource) }),
        }),
        resources: some(resource),
        conditions: some(junk),
        history: some(either({ id: junk, ...revisions, initiatedBy: junk })),
      }),
    });
    fc.assert(
      fc.property(object, (rest) => {
        expect(['Synced', 'OutOfSync', 'Unknown']).toContain(parse(rest).sync.status);
      }),
      { numRuns: 500 },
    );
  });
});

describe('recordings', () => {
  const folder = new URL('../fixtures/recordings/', import.meta.url);

  const applicationsIn = (value: unknown): object[] => {
    if (Array.isArray(value)) return value.flatMap(applicationsIn);
    if (typeof value !== 'object' || value === null) return [];
    const inner = Object.values(value).flatMap(applicationsIn);
    const { metadata, spec } = value as { metadata?: { name?: unknown; namespace?: unknown }; spec?: unknown };
    const named = typeof metadata?.name === 'string' && typeof metadata.namespace === 'string';
    return named && typeof spec === 'object' && spec !== null && 'destination' in spec ? [value, ...inner] : inner;
  };

  const scenes = readdirSync(folder).filter((file) => file.endsWith('.json'));

  test('are there', () => {
    expect(scenes.length).toBeGreaterThan(60);
  });

  test('every Application of a real server is read with its statuses and sources', () => {
    let count = 0;
    for (const scene of scenes) {
      for (const raw of applicationsIn(JSON.parse(readFileSync(new URL(scene, folder), 'utf8')))) {
        const parsed = parseApplication(raw);
        const { spec, status } = raw as {
          spec: { project?: string; source?: unknown; sources?: unknown[] };
          status?: { sync?: { status?: string }; health?: { status?: string }; operationState?: { phase?: string } };
        };
        count += 1;
        expect(parsed?.project).toBe(spec.project ?? '');
        if (spec.source !== undefined || spec.sources !== undefined) expect(parsed?.sources.length).toBeGreaterThan(0);
        expect(parsed?.sync.status).toBe(status?.sync?.status ?? 'Unknown');
        expect(parsed?.health.status).toBe(status?.health?.status ?? 'Unknown');
        expect(parsed?.operationState?.phase).toBe(status?.operationState?.phase);
      }
    }
    expect(count).toBeGreaterThan(500);
  });
});
