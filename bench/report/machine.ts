import { readFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem, type } from 'node:os';

/** What the figures were measured on. */
export interface Machine {
  readonly cpus: number;
  readonly model: string;
  readonly memoryGiB: number;
  readonly system: string;
  readonly node: string;
}

export const machine = (): Machine => ({
  cpus: cpus().length,
  model: cpus()[0]?.model.trim() ?? 'unknown',
  memoryGiB: Math.round(totalmem() / 1024 ** 3),
  system: `${type()} ${release()}`,
  node: process.version,
});

/** Processes that wanted to run, over the last minute. */
export const load = (): number => loadavg()[0] ?? 0;

/** Processor time of the whole machine since it was started, in ticks. */
export interface Ticks {
  readonly all: number;
  /** What the host gave to others while this machine wanted to run. */
  readonly stolen: number;
}

/** As the kernel of Linux counts it; zeros where nobody does. `text`: of `/proc/stat`. */
export const ticks = (text = stat()): Ticks => {
  const counted = /^cpu +(.*)$/m.exec(text)?.[1]?.split(' ').map(Number) ?? [];
  // user, nice, system, idle, iowait, irq, softirq, steal; what follows is counted in these.
  return { all: counted.slice(0, 8).reduce((sum, one) => sum + one, 0), stolen: counted[7] ?? 0 };
};

const stat = (): string => {
  try {
    return readFileSync('/proc/stat', 'utf8');
  } catch {
    return '';
  }
};

/** The part of the processors' time that was taken away between two counts, from 0 to 1. */
export const stolenShare = (before: Ticks, after: Ticks): number =>
  after.all > before.all ? (after.stolen - before.stolen) / (after.all - before.all) : 0;
