import type { Candidate } from '../argocd/client.ts';
import { closedWindowVerdict } from '../operation/closed-window.ts';
import { notStarted, wasStopped } from '../operation/ending.ts';
import { errorVerdict } from '../operation/error-verdict.ts';
import { isDone, leaveAlone } from '../operation/left-alone.ts';
import { refuseMissingRevision } from '../operation/missing-revision.ts';
import type { Outcome } from '../operation/outcome.ts';
import { describeRequest, needsWhole, planSync, type Wish } from '../operation/plan.ts';
import type { SettleGoal } from '../operation/settle/goal.ts';
import { terminateOne } from '../operation/terminate.ts';
import type { TriggerDeps } from '../operation/trigger/options.ts';
import { syncOne } from '../operation/trigger.ts';
import { waitOne } from '../operation/wait.ts';
import type { Inputs } from './inputs/types.ts';

export interface CommandDeps extends TriggerDeps {
  readonly runUrl: string;
}

/** What the step does to each Application; announces the phase. */
export function command(inputs: Inputs, deps: CommandDeps): (candidate: Candidate) => Promise<Outcome> {
  const { emit } = deps;
  switch (inputs.command) {
    case 'plan': {
      emit({ kind: 'phase', phase: 'plan' });
      let told = false;
      const windowUnseen = (): void => {
        if (!told) emit({ kind: 'warning', text: 'the plan does not know about sync windows: they may not be read' });
        told = true;
      };
      return (candidate) => planOne(candidate, inputs, deps, windowUnseen);
    }
    case 'terminate':
      emit({ kind: 'phase', phase: 'terminate' });
      return (candidate) => terminateOne(candidate.ref, deps);
    case 'wait':
      emit({ kind: 'phase', phase: 'wait' });
      return (candidate) =>
        waitOne(candidate.ref, { expectedRevision: inputs.operation.expectedRevision, settle: settleOf(inputs) }, deps);
    case 'sync': {
      emit({ kind: 'phase', phase: 'sync' });
      const options = {
        wish: wishOf(inputs, deps.runUrl),
        expectedRevision: inputs.operation.expectedRevision,
        onRunningOperation: inputs.operation.onRunningOperation,
        onSyncWindow: inputs.operation.onSyncWindow,
        async: inputs.operation.async,
        settle: inputs.waiting.waitUntilHealthy ? settleOf(inputs) : undefined,
      };
      if (!inputs.targets.onlyOutOfSync) return (candidate) => syncOne(candidate, options, deps);
      const look = leaveAlone({ ...options, concurrency: inputs.operation.concurrency }, deps);
      return async (candidate) => {
        const looked = await look(candidate);
        if (looked.kind === 'unchanged') return looked.outcome;
        const { note } = looked;
        if (note !== '') emit({ kind: 'note', ref: candidate.ref, text: note });
        const outcome = await syncOne(looked.candidate, options, deps);
        return note === '' ? outcome : { ...outcome, notes: [note, ...outcome.notes] };
      };
    }
  }
}

const settleOf = ({ waiting }: Inputs): SettleGoal => ({
  requireSynced: waiting.requireSynced,
  healthyForMs: waiting.healthyForMs,
  degradedAfterMs: waiting.degradedTimeoutMs,
  suspended: waiting.suspended,
});

const wishOf = ({ operation }: Inputs, runUrl: string): Wish => ({
  revision: operation.revision,
  sources: operation.sources,
  resources: operation.resources,
  prune: operation.prune,
  dryRun: operation.dryRun,
  applyOnly: operation.applyOnly,
  force: operation.force,
  syncOptions: operation.syncOptions,
  retry: operation.retry,
  info: [...(runUrl === '' ? [] : [{ name: 'gitopssync/run', value: runUrl }]), ...operation.info],
});

/** Checks what a sync would check, and asks for nothing. */
async function planOne(
  candidate: Candidate,
  inputs: Inputs,
  deps: CommandDeps,
  windowUnseen: () => void,
): Promise<Outcome> {
  const { client, emit, limit, newId, starting } = deps;
  const wish = wishOf(inputs, deps.runUrl);
  const { expectedRevision } = inputs.operation;
  const outcome = (
    verdict: Outcome['verdict'],
    application: Outcome['application'],
    notes: readonly string[] = [],
  ): Outcome => ({
    verdict,
    application,
    operationId: '',
    own: false,
    revisions: [],
    resources: [],
    notes,
    startedMs: undefined,
  });
  try {
    const application = await limit(() =>
      needsWhole(wish) ? client.get(candidate.ref, starting) : client.prepare(candidate, starting),
    );
    const plan = planSync(application, wish, newId());
    switch (plan.kind) {
      case 'refuse':
        return outcome(plan.verdict, application);
      case 'busy':
      case 'stuck':
        return outcome({ name: 'planned', message: `would be synced after: ${plan.what}`, hint: '' }, application);
      case 'sync': {
        const notes = [...plan.notes];
        const tell = (text: string): void => void notes.push(text);
        const refusal = await limit(() =>
          refuseMissingRevision(deps, application, { request: plan.request, wish }, starting, tell),
        );
        if (refusal !== undefined) return outcome(refusal, application);
        const wanted = describeRequest(application, plan.request);
        // Asking for a comparison would change the Application; a sync asks, and leaves alone what is still so.
        if (inputs.targets.onlyOutOfSync && isDone(application, { wish, expectedRevision }, false)) {
          const message = 'would be left alone if a new comparison says the same: Synced and Healthy';
          return outcome({ name: 'unchanged', message, hint: '' }, application);
        }
        const window = await limit(() => client.syncWindow(application, 'plan', starting));
        if (window === 'unknown') windowUnseen();
        if (window === 'closed') {
          const policy = inputs.operation.onSyncWindow;
          if (policy !== 'wait') return outcome(closedWindowVerdict(policy, 'would be'), application);
          const message = `would be synced when its sync window opens: ${wanted}`;
          return outcome({ name: 'planned', message, hint: '' }, application, notes);
        }
        for (const text of notes) emit({ kind: 'note', ref: candidate.ref, text });
        emit({ kind: 'planned', ref: candidate.ref, wanted });
        return outcome({ name: 'planned', message: `would be synced: ${wanted}`, hint: '' }, application, notes);
      }
    }
  } catch (error) {
    if (wasStopped(error, starting)) {
      const verdict = notStarted(starting);
      return outcome({ ...verdict, message: verdict.message.replace('not started', 'not planned') }, undefined);
    }
    return outcome(errorVerdict(error), candidate.application);
  }
}
