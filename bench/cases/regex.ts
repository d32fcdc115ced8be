import { RE2JS } from 're2js';
import { MAX_APPLICATION_NAME_LENGTH, MAX_REGEX_INSTRUCTIONS } from '../../src/lib/limits.ts';
import { compileRegex, SlowRegexError } from '../../src/targets/regex.ts';
import { type Figure, figure } from '../report/result.ts';
import { median } from '../report/statistics.ts';
import type { Case } from './bench.ts';

const NAMES = 10_000;

/** Catastrophic for matchers that backtrack, wide for those that do not. */
const PATTERNS = [
  '(a+)+b',
  '(a|a)*b',
  '(a*)*b',
  '(a|aa)+b',
  '((a+)+)+b',
  '(.*)*b',
  '(a?){100}a{100}b',
  '.*.*.*.*.*.*b',
  '([a-z0-9-]+)+\\.b',
  '[ab]*a[ab]{50}',
  '[ab]*a[ab]{300}',
  '(?:[ab]{1,50}){20}c',
  'a?a?a?a?a?.*b',
] as const;

/** What is read of a pattern before it is used: the reading of the input refuses programs that are too large. */
const isRefused = (pattern: string): boolean => RE2JS.compile(pattern).programSize() > MAX_REGEX_INSTRUCTIONS;

/** Seconds of processor time until all names are matched, or until that is given up. */
function time(pattern: string, names: readonly string[]): number {
  const started = process.cpuUsage();
  const matches = compileRegex(pattern);
  try {
    for (const name of names) matches(name);
  } catch (error) {
    if (!(error instanceof SlowRegexError)) throw error;
  }
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1_000_000;
}

export const regex: Case = {
  about: `The worst patterns known against ${NAMES.toLocaleString('en-US')} names of ${MAX_APPLICATION_NAME_LENGTH} characters, until they are matched or the expression is refused as too slow; 0: refused as too large before anything is asked. Processor time, because the machine is shared.`,
  run: async ({ runs, tell }) => {
    const figures: Figure[] = [];
    const letters = (seed: number): string => {
      let state = seed + 1;
      return Array.from({ length: MAX_APPLICATION_NAME_LENGTH }, () => {
        state = (state * 48_271) % 2_147_483_647;
        return state % 2 === 0 ? 'a' : 'b';
      }).join('');
    };
    const mixed = Array.from({ length: NAMES }, (_, index) => letters(index));
    const same = Array.from(
      { length: NAMES },
      (_, index) => 'a'.repeat(MAX_APPLICATION_NAME_LENGTH - 5) + String(index).padStart(5, 'a'),
    );
    for (const pattern of PATTERNS) {
      const times = Array.from({ length: runs }, () => {
        if (isRefused(pattern)) return 0;
        return Math.max(time(pattern, mixed), time(pattern, same));
      });
      tell(`${pattern}: ${median(times).toFixed(2)} s`);
      figures.push(figure(`\`${pattern.replaceAll('|', '\\|')}\``, 's', median(times), { bound: 1 }));
    }
    return { figures };
  },
};
