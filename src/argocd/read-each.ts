/**
 * What the reads that went well gave: one Application that cannot be read must not hide the others. Throws the first failure when
 * every read failed.
 */
export async function whatCouldBeRead<T>(reads: readonly Promise<T>[]): Promise<readonly T[]> {
  const outcomes = await Promise.allSettled(reads);
  const values = outcomes.filter((outcome) => outcome.status === 'fulfilled').map(({ value }) => value);
  const failure = outcomes.find((outcome) => outcome.status === 'rejected');
  if (values.length === 0 && failure !== undefined) throw failure.reason;
  return values;
}
