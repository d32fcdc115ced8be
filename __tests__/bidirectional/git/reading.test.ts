import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type GitCall, runGit } from '../../../src/bidirectional/git/program.ts';
import { fetched, message, nothing, signal, startWorkbench, type Workbench, WRITER } from './workbench.ts';

let bench: Workbench;
beforeAll(async () => {
  bench = await startWorkbench();
});
afterAll(() => bench.stop());

describe('branches', () => {
  test.each(['main', 'feature/äöü-日本', 'fix#12&more', 'it\'s%20"quoted"', 'a;touch$IFS-x', '$(touch)`x`|y'])(
    'fetches %s',
    async (branch) => {
      const fixture = bench.repository('branches');
      const id = fixture.commit(branch, { files: { 'app.yaml': 'kind: Application\n' } });
      const repository = await bench.open('branches');
      expect(await repository.fetchBranch(branch, signal())).toBe(id);
    },
  );

  test('tells an absent branch from one that cannot be read', async () => {
    bench.repository('absent').commit('main', { files: { a: '1' } });
    const repository = await bench.open('absent');
    expect(await repository.fetchBranch('nope', signal())).toBeUndefined();
    bench.server.fault({ kind: 'status', status: 404 });
    await expect(repository.fetchBranch('main', signal())).rejects.toMatchObject({ code: 'not-found' });
  });

  test.each([
    'with space',
    '-dash',
    '--upload-pack=touch x',
    'a..b',
    'x.lock',
    'a:b',
    'refs\u0000x',
    '@{-1}',
    'a//b',
    '',
  ])('refuses %j, which can be no branch, before it asks', async (branch) => {
    const repository = await bench.open('absent');
    const before = bench.server.requests.length;
    await expect(repository.fetchBranch(branch, signal())).rejects.toMatchObject({ code: 'invalid' });
    expect(bench.server.requests).toHaveLength(before);
  });

  test('knows the default branch', async () => {
    bench.repository('default').commit('main', { files: { a: '1' } });
    expect(await (await bench.open('default')).defaultBranch(signal())).toBe('main');
  });

  test('an empty repository has no branch', async () => {
    bench.repository('empty');
    const repository = await bench.open('empty');
    expect(await repository.fetchBranch('main', signal())).toBeUndefined();
    expect(await repository.defaultBranch(signal())).toBeUndefined();
  });

  test('a and a/b, one after the other, do not meet', async () => {
    const fixture = bench.repository('nested');
    fixture.commit('a', { files: { x: '1' } });
    const repository = await bench.open('nested');
    await fetched(repository, 'a');
    fixture.git('branch', '-D', 'a');
    const id = fixture.commit('a/b', { files: { x: '2' } });
    expect(await fetched(repository, 'a/b')).toBe(id);
  });
});

