/**
 * Durations as people write them in Kubernetes and GitHub: `90s`, `5m`, `1h30m`, `1h 30m`, `1.5s`, `500ms`, `2d`.
 * A bare number has no unit and is refused: is `5` seconds or minutes?
 */

const UNITS = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000, ms: 1 } as const;
type Unit = keyof typeof UNITS;

const PART = /^(\d{1,12}(?:\.\d{1,6})?)(ms|d|h|m|s)\s*/;

/** Milliseconds, or undefined when the text is no duration. Units come largest first, each at most once. */
export const parseDuration = (text: string): number | undefined => {
  let rest = text.trim();
  if (rest === '') return undefined;
  let total = 0;
  let smallest = Number.POSITIVE_INFINITY;
  while (rest !== '') {
    const part = PART.exec(rest);
    if (part === null) return undefined;
    const unit = UNITS[part[2] as Unit];
    if (unit >= smallest) return undefined;
    smallest = unit;
    total += Number(part[1]) * unit;
    rest = rest.slice(part[0].length);
  }
  const milliseconds = Math.round(total);
  return Number.isSafeInteger(milliseconds) ? milliseconds : undefined;
};

/** Exact: `2m10s`, `1h30m`, `1s250ms`, `0s`. `milliseconds` is whole and not negative. {@link parseDuration} reads it back. */
export const formatDuration = (milliseconds: number): string => {
  let rest = Math.max(0, Math.round(milliseconds));
  let text = '';
  for (const unit of ['h', 'm', 's', 'ms'] as const) {
    const count = Math.floor(rest / UNITS[unit]);
    rest -= count * UNITS[unit];
    if (count > 0) text += `${count}${unit}`;
  }
  return text === '' ? '0s' : text;
};

/** For people, to a tenth below ten seconds and to the second above: `0.4s`, `3.2s`, `2m10s`. */
export const formatElapsed = (milliseconds: number): string => {
  const tenths = Math.round(Math.max(0, milliseconds) / 100);
  return tenths < 100 ? `${tenths / 10}s` : formatDuration(Math.round(milliseconds / 1000) * 1000);
};
