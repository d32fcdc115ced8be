import { describe, expect, test } from '@jest/globals';
import { ArgoCdError } from '../../../src/argocd/errors.ts';
import type { Call, Http } from '../../../src/argocd/http/http.ts';
import { createSyncWindowReader } from '../../../src/argocd/kubernetes/sync-windows.ts';
import { application } from '../../factories/application.ts';

const never = new AbortController().signal;
const CLOSED = {
  spec: { syncWindows: [{ kind: 'deny', schedule: '* * * * *', duration: '1h', applications: ['*'] }] },
};

test('an AppProject is read again after two minutes, and after ten seconds while it is closed (Rule 10)', async () => {
  let nowMs = 0;
  let project: object = {};
  let reads = 0;
  const http = {
    read: async () => {
      reads += 1;
      return project;
    },
  } as unknown as Http;
  const { syncWindow } = createSyncWindowReader(http, { now: () => nowMs });
  const look = () => syncWindow(application({}), 'before-sync', never);
  expect(await Promise.all([look(), look(), look()])).toEqual(['open', 'open', 'open']);
  expect(reads).toBe(1);
  project = CLOSED;
  nowMs = 119_000;
  expect(await look()).toBe('open');
  nowMs = 121_000;
  expect(await Promise.all([look(), look()])).toEqual(['closed', 'closed']);
  expect(reads).toBe(2);
  project = {};
  nowMs = 130_000;
  expect(await look()).toBe('closed');
  nowMs = 132_000;
  expect(await look()).toBe('open');
  expect(reads).toBe(3);
});

describe('ahead', () => {
  const reader = (answer: (path: string) => object) => {
    const paths: string[] = [];
    const http = {
      read: async ({ path }: Call) => {
        paths.push(path);
        return answer(path);
      },
    } as unknown as Http;
    return { paths, ...createSyncWindowReader(http, { now: () => 0 }) };
  };
  const DEFAULT = application({ controllerNamespace: 'argocd', project: 'default' });

  test.each([
    ['argocd', 'default'],
    ['', ''],
  ])('what was read before anybody asked is not read again (%p, %p)', async (namespace, name) => {
    const { paths, syncWindow, ahead } = reader(() => CLOSED);
    ahead({ namespace, name }, never);
    ahead({ namespace, name }, never);
    expect(await syncWindow(DEFAULT, 'before-sync', never)).toBe('closed');
    expect(paths).toEqual([expect.stringMatching(/\/namespaces\/argocd\/appprojects\/default$/)]);
  });

  test('a wrong guess says nothing of the right one, whatever came of it', async () => {
    const { paths, syncWindow, ahead } = reader((path) => {
      if (path.includes('team-a')) throw new ArgoCdError('forbidden', 'no');
      return CLOSED;
    });
    ahead({ namespace: 'team-a', name: 'default' }, never);
    expect(await syncWindow(DEFAULT, 'before-sync', never)).toBe('closed');
    expect(paths).toHaveLength(2);
  });

  test('a right one that may not be read is asked for once', async () => {
    const { paths, syncWindow, ahead } = reader(() => {
      throw new ArgoCdError('forbidden', 'no');
    });
    ahead({ namespace: 'argocd', name: 'default' }, never);
    const other = application({ controllerNamespace: 'argocd', project: 'shop' });
    expect(await syncWindow(DEFAULT, 'before-sync', never)).toBe('unknown');
    expect(await syncWindow(other, 'before-sync', never)).toBe('unknown');
    expect(paths).toHaveLength(1);
  });
});
