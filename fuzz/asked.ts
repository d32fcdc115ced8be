import type { Sandbox } from '../sandbox/types.ts';
import type { ConnectionInputs, Inputs, TargetInputs } from '../src/sync/inputs/types.ts';
import type { Story } from './story.ts';
import { NEWEST, nameOf, namespaceOf, namespacesOf, OLDER } from './world.ts';

/** The inputs of a story's run. */
export const inputsOf = (story: Story, sandbox: Pick<Sandbox, 'argocdUrl' | 'kubeconfig' | 'token'>): Inputs => {
  const { inputs: given } = story;
  return {
    command: given.command,
    connection: connectionOf(story, sandbox),
    targets: targetsOf(story),
    operation: {
      revision: { '': '', main: 'main', older: OLDER, tag: 'v1', unknown: 'no-such-tag' }[given.revision],
      sources: [],
      resources: [],
      expectedRevision: { '': '', newest: NEWEST.slice(0, 8), older: OLDER }[given.expected],
      prune: given.prune,
      dryRun: given.dryRun,
      applyOnly: given.applyOnly,
      force: false,
      syncOptions: [],
      retry: given.retryLimit === null ? undefined : { limit: given.retryLimit, backoff: { duration: '1s' } },
      onRunningOperation: given.onRunningOperation,
      onSyncWindow: given.onSyncWindow,
      info: [],
      concurrency: given.concurrency,
      failFast: given.failFast,
      async: given.async,
    },
    waiting: {
      waitUntilHealthy: given.waitUntilHealthy,
      failOnTimeout: given.failOnTimeout,
      timeoutMs: given.timeoutMs,
      degradedTimeoutMs: given.degradedTimeoutMs ?? undefined,
      healthyForMs: given.healthyForMs,
      pollIntervalMs: given.pollIntervalMs,
      watch: given.watch,
      requireSynced: given.requireSynced,
      suspended: given.suspended,
      onCancel: given.onCancel,
      onTimeout: given.onTimeout,
    },
    reporting: {
      summary: false,
      argocdUrl: '',
      format: 'json',
      github: { token: '', deployment: '', environmentUrl: '', comment: false },
    },
  };
};

const connectionOf = (story: Story, sandbox: Pick<Sandbox, 'argocdUrl' | 'kubeconfig' | 'token'>): ConnectionInputs => {
  const common = {
    namespaces: story.twoNamespaces ? namespacesOf(story) : undefined,
    certificateAuthority: '',
    clientCertificate: '',
    clientKey: '',
    headers: [],
    insecureSkipTlsVerify: false,
    requestTimeoutMs: story.inputs.requestTimeoutMs,
    proxy: { https: '', http: '', no: '' },
  };
  return story.transport === 'kubernetes'
    ? { ...common, mode: 'kubernetes', kubeconfig: { kind: 'content', yaml: sandbox.kubeconfig() }, context: '' }
    : { ...common, mode: 'argocd', server: sandbox.argocdUrl, credentials: { kind: 'token', token: sandbox.token() } };
};

const targetsOf = (story: Story): TargetInputs => ({
  names:
    story.targeting === 'names'
      ? story.applications.map((_, index) => ({ namespace: namespaceOf(story, index), name: nameOf(index) }))
      : [],
  globs: story.targeting === 'all' ? ['*'] : [],
  regex: '',
  selector: story.targeting === 'selector' ? 'team=a' : '',
  project: '',
  cluster: '',
  destinationNamespace: '',
  repository: '',
  service: '',
  environment: '',
  serviceLabel: 'harness.io/serviceRef',
  environmentLabel: 'harness.io/envRef',
  exclude: [],
  applicationSet: undefined,
  onlyOutOfSync: false,
  shard: undefined,
  maxApplications: 1000,
  enforceMax: true,
  allowEmpty: false,
});
