import type { VerdictName } from '../argocd/verdict.ts';
import type { Report } from './report.ts';
import { standingOf } from './standing.ts';
import { VERDICT_ORDER, verdictWords } from './verdict-words.ts';

const GREENS = ['#2da44e', '#6fdd8b', '#116329', '#aceebb'];
const REDS = ['#cf222e', '#ff8182', '#82071e', '#ffaba8', '#a40e26'];
const GREY = '#8c959f';
const YELLOW = '#d4a72c';

/** Green what passed, yellow what timed out, grey what was cancelled or skipped, red the rest. */
const colours = (verdicts: readonly VerdictName[]): readonly string[] => {
  const [greens, reds] = [[...GREENS], [...REDS]];
  return verdicts.map((verdict) => {
    if (verdict === 'cancelled' || verdict === 'skipped') return GREY;
    if (verdict === 'timed-out') return YELLOW;
    return (standingOf(verdict) === 'passed' ? greens : reds).shift() ?? GREY;
  });
};

/** Mermaid leaves out what is below 1 %, and a few failures among many would look like none. */
const SMALLEST_SHARE = 0.02;

/**
 * How many Applications have which verdict, as a Mermaid chart; where some of them are too few to be seen, only of those that did
 * not pass. `''` unless there are at least two verdicts to tell apart.
 */
export const verdictPie = (report: Report): string => {
  const all = Map.groupBy(report.applications, ({ verdict }) => verdict);
  const tooFew = [...all.values()].some(({ length }) => length < report.applications.length * SMALLEST_SHARE);
  const counts = new Map(tooFew ? [...all].filter(([verdict]) => standingOf(verdict) !== 'passed') : all);
  const charted = [...counts.values()].reduce((sum, { length }) => sum + length, 0);
  // Mermaid sorts by size and gives out its colours in that order.
  const verdicts = VERDICT_ORDER.filter((verdict) => counts.has(verdict)).toSorted(
    (a, b) => (counts.get(b)?.length ?? 0) - (counts.get(a)?.length ?? 0),
  );
  if (verdicts.length < 2) return '';
  const variables = {
    ...Object.fromEntries(colours(verdicts).map((colour, index) => [`pie${index + 1}`, colour])),
    pieOpacity: '1',
    pieStrokeWidth: '1px',
    pieOuterStrokeWidth: '0px',
  };
  return [
    '```mermaid',
    `%%{init: ${JSON.stringify({ themeVariables: variables })}}%%`,
    'pie showData',
    ...(tooFew ? [`title The ${charted} of ${report.applications.length} that did not pass`] : []),
    ...verdicts.map((verdict) => `"${verdictWords(verdict)}" : ${counts.get(verdict)?.length ?? 0}`),
    '```',
  ].join('\n');
};
