import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { project } from '../../../sandbox/fleets/builders.ts';
import type { Draft } from '../../../sandbox/types.ts';
import { bench } from './bench.ts';

interface Exchange {
  readonly note?: string;
  readonly request?: { readonly path: string };
  readonly response?: { readonly status: number; readonly body: Draft };
}

/** The settings of the recording, each with what a real Argo CD answered. */
function recorded(): readonly (readonly [string, readonly Draft[], Draft])[] {
  const file = new URL('../../fixtures/recordings/rest-syncwindows.json', import.meta.url);
  const { exchanges } = JSON.parse(readFileSync(file, 'utf8')) as { readonly exchanges: readonly Exchange[] };
  return exchanges.flatMap((exchange, index) => {
    const match = /^windows: (.*?) (\[.*\])$/.exec(exchange.note ?? '');
    const answer = exchanges.slice(index).find((next) => next.request?.path.endsWith('/syncwindows'))?.response?.body;
    if (match === null || answer === undefined) return [];
    return [[match[1] ?? '', JSON.parse(match[2] ?? '[]') as readonly Draft[], answer] as const];
  });
}

const withWindows = (syncWindows: readonly Draft[]) =>
  bench(
    {},
    {
      app: {
        name: 'win2',
        project: 'closed',
        destination: { namespace: 'win2', server: 'https://kubernetes.default.svc' },
      },
      projects: [project({ name: 'closed', syncWindows })],
    },
  );

describe('sync windows', () => {
  test('there are recorded settings', () => expect(recorded().length).toBeGreaterThanOrEqual(8));

  test.each(recorded())('as recorded: %s', (_, windows, answer) => {
    const b = withWindows(windows);
    const state = b.controller.syncWindows(b.app('win2'));
    expect({
      ...(state.active.length === 0 ? {} : { activeWindows: state.active }),
      ...(state.assigned.length === 0 ? {} : { assignedWindows: state.assigned }),
      canSync: state.canSync,
    }).toEqual(answer);
  });

  test.each([
    ['0 11 * * *', '1h', 'UTC', true],
    ['0 10 * * *', '1h', 'UTC', false],
    ['30 9 * * *', '2h', 'UTC', true],
    ['0 12 * * *', '1h', 'Europe/Berlin', true],
    ['*/15 * * * 1-5', '5m', 'UTC', true],
    ['0 0 * * 6,0', '24h', 'UTC', false],
    ['0 0 20 11 *', '24h', 'UTC', true],
    ['no schedule', '1h', 'UTC', false],
    ['* * * * *', 'long', 'UTC', false],
  ])('%s for %s in %s on Friday at 11:00 UTC: %s', (schedule, duration, timeZone, active) => {
    const b = withWindows([{ kind: 'deny', schedule, duration, timeZone, applications: ['win*'] }]);
    expect(b.controller.syncWindows(b.app('win2')).canSync).toBe(!active);
  });

  test('a blocked operation is looked at again when it is refreshed', () => {
    const b = withWindows([{ kind: 'deny', schedule: '* * * * *', duration: '1h', applications: ['*'] }]);
    b.sync();
    b.clock.advance(5000);
    expect([b.phase(), b.message()]).toEqual(['Running', 'Sync operation blocked by sync window']);
    b.store.update('appprojects', 'argocd', 'closed', (draft) => {
      draft.spec = { sourceRepos: ['*'], destinations: [{ server: '*', namespace: '*' }] };
    });
    b.clock.advance(5000);
    expect(b.phase()).toBe('Running');
    b.patch({ metadata: { annotations: { 'argocd.argoproj.io/refresh': 'normal' } } });
    b.clock.advance(1000);
    expect(b.phase()).toBe('Succeeded');
  });
});
