import { describe, expect, test } from '@jest/globals';
import { lookup } from '../../src/targets/scope.ts';
import { named, targets } from '../factories/targets.ts';

describe('few exact names are read one by one', () => {
  test('in the default namespace', () => {
    const item = { namespace: '', name: 'shop' };
    expect(lookup(targets({ names: [item] }), undefined, 'kubernetes')).toEqual({
      kind: 'direct',
      reads: [{ item, namespace: 'argocd' }],
    });
    expect(lookup(targets({ names: [item] }), undefined, 'argocd')).toEqual({
      kind: 'direct',
      reads: [{ item, namespace: '' }],
    });
  });

  test('in each namespace given, and in their own', () => {
    const how = lookup(targets({ names: named('shop', 'team-c/cart') }), ['team-a', 'team-b'], 'kubernetes');
    expect(how.kind === 'direct' && how.reads.map(({ item, namespace }) => `${namespace}/${item.name}`)).toEqual([
      'team-a/shop',
      'team-b/shop',
      'team-c/cart',
    ]);
  });

  test('whatever filters there are: what is read is whole', () => {
    expect(lookup(targets({ names: named('shop'), cluster: 'x', selector: 'a=b' }), undefined, 'argocd').kind).toBe(
      'direct',
    );
  });

  test.each([
    ['six names', targets({ names: named('a', 'b', 'c', 'd', 'e', 'f') }), undefined],
    ['a glob beside', targets({ names: named('a'), globs: ['b*'] }), undefined],
    ['no name', targets({ regex: 'a' }), undefined],
    ['all namespaces', targets({ names: named('a') }), '*' as const],
    ['three names in two namespaces', targets({ names: named('a', 'b', 'c') }), ['x', 'y']],
  ])('but not for %s', (_, given, namespaces) => {
    expect(lookup(given, namespaces, 'kubernetes').kind).toBe('list');
  });

  test('qualified names need no list over all namespaces', () => {
    expect(lookup(targets({ names: named('team-a/shop') }), '*', 'kubernetes').kind).toBe('direct');
  });
});

describe('everything else is a list', () => {
  test('of names, where names and labels decide; labels go to the server', () => {
    expect(
      lookup(
        targets({ regex: '.*', selector: 'team=a', service: 'cart', environment: 'prod' }),
        undefined,
        'kubernetes',
      ),
    ).toEqual({
      kind: 'list',
      base: {
        namespaces: undefined,
        selector: 'team=a,harness.io/serviceRef=cart,harness.io/envRef=prod',
        projects: [],
      },
      named: undefined,
      detail: 'names',
    });
  });

  test.each(['project', 'cluster', 'destinationNamespace', 'repository'] as const)('with the spec for %s', (filter) => {
    expect(lookup(targets({ regex: '.*', [filter]: 'x' }), '*', 'argocd')).toMatchObject({
      kind: 'list',
      detail: 'spec',
    });
  });

  test('and beside of the namespaces that names and globs spell out', () => {
    const given = targets({ names: named('shop', 'team-b/cart', 'argocd/x'), globs: ['team-a/*', 'team-*/y'] });
    expect(lookup(given, ['argocd'], 'kubernetes')).toMatchObject({
      base: { namespaces: ['argocd'] },
      named: { namespaces: ['team-a', 'team-b'] },
    });
    expect(lookup(given, '*', 'kubernetes')).toMatchObject({ base: { namespaces: '*' }, named: undefined });
  });
});
