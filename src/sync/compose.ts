import type { ApplicationRef } from '../argocd/application.ts';
import { ArgoCdError } from '../argocd/errors.ts';
import type { Explanation } from '../argocd/explanation.ts';
import type { Outcome } from '../operation/outcome.ts';
import { applicationUrl } from '../operation/plan.ts';
import type { ApplicationReport, Problem } from '../report/report.ts';

/** What became of one Application, as the report tells it. Times of the runner's clock in milliseconds. */
export function composeApplication(
  ref: ApplicationRef,
  outcome: Outcome,
  circumstances: {
    readonly begunAtMs: number | undefined;
    readonly durationMs: number;
    readonly syncStartedAtMs: number | undefined;
    readonly syncFinishedAtMs: number | undefined;
    readonly uiUrl: string;
    readonly explanation: Explanation;
  },
): ApplicationReport {
  const { application, verdict } = outcome;
  const { begunAtMs, durationMs, syncStartedAtMs, syncFinishedAtMs, uiUrl, explanation } = circumstances;
  const stamp = (ms: number | undefined): string | null =>
    ms === undefined ? null : new Date(Math.round(ms)).toISOString();
  return {
    name: ref.name,
    namespace: ref.namespace,
    project: application?.project ?? '',
    cluster: application === undefined ? '' : application.destination.name || application.destination.server,
    verdict: verdict.name,
    message: verdict.message,
    hint: verdict.hint,
    syncStatus: application?.sync.status ?? null,
    healthStatus: application?.health.status ?? null,
    phase: application?.operationState?.phase ?? null,
    revisions: outcome.revisions.length > 0 ? outcome.revisions : (application?.sync.revisions ?? []),
    operationId: outcome.operationId,
    startedAt: stamp(begunAtMs),
    finishedAt: stamp(begunAtMs === undefined ? undefined : begunAtMs + durationMs),
    durationMs,
    syncStartedAt: stamp(syncStartedAtMs),
    syncFinishedAt: stamp(syncFinishedAtMs),
    url: verdict.name === 'not-found' ? '' : applicationUrl(uiUrl, ref),
    resources: outcome.resources,
    unhealthy: explanation.unhealthy,
    events: explanation.events,
    conditions: (application?.conditions ?? []).map(({ type, message }) => ({ type, message })),
    notes: outcome.notes,
  };
}

/** A failure of the step as a whole, from whatever was thrown. */
export function composeProblem(error: unknown): Problem {
  if (!(error instanceof ArgoCdError)) {
    return {
      title: 'Unexpected error',
      message: error instanceof Error ? error.message : String(error),
      hint: 'This is a bug; please report it with the log.',
      causes: causesOf(error),
    };
  }
  return { title: TITLES[error.code], message: error.message, hint: error.hint, causes: causesOf(error) };
}

const TITLES: Readonly<Record<ArgoCdError['code'], string>> = {
  unauthenticated: 'Not logged in',
  forbidden: 'Not allowed',
  'not-found': 'Not found',
  conflict: 'Changed by somebody else',
  busy: 'Another operation is in progress',
  blocked: 'A sync window is closed',
  deleting: 'Being deleted',
  invalid: 'Refused by the server',
  unavailable: 'The server is not available',
  timeout: 'No answer in time',
  network: 'No connection',
  tls: 'Certificate not trusted',
  'not-the-api': 'Something else answered',
  expired: 'The list changed too fast',
  configuration: 'The connection cannot be set up',
  aborted: 'Stopped',
};

const CAUSES = 5;

/** The messages of what led to an error, nearest first. */
export function causesOf(error: unknown): readonly string[] {
  const causes: string[] = [];
  let cause = error instanceof Error ? error.cause : undefined;
  while (cause instanceof Error && causes.length < CAUSES) {
    causes.push(cause.message);
    cause = cause.cause;
  }
  return causes;
}
