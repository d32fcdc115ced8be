/**
 * Runs the tests. With arguments: jest with these. Without: all of them, three files at a time, and then by itself what counts
 * requests over time, which others that want the processor would spoil.
 */
import { spawnSync } from 'node:child_process';

const ALONE = '__tests__/process/scale';

const jest = (...args: readonly string[]): number => {
  const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  const command = [...flags, 'node_modules/jest/bin/jest.js', ...args];
  return spawnSync(process.execPath, command, { stdio: 'inherit' }).status ?? 1;
};

const given = process.argv.slice(2);
const codes =
  given.length > 0
    ? [jest(...given)]
    : [jest('--testPathIgnorePatterns', '/node_modules/', ALONE), jest('--runInBand', ALONE)];
process.exitCode = Math.max(...codes);
