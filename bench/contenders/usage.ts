import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Usage {
  readonly cpuMs: number;
  readonly peakBytes: number;
}

/** Asks a Node process for its own account of what it used, told in the moment of its end. */
export interface UsageProbe {
  readonly env: Readonly<Record<string, string>>;
  /** After the process has ended. */
  read(): Usage;
}

/**
 * The high-water mark of the resident set: VmHWM on Linux, where the maximum of getrusage() would include what the parent had
 * before the fork became this program; getrusage() elsewhere.
 */
const PROBE = `'use strict';
const fs = require('node:fs');
process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  let peakBytes = maxRSS * 1024;
  try {
    peakBytes = Number(/VmHWM:\\s*(\\d+) kB/.exec(fs.readFileSync('/proc/self/status', 'utf8'))[1]) * 1024;
  } catch {}
  fs.writeFileSync(process.env.BENCH_USAGE, JSON.stringify({ peakBytes, cpuMs: (userCPUTime + systemCPUTime) / 1000 }));
});
`;

export function probeUsage(): UsageProbe {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const probe = join(folder, 'probe.cjs');
  const file = join(folder, 'usage.json');
  writeFileSync(probe, PROBE);
  return {
    env: { NODE_OPTIONS: `--require=${probe}`, BENCH_USAGE: file },
    read() {
      const usage = JSON.parse(readFileSync(file, 'utf8')) as Usage;
      rmSync(folder, { recursive: true, force: true });
      return usage;
    },
  };
}
