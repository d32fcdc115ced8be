/**
 * Reads values out of JSON that somebody else wrote. Nothing here throws: a missing value or one of another type
 * reads as the empty value of the wanted type.
 */

export type JsonRecord = Readonly<Record<string, unknown>>;

const EMPTY: JsonRecord = Object.freeze({});

export const isRecord = (value: unknown): value is JsonRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The object, or an empty one. */
export const record = (value: unknown): JsonRecord => (isRecord(value) ? value : EMPTY);

/** The array, or an empty one. */
export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The string, or `''`. */
export const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** True only for `true`. */
export const flag = (value: unknown): boolean => value === true;

/** The finite number, or undefined. */
export const number = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;

/** One string for each element, `''` for what is none: positions never shift. */
export const texts = (value: unknown): readonly string[] => list(value).map(text);

/** The entries of an object whose values are strings. */
export const textMap = (value: unknown): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(record(value)).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
