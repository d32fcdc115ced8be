import pLimit from 'p-limit';
import { type ApplicationRef, refKey } from '../argocd/application.ts';
import type { ArgoCdClient } from '../argocd/client.ts';
import { ArgoCdError } from '../argocd/errors.ts';
import { passes, type VerdictName } from '../argocd/verdict.ts';
import type { RevisionReader } from '../github/revisions.ts';
import type { Clock } from '../lib/clock.ts';
import { formatElapsed } from '../lib/duration.ts';
import type { Ending } from '../operation/ending.ts';
import type { Follower } from '../operation/follow/follower.ts';
import { createFollower } from '../operation/follow.ts';
import type { Outcome } from '../operation/outcome.ts';
import { needsWhole } from '../operation/plan.ts';
import { conclude } from '../report/conclude.ts';
import type { Emit } from '../report/events.ts';
import type { ApplicationReport, Problem, Report, Selection } from '../report/report.ts';
import { type Resolved, resolve } from '../targets/resolve.ts';
import { endOwnOperations, type LeftBehind, leftBehind } from './clean-up.ts';
import { command } from './commands.ts';
import { causesOf, composeApplication, composeProblem } from './compose.ts';
import { createExplainer, withCause } from './explain.ts';
import { startHeartbeat } from './heartbeat.ts';
import type { Inputs } from './inputs/types.ts';
import { looksFor } from './looks.ts';
import { createStopwatch } from './stopwatch.ts';

/** The runner kills the step soon after a signal: ending operations must not hold the report up longer. */
const WHEN_CANCELLED_MS = 3_000;
/** Nobody kills the step after its own time-out, but it ends within 5 s of it. */
const WHEN_TIMED_OUT_MS = 4_500;

/** Applications that are begun in one go: a thousand would keep the first answers waiting, and most have to wait for their turn anyway. */
const BEGUN_AT_ONCE = 25;

/** Links are not worth more. */
const UI_URL_WITHIN_MS = 1_000;

export interface RunDeps {
  readonly connect: (connection: Inputs['connection'], signal: AbortSignal) => Promise<ArgoCdClient>;
  readonly clock: Clock;
  readonly emit: Emit;
  /** Told of each Application's part of the report once it is known and there is time for it; not always when the run is stopped. */
  readonly reported?: (application: ApplicationReport) => void;
  readonly newId: () => string;
  /** Stored with every operation, so that people find the run from Argo CD; `''`: unknown. */
  readonly runUrl: string;
  /** Asked whether revisions exist where Argo CD does not tell. */
  readonly revisions?: RevisionReader | undefined;
  /** What of the inputs cannot be honoured, for people. */
  readonly warnings?: readonly string[];
  /** Aborts when the workflow is cancelled; its reason is the signal's name. */
  readonly cancelled: AbortSignal;
}

/**
 * The whole story: connect, resolve, plan, trigger, follow, report. Never rejects for anything a server or user did: what went
 * wrong is in the report, which is complete at every ending.
 */
