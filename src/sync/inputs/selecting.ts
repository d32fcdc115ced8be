/** Inputs of which at least one must say where to begin; everything else only narrows. */
export const SELECTING = ['applications', 'application-regex', 'selector', 'application-set'] as const;