describe('files', () => {
  test('lists files with kind, mode and size, and reads them in one go', async () => {
    const fixture = bench.repository('files');
    const other = fixture.commit('main', {
      files: {
        'apps/shop.yaml': 'kind: Application\n',
        'apps/deep/er/two words\n.yaml': 'ä\n',
        'apps/link.yaml': { link: '../../etc/passwd' },
        'apps-not/x.yaml': 'x',
        'top.yaml': 'y',
        'apps/binary': Buffer.from([0, 1, 2, 255, 10, 0]),
      },
    });
    fixture.commit('main', { files: { 'apps/module': { submodule: other } } });
    const repository = await bench.open('files');
    const head = await fetched(repository);
    const listing = await repository.listFiles(head, 'apps', signal());
    if (listing.kind !== 'folder') throw new Error(listing.kind);
    expect(listing.files.map(({ path, kind, size }) => [path, kind, size])).toEqual([
      ['apps/binary', 'file', 6],
      ['apps/deep/er/two words\n.yaml', 'file', 3],
      ['apps/link.yaml', 'symlink', 16],
      ['apps/module', 'submodule', 0],
      ['apps/shop.yaml', 'file', 18],
    ]);
    const files = listing.files.filter(({ kind }) => kind === 'file');
    const blobs = await repository.readBlobs(
      files.map(({ blob }) => blob),
      signal(),
    );
    expect(files.map(({ blob }) => blobs.get(blob)?.toString('latin1'))).toEqual([
      '\x00\x01\x02\xff\n\x00',
      'Ã¤\n',
      'kind: Application\n',
    ]);
    const everything = await repository.listFiles(head, '', signal());
    expect(everything).toMatchObject({ kind: 'folder', files: { length: 7 } });
  });

  test('an absent folder, a file and a link instead of a folder are told apart', async () => {
    const fixture = bench.repository('folders');
    fixture.commit('main', { files: { file: 'x', link: { link: 'real' }, 'real/a.yaml': 'x' } });
    const repository = await bench.open('folders');
    const head = await fetched(repository);
    const list = (folder: string) => repository.listFiles(head, folder, signal());
    expect(await list('nope/deeper')).toEqual({ kind: 'missing' });
    expect(await list('file')).toEqual({ kind: 'not-a-folder', path: 'file', what: 'file' });
    expect(await list('link')).toEqual({ kind: 'not-a-folder', path: 'link', what: 'symlink' });
    expect(await list('link/sub')).toEqual({ kind: 'not-a-folder', path: 'link', what: 'symlink' });
    expect(await list('*')).toEqual({ kind: 'missing' });
    expect(await list(':(glob)**')).toEqual({ kind: 'missing' });
    expect(await list('--help')).toEqual({ kind: 'missing' });
  });

  test('a name that is not UTF-8 is shown, and marked', async () => {
    const fixture = bench.repository('bytes');
    const head = fixture.commit('main', { files: { 'a.yaml': 'x' } });
    const blob = fixture.git('rev-parse', `${head}:a.yaml`);
    const input = Buffer.concat([Buffer.from(`100644 blob ${blob}\t`), Buffer.from([0x62, 0xff, 0]), Buffer.from('')]);
    const tree = execFileSync('git', ['mktree', '-z'], { cwd: fixture.path, env: bench.env, input }).toString().trim();
    const id = fixture.git('commit-tree', tree, '-m', 'bytes');
    fixture.git('update-ref', 'refs/heads/main', id);
    const repository = await bench.open('bytes');
    const listing = await repository.listFiles(await fetched(repository), '', signal());
    expect(listing).toMatchObject({ files: [{ kind: 'unnameable', path: 'b\ufffd' }] });
  });

  test('a blob that is not there is an error, never an empty file', async () => {
    bench.repository('blobless').commit('main', { files: { a: '1' } });
    const repository = await bench.open('blobless');
    await fetched(repository);
    await expect(repository.readBlobs(['1'.repeat(40)], signal())).rejects.toMatchObject({ code: 'failed' });
  });
});

