/** Writes the tables of inputs and outputs into README.md from action.yml; with `--check` only says whether they are up to date. */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseAction } from './action-metadata.ts';
import { withTables } from './tables.ts';

const README = new URL('../README.md', import.meta.url);
const ACTION = new URL('../action.yml', import.meta.url);

const now = readFileSync(README, 'utf8');
const wanted = withTables(now, parseAction(readFileSync(ACTION, 'utf8')));
if (process.argv.includes('--check')) {
  if (now !== wanted) {
    console.error('README.md: the tables are not those of action.yml; run npm run readme');
    process.exitCode = 1;
  }
} else if (now !== wanted) {
  writeFileSync(README, wanted);
}
