import { PASSING, type VerdictName } from '../argocd/verdict.ts';

/** Where an Application stands at the end. Each stands in exactly one place, whatever `fail-on-timeout` says. */
export type Standing = 'passed' | 'failed' | 'timed-out';

export const standingOf = (verdict: VerdictName): Standing => {
  if (verdict === 'timed-out') return 'timed-out';
  return (PASSING as readonly VerdictName[]).includes(verdict) ? 'passed' : 'failed';
};

/** Failed first, then timed out, then passed; within each in the order given. */
export const failuresFirst = <T extends { readonly verdict: VerdictName }>(
  applications: readonly T[],
): readonly T[] => {
  if (applications.every(({ verdict }) => standingOf(verdict) === 'passed')) return applications;
  return (['failed', 'timed-out', 'passed'] as const).flatMap((standing) =>
    applications.filter(({ verdict }) => standingOf(verdict) === standing),
  );
};
