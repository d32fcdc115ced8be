/** Where the log goes. `group` lines fold what follows until it is closed; groups do not nest. */
export interface LogWriter {
  line(text: string): void;
  /** Many lines, in one go. */
  all(texts: readonly string[]): void;
  open(title: string): void;
  close(): void;
}
