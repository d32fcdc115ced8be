import type { StoredObject } from '../types.ts';
import {
  type AppOperation,
  type AppSpec,
  annotation,
  DELETION_APPROVED,
  readOperationState,
  readSpec,
} from './application.ts';
import type { Engine } from './engine.ts';
import { type Run, setTargets } from './run.ts';
import { type AppState, resourcesOf } from './state.ts';
import { checkSpec, clusterNames, resolveTargets } from './target.ts';
import { syncWindowState } from './windows.ts';

/** What a pass reads before it does anything. */
export interface Pass {
  readonly state: AppState;
  readonly run: Run;
  readonly application: StoredObject;
  readonly spec: AppSpec;
  readonly operation: AppOperation;
  readonly startedAt: string;
  readonly retryCount: number;
  readonly terminating: boolean;
}

/** Reads everything afresh, as a worker does. Undefined: there is nothing to work on any more. */
export function look(engine: Engine, state: AppState): Pass | undefined {
  const application = engine.read(state);
  const stored = application === undefined ? undefined : readOperationState(application);
  const { run } = state;
  if (application?.operation === undefined || stored?.operation === undefined || run === undefined) return undefined;
  return {
    state,
    run,
    application,
    spec: readSpec(application),
    operation: stored.operation,
    startedAt: stored.startedAt,
    retryCount: stored.retryCount,
    terminating: stored.phase === 'Terminating',
  };
}

/** How long the pass takes: short when there is little to do. */
export function passTime(engine: Engine, pass: Pass): number {
  const { operation, run } = pass;
  if (run.script.passMs !== undefined) return run.script.passMs * engine.timing.scriptFactor;
  const quick = !operation.isSync || operation.dryRun || obstacle(engine, pass) !== undefined || nothingToDo(pass);
  return quick ? engine.timing.shortPassMs : engine.timing.passMs;
}

const nothingToDo = (pass: Pass): boolean =>
  pass.operation.resources.length > 0 &&
  !resourcesOf(pass.state, pass.spec).some((one) =>
    pass.operation.resources.some((item) => item.kind === one.kind && item.name === one.name),
  );

/** Why a pass cannot apply anything. */
export type Obstacle =
  | { readonly kind: 'window' }
  | {
      readonly kind: 'error';
      readonly message: string;
      readonly resolved?: readonly string[];
      readonly bare?: boolean;
    };

/** What is in the way of a pass, in the order in which Argo CD looks. Resolves the revisions on the way. */
export function obstacle(engine: Engine, { state, spec, operation, run, application }: Pass): Obstacle | undefined {
  if (!operation.isSync)
    return { kind: 'error', message: 'Invalid operation request: no operation specified', bare: true };
  const invalid = checkSpec(spec, engine);
  if (invalid?.reason === 'project') return { kind: 'error', message: invalid.operationMessage, bare: true };
  if (isBlocked(engine, { spec, operation, application })) return { kind: 'window' };
  if (invalid?.reason === 'cluster') return { kind: 'error', message: invalid.operationMessage };
  const { error, errorAttempts = Number.POSITIVE_INFINITY } = run.script;
  if (error !== undefined && run.attempt <= errorAttempts) return { kind: 'error', message: error };
  const targets = resolveTargets(spec, operation, engine.repositories);
  if (!targets.ok) return { kind: 'error', message: `ComparisonError: ${targets.message}` };
  if (invalid !== undefined) return { kind: 'error', message: invalid.operationMessage, resolved: targets.revisions };
  if (run.revisions === undefined) setTargets(run, spec, targets.revisions, resourcesOf(state, spec), engine);
  return undefined;
}

/** Whether a sync window keeps the operation from running. */
export function isBlocked(
  engine: Engine,
  { spec, operation, application }: Pick<Pass, 'spec' | 'operation' | 'application'>,
): boolean {
  const names = clusterNames(spec, engine.clusters);
  const project = engine.project(spec.project);
  return !syncWindowState(project, application, names, engine.nowMs(), operation.automated).canSync;
}

/** Whether somebody has confirmed the pruning since the operation began. */
export function isApproved({ application, startedAt }: Pass): boolean {
  const approved = annotation(application, DELETION_APPROVED);
  return approved !== undefined && Date.parse(approved) >= Date.parse(startedAt);
}
