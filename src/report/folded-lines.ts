import type { LogWriter } from './log-writer.ts';

/**
 * Lines kept back until there is an occasion to write them as one folded group. A later line about the same thing takes the
 * place of the earlier one. All its groups together have a limited number of lines, their own two included.
 */
export interface FoldedLines {
  /**
   * @param line is made when it is written, which most are not
   * @param key what the line is about; undefined: it stands for itself
   */
  add(line: () => string, key?: string): void;
  /** Forgets what waits about this, because something else says more. */
  drop(key: string): void;
  /** Writes what was kept back, when there is anything. */
  flush(title: (count: number) => string): void;
  /** How many lines were never written for want of room. */
  readonly unwritten: number;
}

/**
 * @param limit lines that all groups may have together
 * @param each lines that one of them may have, so that the first one does not use up what later ones need
 */
export const createFoldedLines = (writer: LogWriter, limit: number, each: number): FoldedLines => {
  let waiting = new Map<string, () => string>();
  let room = limit;
  let unwritten = 0;
  let next = 0;
  return {
    add(line, key) {
      next += 1;
      const id = key ?? `\n${next}`;
      waiting.delete(id);
      waiting.set(id, line);
    },
    drop: (key) => void waiting.delete(key),
    flush(title) {
      const lines = [...waiting.values()];
      waiting = new Map();
      // Two lines are the group's own, and one is for the count of what is left out.
      const shown = lines.slice(0, Math.max(0, Math.min(each, room - 3)));
      const left = lines.length - shown.length;
      unwritten += left;
      if (shown.length === 0) return;
      writer.open(title(lines.length));
      writer.all([...shown.map((line) => line()), ...(left > 0 ? [`… and ${left} more`] : [])]);
      writer.close();
      room -= shown.length + 3;
    },
    get unwritten() {
      return unwritten;
    },
  };
};
