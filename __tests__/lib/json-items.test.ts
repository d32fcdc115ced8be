import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createItemReader } from '../../src/lib/json-items.ts';

/** Reads the text in chunks of this many bytes; each item becomes a pair with its value. */
const read = (text: string, chunk: number, wholeMost = 0): unknown => {
  const bytes = Buffer.from(text);
  const reading = {
    bytes: (item: Buffer) => ['read', JSON.parse(item.toString('utf8'))],
    value: (item: unknown) => ['read', item],
  };
  const reader = createItemReader('items', reading, wholeMost);
  for (let at = 0; at < bytes.length; at += chunk) reader.feed(bytes.subarray(at, at + chunk));
  return reader.end();
};

describe('items of a JSON list', () => {
  test.each([1, 3, 1000])('are read one by one, whatever the chunks (%i bytes)', (chunk) => {
    const text =
      '{"kind": "List", "metadata": {"items": [1], "a": "]"},\n"items": [ {"a": "ä]"}, 12 ,"x", null],"more": true }\n';
    expect(read(text, chunk)).toEqual({
      kind: 'List',
      metadata: { items: [1], a: ']' },
      items: [{ a: 'ä]' }, 12, 'x', null].map((item) => ['read', item]),
      more: true,
    });
  });

  test.each(['{"items":[]}', '{"items":null,"a":1}', '{"a":1}', '[1,2]', '"items"', '7', 'null', '{}'])(
    'a list without any, and what is no list: %s',
    (text) => {
      for (const chunk of [1, 1000]) expect(read(text, chunk)).toEqual(JSON.parse(text));
    },
  );

  test.each([
    '',
    '{',
    '{"items":[',
    '{"items":[1,',
    '{"items":[{"a":1}',
    '{"items":[1]',
    '{"items":[1 2]}',
    '{"items":[x]}',
    'x',
  ])('what is no JSON is refused: %s', (text) => {
    for (const chunk of [1, 1000]) expect(() => read(text, chunk)).toThrow(SyntaxError);
  });

  test('a large answer without items is read as a whole', () => {
    const value = { a: Array.from({ length: 100_000 }, (_, index) => index), items: [1, 2] };
    expect(read(JSON.stringify(value), 64 * 1024)).toEqual({
      ...value,
      items: [
        ['read', 1],
        ['read', 2],
      ],
    });
  });

  test('does the same as parsing everything at once', () => {
    fc.assert(
      fc.property(
        fc.array(fc.jsonValue()),
        fc.jsonValue(),
        fc.integer({ min: 1, max: 40 }),
        fc.nat({ max: 200 }),
        (items, other, chunk, most) => {
          const text = JSON.stringify({ before: other, items, after: other });
          const { before, after } = JSON.parse(text);
          expect(read(text, chunk, most)).toEqual({
            before,
            items: JSON.parse(JSON.stringify(items)).map((item: unknown) => ['read', item]),
            after,
          });
        },
      ),
    );
  });
});