describe('history', () => {
  test('says what arrived on the branch, with renames, trailers and merges as one', async () => {
    const fixture = bench.repository('history');
    const lines = Array.from({ length: 30 }, (_, at) => `line ${at}\n`).join('');
    const first = fixture.commit('main', { files: { 'apps/a.yaml': lines }, date: 1_000 });
    fixture.git('branch', 'side', 'main');
    const second = fixture.commit('main', {
      files: { 'apps/a.yaml': undefined, 'apps/b.yaml': `${lines}more\n` },
      message: 'Move: it\n\nWhy\n\nGitOpsSync-Run: https://ci/1\nCo-authored-by: Bo <bo@example.com>\n',
      author: 'Bo',
      date: 2_000,
    });
    fixture.commit('main', { files: { 'other/x': 'not here' }, date: 3_000 });
    const side = fixture.commit('side', { files: { 'apps/c.yaml': 'c\n' }, date: 1_500 });
    const tree = fixture.git('merge-tree', '--write-tree', 'main', 'side').split('\n')[0] ?? '';
    const merge = fixture.git('commit-tree', tree, '-p', 'main', '-p', side, '-m', 'Merge side');
    fixture.git('update-ref', 'refs/heads/main', merge);

    const repository = await bench.open('history');
    const head = await fetched(repository);
    const history = await repository.history(first, head, 'apps', signal());
    if (history.kind !== 'known') throw new Error(history.kind);
    expect(history.commits.map(({ commit, changes }) => [commit, changes])).toEqual([
      [merge, [{ kind: 'added', path: 'apps/c.yaml' }]],
      [second, [{ kind: 'renamed', path: 'apps/b.yaml', from: 'apps/a.yaml', similarity: expect.any(Number) }]],
    ]);
    expect(history.commits[1]).toMatchObject({
      author: { name: 'Bo', email: 'Bo@example.com' },
      committer: { name: 'Ada', email: 'ada@example.com' },
      authoredAt: new Date(2_000_000),
      committedAt: new Date(2_000_000),
      subject: 'Move: it',
      trailers: new Map([
        ['gitopssync-run', ['https://ci/1']],
        ['co-authored-by', ['Bo <bo@example.com>']],
      ]),
    });
    expect(await repository.history(head, head, '', signal())).toEqual({ kind: 'known', commits: [] });
  });

  test('a base that was rewritten away is unrelated, and can still be read', async () => {
    const fixture = bench.repository('rewritten');
    const old = fixture.commit('main', { files: { 'a.yaml': 'old' } });
    fixture.git('update-ref', '-d', 'refs/heads/main');
    fixture.commit('main', { files: { 'a.yaml': 'new' } });
    const repository = await bench.open('rewritten');
    const head = await fetched(repository);
    expect(await repository.ensureCommit(old, signal())).toBe(true);
    expect(await repository.history(old, head, '', signal())).toEqual({ kind: 'unrelated' });
    expect(await repository.differences(old, head, '', signal())).toEqual([{ kind: 'modified', path: 'a.yaml' }]);
    expect(await repository.ensureCommit('0123456789'.repeat(4), signal())).toBe(false);
    await expect(repository.ensureCommit('main', signal())).rejects.toMatchObject({ code: 'invalid' });
  });

  test('differences show a file that came into the folder, and one that left it', async () => {
    const fixture = bench.repository('moves');
    const text = (name: string): string => Array.from({ length: 20 }, (_, at) => `${name} ${at}\n`).join('');
    const from = fixture.commit('main', {
      files: { 'in/a.yaml': text('a'), 'out/b.yaml': text('b'), 'out/c.yaml': text('c') },
    });
    fixture.commit('main', {
      files: {
        'in/a.yaml': undefined,
        'out/a.yaml': text('a'),
        'out/b.yaml': undefined,
        'in/b.yaml': text('b'),
        'out/c.yaml': 'changed',
      },
    });
    const repository = await bench.open('moves');
    const head = await fetched(repository);
    await repository.ensureCommit(from, signal());
    expect(await repository.differences(from, head, 'in', signal())).toEqual([
      { kind: 'renamed', path: 'in/b.yaml', from: 'out/b.yaml', similarity: 100 },
      { kind: 'renamed', path: 'out/a.yaml', from: 'in/a.yaml', similarity: 100 },
    ]);
  });
});

describe('a checkout', () => {
  test('is used as it is: deepened when the base is older, and nothing of the user is touched', async () => {
    const fixture = bench.repository('shallow');
    const base = fixture.commit('main', { files: { 'apps/a.yaml': '0' } });
    fixture.commits(
      'main',
      Array.from({ length: 60 }, (_, at) => ({ files: { 'apps/a.yaml': `${at + 1}` } })),
    );
    const workspace = bench.checkout('shallow', { depth: 1 });
    const newest = fixture.commit('main', { files: { 'apps/b.yaml': 'new' } });
    const before = snapshot(workspace);

    const repository = await bench.open('shallow', { workspace, token: '' });
    expect(repository.url).toBe(`${bench.server.url}/acme/shallow`);
    const head = await fetched(repository);
    expect(head).toBe(newest);
    expect(await repository.isAncestor(base, head, signal())).toBe(true);
    expect(await repository.history(base, head, 'apps', signal())).toMatchObject({ commits: { length: 61 } });
    await repository.close();
    expect(snapshot(workspace)).toEqual(before);
  });

  test('that left files out gets those of the folder in one go', async () => {
    const fixture = bench.repository('partial');
    const files = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`apps/${at}.yaml`, `file ${at}\n`]));
    fixture.commit('main', { files: { ...files, 'other/big': 'not wanted', 'top.yaml': 'x' } });
    const workspace = bench.checkout('partial', { depth: 1, filter: 'blob:none' });
    const repository = await bench.open('partial', { workspace });
    const head = await fetched(repository);
    const fetches = (): number => bench.server.requests.filter(({ method }) => method === 'POST').length;
    const before = fetches();
    const listing = await repository.listFiles(head, 'apps', signal());
    if (listing.kind !== 'folder') throw new Error(listing.kind);
    expect(listing.files).toHaveLength(30);
    expect(listing.files.map(({ size }) => size)).not.toContain(0);
    const blobs = await repository.readBlobs(
      listing.files.map(({ blob }) => blob),
      signal(),
    );
    expect([...blobs.values()].map(String).sort()).toEqual(Object.values(files).sort());
    // One fetch of Git's protocol is two requests at most.
    expect(fetches() - before).toBeLessThanOrEqual(2);
    await repository.listFiles(head, 'apps', signal());
    expect(fetches() - before).toBeLessThanOrEqual(2);
    expect(await repository.listFiles(head, 'nope', signal())).toEqual({ kind: 'missing' });
    const commit = await repository.commit(
      head,
      { ...nothing, writes: [{ path: 'apps/1.yaml', content: 'new' }] },
      message(),
      signal(),
    );
    expect(
      await repository.push({ branch: 'main', commit: commit ?? '', expected: head, mode: 'fast-forward' }, signal()),
    ).toEqual({ kind: 'pushed', answered: true });
    expect(fixture.read('main', 'other/big')).toBe('not wanted');
  });

  test('in a folder below another checkout is not mistaken for it', async () => {
    bench.repository('outer').commit('main', { files: { 'empty/x': '1' } });
    const outer = bench.checkout('outer');
    const repository = await bench.open('outer', { workspace: join(outer, 'empty') });
    expect(repository.description).toContain('no checkout');
  });
});

