import { median } from './statistics.ts';

/** One measured figure, and the bound it must keep where it has one. */
export interface Figure {
  /** What was measured, for people. */
  readonly what: string;
  /** The step. */
  readonly bundle: number | undefined;
  /** The same of the floor; undefined: it has none. */
  readonly floor: number | undefined;
  /** What is judged: a ratio to the floor, or a count. */
  readonly value: number;
  readonly unit: 'ratio' | 'ms' | 's' | 'MB' | 'MiB' | 'KiB' | 'requests';
  /** The most that `value` may be; undefined: only told. */
  readonly bound: number | undefined;
}

export interface CaseResult {
  readonly name: string;
  readonly about: string;
  readonly figures: readonly Figure[];
  /** Load average of the machine when the case began and when it ended. */
  readonly load: readonly [number, number];
  /** Rounds that were measured again, because the host had taken the machine away. */
  readonly repeated: number;
  readonly seconds: number;
  /** Pictures, by file name. */
  readonly files?: Readonly<Record<string, string>>;
}

export const isMissed = ({ value, bound }: Figure): boolean => bound !== undefined && !(value <= bound);

/** A figure of a count or size that must not be above a bound. */
export const figure = (
  what: string,
  unit: Figure['unit'],
  value: number,
  more: { readonly bound?: number; readonly bundle?: number; readonly floor?: number } = {},
): Figure => ({ what, unit, value, bound: more.bound, bundle: more.bundle, floor: more.floor });

/** A figure as a ratio to the floor's. */
export const ratio = (what: string, bundle: number, floor: number, bound?: number): Figure => ({
  what,
  unit: 'ratio',
  value: bundle / floor,
  bundle,
  floor,
  bound,
});

/**
 * The middle one of the ratios of pairs that were measured one right after the other: a machine that is shared is slow for minutes
 * at a time, and then it is for both.
 */
export const pairedRatio = (
  what: string,
  pairs: readonly { readonly step: number; readonly floor: number }[],
  bound?: number,
): Figure => ({
  what,
  unit: 'ratio',
  value: median(pairs.map(({ step, floor }) => step / floor)),
  bundle: median(pairs.map(({ step }) => step)),
  floor: median(pairs.map(({ floor }) => floor)),
  bound,
});
