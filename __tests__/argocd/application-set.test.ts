import { expect, test } from '@jest/globals';
import { isGeneratedBy, listedMembers, troubleOf } from '../../src/argocd/application-set.ts';

const set = (status: unknown) => ({ metadata: { name: 'fleet', namespace: 'argocd' }, status });
const member = (name: string, more: object = {}) => ({ kind: 'Application', namespace: 'argocd', name, ...more });

test.each([
  ['as it is recorded', { resources: [member('north'), member('south')], resourcesCount: 2 }, ['north', 'south']],
  ['without a count, as before it was kept', { resources: [member('north')] }, ['north']],
  ['without a namespace', { resources: [{ kind: 'Application', name: 'north' }] }, ['north']],
  ['cut', { resources: [member('north')], resourcesCount: 5001 }, undefined],
  ['empty', { resources: [], resourcesCount: 0 }, undefined],
  ['of a server that keeps no list', { conditions: [] }, undefined],
  ['with other kinds', { resources: [member('x', { kind: 'AppProject' }), member('north')] }, ['north']],
  ['mistyped', { resources: 'north', resourcesCount: '2' }, undefined],
])('the list of members %s', (_, status, expected) => {
  expect(listedMembers(set(status))).toEqual(expected?.map((name) => ({ namespace: 'argocd', name })));
});

test.each([
  [[{ kind: 'ApplicationSet', apiVersion: 'argoproj.io/v1alpha1', name: 'fleet' }], true],
  [[{ kind: 'ApplicationSet', apiVersion: 'argoproj.io/v1beta1', name: 'fleet' }], true],
  [[{ kind: 'ApplicationSet', apiVersion: 'argoproj.io/v1alpha1', name: 'other' }], false],
  [[{ kind: 'ApplicationSet', apiVersion: 'example.com/v1', name: 'fleet' }], false],
  [[{ kind: 'Application', apiVersion: 'argoproj.io/v1alpha1', name: 'fleet' }], false],
  [undefined, false],
])('the owner %j', (ownerReferences, expected) => {
  expect(isGeneratedBy({ metadata: { name: 'x', ownerReferences } }, 'fleet')).toBe(expected);
});

test('what went wrong is one line', () => {
  const condition = { type: 'ErrorOccurred', status: 'True', message: 'no such\nrepository' };
  expect(troubleOf(set({ conditions: [condition] }))).toBe('no such repository');
  expect(troubleOf(set({ conditions: [{ ...condition, status: 'False' }] }))).toBe('');
});
