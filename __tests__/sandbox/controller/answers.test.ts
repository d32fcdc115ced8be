import { describe, expect, test } from '@jest/globals';
import { commit, DEPLOY_URL } from '../../../sandbox/fleets/builders.ts';
import { bench, FIRST, SECOND } from './bench.ts';

describe('what the REST API asks the controller', () => {
  test('revisions become concrete, or git says why not', () => {
    const { controller } = bench();
    const resolve = (revision: string) => controller.resolveRevision(DEPLOY_URL, revision);
    expect(resolve('main')).toEqual({ ok: true, revision: SECOND });
    expect(resolve('')).toEqual({ ok: true, revision: SECOND });
    expect(resolve('HEAD')).toEqual({ ok: true, revision: SECOND });
    expect(resolve('v1')).toEqual({ ok: true, revision: FIRST });
    expect(resolve(FIRST)).toEqual({ ok: true, revision: FIRST });
    expect(resolve(FIRST.slice(0, 8))).toEqual({ ok: true, revision: FIRST });
    expect(resolve('nope')).toMatchObject({
      ok: false,
      stage: 'resolve',
      error: "unable to resolve 'nope' to a commit SHA",
    });
    expect(resolve('0123456789012345678901234567890123456789')).toMatchObject({ ok: false, stage: 'checkout' });
  });

  test('branches and tags', () => {
    const { controller } = bench();
    expect(controller.refs(DEPLOY_URL)).toEqual({ branches: ['main'], tags: ['v1'] });
    expect(controller.refs('https://git.example.com/unknown.git')).toBeUndefined();
    controller.push(DEPLOY_URL, 'next', commit('Next'));
    expect(controller.refs(DEPLOY_URL)?.branches).toEqual(['main', 'next']);
  });

  test('the tree shows what is live with its health', () => {
    const message = 'Deployment "web" exceeded its progress deadline';
    const b = bench({ syncs: [{ health: [{ afterMs: 0, health: 'Degraded', message }] }] });
    b.sync();
    b.clock.advance(1000);
    const tree = b.controller.resourceTree('argocd', 'web');
    expect(tree.map((node) => `${node.kind} ${node.health?.status ?? '-'}`)).toEqual([
      'Service -',
      'Deployment Degraded',
      'ReplicaSet Degraded',
      'Pod Degraded',
    ]);
    expect(tree.find((node) => node.kind === 'Deployment')?.health?.message).toBe(message);
    const of = (kind: string, group = '') =>
      b.controller.resourceHealth('argocd', 'web', { group, kind, namespace: 'web', name: 'web' });
    expect(of('Deployment', 'apps')).toEqual({ status: 'Degraded', message });
    expect(of('Service')).toBeUndefined();
    expect(b.controller.resourceTree('argocd', 'nobody')).toEqual([]);
  });

  test('comparing without writing', () => {
    const b = bench({ start: { runs: 'previous', compared: 'before' } });
    expect(b.controller.compare(b.app())).toEqual({
      ok: true,
      status: 'OutOfSync',
      revisions: [SECOND],
      health: 'Healthy',
    });
    b.patch({ spec: { project: 'nowhere' } });
    expect(b.controller.compare(b.app())).toMatchObject({ ok: false, condition: 'InvalidSpecError' });
    b.patch({ spec: { project: 'default', source: { targetRevision: 'nope' } } });
    expect(b.controller.compare(b.app())).toMatchObject({ ok: false, condition: 'ComparisonError' });
  });
});
