/**
 * One stream of the values of several, in the order in which they come. Ends when all have ended; throws what the first
 * of them throws. `stop` is called once, at the end, whatever ended it: it must make the streams end. No stream runs more
 * than `ahead` values ahead of the reader.
 */
export async function* mergeStreams<T>(
  streams: readonly AsyncIterable<T>[],
  stop: () => void,
  ahead = 1000,
): AsyncGenerator<T> {
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
