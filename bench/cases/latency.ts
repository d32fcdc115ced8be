import { HEALTHY_FOR_MS, runBundle } from '../contenders/bundle.ts';
import { TRANSPORTS } from '../contenders/contender.ts';
import { type Figure, figure } from '../report/result.ts';
import { median, percentile } from '../report/statistics.ts';
import type { Case } from './bench.ts';

const FLEET = { total: 1000, selected: 1000, statusBytes: 2000, progressingMs: 500 };

/** From an Application being made Healthy to its verdict. */
export const latency: Case = {
  about:
    '1000 Applications that become Healthy half a second after their sync; from that moment to the verdict, without `healthy-for`.',
  run: async ({ sandbox, runs, tell }) => {
    const figures: Figure[] = [];
    for (const transport of TRANSPORTS) {
      const p50: number[] = [];
      const p95: number[] = [];
      for (let index = 0; index < runs; index++) {
        const access = await sandbox.open(FLEET);
        const { report } = await runBundle({ transport, access, selected: FLEET.selected }, 'healthy');
        const { goodAtMs } = await sandbox.seen();
        const late = report.applications.map(
          ({ name, finishedAt }) => Date.parse(finishedAt ?? '') - HEALTHY_FOR_MS - (goodAtMs[name] ?? Number.NaN),
        );
        p50.push(percentile(late, 50));
        p95.push(percentile(late, 95));
        tell(`${transport}: p95 ${Math.round(p95.at(-1) ?? 0)} ms`);
      }
      figures.push(
        figure(`${transport}: p50`, 'ms', median(p50)),
        figure(`${transport}: p95`, 'ms', median(p95), { bound: 250 }),
      );
    }
    return { figures };
  },
};
