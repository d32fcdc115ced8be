import type { LogWriter } from '../../src/report/log-writer.ts';

/** Keeps lines as the runner would get them: groups as workflow commands. Checks that groups do not nest. */
export const createRecordingLog = (): LogWriter & { readonly lines: string[] } => {
  const lines: string[] = [];
  let isOpen = false;
  return {
    lines,
    line: (text) => void lines.push(text),
    all: (texts) => void lines.push(...texts),
    open(title) {
      if (isOpen) throw new Error(`group ${title} inside of a group`);
      isOpen = true;
      lines.push(`::group::${title}`);
    },
    close() {
      if (!isOpen) throw new Error('no group to close');
      isOpen = false;
      lines.push('::endgroup::');
    },
  };
};
