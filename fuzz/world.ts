import type { Script, ScriptResource, TimedAction } from '../sandbox/controller/script.ts';
import { REAL, type TimingChoice } from '../sandbox/controller/timing.ts';
import {
  alwaysClosed,
  application,
  commit,
  DEPLOY_URL,
  gitRepository,
  IN_CLUSTER,
  project,
  sha,
} from '../sandbox/fleets/builders.ts';
import type { Fleet, FleetApplication } from '../sandbox/fleets/fleet.ts';
import type { Draft } from '../sandbox/types.ts';
import type { Rival, StoryApplication } from './applications.ts';
import type { Story } from './story.ts';

export const OLDER = sha('one');
export const NEWEST = sha('two');
const SECOND_NAMESPACE = 'team';
const MORE_URL = 'https://git.example.com/more.git';

export const nameOf = (index: number): string => `app-${index}`;
export const namespaceOf = (story: Story, index: number): string =>
  story.twoNamespaces && index % 2 === 1 ? SECOND_NAMESPACE : 'argocd';
export const namespacesOf = (story: Story): readonly string[] =>
  story.twoNamespaces ? ['argocd', SECOND_NAMESPACE] : ['argocd'];

/** What the sandbox starts with. */
export const fleetOf = (story: Story): Fleet => {
  const commits = [commit('one'), commit('two')];
  const more = { tags: { v1: OLDER } };
  return {
    name: 'story',
    repositories: [
      gitRepository(DEPLOY_URL, commits, { ...more, missingPaths: ['apps/missing'] }),
      gitRepository(MORE_URL, commits, more),
    ],
    clusters: [IN_CLUSTER],
    projects: [
      project({ name: 'default', sourceNamespaces: ['*'] }),
      project({ name: 'closed', sourceNamespaces: ['*'], syncWindows: [alwaysClosed(['*'])] }),
    ],
    applications: story.applications.map((one, index) => applicationOf(story, one, index)),
  };
};

/** The controller's pace; scripts keep their times. */
export const timingOf = ({ pace }: Story): TimingChoice => {
  if (pace !== 'slow') return pace;
  const { scriptFactor: _, windowMs, ...times } = REAL;
  return { windowMs, ...Object.fromEntries(Object.entries(times).map(([name, ms]) => [name, ms * 6])) };
};

function applicationOf(story: Story, one: StoryApplication, index: number): FleetApplication {
  const name = nameOf(index);
  const sources = sourcesOf(one, name);
  const policy: Draft = {
    ...(one.automated === 'off' ? {} : { automated: { selfHeal: one.automated === 'self-heal' } }),
    ...(one.createNamespace ? { syncOptions: ['CreateNamespace=true'] } : {}),
    ...(one.retryLimit === 0
      ? {}
      : { retry: { limit: one.retryLimit, backoff: { duration: '1s', factor: 2, maxDuration: '5s' } } }),
  };
  return application({
    name,
    namespace: namespaceOf(story, index),
    project: one.project,
    labels: { team: 'a' },
    ...(one.skipReconcile ? { annotations: { 'argocd.argoproj.io/skip-reconcile': 'true' } } : {}),
    ...(one.finalizer ? { finalizers: ['resources-finalizer.argocd.argoproj.io'] } : {}),
    ...(one.sources === 1 ? { source: sources[0] ?? {} } : { sources }),
    syncPolicy: policy,
    script: scriptOf(one, index),
  });
}

const sourcesOf = (one: StoryApplication, name: string): readonly Draft[] =>
  Array.from({ length: one.sources }, (_, position) => ({
    repoURL: position === 1 ? MORE_URL : DEPLOY_URL,
    path:
      one.path === 'missing' && position === 0 ? 'apps/missing' : `apps/${name}${position === 0 ? '' : `-${position}`}`,
    targetRevision: one.target,
  }));

function resourcesOf(one: StoryApplication, name: string): readonly ScriptResource[] {
  const service: ScriptResource = { kind: 'Service', name };
  const workload: ScriptResource = { kind: 'Deployment', name, image: `${name}:1` };
  switch (one.resources) {
    case 'usual':
      return [workload, { ...service, source: one.sources - 1 }];
    case 'waves':
      return [workload, service, { kind: 'Deployment', name: `${name}-late`, wave: 1 }];
    case 'leftover':
      return [workload, { kind: 'ConfigMap', name: `${name}-old`, until: NEWEST }];
    case 'confirm':
      return [workload, { kind: 'ConfigMap', name: `${name}-old`, until: NEWEST, prune: 'confirm' }];
    case 'no-workload':
      return [service, { kind: 'ConfigMap', name }];
  }
}

