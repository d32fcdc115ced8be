import { describe, expect, test } from '@jest/globals';
import { DEMO_TROUBLE, demo } from '../../../sandbox/fleets/demo.ts';
import { sceneOf } from '../../../sandbox/fleets/scenes.ts';
import { uniform } from '../../../sandbox/fleets/uniform.ts';
import { VERDICT_SCRIPTS, verdicts } from '../../../sandbox/fleets/verdicts.ts';
import { benchOf, say } from '../controller/bench.ts';

describe('demo', () => {
  const names = demo().applications.map(({ object }) => String((object.metadata as { name: string }).name));

  test('has 25 Applications in three projects on two clusters', () => {
    expect(new Set(names).size).toBe(25);
    const specs = demo().applications.map(
      ({ object }) => object.spec as { project: string; destination: { name?: string; server?: string } },
    );
    expect(new Set(specs.map((spec) => spec.project))).toEqual(new Set(['shop', 'payments', 'platform']));
    expect(new Set(specs.map(({ destination }) => destination.name ?? destination.server)).size).toBe(2);
    expect(Object.keys(DEMO_TROUBLE).filter((name) => !names.includes(name))).toEqual([]);
  });

  test('the healthy majority is Healthy within five seconds of its syncs, the trouble is not', () => {
    const b = benchOf(demo());
    for (const name of names) b.sync({}, {}, name);
    b.clock.advance(5000);
    const healthy = names.filter((name) => say(b.app(name)).includes('S/Healthy'));
    expect(names.filter((name) => !healthy.includes(name)).sort()).toEqual(Object.keys(DEMO_TROUBLE).sort());
    for (const name of healthy)
      expect(b.controller.truth('argocd', name)).toMatchObject({ health: 'Healthy', synced: true });
  });

  test('stands still until somebody does something', () => {
    const b = benchOf(demo());
    b.clock.advance(60_000);
    expect(b.seen).toEqual([]);
  });
});

describe('uniform', () => {
  test.each([0, 2000, 10_000, 30_000])('statuses of about %i bytes', (statusBytes) => {
    const b = benchOf(uniform(1, { statusBytes }));
    const size = JSON.stringify(b.app().status).length;
    expect(size).toBeGreaterThan(statusBytes * 0.75);
    expect(size).toBeLessThan(Math.max(2100, statusBytes * 1.25));
  });

  test.each([
    ['outdated', 'O/Healthy'],
    ['synced', 'S/Healthy'],
    ['fresh', 'O/Missing'],
    ['unseen', 'S/Healthy'],
  ] as const)('start %s shows %s', (start, shown) => {
    const b = benchOf(uniform(3, { start, prefix: 'x', labels: { tier: 'one' } }));
    expect(b.store.list('applications').map((app) => app.metadata.name)).toEqual(['x-0001', 'x-0002', 'x-0003']);
    expect(b.store.list('applications').every((app) => say(app).includes(shown))).toBe(true);
    b.sync({}, {}, 'x-0002');
    b.clock.advance(2000);
    expect(say(b.app('x-0002'))).toContain('Succeeded S/Healthy');
  });
});

describe('verdicts', () => {
  test('every Application does what its name says', () => {
    const b = benchOf(verdicts());
    b.clock.advance(100);
    const names = Object.keys(VERDICT_SCRIPTS);
    for (const name of names.filter((name) => name !== 'conflict')) b.sync({}, {}, name);
    b.clock.advance(20_000);
    const shown = Object.fromEntries(
      names.map((name) => {
        const app = b.store.get('applications', 'argocd', name);
        return [name, app === undefined ? 'gone' : say(app).replace(/ (rec|same|other).*/, '')];
      }),
    );
    expect(shown).toMatchInlineSnapshot(`
{
  "bad-revision": "Error ?/Healthy",
  "blocked": "Running O/Healthy",
  "conflict": "Running O/Healthy",
  "degraded": "Succeeded S/Degraded",
  "degraded-recovers": "Succeeded S/Healthy",
  "deleted": "gone",
  "flapping": "Succeeded S/Healthy",
  "forbidden": "Succeeded S/Healthy",
  "healthy": "Succeeded S/Healthy",
  "hook-failed": "Failed O/Healthy",
  "hook-forever": "Running O/Healthy",
  "missing": "Succeeded O/Healthy",
  "never-picked-up": "- O/Healthy",
  "older-version": "Succeeded S/Healthy",
  "overtaken": "Succeeded S/Healthy",
  "skip-reconcile": "- O/Healthy",
  "stale-same-second": "Succeeded S/Healthy",
  "suspended": "Succeeded S/Suspended",
  "sync-failed": "Failed O/Healthy",
  "sync-failed-once": "Failed O/Healthy",
  "terminated": "Failed O/Healthy",
  "timed-out": "Succeeded S/Progressing",
  "unchanged": "Succeeded S/Healthy",
}
`);
  });

  test('the account half may touch everything but forbidden', () => {
    const half = verdicts().accounts?.find((account) => account.name === 'half');
    const names = half?.rights.kubernetes?.flatMap((rule) => rule.names ?? []);
    expect(names).toContain('healthy');
    expect(names).not.toContain('forbidden');
  });
});

test('a scene that is not known names the ones that are', () => {
  expect(() => sceneOf('flow-nothing')).toThrow('flow-first-sync');
});
