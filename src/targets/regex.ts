import { RE2JS } from 're2js';
import { plainRegex } from './plain-regex.ts';

/** Whether a name is matched as a whole. Linear in the name's length, whatever the expression: RE2 does not go back, and what is plain need not. */
export type NameTest = (name: string) => boolean;

/** An expression takes so long for each name that a fleet of them would hold the step up. */
export class SlowRegexError extends Error {
  override readonly name = 'SlowRegexError';
}

/** Processor time for all names together. Usual expressions take a tenth of it for ten thousand of the longest names. */
const BUDGET_MS = 800;
/** Names between two looks at the time. */
const NAMES_A_LOOK = 8;

/** Time this process has worked, in milliseconds: unlike a clock it does not run while others are at work. */
const workedMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/**
 * Compiles RE2 source that is known to be valid; throws `RE2JSSyntaxException` otherwise. The test throws
 * {@link SlowRegexError} once it has taken more than its budget: an expression such as `[ab]*a[ab]{300}` is in hundreds of
 * states at once, so linear and slow all the same. `worked`: milliseconds of processor time.
 */
export const compileRegex = (source: string, worked: () => number = workedMs): NameTest => {
  const plain = plainRegex(source);
  if (plain !== undefined) return (name) => plain.test(name);
  const compiled = RE2JS.compile(source);
  let spentMs = 0;
  let sinceMs = 0;
  let names = 0;
  return (name) => {
    // Only what is spent in here counts, so that time between the calls does not.
    if (names % NAMES_A_LOOK === 0) sinceMs = worked();
    names++;
    const matches = compiled.testExact(name);
    if (names % NAMES_A_LOOK === 0) spentMs += worked() - sinceMs;
    if (spentMs > BUDGET_MS) throw new SlowRegexError(`the expression needs too long for ${names} names`);
    return matches;
  };
};
