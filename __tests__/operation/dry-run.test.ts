import { expect, test } from '@jest/globals';
import type { ResourceResult } from '../../src/argocd/application.ts';
import { describeDryRun } from '../../src/operation/dry-run.ts';

const result = (name: string, message: string, status = 'Synced'): ResourceResult => ({
  group: '',
  kind: 'ConfigMap',
  namespace: 'shop',
  name,
  status,
  message,
  hookType: '',
  hookPhase: '',
});

test("kubectl's words and Argo CD's statuses", () => {
  const { lines, summary } = describeDryRun([
    result('created', 'configmap/created created (dry run)'),
    result('configured', 'configmap/configured configured (dry run)'),
    result('applied', 'configmap/applied serverside-applied (server dry run)'),
    result('replaced', 'configmap/replaced replaced (dry run)'),
    result('same', 'configmap/same unchanged (dry run)'),
    result('old', 'pruned (dry run)', 'Pruned'),
    result('kept', 'ignored (requires pruning)', 'PruneSkipped'),
    result('bad', 'admission webhook denied it', 'SyncFailed'),
    result('mute', ''),
  ]);
  expect(lines).toEqual([
    'would be created: ConfigMap shop/created',
    'would be configured: ConfigMap shop/configured',
    'would be configured: ConfigMap shop/applied',
    'would be replaced: ConfigMap shop/replaced',
    'would be pruned: ConfigMap shop/old',
    'is no longer in Git, and would be kept: ConfigMap shop/kept',
    'admission webhook denied it: ConfigMap shop/bad',
    'nothing is said: ConfigMap shop/mute',
  ]);
  expect(summary).toBe('1 to create, 2 to configure, 1 to replace, 1 to prune, 1 no longer in Git, 1 unchanged');
});

test('a resource may be called like an action', () => {
  expect(describeDryRun([result('unchanged', 'configmap/unchanged configured (dry run)')]).lines).toEqual([
    'would be configured: ConfigMap shop/unchanged',
  ]);
});

test('long lists are cut; the report has all', () => {
  const many = Array.from({ length: 40 }, (_, index) => result(`c-${index}`, 'configmap/x configured (dry run)'));
  const { lines, summary } = describeDryRun(many);
  expect(lines).toHaveLength(16);
  expect(lines.at(-1)).toBe('and 25 more; the report has all');
  expect(summary).toBe('40 to configure');
});

test('nothing at all', () => {
  expect(describeDryRun([])).toEqual({ lines: [], summary: '' });
});
