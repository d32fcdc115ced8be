import type { Application } from '../../argocd/application.ts';
import type { Verdict } from '../../argocd/verdict.ts';
import { hasExpected, shortRevisions } from '../revisions.ts';

/** Rule 27. */
export function expectedMismatch(
  application: Application,
  revisions: readonly string[],
  expected: string,
): Verdict | undefined {
  if (expected === '' || hasExpected(application.sources, revisions, expected)) return undefined;
  return {
    name: 'mismatch',
    message: `synced ${shortRevisions(revisions) || 'an unknown revision'}, expected ${expected}`,
    hint: 'Check that the commit is pushed to the branch the Application follows.',
  };
}
