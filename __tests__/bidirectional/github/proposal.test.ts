import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { GitHub as GitHubServer } from '../../../sandbox/github/start.ts';
import type { Proposal } from '../../../src/bidirectional/github/port.ts';
import { CHANGED, connect, signal, startServer } from './workbench.ts';

let server: GitHubServer;
beforeEach(async () => {
  server = await startServer();
});
afterEach(async () => {
  expect(server.violations).toEqual([]);
  await server.stop();
});

const proposal: Proposal = {
  head: 'gitopssync/main#1&2',
  base: 'main',
  title: 'Bring Application shop into Git',
  body: '- Application argocd/shop\n',
};
const pulls = () => server.state.repositories.get('acme/shop')?.pulls ?? [];
const writes = () => server.requests.filter(({ method }) => method !== 'GET').map(({ method }) => method);

test('one pull request is made, then left alone, then updated', async () => {
  const github = connect(server, 'owner', undefined, 'Acme');
  const made = await github.propose(proposal, signal());
  expect(made).toEqual({ kind: 'created', number: 1, url: 'https://github.com/Acme/shop/pull/1' });
  expect(await github.propose(proposal, signal())).toMatchObject({ kind: 'unchanged', number: 1 });
  expect(await github.propose({ ...proposal, body: 'other' }, signal())).toMatchObject({ kind: 'updated', number: 1 });
  expect(writes()).toEqual(['POST', 'PATCH']);
  expect(pulls()).toMatchObject([{ title: proposal.title, body: 'other', state: 'open' }]);
});

test('one that was closed stays closed, and another base or another branch is another one', async () => {
  const github = connect(server);
  await github.propose(proposal, signal());
  for (const pull of pulls()) pull.state = 'closed';
  expect(await github.propose(proposal, signal())).toMatchObject({ kind: 'created', number: 2 });
  expect(await github.propose({ ...proposal, base: 'next' }, signal())).toMatchObject({ kind: 'created', number: 3 });
  expect(pulls().map(({ state, base }) => [state, base])).toEqual([
    ['closed', 'main'],
    ['open', 'main'],
    ['open', 'next'],
  ]);
});

test('the pull request whose answer was lost is found, not made twice', async () => {
  server.addFault({ when: { method: 'POST' }, effect: { kind: 'lose-answer' } });
  expect(await connect(server).propose(proposal, signal())).toMatchObject({ kind: 'created', number: 1 });
  expect(pulls()).toHaveLength(1);
});

test('the name of the owner in another case finds the same pull request', async () => {
  expect(await connect(server).propose(proposal, signal())).toMatchObject({ kind: 'created', number: 1 });
  expect(await connect(server).propose(proposal, signal())).toMatchObject({ kind: 'unchanged', number: 1 });
  expect(pulls()).toHaveLength(1);
});

test('a token without the right is told which one, and the setting of GitHub is named', async () => {
  expect(await connect(server, 'job').propose(proposal, signal())).toMatchObject({
    kind: 'failed',
    message: 'cannot create a pull request: GitHub says 403, Resource not accessible by integration',
    hint: expect.stringContaining('pull-requests: write'),
  });
  const message = 'GitHub Actions is not permitted to create or approve pull requests.';
  server.addFault({
    when: { method: 'POST' },
    effect: { kind: 'status', status: 403, body: JSON.stringify({ message }) },
  });
  expect(await connect(server).propose(proposal, signal())).toMatchObject({
    kind: 'failed',
    hint: expect.stringContaining('Allow GitHub Actions to create and approve pull requests'),
  });
});

test('titles and bodies fit, whatever is in them', async () => {
  const github = connect(server);
  const long = { ...proposal, title: `Line\n${'x'.repeat(400)}`, body: '\u{1f600}'.repeat(40_000) };
  expect(await github.propose(long, signal())).toMatchObject({ kind: 'created' });
  expect(pulls()[0]?.title).toHaveLength(256);
  expect(pulls()[0]?.body?.length).toBeLessThanOrEqual(65_000);
  expect(await github.propose(long, signal())).toMatchObject({ kind: 'unchanged' });
});

test('what differs in nothing cannot be proposed, and GitHub says so', async () => {
  server.state.repositories.get('acme/shop')?.branches.set('main', CHANGED);
  expect(await connect(server).propose(proposal, signal())).toMatchObject({
    kind: 'failed',
    message: expect.stringContaining('No commits between main and'),
  });
});

test('an aborted signal throws', async () => {
  await expect(connect(server).propose(proposal, AbortSignal.abort())).rejects.toMatchObject({ code: 'aborted' });
});