export async function run(inputs: Inputs, deps: RunDeps): Promise<Report> {
  const { clock, emit } = deps;
  const startedAt = clock.date().toISOString();
  const startedMs = clock.now();
  const ending = endAt(inputs.waiting.timeoutMs, deps);
  const problems: Problem[] = [];
  let connection = '';
  let selection: Selection = { looked: '', excluded: [], shards: [] };
  const warnings: string[] = [];
  const warn = (text: string): void => {
    warnings.push(text);
    emit({ kind: 'warning', text });
  };
  let applications: readonly ApplicationReport[] = [];
  let client: ArgoCdClient | undefined;
  try {
    (deps.warnings ?? []).forEach(warn);
    emit({ kind: 'phase', phase: 'connect' });
    client = await deps.connect(inputs.connection, ending.signal);
    connection = client.description;
    emit({ kind: 'connected', description: connection });
    if (client.warning) emit({ kind: 'warning', text: client.warning });

    emit({ kind: 'phase', phase: 'resolve' });
    const resolution = await resolve(client, inputs.targets, inputs.connection.namespaces, ending.signal);
    selection = { looked: resolution.looked, excluded: resolution.excluded, shards: [] };
    if (resolution.kind === 'unresolved') {
      problems.push(resolution.problem);
    } else {
      const { excluded, looked, shards } = resolution;
      selection = { looked, excluded, shards };
      applications = await carryOut(client, inputs, resolution, ending.signal, { ...deps, warn });
    }
  } catch (error) {
    problems.push(interrupted(error, ending.signal) ?? composeProblem(error));
  } finally {
    ending.clear();
    await client?.close().catch(() => {});
  }
  const durationMs = Math.round(clock.now() - startedMs);
  return {
    schemaVersion: 1,
    command: inputs.command,
    ...conclude({ applications, problems, cancelled: deps.cancelled.aborted, durationMs }),
    startedAt,
    finishedAt: clock.date().toISOString(),
    durationMs,
    connection,
    problems,
    warnings,
    selection,
    applications,
  };
}

/** Whether each Application is looked at before something is asked for, and what a list tells is enough for that. */
const prepares = ({ command, operation }: Inputs): boolean =>
  (command === 'sync' || command === 'plan') && !needsWhole(operation);

