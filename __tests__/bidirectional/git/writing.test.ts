import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { FixtureRepository } from '../../../sandbox/git/fixture.ts';
import type { FileChange, GitRepository, PushRequest, PushResult } from '../../../src/bidirectional/git/port.ts';
import { MAX_ATTEMPTS } from '../../../src/lib/retry.ts';
import { fetched, message, nothing, READER, signal, startWorkbench, type Workbench } from './workbench.ts';

let bench: Workbench;
beforeAll(async () => {
  bench = await startWorkbench();
});
afterAll(() => bench.stop());

const write = (path: string, content: string): FileChange => ({ ...nothing, writes: [{ path, content }] });

describe('a commit', () => {
  test('has the writes, deletions and renames, byte for byte, and says who and why', async () => {
    const fixture = bench.repository('commit');
    fixture.commit('main', {
      files: {
        'a.yaml': 'a\n',
        'b.yaml': 'b\n',
        'gone/c.yaml': 'c\n',
        'keep/d': 'd',
        '.gitattributes': '* text eol=crlf\n',
      },
    });
    const repository = await bench.open('commit');
    const base = await fetched(repository);
    const content = '# comment\r\nkey: "ä"\n\ttab\u2028 end';
    const commit = await repository.commit(
      base,
      {
        writes: [
          { path: 'a.yaml', content },
          { path: 'neu/tief/ü -x.yaml', content: Buffer.from([0, 255, 10]) },
        ],
        deletions: ['gone/c.yaml', 'never/was.yaml'],
        renames: [{ from: 'b.yaml', to: 'moved/b.yaml' }],
      },
      message({ body: 'Second\nparagraph\n\n' }),
      signal(),
    );
    if (commit === undefined) throw new Error('no commit');
    expect(await repository.push({ branch: 'main', commit, expected: base, mode: 'fast-forward' }, signal())).toEqual({
      kind: 'pushed',
      answered: true,
    });
    expect(fixture.head('main')).toBe(commit);
    expect(fixture.git('ls-tree', '-r', '-z', '--name-only', 'main').split('\0')).toEqual([
      '.gitattributes',
      'a.yaml',
      'keep/d',
      'moved/b.yaml',
      'neu/tief/ü -x.yaml',
      '',
    ]);
    expect(fixture.read('main', 'a.yaml')).toBe(content);
    expect(fixture.git('show', '-s', '--format=%an <%ae> %at|%cn <%ce> %ct|%P%n%B', 'main')).toBe(
      [
        `octocat <583231+octocat@users.noreply.github.com> 1795262400|github-actions[bot] <41898282+github-actions[bot]@users.noreply.github.com> 1795262400|${base}`,
        'Update Application shop',
        '',
        'Second',
        'paragraph',
        '',
        'GitOpsSync-Run: https://github.example.com/acme/shop/actions/runs/4711',
      ].join('\n'),
    );
  });

  test('that would change nothing is none', async () => {
    bench.repository('same').commit('main', { files: { 'a.yaml': 'a' } });
    const repository = await bench.open('same');
    const base = await fetched(repository);
    expect(
      await repository.commit(base, { ...write('a.yaml', 'a'), deletions: ['x'] }, message(), signal()),
    ).toBeUndefined();
  });

  test('keeps the mode of a file, and two files can change places', async () => {
    const fixture = bench.repository('modes');
    fixture.commit('main', { files: { run: 'x', other: 'y' } });
    fixture.commit('main', { files: { run: { executable: 'x' } } });
    const repository = await bench.open('modes');
    const base = await fetched(repository);
    const commit = await repository.commit(
      base,
      {
        ...write('other', 'z'),
        renames: [
          { from: 'run', to: 'other' },
          { from: 'other', to: 'run' },
        ],
      },
      message(),
      signal(),
    );
    const listing = await repository.listFiles(commit ?? '', '', signal());
    expect(listing).toMatchObject({
      files: [
        { path: 'other', executable: true, size: 1 },
        { path: 'run', executable: false },
      ],
    });
  });

  test('a folder can become a file', async () => {
    bench.repository('replace').commit('main', { files: { 'a/b.yaml': 'x' } });
    const repository = await bench.open('replace');
    const change: FileChange = { ...write('a', 'y'), deletions: ['a/b.yaml'] };
    // Only the entries of the base are known, so this is refused rather than guessed.
    await expect(repository.commit(await fetched(repository), change, message(), signal())).rejects.toMatchObject({
      code: 'invalid',
    });
  });

  test.each<[string, Partial<FileChange>, RegExp]>([
    ['a path that leaves', write('../x', ''), /leaves its folder/],
    ['an absolute path', write('/etc/x', ''), /absolute/],
    ['Git itself', write('apps/.GIT/hooks/x', ''), /belongs to Git/],
    ['Git by its short name', write('git~1/config', ''), /belongs to Git/],
    ['a NUL', write('a\0b', ''), /not valid/],
    ['a way through a link', write('link/x.yaml', ''), /"link" is a symbolic link/],
    ['a link itself', write('link', ''), /is a symbolic link/],
    ['a way through a file', write('file/x.yaml', ''), /"file" is a file/],
    ['a folder', write('apps', ''), /it is a folder/],
    ['a rename from nothing', { renames: [{ from: 'nope', to: 'x' }] }, /no such file/],
    ['a rename onto another file', { renames: [{ from: 'file', to: 'apps/a.yaml' }] }, /already "apps\/a.yaml"/],
  ])('refuses %s', async (_, change, reason) => {
    const repository = await hostile();
    const base = await fetched(repository);
    const made = repository.commit(base, { ...nothing, ...change }, message(), signal());
    await expect(made).rejects.toMatchObject({ code: 'invalid', message: expect.stringMatching(reason) });
  });

  test.each(['apps/-rf', 'apps/"q"\\.yaml', 'apps/new\nline.yaml', 'apps/*?.yaml', ':(top)x', '--help'])(
    'writes the strange name %j as it is',
    async (path) => {
      const repository = await hostile();
      const commit = await repository.commit(await fetched(repository), write(path, 'x'), message(), signal());
      const listing = await repository.listFiles(commit ?? '', '', signal());
      expect(listing.kind === 'folder' && listing.files.map((file) => file.path)).toContain(path);
    },
  );

  test('a subject and a trailer cannot smuggle in lines', async () => {
    const repository = await hostile();
    const base = await fetched(repository);
    const commit = await repository.commit(
      base,
      write('x', 'x'),
      message({ subject: 'One\n\nEvil: yes', trailers: [{ name: 'GitOps Sync', value: 'a\nEvil: yes' }] }),
      signal(),
    );
    const history = await repository.history(base, commit ?? '', '', signal());
    expect(history).toMatchObject({
      commits: [{ subject: 'One Evil: yes', trailers: new Map([['gitopssync', ['a Evil: yes']]]) }],
    });
  });

  let opened: GitRepository | undefined;
  const hostile = async (): Promise<GitRepository> => {
    if (opened === undefined) {
      bench.repository('hostile').commit('main', { files: { 'apps/a.yaml': 'a', file: 'f', link: { link: 'apps' } } });
      opened = await bench.open('hostile');
    }
    return opened;
  };
});

