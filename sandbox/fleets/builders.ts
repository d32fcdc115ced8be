import { createHash } from 'node:crypto';
import type { Cluster } from '../controller/controller.ts';
import type { Commit, GitRepository } from '../controller/repository.ts';
import type { Script } from '../controller/script.ts';
import type { Draft } from '../types.ts';
import type { FleetApplication } from './fleet.ts';

export const IN_CLUSTER: Cluster = { name: 'in-cluster', server: 'https://kubernetes.default.svc' };
export const PROD_EU: Cluster = { name: 'prod-eu', server: 'https://prod-eu.example.com:6443' };

/** The repository of fleets that need only one. */
export const DEPLOY_URL = 'https://git.example.com/deploy.git';

/** A commit id made from any text: the same text, the same id. */
export const sha = (text: string): string => createHash('sha1').update(text).digest('hex');

/** A commit named by a text. */
export const commit = (text: string, more: Partial<Commit> = {}): Commit => ({
  sha: sha(text),
  message: text,
  author: 'Dana Developer <dana@example.com>',
  date: '2026-11-20T09:30:00Z',
  ...more,
});

/** A Git repository with these commits, oldest first, and `main` at the last one. */
export function gitRepository(
  url: string,
  commits: readonly Commit[],
  more: Partial<Pick<GitRepository, 'branches' | 'tags' | 'missingPaths'>> = {},
): GitRepository {
  const newest = commits.at(-1)?.sha ?? sha(url);
  return {
    type: 'git',
    url,
    commits,
    branches: { main: newest, ...more.branches },
    ...(more.tags === undefined ? {} : { tags: more.tags }),
    ...(more.missingPaths === undefined ? {} : { missingPaths: more.missingPaths }),
  };
}

export interface ProjectSettings {
  readonly name: string;
  readonly namespace?: string;
  readonly syncWindows?: readonly Readonly<Draft>[];
  readonly destinations?: readonly Readonly<Draft>[];
  readonly sourceNamespaces?: readonly string[];
}

/** An AppProject; allows everything unless told otherwise. */
export const project = (settings: ProjectSettings): Draft => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'AppProject',
  metadata: { name: settings.name, namespace: settings.namespace ?? 'argocd' },
  spec: {
    sourceRepos: ['*'],
    destinations: settings.destinations ?? [{ server: '*', namespace: '*' }],
    clusterResourceWhitelist: [{ group: '*', kind: '*' }],
    ...(settings.sourceNamespaces === undefined ? {} : { sourceNamespaces: settings.sourceNamespaces }),
    ...(settings.syncWindows === undefined ? {} : { syncWindows: settings.syncWindows }),
  },
});

/** Closed at any time, for everybody. */
export const alwaysClosed = (applications: readonly string[]): Draft => ({
  kind: 'deny',
  schedule: '* * * * *',
  duration: '24h',
  applications,
  manualSync: false,
});

export interface ApplicationSettings {
  readonly name: string;
  readonly namespace?: string;
  readonly project?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly finalizers?: readonly string[];
  readonly ownerReferences?: readonly Readonly<Draft>[];
  /** RFC 3339; default: when the sandbox starts. */
  readonly createdAt?: string;
  /** Default: `apps/<name>` of {@link DEPLOY_URL} at `main`. */
  readonly source?: Readonly<Draft>;
  readonly sources?: readonly Readonly<Draft>[];
  /** Default: the Application's name on {@link IN_CLUSTER}. */
  readonly destination?: Readonly<Draft>;
  readonly syncPolicy?: Readonly<Draft>;
  readonly script?: Script;
}

/** An Application with its script. */
export function application(settings: ApplicationSettings): FleetApplication {
  const { name } = settings;
  const source = settings.source ?? { repoURL: DEPLOY_URL, path: `apps/${name}`, targetRevision: 'main' };
  return {
    object: {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: {
        name,
        namespace: settings.namespace ?? 'argocd',
        ...(settings.labels === undefined ? {} : { labels: settings.labels }),
        ...(settings.annotations === undefined ? {} : { annotations: settings.annotations }),
        ...(settings.finalizers === undefined ? {} : { finalizers: settings.finalizers }),
        ...(settings.ownerReferences === undefined ? {} : { ownerReferences: settings.ownerReferences }),
        ...(settings.createdAt === undefined ? {} : { creationTimestamp: settings.createdAt }),
      },
      spec: {
        destination: settings.destination ?? { namespace: name, server: IN_CLUSTER.server },
        project: settings.project ?? 'default',
        ...(settings.sources === undefined ? { source } : { sources: settings.sources }),
        ...(settings.syncPolicy === undefined ? {} : { syncPolicy: settings.syncPolicy }),
      },
    },
    script: settings.script ?? {},
  };
}
