import { beforeEach, describe, expect, test } from '@jest/globals';
import type { GitHub } from '../../sandbox/github/start.ts';
import type { Comment } from '../../sandbox/github/state.ts';
import { createGitHubClient, type GitHubClient } from '../../src/github/client.ts';
import { findComment, pullOf, writeComment } from '../../src/github/comments.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { openGitHub, TOKEN } from '../factories/github.ts';

const sha = (digit: string): string => digit.repeat(40);
const REPOSITORY = { owner: 'acme', name: 'shop' };
const STICKY = { repository: REPOSITORY, pull: 7, mark: '<!-- mark -->' };
const { signal } = new AbortController();

let github: GitHub;
let client: GitHubClient;
beforeEach(async () => {
  const head = (digit: string) => ({ ref: `topic-${digit}`, sha: sha(digit) });
  github = await openGitHub({
    repositories: [
      {
        name: 'acme/shop',
        branches: { main: sha('0') },
        commits: [sha('9')],
        pulls: [
          { number: 3, head: head('3'), state: 'closed', merged: true, commits: [sha('1')] },
          { number: 4, head: head('4'), state: 'closed', merged: true, commits: [sha('1')] },
          { number: 5, head: head('5'), state: 'closed', commits: [sha('1'), sha('2')] },
          { number: 7, head: head('7'), commits: [sha('2')] },
          { number: 8, head: head('8'), commits: [sha('2'), sha('7')] },
        ],
      },
    ],
  });
  const clock = { ...systemClock, delay: async () => {} };
  client = createGitHubClient(TOKEN, github.apiUrl, { clock, log: () => {} });
});

const comments = (): Comment[] => {
  const repository = github.state.repositories.get('acme/shop');
  if (repository === undefined) throw new Error('no repository');
  return repository.comments;
};

const put = (body: string, by: Pick<Comment, 'user' | 'association'>): Comment => {
  const now = github.state.now();
  const comment = { id: github.state.nextId(), number: 7, body, createdAt: now, updatedAt: now, ...by };
  comments().push(comment);
  return comment;
};
const BOT = { user: { login: 'github-actions[bot]', type: 'Bot' }, association: 'NONE' } as const;
const STRANGER = { user: { login: 'mallory', type: 'User' }, association: 'CONTRIBUTOR' } as const;
const MEMBER = { user: { login: 'alice', type: 'User' }, association: 'MEMBER' } as const;

test.each([
  ['the newest that was merged', sha('1'), 4],
  ['an open one before any other', sha('2'), 8],
  ['the one whose head it is before one that holds it', sha('7'), 7],
  ['none', sha('9'), undefined],
])('the pull request of a commit: %s', async (_, commit, expected) => {
  expect(await pullOf(client, REPOSITORY, commit, signal)).toBe(expected);
});

describe('our comment', () => {
  test('is made once and changed after that', async () => {
    expect(await findComment(client, STICKY, signal)).toBeUndefined();
    await writeComment(client, STICKY, undefined, `${STICKY.mark} first`, signal);
    const id = await findComment(client, STICKY, signal);
    await writeComment(client, STICKY, id, `${STICKY.mark} second`, signal);
    expect(comments()).toMatchObject([{ id, number: 7, body: `${STICKY.mark} second` }]);
  });

  test('is found behind many others', async () => {
    for (let count = 0; count < 120; count++) put(`chatter ${count}`, MEMBER);
    const ours = put(`${STICKY.mark} x`, BOT);
    expect(await findComment(client, STICKY, signal)).toBe(ours.id);
  });

  test('is none that a stranger wrote, nor one that only quotes it', async () => {
    put(`${STICKY.mark} all is well`, STRANGER);
    put(`> ${STICKY.mark}`, BOT);
    expect(await findComment(client, STICKY, signal)).toBeUndefined();
    const ours = put(`${STICKY.mark} written with a personal token`, MEMBER);
    expect(await findComment(client, STICKY, signal)).toBe(ours.id);
  });

  test('is made anew when somebody deleted it', async () => {
    await writeComment(client, STICKY, 4711, `${STICKY.mark} x`, signal);
    expect(comments()).toHaveLength(1);
  });

  test('is not made twice when the answer is lost', async () => {
    github.addFault({ when: { method: 'POST' }, effect: { kind: 'lose-answer' } });
    await writeComment(client, STICKY, undefined, `${STICKY.mark} x`, signal);
    expect(comments()).toHaveLength(1);
  });

  test('is tried again when it was not made', async () => {
    github.addFault({ when: { method: 'POST' }, effect: { kind: 'status', status: 502 } });
    await writeComment(client, STICKY, undefined, `${STICKY.mark} x`, signal);
    expect(comments()).toHaveLength(1);
  });
});
