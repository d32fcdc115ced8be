import { expect, test } from '@jest/globals';
import { createRepositories } from '../../../sandbox/controller/repository.ts';
import { commit, gitRepository, sha } from '../../../sandbox/fleets/builders.ts';

const URL = 'https://git.example.com/deploy.git';

test('a commit that is pushed again keeps its parent', () => {
  const repositories = createRepositories([gitRepository(URL, [commit('one')])]);
  for (let times = 0; times < 2; times += 1) repositories.push(URL, 'main', commit('two'));
  expect(repositories.parent(URL, sha('two'))).toBe(sha('one'));
  expect(repositories.resolve(URL, 'main')).toEqual({ ok: true, revision: sha('two') });
});
