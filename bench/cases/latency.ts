import { HEALTHY_FOR_MS, runBundle } from '../contenders/bundle.ts';
import { TRANSPORTS } from '../contenders/contender.ts';
import { type Figure, figure } from '../report/result.ts';
import { median, percentile } from '../report/statistics.ts';
import type { Case } from './bench.ts';

const FLEET = { total: 1000, selected: 1000, statusBytes: 2000, progressingMs: 500 };

/** How long Healthy must hold: the least that is allowed, which is judged, and the default. */
const HOLDS = [
  { ms: HEALTHY_FOR_MS, label: '', bound: 250 },
  { ms: 3000, label: ' with `healthy-for` 3s', bound: undefined },
] as const;

/** From an Application being made Healthy to its verdict. */
export const latency: Case = {
  about:
    '1000 Applications that become Healthy half a second after their sync; from that moment to the verdict, without `healthy-for`, which is 1 s unless said otherwise.',
  run: async ({ sandbox, runs, tell }) => {
    const figures: Figure[] = [];
    for (const transport of TRANSPORTS) {
      for (const { ms, label, bound } of HOLDS) {
        const p50: number[] = [];
        const p95: number[] = [];
        for (let index = 0; index < runs; index++) {
          const access = await sandbox.open(FLEET);
          const task = { transport, access, selected: FLEET.selected };
          const { report } = await runBundle(task, 'healthy', { 'healthy-for': `${ms}ms` });
          const { goodAtMs } = await sandbox.seen();
          const late = report.applications.map(
            ({ name, finishedAt }) => Date.parse(finishedAt ?? '') - ms - (goodAtMs[name] ?? Number.NaN),
          );
          p50.push(percentile(late, 50));
          p95.push(percentile(late, 95));
          tell(`${transport}${label}: p95 ${Math.round(p95.at(-1) ?? 0)} ms`);
        }
        figures.push(
          figure(`${transport}: p50${label}`, 'ms', median(p50)),
          figure(`${transport}: p95${label}`, 'ms', median(p95), bound === undefined ? {} : { bound }),
        );
      }
    }
    return { figures };
  },
};
