import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { uniform } from '../../sandbox/fleets/uniform.ts';
import { connection, openSandbox, run, TRANSPORTS, UNTIL_HEALTHY } from './harness.ts';

/** Notes, each time that a flag of V8 is changed, whether Node's own modules for TLS and HTTP have been loaded. */
const SPY = `'use strict';
const { appendFileSync } = require('node:fs');
const v8 = require('node:v8');
const set = v8.setFlagsFromString;
const loaded = (name) => process.moduleLoadList.includes('NativeModule ' + name);
v8.setFlagsFromString = (flag) => {
  appendFileSync(process.env.NOTES, JSON.stringify({ flag, https: loaded('https') }) + '\\n');
  set(flag);
};
`;

test.concurrent.each(TRANSPORTS)(
  'no flag of V8 is changed before Node’s own modules have been loaded, over the %s API',
  async (transport) => {
    const folder = mkdtempSync(join(tmpdir(), 'start-'));
    const [spy, notes] = [join(folder, 'spy.cjs'), join(folder, 'notes')];
    writeFileSync(spy, SPY);
    writeFileSync(notes, '');
    try {
      const sandbox = await openSandbox({ fleet: uniform(2), timing: 'instant' });
      const inputs = { ...connection(sandbox, transport), ...UNTIL_HEALTHY, 'application-regex': '.*' };
      const { exitCode } = await run(sandbox, inputs, { env: { NODE_OPTIONS: `--require=${spy}`, NOTES: notes } });
      expect(exitCode).toBe(0);
      const told = readFileSync(notes, 'utf8').trimEnd().split('\n');
      const changes = told.map((line): unknown => JSON.parse(line));
      expect(changes).toContainEqual({ flag: expect.stringContaining('maglev'), https: true });
      expect(changes).toEqual(changes.map(() => expect.objectContaining({ https: true })));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);
