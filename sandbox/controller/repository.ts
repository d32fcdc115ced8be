/** A commit. Commits of one repository form a tree by `parent`. */
export interface Commit {
  /** 40 hexadecimal digits. */
  readonly sha: string;
  /** Default: the commit before it in the list. */
  readonly parent?: string;
  /** Files or folders it changes; default: everything. */
  readonly touches?: readonly string[];
  readonly message?: string;
  readonly author?: string;
  /** RFC 3339. */
  readonly date?: string;
}

export interface GitRepository {
  readonly type: 'git';
  readonly url: string;
  /** Oldest first. */
  readonly commits: readonly Commit[];
  /** Newest commit per branch. */
  readonly branches: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
  /** What `HEAD` means; default `main`. */
  readonly defaultBranch?: string;
  /** Paths that do not exist in any commit. */
  readonly missingPaths?: readonly string[];
}

export interface HelmRepository {
  readonly type: 'helm';
  readonly url: string;
  /** Versions per chart, oldest first. */
  readonly charts: Readonly<Record<string, readonly string[]>>;
}

/** Where Applications come from, as data. */
export type Repository = GitRepository | HelmRepository;

/** A revision made concrete, or Argo CD's words why not. */
export type Resolution =
  | { readonly ok: true; readonly revision: string }
  | { readonly ok: false; readonly error: string; readonly stage: 'resolve' | 'checkout' };

export interface Refs {
  readonly branches: readonly string[];
  readonly tags: readonly string[];
}

/** The repositories the sandbox knows, and what is in them. */
export interface Repositories {
  has(url: string): boolean;
  /** Every repository, in the order they were given. */
  all(): readonly Repository[];
  /** Branches and tags by name; undefined for a repository that is not known or is no Git repository. */
  refs(url: string): Refs | undefined;
  /**
   * Makes a branch, tag, commit or chart version concrete; `''` and `HEAD` mean the default branch. `error` holds git's
   * words as Argo CD repeats them after `rpc error: code = Unknown desc = `. A full commit id that does not exist fails
   * in stage `checkout`: the API server takes it, the controller stumbles over it.
   */
  resolve(url: string, revision: string, chart?: string): Resolution;
  commit(url: string, sha: string): Commit | undefined;
  /** The commit before this one. */
  parent(url: string, sha: string): string | undefined;
  /** What the file is at a revision: a token that is equal exactly when the content is. */
  content(url: string, revision: string, file: string): string;
  pathExists(url: string, path: string): boolean;
  /** Adds a commit and moves a branch to it. Without a parent the branch's commit is the parent. */
  push(url: string, branch: string, commit: Commit): void;
}

const FULL_COMMIT = /^[0-9a-f]{40}$/;
const SHORT_COMMIT = /^[0-9a-f]{7,39}$/;

const unresolved = (revision: string): Resolution => ({
  ok: false,
  stage: 'resolve',
  error: `unable to resolve '${revision}' to a commit SHA`,
});

/** What git says of a commit id that is not there; two lines. */
const checkoutError = (revision: string): string =>
  `failed to initialize repository resources: rpc error: code = Internal desc = Failed to checkout revision ${revision}: ` +
  `\`git fetch origin ${revision} --tags --force --prune\` failed exit status 128: ` +
  `fatal: git upload-pack: not our ref ${revision}\nfatal: remote error: upload-pack: not our ref ${revision}`;

interface GitState {
  readonly repository: GitRepository;
  readonly commits: Map<string, Commit & { readonly before: string | undefined }>;
  readonly branches: Map<string, string>;
  readonly contents: Map<string, string>;
}

