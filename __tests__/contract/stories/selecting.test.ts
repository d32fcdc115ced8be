import { describe, expect, test } from '@jest/globals';
import { application, project } from '../../../sandbox/fleets/builders.ts';
import { MODES } from '../harness.ts';
import { app, tell, writes } from './tell.ts';

/** Rules 1 to 5: which Applications are meant. */
describe.each(MODES)('selecting over %s', (mode) => {
  test.concurrent('Rule 1: one name in two namespaces is two Applications, each with its own verdict', async () => {
    const told = await tell(mode, {
      fleet: [
        app('shop'),
        app('shop', {
          namespace: 'team-a',
          script: { syncs: [{ refusals: [{ kind: 'Service', name: 'shop', message: 'quota exceeded' }] }] },
        }),
      ],
      applications: 'argocd/shop, team-a/shop',
    });
    expect(told.report.applications.map(({ namespace, verdict }) => [namespace, verdict])).toEqual([
      ['argocd', 'healthy'],
      ['team-a', 'sync-failed'],
    ]);
  });

  test.concurrent('Rule 1: the one of that name in another namespace is left alone', async () => {
    const told = await tell(mode, {
      fleet: [app('shop'), app('shop', { namespace: 'team-a' })],
      applications: 'team-a/shop',
    });
    expect(told.report.applications.map(({ namespace, verdict }) => [namespace, verdict])).toEqual([
      ['team-a', 'healthy'],
    ]);
    expect(told.scene.stored('shop').operation).toBeUndefined();
    expect(writes(told.requests).filter(({ path }) => path.includes('namespaces/argocd/'))).toEqual([]);
  });

  test.concurrent('Rule 2: nothing selected fails, says what was looked at, and touches nothing', async () => {
    const told = await tell(mode, { fleet: [app('shop')], targets: { regex: 'store-.*' } });
    expect(told.report).toMatchObject({ result: 'failed', applications: [] });
    expect(told.report.problems[0]?.message).toMatch(/application-regex .*store-\.\*.*Looked at 1 Application/);
    expect(writes(told.requests)).toEqual([]);
  });

  test.concurrent('Rule 2: nothing selected passes with allow-empty', async () => {
    const told = await tell(mode, { fleet: [app('shop')], targets: { regex: 'store-.*', allowEmpty: true } });
    expect(told.report).toMatchObject({ result: 'succeeded', applications: [], problems: [] });
  });

  test.concurrent('Rule 2: what an account may not see looks as if it were not there, and that is said', async () => {
    const blind = {
      name: 'blind',
      token: 'blind-token',
      rights: {
        kubernetes: [{ resources: ['applications'], verbs: ['list', 'watch'], namespaces: ['argocd'] }],
        argocd: [{ resource: 'applications', action: 'get', object: 'other/*' }],
      },
    };
    const told = await tell(mode, {
      fleet: [app('shop')],
      more: { accounts: [blind] },
      account: 'blind',
      ...(mode === 'argocd' ? { targets: { regex: 'shop' } } : { applications: 'shop' }),
    });
    expect(told.report.result).toBe('failed');
    const words = JSON.stringify([told.report.problems, told.report.applications]);
    expect(words).toMatch(
      mode === 'argocd' ? /may not|not (be )?allowed|right|hidden|permission/i : /cannot get|forbidden/i,
    );
  });

  test.concurrent('Rule 3: an Application without any status is synced for the first time', async () => {
    const told = await tell(mode, {
      fleet: [application({ name: 'shop', script: {} })],
    });
    expect(told.verdicts).toEqual({ shop: 'healthy' });
  });

  test.concurrent('Rule 3: words nobody knows yet do not end the step', async () => {
    const told = await tell(mode, {
      fleet: [
        app('shop', {
          script: {
            actions: [
              {
                on: 'terminal',
                afterMs: 300,
                act: { do: 'patch', patch: { status: { health: { status: 'Glowing' } } } },
              },
              {
                on: 'terminal',
                afterMs: 900,
                act: { do: 'patch', patch: { status: { health: { status: 'Healthy' } } } },
              },
            ],
          },
        }),
      ],
    });
    expect(told.verdicts).toEqual({ shop: 'healthy' });
  });

  test.concurrent('Rule 2: all conditions must hold, and each exclusion has its reason', async () => {
    const told = await tell(mode, {
      fleet: [
        app('shop-eu', { labels: { team: 'shop' }, project: 'payments' }),
        app('shop-us', { labels: { team: 'shop' } }),
        app('shop-old', { labels: { team: 'shop' }, project: 'payments' }),
      ],
      more: { projects: [project({ name: 'default' }), project({ name: 'payments' })] },
      targets: { regex: 'shop-.*', selector: 'team=shop', project: 'payments', exclude: ['*-old'] },
    });
    expect(told.verdicts).toEqual({ 'shop-eu': 'healthy' });
    expect(told.report.selection.excluded.map(({ ref, reason }) => [ref.name, reason])).toEqual([
      ['shop-old', expect.stringContaining('*-old')],
      ['shop-us', expect.stringContaining('project')],
    ]);
  });
});
