import { describe, expect, test } from '@jest/globals';
import { MODES } from '../harness.ts';
import { app, somebody, tell } from './tell.ts';

/** Rule 50: what never leaves the step, and what always does. */
describe.each(MODES)('hygiene over %s', (mode) => {
  test.concurrent('Rule 50: neither token nor manifest is in what is said or reported', async () => {
    const told = await tell(mode, {
      fleet: [
        app('shop', {
          source: {
            repoURL: 'https://git.example.com/deploy.git',
            path: 'apps/shop',
            targetRevision: 'main',
            helm: { values: 'password: hunter2-hunter2' },
          },
        }),
        app('store', {
          script: {
            syncs: [{ refusals: [{ kind: 'Service', name: 'store', message: 'Service "store" is invalid' }] }],
          },
        }),
        app('gone', { project: 'closed' }),
      ],
      faults: [{ when: { method: 'GET', path: 'applications' }, effect: { kind: 'status', status: 500 } }],
    });
    const said = JSON.stringify([told.events, told.report]);
    expect(said).not.toContain('hunter2');
    expect(said).not.toContain(told.scene.sandbox.token('admin'));
    expect(said.toLowerCase()).not.toContain('bearer');
  });

  test.concurrent('Rule 50: a long message of a server is cut, and stays one line', async () => {
    const told = await tell(mode, {
      fleet: [app('shop')],
      faults: [
        {
          when: { method: mode === 'kubernetes' ? 'PATCH' : 'POST' },
          times: 0,
          effect: {
            kind: 'status',
            status: 422,
            body: JSON.stringify({
              kind: 'Status',
              code: 422,
              error: `line one\nline two ${'x'.repeat(12_000)}`,
              message: `line one\nline two ${'x'.repeat(12_000)}`,
            }),
          },
        },
      ],
    });
    const { message } = told.application('shop');
    expect(message).toContain('line one');
    expect(message).not.toContain('\n');
    expect(message.length).toBeLessThan(600);
  });

  test.concurrent('Rule 50: each kind of failure has a verdict of its own', async () => {
    const half = {
      name: 'half',
      token: 'half-token',
      rights: {
        kubernetes: [
          { resources: ['*'], verbs: ['get', 'list', 'watch'], namespaces: ['argocd'] },
          {
            resources: ['applications'],
            verbs: ['patch'],
            namespaces: ['argocd'],
            names: ['failed', 'degraded', 'slow', 'window', 'busy'],
          },
        ],
        argocd: [
          { resource: 'applications', action: 'get', object: '*/*' },
          ...['failed', 'degraded', 'slow', 'busy'].map((name) => ({
            resource: 'applications',
            action: 'sync',
            object: `default/${name}`,
          })),
          { resource: 'applications', action: 'sync', object: 'closed/*' },
        ],
      },
    };
    const told = await tell(mode, {
      fleet: [
        app('failed', { script: { syncs: [{ error: 'rpc error: no such chart' }] } }),
        app('degraded', { script: { syncs: [{ health: [{ afterMs: 0, health: 'Degraded' }] }] } }),
        app('slow', { script: { syncs: [{ never: true }] } }),
        app('window', { project: 'closed' }),
        app('busy', { script: { syncs: [{ hooks: [{ type: 'PreSync', name: 'migrate', takesMs: 'forever' }] }] } }),
        app('forbidden'),
      ],
      more: { accounts: [half] },
      account: 'half',
      applications: 'failed, degraded, slow, window, busy, forbidden, missing',
      before: ({ act }) => act('busy', somebody()),
      operation: { onRunningOperation: 'fail' },
      waiting: { degradedTimeoutMs: 0, timeoutMs: 20_000 },
    });
    expect(told.verdicts).toEqual({
      failed: 'sync-failed',
      degraded: 'degraded',
      slow: 'timed-out',
      window: 'blocked',
      busy: 'conflict',
      forbidden: 'forbidden',
      missing: 'not-found',
    });
    for (const { message } of told.report.applications) expect(message).not.toBe('');
  });
});
