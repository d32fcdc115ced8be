import { describe, expect, test } from '@jest/globals';
import { createNaming } from '../../src/report/naming.ts';

describe('the name of an Application', () => {
  test('has its namespace only where another one has the same name', () => {
    const refs = [
      { namespace: 'x', name: 'a' },
      { namespace: 'y', name: 'a' },
      { namespace: 'x', name: 'b' },
    ];
    expect(refs.map(createNaming(refs))).toEqual(['x/a', 'y/a', 'b']);
  });

  test('is plain where no namespace is known', () => {
    const refs = [
      { namespace: '', name: 'a' },
      { namespace: 'y', name: 'a' },
    ];
    expect(refs.map(createNaming(refs))).toEqual(['a', 'y/a']);
  });
});
