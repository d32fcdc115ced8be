import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { allowsSync, parseSyncWindows } from '../../src/argocd/sync-window.ts';
import { application } from '../factories/application.ts';

const NOON = new Date('2026-11-20T12:00:30Z');
const windows = (...list: readonly object[]) => parseSyncWindows({ spec: { syncWindows: list } });
const always = { schedule: '* * * * *', duration: '1h', applications: ['*'] };

describe('recorded settings', () => {
  const recording = JSON.parse(
    readFileSync(new URL('../fixtures/recordings/rest-syncwindows.json', import.meta.url), 'utf8'),
  ) as {
    readonly exchanges: readonly {
      readonly note?: string;
      readonly request?: { readonly path?: string };
      readonly response?: { readonly body?: { readonly canSync?: boolean } };
    }[];
  };
  const told: [setting: string, canSync: boolean][] = [];
  let setting = '';
  for (const { note, request, response } of recording.exchanges) {
    if (note?.startsWith('windows: ')) setting = note.slice('windows: '.length);
    if (request?.path?.endsWith('/syncwindows')) told.push([setting, response?.body?.canSync ?? false]);
  }

  test('there are nine', () => expect(told).toHaveLength(9));

  test.each(told)('%s: canSync %s', (text, canSync) => {
    const list: unknown = text.includes('[') ? JSON.parse(text.slice(text.indexOf('['))) : [];
    const app = application({
      ref: { namespace: 'argocd', name: 'win2' },
      destination: { server: 'https://kubernetes.default.svc', name: '', namespace: 'win2' },
    });
    expect(allowsSync(parseSyncWindows({ spec: { syncWindows: list } }), app, NOON)).toBe(canSync);
  });
});

describe('windows', () => {
  test.each([
    ['0 12 * * *', '1m', true],
    ['0 11 * * *', '1h', false],
    ['0 11 * * *', '1h1m', true],
    ['0 13 * * *', '23h30m', true],
    ['0 12 * * 5', '1h', true],
    ['0 12 * * 6', '1h', false],
    ['nonsense', '1h', false],
    ['0 12 * * *', 'soon', false],
  ])('%s for %s is open at noon of a Friday: %s', (schedule, duration, open) => {
    const list = windows({ kind: 'deny', schedule, duration, applications: ['*'] });
    expect(allowsSync(list, application(), NOON)).toBe(!open);
  });

  test('are in their own time zone', () => {
    const deny = { kind: 'deny', schedule: '0 7 * * *', duration: '1h', applications: ['*'] };
    expect(allowsSync(windows({ ...deny, timeZone: 'America/New_York' }), application(), NOON)).toBe(false);
    expect(allowsSync(windows(deny), application(), NOON)).toBe(true);
  });

  test('concern by name, cluster or namespace; with andOperator by all that are given', () => {
    const deny = { ...always, kind: 'deny', applications: ['sh?p'], namespaces: ['other'] };
    expect(allowsSync(windows(deny), application(), NOON)).toBe(false);
    expect(allowsSync(windows({ ...deny, andOperator: true }), application(), NOON)).toBe(true);
    const byCluster = { ...always, kind: 'deny', applications: [], clusters: ['https://*'] };
    expect(allowsSync(windows(byCluster), application(), NOON)).toBe(false);
    expect(allowsSync(windows({ ...always, kind: 'deny', applications: [] }), application(), NOON)).toBe(true);
  });

  test('manualSync must hold for every deny window that is active', () => {
    const deny = { ...always, kind: 'deny' };
    expect(allowsSync(windows({ ...deny, manualSync: true }), application(), NOON)).toBe(true);
    expect(allowsSync(windows({ ...deny, manualSync: true }, deny), application(), NOON)).toBe(false);
  });

  test('of any shape never throw', () => {
    for (const spec of [undefined, 7, { syncWindows: 'x' }, { syncWindows: [7, null, { kind: 'allow' }] }]) {
      expect(allowsSync(parseSyncWindows({ spec }), application(), NOON)).toBe(true);
    }
  });
});
