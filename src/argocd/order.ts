/**
 * Whether state `a` is older than state `b` by resource version. Versions of one server that are both plain numbers grow;
 * anything else is opaque and never called older.
 */
export function isOlder(a: string, b: string): boolean {
  if (!/^\d{1,20}$/.test(a) || !/^\d{1,20}$/.test(b)) return false;
  return a.length === b.length ? a < b : a.length < b.length;
}
