import { TRANSPORTS } from '../contenders/contender.ts';
import { type Figure, figure, ratio } from '../report/result.ts';
import { median } from '../report/statistics.ts';
import { type Case, rounds } from './bench.ts';

const FLEET = { total: 10_000, selected: 1000, statusBytes: 30_000, progressingMs: 0 };
const MB = 1_000_000;
const MIB = 1024 * 1024;
const REQUESTS = { kubernetes: 2 * FLEET.selected + 12, argocd: FLEET.selected + 12 } as const;
const POLL_INTERVAL_MS = 15_000;

/** Memory, bytes and requests of 1000 Applications out of 10,000. */
export const scale: Case = {
  about:
    '1000 selected out of 10,000 with 30 KB of status each, until Healthy. Bytes are bodies as sent, without headers and TLS.',
  run: async (bench) => {
    const figures: Figure[] = [];
    for (const transport of TRANSPORTS) {
      const all = await rounds(bench, transport, FLEET, 'healthy');
      const of = (name: 'bundle' | 'floor', value: (part: (typeof all)[number]['floor']) => number): number =>
        median(all.map((round) => value(round[name])));
      const peak = of('bundle', ({ run }) => run.peakBytes / MIB);
      figures.push(
        figure(`${transport}: peak memory`, 'MiB', peak, {
          bound: 160,
          bundle: peak,
          floor: of('floor', ({ run }) => run.peakBytes / MIB),
        }),
        ratio(
          `${transport}: bytes received`,
          of('bundle', ({ seen }) => seen.bytes / MB),
          of('floor', ({ seen }) => seen.bytes / MB),
          1.1,
        ),
        // The regular look beside the watch is a list for every 15 s, which a busy machine has more of.
        figure(
          `${transport}: requests`,
          'requests',
          of('bundle', ({ seen, run }) => seen.requests - 2 * Math.floor(run.wallMs / POLL_INTERVAL_MS)),
          { bound: REQUESTS[transport], floor: of('floor', ({ seen }) => seen.requests) },
        ),
        ratio(
          `${transport}: wall time`,
          of('bundle', ({ run }) => run.wallMs) - 1000,
          of('floor', ({ run }) => run.wallMs),
        ),
      );
    }
    return { figures };
  },
};
