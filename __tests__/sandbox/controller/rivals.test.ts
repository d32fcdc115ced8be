import { describe, expect, test } from '@jest/globals';
import { bench, FIRST, SECOND } from './bench.ts';

const username = (application: { readonly [field: string]: unknown }): string =>
  JSON.stringify(application.operation ?? null);

describe('others', () => {
  test('an automatic operation wipes the state of ours soon after its end', () => {
    const b = bench({
      actions: [
        {
          on: 'terminal',
          afterMs: 40,
          act: { do: 'operation', operation: { initiatedBy: { automated: true }, sync: {} } },
        },
      ],
    });
    b.sync();
    b.clock.advance(180);
    expect(b.phase()).toBe('Succeeded');
    expect(b.status().operationState).toMatchObject({ operation: { info: [{ value: 'ours' }] } });
    b.clock.advance(60);
    expect(b.status().operationState).not.toMatchObject({ operation: { info: [{ value: 'ours' }] } });
    b.clock.advance(1000);
    expect(b.phase()).toBe('Succeeded');
    expect(b.status().history).toMatchObject([
      { initiatedBy: { username: 'admin' } },
      { id: 1, initiatedBy: { username: 'gitopssync' }, revision: SECOND },
      { id: 2, initiatedBy: { automated: true }, revision: SECOND },
    ]);
  });

  test('auto-sync takes an older commit back at once', () => {
    const app = { syncPolicy: { automated: { prune: true, selfHeal: true } } };
    const b = bench({ start: { runs: 'target', compared: 'current' } }, { app });
    b.sync({ revision: FIRST });
    b.clock.advance(185);
    expect(b.controller.truth('argocd', 'web')?.revisions).toEqual([FIRST]);
    b.clock.advance(3000);
    expect(b.controller.truth('argocd', 'web')).toMatchObject({ revisions: [SECOND], synced: true });
    expect(b.status().operationState).toMatchObject({ operation: { initiatedBy: { automated: true } } });
  });

  test('auto-sync does not try a failed revision again', () => {
    const refusals = [{ kind: 'Service', name: 'web', message: 'no' }];
    const app = { syncPolicy: { automated: {} } };
    const b = bench({ start: { runs: 'previous', compared: 'before' }, syncs: [{ refusals }] }, { app });
    b.patch({ metadata: { annotations: { 'argocd.argoproj.io/refresh': 'normal' } } });
    b.clock.advance(60_000);
    expect(b.phase()).toBe('Running');
    b.patch({ spec: { syncPolicy: { retry: { limit: 0 } } } });
    b.controller.act('argocd', 'web', { do: 'terminate' });
    b.clock.advance(60_000);
    expect(b.phase()).toBe('Failed');
    const before = b.seen.length;
    b.patch({ metadata: { annotations: { 'argocd.argoproj.io/refresh': 'normal' } } });
    b.clock.advance(60_000);
    expect(b.app().operation).toBeUndefined();
    expect(b.seen.length - before).toBeLessThanOrEqual(2);
  });

  test('a person starts, terminates, edits, refreshes and deletes when the script says', () => {
    const b = bench({
      syncs: [{ hooks: [{ type: 'PreSync', name: 'wait', takesMs: 'forever' }] }],
      actions: [
        {
          on: 'start',
          afterMs: 1000,
          act: { do: 'operation', operation: { initiatedBy: { username: 'somebody' }, sync: {} } },
        },
        { on: 'running', afterMs: 4000, act: { do: 'terminate' } },
        {
          on: 'terminal',
          afterMs: 1000,
          act: { do: 'patch', patch: { spec: { project: 'default', source: { targetRevision: 'v1' } } } },
        },
        { on: 'terminal', afterMs: 2000, act: { do: 'refresh' } },
        { on: 'terminal', afterMs: 3000, act: { do: 'delete' } },
      ],
    });
    b.clock.advance(1020);
    expect(b.phase()).toBe('Running');
    b.clock.advance(5000);
    expect([b.phase(), b.message()]).toEqual(['Failed', 'Operation terminated']);
    b.clock.advance(1000);
    expect(b.status()).toMatchObject({ sync: { status: 'Synced', revision: FIRST } });
    b.clock.advance(5000);
    expect(b.store.get('applications', 'argocd', 'web')).toBeUndefined();
  });

  test('an action waits for the client to ask, and counts occurrences', () => {
    const b = bench({
      syncs: [
        {
          health: [
            { afterMs: 0, health: 'Progressing' },
            { afterMs: 100, health: 'Healthy' },
          ],
        },
      ],
      actions: [
        { on: 'asked', nth: 2, act: { do: 'remove-operation' } },
        { on: 'healthy', act: { do: 'health', health: [{ afterMs: 0, health: 'Degraded' }] } },
      ],
    });
    b.sync();
    b.clock.advance(1000);
    expect(b.seen.at(-1)).toContain('S/Degraded');
    b.sync();
    expect(username(b.app())).toContain('gitopssync');
    b.clock.advance(5);
    expect(b.app().operation).toBeUndefined();
  });

  test('a live object that vanishes makes the Application OutOfSync and leaves it Healthy', () => {
    const b = bench({ start: { runs: 'target', compared: 'current' } });
    b.controller.act('argocd', 'web', { do: 'live', kind: 'Service', name: 'web', gone: true });
    b.clock.advance(100);
    expect(b.seen.at(-1)).toContain('O/Healthy');
    expect(b.controller.truth('argocd', 'web')).toMatchObject({ synced: false, health: 'Healthy' });
  });

  test('another script takes effect at once', () => {
    const b = bench({ syncs: [{ never: true }] });
    b.controller.setScript('argocd', 'web', {});
    b.sync();
    b.clock.advance(2000);
    expect(b.phase()).toBe('Succeeded');
  });
});
