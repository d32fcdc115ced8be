import { describe, expect, test } from '@jest/globals';
import { commit, DEPLOY_URL } from '../../../sandbox/fleets/builders.ts';
import { bench, SECOND } from './bench.ts';

const REFRESH = 'argocd.argoproj.io/refresh';
const HYDRATE = 'argocd.argoproj.io/hydrate';
const refresh = { metadata: { annotations: { [REFRESH]: 'normal' } } };

describe('refreshes', () => {
  test('the comparison takes the annotation away and leaves the hydrate one', () => {
    const b = bench({ start: { runs: 'previous', compared: 'before' } });
    b.patch({ metadata: { annotations: { [REFRESH]: 'bogus', [HYDRATE]: 'normal' } } });
    b.clock.advance(1000);
    expect(b.app().metadata.annotations).toEqual({ [HYDRATE]: 'normal' });
    expect(b.status()).toMatchObject({
      reconciledAt: '2026-11-20T11:00:00Z',
      sync: { status: 'OutOfSync', revision: SECOND },
    });
  });

  test('one that comes while another is worked off is swallowed with it', () => {
    const b = bench({ compareMs: 500 });
    b.patch(refresh);
    b.clock.advance(300);
    const version = b.app().metadata.resourceVersion;
    b.patch(refresh);
    expect(b.app().metadata.resourceVersion).toBe(version);
    b.clock.advance(300);
    expect(b.app().metadata.annotations).toBeUndefined();
  });

  test('one that comes during a comparison that began without it leads to another', () => {
    const b = bench({ compareMs: 500 });
    b.patch({ spec: { source: { path: 'apps/elsewhere' } } });
    b.clock.advance(300);
    b.patch(refresh);
    b.clock.advance(300);
    expect(b.app().metadata.annotations).toEqual({ [REFRESH]: 'normal' });
    b.clock.advance(500);
    expect(b.app().metadata.annotations).toBeUndefined();
  });

  test('nothing is consumed while the Application carries skip-reconcile', () => {
    const b = bench();
    b.patch({ metadata: { annotations: { 'argocd.argoproj.io/skip-reconcile': 'true', [REFRESH]: 'normal' } } });
    b.clock.advance(60_000);
    expect(b.app().metadata.annotations).toHaveProperty([REFRESH]);
    b.patch({ metadata: { annotations: { 'argocd.argoproj.io/skip-reconcile': null } } });
    b.clock.advance(1000);
    expect(b.app().metadata.annotations).toBeUndefined();
  });

  test('a new commit is known at the next comparison, or at once when announced', () => {
    const b = bench({ start: { runs: 'target', compared: 'current' } });
    b.controller.push(DEPLOY_URL, 'main', commit('Third'));
    b.clock.advance(1000);
    expect(b.seen).toEqual([]);
    expect(b.controller.truth('argocd', 'web')?.synced).toBe(false);
    b.controller.announce(DEPLOY_URL);
    b.clock.advance(1000);
    expect(b.seen.at(-1)).toContain('O/Healthy');
  });

  test('an Application without an owner stays as it is', () => {
    const b = bench({ ignored: true });
    b.patch(refresh);
    b.sync();
    b.clock.advance(60_000);
    expect(b.app().metadata.annotations).toEqual({ [REFRESH]: 'normal' });
    expect(b.phase()).toBe('');
  });
});
