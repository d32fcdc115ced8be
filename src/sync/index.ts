import { setFailed } from '@actions/core';
import { boundCompiler } from './bound-compiler.ts';
import { boundMemory } from './bound-memory.ts';
import { main } from './main.ts';

/** A last resort: nothing may end the step silently, or green, by accident. */
const onStray = (error: unknown): void => {
  setFailed(
    `Unexpected error: ${error instanceof Error ? error.message : String(error)}. This is a bug; please report it.`,
  );
  process.exit();
};
process.on('uncaughtException', onStray);
process.on('unhandledRejection', onStray);

boundMemory();
boundCompiler();
main().then(() => {
  // A connection that does not close must not hold the job.
  setTimeout(() => process.exit(), 1_000).unref();
}, onStray);
