import { appendFileSync, closeSync, mkdtempSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endGroup, error, info, setOutput, startGroup, warning } from '@actions/core';
import { oneLine } from '../lib/printable.ts';
import { defuse } from '../lib/workflow-command.ts';
import { toAnnotations } from './annotations.ts';
import { toFile } from './file.ts';
import { toJUnit } from './junit.ts';
import type { LogWriter } from './log-writer.ts';
import { EARLY_OUTPUTS, fitOutputs, OUTPUT_NAMES, type Outputs, prepareOutput } from './outputs.ts';
import type { ReportRedactor } from './redact-report.ts';
import type { ApplicationReport, Report } from './report.ts';
import { prepareRow, toSummary } from './summary.ts';

/** What of `@actions/core` is used to report, by name: the whole of it would bring an HTTP client into the bundle. */
const actions = { setOutput, error, warning, info, startGroup, endGroup } as const;
export type ActionsCore = typeof actions;

export interface WriterOptions {
  /** The job summary is wanted (input `summary`). */
  readonly summary: boolean;
  /** What the report file is, beside the JSON that is always written (input `report-format`). */
  readonly format: 'json' | 'junit';
  readonly failOnTimeout: boolean;
  /** How the step was called: inputs with their values, never a secret. */
  readonly called: readonly (readonly [input: string, value: string])[];
}

export interface ReportWriter {
  /** Sets every output to what holds until there is a report, so that all exist however the step ends. Before anything else. */
  writeEarly(): void;
  /** Prepares what is written of an Application, as soon as its part of the report is known: then nobody waits for it in the end. */
  prepare(application: ApplicationReport): void;
  /**
   * Writes report file, outputs, annotations and job summary, in this order, and answers the report as it was written:
   * without secrets. Each tolerates that another one fails; then it warns. Never throws. Synchronous, so that it is done
   * before a cancelled step is killed.
   */
  write(report: Report, options: WriterOptions): Report;
}

export interface WriterDependencies {
  readonly core?: ActionsCore;
  /** Of it are read `RUNNER_TEMP` and `GITHUB_STEP_SUMMARY`. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Takes secrets out of a text. */
  readonly redact: (text: string) => string;
  /** Makes the report fit to be shown. */
  readonly redactor: ReportRedactor;
}

/** Lines to the step's log. Whatever they hold, none is a workflow command, and none has a registered secret. */
export const createLogWriter = (redact: (text: string) => string, core: ActionsCore = actions): LogWriter => {
  const safe = (text: string): string => defuse(redact(text).replace(/[\r\n]+/g, ' '));
  return {
    line: (text) => core.info(safe(text)),
    // A thousand writes, one after another, would hold the step up.
    all: (texts) => core.info(texts.map(safe).join('\n')),
    open: (title) => core.startGroup(safe(title)),
    close: () => core.endGroup(),
  };
};

/** A new folder for each step, so that two uses in one job do not overwrite each other. The runner empties its folder after the job. */
const newReportFolder = (env: WriterDependencies['env']): string =>
  mkdtempSync(join(env.RUNNER_TEMP || tmpdir(), 'gitopssync-'));

const WRITE_UNITS = 64 * 1024;

const writePieces = (path: string, pieces: Iterable<string>): void => {
  const file = openSync(path, 'w');
  try {
    let text = '';
    const flush = (): void => {
      const bytes = Buffer.from(text);
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
      text = '';
    };
    for (const piece of pieces) {
      text += piece;
      if (text.length > WRITE_UNITS) flush();
    }
    flush();
  } finally {
    closeSync(file);
  }
};

/** The only place that hands a report to the runner. */
export const createReportWriter = ({ core = actions, env, redact, redactor }: WriterDependencies): ReportWriter => {
  const tolerant = <T>(what: string, write: () => T, otherwise: T): T => {
    try {
      return write();
    } catch (error) {
      const why = typeof error === 'object' && error !== null && 'message' in error ? error.message : error;
      core.warning(defuse(oneLine(redact(`${what} could not be written: ${why}`), 1000)));
      return otherwise;
    }
  };

  const writeOutputs = (outputs: Outputs): void => {
    for (const name of OUTPUT_NAMES) {
      tolerant(`The output ${name}`, () => core.setOutput(name, outputs[name]), undefined);
    }
  };

  const writeFile = (report: Report, { format, failOnTimeout }: WriterOptions): string => {
    const folder = newReportFolder(env);
    const json = join(folder, 'report.json');
    writePieces(json, toFile(report));
    if (format === 'json') return json;
    const junit = join(folder, 'report.xml');
    writeFileSync(junit, toJUnit(report, failOnTimeout));
    return junit;
  };

  const writeAnnotations = (report: Report, failOnTimeout: boolean): void => {
    for (const { level, title, message } of toAnnotations(report, failOnTimeout)) {
      core[level](defuse(message), { title });
    }
  };

  const writeSummary = (report: Report, called: WriterOptions['called']): void => {
    const path = env.GITHUB_STEP_SUMMARY;
    // Outside of a runner there is no summary, which is no reason to warn.
    if (path === undefined || path === '') return;
    const shown = called.map(([input, value]) => [input, redact(value)] as const);
    appendFileSync(path, toSummary(report, { called: shown }));
  };

  return {
    writeEarly: () => writeOutputs(EARLY_OUTPUTS),
    // What fails here fails again when it is written, and is told then.
    prepare: (application) => {
      try {
        const shown = redactor.application(application);
        prepareOutput(shown);
        prepareRow(shown);
      } catch {}
    },
    write(given, options) {
      const report = tolerant('The report without secrets', () => redactor.report(given), undefined);
      // Without knowing that it is free of secrets nothing of it is written; the early outputs stand.
      if (report === undefined) return { ...given, applications: [], problems: [], headline: given.result };
      const path = tolerant('The report file', () => writeFile(report, options), '');
      tolerant(
        'The outputs',
        () => {
          const { outputs, leftOut } = fitOutputs(report, path);
          writeOutputs(outputs);
          if (leftOut !== '')
            core.info(`Outputs leave out what does not fit: ${leftOut}. The report file has everything.`);
        },
        undefined,
      );
      tolerant('The annotations', () => writeAnnotations(report, options.failOnTimeout), undefined);
      if (options.summary) tolerant('The job summary', () => writeSummary(report, options.called), undefined);
      return report;
    },
  };
};