describe('a push', () => {
  /** A repository with one commit, and another commit ready to be pushed. */
  const prepare = async (name: string, options: Parameters<Workbench['open']>[1] = {}) => {
    const fixture = bench.repository(name);
    const base = fixture.commit('main', { files: { 'a.yaml': 'a' } });
    const repository = await bench.open(name, options);
    await fetched(repository);
    const commit = await repository.commit(base, write('a.yaml', 'ours'), message(), signal());
    if (commit === undefined) throw new Error('no commit');
    const push = (request: Partial<PushRequest> = {}): Promise<PushResult> =>
      repository.push({ branch: 'main', commit, expected: base, mode: 'fast-forward', ...request }, signal());
    return { fixture, base, repository, commit, push };
  };
  const theirs = (fixture: FixtureRepository): string => fixture.commit('main', { files: { 'b.yaml': 'theirs' } });

  test('to a branch that moved before is none, and one that moves in the last moment is refused by Git', async () => {
    const { fixture, push } = await prepare('moved');
    const head = theirs(fixture);
    const before = bench.server.requests.length;
    expect(await push()).toEqual({ kind: 'moved', head });
    expect(bench.server.requests.slice(before).some(({ path }) => path.includes('receive-pack'))).toBe(false);
    expect(fixture.head('main')).toBe(head);

    const late = await prepare('moved-late');
    bench.server.fault({ kind: 'before-push', act: () => void theirs(late.fixture) });
    expect(await late.push()).toEqual({ kind: 'moved', head: late.fixture.head('main') });
    expect(late.fixture.read('main', 'b.yaml')).toBe('theirs');
    expect(late.fixture.read('main', 'a.yaml')).toBe('a');
  });

  test('never brings back what somebody has set back, although Git would call it a fast-forward', async () => {
    const fixture = bench.repository('set-back');
    const first = fixture.commit('main', { files: { 'a.yaml': '1' } });
    const second = fixture.commit('main', { files: { 'a.yaml': '2' } });
    const repository = await bench.open('set-back');
    await fetched(repository);
    const commit = await repository.commit(second, write('a.yaml', '3'), message(), signal());
    fixture.git('update-ref', 'refs/heads/main', first);
    expect(
      await repository.push({ branch: 'main', commit: commit ?? '', expected: second, mode: 'fast-forward' }, signal()),
    ).toEqual({ kind: 'moved', head: first });
  });

  test('to a deleted branch does not make it again', async () => {
    const { fixture, push } = await prepare('deleted');
    fixture.git('update-ref', '-d', 'refs/heads/main');
    expect(await push()).toEqual({ kind: 'moved', head: undefined });
  });

  test('of something that does not descend from the branch is not even tried', async () => {
    const { fixture, base, push } = await prepare('unrelated');
    const head = theirs(fixture);
    expect(await push({ expected: head })).toMatchObject({
      kind: 'failed',
      message: expect.stringContaining('does not descend'),
    });
    expect(fixture.git('rev-parse', `${head}^`)).toBe(base);
  });

  test('whose answer is lost is found out by looking, also under commits of others', async () => {
    const { fixture, commit, push } = await prepare('lost');
    bench.server.fault({ kind: 'lose-push-answer' });
    expect(await push()).toEqual({ kind: 'pushed', answered: false });
    expect(fixture.head('main')).toBe(commit);
    theirs(fixture);
    expect(await push()).toEqual({ kind: 'pushed', answered: false });
  });

  test('that the HTTP client sends twice by itself is one push', async () => {
    const { fixture, commit, push } = await prepare('repeated');
    bench.server.fault({ kind: 'repeat-push' });
    expect(await push()).toEqual({ kind: 'pushed', answered: false });
    expect(fixture.head('main')).toBe(commit);
  });

  test('that was never carried out says so, and can be done again', async () => {
    const { commit, fixture, push } = await prepare('dropped');
    bench.server.fault({ kind: 'drop-push' });
    expect(await push()).toMatchObject({ kind: 'failed', ambiguous: true });
    expect(await push()).toEqual({ kind: 'pushed', answered: true });
    expect(fixture.head('main')).toBe(commit);
  });

  test('by an account that may only read is refused, with the right that is needed', async () => {
    const { push } = await prepare('reader', { token: READER });
    expect(await push()).toMatchObject({
      kind: 'refused',
      cause: 'permission',
      hint: expect.stringContaining('contents: write'),
    });
  });

  test.each([
    ['hook', 'echo "Commits need a ticket." >&2; exit 1', 'hook', /hook declined.*Commits need a ticket\./],
    [
      'protected',
      'echo "error: GH006: Protected branch update failed for refs/heads/main." >&2; exit 1',
      'protected-branch',
      /GH006/,
    ],
  ] as const)('that a hook of the server declines is refused: %s', async (name, script, cause, said) => {
    const { fixture, base, push } = await prepare(name);
    mkdirSync(join(fixture.path, 'hooks'), { recursive: true });
    const hook = join(fixture.path, 'hooks', 'pre-receive');
    writeFileSync(hook, `#!/bin/sh\n${script}\n`);
    chmodSync(hook, 0o755);
    expect(await push()).toMatchObject({ kind: 'refused', cause, message: expect.stringMatching(said) });
    expect(fixture.head('main')).toBe(base);
  });

  test('makes a branch, and replaces our own only where it is as last seen', async () => {
    const { fixture, base, repository, commit, push } = await prepare('lease');
    const branch = 'gitopssync/main#1&2';
    expect(await push({ branch, expected: undefined, mode: 'replace' })).toEqual({ kind: 'pushed', answered: true });
    const other = await repository.commit(base, write('a.yaml', 'other'), message(), signal());
    expect(await push({ branch, commit: other ?? '', expected: commit, mode: 'replace' })).toEqual({
      kind: 'pushed',
      answered: true,
    });
    expect(fixture.head(branch)).toBe(other);
    expect(await push({ branch, expected: base, mode: 'replace' })).toEqual({ kind: 'moved', head: other });
    bench.server.fault({ kind: 'before-push', act: () => fixture.git('update-ref', `refs/heads/${branch}`, base) });
    expect(await push({ branch, expected: other ?? '', mode: 'replace' })).toMatchObject({ kind: 'moved', head: base });
  });

  test('that nobody can be asked about afterwards is ambiguous', async () => {
    const { push } = await prepare('dark');
    const dark = (): void => {
      for (let at = 0; at < MAX_ATTEMPTS; at++) bench.server.fault({ kind: 'status', status: 503 });
    };
    bench.server.fault({ kind: 'drop-push', after: dark });
    const result = await push();
    expect(result).toMatchObject({ kind: 'failed', ambiguous: true, hint: expect.stringContaining('next run') });
    expect(await push()).toMatchObject({ kind: 'pushed' });
  });

  test('without a connection at all was not sent, and is not ambiguous', async () => {
    const { push } = await prepare('down');
    for (let at = 0; at < MAX_ATTEMPTS; at++) bench.server.fault({ kind: 'status', status: 503 });
    expect(await push()).toMatchObject({ kind: 'failed', ambiguous: false });
  });
});
