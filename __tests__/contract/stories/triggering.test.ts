import { describe, expect, test } from '@jest/globals';
import { MODES } from '../harness.ts';
import { app, at, ids, somebody, TWO, tell, writes } from './tell.ts';

/** The write that asks for a sync. */
const SYNC = { kubernetes: { method: 'PATCH' }, argocd: { method: 'POST', path: '/sync$' } } as const;

/** Rules 14 to 21: one operation for each request, complete, and only once. */
describe.each(MODES)('triggering over %s', (mode) => {
  test.concurrent('Rule 14: every operation carries an id of its own, and the run', async () => {
    const told = await tell(mode, {
      fleet: [app('shop'), app('store')],
      operation: { info: [{ name: 'ticket', value: 'OPS-1' }] },
    });
    const [shop] = told.ours('shop');
    const [store] = told.ours('store');
    expect(ids([shop ?? {}, store ?? {}])).toEqual([
      told.application('shop').operationId,
      told.application('store').operationId,
    ]);
    expect(told.application('shop').operationId).not.toBe(told.application('store').operationId);
    expect(shop?.info).toEqual([
      { name: 'gitopssync/id', value: told.application('shop').operationId },
      { name: 'gitopssync/run', value: 'https://github.example.com/shop/deploy/actions/runs/7' },
      { name: 'ticket', value: 'OPS-1' },
    ]);
  });

  test.concurrent('Rule 15: a write that lost a race is preceded by a fresh look, and sent again', async () => {
    const told = await tell(mode, {
      fleet: [app('shop')],
      faults: [
        {
          when: SYNC[mode],
          effect: {
            kind: 'status',
            status: 409,
            body: '{"kind":"Status","status":"Failure","reason":"Conflict","message":"the object has been modified","code":409}',
          },
        },
      ],
    });
    expect(told.verdicts).toEqual({ shop: 'healthy' });
    expect(told.ours('shop')).toHaveLength(1);
  });

  test.concurrent('Rule 15: what changed meanwhile is checked again before the write', async () => {
    // Over the Argo CD API its server writes, and does not look at this annotation.
    if (mode === 'argocd') return;
    const told = await tell(mode, {
      fleet: [app('shop')],
      faults: [{ when: SYNC[mode], effect: { kind: 'delay', ms: 60 } }],
      meanwhile: async ({ act, asked }) => {
        await asked(({ method }) => method === 'PATCH');
        act('shop', {
          do: 'patch',
          patch: { metadata: { annotations: { 'argocd.argoproj.io/skip-reconcile': 'true' } } },
        });
      },
    });
    expect(told.application('shop')).toMatchObject({
      verdict: 'error',
      message: expect.stringContaining('skip-reconcile'),
    });
    expect(told.ours('shop')).toEqual([]);
  });

  test.concurrent('Rule 15: an operation that somebody starts between look and write is not overwritten', async () => {
    const told = await tell(mode, {
      fleet: [app('shop')],
      faults: [{ when: SYNC[mode], effect: { kind: 'delay', ms: 60 } }],
      meanwhile: async ({ act, asked }) => {
        await asked(({ method, path }) => method !== 'GET' && path.includes('shop'));
        act('shop', somebody());
      },
    });
    expect(told.verdicts).toEqual({ shop: 'healthy' });
    expect(told.operations('shop').map((operation) => ids([operation]).length)).toEqual([0, 1]);
  });

  const policy = {
    syncOptions: ['CreateNamespace=true', 'ServerSideApply=true'],
    retry: { limit: 2, backoff: { duration: '7s', factor: 3, maxDuration: '1m' } },
  };

  test.concurrent("Rule 16: without options of the user the Application's own count", async () => {
    const told = await tell(mode, { fleet: [app('shop', { syncPolicy: policy })] });
    expect(told.ours('shop')[0]).toMatchObject({ sync: { syncOptions: policy.syncOptions }, retry: policy.retry });
  });

  test.concurrent("Rule 16: options are merged by key with the Application's own", async () => {
    const told = await tell(mode, {
      fleet: [app('shop', { syncPolicy: policy })],
      operation: { syncOptions: ['ServerSideApply=false', 'PruneLast=true'] },
    });
    expect(at(told.ours('shop')[0], 'sync', 'syncOptions')).toEqual([
      'CreateNamespace=true',
      'ServerSideApply=false',
      'PruneLast=true',
    ]);
    expect(told.ours('shop')[0]).toMatchObject({ retry: policy.retry });
    expect(at(told.scene.stored('shop'), 'spec', 'syncPolicy')).toEqual(policy);
  });

  test.concurrent("Rule 16: retry is merged field by field with the Application's own", async () => {
    const told = await tell(mode, {
      fleet: [app('shop', { syncPolicy: policy })],
      operation: { retry: { limit: 5, backoff: { duration: '1s' } } },
    });
    expect(told.ours('shop')[0]).toMatchObject({
      sync: { syncOptions: policy.syncOptions },
      retry: { limit: 5, backoff: { duration: '1s', factor: 3, maxDuration: '1m' } },
    });
  });

  test.concurrent('Rule 17: prune is never inherited from auto-sync', async () => {
    const told = await tell(mode, { fleet: [app('shop', { syncPolicy: { automated: { prune: true } } })] });
    expect(at(told.ours('shop')[0], 'sync', 'prune') ?? false).toBe(false);
  });

  test.concurrent('Rule 17: prune is asked for when the user asks for it', async () => {
    const told = await tell(mode, { fleet: [app('shop')], operation: { prune: true } });
    expect(at(told.ours('shop')[0], 'sync', 'prune')).toBe(true);
  });

  test.concurrent('Rule 18: the operation is not automated', async () => {
    const told = await tell(mode, { fleet: [app('shop')] });
    expect(at(told.ours('shop')[0], 'initiatedBy', 'automated')).toBeUndefined();
    expect(at(told.ours('shop')[0], 'initiatedBy', 'username')).toEqual(expect.any(String));
  });

  test.concurrent('Rule 19: an answer that is lost leaves one operation, and it is followed', async () => {
    const told = await tell(mode, {
      fleet: [app('shop')],
      faults: [{ when: SYNC[mode], effect: { kind: 'lose-answer' } }],
    });
    expect(told.verdicts).toEqual({ shop: 'healthy' });
    expect(told.operations('shop')).toHaveLength(1);
    expect(ids(told.ours('shop'))).toEqual([told.application('shop').operationId]);
  });

  test.concurrent.each([
    ['a reset', { kind: 'reset' }],
    ['status 500', { kind: 'status', status: 500, body: '{"error":"boom","code":2,"message":"boom"}' }],
    ['status 503', { kind: 'status', status: 503 }],
  ] as const)('Rule 19: after %s it is looked for, and only then sent again', async (_, effect) => {
    const told = await tell(mode, { fleet: [app('shop')], faults: [{ when: SYNC[mode], effect }] });
    expect(told.verdicts).toEqual({ shop: 'healthy' });
    expect(told.operations('shop')).toHaveLength(1);
    const sent = told.requests.map(({ method }, index) => ({ method, index })).filter(({ method }) => method !== 'GET');
    const [first, second] = sent;
    expect(sent).toHaveLength(2);
    const between = told.requests.slice((first?.index ?? 0) + 1, second?.index);
    expect(between.some(({ method, path }) => method === 'GET' && path.includes('applications/shop'))).toBe(true);
  });

  test.concurrent('Rule 19: a lost answer of a sync that is over by then is found in the history', async () => {
    const told = await tell(mode, {
      fleet: [app('shop', { syncPolicy: { automated: { selfHeal: true } } })],
      faults: [
        { when: SYNC[mode], effect: { kind: 'lose-answer' } },
        { when: { method: 'GET', path: 'applications/shop' }, skip: 2, effect: { kind: 'delay', ms: 100 } },
      ],
    });
    expect(told.verdicts).toEqual({ shop: 'healthy' });
    expect(told.ours('shop')).toHaveLength(1);
  });

  test.concurrent('Rule 20: "another operation is in progress" is waited for, within the deadline', async () => {
    const told = await tell(mode, {
      fleet: [app('shop', { script: { syncs: [{ passMs: 5000 }, {}] } })],
      faults: [{ when: SYNC[mode], effect: { kind: 'delay', ms: 60 } }],
      meanwhile: async ({ act, asked }) => {
        await asked(({ method, path }) => method !== 'GET' && path.includes('shop'));
        act('shop', somebody());
      },
    });
    expect(told.verdicts).toEqual({ shop: 'healthy' });
    expect(told.ours('shop')).toHaveLength(1);
  });

  test.concurrent('Rule 20: a right that is missing is not tried again, and the others go on', async () => {
    const half = {
      name: 'half',
      token: 'half-token',
      rights: {
        kubernetes: [
          { resources: ['*'], verbs: ['get', 'list', 'watch'], namespaces: ['argocd'] },
          { resources: ['applications'], verbs: ['patch'], namespaces: ['argocd'], names: ['store'] },
        ],
        argocd: [
          { resource: 'applications', action: 'get', object: '*/*' },
          { resource: 'applications', action: 'sync', object: '*/store' },
        ],
      },
    };
    const told = await tell(mode, { fleet: [app('shop'), app('store')], more: { accounts: [half] }, account: 'half' });
    expect(told.verdicts).toEqual({ shop: 'forbidden', store: 'healthy' });
    expect(writes(told.requests).filter(({ path }) => path.includes('shop'))).toHaveLength(1);
  });

  test.concurrent('Rule 21: what is written says exactly what it is', async () => {
    const told = await tell(mode, {
      fleet: [
        app('shop', { script: { syncs: [{ hooks: [{ type: 'PreSync', name: 'migrate', takesMs: 'forever' }] }] } }),
      ],
      waiting: { timeoutMs: 4000, onTimeout: 'terminate' },
    });
    const types = new Set(writes(told.requests).map(({ headers }) => headers['content-type']));
    expect([...types]).toEqual([mode === 'kubernetes' ? 'application/merge-patch+json' : 'application/json']);
    expect(writes(told.requests).length).toBeGreaterThan(1);
  });

  test.concurrent('Rule 21: a page instead of an answer is a matter of the configuration, and its address is shown', async () => {
    const told = await tell(mode, {
      fleet: [app('shop')],
      faults: [{ when: { method: 'GET' }, times: 0, effect: { kind: 'html' } }],
    });
    expect(told.report.result).toBe('failed');
    expect(told.report.problems[0]?.message).toContain('http://127.0.0.1:');
  });

  test.concurrent('a namespace that two syncs make in one moment: synced once more, and said', async () => {
    const told = await tell(mode, {
      fleet: [
        app('shop', {
          syncPolicy: { syncOptions: ['CreateNamespace=true'] },
          script: { namespaceExists: false, syncs: [{ namespaceRace: true }, {}] },
        }),
      ],
    });
    expect(told.verdicts).toEqual({ shop: 'healthy' });
    expect(told.application('shop').notes).toContain(
      'another sync made the namespace in the same moment; syncing once more',
    );
    const asked = ids(told.ours('shop'));
    expect([asked.length, new Set(asked).size]).toEqual([2, 2]);
    expect(told.application('shop').operationId).toBe(asked[1]);
  });

  test.concurrent('a namespace that is there again and again is a failure, not another try', async () => {
    const told = await tell(mode, {
      fleet: [
        app('shop', {
          syncPolicy: { syncOptions: ['CreateNamespace=true'] },
          script: {
            namespaceExists: false,
            syncs: [
              { namespaceRace: true },
              { error: 'the namespace failed to apply, reason: namespaces "shop" already exists' },
            ],
          },
        }),
      ],
    });
    expect(told.verdicts).toEqual({ shop: 'sync-failed' });
    expect(told.ours('shop')).toHaveLength(2);
  });

  test.concurrent('the revision that was asked for is the one that was synced', async () => {
    const told = await tell(mode, { fleet: [app('shop')], operation: { expectedRevision: TWO.slice(0, 7) } });
    expect(told.application('shop')).toMatchObject({ verdict: 'healthy', revisions: [TWO] });
  });
});
