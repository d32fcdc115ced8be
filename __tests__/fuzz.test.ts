import { execFile } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, jest, test } from '@jest/globals';

/**
 * The randomised model test: random fleets, rivals and faults against what must always hold (`fuzz/`). Processes of their own,
 * as time jumps in them. The seed is fixed, so that only a change can turn it red; `npm run fuzz` plays fresh ones.
 */
const SEED = 20_261_120;
const RUNS = 500;

jest.setTimeout(180_000);

const root = fileURLToPath(new URL('..', import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly last: string;
}

const fuzz = (
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  node: readonly string[] = [],
): Promise<Ended> =>
  new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [...node, 'fuzz/main.ts', ...args],
      { cwd: root, env: { ...process.env, ...env }, maxBuffer: 64 * 1024 * 1024 },
      (_, stdout, stderr) => {
        const output = `${stdout}${stderr}`;
        resolve({ code: child.exitCode, output, last: stdout.trimEnd().split('\n').at(-1) ?? '' });
      },
    );
  });

/** What the fuzz has found, made small and mended. */
const FOUND = globSync('fuzz/found/*.json', { cwd: root }).sort();

test(`${RUNS} random stories break no rule`, async () => {
  const { code, output, last } = await fuzz([], { FUZZ_RUNS: String(RUNS), FUZZ_SEED: String(SEED) });
  // The whole output tells which story it was, and how to play it again.
  expect({ code, output: code === 0 ? '' : output }).toEqual({ code: 0, output: '' });
  expect(output).toContain(`seed ${SEED}, ${RUNS} stories`);
  expect(last).toMatch(/^500 stories, \d{4} Applications; verdicts: .*healthy \d.*; rivals: .*; faults: ./);
});

test('what was found once is not found again', async () => {
  expect(FOUND.length).toBeGreaterThan(0);
  const { code, output } = await fuzz(['--replay', ...FOUND]);
  expect({ code, output: code === 0 ? '' : output }).toEqual({ code: 0, output: '' });
  for (const file of FOUND) expect(output).toContain(`${file}: nothing is broken`);
});

describe('a product that believes the first Healthy', () => {
  const BROKEN = ['--import', pathToFileURL(`${root}/__tests__/fixtures/broken-product.mjs`).href];

  test('is found out: a non-zero exit with the seed and the smallest story, which can be played again', async () => {
    const env = { FUZZ_RUNS: '250', FUZZ_SEED: '1', FUZZ_SHRINK_SECONDS: '5' };
    const { code, output, last } = await fuzz([], env, BROKEN);
    expect(code).toBe(1);
    expect(output).toMatch(/\nseed 1\nBROKEN healthy only if it/);
    expect(last).toMatch(/^\d+ stories, /);
    const [, file = ''] = /play it again: npm run fuzz -- --replay (.*)/.exec(output) ?? [];
    const story: { readonly applications: readonly unknown[] } = JSON.parse(readFileSync(file, 'utf8'));
    expect(story.applications).toHaveLength(1);

    const [broken, mended] = await Promise.all([fuzz(['--replay', file], {}, BROKEN), fuzz(['--replay', file])]);
    expect(broken).toMatchObject({ code: 1, last: expect.stringContaining('BROKEN healthy only if it') });
    expect(mended).toMatchObject({ code: 0, last: 'nothing is broken this time' });
  });
});
