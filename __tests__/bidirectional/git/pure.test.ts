import { describe, expect, test } from '@jest/globals';
import { gitEnvironment } from '../../../src/bidirectional/git/environment.ts';
import { actorIdentity, COMMITTER } from '../../../src/bidirectional/git/identity.ts';
import { reasonOf } from '../../../src/bidirectional/git/reasons.ts';

describe('the environment', () => {
  test('holds no input, no token and no redirection of the workflow, but what says how a remote is reached', () => {
    const env = gitEnvironment({
      inherited: {
        PATH: '/bin',
        HTTPS_PROXY: 'http://proxy:3128',
        SSL_CERT_FILE: '/ca.pem',
        GIT_SSH_COMMAND: 'ssh -i key',
        'INPUT_GITHUB-TOKEN': 'secret',
        ACTIONS_RUNTIME_TOKEN: 'secret',
        ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'secret',
        GITHUB_TOKEN: 'secret',
        GH_TOKEN: 'secret',
        GIT_DIR: '/elsewhere',
        GIT_WORK_TREE: '/elsewhere',
        GIT_INDEX_FILE: '/elsewhere',
        GIT_TRACE_CURL: '1',
        GIT_EXTERNAL_DIFF: 'evil',
        UNSET: undefined,
      },
      config: [],
    });
    expect(env).toMatchObject({
      PATH: '/bin',
      HTTPS_PROXY: 'http://proxy:3128',
      SSL_CERT_FILE: '/ca.pem',
      GIT_SSH_COMMAND: 'ssh -i key',
      GIT_TERMINAL_PROMPT: '0',
      LC_ALL: 'C',
    });
    expect(Object.values(env)).not.toContain('secret');
    expect(Object.keys(env).filter((name) => /^GIT_(?:DIR|WORK|INDEX|TRACE|EXTERNAL)|UNSET/.test(name))).toEqual([]);
  });

  test('keeps the configuration that the workflow gives by environment, and ours comes last', () => {
    const env = gitEnvironment({
      inherited: {
        GIT_CONFIG_COUNT: '2',
        GIT_CONFIG_KEY_0: 'http.proxy',
        GIT_CONFIG_VALUE_0: 'p',
        GIT_CONFIG_KEY_1: 'core.hooksPath',
        GIT_CONFIG_VALUE_1: '/evil',
      },
      config: [['http.https://x/.extraheader', 'A: b']],
    });
    const count = Number(env.GIT_CONFIG_COUNT);
    const pairs = Array.from({ length: count }, (_, at) => [
      env[`GIT_CONFIG_KEY_${at}`],
      env[`GIT_CONFIG_VALUE_${at}`],
    ]);
    expect(pairs[0]).toEqual(['http.proxy', 'p']);
    expect(pairs.filter(([key]) => key === 'core.hooksPath').at(-1)).toEqual(['core.hooksPath', '/dev/null']);
    expect(pairs.at(-1)).toEqual(['http.https://x/.extraheader', 'A: b']);
    expect(env).not.toHaveProperty(`GIT_CONFIG_KEY_${count}`);
  });

  test.each(['-1', 'x', '99999999'])('a nonsensical count %s is none', (count) => {
    expect(gitEnvironment({ inherited: { GIT_CONFIG_COUNT: count }, config: [] }).GIT_CONFIG_KEY_0).toBe(
      'core.hooksPath',
    );
  });
});

describe('the author', () => {
  test.each([
    ['octocat', '583231', 'https://github.com', 'octocat <583231+octocat@users.noreply.github.com>'],
    [
      'dependabot[bot]',
      '49699333',
      'https://github.com',
      'dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>',
    ],
    ['octocat', '', 'https://ghe.example.com', 'octocat <octocat@users.noreply.ghe.example.com>'],
    ['evil> <x@y>\nX: 1', '1\n2', '', 'evil x@yX: 1 <evil-x@yX:-1@users.noreply.github.com>'],
  ])('%j is who started the workflow', (actor, id, server, shown) => {
    const { name, email } = actorIdentity(actor, id, server);
    expect(`${name} <${email}>`).toBe(shown);
  });

  test('without an actor is the account of GitHub Actions', () => {
    expect(actorIdentity(' ', '', '')).toBe(COMMITTER);
  });
});

test.each([
  ['unauthenticated', "fatal: could not read Username for 'https://x': terminal prompts disabled"],
  ['unauthenticated', 'remote: HTTP Basic: Access denied\nfatal: Authentication failed'],
  ['forbidden', 'git@github.com: Permission denied (publickey).\nfatal: Could not read from remote repository.'],
  ['not-found', "remote: Repository not found.\nfatal: repository 'https://github.com/a/b/' not found"],
  ['tls', "fatal: unable to access 'https://x/': SSL certificate problem: self-signed certificate"],
  ['network', "fatal: unable to access 'https://x/': Could not resolve host: x"],
  ['network', 'fatal: early EOF'],
  ['failed', 'fatal: bad object'],
])('%s: %s', (code, stderr) => {
  expect(reasonOf('It cannot be read', stderr)).toMatchObject({
    code,
    message: expect.stringMatching(/^It cannot be read: .+/),
  });
});

test('credentials in an address are not repeated', () => {
  const { message } = reasonOf('x', "fatal: unable to access 'https://user:pa55@host.example.com/a/': early EOF");
  expect(message).toContain('https://host.example.com/a/');
  expect(message).not.toMatch(/pa55|user/);
});
