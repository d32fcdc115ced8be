import type { ActionMetadata, Entry } from './action-metadata.ts';

const MARKERS = { inputs: 'inputs', outputs: 'outputs' } as const;

const cell = (text: string): string => text.replaceAll('|', '\\|').replace(/\s+/g, ' ').trim();

/** `… Default: \`10m\`.` as description and default. What has no default says so in its description. */
const split = ({ description, default: fixed }: Entry): { readonly text: string; readonly fallback: string } => {
  if (fixed !== '') return { text: description, fallback: `\`${fixed}\`` };
  const match = /^([\s\S]*?)\s*Default(?: and ceiling)?: ((?:(?!Default)[\s\S])+)\.$/.exec(description);
  return { text: match?.[1] ?? description, fallback: match?.[2] ?? '' };
};

const inputTable = (inputs: readonly Entry[]): string => {
  const lines: string[] = [];
  const head = ['| input | meaning | default |', '| --- | --- | --- |'];
  for (const [index, entry] of inputs.entries()) {
    if (entry.group !== '') lines.push(...(index > 0 ? [''] : []), `**${cell(entry.group).replace(/\.$/, '')}**`, '');
    if (index === 0 || entry.group !== '') lines.push(...head);
    const { text, fallback } = split(entry);
    lines.push(`| \`${entry.name}\` | ${cell(text)} | ${cell(fallback)} |`);
  }
  return lines.join('\n');
};

const outputTable = (outputs: readonly Entry[]): string =>
  [
    '| output | value |',
    '| --- | --- |',
    ...outputs.map((entry) => `| \`${entry.name}\` | ${cell(entry.description)} |`),
  ].join('\n');

/** A page with its tables as action.yml has them, between `<!-- inputs:start -->` and `<!-- inputs:end -->` and likewise for outputs. Throws an Error when markers are missing. */
export const withTables = (readme: string, action: ActionMetadata, page = 'README.md'): string =>
  replaceBetween(
    replaceBetween(readme, MARKERS.inputs, inputTable(action.inputs), page),
    MARKERS.outputs,
    outputTable(action.outputs),
    page,
  );

const replaceBetween = (text: string, marker: string, content: string, page: string): string => {
  const [start, end] = [`<!-- ${marker}:start -->`, `<!-- ${marker}:end -->`];
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${page} lacks ${start} and ${end}`);
  return `${text.slice(0, from + start.length)}\n\n${content}\n\n${text.slice(to)}`;
};
