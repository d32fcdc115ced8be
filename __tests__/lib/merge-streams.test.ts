import { describe, expect, test } from '@jest/globals';
import { mergeStreams } from '../../src/lib/merge-streams.ts';

async function* of<T>(...values: readonly T[]): AsyncGenerator<T> {
  for (const value of values) {
    await Promise.resolve();
    yield value;
  }
}

describe('mergeStreams', () => {
  test('tells all values of all streams, each in its order, and stops once', async () => {
    let stops = 0;
    const all = await Array.fromAsync(mergeStreams([of('a1', 'a2', 'a3'), of('b1'), of<string>()], () => (stops += 1)));
    expect(all.toSorted()).toEqual(['a1', 'a2', 'a3', 'b1']);
    expect(all.filter((value) => value.startsWith('a'))).toEqual(['a1', 'a2', 'a3']);
    expect(stops).toBe(1);
  });

  test('throws what a stream throws, after what came before it', async () => {
    async function* failing(): AsyncGenerator<string> {
      yield 'before';
      throw new Error('broken');
    }
    const stop = new AbortController();
    async function* endless(): AsyncGenerator<string> {
      await new Promise((resolve) => stop.signal.addEventListener('abort', resolve));
      yield 'never told';
    }
    const seen: string[] = [];
    await expect(
      (async () => {
        for await (const value of mergeStreams([failing(), endless()], () => stop.abort())) seen.push(value);
      })(),
    ).rejects.toThrow('broken');
    expect(seen).toEqual(['before']);
  });

  test('a reader that leaves ends the streams', async () => {
    const stop = new AbortController();
    let ended = false;
    async function* ticking(): AsyncGenerator<number> {
      try {
        for (let tick = 0; !stop.signal.aborted; tick += 1) {
          await Promise.resolve();
          yield tick;
        }
      } finally {
        ended = true;
      }
    }
    for await (const tick of mergeStreams([ticking()], () => stop.abort(), 3)) if (tick >= 10) break;
    expect(ended).toBe(true);
  });

  test.each([0, 1])('what throws is thrown, and stops once, beside %i others', async (others) => {
    let stops = 0;
    async function* failing(): AsyncGenerator<string> {
      yield 'before';
      throw new Error('broken');
    }
    const streams = [failing(), ...Array.from({ length: others }, () => of('other'))];
    await expect(Array.fromAsync(mergeStreams(streams, () => (stops += 1)))).rejects.toThrow('broken');
    expect(stops).toBe(1);
  });

  test('does not run further ahead of a slow reader than allowed', async () => {
    let made = 0;
    async function* counting(): AsyncGenerator<number> {
      while (made < 100) yield made++;
    }
    async function* silent(): AsyncGenerator<number> {}
    const reader = mergeStreams([counting(), silent()], () => {}, 5)[Symbol.asyncIterator]();
    await reader.next();
    for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
    expect(made).toBeLessThan(12);
    await reader.return?.(undefined);
  });
});
