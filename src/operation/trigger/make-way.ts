import type { Application, ApplicationRef } from '../../argocd/application.ts';
import { ArgoCdError, isTransient } from '../../argocd/errors.ts';
import type { Verdict } from '../../argocd/verdict.ts';
import { wasStopped } from '../ending.ts';
import { errorVerdict } from '../error-verdict.ts';
import { describeRunning } from '../plan.ts';
import type { TriggerDeps, TriggerOptions } from './options.ts';
import { WINDOW_RETRY_MS } from './window-closed.ts';

/** Between two looks at an operation in the way that cannot be followed yet. */
export const PICKUP_RETRY_MS = 2_000;

/**
 * Waits until the operation in the way has ended, and ends it first where that is asked for. `verdict`: it cannot be done;
 * `what`: the operation, as it was seen last.
 */
export async function makeWay(
  ref: ApplicationRef,
  application: Application,
  what: string,
  options: TriggerOptions,
  deps: TriggerDeps,
  tell: (text: string) => void,
): Promise<{ readonly verdict: Verdict | undefined; readonly what: string }> {
  const { client, clock, follower, limit, starting: signal } = deps;
  const lookAgain = { verdict: undefined, what };
  let seen = application;
  if (options.onRunningOperation === 'terminate') {
    try {
      seen = await limit(() => client.get(ref, signal));
      if (seen.operation === undefined) return lookAgain;
      tell(`terminating: ${what}`);
      const answer = await limit(() => client.terminate(seen, signal));
      if (answer !== 'terminating') return lookAgain;
    } catch (error) {
      if (wasStopped(error, signal)) return lookAgain;
      const passes = error instanceof ArgoCdError && (error.code === 'conflict' || isTransient(error));
      if (!passes) return { verdict: errorVerdict(error), what };
      // Changed meanwhile, or not picked up yet, which over the Argo CD API cannot be ended.
      await clock.delay(PICKUP_RETRY_MS * (0.5 + clock.random() / 2), signal).catch(() => {});
      return lookAgain;
    }
  } else {
    tell(`waiting: ${what}`);
  }
  if (signal.aborted) return lookAgain;
  const following = follower.follow(ref, { kind: 'idle' }, seen);
  const stopped = Promise.withResolvers<void>();
  const onAbort = (): void => stopped.resolve();
  signal.addEventListener('abort', onAbort, { once: true });
  await Promise.race([following.done, stopped.promise]);
  signal.removeEventListener('abort', onAbort);
  const { stage, latest } = following.state();
  following.abandon();
  const now = latest?.operation === undefined ? what : describeRunning(latest);
  if (signal.aborted || stage.kind !== 'done' || stage.verdict.name === 'terminated') {
    return { verdict: undefined, what: now };
  }
  if (stage.verdict.name !== 'blocked') return { verdict: stage.verdict, what: now };
  // It ends when the window opens, and ours could not start before that either.
  if (options.onSyncWindow === 'skip') return { verdict: { ...stage.verdict, name: 'skipped', hint: '' }, what: now };
  if (options.onSyncWindow === 'fail') return { verdict: stage.verdict, what: now };
  tell('a sync window is closed; waiting for it to open');
  await clock.delay(WINDOW_RETRY_MS, signal).catch(() => {});
  return { verdict: undefined, what: now };
}
