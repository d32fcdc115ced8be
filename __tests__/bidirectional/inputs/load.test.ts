import { describe, expect, test } from '@jest/globals';
import { loadInputs } from '../../../src/bidirectional/inputs/load.ts';

const KUBECONFIG =
  'apiVersion: v1\nclusters: [{name: c, cluster: {server: "https://k"}}]\ncontexts: [{name: x, context: {cluster: c, user: u}}]\nusers: [{name: u, user: {token: secret-token-1}}]\ncurrent-context: x\n';

const load = (inputs: Readonly<Record<string, string>>) =>
  loadInputs(
    (name) => ({ kubeconfig: KUBECONFIG, ...inputs })[name] ?? '',
    {},
    () => {
      throw new Error('no files');
    },
  );

const problemsOf = (inputs: Readonly<Record<string, string>>): readonly string[] => {
  const loaded = load(inputs);
  return loaded.kind === 'ok' ? [] : loaded.problems.map(({ input, problem }) => `${input} ${problem}`);
};

test('nothing given: the defaults of the contract', () => {
  expect(load({})).toMatchObject({
    kind: 'ok',
    inputs: {
      folder: '',
      branch: '',
      kinds: ['AppProject', 'ApplicationSet', 'Application'],
      namespaces: ['argocd'],
      selector: '',
      direction: 'both',
      conflict: 'first',
      delete: false,
      maxDeletions: 10,
      create: true,
      write: 'commit',
      githubToken: '',
      webhook: undefined,
      dryRun: false,
    },
  });
});

test('everything given', () => {
  const loaded = load({
    folder: './clusters//prod/',
    branch: 'refs/heads/feature/#1&2',
    kinds: 'Application, AppProject',
    namespace: '*',
    selector: 'team in (a, b)',
    delete: 'true',
    'max-deletions': '3',
    write: 'pull-request',
    'github-token': 'gh-token-1',
    'webhook-url': 'https://argocd.example.com/api/webhook',
    'webhook-scope': 'organization',
    'webhook-secret': 'hook-secret-1',
  });
  expect(loaded).toMatchObject({
    inputs: {
      folder: 'clusters/prod',
      branch: 'feature/#1&2',
      kinds: ['AppProject', 'Application'],
      namespaces: ['*'],
      maxDeletions: 3,
      webhook: { scope: 'organization', secret: 'hook-secret-1' },
    },
  });
  expect(loaded.secrets).toEqual(expect.arrayContaining(['gh-token-1', 'hook-secret-1', 'secret-token-1']));
  expect(Object.fromEntries(loaded.called)).toMatchObject({
    'github-token': '***',
    'webhook-secret': '***',
    kubeconfig: '***',
  });
});

describe('what cannot be', () => {
  test.each<[Readonly<Record<string, string>>, string]>([
    [{ folder: '/apps' }, 'folder is no folder of the repository'],
    [{ folder: 'a/../../b' }, 'folder is no folder of the repository'],
    [{ folder: 'a/.GIT/b' }, 'folder is no folder of the repository'],
    [{ branch: 'a b' }, 'branch cannot be the name of a branch'],
    [{ branch: '-x' }, 'branch cannot be the name of a branch'],
    [{ branch: 'refs/tags/v1' }, 'branch cannot be the name of a branch'],
    [{ kinds: 'Application, Secret' }, 'kinds is not one of the kinds'],
    [{ selector: 'a in' }, 'selector is no label selector: expected "(" after in, found the end, at character 5'],
    [{ 'max-deletions': '5' }, 'max-deletions has no effect while delete is false'],
    [{ write: 'pull-request' }, 'github-token is missing, and write: pull-request needs it'],
    [
      { write: 'pull-request', direction: 'to-platform', 'github-token': 'gh-token-1' },
      'write has no effect: direction to-platform writes nothing to Git',
    ],
    [
      { 'webhook-url': 'ftp://x', 'github-token': 'gh-token-1' },
      'webhook-url is no http or https address without a user name',
    ],
    [{ 'webhook-scope': 'organization' }, 'webhook-scope is given without webhook-url'],
    [
      { kubeconfig: '' },
      'kubeconfig is missing, and there is no KUBECONFIG, no ~/.kube/config and no service account of a pod',
    ],
  ])('%j', (inputs, problem) => expect(problemsOf(inputs)).toEqual([problem]));

  test('everything is told at once, secrets never', () => {
    const loaded = load({ direction: 'gh-token-1', 'github-token': 'gh-token-1', conflict: 'x', delete: 'yes' });
    expect(loaded.kind === 'invalid' && loaded.problems.map(({ input }) => input)).toEqual([
      'direction',
      'conflict',
      'delete',
    ]);
    expect(JSON.stringify(loaded.kind === 'invalid' && loaded.problems)).not.toContain('gh-token-1');
  });
});
