import type { Machine } from './machine.ts';
import { type CaseResult, type Figure, isMissed } from './result.ts';

const number = (value: number | undefined): string =>
  value === undefined ? '' : Number.isInteger(value) ? String(value) : value.toFixed(Math.abs(value) < 10 ? 2 : 0);

const shown = (value: number | undefined, unit: Figure['unit']): string =>
  value === undefined ? '' : unit === 'ratio' ? `${number(value)} ×` : `${number(value)} ${unit}`;

const row = (one: Figure): string =>
  `| ${[
    one.what,
    number(one.bundle),
    number(one.floor),
    shown(one.value, one.unit),
    shown(one.bound, one.unit),
    one.bound === undefined ? '' : isMissed(one) ? 'missed' : 'kept',
  ].join(' | ')} |`;

/** All results as a page: a table for each case, and what they were measured on. */
export const toMarkdown = (results: readonly CaseResult[], machine: Machine): string => `# Benchmark

${machine.cpus} CPUs (${machine.model}), ${machine.memoryGiB} GiB, ${machine.system}, Node.js ${machine.node}. Medians of three runs, the step and the floor in
turn; a round during which the host took more than 2 % of the processors' time away is repeated. Times in ms and bytes in MB unless
said otherwise; the machine was shared, so only ratios and counts mean something.

${results
  .map(
    ({ name, about, figures, load, repeated, seconds }) => `## ${name}

${about} Load average ${load[0].toFixed(1)} to ${load[1].toFixed(1)}, rounds repeated: ${repeated}, ${seconds.toFixed(0)} s.

| what | step | floor | figure | bound | |
| --- | --- | --- | --- | --- | --- |
${figures.map(row).join('\n')}
`,
  )
  .join('\n')}`;

/** The last line: what was missed. */
export const verdictLine = (results: readonly CaseResult[]): string => {
  const all = results.flatMap((result) => result.figures.map((one) => ({ result, one })));
  const judged = all.filter(({ one }) => one.bound !== undefined);
  const missed = judged.filter(({ one }) => isMissed(one));
  if (missed.length === 0) return `kept: all ${judged.length} bounds`;
  const names = missed.map(
    ({ result, one }) => `${result.name}: ${one.what} (${shown(one.value, one.unit)} > ${shown(one.bound, one.unit)})`,
  );
  return `missed: ${missed.length} of ${judged.length} bounds: ${names.join('; ')}`;
};
