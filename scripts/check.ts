/** Everything that must hold before a commit, cheap things first; all are run, one line for each failure, non-zero exit. */
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseAction } from './action-metadata.ts';
import { ACTION_FILES, checkAgreement } from './agreement.ts';
import { checkLayering } from './layering.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Runs a tool of this repository; its own output says what is wrong. */
const run = (command: string, ...args: readonly string[]): readonly string[] => {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: root, encoding: 'utf8' });
  if (status === 0) return [];
  const said = `${stdout ?? ''}${stderr ?? ''}`.trim();
  return [said === '' ? `${command} ${args.join(' ')} failed${error === undefined ? '' : `: ${error.message}`}` : said];
};

const tool = (name: string, ...args: readonly string[]): readonly string[] =>
  run(process.execPath, `node_modules/${name}`, ...args);

const script = (name: string, ...args: readonly string[]): readonly string[] =>
  run(process.execPath, `scripts/${name}`, ...args);

const sources = (): ReadonlyMap<string, string> =>
  new Map(
    globSync('src/**/*.ts', { cwd: root }).map((path) => [
      path.replaceAll('\\', '/'),
      readFileSync(`${root}/${path}`, 'utf8'),
    ]),
  );

const CHECKS: readonly (readonly [name: string, check: () => readonly string[]])[] = [
  [
    'lint and format',
    () => tool('@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '--reporter=concise', '.'),
  ],
  ['types', () => tool('typescript/bin/tsc', '-p', '.', '--noEmit')],
  ['README tables', () => script('readme-tables.ts', '--check')],
  ['layering', () => checkLayering(sources())],
  [
    'action.yml',
    () =>
      (['sync', 'bidirectional'] as const).flatMap((action) =>
        checkAgreement(parseAction(readFileSync(`${root}/${ACTION_FILES[action]}`, 'utf8')), action),
      ),
  ],
  [
    'dist',
    () => (existsSync(`${root}/scripts/build.ts`) ? script('build.ts', '--check') : ['scripts/build.ts is missing']),
  ],
];

for (const [name, check] of CHECKS) {
  const started = performance.now();
  const failures = check();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${failures.length === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds}s)`);
  for (const failure of failures) console.log(failure);
  if (failures.length > 0) process.exitCode = 1;
}
