import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as core from '@actions/core';
import { systemClock } from '../lib/clock.ts';
import { createRedactor } from '../lib/redact.ts';
import { failureMessage } from '../report/conclude.ts';
import type { Cancelled } from '../report/github/announcer.ts';
import { createLog } from '../report/log.ts';
import { createReportRedactor } from '../report/redact-report.ts';
import type { Report } from '../report/report.ts';
import { colours } from '../report/style.ts';
import { createLogWriter, createReportWriter } from '../report/writer.ts';
import { boundCompiler } from './bound-compiler.ts';
import { connect } from './connect.ts';
import { atGitHub } from './github.ts';
import { loadInputs } from './inputs/load.ts';
import type { Inputs } from './inputs/types.ts';
import { invalidReport } from './invalid.ts';
import { run } from './run.ts';

/** What Applications become when they pass, for the counts in the log. */
const goalOf = ({ command, waiting, operation }: Inputs): string => {
  switch (command) {
    case 'plan':
      return 'planned';
    case 'terminate':
      return 'terminated';
    case 'wait':
      return 'healthy';
    case 'sync':
      if (operation.async) return 'triggered';
      return waiting.waitUntilHealthy ? 'healthy' : 'synced';
  }
};

/** A shorter one would blacken half of the log. */
const SHORTEST_SECRET = 5;

/** Wires the step to the runner: inputs in, one report out, the only place that fails the step. */
export async function main(): Promise<void> {
  const { env } = process;
  const redactor = createRedactor();
  const masked = new Set<string>();
  const registerSecret = (secret: string): void => {
    redactor.register(secret);
    for (const line of [secret, ...secret.split(/\r?\n/)].map((text) => text.trim())) {
      if (line.length < SHORTEST_SECRET || masked.has(line)) continue;
      masked.add(line);
      core.setSecret(line);
    }
  };
  const reports = createReportRedactor(redactor.redact, redactor.known);
  const writer = createReportWriter({ env, redact: redactor.redact, redactor: reports });
  writer.writeEarly();

  const loaded = loadInputs(
    (name) => core.getInput(name),
    env,
    (path) => readFileSync(path, 'utf8'),
  );
  for (const secret of loaded.secrets) registerSecret(secret);
  const failOnTimeout = loaded.kind === 'invalid' || loaded.inputs.waiting.failOnTimeout;
  const log = createLog(createLogWriter(redactor.redact), {
    failOnTimeout,
    goal: loaded.kind === 'ok' ? goalOf(loaded.inputs) : '',
    style: colours,
    redact: redactor.redact,
  });

  const cancelled = cancellation();
  const github =
    loaded.kind === 'invalid'
      ? undefined
      : atGitHub(loaded.inputs, {
          env,
          readFile: (path) => readFileSync(path, 'utf8'),
          runUrl: runUrl(env),
          clock: systemClock,
          log: debugLog(redactor.redact),
        });
  const ended: Report =
    loaded.kind === 'invalid'
      ? invalidReport(loaded.problems, new Date())
      : await run(loaded.inputs, {
          connect: (connection, signal) =>
            connect(
              connection,
              {
                registerSecret,
                log: debugLog(redactor.redact),
                notice: (text) => log.emit({ kind: 'warning', text }),
                // A connection for each sync in flight, and some for what is read meanwhile.
                connections: loaded.inputs.operation.concurrency + 6,
              },
              signal,
            ),
          clock: systemClock,
          emit: (event) => {
            log.emit(event);
            // The start is over, and what follows may run for long.
            if (event.kind === 'selected') boundCompiler();
            if (event.kind === 'phase' && (event.phase === 'sync' || event.phase === 'wait'))
              github?.announcer?.begin();
          },
          reported: writer.prepare,
          newId: randomUUID,
          runUrl: runUrl(env),
          warnings: loaded.warnings,
          revisions: github?.revisions,
          cancelled: cancelled.signal,
        });
  const report = await announced(ended, github?.announcer?.finish(reports.report(ended), cancelled));
  for (const text of report.warnings.slice(ended.warnings.length)) log.emit({ kind: 'warning', text });

  // Closes the last group: annotations must not be folded away.
  log.emit({ kind: 'phase', phase: 'report' });
  const written = writer.write(report, {
    summary: loaded.kind === 'invalid' || loaded.inputs.reporting.summary,
    format: loaded.kind === 'invalid' ? 'json' : loaded.inputs.reporting.format,
    failOnTimeout,
    called: loaded.called,
  });
  log.finish(written);
  const failure = failureMessage(written, failOnTimeout);
  if (failure !== undefined) core.setFailed(redactor.redact(failure));
}

/** Every request, when the workflow runs with debug logging. */
const debugLog = (redact: (text: string) => string): ((line: string) => void) | undefined =>
  core.isDebug() ? (line) => core.debug(redact(line)) : undefined;

/** The page of this run, `''` outside of a runner. */
const runUrl = (env: NodeJS.ProcessEnv): string => {
  const {
    GITHUB_SERVER_URL: server,
    GITHUB_REPOSITORY: repository,
    GITHUB_RUN_ID: id,
    GITHUB_RUN_ATTEMPT: attempt,
  } = env;
  if (server === undefined || repository === undefined || id === undefined) return '';
  return `${server}/${repository}/actions/runs/${id}${attempt === undefined ? '' : `/attempts/${attempt}`}`;
};

/** The report with what could not be told to GitHub: that fails nothing. */
const announced = async (report: Report, telling: Promise<readonly string[]> | undefined): Promise<Report> =>
  telling === undefined ? report : { ...report, warnings: [...report.warnings, ...(await telling)] };

/** A cancelled workflow sends SIGINT, and SIGTERM 7.5 s later. */
const cancellation = (): Cancelled => {
  const controller = new AbortController();
  let atMs = 0;
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      if (controller.signal.aborted) return;
      atMs = systemClock.now();
      controller.abort(name);
    });
  }
  return { signal: controller.signal, sinceMs: () => systemClock.now() - atMs };
};
