/** What the stand-in knows: repositories and organizations with what is in them. In memory, changed in place. */

export interface GitHubState {
  /** By `owner/name` in lower case: GitHub does not look at the case. */
  readonly repositories: Map<string, Repository>;
  /** Webhooks of organizations, by login in lower case. */
  readonly organizations: Map<string, { readonly login: string; readonly hooks: Hook[] }>;
  /** The next id of anything. */
  nextId(): number;
  now(): string;
}

export interface Repository {
  readonly owner: string;
  readonly name: string;
  readonly private: boolean;
  readonly defaultBranch: string;
  /** Name → commit. */
  readonly branches: Map<string, string>;
  readonly tags: Map<string, string>;
  /** Annotated tags, by their own ids: the name. */
  readonly tagObjects: Map<string, string>;
  /** Commits that exist, those of branches and tags included. */
  readonly commits: Set<string>;
  readonly pulls: Pull[];
  readonly comments: Comment[];
  readonly deployments: Deployment[];
  readonly hooks: Hook[];
}

export interface Pull {
  readonly number: number;
  title: string;
  body: string | null;
  state: 'open' | 'closed';
  merged: boolean;
  draft: boolean;
  readonly head: { readonly ref: string; sha: string };
  base: string;
  readonly login: string;
  /** Commits that belong to it beside its head, the merge commit included. */
  readonly commits: Set<string>;
}

export type Association = 'OWNER' | 'MEMBER' | 'COLLABORATOR' | 'CONTRIBUTOR' | 'NONE';

export interface Comment {
  readonly id: number;
  /** Of the issue or pull request. */
  readonly number: number;
  readonly user: { readonly login: string; readonly type: 'User' | 'Bot' };
  readonly association: Association;
  body: string;
  readonly createdAt: string;
  updatedAt: string;
}

export interface Deployment {
  readonly id: number;
  readonly ref: string;
  readonly sha: string;
  readonly task: string;
  readonly environment: string;
  readonly description: string | null;
  readonly payload: unknown;
  readonly production: boolean;
  readonly transient: boolean;
  readonly createdAt: string;
  /** Oldest first. */
  readonly statuses: DeploymentStatus[];
}

export interface DeploymentStatus {
  readonly id: number;
  readonly state: string;
  readonly description: string;
  readonly logUrl: string;
  readonly environmentUrl: string;
  readonly createdAt: string;
}

export interface Hook {
  readonly id: number;
  active: boolean;
  events: readonly string[];
  config: Readonly<Record<string, unknown>>;
  readonly createdAt: string;
  updatedAt: string;
  /** Newest first. */
  readonly deliveries: Delivery[];
}

export interface Delivery {
  readonly id: number;
  readonly guid: string;
  readonly deliveredAt: string;
  readonly event: string;
  readonly action: string | null;
  readonly status: string;
  readonly statusCode: number;
  readonly durationSeconds: number;
  readonly redelivery: boolean;
  /** As the secret of that moment made it, `''`: there was none. */
  readonly signature: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** A repository to begin with; what is not said is empty. */
export interface RepositorySeed {
  /** `owner/name`. */
  readonly name: string;
  readonly private?: boolean;
  /** Default: `main`. */
  readonly defaultBranch?: string;
  readonly branches?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
  readonly tagObjects?: Readonly<Record<string, string>>;
  readonly commits?: readonly string[];
  readonly pulls?: readonly {
    readonly number: number;
    readonly head: { readonly ref: string; readonly sha: string };
    readonly title?: string;
    readonly base?: string;
    readonly state?: 'open' | 'closed';
    readonly merged?: boolean;
    readonly commits?: readonly string[];
  }[];
}

export function createState(seeds: readonly RepositorySeed[], now: () => Date): GitHubState {
  let last = 1000;
  const state: GitHubState = {
    repositories: new Map(),
    organizations: new Map(),
    nextId: () => {
      last += 1;
      return last;
    },
    // GitHub's times have no milliseconds.
    now: () =>
      now()
        .toISOString()
        .replace(/\.\d+Z$/, 'Z'),
  };
  for (const seed of seeds) {
    const [owner = '', name = ''] = seed.name.split('/');
    const branches = new Map(Object.entries(seed.branches ?? {}));
    const tags = new Map(Object.entries(seed.tags ?? {}));
    const pulls = (seed.pulls ?? []).map(
      ({ number, head, ...rest }): Pull => ({
        number,
        title: rest.title ?? `Pull request ${number}`,
        body: null,
        state: rest.state ?? 'open',
        merged: rest.merged ?? false,
        draft: false,
        head: { ...head },
        base: rest.base ?? seed.defaultBranch ?? 'main',
        login: 'octocat',
        commits: new Set(rest.commits ?? []),
      }),
    );
    state.repositories.set(seed.name.toLowerCase(), {
      owner,
      name,
      private: seed.private ?? false,
      defaultBranch: seed.defaultBranch ?? 'main',
      branches,
      tags,
      tagObjects: new Map(Object.entries(seed.tagObjects ?? {})),
      commits: new Set([
        ...branches.values(),
        ...tags.values(),
        ...(seed.commits ?? []),
        ...pulls.flatMap((pull) => [pull.head.sha, ...pull.commits]),
      ]),
      pulls,
      comments: [],
      deployments: [],
      hooks: [],
    });
    if (!state.organizations.has(owner.toLowerCase())) {
      state.organizations.set(owner.toLowerCase(), { login: owner, hooks: [] });
    }
  }
  return state;
}
