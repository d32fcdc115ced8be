import { Buffer } from 'node:buffer';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createLineCutter, LineTooLongError } from '../../src/lib/lines.ts';

function* chunked(bytes: Uint8Array, sizes: readonly number[]): Generator<Uint8Array> {
  let start = 0;
  for (let index = 0; start < bytes.length; index += 1) {
    const size = sizes[index % Math.max(sizes.length, 1)] ?? bytes.length;
    yield bytes.subarray(start, start + size);
    start += size;
  }
}

const read = (text: string, sizes: readonly number[], limit = 1_000_000): readonly string[] => {
  const cutter = createLineCutter(limit);
  return [...[...chunked(Buffer.from(text), sizes)].flatMap((chunk) => cutter.feed(chunk)), ...cutter.end()];
};

describe('lines', () => {
  test('finds the same lines however the bytes are cut, characters of several bytes included', () => {
    const line = fc.string({ unit: fc.constantFrom('a', 'é', '漢', '😀', ' ', '"') });
    fc.assert(
      fc.property(fc.array(line), fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1 }), (lines, sizes) => {
        expect(read(lines.map((text) => `${text}\n`).join(''), sizes)).toEqual(lines);
      }),
    );
  });

  test('knows CRLF, empty lines and a last line without an end', () => {
    expect(read('one\r\n\r\ntwo\n\nthree', [3])).toEqual(['one', '', 'two', '', 'three']);
  });

  test.each([[[100]], [[1]], [[7]]])('refuses a line over the limit, in chunks of %j', (sizes) => {
    expect(read(`${'x'.repeat(10)}\n`, sizes, 10)).toEqual(['x'.repeat(10)]);
    expect(() => read(`${'x'.repeat(11)}\n`, sizes, 10)).toThrow(LineTooLongError);
    expect(() => read('x'.repeat(1000), sizes, 10)).toThrow(LineTooLongError);
  });
});
