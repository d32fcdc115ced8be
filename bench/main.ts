/**
 * Measures the committed bundle beside the floor and judges it by the bounds.
 *
 *     npm run bench [-- CASE …] [--runs N] [--out FOLDER]
 *
 * Writes results.json and results.md (and plots) to the folder, where cases that are not run keep their results; the last line is the
 * verdict; exits with 1 when a bound is missed.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Case } from './cases/bench.ts';
import { forms } from './cases/forms.ts';
import { growth } from './cases/growth.ts';
import { latency } from './cases/latency.ts';
import { regex } from './cases/regex.ts';
import { scale } from './cases/scale.ts';
import { start } from './cases/start.ts';
import { wall } from './cases/wall.ts';
import { buildFloor } from './contenders/floor.ts';
import { load, machine } from './report/machine.ts';
import { toMarkdown, verdictLine } from './report/markdown.ts';
import { type CaseResult, isMissed } from './report/result.ts';
import { startSandboxProcess } from './sandbox/handle.ts';

const CASES: Readonly<Record<string, Case>> = { start, regex, wall, latency, scale, growth, forms };

const { values, positionals } = parseArgs({
  options: { runs: { type: 'string', default: '3' }, out: { type: 'string', default: 'bench/results' } },
  allowPositionals: true,
});
const unknown = positionals.filter((name) => !Object.hasOwn(CASES, name));
const runs = Number(values.runs);
if (unknown.length > 0 || !Number.isInteger(runs) || runs < 1) {
  console.error(
    `There is no case ${unknown.join(', ') || `with ${values.runs} runs`}. Cases: ${Object.keys(CASES).join(', ')}`,
  );
  process.exit(2);
}

const chosen = Object.entries(CASES).filter(([name]) => positionals.length === 0 || positionals.includes(name));
const results: CaseResult[] = [];
const sandbox = startSandboxProcess();
try {
  const floor = await buildFloor();
  for (const [name, { about, run }] of chosen) {
    console.log(`${name}: ${about}`);
    const before = load();
    const started = performance.now();
    let repeated = 0;
    const again = (): void => void repeated++;
    const found = await run({ sandbox, floor, runs, tell: (text) => console.log(`  ${text}`), again });
    const seconds = (performance.now() - started) / 1000;
    results.push({ name, about, ...found, load: [before, load()], repeated, seconds });
  }
} finally {
  await sandbox.stop();
}

const about = machine();
mkdirSync(values.out, { recursive: true });
const put = (file: string, text: string): void => writeFileSync(join(values.out, file), text);
// Cases that were not run keep the results they had.
const order = Object.keys(CASES);
const all = [...earlier(join(values.out, 'results.json')), ...results]
  .filter(({ name }, index, both) => both.findLastIndex((other) => other.name === name) === index)
  .toSorted((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
const page = toMarkdown(all, about);
put('results.md', page);
const plain = all.map(({ files: _, ...result }) => result);
put('results.json', `${JSON.stringify({ machine: about, runs, results: plain }, undefined, 2)}\n`);
for (const { files } of results) for (const [file, text] of Object.entries(files ?? {})) put(file, text);
console.log(`\n${toMarkdown(results, about)}`);
console.log(verdictLine(results));
process.exitCode = results.some(({ figures }) => figures.some(isMissed)) ? 1 : 0;

function earlier(path: string): readonly CaseResult[] {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).results;
  } catch {
    return [];
  }
}
