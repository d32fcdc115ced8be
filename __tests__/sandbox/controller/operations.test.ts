import { describe, expect, test } from '@jest/globals';
import { uniform } from '../../../sandbox/fleets/uniform.ts';
import { bench, benchOf, FIRST, SECOND, say } from './bench.ts';

const count = (lines: readonly string[], part: string): number => lines.filter((line) => line.includes(part)).length;

describe('operations that do not go the usual way', () => {
  test('one that asks for nothing ends in Error', () => {
    const b = bench();
    b.patch({ operation: {}, status: { operationState: null } });
    b.clock.advance(200);
    expect(b.phase()).toBe('Error');
    expect(b.message()).toBe('Invalid operation request: no operation specified');
  });

  test('fields of an earlier state leak unless it is wiped', () => {
    const b = bench();
    b.sync({ dryRun: true });
    b.clock.advance(200);
    b.patch({ operation: { sync: {} } });
    b.clock.advance(1000);
    expect(b.status().operationState).toMatchObject({
      phase: 'Succeeded',
      operation: { sync: { dryRun: true }, info: [{ value: 'ours' }] },
    });
    expect(b.controller.truth('argocd', 'web')?.revisions).toEqual([SECOND]);
  });

  test('a running phase without operation is never worked off, until another operation comes', () => {
    const b = bench({ syncs: [{ hooks: [{ type: 'PreSync', name: 'wait', takesMs: 100 }] }] });
    b.sync();
    b.clock.advance(50);
    b.patch({ operation: null });
    b.clock.advance(60_000);
    expect(b.phase()).toBe('Running');
    b.sync();
    b.clock.advance(10_000);
    expect(b.phase()).toBe('Succeeded');
  });

  test('the namespace race fails once', () => {
    const app = { syncPolicy: { syncOptions: ['CreateNamespace=true'] } };
    const b = bench(
      { namespaceExists: false, start: { compared: 'current' }, syncs: [{ namespaceRace: true }, {}] },
      { app },
    );
    b.sync({ syncOptions: ['CreateNamespace=true'] });
    b.clock.advance(1000);
    expect(b.phase()).toBe('Failed');
    expect(b.message()).toBe('the namespace failed to apply, reason: namespaces "web" already exists');
    b.sync({ syncOptions: ['CreateNamespace=true'] });
    b.clock.advance(2000);
    expect(b.seen.at(-1)).toContain('Succeeded S/Healthy');
  });

  test('a retry that succeeds', () => {
    const refusals = ['Deployment', 'Service'].map((kind) => ({
      kind,
      name: 'web',
      message: 'etcdserver: request timed out',
      attempts: 1,
    }));
    const b = bench({ syncs: [{ refusals }] });
    b.sync({}, { retry: { limit: 3, backoff: { duration: '1s', factor: 2, maxDuration: '10s' } } });
    b.clock.advance(300);
    expect(b.status().operationState).toMatchObject({
      phase: 'Running',
      retryCount: 1,
      finishedAt: '2026-11-20T11:00:00Z',
    });
    expect(b.message()).toBe(
      'one or more objects failed to apply, reason: etcdserver: request timed out. Retrying attempt #1 at 11:00AM.',
    );
    b.clock.advance(10_000);
    expect(b.phase()).toBe('Succeeded');
    expect(count(b.seen, 'Succeeded S/Healthy')).toBe(1);
  });

  test('terminating while it waits for a retry ends it', () => {
    const b = bench({ syncs: [{ error: 'rpc error: code = Unavailable desc = connection refused' }] });
    b.sync({}, { retry: { limit: -1, backoff: { duration: '1m', factor: 2, maxDuration: '1h' } } });
    b.clock.advance(500);
    expect(b.phase()).toBe('Running');
    b.patch({ status: { operationState: { phase: 'Terminating' } } });
    b.clock.advance(1000);
    expect([b.phase(), b.message()]).toEqual(['Failed', 'Operation terminated']);
    expect(b.app().operation).toBeUndefined();
  });

  test('a wave that turns Degraded fails the operation; one that is Suspended holds it for ever', () => {
    const resources = [
      { kind: 'Deployment', name: 'one', wave: 1 },
      { kind: 'ConfigMap', name: 'two', wave: 2 },
    ];
    const degraded = bench({
      resources,
      syncs: [
        {
          health: [
            { afterMs: 0, health: 'Progressing' },
            { afterMs: 3000, health: 'Degraded' },
          ],
        },
      ],
    });
    degraded.sync();
    degraded.clock.advance(10_000);
    expect([degraded.phase(), degraded.message()]).toEqual([
      'Failed',
      'one or more synchronization tasks completed unsuccessfully',
    ]);

    const suspended = bench({ resources, syncs: [{ health: [{ afterMs: 0, health: 'Suspended' }] }] });
    suspended.sync();
    suspended.clock.advance(3_600_000);
    expect([suspended.phase(), suspended.message()]).toEqual([
      'Running',
      'waiting for healthy state of apps/Deployment/one',
    ]);
  });

  test('one that is never picked up stays pending', () => {
    const b = bench({ syncs: [{ never: true }] });
    b.sync();
    b.clock.advance(3_600_000);
    expect(b.app().operation).toBeDefined();
    expect(b.phase()).toBe('');
  });

  test('a dead controller takes nothing up; when it lives again it goes on', () => {
    const b = bench({ syncs: [{}, {}] });
    b.sync();
    b.clock.advance(100);
    b.controller.pause();
    b.clock.advance(60_000);
    expect(b.phase()).toBe('Running');
    b.controller.resume();
    b.clock.advance(1000);
    expect(b.phase()).toBe('Succeeded');
    b.controller.pause();
    b.sync();
    b.clock.advance(60_000);
    expect(b.phase()).toBe('');
    b.controller.resume();
    b.clock.advance(1000);
    expect(b.phase()).toBe('Succeeded');
  });

  test('a multi-source Application takes revisions by position only when there are as many as sources', () => {
    const source = (name: string) => ({
      name,
      path: name,
      repoURL: 'https://git.example.com/deploy.git',
      targetRevision: 'main',
    });
    const app = { sources: [source('one'), source('two')] };
    const resources = [
      { kind: 'ConfigMap', name: 'one', source: 0 },
      { kind: 'ConfigMap', name: 'two', source: 1 },
    ];
    const b = bench({ resources }, { app });
    b.sync({ revisions: [FIRST, ''] });
    b.clock.advance(1000);
    expect(b.controller.truth('argocd', 'web')).toMatchObject({ revisions: [FIRST, SECOND], synced: false });
    b.sync({ revisions: [FIRST], revision: FIRST });
    b.clock.advance(1000);
    expect(b.controller.truth('argocd', 'web')).toMatchObject({ revisions: [SECOND, SECOND], synced: true });
  });

  test('stamps follow a clock that is wrong', () => {
    const b = bench({}, { clockOffsetMs: -7 * 60_000 });
    b.sync();
    b.clock.advance(1000);
    expect(b.status()).toMatchObject({
      reconciledAt: '2026-11-20T10:53:00Z',
      operationState: { finishedAt: '2026-11-20T10:53:00Z' },
    });
  });
});

