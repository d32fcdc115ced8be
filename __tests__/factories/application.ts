import type { Application, Operation, OperationState } from '../../src/argocd/application.ts';
import { ID_INFO } from '../../src/argocd/application.ts';

type Overrides = { readonly [Field in keyof Application]?: Application[Field] };

/** An Application that is Synced and Healthy at commit `a…`, with whatever a test wants otherwise. */
export function application(overrides: Overrides = {}): Application {
  return {
    ref: { namespace: 'argocd', name: 'shop' },
    uid: 'uid-shop',
    project: 'default',
    labels: {},
    annotations: {},
    resourceVersion: '100',
    version: overrides.resourceVersion ?? '100',
    deleting: false,
    controllerNamespace: 'argocd',
    destination: { server: 'https://kubernetes.default.svc', name: '', namespace: 'shop' },
    sources: [
      { repoURL: 'https://git.example.com/deploy.git', targetRevision: 'main', path: 'shop', chart: '', name: '' },
    ],
    multiSource: false,
    syncPolicy: { automated: false, selfHeal: false, syncOptions: [], retry: undefined },
    operation: undefined,
    operationState: undefined,
    sync: { status: 'Synced', revisions: [COMMIT_A] },
    health: { status: 'Healthy', message: '' },
    reconciledAt: '2026-11-20T10:00:00Z',
    resources: [],
    conditions: [],
    history: [],
    ...overrides,
  };
}

export const COMMIT_A = 'a'.repeat(40);
export const COMMIT_B = 'b'.repeat(40);
export const COMMIT_C = 'c'.repeat(40);

export function operation(
  id: string,
  overrides: { readonly [Field in keyof Operation]?: Operation[Field] } = {},
): Operation {
  return {
    info: id === '' ? [] : [{ name: ID_INFO, value: id }],
    initiatedBy: id === '' ? 'somebody' : `gitopssync/${id.slice(0, 8)}`,
    automated: false,
    sync: { revision: '', revisions: [], prune: false, dryRun: false, partial: false },
    ...overrides,
  };
}

export function operationState(
  id: string,
  phase: OperationState['phase'],
  overrides: { readonly [Field in keyof OperationState]?: OperationState[Field] } = {},
): OperationState {
  const ended = phase !== 'Running' && phase !== 'Terminating';
  return {
    operation: operation(id),
    phase,
    message: ended ? 'successfully synced (all tasks run)' : '',
    startedAt: '2026-11-20T10:01:00Z',
    finishedAt: ended ? '2026-11-20T10:01:01Z' : '',
    retryCount: 0,
    syncResult: ended ? { revisions: [COMMIT_B], resources: [] } : undefined,
    ...overrides,
  };
}
