import { type ChildProcess, fork } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Failure, replay } from './batch.ts';
import type { Violation } from './invariants.ts';
import type { Story } from './story.ts';
import { add, describeTotals, NOTHING, type Totals } from './totals.ts';
import { trace } from './trace.ts';
import type { FromWorker } from './worker.ts';

/**
 * `npm run fuzz`: plays random stories against the sandbox and checks what must always hold. `FUZZ_RUNS` (default 1000) stories
 * from `FUZZ_SEED` (default: a fresh one, printed), over `FUZZ_WORKERS` processes (default: one for each core).
 * `npm run fuzz -- --replay <file>` plays one story again and shows all of it; several files: only what is broken.
 */

const BATCH = 250;

const number = (name: string, fallback: number): number => {
  const given = process.env[name] ?? '';
  if (given === '') return fallback;
  const value = Number(given);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${name} must be a whole number, not "${given}"`);
  return value;
};

const describe = (found: readonly Violation[]): string =>
  found
    .map(({ rule, application, what }) => `BROKEN ${rule}${application === '' ? '' : ` (${application})`}: ${what}`)
    .join('\n');

async function showStory(story: Story, all: boolean): Promise<boolean> {
  const { played, found } = await replay(story);
  const only = all ? '' : (found.find(({ application }) => application !== '')?.application ?? '');
  console.log(trace(played, only));
  console.log(found.length === 0 ? 'nothing is broken this time' : describe(found));
  return found.length === 0;
}

async function showFailure({ seed, story, violations }: Failure): Promise<void> {
  const file = join(tmpdir(), `fuzz-${seed}.json`);
  writeFileSync(file, `${JSON.stringify(story, undefined, 2)}\n`);
  console.log(`\n${JSON.stringify(story, undefined, 2)}\n`);
  await showStory(story, false);
  console.log(`\nseed ${seed}\n${describe(violations)}\nplay it again: npm run fuzz -- --replay ${file}`);
}

/** Plays everything; the first failure ends it. */
function playAll(
  seed: number,
  runs: number,
): Promise<{ readonly totals: Totals; readonly failure: Failure | undefined }> {
  const batches = Array.from({ length: Math.ceil(runs / BATCH) }, (_, index) => ({
    seed: (seed + index) % 2 ** 31,
    runs: Math.min(BATCH, runs - index * BATCH),
  }));
  const wanted = Math.min(batches.length, number('FUZZ_WORKERS', availableParallelism()));
  const started = performance.now();
  let done: Totals = NOTHING;
  const current = new Map<ChildProcess, Totals>();
  let told = started;
  return new Promise((resolve, reject) => {
    const workers = new Set<ChildProcess>();
    const finish = (failure: Failure | undefined): void => {
      const left = [...workers];
      workers.clear();
      for (const worker of left) worker.kill();
      resolve({ totals: [...current.values()].reduce(add, done), failure });
    };
    const progress = (): void => {
      if (performance.now() - told < 5000) return;
      told = performance.now();
      const { stories } = [...current.values()].reduce(add, done);
      console.log(`${stories} of ${runs} stories, ${Math.round((told - started) / 1000)} s`);
    };
    for (let index = 0; index < wanted; index += 1) {
      const worker = fork(fileURLToPath(new URL('worker.ts', import.meta.url)));
      workers.add(worker);
      const next = (): void => {
        const batch = batches.shift();
        if (batch !== undefined) {
          worker.send(batch);
          return;
        }
        workers.delete(worker);
        worker.kill();
        if (workers.size === 0) finish(undefined);
      };
      worker.on('message', (message: FromWorker) => {
        if (message.kind === 'played') {
          current.set(worker, message.totals);
          progress();
          return;
        }
        current.delete(worker);
        done = add(done, message.totals);
        if (message.failure !== undefined) finish(message.failure);
        else next();
      });
      worker.on('exit', (code, signal) => {
        if (workers.has(worker)) reject(new Error(`a worker ended by itself: ${signal ?? `code ${code}`}`));
      });
      next();
    }
  });
}

/** One story: all of it. Several: those that break a rule. */
async function playAgain(files: readonly string[]): Promise<boolean> {
  const read = (file: string): Story => JSON.parse(readFileSync(file, 'utf8')) as Story;
  const [only, ...others] = files;
  if (only !== undefined && others.length === 0) return showStory(read(only), true);
  let fine = true;
  for (const file of files) {
    const { found } = await replay(read(file));
    console.log(`${file}: ${found.length === 0 ? 'nothing is broken' : describe(found)}`);
    fine &&= found.length === 0;
  }
  return fine;
}

const { values, positionals } = parseArgs({ options: { replay: { type: 'string' } }, allowPositionals: true });
if (values.replay !== undefined) process.exit((await playAgain([values.replay, ...positionals])) ? 0 : 1);
if (positionals.length > 0) throw new RangeError(`unknown argument "${positionals.join(' ')}": --replay <file> …`);
const seed = number('FUZZ_SEED', randomInt(2 ** 31));
const runs = number('FUZZ_RUNS', 1000);
console.log(`seed ${seed}, ${runs} stories`);
const { totals, failure } = await playAll(seed, runs);
if (failure !== undefined) await showFailure(failure);
console.log(describeTotals(totals));
process.exit(failure === undefined ? 0 : 1);
