import { describe, expect, test } from '@jest/globals';
import { applyJsonPatch, isJsonPatch, mergePatch } from '../../../sandbox/kubernetes/patch.ts';

describe('merge patch', () => {
  // The examples of RFC 7386.
  test.each([
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b' }, { a: null }, {}],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ])('%j with %j is %j', (target, patch, expected) => {
    expect(mergePatch(target, patch)).toEqual(expected);
  });
});

describe('JSON patch', () => {
  const document = { a: { b: [1, 2, 3] }, 'x/y': 1, 'm~n': 2 };
  test.each([
    [[{ op: 'add', path: '/a/b/1', value: 9 }], { a: { b: [1, 9, 2, 3] } }],
    [[{ op: 'add', path: '/a/b/-', value: 4 }], { a: { b: [1, 2, 3, 4] } }],
    [[{ op: 'replace', path: '/a/b/0', value: 0 }], { a: { b: [0, 2, 3] } }],
    [[{ op: 'remove', path: '/a/b/2' }], { a: { b: [1, 2] } }],
    [[{ op: 'move', from: '/a/b', path: '/c' }], { a: {}, c: [1, 2, 3] }],
    [[{ op: 'copy', from: '/a/b/0', path: '/c' }], { a: { b: [1, 2, 3] }, c: 1 }],
    [
      [
        { op: 'test', path: '/x~1y', value: 1 },
        { op: 'test', path: '/m~0n', value: 2 },
        { op: 'test', path: '/none', value: null },
      ],
      document,
    ],
  ])('%j', (steps, expected) => {
    expect(applyJsonPatch(document, steps)).toMatchObject(expected);
    expect(document).toEqual({ a: { b: [1, 2, 3] }, 'x/y': 1, 'm~n': 2 });
  });

  test.each([
    [{ op: 'test', path: '/a', value: 1 }],
    [{ op: 'remove', path: '/none' }],
    [{ op: 'replace', path: '/none', value: 1 }],
    [{ op: 'add', path: '/none/deeper', value: 1 }],
    [{ op: 'add', path: '/a/b/9', value: 1 }],
    [{ op: 'add', path: '/a/b/x', value: 1 }],
    [{ op: 'move', from: '/none', path: '/c' }],
    [{ op: 'sing', path: '/a' }],
    [{ op: 'remove', path: 'a' }],
  ])('cannot do %j', (step) => {
    expect(applyJsonPatch(document, [step])).toBeUndefined();
  });

  test('is a list of steps', () => {
    expect(isJsonPatch([])).toBe(true);
    expect(isJsonPatch([{ op: 'add' }])).toBe(false);
    expect(isJsonPatch({})).toBe(false);
  });
});
