import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface StepOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Where outputs, summary and report go; they are kept. Default: a new folder that is removed at the end. */
  readonly folder?: string;
  /** Told of every line of the log as it comes. */
  readonly onLine?: (line: string) => void;
}

/** What every step of the runner leaves behind. */
export interface BundleResult {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly log: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  /** Gone at the end unless a folder was given. */
  readonly summaryPath: string;
  readonly durationMs: number;
}

export interface RunningBundle<T> {
  readonly process: ChildProcess;
  readonly done: Promise<T>;
  /** Resolves when the log holds the text. */
  logged(text: string): Promise<void>;
}

/**
 * Starts a bundle with these inputs, as the runner would: `INPUT_*`, a file for outputs, one for the summary, nothing else.
 * `read` makes the answer of what it left, while its files are still there.
 */
export function startBundle<T>(
  bundle: string,
  inputs: Readonly<Record<string, string>>,
  options: StepOptions,
  read: (result: BundleResult) => T,
): RunningBundle<T> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'step-'));
  mkdirSync(folder, { recursive: true });
  const files = { outputs: join(folder, 'outputs'), summary: join(folder, 'summary') };
  for (const file of Object.values(files)) writeFileSync(file, '');
  const started = performance.now();
  const child = spawn(process.execPath, [bundle], {
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
  const done = new Promise<T>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode, signal) => {
      try {
        const durationMs = performance.now() - started;
        const outputs = readOutputs(readFileSync(files.outputs, 'utf8'));
        const summary = readFileSync(files.summary, 'utf8');
        const result = read({ exitCode, signal, log, outputs, summary, summaryPath: files.summary, durationMs });
        if (options.folder === undefined) rmSync(folder, { recursive: true, force: true });
        resolve(result);
      } catch (cause) {
        reject(new Error(`the step ended (${exitCode ?? signal}) without its outputs:\n${shown(log)}`, { cause }));
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
        done.then(() => reject(new Error(`the step ended before it said "${text}":\n${shown(log)}`)), reject);
      });
    },
  };
}

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

/** The runner never shows the lines that tell it secrets; neither does this. */
export const shown = (log: string): string =>
  log
    .split('\n')
    .filter((line) => !line.startsWith('::add-mask::'))
    .join('\n');