export function createRepositories(list: readonly Repository[]): Repositories {
  const git = new Map<string, GitState>();
  const helm = new Map<string, HelmRepository>();
  for (const repository of list) {
    if (repository.type === 'helm') helm.set(repository.url, repository);
    else git.set(repository.url, openGit(repository));
  }

  function resolveGit(state: GitState, revision: string): Resolution {
    const name = revision === '' || revision === 'HEAD' ? (state.repository.defaultBranch ?? 'main') : revision;
    const found = state.branches.get(name) ?? state.repository.tags?.[name];
    if (found !== undefined) return { ok: true, revision: found };
    if (FULL_COMMIT.test(name) && state.commits.has(name)) return { ok: true, revision: name };
    if (SHORT_COMMIT.test(name)) {
      const full = [...state.commits.keys()].find((sha) => sha.startsWith(name));
      if (full !== undefined) return { ok: true, revision: full };
    }
    if (FULL_COMMIT.test(name)) return { ok: false, stage: 'checkout', error: checkoutError(name) };
    return unresolved(revision);
  }

  return {
    has: (url) => git.has(url) || helm.has(url),
    all: () => list,
    refs(url) {
      const state = git.get(url);
      if (state === undefined) return undefined;
      return { branches: [...state.branches.keys()].sort(), tags: Object.keys(state.repository.tags ?? {}).sort() };
    },
    resolve(url, revision, chart) {
      const state = git.get(url);
      if (state !== undefined) return resolveGit(state, revision);
      const versions = helm.get(url)?.charts[chart ?? ''];
      if (versions === undefined)
        return { ok: false, stage: 'resolve', error: `failed to list refs: repository not found` };
      const version = versions.findLast((candidate) => matchesVersion(candidate, revision));
      return version === undefined
        ? { ok: false, stage: 'resolve', error: `unable to resolve chart ${chart ?? ''} version ${revision}` }
        : { ok: true, revision: version };
    },
    commit: (url, sha) => git.get(url)?.commits.get(sha),
    parent: (url, sha) => git.get(url)?.commits.get(sha)?.before,
    content(url, revision, file) {
      const state = git.get(url);
      return state === undefined ? revision : gitContent(state, revision, file);
    },
    pathExists: (url, path) => !(git.get(url)?.repository.missingPaths ?? []).includes(path),
    push(url, branch, commit) {
      const state = git.get(url);
      if (state === undefined) throw new TypeError(`no git repository ${url}`);
      // A commit that is there already keeps its place: it is no child of itself.
      if (!state.commits.has(commit.sha))
        state.commits.set(commit.sha, { ...commit, before: commit.parent ?? state.branches.get(branch) });
      state.branches.set(branch, commit.sha);
    },
  };
}

function openGit(repository: GitRepository): GitState {
  const commits: GitState['commits'] = new Map();
  let before: string | undefined;
  for (const commit of repository.commits) {
    commits.set(commit.sha, { ...commit, before: commit.parent ?? before });
    before = commit.sha;
  }
  return { repository, commits, branches: new Map(Object.entries(repository.branches)), contents: new Map() };
}

/** The newest commit at or before `revision` that changed the file. */
function gitContent(state: GitState, revision: string, file: string): string {
  const first = state.commits.get(revision);
  if (first === undefined || changes(first, file)) return revision;
  const key = `${revision} ${file}`;
  const known = state.contents.get(key);
  if (known !== undefined) return known;
  let sha: string | undefined = revision;
  while (sha !== undefined) {
    const commit = state.commits.get(sha);
    if (commit === undefined || changes(commit, file)) break;
    sha = commit.before;
  }
  const content = sha ?? 'the beginning';
  state.contents.set(key, content);
  return content;
}

const changes = (commit: Commit, file: string): boolean =>
  commit.touches === undefined || commit.touches.some((path) => file === path || file.startsWith(`${path}/`));

/** Exact versions, `*`, and prefixes such as `1.*`. */
function matchesVersion(candidate: string, wanted: string): boolean {
  if (wanted === '' || wanted === '*') return true;
  return wanted.endsWith('*') ? candidate.startsWith(wanted.slice(0, -1)) : candidate === wanted;
}