const scriptOf = (one: StoryApplication, index: number): Script => {
  const name = nameOf(index);
  return {
    resources: resourcesOf(one, name),
    start: { runs: one.runs, compared: one.compared, health: one.startHealth, comparedMsAgo: one.comparedMsAgo },
    syncs: one.syncs.map((sync) =>
      sync.refusals === undefined
        ? sync
        : { ...sync, refusals: sync.refusals.map((refusal) => ({ ...refusal, name })) },
    ),
    ignored: one.ignored,
    namespaceExists: one.namespaceExists,
    actions: one.rivals.map((rival, position) => actionOf(one, rival, index, position)),
  };
};

function actionOf(one: StoryApplication, rival: Rival, index: number, position: number): TimedAction {
  return {
    on: rival.on,
    nth: rival.nth,
    // What happens every time must not happen at once, or there is no end.
    afterMs: rival.nth === 0 ? Math.max(500, rival.afterMs) : rival.afterMs,
    act: actOf(one, rival, index, position),
  };
}

function actOf(one: StoryApplication, { who, variant }: Rival, index: number, position: number): TimedAction['act'] {
  const name = nameOf(index);
  const odd = variant % 2 === 1;
  const operation = (sync: Draft): TimedAction['act'] => ({
    do: 'operation',
    operation: {
      initiatedBy: { username: 'other-pipeline' },
      ...(odd ? { info: [{ name: 'gitopssync/id', value: `other-${index}-${position}` }] } : {}),
      sync,
    },
    keepState: variant === 5,
  });
  const older = one.sources === 1 ? { revision: OLDER } : { revisions: sourcesOf(one, name).map(() => OLDER) };
  const sourced = (change: Draft): TimedAction['act'] => ({
    do: 'patch',
    patch: {
      spec:
        one.sources === 1
          ? { source: change }
          : { sources: sourcesOf(one, name).map((source, at) => (at === 0 ? { ...source, ...change } : source)) },
    },
  });
  const pushed = (announced: boolean): TimedAction['act'] => ({
    do: 'commit',
    repository: DEPLOY_URL,
    branch: 'main',
    commit: commit(`push-${index}-${position}`, odd ? { touches: ['docs'] } : {}),
    announced,
  });
  const soon = [
    { afterMs: 0, health: variant < 3 ? 'Progressing' : 'Degraded' } as const,
    { afterMs: 400 * (variant + 1), health: 'Healthy' } as const,
  ];
  switch (who) {
    case 'pipeline':
      return operation({});
    case 'pipeline-older':
      return operation(older);
    case 'pipeline-dry-run':
      return operation({ dryRun: true });
    case 'pipeline-partial':
      return operation({ resources: [{ kind: 'Service', name }] });
    case 'terminates':
      return { do: 'terminate' };
    case 'removes-operation':
      return { do: 'remove-operation' };
    case 'deletes':
      return { do: 'delete' };
    case 'edits-spec':
      return sourced({ targetRevision: odd ? 'v1' : 'main' });
    case 'edits-path':
      return sourced({ path: odd ? 'apps/missing' : 'apps/elsewhere' });
    case 'edits-labels':
      return { do: 'patch', patch: { metadata: { labels: odd ? { team: null } : { touched: String(variant) } } } };
    case 'edits-automation':
      return { do: 'patch', patch: { spec: { syncPolicy: { automated: odd ? null : { selfHeal: variant > 2 } } } } };
    case 'skips-reconcile':
      return {
        do: 'patch',
        patch: { metadata: { annotations: { 'argocd.argoproj.io/skip-reconcile': odd ? null : 'true' } } },
      };
    case 'refreshes':
      return { do: 'refresh', kind: odd ? 'hard' : 'normal' };
    case 'pushes':
      return pushed(true);
    case 'pushes-quietly':
      return pushed(false);
    case 'changes-live':
      return { do: 'live', kind: one.resources === 'no-workload' ? 'ConfigMap' : 'Deployment', name, health: soon };
    case 'removes-live':
      return {
        do: 'live',
        kind: one.resources === 'leftover' || one.resources === 'confirm' ? 'Deployment' : 'Service',
        name,
        gone: true,
      };
    case 'opens-window':
      return { do: 'patch-project', project: 'closed', patch: { spec: { syncWindows: null } } };
    case 'approves':
      return { do: 'approve' };
    case 'health':
      return { do: 'health', health: soon };
  }
}