test('hooks and settings of users change nothing', async () => {
  const fixture = bench.repository('settings');
  const lines = Array.from({ length: 20 }, (_, at) => `${at}\n`).join('');
  const base = fixture.commit('main', { files: { 'a.yaml': lines } });
  fixture.commit('main', { files: { 'a.yaml': undefined, 'b.yaml': lines } });
  const workspace = bench.checkout('settings');
  const config = {
    'diff.renames': 'false',
    'core.quotePath': 'true',
    'log.date': 'relative',
    'diff.noprefix': 'true',
    'diff.external': 'false',
    'color.ui': 'always',
    'format.pretty': 'oneline',
    'log.decorate': 'full',
    'diff.relative': 'true',
    'core.abbrev': '4',
  };
  for (const [key, value] of Object.entries(config))
    execFileSync('git', ['config', key, value], { cwd: workspace, env: bench.env });
  const repository = await bench.open('settings', { workspace });
  const head = await fetched(repository);
  const renamed = { kind: 'renamed', path: 'b.yaml', from: 'a.yaml', similarity: 100 };
  expect(await repository.differences(base, head, '', signal())).toEqual([renamed]);
  expect(await repository.history(base, head, '', signal())).toMatchObject({ commits: [{ changes: [renamed] }] });
});

test('a Git that is too old, or is not there, is named', async () => {
  const old = async () => ({ exitCode: 0, stdout: Buffer.from('git version 2.30.9.windows.1\n'), stderr: '' });
  await expect(bench.open('x', { run: old })).rejects.toMatchObject({ code: 'no-git', message: 'Git 2.30 is too old' });
  const path = process.env.PATH;
  process.env.PATH = '/nonexistent';
  try {
    await expect(bench.open('x')).rejects.toMatchObject({ code: 'no-git', hint: 'Install Git on the runner.' });
  } finally {
    process.env.PATH = path;
  }
});

test('without a checkout and without a repository there is nothing to open', async () => {
  await expect(bench.open('x', { repository: '' })).rejects.toMatchObject({
    code: 'not-found',
    hint: expect.stringContaining('actions/checkout'),
  });
});

