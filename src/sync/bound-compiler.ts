import v8 from 'node:v8';

/** Calls after which V8 compiles a function once more with its slowest compiler; its own number is a tenth of it. */
const CALLS = 30_000;

/**
 * Keeps V8 from compiling with its slowest compiler what runs for seconds: that takes a processor more time than the code then saves,
 * on runners that have two. Its faster compilers are as they were.
 *
 * To be called when Node's own modules have been loaded: they come with what V8 has made of them before, which it takes only as long as
 * no flag has been changed. Without it they take twice as long.
 */
export const boundCompiler = (): void => v8.setFlagsFromString(`--invocation-count-for-turbofan=${CALLS}`);
