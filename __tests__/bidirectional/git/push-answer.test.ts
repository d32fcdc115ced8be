import { expect, test } from '@jest/globals';
import { readPush } from '../../../src/bidirectional/git/push-answer.ts';

const REF = 'refs/heads/main';
const status = (flag: string, summary: string): string =>
  `To https://github.com/acme/shop\n${flag}\tabc:${REF}\t${summary}\nDone\n`;
const FAILED = "error: failed to push some refs to 'https://github.com/acme/shop'\n";
const rejected = (reason: string, stderr: string) =>
  readPush(1, status('!', `[remote rejected] (${reason})`), stderr + FAILED);

test('a fast-forward, a new branch, a replaced one and one that has it already are pushed', () => {
  for (const flag of [' ', '*', '+', '=']) expect(readPush(0, status(flag, 'x'), '')).toEqual({ kind: 'pushed' });
});

test.each(['fetch first', 'non-fast-forward', 'stale info'])('what Git rejects by itself (%s) has moved', (reason) => {
  expect(readPush(1, status('!', `[rejected] (${reason})`), FAILED)).toEqual({ kind: 'moved' });
});

test.each([
  ['failed to update ref', `remote: error: cannot lock ref '${REF}': is at 1 but expected 2\n`],
  ['incorrect old value provided', ''],
  ['reference already exists', ''],
])('what the remote rejects because of another push (%s) has moved', (reason, stderr) => {
  expect(rejected(reason, stderr)).toEqual({ kind: 'moved' });
});

test.each([
  [
    'GitHub, protected branch',
    'protected branch hook declined',
    'remote: error: GH006: Protected branch update failed for refs/heads/main.\nremote: error: Changes must be made through a pull request.\n',
    'protected-branch',
  ],
  [
    'GitHub, ruleset',
    'push declined due to repository rule violations',
    'remote: error: GH013: Repository rule violations found for refs/heads/main.\n',
    'protected-branch',
  ],
  [
    'GitLab',
    'pre-receive hook declined',
    'remote: GitLab: You are not allowed to push code to protected branches on this project.\n',
    'protected-branch',
  ],
  [
    'Gitea',
    'pre-receive hook declined',
    'remote: Gitea: Not allowed to push to protected branch main\n',
    'protected-branch',
  ],
  [
    'Azure DevOps',
    'TF402455: Pushes to this branch are not permitted; you must use a pull request to update this branch.',
    '',
    'protected-branch',
  ],
  [
    'workflow files',
    'refusing to allow a GitHub App to create or update workflow `.github/workflows/a.yml` without `workflows` permission',
    '',
    'permission',
  ],
  ['a hook', 'pre-receive hook declined', 'remote: Commits need a ticket.\n', 'hook'],
  ['an unknown reason', 'internal server mood', '', 'other'],
])('%s: refused, with what was said', (_, reason, stderr, cause) => {
  const answer = rejected(reason, stderr);
  expect(answer).toMatchObject({ kind: 'refused', cause, hint: expect.stringMatching(/\.$/) });
  const said = stderr === '' ? reason : (/remote: (?:error: )?([^\n]{10,25})/.exec(stderr)?.[1] ?? '');
  expect(answer.kind === 'refused' && answer.message).toContain(said);
  expect(answer.kind === 'refused' && answer.message).not.toContain('failed to push some refs');
});

test.each([
  [
    'permission',
    "remote: Permission to acme/shop.git denied to github-actions[bot].\nfatal: unable to access 'https://x@github.com/acme/shop/': The requested URL returned error: 403\n",
  ],
  ['permission', "fatal: could not read Username for 'https://github.com': terminal prompts disabled\n"],
  ['permission', "fatal: Authentication failed for 'https://github.com/acme/shop/'\n"],
  [
    'other',
    "remote: This repository was archived so it is read-only.\nfatal: unable to access 'https://github.com/': The requested URL returned error: 403\n",
  ],
])('refused before anything was sent: %s', (cause, stderr) => {
  const answer = readPush(128, '', stderr);
  expect(answer).toMatchObject({ kind: 'refused', cause });
  expect(JSON.stringify(answer)).not.toContain('x@github');
});

test.each([
  [false, "fatal: unable to access 'https://github.com/': Could not resolve host: github.com\n"],
  [false, "fatal: unable to access 'https://github.com/': Failed to connect to github.com port 443\n"],
  [false, "fatal: unable to access 'https://github.com/': The requested URL returned error: 503\n"],
  [true, 'error: RPC failed; curl 52 Empty reply from server\nfatal: the remote end hung up unexpectedly\n'],
  [true, 'send-pack: unexpected disconnect while reading sideband packet\n'],
  [true, ''],
])('the answer is lost, sent: %s', (sent, stderr) => {
  expect(readPush(1, '', stderr)).toMatchObject({ kind: 'lost', sent });
});

test('a remote that failed to report is no refusal', () => {
  expect(readPush(1, status('!', '[remote failure] (remote failed to report status)'), '')).toMatchObject({
    kind: 'lost',
    sent: true,
  });
});

test('a hostile remote says one harmless line', () => {
  const answer = rejected(
    'pre-receive hook declined',
    `remote: ::error::owned\r\nremote: \u001b[31m${'x'.repeat(100_000)}\n`,
  );
  const { message } = answer.kind === 'refused' ? answer : { message: '' };
  expect(message.length).toBeLessThan(700);
  expect(message).not.toMatch(/^\s*::/);
  expect(message).not.toMatch(/[^\x20-\x7e…]/);
});
