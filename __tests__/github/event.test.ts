import { expect, test } from '@jest/globals';
import { readRun } from '../../src/github/event.ts';

const ENV = {
  GITHUB_API_URL: 'https://ghe.example.com/api/v3/',
  GITHUB_SERVER_URL: 'https://ghe.example.com',
  GITHUB_REPOSITORY: 'acme/shop',
  GITHUB_SHA: 'a'.repeat(40),
  GITHUB_EVENT_PATH: '/event.json',
};
const HEAD = 'b'.repeat(40);
const MERGED = 'c'.repeat(40);

const run = (event: unknown) => readRun(ENV, () => JSON.stringify(event));

test('a push', () => {
  expect(run({ after: ENV.GITHUB_SHA })).toEqual({
    apiUrl: 'https://ghe.example.com/api/v3',
    serverUrl: 'https://ghe.example.com',
    repository: { owner: 'acme', name: 'shop' },
    commit: ENV.GITHUB_SHA,
    pull: undefined,
  });
});

test('a pull request is about its head, and once merged about what it became', () => {
  const open = { number: 7, head: { sha: HEAD }, merged: false, merge_commit_sha: MERGED };
  expect(run({ pull_request: open })).toMatchObject({ commit: HEAD, pull: 7 });
  expect(run({ pull_request: { ...open, merged: true } })).toMatchObject({ commit: MERGED, pull: 7 });
});

test('a comment may be on a pull request', () => {
  expect(run({ issue: { number: 8, pull_request: {} } }).pull).toBe(8);
  expect(run({ issue: { number: 8 } }).pull).toBeUndefined();
});

test('what cannot be read says nothing', () => {
  const unreadable = () => {
    throw new Error('ENOENT');
  };
  expect(readRun(ENV, unreadable).commit).toBe(ENV.GITHUB_SHA);
  expect(readRun(ENV, () => '{').pull).toBeUndefined();
  expect(readRun(ENV, () => '[]').pull).toBeUndefined();
  expect(readRun({}, unreadable)).toEqual({
    apiUrl: 'https://api.github.com',
    serverUrl: 'https://github.com',
    repository: undefined,
    commit: '',
    pull: undefined,
  });
});
