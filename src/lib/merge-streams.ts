/**
 * One stream of the values of several, in the order in which they come. Ends when all have ended; throws what the first
 * of them throws. `stop` is called once, at the end, whatever ended it: it must make the streams end. No stream runs more
 * than `ahead` values ahead of the reader.
 */
export function mergeStreams<T>(
  streams: readonly AsyncIterable<T>[],
  stop: () => void,
  ahead = 1000,
): AsyncIterable<T> {
  const [only, ...others] = streams;
  return only !== undefined && others.length === 0 ? alone(only, stop) : together(streams, stop, ahead);
}

/** A stream by itself needs nothing between it and its reader but the stop behind it. */
const alone = <T>(stream: AsyncIterable<T>, stop: () => void): AsyncIterable<T> => ({
  [Symbol.asyncIterator]() {
    const iterator = stream[Symbol.asyncIterator]();
    let stopped = false;
    const end = (): void => {
      if (!stopped) stop();
      stopped = true;
    };
    return {
      next: () =>
        iterator.next().then(
          (result) => {
            if (result.done === true) end();
            return result;
          },
          (error: unknown) => {
            end();
            throw error;
          },
        ),
      return: async (value?: unknown) => {
        end();
        await iterator.return?.(value);
        return { done: true, value: undefined };
      },
    };
  },
});

async function* together<T>(streams: readonly AsyncIterable<T>[], stop: () => void, ahead: number): AsyncGenerator<T> {
  const waiting: T[] = [];
  let running = streams.length;
  let failure: { readonly error: unknown } | undefined;
  let stopped = false;
  let arrived = Promise.withResolvers<void>();
  let drained = Promise.withResolvers<void>();

  const pump = async (stream: AsyncIterable<T>): Promise<void> => {
    try {
      for await (const value of stream) {
        if (stopped) return;
        waiting.push(value);
        arrived.resolve();
        while (waiting.length >= ahead && !stopped) await drained.promise;
      }
    } catch (error) {
      failure ??= { error };
    } finally {
      running -= 1;
      arrived.resolve();
    }
  };

  const pumps = streams.map(pump);
  try {
    while (running > 0 || waiting.length > 0) {
      if (failure !== undefined && waiting.length === 0) break;
      if (waiting.length === 0) {
        await arrived.promise;
        arrived = Promise.withResolvers();
        continue;
      }
      const batch = waiting.splice(0);
      drained.resolve();
      drained = Promise.withResolvers();
      yield* batch;
    }
    if (failure !== undefined) throw failure.error;
  } finally {
    stopped = true;
    drained.resolve();
    stop();
    await Promise.all(pumps);
  }
}