describe('the queue', () => {
  test('works ten operations at once by default, the others wait without state', () => {
    const b = benchOf(uniform(40));
    for (const { metadata } of b.store.list('applications')) b.sync({}, {}, metadata.name);
    b.clock.advance(50);
    const running = b.store.list('applications').filter((app) => say(app).startsWith('Running'));
    expect(running).toHaveLength(10);
    b.clock.advance(5000);
    expect(b.store.list('applications').filter((app) => say(app).includes('Succeeded S/Healthy'))).toHaveLength(40);
  });

  test('a deletion in the middle of a pass frees the worker', () => {
    const b = benchOf(uniform(2), { operationWorkers: 1 });
    b.sync({}, {}, 'app-0001');
    b.clock.advance(30);
    b.sync({}, {}, 'app-0002');
    b.store.delete('applications', 'argocd', 'app-0001');
    b.clock.advance(1000);
    expect(b.phase('app-0002')).toBe('Succeeded');
  });

  test('a thousand operations at once end, each with seven writes', () => {
    const b = benchOf(uniform(1000), { timing: 'instant' });
    const names = b.store.list('applications').map((app) => app.metadata.name);
    for (const name of names) b.sync({}, {}, name);
    b.clock.advance(2000);
    expect(b.seen).toHaveLength(7000);
    expect(b.store.list('applications').every((app) => say(app).startsWith('Succeeded S/Healthy'))).toBe(true);
  });

  test('nothing happens while nobody asks', () => {
    const b = benchOf(uniform(10_000));
    b.clock.advance(3_600_000);
    expect(b.seen).toHaveLength(0);
    expect(b.clock.waiting).toBe(0);
  });
});
