import { oneLine } from '../../lib/printable.ts';
import type { LogWriter } from '../../report/log-writer.ts';
import type { Style } from '../../report/style.ts';
import { entityName } from '../entity.ts';
import { refOf, type SyncEventRecord, type SyncReport } from './report.ts';

/** What happens during a run, as it happens. */
export type RunLine =
  | { readonly kind: 'phase'; readonly title: string }
  | { readonly kind: 'line' | 'warning'; readonly text: string }
  | { readonly kind: 'event'; readonly event: SyncEventRecord };

export type EmitLine = (line: RunLine) => void;

export interface Log {
  readonly emit: EmitLine;
  /** Ends the last group: annotations must not be folded away. */
  close(): void;
  /** The end of the log: what was refused, what was left alone, and the headline. */
  finish(report: SyncReport): void;
}

const MAX_LINE = 400;
const MAX_LINES = 1000;
const ARROWS: Readonly<Record<SyncEventRecord['direction'], string>> = {
  'to-platform': 'Git → platform',
  'to-git': 'platform → Git',
  none: 'kept apart',
};

/** Renders the run for people who read the step's log. Groups for the phases; a line for each event, up to a bound. */
export const createLog = (writer: LogWriter, style: Style): Log => {
  let open = false;
  let lines = 0;
  const line = (text: string): void => {
    lines += 1;
    if (lines <= MAX_LINES) writer.line(oneLine(text, MAX_LINE));
    if (lines === MAX_LINES) writer.line('… more is in the report');
  };
  const close = (): void => {
    if (open) writer.close();
    open = false;
  };
  return {
    emit(item) {
      switch (item.kind) {
        case 'phase':
          close();
          writer.open(item.title);
          open = true;
          return;
        case 'line':
          return line(style.mute(oneLine(item.text, MAX_LINE)));
        case 'warning':
          return line(`warning: ${item.text}`);
        case 'event':
          return line(eventLine(item.event));
      }
    },
    close,
    finish(report) {
      close();
      const reasons = Map.groupBy(report.leftAlone, ({ reason }) => reason);
      for (const [reason, all] of [...reasons].slice(0, 20)) {
        const names = all.slice(0, 5).map(({ entity }) => entity);
        const more = all.length > names.length ? ` and ${all.length - names.length} more` : '';
        writer.line(style.mute(oneLine(`left alone: ${names.join(', ')}${more}: ${reason}`, MAX_LINE)));
      }
      for (const { path, position, title, message } of report.invalid.slice(0, 50)) {
        writer.line(oneLine(`${title}: ${path}:${position.line}:${position.column} ${message}`, MAX_LINE));
      }
      for (const { title, message, hint, causes } of report.problems) {
        writer.line(oneLine(`${title}: ${message}${hint === '' ? '' : `. ${hint}`}`, MAX_LINE));
        for (const cause of causes) writer.line(style.mute(oneLine(`  ${cause}`, MAX_LINE)));
      }
      writer.line(style.highlight(oneLine(report.headline, MAX_LINE)));
    },
  };
};

const eventLine = (event: SyncEventRecord): string => {
  const { status, direction, message, hint, commit } = event;
  const at = commit === '' ? '' : ` [${commit.slice(0, 7)}]`;
  const advice = hint === '' || status === 'SUCCESS' ? '' : `. ${hint}`;
  return `${status.padEnd(8)} ${ARROWS[direction]}  ${entityName(refOf(event))}: ${message}${at}${advice}`;
};
