import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { OutputName } from '../../src/report/outputs.ts';
import type { ApplicationReport, Report } from '../../src/report/report.ts';

/** The committed bundle, as the runner starts it. */
const BUNDLE = fileURLToPath(new URL('../../dist/sync/index.cjs', import.meta.url));

export interface StepResult {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly log: string;
  readonly outputs: Readonly<Record<OutputName, string>>;
  /** Output `applications`, parsed. */
  readonly applications: readonly ApplicationReport[];
  readonly summary: string;
  /** Gone at the end unless a folder was given. */
  readonly summaryPath: string;
  readonly report: Report;
  /** The report file as it was written. */
  readonly reportText: string;
  readonly durationMs: number;
}

export interface StepOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Where outputs, summary and report go; they are kept. Default: a new folder that is removed at the end. */
  readonly folder?: string;
  /** Told of every line of the log as it comes. */
  readonly onLine?: (line: string) => void;
}

export interface RunningStep {
  readonly process: ChildProcess;
  readonly done: Promise<StepResult>;
  /** Resolves when the log holds the text. */
  logged(text: string): Promise<void>;
}

/** Starts the step with these inputs, as the runner would: `INPUT_*`, a file for outputs, one for the summary, nothing else. */
export function startStep(inputs: Readonly<Record<string, string>>, options: StepOptions = {}): RunningStep {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'step-'));
  mkdirSync(folder, { recursive: true });
  const files = { outputs: join(folder, 'outputs'), summary: join(folder, 'summary') };
  for (const file of Object.values(files)) writeFileSync(file, '');
  const started = performance.now();
  const child = spawn(process.execPath, [BUNDLE], {
    cwd: folder,
    env: {
      PATH: process.env.PATH ?? '',
      HOME: folder,
      RUNNER_TEMP: folder,
      GITHUB_ACTIONS: 'true',
      GITHUB_OUTPUT: files.outputs,
      GITHUB_STEP_SUMMARY: files.summary,
      GITHUB_SERVER_URL: 'https://github.example.com',
      GITHUB_REPOSITORY: 'acme/shop',
      GITHUB_RUN_ID: '4711',
      GITHUB_RUN_ATTEMPT: '1',
      ...Object.fromEntries(
        Object.entries(inputs).map(([name, value]) => [`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`, value]),
      ),
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  let rest = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      log += text;
      if (options.onLine !== undefined) {
        const lines = (rest + text).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) options.onLine(line);
      }
      for (const listener of listeners) listener();
    });
  }
  const done = new Promise<StepResult>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode, signal) => {
      try {
        const durationMs = performance.now() - started;
        const outputs = readOutputs(readFileSync(files.outputs, 'utf8')) as Record<OutputName, string>;
        // The JSON lies beside a report of another format.
        const json = outputs.report.replace(/\.xml$/, '.json');
        const report = json === '' ? undefined : JSON.parse(readFileSync(json, 'utf8'));
        const reportText = outputs.report === '' ? '' : readFileSync(outputs.report, 'utf8');
        const summary = readFileSync(files.summary, 'utf8');
        const applications = JSON.parse(outputs.applications || '[]');
        if (options.folder === undefined) rmSync(folder, { recursive: true, force: true });
        const summaryPath = files.summary;
        resolve({ exitCode, signal, log, outputs, applications, summary, summaryPath, report, reportText, durationMs });
      } catch (cause) {
        reject(new Error(`the step ended (${exitCode ?? signal}) without its outputs:\n${log}`, { cause }));
      }
    });
  });
  return {
    process: child,
    done,
    logged(text) {
      return new Promise((resolve, reject) => {
        const look = (): void => {
          if (!log.includes(text)) return;
          listeners.delete(look);
          resolve();
        };
        listeners.add(look);
        look();
        done.then(() => reject(new Error(`the step ended before it said "${text}":\n${log}`)), reject);
      });
    },
  };
}

export const runStep = (inputs: Readonly<Record<string, string>>, options: StepOptions = {}): Promise<StepResult> =>
  startStep(inputs, options).done;

/** The file commands of the runner: `name<<delimiter`, lines, `delimiter`. A later value replaces an earlier one. */
function readOutputs(text: string): Readonly<Record<string, string>> {
  const outputs: Record<string, string> = {};
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; at++) {
    const match = /^([^<]+)<<(.+)$/.exec(lines[at] ?? '');
    if (match?.[1] === undefined || match[2] === undefined) continue;
    const end = lines.indexOf(match[2], at + 1);
    outputs[match[1]] = lines.slice(at + 1, end).join('\n');
    at = end;
  }
  return outputs;
}
