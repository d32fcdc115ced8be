import { execFileSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFixtureRepository, type FixtureRepository, fixtureEnvironment } from '../../../sandbox/git/fixture.ts';
import { type GitServer, startGitServer } from '../../../sandbox/git/server.ts';
import { type OpenOptions, openRepository } from '../../../src/bidirectional/git/open.ts';
import type { CommitMessage, GitRepository } from '../../../src/bidirectional/git/port.ts';
import { createRedactor } from '../../../src/lib/redact.ts';

export const WRITER = 'ghs_writer-token-0123456789';
export const READER = 'ghs_reader-token-0123456789';

/** A Git server on loopback, repositories behind it, and checkouts of them. */
export interface Workbench {
  readonly server: GitServer;
  readonly root: string;
  readonly env: Record<string, string>;
  /** A new repository `acme/<name>`. */
  repository(name: string): FixtureRepository;
  /** A checkout as actions/checkout makes it: depth 1, the token persisted in the local configuration. */
  checkout(
    name: string,
    options?: { readonly depth?: number; readonly token?: string; readonly branch?: string; readonly filter?: string },
  ): string;
  open(name: string, options?: Partial<OpenOptions>): Promise<GitRepository>;
  stop(): Promise<void>;
}

export const startWorkbench = async (): Promise<Workbench> => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'git-')));
  const server = await startGitServer({
    root,
    accounts: [
      { token: WRITER, write: true },
      { token: READER, write: false },
    ],
  });
  const env = fixtureEnvironment(root);
  const opened: GitRepository[] = [];
  let checkouts = 0;
  return {
    server,
    root,
    env,
    repository: (name) => createFixtureRepository(join(root), `acme/${name}`),
    checkout(name, { depth, token = WRITER, branch = 'main', filter } = {}) {
      checkouts += 1;
      const folder = join(root, `checkout-${checkouts}`);
      const source = `file://${join(root, 'acme', `${name}.git`)}`;
      const depths = depth === undefined ? [] : [`--depth=${depth}`];
      const filters = filter === undefined ? [] : [`--filter=${filter}`, '--sparse'];
      execFileSync(
        'git',
        ['clone', '--quiet', '--template=', ...depths, ...filters, '--branch', branch, source, folder],
        {
          env,
          stdio: 'pipe',
        },
      );
      const git = (...args: readonly string[]): void =>
        void execFileSync('git', [...args], { cwd: folder, env, stdio: 'pipe' });
      git('remote', 'set-url', 'origin', `${server.url}/acme/${name}`);
      if (token !== '') {
        const basic = Buffer.from(`x-access-token:${token}`).toString('base64');
        git('config', '--local', `http.${server.url}/.extraheader`, `AUTHORIZATION: basic ${basic}`);
      }
      return folder;
    },
    async open(name, options = {}) {
      const redactor = createRedactor();
      const repository = await openRepository(
        {
          workspace: '',
          serverUrl: server.url,
          repository: `acme/${name}`,
          token: WRITER,
          temp: root,
          env,
          registerSecret: (secret) => redactor.register(secret),
          redact: (text) => redactor.redact(text),
          delay: async () => {},
          random: () => 0,
          ...options,
        },
        signal(),
      );
      opened.push(repository);
      return repository;
    },
    async stop() {
      await Promise.all(opened.map((repository) => repository.close()));
      await server.stop();
      rmSync(root, { recursive: true, force: true });
    },
  };
};

export const signal = (): AbortSignal => AbortSignal.timeout(20_000);

export const message = (parts: Partial<CommitMessage> = {}): CommitMessage => ({
  subject: 'Update Application shop',
  body: '',
  trailers: [{ name: 'GitOpsSync-Run', value: 'https://github.example.com/acme/shop/actions/runs/4711' }],
  author: { name: 'octocat', email: '583231+octocat@users.noreply.github.com' },
  committer: { name: 'github-actions[bot]', email: '41898282+github-actions[bot]@users.noreply.github.com' },
  date: new Date('2026-11-21T12:00:00Z'),
  ...parts,
});

export const nothing = { writes: [], deletions: [], renames: [] } as const;

/** The commit of a branch that must be there. */
export const fetched = async (repository: GitRepository, branch = 'main'): Promise<string> => {
  const head = await repository.fetchBranch(branch, signal());
  if (head === undefined) throw new Error(`there is no branch ${branch}`);
  return head;
};
