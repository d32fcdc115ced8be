import { describe, expect, test } from '@jest/globals';
import { inputs, problems } from './load-with.ts';

describe('sync options', () => {
  test('known ones, in the order given, once each', () => {
    const given =
      'CreateNamespace=true, Validate=false\nPrunePropagationPolicy=orphan\nPrune=confirm\nCreateNamespace=true';
    expect(inputs({ 'sync-options': given }).operation.syncOptions).toEqual([
      'CreateNamespace=true',
      'Validate=false',
      'PrunePropagationPolicy=orphan',
      'Prune=confirm',
    ]);
  });

  test.each([
    ['CreateNamspace=true', 'is no sync option that Argo CD knows | Did you mean CreateNamespace=true?'],
    ['createnamespace=true', 'Did you mean CreateNamespace=true?'],
    ['CreateNamespace', 'has no value | Say CreateNamespace=true or false.'],
    ['CreateNamespace=yes', 'has a value that Argo CD does not know | Say CreateNamespace=true or false'],
    ['CreateNamespace = true', 'Did you mean CreateNamespace=true?'],
    ['PrunePropagationPolicy=delete', 'Say PrunePropagationPolicy=foreground, background or orphan'],
    ['PrunePropagationPolcy=orphn', 'Did you mean PrunePropagationPolicy=orphan?'],
    ['Force=true', 'To force the whole sync, say force: true.'],
    ['Delete=false', "Argo CD reads it from the Application's spec.syncPolicy"],
    ['Banana=true', 'Known ones: ApplyOutOfSyncOnly, '],
    ['constructor=true', 'is no sync option'],
  ])('%p', (option, expected) => {
    expect(problems({ 'sync-options': option })).toEqual([expect.stringContaining(expected)]);
  });

  test('contradictions', () => {
    expect(problems({ 'sync-options': 'Replace=true\nReplace=false' })).toEqual([
      expect.stringContaining('sync-options "Replace=false" contradicts Replace=true'),
    ]);
  });
});

describe('retry', () => {
  test('only what was given', () => {
    expect(inputs({ 'retry-limit': '-1' }).operation.retry).toEqual({ limit: -1 });
    expect(inputs({ 'retry-backoff-duration': '5', 'retry-backoff-max-duration': '1h 30m' }).operation.retry).toEqual({
      backoff: { duration: '5s', maxDuration: '1h30m' },
    });
    expect(inputs({ 'retry-limit': '3', 'retry-backoff-factor': '2' }).operation.retry).toEqual({
      limit: 3,
      backoff: { factor: 2 },
    });
  });

  test.each([
    [{ 'retry-limit': '-2' }, 'is too small'],
    [{ 'retry-limit': 'x' }, 'is not a whole number'],
    [{ 'retry-backoff-factor': '0' }, 'is too small'],
    [{ 'retry-backoff-duration': '5 minutes' }, 'is no duration that Argo CD reads'],
    [{ 'retry-backoff-duration': '1d' }, 'is no duration that Argo CD reads'],
    [
      { 'retry-backoff-duration': '5m', 'retry-backoff-max-duration': '90' },
      'is longer than retry-backoff-max-duration (90s)',
    ],
  ])('%j', (given, expected) => {
    expect(problems(given)).toEqual([expect.stringContaining(expected)]);
  });
});

describe('revisions', () => {
  test('a commit in lower case', () => {
    expect(inputs({ 'expected-revision': 'ABCDEF1' }).operation.expectedRevision).toBe('abcdef1');
    expect(inputs({ revision: 'release/1.0' }).operation.revision).toBe('release/1.0');
  });

  test.each([
    ['abc123', 'is too short to name one commit'],
    ['main', 'is no commit'],
    ['a'.repeat(41), 'is no commit'],
  ])('expected-revision: %p', (value, expected) => {
    expect(problems({ 'expected-revision': value })).toEqual([expect.stringContaining(expected)]);
  });

  test.each(['-x', 'a\nb', 'x'.repeat(251)])('revision: %p', (revision) => {
    expect(problems({ revision })).toEqual([expect.stringContaining('is no revision')]);
  });
});

