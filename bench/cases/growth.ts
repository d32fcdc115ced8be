import { HEALTHY_FOR_MS } from '../contenders/bundle.ts';
import { TRANSPORTS } from '../contenders/contender.ts';
import { plot } from '../report/plot.ts';
import { type Figure, figure, ratio } from '../report/result.ts';
import { median } from '../report/statistics.ts';
import { type Case, rounds } from './bench.ts';

const SIZES = [100, 1000, 10_000] as const;
const SELECTED = 100;

/** Time and memory over the size of the fleet. */
export const growth: Case = {
  about:
    '100 selected out of 100, 1000 and 10,000: time may grow with the listing of the fleet only, as the floor does.',
  run: async (bench) => {
    const figures: Figure[] = [];
    const times: { name: string; points: [number, number][] }[] = [];
    const memory: { name: string; points: [number, number][] }[] = [];
    for (const transport of TRANSPORTS) {
      const of = { step: [] as [number, number][], floor: [] as [number, number][], peak: [] as [number, number][] };
      for (const total of SIZES) {
        const fleet = { total, selected: SELECTED, statusBytes: 8000, progressingMs: 0 };
        const all = await rounds(bench, transport, fleet, 'healthy');
        of.step.push([total, (median(all.map(({ bundle }) => bundle.run.wallMs)) - HEALTHY_FOR_MS) / 1000]);
        of.floor.push([total, median(all.map(({ floor }) => floor.run.wallMs)) / 1000]);
        of.peak.push([total, median(all.map(({ bundle }) => bundle.run.peakBytes)) / 1024 / 1024]);
      }
      for (const [index, total] of SIZES.entries()) {
        const [step, floor, peak] = [of.step[index]?.[1] ?? 0, of.floor[index]?.[1] ?? 0, of.peak[index]?.[1] ?? 0];
        figures.push(
          ratio(`${transport}, ${total}: seconds`, step, floor),
          figure(`${transport}, ${total}: peak memory`, 'MiB', peak),
        );
      }
      times.push({ name: transport, points: of.step }, { name: `floor (${transport})`, points: of.floor });
      memory.push({ name: transport, points: of.peak });
    }
    return {
      figures,
      files: {
        'growth-time.svg': plot(
          '100 synced until Healthy, healthy-for taken off',
          'Applications in the fleet',
          'seconds',
          times,
        ),
        'growth-memory.svg': plot('100 synced until Healthy', 'Applications in the fleet', 'peak memory, MiB', memory),
      },
    };
  },
};