/** Works every selected Application to its verdict. In the order of the selection. */
async function carryOut(
  client: ArgoCdClient,
  inputs: Inputs,
  resolution: Resolved,
  signal: AbortSignal,
  deps: RunDeps & { readonly warn: (text: string) => void },
): Promise<readonly ApplicationReport[]> {
  const { clock } = deps;
  const stopwatch = createStopwatch(clock.now, deps.emit);
  const { emit } = stopwatch;
  const explain = createExplainer({ client, clock, cancelled: deps.cancelled });
  /** For what is done beside the Applications: it ends with them. */
  const over = new AbortController();
  const meanwhile = AbortSignal.any([signal, over.signal]);
  const { together } = resolution;
  if (together !== undefined && prepares(inputs)) {
    client.prepareAll(together, resolution.selected, meanwhile);
    // All else waits for the answer, so the request goes out first.
    await answersFirst();
  }
  const { order: refs, excluded, looked } = resolution;
  emit({ kind: 'selected', refs, excluded, looked });
  resolution.warnings.forEach(deps.warn);
  // Nothing but the report needs it: it is asked for when the first have been begun, or one is done.
  let asked: Promise<string> | undefined;
  const askForUiUrl = (): Promise<string> => {
    asked ??= Promise.resolve(inputs.reporting.argocdUrl || client.uiUrl(meanwhile).catch(() => ''));
    return asked;
  };
  let soon: Promise<string> | undefined;
  const uiUrl = (): Promise<string> => {
    soon ??= within(askForUiUrl(), UI_URL_WITHIN_MS, clock);
    return soon;
  };
  const startedMs = clock.now();
  const startedAtMs = clock.date().getTime();
  const verdicts: VerdictName[] = [];
  const candidates = new Map(resolution.selected.map((candidate) => [refKey(candidate.ref), candidate]));
  const failures = new Map(resolution.failed.map(({ ref, verdict }) => [refKey(ref), verdict]));
  const starting = new AbortController();
  const stopStarting = (): void => starting.abort(signal.reason);
  signal.addEventListener('abort', stopStarting, { once: true });
  if (signal.aborted) stopStarting();

  const follower = createFollower(
    client,
    {
      scope: resolution.watchScope,
      position: resolution.position,
      pollIntervalMs: inputs.waiting.pollIntervalMs,
      looks: looksFor({
        transport: client.transport,
        count: resolution.selected.length,
        isSpared: together !== undefined || resolution.selected.some(({ application }) => application !== undefined),
        isNarrow: resolution.isNarrow,
        listed: resolution.listed,
        lists: resolution.position.size,
      }),
      // A plan changes nothing, and an accepted sync is all that `async` asks for: nothing to watch.
      watch: inputs.waiting.watch && inputs.command !== 'plan' && !inputs.operation.async,
    },
    clock,
    emit,
  );
  const giveUp = (): void => follower.giveUp((signal.reason as Ending).verdict);
  signal.addEventListener('abort', giveUp, { once: true });
  if (signal.aborted) giveUp();
  const stopHeartbeat = startHeartbeat(
    { total: resolution.order.length, timeoutMs: inputs.waiting.timeoutMs, startedMs },
    {
      clock,
      emit,
      follower,
      verdicts: () => verdicts,
      failOnTimeout: inputs.waiting.failOnTimeout,
    },
  );

  /** What is known before all have been begun: the first requests are not to wait for what is made of it. */
  let early: ApplicationReport[] | undefined = [];
  const finish = async (ref: ApplicationRef, outcome: Outcome): Promise<ApplicationReport> => {
    verdicts.push(outcome.verdict.name);
    const passed = passes(outcome.verdict.name, inputs.waiting.failOnTimeout);
    const durationMs = outcome.startedMs === undefined ? 0 : Math.round(clock.now() - outcome.startedMs);
    if (!passed && inputs.operation.failFast && !starting.signal.aborted) {
      const why = `${ref.name} did not pass and fail-fast is on`;
      starting.abort({ verdict: 'cancelled', why } satisfies Ending);
      emit({ kind: 'warning', text: `${why}: starting no more` });
    }
    const explanation = await explain(outcome);
    const verdict = withCause(outcome, explanation);
    emit({ kind: 'verdict', ref, verdict, passed, durationMs });
    const lap = stopwatch.lapOf(ref);
    const wallTime = (ms: number | undefined): number | undefined =>
      ms === undefined ? undefined : startedAtMs + ms - startedMs;
    const report = composeApplication(
      ref,
      { ...outcome, verdict },
      {
        begunAtMs: wallTime(outcome.startedMs),
        durationMs,
        syncStartedAtMs: wallTime(lap.syncStartedMs),
        syncFinishedAtMs: wallTime(lap.syncFinishedMs),
        uiUrl: await uiUrl(),
        explanation,
      },
    );
    if (early === undefined) deps.reported?.(report);
    else early.push(report);
    return report;
  };

  try {
    const limit = pLimit(inputs.operation.concurrency);
    const one = command(inputs, {
      client,
      revisions: deps.revisions,
      follower,
      limit,
      clock,
      emit,
      newId: deps.newId,
      runUrl: deps.runUrl,
      signal,
      starting: starting.signal,
    });
    const settle = async (ref: ApplicationRef): Promise<Outcome> => {
      const candidate = candidates.get(refKey(ref));
      if (candidate !== undefined) return one(candidate);
      const failure = failures.get(refKey(ref));
      return unfound(failure ?? { name: 'error', message: 'was selected and lost', hint: '' });
    };
    // Of an outcome only what is reported is kept: the states of a thousand Applications are most of the memory.
    const working: { readonly report: Promise<ApplicationReport>; readonly left: Promise<LeftBehind | undefined> }[] =
      [];
    for (const ref of refs) {
      const settled = settle(ref);
      const report = settled.then((outcome) => finish(ref, outcome));
      const left = settled.then((outcome) => leftBehind(ref, outcome));
      // Both are awaited below; until then nobody has.
      for (const promise of [report, left]) promise.catch(() => {});
      working.push({ report, left });
      if (working.length % BEGUN_AT_ONCE === 0) {
        await answersFirst();
        // A place in the line: it is its turn when all before it have had theirs.
        await limit(async () => {});
        // Not later than that: a run that is stopped before all have been begun has its links too.
        void askForUiUrl();
      }
    }
    void askForUiUrl();
    const known = early;
    early = undefined;
    for (const [index, report] of known.entries()) {
      if (signal.aborted) break;
      deps.reported?.(report);
      if (index % BEGUN_AT_ONCE === 0) await answersFirst();
    }
    // What is left running is ended while failures are still being explained: both must be done soon after a time-out.
    const [reports] = await Promise.all([
      Promise.all(working.map(({ report }) => report)),
      Promise.all(working.map(({ left }) => left)).then((all) =>
        leave(
          inputs,
          client,
          all.filter((one) => one !== undefined),
          signal,
          deps,
        ),
      ),
    ]);
    return reports;
  } finally {
    over.abort(new ArgoCdError('aborted', 'stopped'));
    stopHeartbeat();
    signal.removeEventListener('abort', giveUp);
    signal.removeEventListener('abort', stopStarting);
    await stopped(follower, signal);
  }
}