describe('info', () => {
  test('values may hold anything', () => {
    expect(inputs({ info: 'ticket=OPS-42, b=c\nurl = https://x/?a=b' }).operation.info).toEqual([
      { name: 'ticket', value: 'OPS-42, b=c' },
      { name: 'url', value: 'https://x/?a=b' },
    ]);
  });

  test.each([
    ['ticket', 'is not name=value'],
    ['=x', 'is not name=value'],
    ['x=', 'is not name=value'],
    ['gitopssync/id=1', 'begins with gitopssync/, which this step uses itself'],
    ['a=1\na=2', 'is given more than once'],
  ])('%p', (info, expected) => {
    expect(problems({ info })).toEqual([expect.stringContaining(expected)]);
  });
});

describe('words and switches', () => {
  test.each([
    [
      { command: 'synch' },
      'command "synch" is not one of its values | Did you mean sync? Allowed: sync, wait, terminate or plan.',
    ],
    [{ command: 'Wait' }, 'Did you mean wait?'],
    [{ 'on-running-operation': 'kill' }, 'Say wait, join, terminate or fail.'],
    [{ 'on-sync-window': 'skp' }, 'Did you mean skip?'],
    [{ prune: 'yes' }, 'prune "yes" is not a boolean | Say true or false.'],
    [{ force: '1' }, 'is not a boolean'],
    [{ concurrency: '0' }, 'is too small | Say a whole number from 1 to 100.'],
  ])('%j', (given, expected) => {
    expect(problems(given)).toEqual([expect.stringContaining(expected)]);
  });

  test.each(['true', 'True', 'TRUE'])('%p is true', (prune) => {
    expect(inputs({ prune }).operation.prune).toBe(true);
  });
  test.each(['false', 'False', 'FALSE', ''])('%p is false', (prune) => {
    expect(inputs({ prune }).operation.prune).toBe(false);
  });
});

describe('sources', () => {
  test('positions and names, with or without a revision', () => {
    expect(inputs({ sources: 'values\n 02 = v1.0 \nchart=>=1.2' }).operation.sources).toEqual([
      { key: 'values', revision: '' },
      { key: '2', revision: 'v1.0' },
      { key: 'chart', revision: '>=1.2' },
    ]);
  });

  test.each([
    ['=v1', 'names no source'],
    ['0', 'is no position | Sources are counted from 1.'],
    ['values=', 'has no revision after ='],
    ['1, 2', 'holds more than one source'],
    ['values=-rf', 'is no revision'],
    ['values\nvalues=v1', 'names source values a second time'],
    ['2\n02', 'names source 2 a second time'],
  ])('%j', (sources, expected) => {
    expect(problems({ sources })).toEqual([expect.stringContaining(expected)]);
  });

  test('not together with a revision', () => {
    expect(problems({ sources: '1', revision: 'main' })).toEqual([
      expect.stringContaining('revision "main" is given together with sources'),
    ]);
  });
});

describe('resources', () => {
  test('group, kind, namespace and name', () => {
    const given = 'apps:Deployment:web\n!:Service:shop/web-*\nrbac.authorization.k8s.io:ClusterRole:system:web\n*:*:*';
    const part = { exclude: false, namespace: '' };
    expect(inputs({ resources: given }).operation.resources).toEqual([
      { ...part, text: 'apps:Deployment:web', group: 'apps', kind: 'Deployment', name: 'web' },
      { text: '!:Service:shop/web-*', exclude: true, group: '', kind: 'Service', namespace: 'shop', name: 'web-*' },
      {
        ...part,
        text: 'rbac.authorization.k8s.io:ClusterRole:system:web',
        group: 'rbac.authorization.k8s.io',
        kind: 'ClusterRole',
        name: 'system:web',
      },
      { ...part, text: '*:*:*', group: '*', kind: '*', name: '*' },
    ]);
  });

  test.each([
    ['Deployment/web', 'is not group:kind:name'],
    ['Deployment:web', 'is not group:kind:name'],
    ['apps/v1:Deployment:web', 'has a version | Say the group alone: apps.'],
    ['core:Service:web', 'names the core group | It is empty: say :Service:web.'],
    ['apps::web', 'has no kind'],
    ['apps:Deployment:', 'has no name'],
    ['apps:Deployment:a/b/c', 'cannot name a resource'],
    ['apps:Deployment:web, apps:Deployment:api', 'cannot name a resource'],
  ])('%j', (resources, expected) => {
    expect(problems({ resources })).toEqual([expect.stringContaining(expected)]);
  });
});
