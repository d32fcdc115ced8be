import { HEALTHY_FOR_MS } from '../contenders/bundle.ts';
import { TRANSPORTS } from '../contenders/contender.ts';
import { type Figure, figure, pairedRatio, ratio } from '../report/result.ts';
import { median } from '../report/statistics.ts';
import { type Case, rounds } from './bench.ts';

const SIZES = [1, 10, 100, 1000] as const;
/** Of the size with a bound so many times as many pairs are run: the ratio of one pair is as good as the minute it was run in. */
const PAIRS = 11;

/** From the start of the process to its end. The hold of Healthy, for which no floor waits, is taken off. */
export const wall: Case = {
  about:
    'All Applications of a fleet synced until Healthy, controller instant; `healthy-for` (1 s) is taken off the step. Of 1000 eleven times as many pairs.',
  run: async (bench) => {
    const figures: Figure[] = [];
    const fleetOf = (n: number) => ({ total: n, selected: n, statusBytes: 2000, progressingMs: 0 });
    for (const transport of TRANSPORTS) {
      // Not counted: some of what the step asks for the floor does not, and in the sandbox it must not be the first time.
      await rounds(
        { ...bench, runs: 1, tell: (text) => bench.tell(`warming up: ${text}`) },
        transport,
        fleetOf(1000),
        'healthy',
      );
      for (const n of SIZES) {
        const fleet = fleetOf(n);
        const runs = n === 1000 ? PAIRS * bench.runs : bench.runs;
        const all = await rounds({ ...bench, runs }, transport, fleet, 'healthy');
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
