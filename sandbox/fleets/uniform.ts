import type { HealthStep, Script, ScriptResource } from '../controller/script.ts';
import { application, commit, DEPLOY_URL, gitRepository, IN_CLUSTER, project } from './builders.ts';
import type { Fleet } from './fleet.ts';

export interface UniformSettings {
  /** Default `app`. */
  readonly prefix?: string;
  readonly namespace?: string;
  readonly project?: string;
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * `outdated` (default): the version before the newest runs, Healthy, and Argo CD knows it. `synced`: nothing to do.
   * `fresh`: never synced. `unseen`: as `outdated`, but Argo CD still says Synced.
   */
  readonly start?: 'outdated' | 'synced' | 'fresh' | 'unseen';
  /** About how large the status is, in bytes of JSON. Default 2000; 30 000 is what large installations have. */
  readonly statusBytes?: number;
  /** Health after a sync; default Progressing, Healthy after 50 ms. */
  readonly health?: readonly HealthStep[];
  /** More for the script of every Application. */
  readonly script?: Script;
}

const STARTS: Readonly<Record<NonNullable<UniformSettings['start']>, NonNullable<Script['start']>>> = {
  outdated: { runs: 'previous', compared: 'current' },
  synced: { runs: 'target', compared: 'current' },
  fresh: { runs: 'nothing', compared: 'current' },
  unseen: { runs: 'previous', compared: 'before' },
};

/** `n` Applications that differ only in name: `app-00001`, … */
export function uniform(n: number, settings: UniformSettings = {}): Fleet {
  const prefix = settings.prefix ?? 'app';
  const digits = Math.max(4, String(n).length);
  const { configMaps, historyEntries, values } = fill(settings.statusBytes ?? 2000);
  const health = settings.health ?? [
    { afterMs: 0, health: 'Progressing' },
    { afterMs: 50, health: 'Healthy' },
  ];
  const start = STARTS[settings.start ?? 'outdated'];
  const projectName = settings.project ?? 'default';
  return {
    name: `uniform-${n}`,
    repositories: [gitRepository(DEPLOY_URL, [commit('First version'), commit('Second version')])],
    clusters: [IN_CLUSTER],
    projects: [project({ name: projectName })],
    applications: Array.from({ length: n }, (_, index) => {
      const name = `${prefix}-${String(index + 1).padStart(digits, '0')}`;
      const resources: readonly ScriptResource[] = [
        { kind: 'Deployment', name, image: 'registry.example.com/web:1' },
        { kind: 'Service', name },
        ...Array.from({ length: configMaps }, (__, i) => ({ kind: 'ConfigMap', name: `${name}-settings-${i}` })),
      ];
      return application({
        name,
        namespace: settings.namespace ?? 'argocd',
        project: projectName,
        ...(settings.labels === undefined ? {} : { labels: settings.labels }),
        source: {
          repoURL: DEPLOY_URL,
          path: 'apps/web',
          targetRevision: 'main',
          ...(values === '' ? {} : { helm: { values } }),
        },
        script: {
          resources,
          start: { ...start, history: historyEntries },
          syncs: [{ health }],
          ...settings.script,
        },
      });
    }),
  };
}

/** What makes a status about so large: managed resources with their sync results, and values repeated in the history. */
function fill(bytes: number): {
  readonly configMaps: number;
  readonly historyEntries: number;
  readonly values: string;
} {
  const perResource = 410;
  const base = 2300;
  const configMaps = Math.max(0, Math.floor((bytes * 0.4 - base * 0.4) / perResource));
  const historyEntries = bytes >= 8000 ? 10 : 1;
  // The source stands in every history entry, in comparedTo and in the sync result.
  const copies = historyEntries + 2;
  const rest = bytes - base - configMaps * perResource - historyEntries * 300;
  const length = Math.max(0, Math.floor(rest / copies));
  return { configMaps, historyEntries, values: 'replicas: 2\n'.repeat(Math.ceil(length / 13)) };
}
