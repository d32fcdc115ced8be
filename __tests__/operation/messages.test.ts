import { describe, expect, test } from '@jest/globals';
import { explainHeld, isHeld } from '../../src/operation/messages.ts';

describe('an operation that waits for something in the cluster', () => {
  test.each([
    [
      'waiting for completion of hook batch/Job/migrate',
      'look at Job/migrate and its log; while this hook does not end, neither does the operation (`command: terminate` ends both)',
    ],
    [
      'waiting for completion of hook batch/Job/migrate and 2 more hooks',
      'look at Job/migrate and its log; while this hook does not end, neither does the operation (`command: terminate` ends both)',
    ],
    [
      'waiting for healthy state of apps/Deployment/shop and 1 more resources',
      'look at Deployment/shop; the operation goes on when it is Healthy',
    ],
    ['waiting for deletion of hook batch/Job/migrate', 'look at Job/migrate; the operation goes on when it is gone'],
    [
      'waiting for healthy state of /Namespace/shop',
      'look at Namespace/shop; the operation goes on when it is Healthy',
    ],
  ])('%s', (message, expected) => {
    expect(isHeld(message)).toBe(true);
    expect(explainHeld(message)).toBe(expected);
  });

  test.each(['', 'one or more objects failed to apply', 'waiting for pruning confirmation of /ConfigMap/old'])(
    'not: %s',
    (message) => {
      expect(isHeld(message)).toBe(false);
      expect(explainHeld(message)).toBe('');
    },
  );
});
