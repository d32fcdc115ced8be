import { describe, expect, test } from '@jest/globals';
import { applyJsonPatch, isJsonPatch } from '../../../sandbox/kubernetes/patch.ts';
import { contentOf } from '../../../src/bidirectional/diff/canonical.ts';
import { differences } from '../../../src/bidirectional/diff/field.ts';
import type { PlatformEntity } from '../../../src/bidirectional/plan/situation.ts';
import { parseEntity } from '../../../src/bidirectional/platform/kubernetes.ts';
import { generatedBy, healsItself, trackedBy, writtenAt } from '../../../src/bidirectional/platform/managed.ts';
import { patchOf } from '../../../src/bidirectional/platform/patch.ts';
import type { JsonRecord } from '../../../src/lib/json.ts';

const entity = (metadata: JsonRecord, spec: JsonRecord = {}): PlatformEntity => {
  const parsed = parseEntity('Application', {
    metadata: { name: 'web', namespace: 'argocd', resourceVersion: '7', ...metadata },
    spec,
  });
  if (parsed === undefined) throw new Error('no entity');
  return parsed;
};

describe('a patch', () => {
  const object = {
    metadata: { name: 'web', resourceVersion: '7' },
    spec: { a: { b: 1 }, gone: null },
    status: { x: 1 },
    operation: {},
  };
  const wanted = {
    ...contentOf(object),
    metadata: { labels: { team: 'a/b' }, annotations: {}, finalizers: ['f'] },
    spec: { a: { c: { d: 2 } } },
  };

  test('holds exactly what changes, tests the version, and makes parents', () => {
    const steps = patchOf(object, '7', differences(contentOf(object), wanted), '{}');
    expect(steps).toEqual([
      { op: 'test', path: '/metadata/resourceVersion', value: '7' },
      { op: 'add', path: '/metadata/labels', value: {} },
      { op: 'add', path: '/metadata/labels/team', value: 'a/b' },
      { op: 'add', path: '/metadata/finalizers', value: ['f'] },
      { op: 'remove', path: '/spec/a/b' },
      { op: 'add', path: '/spec/a/c', value: { d: 2 } },
      { op: 'add', path: '/metadata/annotations', value: {} },
      { op: 'add', path: '/metadata/annotations/gitopssync.io~1agreement', value: '{}' },
    ]);
    const patched = isJsonPatch(steps) ? applyJsonPatch(object, steps) : undefined;
    expect(contentOf(patched ?? {})).toEqual(wanted);
    expect(patched).toMatchObject({ status: { x: 1 }, operation: {} });
  });
});

describe('who manages an entity', () => {
  test.each<[string, JsonRecord, string | undefined]>([
    ['nobody', {}, undefined],
    [
      'the tracking annotation',
      { annotations: { 'argocd.argoproj.io/tracking-id': 'parent:argoproj.io/Application:argocd/web' } },
      'argocd/parent',
    ],
    [
      'one in another namespace',
      { annotations: { 'argocd.argoproj.io/tracking-id': 'team_parent:argoproj.io/Application:argocd/web' } },
      'team/parent',
    ],
    [
      'an annotation copied from another object',
      { annotations: { 'argocd.argoproj.io/tracking-id': 'parent:argoproj.io/Application:argocd/other' } },
      undefined,
    ],
    ['the label', { labels: { 'app.kubernetes.io/instance': 'parent' } }, 'argocd/parent'],
    ['a label that names the object itself', { labels: { 'app.kubernetes.io/instance': 'web' } }, undefined],
  ])('%s', (_, metadata, expected) => {
    const by = trackedBy(entity(metadata));
    expect(by === undefined ? undefined : `${by.namespace}/${by.name}`).toBe(expected);
  });

  test.each<[JsonRecord, boolean]>([
    [{}, false],
    [{ syncPolicy: { automated: {} } }, false],
    [{ syncPolicy: { automated: { selfHeal: true } } }, true],
    [{ syncPolicy: { automated: { selfHeal: true, enabled: false } } }, false],
  ])('self-heal by %j: %s', (spec, expected) => expect(healsItself(entity({}, spec))).toBe(expected));

  test('an ApplicationSet by its owner reference', () => {
    expect(generatedBy(entity({ ownerReferences: [{ kind: 'ApplicationSet', name: 'set' }] }))).toBe('set');
    expect(generatedBy(entity({ ownerReferences: [{ kind: 'Other', name: 'x' }] }))).toBe('');
  });
});

test('when a field was written, by managedFields', () => {
  const at = (second: number): string => `2026-01-01T00:00:0${second}Z`;
  const one = entity({
    managedFields: [
      {
        manager: 'kubectl',
        time: at(1),
        fieldsV1: { 'f:spec': { '.': {}, 'f:source': { 'f:path': {} }, 'f:sources': {} } },
      },
      { manager: 'argocd-server', time: at(5), fieldsV1: { 'f:spec': { 'f:source': { 'f:targetRevision': {} } } } },
      { manager: 'argocd-application-controller', time: at(9), fieldsV1: { 'f:status': {} } },
      { manager: 'gitopssync', time: at(8), fieldsV1: { 'f:metadata': {} } },
    ],
  });
  const written = (path: string, removed = false) =>
    writtenAt(one, path.split('.'), removed, 'gitopssync')?.toISOString().slice(18, 19);
  expect(written('spec.source.path')).toBe('1');
  expect(written('spec.source.targetRevision')).toBe('5');
  expect(written('spec.sources')).toBe('1');
  expect(written('spec.source')).toBe('5');
  expect(written('spec.project')).toBeUndefined();
  // What is gone has no owner: the newest write of people bounds it.
  expect(written('spec.project', true)).toBe('5');
});
