import { expect, test } from '@jest/globals';
import { normalizeRepository } from '../../src/targets/repository.ts';

test.each([
  'https://github.com/org/repo',
  'https://github.com/org/repo.git',
  'https://github.com/org/repo/',
  'https://GitHub.com/org/repo.git/',
  'https://user:token@github.com/org/repo',
  'https://github.com:443/org/repo',
  'http://github.com/org/repo',
  'git@github.com:org/repo.git',
  'github.com:org/repo',
  'ssh://git@github.com/org/repo.git',
  'ssh://git@github.com:22/org/repo',
  'github.com/org/repo',
  '  https://github.com/org/repo ',
])('%p is github.com/org/repo', (address) => {
  expect(normalizeRepository(address)).toBe('github.com/org/repo');
});

test.each([
  ['https://github.com/org/Repo', 'github.com/org/Repo'],
  ['ssh://git@git.example.com:7999/org/repo', 'git.example.com:7999/org/repo'],
  ['oci://registry.example.com/charts', 'registry.example.com/charts'],
  ['https://charts.example.com', 'charts.example.com'],
  ['/srv/git/deploy.git', '/srv/git/deploy'],
  ['', ''],
])('%p is %p', (address, expected) => {
  expect(normalizeRepository(address)).toBe(expected);
});
