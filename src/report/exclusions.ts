import { oneLine } from '../lib/printable.ts';
import { LOG_MESSAGE_MAX } from './limits.ts';
import type { Naming } from './naming.ts';
import type { Exclusion } from './report.ts';

/** Excluded Applications that share one reason, in the order in which they came. */
export interface ExclusionGroup {
  readonly reason: string;
  readonly names: readonly string[];
}

/** One group for each reason, as there may be thousands of Applications and few reasons. */
export const byReason = (excluded: readonly Exclusion[], name: Naming): readonly ExclusionGroup[] => {
  const groups = new Map<string, string[]>();
  for (const { ref, reason } of excluded) {
    const key = oneLine(reason, LOG_MESSAGE_MAX);
    const names = groups.get(key);
    if (names === undefined) groups.set(key, [oneLine(name(ref), LOG_MESSAGE_MAX)]);
    else names.push(oneLine(name(ref), LOG_MESSAGE_MAX));
  }
  return [...groups].map(([reason, names]) => ({ reason, names }));
};

/** Names in lines of at most about `max` UTF-16 units, separated by commas. */
export const wrapped = (names: readonly string[], max: number): readonly string[] => {
  const lines: string[] = [];
  let line = '';
  for (const name of names) {
    if (line !== '' && line.length + name.length + 2 > max) {
      lines.push(`${line},`);
      line = '';
    }
    line = line === '' ? name : `${line}, ${name}`;
  }
  return line === '' ? lines : [...lines, line];
};
