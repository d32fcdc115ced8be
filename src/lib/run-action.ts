/** How long the last lines of the log may take on their way out, in milliseconds. */
const LAST_LINES_MS = 1_000;

/**
 * Runs an action as this process. The process ends with `main`, as soon as its log is written: connections that do not close must not
 * hold the job, and tidying up a heap that nobody needs takes time. What nobody caught is told by `fail`: nothing may end a step silently,
 * or green, by accident.
 */
export const runAction = (main: () => Promise<void>, fail: (message: string) => void): void => {
  const onStray = (error: unknown): void => {
    fail(
      `Unexpected error: ${error instanceof Error ? error.message : String(error)}. This is a bug; please report it.`,
    );
    process.exit();
  };
  process.on('uncaughtException', onStray);
  process.on('unhandledRejection', onStray);
  const end = (): void => process.exit();
  main().then(() => {
    // Where the log is a pipe, not every system writes it at once.
    process.stdout.write('', end);
    setTimeout(end, LAST_LINES_MS).unref();
  }, onStray);
};
