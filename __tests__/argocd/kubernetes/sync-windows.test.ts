import { expect, test } from '@jest/globals';
import type { Http } from '../../../src/argocd/http/http.ts';
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
  const syncWindow = createSyncWindowReader(http, { now: () => nowMs });
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
