import { HEALTHY_FOR_MS } from '../contenders/bundle.ts';
import { TRANSPORTS } from '../contenders/contender.ts';
import { figure, ratio } from '../report/result.ts';
import { median } from '../report/statistics.ts';
import { type Case, rounds } from './bench.ts';

const SIZES = [1, 10, 100, 1000] as const;

/** From the start of the process to its end. The hold of Healthy, for which no floor waits, is taken off. */
export const wall: Case = {
  about:
    'All Applications of a fleet synced until Healthy, controller instant; `healthy-for` (1 s) is taken off the step.',
  run: async (bench) => {
    const figures = [];
    for (const transport of TRANSPORTS) {
      for (const n of SIZES) {
        const fleet = { total: n, selected: n, statusBytes: 2000, progressingMs: 0 };
        const all = await rounds(bench, transport, fleet, 'healthy');
        const step = median(all.map(({ bundle }) => bundle.run.wallMs)) - HEALTHY_FOR_MS;
        const floor = median(all.map((round) => round.floor.run.wallMs));
        const what = `${transport}, ${n}`;
        if (n === 1)
          figures.push(
            figure(`${what}: above the floor`, 's', (step - floor) / 1000, { bound: 0.35, bundle: step, floor }),
          );
        else figures.push(ratio(what, step, floor, n === 1000 ? 1.15 : undefined));
        const cpu = (name: 'bundle' | 'floor') => median(all.map((round) => round[name].run.cpuMs));
        if (n === 1000) figures.push(ratio(`${what}: CPU time of the process`, cpu('bundle'), cpu('floor')));
      }
    }
    return { figures };
  },
};
