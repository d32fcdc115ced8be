import { describe, expect, test } from '@jest/globals';
import { inOrder } from '../../src/argocd/ref-order.ts';

interface Item {
  readonly namespace: string;
  readonly name: string;
  readonly from: string;
}

const item = (namespace: string, name: string, from = ''): Item => ({ namespace, name, from });
const both = (a: Item, b: Item): Item => ({ ...b, from: `${a.from}${b.from}` });
const ordered = (...items: readonly Item[]) => inOrder(items, (one) => one, both);

describe('references in order', () => {
  test('by namespace, then by name', () => {
    const all = [item('b', 'a'), item('a', 'c'), item('a', 'b'), item('a-b', 'a')];
    expect(ordered(...all).map(({ namespace, name }) => `${namespace}/${name}`)).toEqual([
      'a/b',
      'a/c',
      'a-b/a',
      'b/a',
    ]);
  });

  test.each([
    ['next to each other', [item('a', 'x', '1'), item('a', 'x', '2'), item('a', 'y')]],
    ['apart', [item('a', 'x', '1'), item('a', 'y'), item('a', 'x', '2')]],
  ])('two of the same, %s, become one', (_, all) => {
    expect(ordered(...all)).toEqual([item('a', 'x', '12'), item('a', 'y')]);
  });

  test('what is in order stays the list that it is', () => {
    const all = [item('a', 'x'), item('a', 'y'), item('b', 'a')];
    expect(inOrder(all, (one) => one, both)).toBe(all);
    expect(inOrder([], (one: Item) => one, both)).toEqual([]);
  });
});
