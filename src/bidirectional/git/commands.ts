import { GitError } from './errors.ts';
import type { GitAnswer, RunGit } from './program.ts';
import { reasonOf } from './reasons.ts';

/** Git in one folder with one environment. */
export interface Commands {
  /** Runs a command that works on what is here. `doing`: the beginning of the message when it fails. Throws unless it answers 0. */
  local(doing: string, args: readonly string[], signal: AbortSignal, extras?: CommandExtras): Promise<Buffer>;
  /** The same, whatever it answers. */
  tryLocal(args: readonly string[], signal: AbortSignal, extras?: CommandExtras): Promise<GitAnswer>;
  /** Runs a command that talks to the remote, whatever it answers. */
  tryRemote(args: readonly string[], signal: AbortSignal, extras?: CommandExtras): Promise<GitAnswer>;
}

export interface CommandExtras {
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
}

export interface CommandSettings {
  readonly run: RunGit;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly localTimeoutMs: number;
  readonly remoteTimeoutMs: number;
  /** Takes secrets out of what Git says. */
  readonly redact: (text: string) => string;
}

export const createCommands = ({
  run,
  cwd,
  env,
  localTimeoutMs,
  remoteTimeoutMs,
  redact,
}: CommandSettings): Commands => {
  const call = async (
    args: readonly string[],
    timeoutMs: number,
    signal: AbortSignal,
    extras: CommandExtras = {},
  ): Promise<GitAnswer> => {
    const answer = await run(
      {
        args,
        cwd,
        timeoutMs,
        env: extras.env === undefined ? env : { ...env, ...extras.env },
        ...(extras.input === undefined ? {} : { input: extras.input }),
      },
      signal,
    );
    return { ...answer, stderr: redact(answer.stderr) };
  };
  return {
    async local(doing, args, signal, extras) {
      const answer = await call(args, localTimeoutMs, signal, extras);
      if (answer.exitCode !== 0) {
        const { message } = reasonOf(doing, answer.stderr);
        throw new GitError('failed', message);
      }
      return answer.stdout;
    },
    tryLocal: (args, signal, extras) => call(args, localTimeoutMs, signal, extras),
    tryRemote: (args, signal, extras) => call(args, remoteTimeoutMs, signal, extras),
  };
};
