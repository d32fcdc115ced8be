import { Buffer } from 'node:buffer';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { LineTooLongError, linesOf } from '../../src/lib/lines.ts';

async function* chunked(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let start = 0;
  for (let index = 0; start < bytes.length; index += 1) {
    const size = sizes[index % Math.max(sizes.length, 1)] ?? bytes.length;
    yield bytes.subarray(start, start + size);
    start += size;
  }
}

const read = async (text: string, sizes: readonly number[], limit = 1_000_000): Promise<string[]> =>
  Array.fromAsync(linesOf(chunked(Buffer.from(text), sizes), limit));

describe('linesOf', () => {
  test('finds the same lines however the bytes are cut, characters of several bytes included', async () => {
    const line = fc.string({ unit: fc.constantFrom('a', 'é', '漢', '😀', ' ', '"') });
    await fc.assert(
      fc.asyncProperty(
        fc.array(line),
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1 }),
        async (lines, sizes) => {
          expect(await read(lines.map((text) => `${text}\n`).join(''), sizes)).toEqual(lines);
        },
      ),
    );
  });

  test('knows CRLF, empty lines and a last line without an end', async () => {
    expect(await read('one\r\n\r\ntwo\n\nthree', [3])).toEqual(['one', '', 'two', '', 'three']);
  });

  test.each([[[100]], [[1]], [[7]]])('refuses a line over the limit, in chunks of %j', async (sizes) => {
    expect(await read(`${'x'.repeat(10)}\n`, sizes, 10)).toEqual(['x'.repeat(10)]);
    await expect(read(`${'x'.repeat(11)}\n`, sizes, 10)).rejects.toBeInstanceOf(LineTooLongError);
    await expect(read('x'.repeat(1000), sizes, 10)).rejects.toBeInstanceOf(LineTooLongError);
  });
});
