import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A file of a fixture: its content, where a symbolic link points to, or the commit of a submodule. */
export type FixtureFile =
  | string
  | Buffer
  | { readonly executable: string }
  | { readonly link: string }
  | { readonly submodule: string };

/** A commit to make in a bare repository, as somebody else would. */
export interface FixtureCommit {
  /** Path → content; undefined removes it. */
  readonly files: Readonly<Record<string, FixtureFile | undefined>>;
  readonly message?: string;
  readonly author?: string;
  /** Seconds since 1970. */
  readonly date?: number;
}

/** A bare repository on disk, and somebody who commits to it. */
export interface FixtureRepository {
  readonly path: string;
  /** Adds a commit to a branch, which is made when it is not there. Answers its id. */
  commit(branch: string, commit: FixtureCommit): string;
  /** The same for many, oldest first. Answers the id of the last. */
  commits(branch: string, commits: readonly FixtureCommit[]): string;
  /** The newest commit of a branch, `''`: there is none. */
  head(branch: string): string;
  /** Runs git in the bare repository. */
  git(...args: readonly string[]): string;
  /** The text of a file of a branch. */
  read(branch: string, path: string): string;
}

/** Git without the configuration of the machine, with the author of the fixtures. */
export const fixtureEnvironment = (home: string): Record<string, string> => ({
  PATH: process.env.PATH ?? '',
  HOME: home,
  LC_ALL: 'C',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@example.com',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@example.com',
});

/** Makes an empty bare repository below `root` whose default branch is `main`. */
export const createFixtureRepository = (root: string, name: string): FixtureRepository => {
  const path = join(root, `${name}.git`);
  mkdirSync(dirname(path), { recursive: true });
  const env = fixtureEnvironment(root);
  const run = (cwd: string, args: readonly string[], extra: Record<string, string> = {}, input?: Buffer): string =>
    execFileSync('git', [...args], {
      cwd,
      env: { ...env, ...extra },
      input: input ?? '',
      stdio: ['pipe', 'pipe', 'pipe'],
    })
      .toString('utf8')
      .trimEnd();
  run(root, ['init', '--quiet', '--bare', '--initial-branch=main', '--template=', path]);
  // What hosts allow: to fetch any commit by its name, to push over HTTP.
  run(path, ['config', 'uploadpack.allowAnySHA1InWant', 'true']);
  run(path, ['config', 'uploadpack.allowFilter', 'true']);
  run(path, ['config', 'http.receivepack', 'true']);
  run(path, ['config', 'gc.auto', '0']);

  const head = (branch: string): string => {
    try {
      return run(path, ['rev-parse', '--verify', '--quiet', `refs/heads/${branch}`]);
    } catch {
      return '';
    }
  };
  let clock = 1_790_000_000;

  /** One commit as `git fast-import` takes it. */
  const streamOf = (
    branch: string,
    from: string,
    { files, message = 'A change', author, date }: FixtureCommit,
  ): Buffer => {
    clock += 60;
    const at = `${date ?? clock} +0000`;
    const name = author === undefined ? 'Ada <ada@example.com>' : `${author} <${author}@example.com>`;
    return Buffer.concat([
      Buffer.from(`commit refs/heads/${branch}\nauthor ${name} ${at}\ncommitter Ada <ada@example.com> ${at}\n`),
      data(Buffer.from(message)),
      Buffer.from(from === '' ? '' : `from ${from}\n`),
      ...Object.entries(files).flatMap(([file, content]) => {
        const path = quoted(file);
        if (content === undefined) return [Buffer.from(`D ${path}\n`)];
        if (typeof content === 'string' || Buffer.isBuffer(content)) {
          return [Buffer.from(`M 100644 inline ${path}\n`), data(Buffer.from(content))];
        }
        if ('executable' in content)
          return [Buffer.from(`M 100755 inline ${path}\n`), data(Buffer.from(content.executable))];
        if ('submodule' in content) return [Buffer.from(`M 160000 ${content.submodule} ${path}\n`)];
        return [Buffer.from(`M 120000 inline ${path}\n`), data(Buffer.from(content.link))];
      }),
    ]);
  };
  const commits = (branch: string, wanted: readonly FixtureCommit[]): string => {
    const parent = head(branch);
    const stream = wanted.map((one, at) => streamOf(branch, at === 0 ? parent : '', one));
    run(path, ['fast-import', '--quiet', '--date-format=raw'], {}, Buffer.concat(stream));
    return head(branch);
  };

  return {
    path,
    head,
    git: (...args) => run(path, args),
    read: (branch, file) => run(path, ['cat-file', 'blob', `refs/heads/${branch}:${file}`]),
    commits,
    commit: (branch, commit) => commits(branch, [commit]),
  };
};

const data = (bytes: Buffer): Buffer =>
  Buffer.concat([Buffer.from(`data ${bytes.length}\n`), bytes, Buffer.from('\n')]);

/** A path in quotes, as C writes it. */
const quoted = (path: string): string =>
  `"${path.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
