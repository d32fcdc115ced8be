import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { probeUsage } from '../contenders/usage.ts';
import { figure, ratio } from '../report/result.ts';
import { median } from '../report/statistics.ts';
import type { Case } from './bench.ts';

const BUNDLE = fileURLToPath(new URL('../../dist/sync/index.cjs', import.meta.url));
const TIMES = 15;

/** The bundle up to the report that its inputs are missing, beside Node.js with nothing to do. */
export const start: Case = {
  about: 'The bundle without inputs, so up to its report that they are missing, beside Node.js with an empty file.',
  run: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bench-start-'));
    const empty = join(folder, 'empty.cjs');
    writeFileSync(empty, '');
    const time = (file: string) => {
      const probe = probeUsage();
      const started = performance.now();
      spawnSync(process.execPath, [file], {
        cwd: folder,
        env: { PATH: process.env.PATH ?? '', RUNNER_TEMP: folder, ...probe.env },
      });
      return { wallMs: performance.now() - started, ...probe.read() };
    };
    const all = Array.from({ length: TIMES }, () => ({ bundle: time(BUNDLE), empty: time(empty) }));
    rmSync(folder, { recursive: true, force: true });
    const of = (name: 'bundle' | 'empty', field: 'wallMs' | 'cpuMs' | 'peakBytes') =>
      median(all.map((one) => one[name][field]));
    return {
      figures: [
        figure('cold start above an empty file', 'ms', of('bundle', 'wallMs') - of('empty', 'wallMs'), {
          bundle: of('bundle', 'wallMs'),
          floor: of('empty', 'wallMs'),
        }),
        ratio('CPU time', of('bundle', 'cpuMs'), of('empty', 'cpuMs')),
        figure('memory after the start', 'MiB', of('bundle', 'peakBytes') / 1024 / 1024, {
          floor: of('empty', 'peakBytes') / 1024 / 1024,
        }),
        figure('size of the bundle', 'KiB', statSync(BUNDLE).size / 1024),
      ],
    };
  },
};
