import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { EventSource } from '../../../src/bidirectional/event/event.ts';
import { readEvent } from '../../../src/bidirectional/event/read.ts';

const A = 'a'.repeat(40);
const B = 'b'.repeat(40);
const ZERO = '0'.repeat(40);
const sender = { login: 'octocat' };

const read = (name: string, payload: unknown, ref = 'refs/heads/main', sha = A) =>
  readEvent({ name, payload, ref, sha });

describe('push', () => {
  test('names branch, commits and who', () => {
    expect(read('push', { ref: 'refs/heads/feature/ü#1&2', before: B, after: A, commits: [{}, {}], sender })).toEqual({
      kind: 'sync',
      name: 'push',
      branch: 'feature/ü#1&2',
      commit: A,
      before: B,
      summary: 'push of 2 commits to feature/ü#1&2 by octocat',
    });
  });

  test('of a new branch has no commit before it, and counts without commits too', () => {
    const event = read('push', { ref: 'refs/heads/new', before: ZERO, after: A, created: true, commits: [] });
    expect(event).toMatchObject({ kind: 'sync', branch: 'new', before: undefined, summary: 'new branch new' });
  });

  test('that rewrites a branch counts without commits', () => {
    const event = read('push', { ref: 'refs/heads/main', before: B, after: A, forced: true, commits: [] });
    expect(event).toMatchObject({ kind: 'sync', before: B, summary: 'rewritten branch main' });
  });

  test.each([
    [
      'a deleted branch',
      { ref: 'refs/heads/x', before: B, after: ZERO, deleted: true, commits: [] },
      'Branch "x" was deleted.',
    ],
    [
      'a deleted branch, by its commit alone',
      { ref: 'refs/heads/x', before: B, after: ZERO },
      'Branch "x" was deleted.',
    ],
    ['no commits', { ref: 'refs/heads/x', before: A, after: A, commits: [] }, 'The push to "x" has no commits.'],
    [
      'a tag',
      { ref: 'refs/tags/v1', before: ZERO, after: A, created: true },
      'Tag v1 was pushed; only branches are synced.',
    ],
    [
      'notes',
      { ref: 'refs/notes/commits', before: A, after: B },
      '"refs/notes/commits" is no branch; only branches are synced.',
    ],
  ])('of %s is ignored, with the reason', (_, payload, reason) => {
    expect(read('push', payload)).toEqual({ kind: 'ignored', name: 'push', reason });
  });

  test('with nothing in its payload is what the runner says', () => {
    expect(read('push', undefined)).toMatchObject({ kind: 'sync', branch: 'main', commit: A });
  });
});

describe('other events', () => {
  test('schedule and workflow_dispatch run on the ref of the workflow', () => {
    expect(read('schedule', { schedule: '*/5 * * * *' })).toMatchObject({
      kind: 'sync',
      branch: 'main',
      commit: A,
      summary: 'schedule "*/5 * * * *"',
    });
    expect(read('workflow_dispatch', { ref: 'refs/heads/other', inputs: {}, sender })).toMatchObject({
      branch: 'other',
      summary: 'workflow_dispatch by octocat',
    });
    expect(read('workflow_dispatch', { ref: 'refs/tags/v1' })).toMatchObject({
      kind: 'ignored',
      reason: expect.stringContaining('Set branch.'),
    });
    expect(read('workflow_run', {}, 'refs/pull/3/merge')).toMatchObject({
      kind: 'ignored',
      reason: expect.stringContaining('Set branch.'),
    });
    expect(read('', {}, '', '')).toMatchObject({ kind: 'sync', branch: '', commit: undefined });
  });

  test('the input branch makes up for a workflow that runs on a tag', () => {
    const onTag = { name: 'workflow_dispatch', payload: { ref: 'refs/tags/v1' }, ref: 'refs/tags/v1', sha: A };
    expect(readEvent(onTag, 'main')).toMatchObject({ kind: 'sync', branch: 'main', commit: undefined });
    expect(readEvent({ ...onTag, name: 'push' }, 'main')).toMatchObject({ kind: 'ignored' });
  });

  test('repository_dispatch is on the branch of its payload, whatever its client payload says', () => {
    const payload = { action: 'argocd-changed', branch: 'main', client_payload: { branch: 'evil', ref: 'x' }, sender };
    expect(read('repository_dispatch', payload, 'refs/heads/main')).toMatchObject({
      kind: 'sync',
      branch: 'main',
      summary: 'repository_dispatch "argocd-changed" by octocat',
    });
  });

  test.each(['create', 'delete'])('%s is ignored', (name) => {
    expect(read(name, { ref: 'x', ref_type: 'branch' })).toMatchObject({ kind: 'ignored' });
  });
});

describe('pull_request', () => {
  const pull = (more: object, action = 'synchronize') => ({
    action,
    number: 7,
    sender,
    pull_request: {
      number: 7,
      state: 'open',
      merged: false,
      head: { ref: 'topic', sha: B, repo: { full_name: 'acme/shop' } },
      base: { ref: 'main', sha: A, repo: { full_name: 'acme/shop' } },
      ...more,
    },
  });

  test('that is open is only shown', () => {
    expect(read('pull_request', pull({}), 'refs/pull/7/merge')).toEqual({
      kind: 'preview',
      name: 'pull_request',
      base: 'main',
      head: 'topic',
      commit: B,
      number: 7,
      fork: false,
      summary: 'pull request #7 from topic to main by octocat',
    });
  });

  test.each([{ full_name: 'mallory/shop' }, null])('from %j is a fork', (repo) => {
    expect(read('pull_request', pull({ head: { ref: 'topic', sha: B, repo } }))).toMatchObject({
      kind: 'preview',
      fork: true,
    });
  });

  test('that was merged syncs its base, and one that was closed nothing', () => {
    const merged = pull({ state: 'closed', merged: true, merge_commit_sha: A }, 'closed');
    expect(read('pull_request', merged)).toMatchObject({ kind: 'sync', branch: 'main', commit: A });
    expect(read('pull_request', pull({ state: 'closed' }, 'closed'))).toMatchObject({ kind: 'ignored' });
    expect(read('pull_request', {})).toMatchObject({ kind: 'ignored' });
  });
});

test('a hostile payload neither throws nor gets into a line of its own', () => {
  const evil = 'x\n::error::owned\u001b[31m';
  const event = read('push', { ref: `refs/heads/${evil}`, after: A, commits: [1], sender: { login: evil } });
  expect(event.kind === 'sync' && event.summary).not.toMatch(/[^\x20-\x7e]/);
  const names = ['push', 'pull_request', 'repository_dispatch', 'schedule', 'workflow_dispatch', 'other'];
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.anything(), fc.string(), fc.string(), (name, payload, ref, sha) => {
      const source: EventSource = { name, payload, ref, sha };
      const read = readEvent(source);
      expect(read.name).toBe(name);
      if (read.kind === 'sync' && read.commit !== undefined) expect(read.commit).toMatch(/^[0-9a-f]{40,64}$/);
    }),
  );
});
