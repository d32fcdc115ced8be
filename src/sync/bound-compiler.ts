import v8 from 'node:v8';

/** Calls after which V8 compiles a function once more with its optimizing compilers; its own numbers are 400 and 3000. */
const CALLS = { maglev: 10_000, turbofan: 30_000 };

/**
 * Keeps V8 from optimizing what runs for seconds: that takes a processor more time than the code then saves, on runners that have two,
 * and it takes it from whatever else runs there. What runs for long is optimized in the end.
 *
 * To be called when Node's own modules have been loaded: they come with what V8 has made of them before, which it takes only as long as
 * no flag has been changed. Without it they take twice as long.
 */
export const boundCompiler = (): void => {
  v8.setFlagsFromString(`--invocation-count-for-maglev=${CALLS.maglev}`);
  v8.setFlagsFromString(`--invocation-count-for-turbofan=${CALLS.turbofan}`);
};
