import { describe, expect, test } from '@jest/globals';
import type { ManagedResource, ResourceResult } from '../../src/argocd/application.ts';
import {
  isAnyLeft,
  isInSync,
  leftOverOf,
  NOTHING_LEFT,
  nameLeft,
  notKept,
  waitsForPruning,
} from '../../src/operation/left-over.ts';
import { application } from '../factories/application.ts';

const skipped = (name: string, message: string, status = 'PruneSkipped'): ResourceResult => ({
  group: '',
  kind: 'ConfigMap',
  namespace: 'shop',
  name,
  status,
  message,
  hookType: '',
  hookPhase: '',
});

const managed = (name: string, status: ManagedResource['status'] = 'OutOfSync', hook = false): ManagedResource => ({
  group: '',
  kind: 'ConfigMap',
  namespace: 'shop',
  name,
  status,
  health: undefined,
  healthMessage: '',
  hook,
  requiresPruning: status === 'OutOfSync',
});

const outOfSync = application({ sync: { status: 'OutOfSync', revisions: [] } });
const left = leftOverOf([
  skipped('kept', 'ignored (no prune)'),
  skipped('old', 'ignored (requires pruning)'),
  skipped('gone', 'pruned', 'Pruned'),
  skipped('there', 'configmap/there configured', 'Synced'),
]);

describe('what a sync left (rule 28)', () => {
  test('is read from the results of its operation', () => {
    expect(left).toEqual({ kept: ['/ConfigMap/shop/kept'], unpruned: ['/ConfigMap/shop/old'] });
    expect([isAnyLeft(left), isAnyLeft(NOTHING_LEFT), isAnyLeft(leftOverOf([]))]).toEqual([true, false, false]);
  });

  test.each([
    ['only what may stay', [managed('kept')], true],
    ['what may stay, and what is Synced', [managed('kept'), managed('there', 'Synced')], true],
    ['a hook beside it', [managed('kept'), managed('job', 'OutOfSync', true)], true],
    ['something else too', [managed('kept'), managed('other')], false],
    ['what should be pruned too', [managed('kept'), managed('old')], false],
    ['nothing, so it is not known why', [], false],
    ['what nobody has told', undefined, false],
  ])('is no obstacle when OutOfSync is %s', (_, resources, expected) => {
    expect(isInSync(outOfSync, left, resources)).toBe(expected);
  });

  test('says nothing of an Application that is Synced, or Unknown', () => {
    expect(isInSync(application(), NOTHING_LEFT, undefined)).toBe(true);
    expect(isInSync(application({ sync: { status: 'Unknown', revisions: [] } }), left, [managed('kept')])).toBe(false);
  });

  test('waits for pruning only when nothing else is OutOfSync', () => {
    expect(waitsForPruning(outOfSync, left, [managed('kept'), managed('old')]).map(({ name }) => name)).toEqual([
      'old',
    ]);
    expect(waitsForPruning(outOfSync, left, [managed('old'), managed('other')])).toEqual([]);
    expect(waitsForPruning(outOfSync, left, undefined)).toEqual([]);
    expect(waitsForPruning(application(), left, [managed('old')])).toEqual([]);
    expect(notKept([managed('kept'), managed('old')], left)).toEqual([managed('old')]);
  });

  test('is named briefly', () => {
    expect(nameLeft(['/ConfigMap/shop/a', 'apps/Deployment/shop/b'])).toBe('ConfigMap/a, Deployment/b');
    expect(nameLeft([1, 2, 3, 4, 5].map((n) => `/ConfigMap/shop/${n}`))).toBe(
      'ConfigMap/1, ConfigMap/2, ConfigMap/3 and 2 more',
    );
  });
});
