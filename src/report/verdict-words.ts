import { FAILING, PASSING, type VerdictName } from '../argocd/verdict.ts';

/** In the order in which counts are told: what passed first. */
export const VERDICT_ORDER: readonly VerdictName[] = [...PASSING, ...FAILING];

/** A verdict inside of a sentence: `timed out`, `sync failed`. */
export const verdictWords = (name: VerdictName): string => name.replaceAll('-', ' ');
