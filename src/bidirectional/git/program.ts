import { AsyncLocalStorage } from 'node:async_hooks';
import type { ChildProcess } from 'node:child_process';
import { subscribe } from 'node:diagnostics_channel';
import { exec } from '@actions/exec';
import { GitError } from './errors.ts';

export interface GitCall {
  readonly args: readonly string[];
  /** Where it runs. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly input?: string | Uint8Array;
  /** Milliseconds after which it is ended. */
  readonly timeoutMs: number;
}

export interface GitAnswer {
  readonly exitCode: number;
  readonly stdout: Buffer;
  /** The end of it, where the reasons are. */
  readonly stderr: string;
}

/** Runs the program once. Whatever its exit code says is an answer; it throws `no-git`, `timeout`, `aborted` and `failed` (too much output). */
export type RunGit = (call: GitCall, signal: AbortSignal) => Promise<GitAnswer>;

/** Bytes of output that are taken. */
const MAX_OUTPUT = 256 * 1024 * 1024;
const MAX_STDERR = 64 * 1024;
/** How long a program that was asked to end may take, in milliseconds. */
const GRACE_MS = 2_000;
/** How long helpers of an ended program may hold its output, in milliseconds. */
const CLOSE_MS = 500;

/** Who started the child process that is just being made. */
const starting = new AsyncLocalStorage<(child: ChildProcess) => void>();
let listening = false;

/** `@actions/exec` does not hand out its child process, and that is needed to end it: Node.js tells of every new one. */
const listen = (): void => {
  if (listening) return;
  listening = true;
  subscribe('child_process', (message) => {
    const told = starting.getStore();
    if (told !== undefined) told((message as { readonly process: ChildProcess }).process);
  });
};

export const runGit: RunGit = async (call, signal) => {
  if (signal.aborted) throw stopped();
  listen();
  const stdout: Buffer[] = [];
  let length = 0;
  let stderr = '';
  let child: ChildProcess | undefined;
  let end: GitError | undefined;
  let killer: NodeJS.Timeout | undefined;

  const stop = (reason: GitError): void => {
    if (end !== undefined) return;
    end = reason;
    child?.kill('SIGTERM');
    killer = setTimeout(() => child?.kill('SIGKILL'), GRACE_MS);
  };
  const onAbort = (): void => stop(stopped());
  signal.addEventListener('abort', onAbort, { once: true });
  const timer = setTimeout(
    () => stop(new GitError('timeout', `git ${verbOf(call.args)} did not end within ${call.timeoutMs / 1000} s`)),
    call.timeoutMs,
  );
  const onChild = (started: ChildProcess): void => {
    child = started;
    // Not before the process exists, which is right after this.
    queueMicrotask(() => {
      // A program that ends without reading its input is its own answer.
      started.stdin?.on('error', () => undefined);
      if (end !== undefined) started.kill('SIGTERM');
    });
  };

  try {
    const exitCode = await starting.run(onChild, () =>
      exec('git', [...call.args], {
        cwd: call.cwd,
        env: { ...call.env },
        silent: true,
        ignoreReturnCode: true,
        delay: CLOSE_MS,
        // Always given: without it the program could wait for input for ever.
        input: Buffer.from(call.input ?? ''),
        listeners: {
          stdout: (data) => {
            length += data.length;
            if (length <= MAX_OUTPUT) stdout.push(data);
            else stop(new GitError('failed', `git ${verbOf(call.args)} answered more than ${MAX_OUTPUT} bytes`));
          },
          stderr: (data) => {
            stderr = (stderr + data.toString('utf8')).slice(-MAX_STDERR);
          },
        },
      }),
    );
    if (end !== undefined) throw end;
    // Ended by a signal that was not ours: no exit code.
    return { exitCode: exitCode ?? 128, stdout: Buffer.concat(stdout), stderr };
  } catch (cause) {
    if (end !== undefined) throw end;
    if (cause instanceof Error && /Unable to locate executable file/.test(cause.message)) {
      throw new GitError('no-git', 'the program git was not found', { hint: 'Install Git on the runner.', cause });
    }
    throw new GitError('failed', `git ${verbOf(call.args)} could not be run`, { cause });
  } finally {
    clearTimeout(timer);
    clearTimeout(killer);
    signal.removeEventListener('abort', onAbort);
  }
};

const stopped = (): GitError => new GitError('aborted', 'stopped');

const verbOf = (args: readonly string[]): string => args[args[0] === '-c' ? 2 : 0] ?? '';
