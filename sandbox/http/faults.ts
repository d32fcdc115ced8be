import type { Fault } from '../types.ts';

/** A request as far as a fault looks at it. */
export interface FaultTarget {
  readonly api: 'kubernetes' | 'argocd' | 'github';
  readonly method: string;
  /** Path with query. */
  readonly path: string;
}

/** What a fault does to a request before or while it is answered. */
export type RequestFault = Exclude<Fault['effect'], StreamFault>;
/** What a fault does to a stream. */
export type StreamFault = Extract<Fault['effect'], { readonly kind: 'cut' | 'lag' | 'mute' }>;

/** The trouble to come. Every fault counts the requests that fit it; the first one that is due meets the request. */
export interface FaultPlan {
  add(fault: Fault): void;
  clear(): void;
  /** The fault for a request that has just come in; `expire` only for watches. */
  forRequest(target: FaultTarget): RequestFault | undefined;
  /** The fault for an answer that begins to stream. */
  forStream(target: FaultTarget): StreamFault | undefined;
}

/** A plan that begins with these faults. */
export function createFaultPlan(faults: readonly Fault[] = []): FaultPlan {
  interface Entry {
    readonly fault: Fault;
    readonly path: RegExp | undefined;
    seen: number;
    met: number;
  }
  const entry = (fault: Fault): Entry => ({
    fault,
    path: fault.when.path === undefined ? undefined : new RegExp(fault.when.path),
    seen: 0,
    met: 0,
  });
  let entries = faults.map(entry);

  function fits({ fault: { when }, path }: Entry, target: FaultTarget): boolean {
    return (
      (when.api === undefined || when.api === target.api) &&
      (when.method === undefined || when.method.toUpperCase() === target.method) &&
      (path === undefined || path.test(target.path))
    );
  }

  /** Whether the fault is due for this request, which is counted. */
  function isDue(one: Entry): boolean {
    one.seen += 1;
    const times = one.fault.times ?? 1;
    return one.seen > (one.fault.skip ?? 0) && (times === 0 || one.met < times);
  }

  function take(target: FaultTarget, concerns: (effect: Fault['effect']) => boolean): Fault['effect'] | undefined {
    const due = entries.filter((one) => concerns(one.fault.effect) && fits(one, target)).filter(isDue);
    const first = due[0];
    if (first === undefined) return undefined;
    first.met += 1;
    return first.fault.effect;
  }

  return {
    add(fault) {
      entries.push(entry(fault));
    },
    clear() {
      entries = [];
    },
    forRequest(target) {
      const watch = /[?&]watch=(?:1|true)(?:&|$)/.test(target.path);
      const effect = take(target, (one) => !isForStreams(one) && (one.kind !== 'expire' || watch));
      return effect === undefined || isForStreams(effect) ? undefined : effect;
    },
    forStream(target) {
      const effect = take(target, isForStreams);
      return effect !== undefined && isForStreams(effect) ? effect : undefined;
    },
  };
}

const isForStreams = (effect: Fault['effect']): effect is StreamFault =>
  effect.kind === 'cut' || effect.kind === 'lag' || effect.kind === 'mute';