describe('credentials', () => {
  test('what the checkout persisted is used, and the token is not sent beside it', async () => {
    bench.repository('persisted').commit('main', { files: { a: '1' } });
    const workspace = bench.checkout('persisted');
    const repository = await bench.open('persisted', { workspace, token: 'ghs_another-token-000000' });
    await fetched(repository);
    const sent = bench.server.requests
      .filter(({ path }) => path.startsWith('/acme/persisted'))
      .map(({ authorization }) => authorization);
    expect(new Set(sent)).toEqual(new Set([`basic ${Buffer.from(`x-access-token:${WRITER}`).toString('base64')}`]));
  });

  test('are in no argument and no address, only in the environment', async () => {
    bench.repository('argv').commit('main', { files: { a: '1' } });
    const calls: GitCall[] = [];
    const repository = await bench.open('argv', {
      run: (call, stop) => {
        calls.push(call);
        return runGit(call, stop);
      },
    });
    await fetched(repository);
    const basic = Buffer.from(`x-access-token:${WRITER}`).toString('base64');
    expect(JSON.stringify(calls.map(({ args, input }) => [args, String(input ?? '')]))).not.toMatch(/ghs_|eC1hY2Nlc3/);
    expect(calls.at(-1)?.env).toMatchObject({ GIT_TERMINAL_PROMPT: '0' });
    expect(Object.values(calls.at(-1)?.env ?? {})).toContain(`AUTHORIZATION: basic ${basic}`);
    expect(readFileSync(join(calls.at(-1)?.cwd ?? '', 'config'), 'utf8')).not.toContain(basic);
  });

  test('also where newer versions of actions/checkout keep it: in a file beside, included by the folder', async () => {
    bench.repository('included').commit('main', { files: { a: '1' } });
    const workspace = bench.checkout('included', { token: '' });
    const basic = Buffer.from(`x-access-token:${WRITER}`).toString('base64');
    const file = join(bench.root, 'git-credentials.config');
    writeFileSync(file, `[http "${bench.server.url}/"]\n\textraheader = AUTHORIZATION: basic ${basic}\n`);
    execFileSync('git', ['config', '--local', `includeIf.gitdir:${workspace}/.git.path`, file], {
      cwd: workspace,
      env: bench.env,
    });
    expect(await fetched(await bench.open('included', { workspace, token: '' }))).toMatch(/^[0-9a-f]{40}$/);
  });

  test('a token is sent to the server of the workflow only, and is in no configuration and no message', async () => {
    bench.repository('token').commit('main', { files: { a: '1' } });
    const workspace = bench.checkout('token', { token: '' });
    const elsewhere = await bench.open('token', { workspace, serverUrl: 'https://github.com' });
    await expect(elsewhere.fetchBranch('main', signal())).rejects.toMatchObject({ code: 'unauthenticated' });
    const wrong = await bench.open('token', { workspace, token: 'ghs_wrong-token-0000000' });
    const error = await wrong.fetchBranch('main', signal()).catch((cause: unknown) => cause);
    expect(error).toMatchObject({ code: 'unauthenticated', hint: expect.stringContaining('github-token') });
    expect(String(error)).not.toMatch(/ghs_wrong|eC1hY2Nlc3/);
    const repository = await bench.open('token', { workspace });
    await fetched(repository);
    expect(readFileSync(join(workspace, '.git', 'config'), 'utf8')).not.toMatch(/ghs_|extraheader/i);
  });
});

describe('trouble', () => {
  test('a network error passes: it is tried again', async () => {
    bench.repository('flaky').commit('main', { files: { a: '1' } });
    const repository = await bench.open('flaky');
    bench.server.fault({ kind: 'status', status: 503 });
    expect(await fetched(repository)).toMatch(/^[0-9a-f]{40}$/);
  });

  test('an aborted signal ends the program, and a time limit does', async () => {
    bench.repository('hang').commit('main', { files: { a: '1' } });
    const repository = await bench.open('hang', { remoteTimeoutMs: 300 });
    bench.server.fault({ kind: 'hang' });
    await expect(repository.fetchBranch('main', signal())).rejects.toMatchObject({ code: 'timeout' });

    const patient = await bench.open('hang');
    const controller = new AbortController();
    bench.server.fault({ kind: 'hang' });
    const requested = bench.server.requested();
    const running = patient.fetchBranch('main', controller.signal);
    await requested;
    controller.abort();
    await expect(running).rejects.toMatchObject({ code: 'aborted' });
    await expect(patient.fetchBranch('main', controller.signal)).rejects.toMatchObject({ code: 'aborted' });
  });
});

/** Everything of a checkout but objects and the boundary of its history. */
const snapshot = (folder: string): unknown => {
  const git = (...args: readonly string[]): string =>
    execFileSync('git', [...args], { cwd: folder, env: { ...bench.env, GIT_OPTIONAL_LOCKS: '0' } }).toString();
  return {
    refs: git('for-each-ref'),
    head: readFileSync(join(folder, '.git', 'HEAD'), 'utf8'),
    index: readFileSync(join(folder, '.git', 'index')).toString('base64'),
    config: readFileSync(join(folder, '.git', 'config'), 'utf8'),
    status: git('status', '--porcelain'),
    files: readdirSync(join(folder, '.git'))
      .filter((name) => name !== 'shallow')
      .sort(),
  };
};
