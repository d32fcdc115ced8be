import type { AppSpec } from './application.ts';
import type { Pass } from './pass.ts';
import { hookResource, isWorkload, type Managed } from './resources.ts';
import { longName, type Run, type Stage } from './run.ts';

/** How a stage that was applied stands. */
export function stageState({ state, run }: Pass, stage: Stage): 'running' | 'done' | 'failed' {
  if (stage.kind === 'namespace' || stage.kind === 'delete-hooks') return 'done';
  if (stage.kind === 'hooks') {
    const ends = [...run.hookEnds.values()];
    if (ends.includes('Running')) return 'running';
    return ends.includes('Failed') ? 'failed' : 'done';
  }
  if (run.results.some((result) => result.status === 'SyncFailed')) return 'failed';
  if (!stage.resources.some(isWorkload)) return 'done';
  if (state.seen.health === 'Healthy') return 'done';
  return state.seen.health === 'Degraded' ? 'failed' : 'running';
}

/** What the operation says while it waits for the current stage. */
export function waitingFor({ run, spec }: Pass): string {
  const stage = run.stages[run.at];
  const name = spec.destination.namespace;
  if (stage === undefined || stage.kind === 'namespace') return `waiting for healthy state of /Namespace/${name}`;
  const list = (what: string, all: readonly Managed[], noun: string): string =>
    `${what} ${all[0] === undefined ? '' : longName(all[0])}${all.length > 1 ? ` and ${all.length - 1} more ${noun}` : ''}`;
  if (stage.kind === 'wave') {
    const failed = new Set(run.results.filter((one) => one.status === 'SyncFailed').map((one) => one.resource));
    const waited = stage.resources.filter((one) => !failed.has(one));
    const workloads = waited.filter(isWorkload);
    return list('waiting for healthy state of', workloads.length > 0 ? workloads : waited, 'resources');
  }
  const hooks = stage.hooks.map((hook) => hookResource(hook, spec));
  const what = stage.kind === 'hooks' ? 'waiting for completion of hook' : 'waiting for deletion of hook';
  return list(what, hooks, 'hooks');
}

function settleHooks(run: Run, stage: Stage & { kind: 'hooks' }, spec: AppSpec): void {
  run.results = run.results.map((one) => {
    const hook = stage.hooks.find((candidate) => hookResource(candidate, spec).name === one.resource.name);
    if (hook === undefined || one.hookType !== stage.type) return one;
    const ended = run.hookEnds.get(hook.name) === 'Failed' ? 'Failed' : 'Succeeded';
    const usual =
      ended === 'Failed' ? 'Job has reached the specified backoff limit' : 'Reached expected number of succeeded pods';
    return { ...one, hookPhase: ended, message: hook.message ?? usual };
  });
}

/** Fills in how what was waited for has ended. */
export function settle(run: Run, stage: Stage, spec: AppSpec, outcome: 'done' | 'failed'): void {
  if (stage.kind === 'hooks') settleHooks(run, stage, spec);
  if (stage.kind !== 'wave') return;
  // Where the cluster refused another resource, the workloads themselves are fine.
  const unwell = outcome === 'failed' && !run.results.some((one) => one.status === 'SyncFailed');
  run.results = run.results.map((one) =>
    stage.resources.includes(one.resource) && one.hookPhase === 'Running'
      ? { ...one, hookPhase: unwell && isWorkload(one.resource) ? 'Failed' : 'Succeeded' }
      : one,
  );
}
