import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as core from '@actions/core';
import { createGitHubClient } from '../github/client.ts';
import { readRun } from '../github/event.ts';
import { repositoryAt } from '../github/repository.ts';
import { systemClock } from '../lib/clock.ts';
import { oneLine } from '../lib/printable.ts';
import { createRedactor } from '../lib/redact.ts';
import { colours } from '../report/style.ts';
import { createLogWriter } from '../report/writer.ts';
import { connect } from './connect.ts';
import type { EventSource } from './event/event.ts';
import { readEvent } from './event/read.ts';
import { openRepository } from './git/open.ts';
import { createGitHub } from './github/client.ts';
import { loadInputs } from './inputs/load.ts';
import type { Inputs } from './inputs/types.ts';
import { invalidReport } from './invalid.ts';
import { failuresOf } from './report/conclude.ts';
import { createLog } from './report/log.ts';
import type { SyncReport } from './report/report.ts';
import { createReportWriter } from './report/writer.ts';
import { type RunDeps, run } from './run.ts';

/** A shorter one would blacken half of the log. */
const SHORTEST_SECRET = 5;
/** Writes to the platform at a time, and some for what is read meanwhile. */
const CONNECTIONS = 12;
const FAILURES_NAMED = 3;
const FAILURE_MAX = 600;

/** Wires the action to the runner: inputs in, one report out, the only place that fails the step. */
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
  const writer = createReportWriter(env, redactor.redact);
  writer.writeEarly();
  const loaded = loadInputs((name) => core.getInput(name), env, readText);
  for (const secret of loaded.secrets) registerSecret(secret);
  const log = createLog(createLogWriter(redactor.redact), colours);
  const report =
    loaded.kind === 'invalid'
      ? invalidReport(loaded.problems, new Date())
      : await run(loaded.inputs, depsOf(loaded.inputs, env, registerSecret, redactor.redact, log.emit));
  log.close();
  const written = writer.write(report, loaded.called);
  log.finish(written);
  const failure = failureMessage(written);
  if (failure !== undefined) core.setFailed(redactor.redact(failure));
}

const readText = (path: string): string => readFileSync(path, 'utf8');

const depsOf = (
  inputs: Inputs,
  env: NodeJS.ProcessEnv,
  registerSecret: (secret: string) => void,
  redact: (text: string) => string,
  emit: RunDeps['emit'],
): RunDeps => {
  const debug = core.isDebug() ? (line: string): void => core.debug(redact(line)) : (): void => {};
  const gitHub = readRun(env, readText);
  return {
    connect: (wanted, signal) => connect(wanted, { registerSecret, log: debug, connections: CONNECTIONS }, signal),
    openGit: (signal) =>
      openRepository(
        {
          workspace: env.GITHUB_WORKSPACE ?? '',
          serverUrl: gitHub.serverUrl,
          repository: env.GITHUB_REPOSITORY ?? '',
          token: inputs.githubToken,
          temp: env.RUNNER_TEMP || tmpdir(),
          env,
          registerSecret,
          redact,
          delay: systemClock.delay,
          random: systemClock.random,
        },
        signal,
      ),
    gitHub: (remote) => {
      const repository = repositoryAt(remote, gitHub.serverUrl);
      if (inputs.githubToken === '' || repository === undefined) return undefined;
      const client = createGitHubClient(inputs.githubToken, gitHub.apiUrl, { clock: systemClock, log: debug });
      return createGitHub(client, repository, redact);
    },
    event: readEvent(eventSource(env), inputs.branch),
    repository: env.GITHUB_REPOSITORY ?? '',
    actor: { name: env.GITHUB_ACTOR ?? '', id: env.GITHUB_ACTOR_ID ?? '', serverUrl: gitHub.serverUrl },
    runUrl: runUrl(env),
    redact,
    clock: systemClock,
    emit,
    cancelled: cancellation(),
  };
};

const eventSource = (env: NodeJS.ProcessEnv): EventSource => {
  let payload: unknown;
  try {
    payload = JSON.parse(readText(env.GITHUB_EVENT_PATH ?? ''));
  } catch {
    // What cannot be read says nothing; the variables are enough for most events.
  }
  return { name: env.GITHUB_EVENT_NAME ?? '', ref: env.GITHUB_REF ?? '', sha: env.GITHUB_SHA ?? '', payload };
};

/** The page of this run, which commits name; outside of a runner only that it was none. */
const runUrl = (env: NodeJS.ProcessEnv): string => {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: id } = env;
  if (server === undefined || repository === undefined || id === undefined) return 'outside-of-a-runner';
  const attempt = env.GITHUB_RUN_ATTEMPT;
  return `${server}/${repository}/actions/runs/${id}${attempt === undefined ? '' : `/attempts/${attempt}`}`;
};

/** A cancelled workflow sends SIGINT, and SIGTERM 7.5 s later. */
const cancellation = (): AbortSignal => {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => controller.abort(name));
  return controller.signal;
};

/** The one line that the step fails with; undefined: it does not. */
const failureMessage = (report: SyncReport): string | undefined => {
  if (report.result === 'succeeded') return undefined;
  const failures = failuresOf(report);
  const shown = failures.slice(0, FAILURES_NAMED).join('; ');
  const left = failures.length - FAILURES_NAMED;
  const all = `${report.headline}${shown === '' ? '' : `: ${shown}`}${left > 0 ? ` and ${left} more` : ''}`;
  return oneLine(report.problems.length === 1 && failures.length === 1 ? report.headline : all, FAILURE_MAX);
};
