import { appendFileSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as core from '@actions/core';
import { oneLine } from '../../lib/printable.ts';
import { defuse } from '../../lib/workflow-command.ts';
import { toAnnotations } from './annotations.ts';
import { EARLY_OUTPUTS, OUTPUT_NAMES, type Outputs, toOutputs } from './outputs.ts';
import { redactReport } from './redact.ts';
import type { SyncReport } from './report.ts';
import { toSummary } from './summary.ts';

export interface ReportWriter {
  /** Sets every output to what holds until there is a report. Before anything else. */
  writeEarly(): void;
  /**
   * Writes report file, outputs, annotations and job summary, and answers the report as it was written: without secrets. Each tolerates
   * that another one fails; then it warns. Never throws. Synchronous, so that it is done before a cancelled step is killed.
   */
  write(report: SyncReport, called: readonly (readonly [input: string, value: string])[]): SyncReport;
}

/** The only place of this action that hands a report to the runner. */
export const createReportWriter = (
  env: Readonly<Record<string, string | undefined>>,
  redact: (text: string) => string,
): ReportWriter => {
  const tolerant = <T>(what: string, write: () => T, otherwise: T): T => {
    try {
      return write();
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      core.warning(defuse(oneLine(redact(`${what} could not be written: ${why}`), 1000)));
      return otherwise;
    }
  };
  const writeOutputs = (outputs: Outputs): void => {
    for (const name of OUTPUT_NAMES)
      tolerant(`The output ${name}`, () => core.setOutput(name, outputs[name]), undefined);
  };
  const writeFile = (report: SyncReport): string => {
    const path = join(mkdtempSync(join(env.RUNNER_TEMP || tmpdir(), 'gitopssync-')), 'report.json');
    writeFileSync(path, `${JSON.stringify(report, undefined, 2)}\n`);
    return path;
  };
  return {
    writeEarly: () => writeOutputs(EARLY_OUTPUTS),
    write(given, called) {
      const report = tolerant('The report without secrets', () => redactReport(given, redact), undefined);
      // Without knowing that it is free of secrets nothing of it is written; the early outputs stand.
      if (report === undefined) {
        return {
          ...given,
          headline: given.result,
          events: [],
          problems: [],
          invalid: [],
          leftAlone: [],
          webhook: null,
        };
      }
      const path = tolerant('The report file', () => writeFile(report), '');
      tolerant('The outputs', () => writeOutputs(toOutputs(report, path)), undefined);
      tolerant(
        'The annotations',
        () => {
          for (const { level, title, message, place } of toAnnotations(report)) {
            if (level === 'error') core.error(defuse(message), { title, ...place });
            else core.warning(defuse(message), { title, ...place });
          }
        },
        undefined,
      );
      const summary = env.GITHUB_STEP_SUMMARY ?? '';
      if (summary !== '') {
        const shown = called.map(([input, value]) => [input, redact(value)] as const);
        tolerant('The job summary', () => appendFileSync(summary, toSummary(report, shown)), undefined);
      }
      return report;
    },
  };
};
