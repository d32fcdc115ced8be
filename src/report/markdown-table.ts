/** A table of cells that are Markdown already and hold no line break. A row is made when it is needed: there may be thousands that do not fit. */
export interface MarkdownTable {
  readonly head: readonly string[];
  readonly rows: readonly (() => readonly string[])[];
}

export interface TableLimits {
  /** Rows in the open; the others are folded. */
  readonly openRows: number;
  /** UTF-8 bytes that all rows may have; the first row is always there. */
  readonly maxBytes: number;
  /** What the fold is called, with the number of rows in it. */
  readonly foldTitle: (rows: number) => string;
}

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const block = (head: readonly string[], rows: readonly string[]): string =>
  [line(head), line(head.map(() => '---')), ...rows].join('\n');

/** The table as GitHub's Markdown; `''` without rows. What does not fit is counted in a last line. */
export const markdownTable = ({ head, rows }: MarkdownTable, limits: TableLimits): string => {
  const fitting: string[] = [];
  let bytes = 0;
  for (const row of rows) {
    const text = line(row());
    bytes += Buffer.byteLength(text) + 1;
    if (bytes > limits.maxBytes && fitting.length > 0) break;
    fitting.push(text);
  }
  if (fitting.length === 0) return '';
  const left = rows.length - fitting.length;
  const open = fitting.slice(0, limits.openRows);
  const folded = fitting.slice(limits.openRows);
  return [
    block(head, open),
    ...(folded.length > 0
      ? [`<details><summary>${limits.foldTitle(folded.length + left)}</summary>`, block(head, folded), '</details>']
      : []),
    ...(left > 0 ? [`… and ${left} more, in the report file (output \`report\`)`] : []),
  ].join('\n\n');
};
