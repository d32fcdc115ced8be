/** Writes the tables of inputs and outputs into README.md and docs/bidirectional.md from the action files; with `--check` only says whether they are up to date. */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseAction } from './action-metadata.ts';
import { ACTION_FILES, type ActionName } from './agreement.ts';
import { withTables } from './tables.ts';

/** The page with the tables of each action. */
const PAGES: Readonly<Record<ActionName, string>> = { sync: 'README.md', bidirectional: 'docs/bidirectional.md' };

const place = (path: string): URL => new URL(`../${path}`, import.meta.url);

for (const action of ['sync', 'bidirectional'] as const) {
  const page = PAGES[action];
  const now = readFileSync(place(page), 'utf8');
  const wanted = withTables(now, parseAction(readFileSync(place(ACTION_FILES[action]), 'utf8')), page);
  if (now === wanted) continue;
  if (process.argv.includes('--check')) {
    console.error(`${page}: the tables are not those of ${ACTION_FILES[action]}; run npm run readme`);
    process.exitCode = 1;
  } else {
    writeFileSync(place(page), wanted);
  }
}
