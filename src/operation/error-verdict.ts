import type { Source } from '../argocd/application.ts';
import { ArgoCdError } from '../argocd/errors.ts';
import type { Verdict, VerdictName } from '../argocd/verdict.ts';
import { failureHint } from './failure-hint.ts';
import { explainMissingRevision } from './missing-revision.ts';

/** The verdict of an Application whose request failed for good. `sources`: the Application's, where they are known. */
export function errorVerdict(error: unknown, sources: readonly Source[] = []): Verdict {
  if (!(error instanceof ArgoCdError)) {
    const message = error instanceof Error ? error.message : String(error);
    return { name: 'error', message: `unexpected: ${message}`, hint: 'This is a bug; please report it.' };
  }
  const { message, hint } = error;
  switch (error.code) {
    case 'forbidden':
    case 'unauthenticated':
      return { name: 'forbidden', message, hint };
    case 'not-found':
      return { name: 'not-found', message, hint };
    case 'deleting':
      return { name: 'deleted', message, hint };
    case 'blocked':
      return { name: 'blocked', message, hint };
    case 'busy':
    case 'conflict':
      return { name: 'conflict', message, hint };
    case 'invalid':
      return (
        explainMissingRevision(message, sources) ?? {
          name: refusedVerdict(message),
          message,
          hint: hint || failureHint(message),
        }
      );
    case 'aborted':
      return { name: 'cancelled', message, hint };
    default:
      return { name: 'error', message, hint };
  }
}

/** What the Argo CD API refuses at once has the verdict of what is refused before a sync by the Kubernetes API. */
const refusedVerdict = (message: string): VerdictName =>
  message.includes('auto-sync currently set to') ? 'mismatch' : 'error';