/** Lets go out what was sent, and takes in what has come. */
const answersFirst = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** What comes within this time; `''` otherwise. */
const within = (text: Promise<string>, ms: number, clock: Clock): Promise<string> =>
  new Promise((resolve) => {
    const cancel = clock.schedule(ms, () => resolve(''));
    void text.then((value) => {
      cancel();
      resolve(value);
    });
  });

const unfound = (verdict: Outcome['verdict']): Outcome => ({
  verdict,
  application: undefined,
  operationId: '',
  own: false,
  revisions: [],
  resources: [],
  notes: [],
  startedMs: undefined,
});

/** What becomes of operations this run started and does not wait for any more: as `on-cancel` and `on-timeout` say. */
async function leave(
  inputs: Inputs,
  client: ArgoCdClient,
  left: readonly LeftBehind[],
  signal: AbortSignal,
  deps: RunDeps,
): Promise<void> {
  if (!signal.aborted) return;
  const { onCancel, onTimeout } = inputs.waiting;
  const cancelled = (signal.reason as Ending).verdict === 'cancelled';
  const { clock, emit } = deps;
  await endOwnOperations(cancelled ? onCancel : onTimeout, left, {
    client,
    clock,
    emit,
    withinMs: cancelled ? WHEN_CANCELLED_MS : WHEN_TIMED_OUT_MS,
  });
}

/** Stops watching; does not wait long for connections that do not close. */
async function stopped(follower: Follower, signal: AbortSignal): Promise<void> {
  const stopping = follower.stop();
  if (!signal.aborted) return stopping;
  await Promise.race([stopping, answersFirst()]);
}

/** One deadline and one way to cancel, as one signal. Its reason is an {@link Ending}. */
function endAt(timeoutMs: number, deps: RunDeps): { readonly signal: AbortSignal; clear(): void } {
  const { clock, cancelled, emit } = deps;
  const controller = new AbortController();
  const cancelTimer = clock.schedule(timeoutMs, () => {
    const why = `the time-out of ${formatElapsed(timeoutMs)} is over`;
    emit({ kind: 'warning', text: why });
    controller.abort({ verdict: 'timed-out', why } satisfies Ending);
  });
  const onCancel = (): void => {
    const why = `cancelled by ${String(cancelled.reason)}`;
    emit({ kind: 'warning', text: why });
    controller.abort({ verdict: 'cancelled', why } satisfies Ending);
  };
  if (cancelled.aborted) onCancel();
  cancelled.addEventListener('abort', onCancel, { once: true });
  return {
    signal: controller.signal,
    clear() {
      cancelTimer();
      cancelled.removeEventListener('abort', onCancel);
    },
  };
}

/** The time-out or a signal came before any Application was worked on. */
function interrupted(error: unknown, signal: AbortSignal): Problem | undefined {
  if (!signal.aborted) return undefined;
  if (error instanceof ArgoCdError && error.code !== 'aborted') return undefined;
  const ending = signal.reason as Ending;
  return {
    title: ending.verdict === 'cancelled' ? 'Cancelled' : 'Timed out',
    message: `${ending.why}, before any Application was synced`,
    hint: ending.verdict === 'cancelled' ? '' : 'Check the connection, or give a longer `timeout`.',
    causes: error instanceof ArgoCdError ? causesOf(error) : [],
  };
}
