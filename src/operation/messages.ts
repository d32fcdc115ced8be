import type { Application, OperationState, ResourceResult, Source } from '../argocd/application.ts';
import { failingResources } from '../argocd/failing-resources.ts';
import type { Verdict } from '../argocd/verdict.ts';
import { failureHint } from './failure-hint.ts';
import { explainIgnored, isIgnored } from './ignored.ts';
import { explainMissingRevision } from './missing-revision.ts';

/** What Argo CD's own messages mean, and what to do about them. Prefixes as in section 2.5 of its recorded behaviour. */

/** The operation is parked until a sync window opens (rule 10). */
export const isWindowBlocked = (message: string): boolean =>
  message.startsWith('Sync operation blocked by sync window');

/**
 * Concurrent syncs with CreateNamespace=true into one new namespace: one of them may find it just made by another. It does
 * not happen a second time. Ends as Failed, of an apply: an attempt that ends as Error, or is terminated, leaves the results of
 * the one before it.
 */
export function isNamespaceRace({ phase, message, syncResult }: OperationState): boolean {
  if (phase !== 'Failed') return false;
  const results = message.startsWith('one or more ') ? (syncResult?.resources ?? []) : [];
  return [message, ...results.map((resource) => resource.message)].some((text) =>
    /namespaces "[^"]+" already exists/.test(text),
  );
}

/** Failed or Error, with the resources that failed (rule 26). `sources`: the Application's. */
export function explainFailure(state: OperationState, sources: readonly Source[] = []): Verdict {
  if (state.message.includes('triggered by controller sync timeout')) {
    return {
      name: 'sync-failed',
      message: state.message,
      hint: 'The controller ends syncs after its own time-out (controller.sync.timeout.seconds).',
    };
  }
  if (state.message.startsWith('Operation terminated')) {
    return {
      name: 'sync-failed',
      message: 'the operation was terminated by somebody else',
      hint: 'Run the step again.',
    };
  }
  const missing = explainMissingRevision(state.message, sources);
  if (missing !== undefined) return { ...missing, message: withTries(missing.message, state.retryCount) };
  const failed = failingResources(state.syncResult?.resources ?? []);
  // Argo CD's message often holds the first one already.
  const untold = failed.filter(({ message: text }) => text === '' || !state.message.includes(text));
  const named = untold
    .slice(0, 3)
    .map((resource) => `${resource.kind}/${resource.name}: ${resource.message || 'failed'}`)
    .join('; ');
  const more = untold.length > 3 ? `; and ${untold.length - 3} more` : '';
  const message = [state.message, named === '' ? '' : `${named}${more}`].filter((part) => part !== '').join(': ');
  return {
    name: 'sync-failed',
    message: withTries(message || `the operation ended as ${state.phase}`, state.retryCount),
    hint: failureHint(`${state.message}\n${named}`) || anyHint(failed),
  };
}

/** What to do about a failure of no kind that is known. */
const anyHint = (failed: readonly ResourceResult[]): string =>
  failed.some(({ hookType }) => hookType !== '')
    ? 'Look at the log of the hook.'
    : 'Correct the cause, in Git if it is a manifest, then sync again.';

/** Says how often it was tried, unless Argo CD's words, as newer versions', say it themselves. */
const withTries = (message: string, retries: number): string =>
  retries === 0 || /\bretried\b/.test(message)
    ? message
    : `${message} (after ${retries} ${retries === 1 ? 'retry' : 'retries'})`;

/** What holds a running operation up, when it is something people can mend; `''` otherwise. Same words for the same cause. */
export function explainRunning(application: Application, state: OperationState): string {
  const { message } = state;
  if (isIgnored(application)) return explainIgnored('its operation may not go on');
  if (isWindowBlocked(message)) return 'a sync window is closed: the operation is parked until it opens';
  if (message.startsWith('waiting for pruning confirmation of')) {
    return `${message}: set annotation argocd.argoproj.io/deletion-approved on the Application to a time after the start of the operation`;
  }
  if (message.startsWith('waiting for healthy state of') && application.health.status === 'Suspended') {
    return `${message}, which is suspended: resume it, or the operation never ends (waves, hooks and PruneLast wait for health)`;
  }
  if (state.phase === 'Terminating') return 'the operation is being terminated';
  if (state.finishedAt !== '')
    return `attempt ${Math.max(1, state.retryCount)} failed, Argo CD tries again: ${message}`;
  return '';
}

/** The operation waits for something that has to happen in the cluster. */
export const isHeld = (message: string): boolean =>
  /^waiting for (completion of hook|healthy state of|deletion of)/.test(message);

/** What to look at when an operation goes on waiting, from Argo CD's own words; `''`: they name nothing. */
export function explainHeld(message: string): string {
  const [, kind = '', name = ''] = /^waiting for \D*? \S*?([^/\s]+)\/([^/\s]+)(?: and|$)/.exec(message) ?? [];
  if (name === '') return '';
  const what = `${kind}/${name}`;
  if (message.startsWith('waiting for completion of hook'))
    return `look at ${what} and its log; while this hook does not end, neither does the operation (\`command: terminate\` ends both)`;
  if (!isHeld(message)) return '';
  return `look at ${what}; the operation goes on when it is ${message.startsWith('waiting for healthy') ? 'Healthy' : 'gone'}`;
}
