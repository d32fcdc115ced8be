import { HEALTHY_FOR_MS } from '../contenders/bundle.ts';
import { TRANSPORTS } from '../contenders/contender.ts';
import { type Figure, figure, pairedRatio, ratio } from '../report/result.ts';
import { median } from '../report/statistics.ts';
import { type Case, rounds } from './bench.ts';

const SIZES = [1, 10, 100, 1000] as const;

/** From the start of the process to its end. The hold of Healthy, for which no floor waits, is taken off. */
export const wall: Case = {
  about:
    'All Applications of a fleet synced until Healthy, controller instant; `healthy-for` (1 s) is taken off the step.',
  run: async (bench) => {
    const figures: Figure[] = [];
    for (const transport of TRANSPORTS) {
      for (const n of SIZES) {
        const fleet = { total: n, selected: n, statusBytes: 2000, progressingMs: 0 };
        const all = await rounds(bench, transport, fleet, 'healthy');
        const pairs = all.map(({ bundle, floor }) => ({
          step: bundle.run.wallMs - HEALTHY_FOR_MS,
          floor: floor.run.wallMs,
        }));
        const step = median(pairs.map((pair) => pair.step));
        const floor = median(pairs.map((pair) => pair.floor));
        const what = `${transport}, ${n}`;
        if (n === 1)
          figures.push(
            figure(`${what}: above the floor`, 's', (step - floor) / 1000, { bound: 0.35, bundle: step, floor }),
          );
        else figures.push(pairedRatio(what, pairs, n === 1000 ? 1.15 : undefined));
        const cpu = (name: 'bundle' | 'floor') => median(all.map((round) => round[name].run.cpuMs));
        if (n === 1000) figures.push(ratio(`${what}: CPU time of the process`, cpu('bundle'), cpu('floor')));
      }
    }
    return { figures };
  },
};
